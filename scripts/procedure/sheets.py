"""A checklist as a sheet of paper: what stands on it, read once for the page, the PDF and its version."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from markdown_it.token import Token

from procedure.contract import Contact
from procedure.markdown_reader import attributes_of, parse
from procedure.model import Procedure
from procedure.page import Page, Region

_SIGNED = "hvem-hvornaar"


@dataclass(frozen=True)
class Run:
    """A stretch of text. `address` is where it links to, or empty."""

    text: str
    bold: bool
    address: str


@dataclass(frozen=True)
class Item:
    """A line on the sheet. `signed` items have an empty line for who and when."""

    runs: tuple[Run, ...]
    is_task: bool
    signed: bool
    line: int

    @property
    def text(self) -> str:
        """The item's plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Box:
    """A block with a title; `name` is its kind (`danger`, `tilsendt`, `supplement`)."""

    name: str
    title: str
    items: tuple[Item, ...]
    notes: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything on one sheet but its version and its address, which come from the ledger and the site."""

    name: str
    title: str
    owner: str
    tasks: tuple[Item, ...]
    boxes: tuple[Box, ...]
    contacts: tuple[Contact, ...]

    @property
    def fingerprint(self) -> str:
        """A short mark that changes when something on the sheet does; a review without change leaves it."""
        content = {
            "title": self.title,
            "owner": self.owner,
            "tasks": [_content(item) for item in self.tasks],
            "boxes": [
                [box.name, box.title, [_content(i) for i in box.items], [_content(i) for i in box.notes]]
                for box in self.boxes
            ],
            "contacts": [[c.name, c.text, c.phone, c.mail, str(c.confirmed)] for c in self.contacts],
        }
        written = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:12]


def sheets(procedure: Procedure) -> tuple[Sheet, ...]:
    """Return every checklist as a sheet: the one for right now first, then the phases in order."""
    names = ["lige-nu", *(phase.id for phase in procedure.contract.phases)]
    pages = [(name, procedure.checklist_page(name)) for name in names]
    return tuple(_sheet(procedure, name, page) for name, page in pages if page)


def _content(item: Item) -> list[object]:
    return [[asdict(run) for run in item.runs], item.signed]


def _sheet(procedure: Procedure, name: str, page: Page) -> Sheet:
    section = page.section("tjekliste")
    parts = list(_parts(page, section)) if section else []
    for include in page.includes:
        source = procedure.pages.get(f"docs/{include.path}")
        included = source.section(include.section) if source else None
        if source and included:
            parts += _parts(source, included)
    tasks = tuple(part for part in parts if isinstance(part, Item))
    boxes = tuple(part for part in parts if isinstance(part, Box))
    return Sheet(name, page.field("title"), page.field("owner"), tasks, boxes, procedure.contract.contacts)


def _parts(page: Page, section: Region) -> Iterator[Item | Box]:
    """Yield the items of a section and, where a block begins, the block with its items."""
    blocks = [block for block in page.blocks if section.holds(block.first_line)]
    given: set[int] = set()
    for item, _ in _items(page, section):
        block = next((block for block in blocks if block.holds(item.line)), None)
        if block is None:
            if item.is_task:
                yield item
        elif block.first_line not in given:
            given.add(block.first_line)
            inside = [(i, listed) for i, listed in _items(page, section) if block.holds(i.line)]
            yield Box(
                block.name,
                block.title,
                tuple(i for i, listed in inside if listed),
                tuple(i for i, listed in inside if not listed),
            )


def _items(page: Page, section: Region) -> Iterator[tuple[Item, bool]]:
    """Yield each list item and paragraph of a section, and whether it is a list item."""
    before = [""] * (section.first_line - 1)
    text = "\n".join([*before, *page.lines[section.first_line - 1 : section.last_line]])
    tokens = parse(text)
    for opening, token in itertools.pairwise(tokens):
        if token.type != "inline" or opening.type != "paragraph_open" or token.content.lstrip().startswith("///"):
            continue
        attributes = attributes_of(token.content)
        runs = tuple(_runs(token.children or []))
        is_task = bool(re.match(r"\[[ xX]\]\s", token.content))
        if is_task:
            runs = (Run(runs[0].text[4:], runs[0].bold, runs[0].address), *runs[1:])
        signed = any(key == "." and value == _SIGNED for key, value in attributes)
        line = token.map[0] + 1 if token.map else section.first_line
        yield Item(_trimmed(runs), is_task, signed, line), token.level > 1


def _runs(children: Iterable[Token]) -> Iterator[Run]:
    bold, address = False, ""
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            bold = child.type == "strong_open"
        elif child.type == "link_open":
            address = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            address = ""
        elif child.type in ("softbreak", "hardbreak"):
            yield Run(" ", bold, address)
        elif child.type in ("text", "code_inline"):
            text = re.sub(r"\{:?[^}\n]*\}", "", child.content)
            if text:
                yield Run(text, bold, address)


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    return runs
