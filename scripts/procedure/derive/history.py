"""What each edition changed, thing by thing and in readers' words, and what has changed since one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from procedure.derive.addresses import site_address
from procedure.derive.comparison import Comparison, listed, without_marks
from procedure.derive.edition import Fact, facts
from procedure.derive.renamed import editions_under_new_names, under_new_names
from procedure.derive.sheet_versions import changed_lines
from procedure.derive.way_changes import changed_routes
from procedure.model import Procedure, remembered
from procedure.source.edition import SECTIONS, Edition, Fields
from procedure.source.flow import Kind
from procedure.words import Words

_Sections = Mapping[str, Mapping[str, Fields]]


@dataclass(frozen=True)
class Difference:
    """A thing that is other than it was: its section and lasting id, what it is called, and what was and is said of it.

    `before` is empty for what has come, and `now` for what is gone. `address` is where it stands, or stood.
    """

    section: str
    key: str
    name: str
    address: str
    before: str
    now: str


@dataclass(frozen=True)
class ChangedSheet:
    """A sheet that is other than it was: its title and page, whether it came or went, and its lines before and now."""

    title: str
    address: str
    is_new: bool
    is_gone: bool
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Renewed:
    """What has changed from one edition to another, or since one, of what somebody must approve.

    `routes` are told in words, by where they lead through. That a link, a trace or a list of words for the checks is
    another is no part of it.
    """

    differences: tuple[Difference, ...]
    routes: tuple[tuple[str, tuple[str, ...]], ...]
    sheets: tuple[ChangedSheet, ...]

    def __bool__(self) -> bool:
        return bool(self.differences or self.routes or self.sheets)


@remembered
def history(procedure: Procedure) -> tuple[tuple[Edition, Renewed | None], ...]:
    """Return every edition with what it changed, the newest first; None for the first, which changed nothing."""
    named = editions_under_new_names(procedure)
    changed = [_between(procedure, old, _facts(new)) for new, old in itertools.pairwise(named)]
    return tuple(zip(procedure.editions, [*changed, None], strict=True)) if named else ()


@remembered
def since_nothing(procedure: Procedure) -> Renewed:
    """Return all that the procedure says today, as new."""
    nothing = Edition(date.min, 1, "", {name: {} for name in SECTIONS})
    return _between(procedure, nothing, facts(procedure))


def since(procedure: Procedure, edition: Edition) -> Renewed:
    """Return what has changed since one of the procedure's editions."""
    return _between(procedure, under_new_names(procedure, edition), facts(procedure))


def _facts(edition: Edition) -> Iterator[Fact]:
    for section, rows in edition.sections.items():
        for key, fields in rows.items():
            yield Fact(section, key, fields, "", 0)


def _between(procedure: Procedure, old: Edition, now: Iterable[Fact]) -> Renewed:
    comparison = Comparison(old, now)
    before, after = _Teller(procedure, comparison.before), _Teller(procedure, comparison.now)
    told = [
        found
        for section in _TELLERS
        for key in dict.fromkeys((*comparison.now[section], *comparison.before[section]))
        if (found := _difference(section, key, before.tell(section, key), after.tell(section, key)))
    ]
    reworded = {found.key for found in told if found.section == "requirements"}
    quotes = [
        found
        for key, _, _ in comparison.both("requirements")
        if key not in reworded and (found := _difference("requirements", key, before.quote(key), after.quote(key)))
    ]
    return Renewed(
        (*told, *quotes),
        tuple(changed_routes(comparison, procedure.words)),
        tuple(_sheets(procedure.words, comparison)),
    )


class _Told(NamedTuple):
    """What a thing is called, where it stands, and what is said of it."""

    name: str
    address: str
    text: str


def _difference(section: str, key: str, before: _Told | None, now: _Told | None) -> Difference | None:
    known = now or before
    if known is None:
        return None
    was, said = before.text if before else "", now.text if now else ""
    if before and now and was == said and before.address != now.address:
        # The same words stand elsewhere.
        was, said = (f"{told.name}: {told.text}" for told in (before, now))
    return Difference(section, key, known.name, known.address, was, said) if was != said else None


def _sheets(words: Words, comparison: Comparison) -> Iterator[ChangedSheet]:
    before, now = comparison.before["sheets"], comparison.now["sheets"]
    for address in dict.fromkeys((*now, *before)):
        old, new = before.get(address), now.get(address)
        if old != new:
            title = str((new or old or {"title": ""})["title"])
            lines = changed_lines(words, old, new) if old and new else ()
            yield ChangedSheet(title, f"{address.removesuffix('.pdf')}/", old is None, new is None, lines)


class _Teller:
    """Tells of the things of an edition in readers' words."""

    def __init__(self, procedure: Procedure, sections: _Sections) -> None:
        self._procedure, self._words, self._sections = procedure, procedure.words, sections

    def tell(self, section: str, key: str) -> _Told | None:
        """Return what is told of a thing; None where it is not there, or is told as another."""
        fields = self._sections[section].get(key)
        return _TELLERS[section](self, key, fields) if fields is not None else None

    def quote(self, key: str) -> _Told:
        """Return what is told of the source's own words of a requirement that is there."""
        fields = self._sections["requirements"][key]
        told = self._requirement(key, {**fields, "call": ()})
        return told._replace(name=self._text("quote", name=told.name), text=str(fields["quote"]))

    def _text(self, key: str, **values: object) -> str:
        return self._words.text(f"changes.{key}", **values)

    def _in_phase(self, key: str, phase: str) -> str:
        return self._text(key, number=self._phase_number(phase))

    def _phase_number(self, phase: str) -> str:
        return str(self._sections["phases"].get(phase, {"number": phase})["number"])

    def _phase(self, key: str, fields: Fields) -> _Told:
        return _Told(self._text("phase"), self._phase_address(key), f"{fields['number']}. {fields['title']}")

    def _step(self, key: str, fields: Fields) -> _Told:
        phase, _, step = key.partition("/")
        return _Told(self._in_phase("step", phase), self._phase_address(phase, step), str(fields["title"]))

    def _supplement(self, key: str, fields: Fields) -> _Told:
        mark = self._words.text(f"supplement.{fields['state']}")
        text = " ".join(without_marks(self._words, line.removeprefix("- ")) for line in listed(fields["text"]))
        return _Told(self._text("supplement", mark=mark), key, text)

    def _requirement(self, _: str, fields: Fields) -> _Told:
        phase, _, place = str(fields["step"]).partition("/")
        title = self._sections["steps"].get(str(fields["step"]), {"title": place})["title"]
        name = self._words.text("phases.step", number=self._phase_number(phase), step=title)
        text = str(fields["wording"] or fields["quote"])
        if numbers := ", ".join(filter(None, map(self._contact_name, listed(fields["call"])))):
            text = self._text("with_numbers", text=text, numbers=numbers)
        return _Told(name, self._phase_address(phase, place), text)

    def _contact_name(self, contact: str) -> str:
        """Return whose number is shown, and not which: that is told of the contact."""
        return str(self._sections["contacts"].get(contact, {"name": ""})["name"])

    def _contact(self, _: str, fields: Fields) -> _Told:
        number = [without_marks(self._words, str(fields[name])) for name in ("phone", "mail") if fields[name]]
        said = [str(fields[name]) for name in ("name", "role") if fields[name]] + number
        text = ", ".join(said) if number else str(fields["wording"] or fields["name"])
        return _Told(self._text("contact"), site_address(self._procedure.roles.contacts), text)

    def _node(self, key: str, fields: Fields) -> _Told | None:
        """Tell what is not told as the wording of a requirement: a question with its answers, and what begins or ends a flow."""
        if fields["kind"] == Kind.STEP.value and fields["requirements"]:
            return None
        answers = [str(way["answer"]) for name, way in self._sections["ways"].items() if name.startswith(f"{key}/")]
        phase = str(fields["page"]).rstrip("/").rpartition("/")[2]
        here, elsewhere = ("question", "other_question") if answers else ("node", "other_node")
        # In an order of their own: that two have changed places changes nothing.
        said = f" ({' / '.join(sorted(answers))})" if answers else ""
        return _Told(
            self._in_phase(here, phase) if phase in self._sections["phases"] else self._text(elsewhere),
            f"{fields['page']}#d-{key}",
            f"{fields['text']}{said}",
        )

    def _phase_address(self, phase: str, step: str = "") -> str:
        return site_address(self._procedure.phase_path(phase), step)


# What is told, in this order, and how.
_TELLERS: Mapping[str, Callable[[_Teller, str, Fields], _Told | None]] = {
    "phases": _Teller._phase,
    "steps": _Teller._step,
    "requirements": _Teller._requirement,
    "nodes": _Teller._node,
    "contacts": _Teller._contact,
    "supplements": _Teller._supplement,
}
