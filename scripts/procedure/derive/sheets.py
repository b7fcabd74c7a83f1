"""A checklist as a sheet of paper: what stands on it, read once for the page, the PDF and its version."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from markdown_it.token import Token

from procedure.derive.addresses import resolve, site_address
from procedure.derive.calls import Call, calls
from procedure.derive.pauses import Done, begins, done, first_done
from procedure.derive.wordings import wordings
from procedure.model import CAUTION_BLOCK, SUPPLEMENT_BLOCK, Procedure, remembered
from procedure.phrases import phase_place, review_state, trial_state
from procedure.source.contract import Contact, Phase
from procedure.source.markdown_reader import attributes_of, parse
from procedure.source.page import Page, Region
from procedure.source.text import short

SIGNED = "done-by"
# Stands in a mark where the day a contact was confirmed once did: that day makes no new edition, and marks on paper last.
_CONFIRMED = "None"
# The kinds of block that can stand on a sheet.
BOXES = (CAUTION_BLOCK, SUPPLEMENT_BLOCK)


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


@dataclass(frozen=True)
class Sheet:
    """Everything on one sheet but its version and its address, which come from the ledger and the site.

    `review` is when the municipality last reviewed it, `trial` whether it has been tried, `place` which of the
    phases it is for, `begins` when it is used and `done` what follows, and `lead` what else stands before the list.
    `added` are the numbers its items call for that are not in the source, where no block on it has them, and `doubt`
    is whom to ask, in the site's wording.
    """

    name: str
    path: str
    title: str
    owner: str
    review: str
    trial: str
    place: str
    begins: str
    done: tuple[Done, ...]
    lead: tuple[Item, ...]
    tasks: tuple[Item, ...]
    boxes: tuple[Box, ...]
    added: tuple[str, ...]
    doubt: str
    contacts: tuple[Contact, ...]
    own_contacts: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is written on the sheet, as it stands there."""
        return (*self.lead, *self.tasks, *(item for box in self.boxes for item in (*box.items, *box.notes)))

    @property
    def cautions(self) -> tuple[Item, ...]:
        """What the sheet says must never be done: it is as large as the items to tick."""
        return tuple(item for box in self.boxes if box.name == CAUTION_BLOCK for item in box.items)

    @property
    def fingerprint(self) -> str:
        """A short mark that changes when something on the sheet does; a review, a trial or a confirmed contact leaves it."""
        content = {
            "title": self.title,
            "owner": self.owner,
            "place": self.place,
            "begins": self.begins,
            "done": [end.whole for end in self.done],
            "lead": [_content(item) for item in self.lead],
            "tasks": [_content(item) for item in self.tasks],
            "boxes": [
                [box.name, box.title, [_content(i) for i in box.items], [_content(i) for i in box.notes]]
                for box in self.boxes
            ],
            "added": self.added,
            "doubt": self.doubt,
            "contacts": [[c.name, c.role, c.phone, c.mail, _CONFIRMED] for c in self.contacts],
            "own_contacts": self.own_contacts,
        }
        written = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:12]


@remembered
def sheets(procedure: Procedure) -> tuple[Sheet, ...]:
    """Return every checklist as a sheet: the one for right now first, then the phases in order."""
    contract = procedure.contract
    names = {procedure.roles.right_now: None, **{phase.id: phase for phase in contract.phases}}
    pages = [(name, phase, procedure.checklist_page(name)) for name, phase in names.items()]
    said = wordings(procedure).get(contract.lead.id) if contract.lead else None
    doubt = said.text if said else ""
    return tuple(_sheet(procedure, name, phase, page, doubt) for name, phase, page in pages if page)


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
    for item, _ in _items(page, section):
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


def _content(item: Item) -> list[object]:
    return [[asdict(run) for run in item.runs], item.signed, [[call.name, call.phone] for call in item.calls]]


def _sheet(procedure: Procedure, name: str, phase: Phase | None, page: Page, doubt: str) -> Sheet:
    parts = [part for source, section in sheet_sections(procedure, page) for part in _parts(source, section)]
    own = page.section(procedure.words.text("sections.checklist.id"))
    before = Region("", "", page.lead.first_line, own.first_line - 1 if own else page.lead.first_line)
    contract, words = procedure.contract, procedure.words
    boxes = tuple(part for part in parts if isinstance(part, Box))
    tasks = [part for part in parts if isinstance(part, Item)]
    return Sheet(
        name,
        page.path,
        page.field("title"),
        page.field("owner"),
        review_state(words, page.field("last_reviewed")),
        trial_state(words, page.field("tried")),
        phase_place(words, phase, contract.phases) if phase else "",
        begins(procedure, phase or contract.phases[0]) if contract.phases else "",
        done(procedure, phase) if phase else first_done(procedure),
        tuple(item for item, _ in _items(page, before)),
        tuple(replace(item, calls=_own_calls(procedure, item)) for item in tasks),
        boxes,
        () if any(box.name == SUPPLEMENT_BLOCK for box in boxes) else _added(procedure, [*tasks, *_listed(boxes)]),
        doubt,
        contract.numbers,
        contract.own_contacts,
    )


def _own_calls(procedure: Procedure, item: Item) -> tuple[Call, ...]:
    return tuple(call for call in calls(procedure, item.requirements) if not call.added)


def _added(procedure: Procedure, items: Iterable[Item]) -> tuple[str, ...]:
    """Return the added numbers that the items call for, each as a line: they stand apart, never among the items."""
    words = procedure.words
    called = calls(procedure, [row_id for item in items for row_id in item.requirements])
    return tuple(
        f"{call.role}: {call.name}, {words.phone_number(call.phone)}"
        if call.role
        else f"{call.name}: {words.phone_number(call.phone)}"
        for call in called
        if call.added
    )


def _listed(boxes: Iterable[Box]) -> Iterator[Item]:
    for box in boxes:
        yield from box.items


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
