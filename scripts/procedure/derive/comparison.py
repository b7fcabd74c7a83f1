"""An edition and today's procedure side by side: what is in both, what has come, and what is gone."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from procedure.derive.edition import Fact
from procedure.source.contract import CONTRACT_PATH
from procedure.source.edition import SECTIONS, Edition, Fields, Said
from procedure.source.text import short
from procedure.words import Words

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
# The kind of box that a line of a sheet stands in, before the box's title.
_BOX = re.compile(r"^[a-z-]+ \| ")
_MARKS = re.compile(r"\*\*|`")
_NUMBER = re.compile(r"(?<![\w./-])[0-9]{5,}(?![\w./-])")


@dataclass(frozen=True)
class Change:
    """One thing that is no longer as it was published."""

    code: str
    path: str
    line: int
    message: str


class Comparison:
    """An edition and today's facts, side by side."""

    def __init__(self, old: Edition, today: Iterable[Fact]) -> None:
        self.facts: dict[str, dict[str, Fact]] = {name: {} for name in SECTIONS}
        for fact in today:
            self.facts[fact.section][fact.key] = fact
        self.before = old.sections
        self.now = {name: {key: fact.fields for key, fact in rows.items()} for name, rows in self.facts.items()}

    def both(self, section: str) -> Iterator[tuple[str, Fields, Fields]]:
        """Yield what there was and is: its key, and its fields then and now."""
        for key, fields in self.now[section].items():
            if key in self.before[section]:
                yield key, self.before[section][key], fields

    def new(self, section: str) -> list[str]:
        """Return the keys of what has come."""
        return [key for key in self.now[section] if key not in self.before[section]]

    def gone(self, section: str) -> list[str]:
        """Return the keys of what is no more."""
        return [key for key in self.before[section] if key not in self.now[section]]

    def change(self, code: str, section: str, key: str, message: str, part: str = "") -> Change:
        """Return the change at the place where the thing, or the part of it, is written, or beside which it was."""
        fact = self.facts[section].get(key) or self._beside(section, key)
        if fact is None:
            return Change(code, CONTRACT_PATH, 1, message)
        return Change(code, fact.path, fact.lines.get(part) or fact.line, message)

    def _beside(self, section: str, key: str) -> Fact | None:
        """Return what stood nearest before a lost thing and is there still, or after it; of its own flow or page where it can be."""
        facts = self.facts[section]
        near = neighbours(list(self.before[section]), key, facts)
        own = [k for k in near if _home(k) == _home(key)]
        page = self.facts["links"].get(key.partition("#")[0])
        return facts[own[0]] if own else page or (facts[near[0]] if near else None)

    def text(self, node: str) -> str:
        """Return what a node says, or said, as a finding has room for it."""
        return short(self.whole_text(node), 60)

    def whole_text(self, node: str) -> str:
        """Return what a node says, or said."""
        fields = self.now["nodes"].get(node) or self.before["nodes"].get(node) or {"text": node}
        return str(fields["text"])


def _home(key: str) -> str:
    """Return the flow or the page that a thing is of: what its key begins with."""
    return re.split("[-#]", key, maxsplit=1)[0]


def neighbours(there: Sequence[str], gone: str, left: Container[str]) -> list[str]:
    """Return what is left of what stood beside a lost thing: the nearest before it first, and then what came after."""
    place = there.index(gone)
    return [part for part in (*reversed(there[:place]), *there[place + 1 :]) if part in left]


def listed(value: Said) -> tuple[str, ...]:
    """Return a field as the list that it is."""
    return value if isinstance(value, tuple) else ()


def without_marks(words: Words, text: str) -> str:
    """Return a text of an edition as readers know it: no marks of Markdown, no kind of a box, numbers as they are written."""
    plain = _MARKS.sub("", _LINK.sub(r"\1", _BOX.sub("", text)))
    return _NUMBER.sub(lambda number: words.phone_number(number[0]), plain)


def text_pairs(before: Said, now: Said) -> Iterator[tuple[str, str]]:
    """Yield how one text or list of texts has become another: what was and what is, of which one may be empty."""
    old, new = (value if isinstance(value, tuple) else (str(value),) for value in (before, now))
    for what, first, last, new_first, new_last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from itertools.zip_longest(old[first:last], new[new_first:new_last], fillvalue="")


def text_changes(before: Said, now: Said) -> list[str]:
    """Return how one text or list of texts has become another, each change as words (`»gammelt« → »nyt«`)."""
    return [_told(old, new) for old, new in text_pairs(before, now)]


def _told(old: str, new: str) -> str:
    if old and new:
        return _become(old, new)
    return f"{quoted(old)} er væk" if old else f"{quoted(new)} er nyt"


def _become(old: str, new: str) -> str:
    """Return how a text has become another; where both begin alike for so long that it would not be seen, from there."""
    if quoted(old) != quoted(new):
        return f"{quoted(old)} → {quoted(new)}"
    differing = (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    start = old.rfind(" ", 0, next(differing, min(len(old), len(new)))) + 1
    return f"{quoted(f'…{old[start:]}')} → {quoted(f'…{new[start:]}')}"


def quoted(value: Said) -> str:
    """Return a field as it is told: its words in quotes, or that it is empty."""
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return f"»{short(text, 160)}«" if text else "tomt"
