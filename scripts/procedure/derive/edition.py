"""What the procedure says today, thing by thing with where it is written: what an edition keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from procedure.derive.addresses import resolve, site_address
from procedure.derive.published import sheet_address
from procedure.derive.routes import Stop, routes
from procedure.derive.sheet_items import Box, Item, Run
from procedure.derive.sheets import Sheet, sheets
from procedure.derive.supplements import supplements
from procedure.derive.wordings import Wording, wordings
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH, AddedContact, Contact, Requirement
from procedure.source.edition import SECTIONS, Edition, Fields
from procedure.source.flow import Flow
from procedure.source.ledger import Ledger
from procedure.source.page import LinkKind, Page
from procedure.words import Words


@dataclass(frozen=True)
class Fact:
    """Something an edition keeps: its section and lasting id there, what is said of it, and where that is written.

    `lines` are those of its fields, or of what is in them, that stand on a line of their own.
    """

    section: str
    key: str
    fields: Fields
    path: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)


def facts(procedure: Procedure, without: Collection[str] = ()) -> Iterator[Fact]:
    """Yield everything that an edition keeps but the addresses, and but the flows of the ids `without`.

    The flows must be without errors: in others there may be no end of routes.
    """
    yield from _of_contract(procedure)
    for flow in procedure.flows:
        if flow.id not in without:
            yield from _of_flow(procedure, flow)
    for sheet in sheets(procedure):
        yield Fact("sheets", sheet_address(sheet), as_fields(procedure.words, sheet), sheet.path, 1)
    yield from _of_supplement(procedure)
    yield from _of_words(procedure)
    for page in procedure.pages.values():
        lines = dict(_links(page))
        links = tuple(link for link, _ in _links(page))
        says = tuple(row_id for trace in page.traces for row_id in trace.requirements)
        lines |= {row_id: trace.line for trace in page.traces for row_id in trace.requirements}
        yield Fact("links", site_address(page.path), {"links": links, "says": says}, page.path, 1, lines)


def edition(procedure: Procedure, ledger: Ledger, day: date, number: int, change: str) -> Edition:
    """Return the edition of today's procedure and of the ledger that is published with it."""
    sections: dict[str, dict[str, Fields]] = {name: {} for name in SECTIONS}
    for fact in facts(procedure):
        sections[fact.section][fact.key] = fact.fields
    for address in sorted(ledger.entries):
        entry, version = ledger.entries[address], ledger.version(address)
        sections["addresses"][address] = {
            "leads_to": entry.target or "",
            "day": str(version.day) if version else "",
            "mark": version.fingerprint if version else "",
            "change": version.change if version else "",
        }
    return Edition(day, number, change, sections)


def _of_contract(procedure: Procedure) -> Iterator[Fact]:
    contract, said = procedure.contract, wordings(procedure)
    for phase in contract.phases:
        fields: Fields = {"number": str(phase.number), "title": phase.title, "next": phase.following}
        yield Fact("phases", phase.id, fields, CONTRACT_PATH, phase.line)
        for step in phase.steps:
            yield Fact("steps", f"{phase.id}/{step.id}", {"title": step.title}, CONTRACT_PATH, step.title_line)
            for row in step.requirements:
                last = max((row.quote_line, *(difference.line for difference in row.differs)))
                lines = {
                    "quote": row.quote_line,
                    "differs": last,
                    "every_path": last,
                    "call": row.call_line or last + 1,
                }
                yield Fact("requirements", row.id, _of_requirement(row, said), CONTRACT_PATH, row.line, lines)
    for contact in contract.contacts:
        yield Fact("contacts", contact.id, _of_contact(contact, said), CONTRACT_PATH, contact.line)
    for added in contract.every_added:
        yield Fact("contacts", added.id, _of_added(added), CONTRACT_PATH, added.line)


def _of_requirement(row: Requirement, said: Mapping[str, Wording]) -> Fields:
    return {
        "step": f"{row.phase}/{row.step}",
        "quote": row.quote,
        "wording": said[row.id].text if row.id in said else "",
        "differs": tuple(f"{d.old} → {d.new}{f' ({d.reason})' if d.reason else ''}" for d in row.differs),
        "every_path": row.every_path,
        "call": row.call or (),
    }


def _of_contact(row: Contact, said: Mapping[str, Wording]) -> Fields:
    # The day it was confirmed is no part of it: that alone makes no new edition.
    wording = said[row.id].text if row.id in said else ""
    own = {"name": row.name, "role": row.role, "phone": row.phone, "mail": row.mail, "quote": row.quote}
    return {**own, "wording": wording, "added": False, "more": ""}


def _of_added(row: AddedContact) -> Fields:
    own = {"name": row.name, "role": row.role, "phone": row.phone, "mail": row.mail}
    return {**own, "quote": "", "wording": "", "added": True, "more": row.more}


def _of_flow(procedure: Procedure, flow: Flow) -> Iterator[Fact]:
    page = procedure.pages[flow.path]
    for node in flow.nodes.values():
        fields: Fields = {
            "page": site_address(page.path),
            "kind": flow.kind(node).value,
            "text": node.text,
            "requirements": node.requirements,
            "completes": node.completes,
            "leads_to": _leads_to(page, node.target) if node.target else "",
        }
        lines = {"leads_to": node.target_line, "completes": node.completes_line}
        lines |= {"requirements": max(node.requirement_lines, default=0)}
        yield Fact("nodes", f"{flow.id}-{node.id}", fields, flow.path, node.line, lines)
    for edge in flow.edges:
        key = f"{flow.id}-{edge.source}/{edge.name}" if edge.name else f"{flow.id}-{edge.source}"
        fields = {"answer": edge.label or "", "to": f"{flow.id}-{edge.target}"}
        yield Fact("ways", key, fields, flow.path, edge.line)
    every = tuple(_route(flow, route) for route in routes(flow))
    yield Fact("routes", flow.id, {"routes": every}, flow.path, flow.line)


def _route(flow: Flow, route: tuple[Stop, ...]) -> str:
    """Return a route as the keys of what it passes: each node, and at a question the answer."""
    stops = []
    for stop in route:
        names = {edge.label: edge.name for edge in flow.ways_out(stop.node.id)}
        answer = f"/{names[stop.answer]}" if stop.answer is not None else ""
        stops.append(f"{flow.id}-{stop.node.id}{answer}")
    return " ".join(stops)


def _leads_to(page: Page, target: str) -> str:
    address = resolve(page, target)
    return address.path if address.scheme else site_address(address.path, address.fragment)


def as_fields(words: Words, sheet: Sheet) -> Fields:
    """Return what an edition keeps of a sheet."""
    boxes = [boxed(words, box, item) for box in sheet.boxes for item in (*box.items, *box.notes)]
    return {
        "title": sheet.title,
        "owner": sheet.owner,
        "place": sheet.place,
        "begins": sheet.begins,
        "done": tuple(end.whole for end in sheet.done),
        "lead": tuple(said(words, item) for item in sheet.lead),
        "tasks": tuple(said(words, item) for item in sheet.tasks),
        "boxes": tuple(boxes),
        "added": sheet.added,
        "doubt": sheet.doubt,
        "contacts": tuple(map(contact_line, sheet.contacts)),
        "own_contacts": sheet.own_contacts,
    }


def said(words: Words, item: Item) -> str:
    """Return all that a line on a sheet says: its words with what is bold and where they lead, and what stands beside."""
    beside = [words.text("changes.signed")] if item.signed else []
    beside += [words.text("changes.number", name=call.name, phone=call.phone) for call in item.calls]
    return " ".join(["".join(map(_run, item.runs)), *beside])


def boxed(words: Words, box: Box, item: Item) -> str:
    """Return what a line in a box says, after the box's kind and title."""
    return f"{box.name} | {box.title}: {said(words, item)}"


def contact_line(contact: Contact) -> str:
    """Return what a sheet says of a contact."""
    return ", ".join(filter(None, (contact.name, contact.role, contact.phone, contact.mail)))


def _run(run: Run) -> str:
    text = f"**{run.text}**" if run.bold else run.text
    return f"[{text}]({run.address})" if run.address else text


def _of_supplement(procedure: Procedure) -> Iterator[Fact]:
    for row in supplements(procedure):
        fields: Fields = {"state": row.state.value, "text": row.text}
        yield Fact("supplements", row.address, fields, row.page.path, row.block.first_line)


def _of_words(procedure: Procedure) -> Iterator[Fact]:
    contract = procedure.contract
    words = contract.words
    for name, forms in (("guarded", words.guarded), ("imperatives", words.imperatives), ("contact", words.contact)):
        lines = words.lines.get(name, {})
        yield Fact("words", name, {"forms": forms}, CONTRACT_PATH, lines.get(name, 1), lines)
    for variant in words.variants:
        yield Fact("words", f"variants/{variant.forms[0]}", {"forms": variant.forms}, CONTRACT_PATH, variant.line)
    for actor in contract.actors:
        yield Fact("words", f"actors/{actor.id}", {"forms": actor.forms}, CONTRACT_PATH, actor.line)
    banned = tuple(row.word for row in contract.banned_words)
    yield Fact("words", "banned_words", {"forms": banned}, CONTRACT_PATH, 1)


def _links(page: Page) -> Iterator[tuple[str, int]]:
    for link in page.links:
        if link.kind is LinkKind.LINK and link.target:
            yield f"{link.text} → {_leads_to(page, link.target)}", link.line
