"""A checklist as a sheet of paper: what stands on it, read once for the page, the PDF and its version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from procedure.derive.calls import Call, calls
from procedure.derive.pauses import Done, begins, done, first_done
from procedure.derive.sheet_items import Box, Item, items_of, parts_of, sheet_sections
from procedure.derive.wordings import wordings
from procedure.model import CAUTION_BLOCK, SUPPLEMENT_BLOCK, Procedure, remembered
from procedure.phrases import phase_place, review_state, trial_state
from procedure.source.contract import Contact, Phase
from procedure.source.page import Page, Region

# Stands in a mark where the day a contact was confirmed once did: that day makes no new edition, and marks on paper last.
_CONFIRMED = "None"
# The kinds of block that can stand on a sheet.
BOXES = (CAUTION_BLOCK, SUPPLEMENT_BLOCK)


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


def _content(item: Item) -> list[object]:
    return [[asdict(run) for run in item.runs], item.signed, [[call.name, call.phone] for call in item.calls]]


def _sheet(procedure: Procedure, name: str, phase: Phase | None, page: Page, doubt: str) -> Sheet:
    parts = [part for source, section in sheet_sections(procedure, page) for part in parts_of(source, section)]
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
        tuple(item for item, _ in items_of(page, before)),
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
