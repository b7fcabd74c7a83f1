"""What is written in a section of a page as the lines of a sheet: items with their words, and blocks with their items."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token

from procedure.derive.addresses import resolve, site_address
from procedure.derive.calls import Call
from procedure.model import Procedure
from procedure.source.markdown_reader import attributes_of, parse
from procedure.source.page import Page, Region
from procedure.source.text import short

SIGNED = "done-by"


@dataclass(frozen=True)
class Run:
    """A stretch of text. `address` is where it links to, inside the site from its root, or empty."""

    text: str
    bold: bool
    address: str


@dataclass(frozen=True)
class Item:
    """A line on the sheet, and where it is written.

    `signed` items have empty lines for who did it and the date. `calls` are those whose numbers stand beside it.
    """

    runs: tuple[Run, ...]
    is_task: bool
    signed: bool
    requirements: tuple[str, ...]
    path: str
    line: int
    calls: tuple[Call, ...] = ()

    @property
    def text(self) -> str:
        """The item's plain text."""
        return "".join(run.text for run in self.runs)

    @property
    def is_question(self) -> bool:
        """Whether the item is answered, not ticked."""
        return self.is_task and self.text.endswith("?")


@dataclass(frozen=True)
class Box:
    """A block with a title; `name` is its kind (`danger`, `supplement`)."""

    name: str
    title: str
    items: tuple[Item, ...]
    notes: tuple[Item, ...]


def sheet_sections(procedure: Procedure, page: Page) -> Iterator[tuple[Page, Region]]:
    """Yield the sections that a checklist's sheet is made of, its own and those it includes, each with its page."""
    own = page.section(procedure.words.text("sections.checklist.id"))
    if own:
        yield page, own
    for include in page.includes:
        if taken := procedure.included(include):
            yield taken


def left_out(page: Page, section: Region) -> Iterator[tuple[int, str]]:
    """Yield the line and the beginning of each thing in a section that does not come on the sheet.

    That is what stands outside the blocks and is no item that can be ticked, and everywhere a heading,
    a table, an image, a fence or HTML.
    """
    found: dict[int, str] = {}
    includes = [include.line for include in page.includes]
    blocks = [block for block in page.blocks if section.holds(block.first_line)]
    for item, _ in items_of(page, section):
        if not item.is_task and item.line not in includes and not any(block.holds(item.line) for block in blocks):
            found[item.line] = short(item.text or page.lines[item.line - 1].strip())
    for token in parse(_section_text(page, section)):
        line = token.map[0] + 1 if token.map else section.first_line
        is_html = token.type == "html_block" and re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL).strip()
        if is_html or token.type in ("heading_open", "table_open", "fence", "code_block"):
            found.setdefault(line, short(page.lines[line - 1].strip()))
        elif any(child.type == "image" for child in token.children or ()):
            found.setdefault(line, short(token.content))
    yield from found.items()


def parts_of(page: Page, section: Region) -> Iterator[Item | Box]:
    """Yield the items of a section and, where a block begins, the block with its items."""
    blocks = [block for block in page.blocks if section.holds(block.first_line)]
    given: set[int] = set()
    for item, _ in items_of(page, section):
        block = next((block for block in blocks if block.holds(item.line)), None)
        if block is None:
            if item.is_task:
                yield item
        elif block.first_line not in given:
            given.add(block.first_line)
            inside = [(i, listed) for i, listed in items_of(page, section) if block.holds(i.line)]
            yield Box(
                block.name,
                block.title,
                tuple(i for i, listed in inside if listed),
                tuple(i for i, listed in inside if not listed),
            )


def items_of(page: Page, section: Region) -> Iterator[tuple[Item, bool]]:
    """Yield each list item and paragraph of a section, and whether it is a list item."""
    for opening, token in itertools.pairwise(parse(_section_text(page, section))):
        if token.type != "inline" or opening.type != "paragraph_open" or token.content.lstrip().startswith("///"):
            continue
        attributes = attributes_of(token.content)
        runs = tuple(_runs(page, token.children or []))
        is_task = bool(re.match(r"\[[ xX]\]\s", token.content))
        if is_task:
            runs = (Run(runs[0].text[4:], runs[0].bold, runs[0].address), *runs[1:])
        signed = any(key == "." and value == SIGNED for key, value in attributes)
        line = token.map[0] + 1 if token.map else section.first_line
        traced = next((value.split() for key, value in attributes if key == "data-req" and value), [])
        yield Item(_trimmed(runs), is_task, signed, tuple(traced), page.path, line), token.level > 1


def _section_text(page: Page, section: Region) -> str:
    """Return the section's text, on the lines where it stands."""
    return "\n".join([""] * (section.first_line - 1) + list(page.lines[section.first_line - 1 : section.last_line]))


def _runs(page: Page, children: Iterable[Token]) -> Iterator[Run]:
    bold, address = False, ""
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            bold = child.type == "strong_open"
        elif child.type == "link_open":
            target = resolve(page, str(child.attrGet("href") or ""))
            address = target.path if target.scheme else site_address(target.path, target.fragment)
        elif child.type == "link_close":
            address = ""
        elif child.type in ("softbreak", "hardbreak"):
            yield Run(" ", bold, address)
        elif child.type in ("text", "code_inline"):
            text = re.sub(r"\{:?[^}\n]*\}", "", child.content)
            if text:
                yield Run(text, bold, address)


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the runs without what is empty at either end: spaces that nobody sees are no change of a sheet."""
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    if runs:
        runs = (replace(runs[0], text=runs[0].text.lstrip()), *runs[1:])
        runs = (*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip()))
    return runs
