"""One Markdown page as the checks see it: its parts, each with the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from procedure.source.flow import Flow
from procedure.source.yaml_reader import Value


@dataclass(frozen=True)
class Heading:
    """A heading; `id` is the explicit one, or None."""

    level: int
    text: str
    id: str | None
    line: int

    @property
    def has_sound_id(self) -> bool:
        """Whether the id is there, and of lower-case ASCII letters, digits and hyphens."""
        return self.id is not None and re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.id) is not None


class LinkKind(StrEnum):
    """Where a link is written."""

    LINK = "link"
    IMAGE = "image"
    HTML = "html"
    HTML_IMAGE = "html-image"
    CLICK = "click"


@dataclass(frozen=True)
class Link:
    """A reference to another place. `text` is what a reader sees or hears: link text or alt text."""

    kind: LinkKind
    target: str
    text: str
    line: int


@dataclass(frozen=True)
class Anchor:
    """An id that a link can lead to."""

    id: str
    line: int


@dataclass(frozen=True)
class Trace:
    """A block that carries requirements; `text` is our wording, `is_task` whether it can be ticked.

    One that is not sound has a finding of its own: what it is traced to is not judged.
    """

    requirements: tuple[str, ...]
    text: str
    line: int
    is_task: bool
    is_sound: bool = True


@dataclass(frozen=True)
class Text:
    """A paragraph or list item that carries no requirement: words of the page's own."""

    text: str
    line: int
    is_listed: bool


@dataclass(frozen=True)
class Region:
    """A run of lines: a `/// name | title` block, or a section that other pages include."""

    name: str
    title: str
    first_line: int
    last_line: int

    def holds(self, line: int) -> bool:
        """Return whether the line lies inside."""
        return self.first_line <= line <= self.last_line


@dataclass(frozen=True)
class Include:
    """A line that takes in a section of another file under `docs/`."""

    path: str
    section: str
    line: int


@dataclass(frozen=True)
class Fence:
    """A fenced block: its language, the text between the fences, and the lines of the opening and the closing one.

    `is_inside` is whether it stands in an item or a quote.
    """

    language: str
    text: str
    line: int
    last_line: int
    is_inside: bool


class MarkKind(StrEnum):
    """What a mark is: `NOTE` a remark for whoever edits, `COMMENT` any other comment, `OPTION` a line under a block's opening."""

    HTML = "html"
    NOTE = "note"
    COMMENT = "comment"
    ATTRIBUTES = "attributes"
    OPTION = "option"


@dataclass(frozen=True)
class Mark:
    """What is written on a page for something else than to be read; `text` is what stands inside the mark."""

    kind: MarkKind
    text: str
    line: int


@dataclass(frozen=True)
class Page:
    """One page under `docs/`. `path` is relative to the project root (`docs/faser/vurder.md`)."""

    path: str
    lines: tuple[str, ...]
    front: Mapping[str, Value]
    front_line: int
    headings: tuple[Heading, ...]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...]
    traces: tuple[Trace, ...]
    texts: tuple[Text, ...]
    tasks: tuple[int, ...]
    blocks: tuple[Region, ...]
    sections: tuple[Region, ...]
    includes: tuple[Include, ...]
    fences: tuple[Fence, ...]
    flows: tuple[Flow, ...]
    marks: tuple[Mark, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending (`vurder`)."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def folder(self) -> str:
        """The folder the file stands in (`docs/faser`)."""
        return self.path.rsplit("/", 1)[0]

    def field(self, key: str) -> str:
        """Return a front-matter value as text, empty where it is missing."""
        value = self.front.get(key)
        return value.text() if value else ""

    def field_line(self, key: str) -> int:
        """Return the line of a front-matter key, or of the front matter where it is missing."""
        value = self.front.get(key)
        return value.key_line if value else self.front_line

    def heading(self, heading_id: str) -> Heading | None:
        """Return the first heading with this id, or None."""
        return next((heading for heading in self.headings if heading.id == heading_id), None)

    def section(self, name: str) -> Region | None:
        """Return the section that other pages include under this name."""
        return next((section for section in self.sections if section.name == name), None)

    @cached_property
    def lead(self) -> Region:
        """The lines between the front matter and the first heading."""
        has_front = bool(self.lines) and self.lines[0].rstrip() == "---"
        ends = (n for n, line in enumerate(self.lines, start=1) if n > 1 and line.rstrip() == "---")
        first = next(ends, 0) + 1 if has_front else 1
        return Region("", "", first, min((h.line for h in self.headings), default=len(self.lines) + 1) - 1)

    def under_heading(self, heading: Heading) -> Region:
        """Return the lines from a heading to the next one of the same or a higher level."""
        following = (h.line for h in self.headings if h.line > heading.line and h.level <= heading.level)
        return Region(heading.id or "", heading.text, heading.line, next(following, len(self.lines) + 1) - 1)
