"""The page to sign: what differs from the approved edition, or all of it where none is approved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from procedure.blocks.differing import add_change, add_differing
from procedure.blocks.edition_list import add_place
from procedure.blocks.markup import add, add_cell, add_table, after
from procedure.derive.approvals import approved_edition, to_be_approved
from procedure.derive.history import ChangedSheet, Difference, since_nothing
from procedure.derive.status import edition_day
from procedure.derive.supplements import State, supplements
from procedure.model import Procedure
from procedure.phrases import edition_state
from procedure.source.edition import Edition
from procedure.words import Words

# What is told thing by thing: the heading that it stands under, by its name among the words, and its sections.
_GROUPS = {
    "phases": ("phases", "steps"),
    "wordings": ("requirements",),
    "questions": ("nodes",),
    "contacts": ("contacts",),
}

# What adds the name of a row, and what adds its words.
_Row = tuple[Callable[[Element], object], Callable[[Element], object]]


def to_approve(procedure: Procedure, folder: str) -> Element:
    """Return what is to be approved, for a page in `folder`."""
    element, words = Element("div", {"class": "to-approve"}), procedure.words
    thing = partial(_thing, procedure, folder)
    renewed = to_be_approved(procedure)
    add(element, "p", _state(words, approved_edition(procedure), is_other=bool(renewed)))
    for name, sections in _GROUPS.items():
        _add_heading(element, procedure, name)
        rows = [row for row in renewed.differences if row.section in sections]
        _add_rows(element, words, [*map(thing, rows)])
    _add_heading(element, procedure, "routes")
    _add_rows(element, words, [_route(where, route) for where, told in renewed.routes for route in told])
    _add_heading(element, procedure, "sheets")
    _add_rows(element, words, [_sheet(procedure, sheet, folder) for sheet in renewed.sheets])
    _add_heading(element, procedure, "supplements")
    states = {row.address: row.state for row in supplements(procedure)}
    # What was struck before anybody approved anything is not asked of.
    rows = [
        row
        for row in renewed.differences
        if row.section == "supplements" and (row.before or states.get(row.key) is not State.STRUCK)
    ]
    asked = {row.key for row in rows}
    rows += [
        row
        for row in since_nothing(procedure).differences
        if states.get(row.key) is State.AWAITING and row.key not in asked
    ]
    _add_rows(element, words, [*map(thing, rows)])
    _add_heading(element, procedure, "signature")
    _add_signature(element, procedure)
    return element


def _state(words: Words, approved: Edition | None, *, is_other: bool) -> str:
    if approved is None or approved.approval is None:
        return words.text("to_approve.none_approved")
    key, own = "changed_since" if is_other else "same_since", approved.approval
    return words.text(f"to_approve.{key}", edition=words.day(approved.day), day=words.day(own.day), by=own.by)


def _add_heading(parent: Element, procedure: Procedure, name: str) -> None:
    words = procedure.words
    add(parent, "h2", words.text(f"to_approve.{name}"), id_=words.text(f"places.{name}"))


def _add_rows(parent: Element, words: Words, rows: Sequence[_Row]) -> None:
    """Add a table of what is asked about, each row with what is ticked on paper."""
    if not rows:
        add(parent, "p", words.text("to_approve.nothing"))
        return
    body = add_table(parent, *(words.text(f"to_approve.{name}") for name in ("what", "words", "answer")))
    for add_name, add_text in rows:
        line = SubElement(body, "tr")
        add_name(add(line, "th", scope="row"))
        add_text(add_cell(line, words.text("to_approve.words")))
        cell = add_cell(line, words.text("to_approve.answer"))
        for answer in words.lists["to_approve.answers"]:
            add(cell, "span", answer, class_="to-approve-box").tail = " "


def _thing(procedure: Procedure, folder: str, row: Difference) -> _Row:
    name = partial(add_place, procedure=procedure, name=row.name, address=row.address, folder=folder)
    return name, partial(_add_words, procedure=procedure, row=row)


def _route(where: str, route: str) -> _Row:
    return partial(after, text=f"{where[:1].upper()}{where[1:]}"), partial(after, text=route)


def _sheet(procedure: Procedure, sheet: ChangedSheet, folder: str) -> _Row:
    name = partial(add_place, procedure=procedure, name=sheet.title, address=sheet.address, folder=folder)
    return name, partial(_add_lines, words=procedure.words, sheet=sheet)


def _add_lines(cell: Element, words: Words, sheet: ChangedSheet) -> None:
    for before, now in sheet.changes:
        add_change(cell, words, before, now)
    if not sheet.changes:
        what = "new" if sheet.is_new else "gone" if sheet.is_gone else "changed"
        add(cell, "p", words.text(f"changes.{what}"))


def _add_words(cell: Element, procedure: Procedure, row: Difference) -> None:
    """Add what a thing says beside what was approved; a requirement or a question also beside the words of the source."""
    words, requirements = procedure.words, procedure.contract.requirements
    if row.before or not row.now:
        add_change(cell, words, row.before, row.now)
    if row.section == "requirements" and row.key in requirements and row.now:
        quote = add(cell, "p", words.text("to_approve.source_says", id=row.key))
        add_differing(quote, requirements[row.key].quote, add(cell, "p", words.text("to_approve.site_says")), row.now)
    elif row.now and not row.before:
        add(cell, "p", row.now)
    for row_id in _asked_of(procedure, row):
        add(cell, "p", f"{words.text('to_approve.source_says', id=row_id)}{requirements[row_id].quote}")


def _asked_of(procedure: Procedure, row: Difference) -> Sequence[str]:
    """Return the requirements that a node is about."""
    flow_id, _, node_id = row.key.partition("-")
    flow = next((flow for flow in procedure.flows if flow.id == flow_id), None) if row.section == "nodes" else None
    node = flow.nodes.get(node_id) if flow else None
    return [*node.requirements, *node.completes] if node else ()


def _add_signature(parent: Element, procedure: Procedure) -> None:
    words = procedure.words
    day = edition_day(procedure)
    add(parent, "p", edition_state(words, day) if day else words.text("to_approve.not_published"))
    lines = add(parent, "p", class_="to-approve-signature")
    for name in words.lists["to_approve.lines"]:
        add(lines, "span", name).tail = " "
