"""What a page must show: the leaves that the checks have read, each with the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from procedure.derive.whole import whole_procedure
from procedure.model import Procedure
from procedure.rendered.article import Builder, Leaf, Place, attributes, mark
from procedure.source.fences import BLOCKS, FRAMES, WHOLE, WHOLE_FRAMES
from procedure.source.markdown_blocks import BLOCK_ID, BLOCK_OPENING
from procedure.source.markdown_reader import (
    ATTRIBUTES,
    INCLUDE,
    TASK,
    attributes_of,
    parse,
)
from procedure.source.page import Include, Page, Region

_HOLDERS = {
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
    "table_open": "table",
    "tr_open": "tr",
}
# What keeps the mark of an included section from being one.
_ESCAPED = re.compile(r"^([ \t]*);(?=-+8<-+)|;(?=-+8<-+[ \t]+\[)", re.MULTILINE)
_CELLS = {"td_open": "td", "th_open": "th"}
# The blocks that have no title: each is a `div` of its name.
_FRAMES = frozenset({*FRAMES, *WHOLE_FRAMES})


@dataclass(frozen=True)
class _Lines:
    """Where a run of lines is written: the file, and the number of the line before it. `at` is one line for them all."""

    page: Page
    before: int
    at: int = 0

    def line(self, index: int) -> int:
        return self.at or self.before + index + 1


def expected_leaves(
    procedure: Procedure, page: Page, address: Callable[[str], str] = lambda written: written
) -> list[Leaf]:
    """Return the leaves of a page, with the sections it includes in their places.

    `address` says where a link's address leads.
    """
    expectation = _Expectation(procedure, page, address)
    before = page.lead.first_line - 1
    # As the checks have read it: the front matter is empty lines.
    expectation.read([""] * before + list(page.lines[before:]), _Lines(page, 0))
    return expectation.builder.leaves


def source_text(procedure: Procedure, page: Page) -> str:
    """Return the page's Markdown as the generator reads it: without its front matter, the whole procedure written out."""
    first = page.lead.first_line
    lines: list[str] = []
    fences = {fence.line: fence for fence in page.fences if fence.language == WHOLE}
    numbers = iter(range(first, len(page.lines) + 1))
    for number in numbers:
        fence = fences.get(number)
        if fence is None:
            lines.append(page.lines[number - 1])
            continue
        lines += whole_procedure(procedure, page.folder)
        for _ in range(fence.last_line - fence.line):
            next(numbers, None)
    return "\n".join(lines)


class _Expectation:
    def __init__(self, procedure: Procedure, page: Page, address: Callable[[str], str]) -> None:
        self.builder = Builder()
        self._procedure = procedure
        self._page = page
        self._address = address
        self._including: list[tuple[Page, Region]] = []

    def read(self, lines: Sequence[str], place: _Lines) -> None:
        """Read a run of lines."""
        tokens = parse("\n".join(lines))
        depths: list[int] = []
        blocks: list[tuple[str, int]] = []
        for index, token in enumerate(tokens):
            holder = _HOLDERS.get(token.type)
            if holder:
                depths.append(self.builder.depth)
                self.builder.open(_numbered(token, holder, tokens, index))
            elif token.type.removesuffix("_close") + "_open" in _HOLDERS and token.nesting == -1:
                if token.type == "list_item_close" and self.builder.is_new:
                    self._add("p", "", "", token, place)
                depth = depths.pop()
                # A block that is opened inside an item ends with it.
                blocks = [block for block in blocks if block[1] <= depth]
                self.builder.close(depth)
            elif token.type == "inline":
                self._inline(token, tokens[index - 1], place, blocks)
            elif token.type in ("fence", "code_block"):
                self._code(token, place)
            elif token.type == "hr":
                self._add("hr", "", "", token, place)
            elif token.type == "html_block":
                self._html(token, place)
        self.builder.close(blocks[0][1] if blocks else self.builder.depth)

    def _add(self, kind: str, content: str, found: str, token: Token, place: _Lines) -> None:
        first, last = token.map or (0, 1)
        where = Place(place.page.path, place.line(first), place.line(max(first, last - 1)))
        self.builder.add(kind, content, found, where)

    def _inline(self, token: Token, opening: Token, place: _Lines, blocks: list[tuple[str, int]]) -> None:
        lines = token.content.split("\n")
        if any(line.lstrip().startswith("///") for line in lines):
            self._block_marks(lines, token, place, blocks)
            return
        include = INCLUDE.match(token.content.strip())
        if include:
            self._include(Include(include[1], include[2] or "", 0))
            return
        content, pairs = self._content(token.children or [])
        kind = _CELLS.get(opening.type) or (opening.tag if opening.type == "heading_open" else "p")
        if kind == "p" and self.builder.is_new and self._in_item(opening):
            if TASK.match(token.content):
                kind, content = "task", content.lstrip().removeprefix(token.content[:3])
            self.builder.rename(f"li {attributes(pairs)}".strip())
            self._add(kind, content, "", token, place)
            return
        self._add(kind, content, attributes(pairs), token, place)

    def _in_item(self, opening: Token) -> bool:
        return opening.type == "paragraph_open" and self.builder.innermost.split()[0] == "li"

    def _content(self, children: Sequence[Token]) -> tuple[str, list[tuple[str, str]]]:
        """Return what a reader sees, with its marks, and the attributes in `{ … }`."""
        text: list[str] = []
        pairs: list[tuple[str, str]] = []
        for child in children:
            if child.type == "text":
                pairs += attributes_of(child.content)
                text.append(ATTRIBUTES.sub("", child.content))
            elif child.type == "softbreak":
                text.append(" ")
            elif child.type == "hardbreak":
                text.append(mark("br"))
            elif child.type == "code_inline":
                text.append(f"{mark('code')}{child.content}{mark('/code')}")
            elif child.type == "link_open":
                text.append(mark(f"a {self._address(str(child.attrGet('href') or ''))}"))
            elif child.type == "image":
                address = self._address(str(child.attrGet("src") or ""))
                text.append(mark(f"img {address} {child.content}"))
            elif child.type == "html_inline":
                text.append(re.sub(r"<!--.*?-->", "", child.content, flags=re.DOTALL))
            elif child.tag:
                text.append(mark(f"/{child.tag}" if child.nesting == -1 else child.tag))
        return "".join(text), pairs

    def _block_marks(self, lines: list[str], token: Token, place: _Lines, blocks: list[tuple[str, int]]) -> None:
        for offset, line in enumerate(lines):
            written = line.strip()
            opening = BLOCK_OPENING.match(written)
            if opening:
                option = lines[offset + 1] if offset + 1 < len(lines) else ""
                found = BLOCK_ID.search(option)
                blocks.append((opening[1], self.builder.depth))
                title = (opening[3] or "").strip()
                self.builder.open(_block(opening[2], found[1] if found else ""))
                if opening[2] not in _FRAMES:
                    self._add("title", title, "", token, place)
            elif not written.strip("/") and blocks and blocks[-1][0] == written:
                self.builder.close(blocks.pop()[1])

    def _include(self, include: Include) -> None:
        taken = self._procedure.included(include)
        # A section that takes in itself is a finding of its own (C44), and the generator stops there too.
        if taken and taken not in self._including:
            page, section = taken
            self._including.append(taken)
            self.read(page.lines[section.first_line : section.last_line - 1], _Lines(page, section.first_line))
            self._including.pop()

    def _code(self, token: Token, place: _Lines) -> None:
        language = token.info.split()[0] if token.info.split() else ""
        if language == WHOLE:
            self.read(whole_procedure(self._procedure, self._page.folder), _Lines(place.page, 0, _line(token, place)))
        elif language in BLOCKS and token.level == 0:
            self._add("block", language, "", token, place)
        else:
            self._add("pre", _ESCAPED.sub(r"\1", token.content), "", token, place)

    def _html(self, token: Token, place: _Lines) -> None:
        text = re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL).strip()
        if text:
            self._add("p", text, "", token, place)


def _line(token: Token, place: _Lines) -> int:
    return place.line(token.map[0] if token.map else 0)


def _numbered(token: Token, holder: str, tokens: Sequence[Token], index: int) -> str:
    """Return a list's name: a list of things to tick is a numbered one, and the first number is shown."""
    if holder not in ("ul", "ol"):
        return holder
    start = token.attrGet("start")
    if _has_tasks(tokens, index):
        return "ol"
    return f"{holder} start={start}" if start not in (None, 1) else holder


def _has_tasks(tokens: Sequence[Token], index: int) -> bool:
    """Return whether one of a list's own items can be ticked."""
    level = tokens[index].level
    for token in tokens[index + 1 :]:
        if token.level == level:
            return False
        if token.type == "inline" and token.level == level + 3 and TASK.match(token.content):
            return True
    return False


def _block(name: str, block_id: str) -> str:
    if name not in _FRAMES:
        return f"block {name} {block_id}".strip()
    return f"div {attributes([('class', name), *([('id', block_id)] if block_id else [])])}"
