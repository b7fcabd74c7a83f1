"""What has come, gone or been changed in the procedure since an edition, each in a Danish sentence and where it is written.

P40 a way through a flow · P41 where an answer or an arrow leads · P42 a node · P43 a requirement · P44 a phase or a
step · P45 a contact · P46 the words that the checks guard · P47 a link or a trace that is gone · P48 a supplement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from procedure.derive.addresses import site_address
from procedure.derive.comparison import Change, Comparison, listed, neighbours, quoted, text_changes
from procedure.derive.edition import Fact
from procedure.derive.way_changes import routes_through, where_ways_lead
from procedure.model import Procedure
from procedure.source.edition import Edition, Fields, Said
from procedure.source.flow import Kind
from procedure.source.text import short
from procedure.words import Words


@dataclass(frozen=True)
class _Thing:
    """How changes of one kind of thing are told: their code, what it is called, the field that names it, and the others."""

    code: str
    noun: str
    named: str
    told: Mapping[str, str]


_THINGS: Mapping[str, _Thing] = {
    "phases": _Thing("P44", "Fasen", "title", {"number": "Nummeret", "title": "Titlen", "next": "Det næste (»next«)"}),
    "steps": _Thing("P44", "Trinnet", "title", {"title": "Titlen"}),
    "requirements": _Thing(
        "P43",
        "Kravet",
        "",
        {
            "step": "Trinnet",
            "quote": "Citatet",
            "wording": "Sidens ord",
            "differs": "Det, der står under »differs«,",
            "call": "Det, der står under »call«,",
        },
    ),
    "contacts": _Thing(
        "P45",
        "Kontakten",
        "name",
        {
            "name": "Navnet",
            "role": "Rollen",
            "phone": "Telefonnummeret",
            "mail": "Mailadressen",
            "quote": "Citatet",
            "wording": "Sidens ord",
            "more": "Det, der står under »more«,",
        },
    ),
    "nodes": _Thing("P42", "Feltet", "text", {"text": "Teksten", "requirements": "Sporet", "completes": "»%% svar«"}),
    "supplements": _Thing("P48", "Supplementet", "", {}),
}
# What each list of words makes the checks do.
_WORDS = {
    "guarded": "vogtes ikke mere: det kan ændres uden grund",
    "imperatives": "er ikke mere et ord, der taler til den, der har sagen",
    "contact": "er ikke mere et ord, der siger, at nogen skal kontaktes",
    "banned_words": "må nu skrives på siden",
    "variants": "tæller ikke mere som et andet ord for det samme",
    "actors": "er ikke mere et navn på nogen, kilden nævner",
}


def changes(procedure: Procedure, old: Edition, today: Iterable[Fact]) -> list[Change]:
    """Return every change from the edition to the procedure's facts, in no order; sheets and addresses are told elsewhere."""
    comparison = Comparison(old, today)
    folders = (procedure.phases_folder, procedure.checklists_folder)
    said = _said(comparison, tuple(f"{site_address(folder)}/" for folder in folders))
    marks = _marks(comparison, procedure.words)
    return [*(change for tell in _TELLERS for change in tell(comparison)), *said, *marks]


def _things(comparison: Comparison) -> Iterator[Change]:
    for section, thing in _THINGS.items():

        def named(fields: Fields, key: str, thing: _Thing = thing) -> str:
            return f"{thing.noun} »{short(str(fields[thing.named]) if thing.named else key, 60)}«"

        for key in comparison.new(section):
            message = f"{named(comparison.now[section][key], key)} er kommet til."
            yield comparison.change(thing.code, section, key, message)
        for key in comparison.gone(section):
            message = f"{named(comparison.before[section][key], key)} er væk."
            yield comparison.change(thing.code, section, key, message)
        for key, before, now in comparison.both(section):
            own = named(before, key)
            for field, what in thing.told.items():
                if before[field] != now[field] and not _is_told_elsewhere(section, field, now):
                    message = f"{own}: {what} er nu {quoted(now[field])}, før {quoted(before[field])}."
                    yield comparison.change(thing.code, section, key, message, field)


def _is_told_elsewhere(section: str, field: str, now: Fields) -> bool:
    """Return whether a change is that of another thing, or a fault.

    The text of a node may be the wording of its requirement; and words that are no longer on the page are a fault.
    """
    is_wording = section == "nodes" and now["kind"] == Kind.STEP and bool(now["requirements"])
    return (field == "text" and is_wording) or (field == "wording" and not now["wording"])


def _flags(comparison: Comparison) -> Iterator[Change]:
    for key, before, now in comparison.both("requirements"):
        if before["every_path"] != now["every_path"]:
            message = f"{key} skal {'nu' if now['every_path'] else 'ikke længere'} stå på hver vej gennem fasen."
            yield comparison.change("P43", "requirements", key, message, "every_path")
    for key, before, now in comparison.both("contacts"):
        if before["added"] != now["added"]:
            what = "er nu mærket som tilføjet" if now["added"] else "er ikke længere mærket som tilføjet"
            yield comparison.change("P45", "contacts", key, f"Kontakten »{now['name']}« {what}.")


def _leads(comparison: Comparison) -> Iterator[Change]:
    for key, before, now in comparison.both("nodes"):
        if before["leads_to"] != now["leads_to"]:
            places = [f"til {fields['leads_to']}" if fields["leads_to"] else "ingen steder" for fields in (now, before)]
            message = f"Feltet »{comparison.text(key)}« fører nu {places[0]}, før {places[1]}."
            yield comparison.change("P42", "nodes", key, message, "leads_to")


def _words(comparison: Comparison) -> Iterator[Change]:
    for key, before in comparison.before["words"].items():
        now = listed(comparison.now["words"].get(key, {"forms": ()})["forms"])
        for form in listed(before["forms"]):
            if form not in now:
                message = f"»{form}« {_WORDS.get(key.partition('/')[0], 'er væk')}."
                left = neighbours(listed(before["forms"]), form, now)
                yield comparison.change("P46", "words", key, message, left[0] if left else "")


def _links(comparison: Comparison) -> Iterator[Change]:
    for key, before, now in comparison.both("links"):
        came, went = (
            Counter(listed(one["links"])) - Counter(listed(other["links"]))
            for one, other in ((now, before), (before, now))
        )
        new = {text: address for text, _, address in (link.rpartition(" → ") for link in came)}
        # A place that is gone has led to another since; the link that is gone led to the place itself.
        as_published = dict(zip(listed(before["links"]), listed(before["as_published"]), strict=True))
        for link in went:
            text, _, address = as_published[link].rpartition(" → ")
            if text in new:
                message = f"Linket »{text}« fører nu til {new[text]}, før til {address}."
                yield comparison.change("P47", "links", key, message, f"{text} → {new[text]}")
            else:
                message = f"Linket »{text}« til {address} er væk."
                yield comparison.change("P47", "links", key, message, _left_before(link, before["links"], now["links"]))


def _said(comparison: Comparison, told_by_thing: tuple[str, ...]) -> Iterator[Change]:
    """Tell what a page says no more of the procedure; phases and sheets are told of thing by thing."""
    for key, before, now in comparison.both("links"):
        if key.startswith(told_by_thing):
            continue
        for row_id in Counter(listed(before["says"])) - Counter(listed(now["says"])):
            message = f"Siden {key} siger ikke »{row_id}« så mange gange som før, eller slet ikke."
            yield comparison.change("P47", "links", key, message, _left_before(row_id, before["says"], now["says"]))


def _left_before(gone: str, before: Said, now: Said) -> str:
    """Return what stood nearest before what is gone, or else after it, and is there still; nothing where all is gone."""
    return next(iter(neighbours(listed(before), gone, set(listed(now)) - {gone})), "")


def _supplements(comparison: Comparison) -> Iterator[Change]:
    for key, before, now in comparison.both("supplements"):
        differing = text_changes(*(tuple(map(_unled, listed(fields["text"]))) for fields in (before, now)))
        # A new mark brings other words with it.
        if differing and before["state"] == now["state"]:
            yield comparison.change("P48", "supplements", key, f"Supplementet »{key}« er ændret: {differing[0]}.")


def _marks(comparison: Comparison, words: Words) -> Iterator[Change]:
    for key, before, now in comparison.both("supplements"):
        if before["state"] != now["state"]:
            mark, was = (words.text(f"supplement.{fields['state']}") for fields in (now, before))
            message = f"Supplementet »{key}« er nu mærket »{mark}«, før »{was}«."
            yield comparison.change("P48", "supplements", key, message)


def _unled(text: str) -> str:
    """Return a supplement's text without where its links inside the site lead: that is told of link by link, by lasting address."""
    return _INSIDE.sub("", text)


# Where a link leads, as it is written, when it is to a file of ours.
_INSIDE = re.compile(r"(?<=\])\((?!\w+:)[^()]*\)")
_TELLERS: tuple[Callable[[Comparison], Iterator[Change]], ...] = (
    _things, _flags, _leads, where_ways_lead, routes_through, _words, _links, _supplements,
)  # fmt: skip
