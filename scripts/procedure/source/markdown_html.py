"""Reads the raw HTML of a Markdown page: marks that name sections, notes, ids and addresses."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from procedure.source.markdown_parts import Parts
from procedure.source.page import Anchor, Link, LinkKind, Mark, MarkKind, Region

_SECTION_MARK = re.compile(r"<!--\s*--8<--\s*\[(start|end):\s*([\w-]+)\s*\]\s*-->")
_NOTE = re.compile(r"<!--\s*bemærkning:(.*?)-->", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)


def marks_in(content: str, line: int) -> list[Mark]:
    """Return the notes, the other comments and the raw HTML of a block; what names a section is none of them."""
    found: list[Mark] = []

    def take(kind: MarkKind, match: re.Match[str]) -> str:
        found.append(Mark(kind, match[1].strip(), line + content.count("\n", 0, match.start())))
        return re.sub(r"[^\n]", " ", match[0])

    rest = _SECTION_MARK.sub(lambda match: " " * len(match[0]), content)
    rest = _NOTE.sub(lambda match: take(MarkKind.NOTE, match), rest)
    rest = _COMMENT.sub(lambda match: take(MarkKind.COMMENT, match), rest)
    if html := rest.strip():
        first = line + rest[: len(rest) - len(rest.lstrip())].count("\n")
        found.append(Mark(MarkKind.HTML, html, first))
    return found


def read_html(content: str, line: int, parts: Parts) -> None:
    """Read the section marks in raw HTML, and its ids and addresses."""
    for match in _SECTION_MARK.finditer(content):
        mark_line = line + content.count("\n", 0, match.start())
        kind, name = match[1], match[2]
        if kind == "start" and name not in parts.open_sections:
            parts.open_sections[name] = mark_line
        elif kind == "end" and name in parts.open_sections:
            parts.sections.append(Region(name, "", parts.open_sections.pop(name), mark_line))
        else:
            message = f"Afsnitsmærket »{kind}:{name}« passer ikke med det foregående."
            parts.report(mark_line, "C14", message, f"Skriv ét [start:{name}] og derefter ét [end:{name}].")
    reader = _HtmlReader(line, parts)
    reader.feed(content)
    reader.close()


class _HtmlReader(HTMLParser):
    """Gathers ids and addresses from raw HTML."""

    def __init__(self, first_line: int, parts: Parts) -> None:
        super().__init__()
        self._first_line = first_line
        self._parts = parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self._first_line + self.getpos()[0] - 1
        values = dict(attrs)
        if values.get("id"):
            self._parts.anchors.append(Anchor(str(values["id"]), line))
        for key in ("href", "src"):
            if key in values:
                kind = LinkKind.HTML_IMAGE if tag == "img" else LinkKind.HTML
                text = str(values.get("alt") or "") if tag == "img" else tag
                self._parts.links.append(Link(kind, values[key] or "", text, line))
