"""A page as its reader meets it: one leaf after the other, each with its words, its marks and where it hangs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# What stands round a mark inside a leaf's content: no source text can hold these.
_OPEN, _CLOSE = "\x02", "\x03"
_MARK = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
_BREAK = f"{_OPEN}br{_CLOSE}"
_AROUND_BREAK = re.compile(f"[ \\t\\n]*{_BREAK}[ \\t\\n]*")
_SPACES = re.compile(r"[ \t\n]+")
_CODE = re.compile(f"{_OPEN}code{_CLOSE}.*?{_OPEN}/code{_CLOSE}|{_MARK.pattern}")


class Place(NamedTuple):
    """Where something is written: the file, and its first and last line."""

    path: str
    line: int
    last_line: int


NOWHERE = Place("", 0, 0)


@dataclass(frozen=True)
class Leaf:
    """A paragraph, heading, item, cell, code or block of ours.

    `holders` are what it stands in, from the outside in; `+` before one says that it begins here. `content` is its
    words with a mark where a link, code or emphasis begins and ends. Lines are those of the source; 0 where unknown.
    """

    holders: tuple[str, ...]
    kind: str
    attributes: str
    content: str
    path: str = ""
    line: int = 0
    last_line: int = 0

    @property
    def shape(self) -> tuple[tuple[str, ...], str, str]:
        """All but the words."""
        return self.holders, self.kind, self.attributes

    @property
    def key(self) -> tuple[tuple[str, ...], str, str, str]:
        """All that two readings must agree on."""
        return self.holders, self.kind, self.attributes, self.content

    @property
    def words(self) -> str:
        """What a reader sees."""
        return " ".join(_MARK.sub("", self.content.replace(_BREAK, " ")).split())

    @property
    def without_code(self) -> str:
        """What a reader sees outside code."""
        if self.kind in ("pre", "block"):
            return ""
        return " ".join(_CODE.sub(" ", self.content).split())

    @property
    def marks(self) -> list[str]:
        """The links, code and emphasis in it, in order."""
        return [found[1:-1] for found in _MARK.findall(self.content)]


def mark(name: str) -> str:
    """Return the mark of a link, code or emphasis, as it stands in a leaf's content."""
    return f"{_OPEN}{name}{_CLOSE}"


class Builder:
    """Gathers leaves. What holds them is opened and closed around them."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self._holders: list[str] = []
        self._is_new: list[bool] = []

    @property
    def depth(self) -> int:
        """How many holders are open."""
        return len(self._holders)

    def open(self, holder: str) -> None:
        """Open a holder inside those that are open."""
        self._holders.append(holder)
        self._is_new.append(True)

    def close(self, depth: int) -> None:
        """Close all holders but the outermost `depth`."""
        del self._holders[depth:], self._is_new[depth:]

    def rename(self, holder: str) -> None:
        """Give the innermost holder another name, as long as nothing stands in it."""
        if self._is_new and self._is_new[-1]:
            self._holders[-1] = holder

    @property
    def innermost(self) -> str:
        """The innermost holder's name."""
        return self._holders[-1] if self._holders else "page"

    @property
    def is_new(self) -> bool:
        """Whether nothing stands in the innermost holder."""
        return bool(self._is_new) and self._is_new[-1]

    def add(self, kind: str, content: str, attributes: str = "", place: Place = NOWHERE) -> None:
        """Add a leaf to what is open."""
        holders = tuple(f"+{name}" if new else name for name, new in zip(self._holders, self._is_new, strict=True))
        if kind == "pre":
            # The library takes spaces away at the ends of lines, and empty lines at the end of code.
            text = "\n".join(line.rstrip() for line in content.split("\n")).strip("\n")
        else:
            text = _SPACES.sub(" ", _AROUND_BREAK.sub(_BREAK, content)).strip(" ")
        self.leaves.append(Leaf(holders, kind, attributes, text, *place))
        self._is_new = [False] * len(self._is_new)


def attributes(pairs: Iterable[tuple[str, str]]) -> str:
    """Return an element's attributes in one form, whatever order and form they were written in."""
    found: set[str] = set()
    # No other key is one that an editor may write (a finding of its own).
    for key, value in pairs:
        if key in (".", "class"):
            found.update(f".{name}" for name in value.split())
        elif key in ("id", "data-req", "start"):
            found.add(f"#{value}" if key == "id" else f"{key}={' '.join(value.split())}")
    return " ".join(sorted(found))
