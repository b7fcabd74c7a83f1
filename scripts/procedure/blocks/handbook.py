"""The page for whoever writes a handbook: every lasting address, ready to copy, with its PDF and QR code."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.blocks.sheet_page import qr_picture
from procedure.derive.addresses import site_address
from procedure.derive.guide import node_address, phase_flows
from procedure.derive.published import absolute_address, other_addresses, sheet_address, trial_form_address
from procedure.derive.sheets import sheets
from procedure.model import Procedure
from procedure.source.flow import Kind


@dataclass(frozen=True)
class Place:
    """A lasting address from the site's root, with a title that can stand alone, and its PDF's address or empty."""

    title: str
    address: str
    pdf: str = ""


def places(procedure: Procedure) -> tuple[tuple[str, str, tuple[Place, ...]], ...]:
    """Return every place a handbook may link to, in groups with an id and a name."""
    titles, words = {path: page.field("title") for path, page in procedure.pages.items()}, procedure.words
    ways_in = ["docs/index.md", procedure.roles.guide, procedure.roles.overview, procedure.roles.contacts]
    groups = [
        (
            words.text("places.ways_in"),
            words.text("handbook.ways_in"),
            tuple(Place(titles[path], site_address(path)) for path in ways_in if path in titles),
        )
    ]
    checklists = [Place(sheet.title, site_address(sheet.path), sheet_address(sheet)) for sheet in sheets(procedure)]
    checklists.append(Place(words.text("trial.title"), trial_form_address(words)))
    groups.append((words.text("places.checklists"), words.text("handbook.checklists"), tuple(checklists)))
    for phase, flow in phase_flows(procedure):
        page = site_address(flow.path)
        questions = [node for node in flow.nodes.values() if flow.kind(node) is Kind.QUESTION]
        rows = [Place(phase.heading, page)]
        rows += [Place(f"{phase.heading}: {step.title}", f"{page}#{step.id}") for step in phase.steps]
        if guide := procedure.roles.guide:
            rows += [Place(n.text, site_address(guide, node_address(flow, n.id))) for n in questions]
        groups.append(
            (f"{words.text('places.links')}-{phase.id}", words.text("handbook.phase", phase=phase.heading), tuple(rows))
        )
    return tuple(groups)


def other_files(procedure: Procedure) -> tuple[Place, ...]:
    """Return what is for other systems than a browser, and for where there is no net."""
    words = procedure.words
    return tuple(Place(words.text(f"handbook.{name}"), address) for name, address in other_addresses(words).items())


def handbook(procedure: Procedure) -> Element:
    """Return the list of places; without the site's address it shows none in full."""
    element = Element("div", {"class": "handbook"})
    words = procedure.words
    files = (words.text("places.files"), words.text("handbook.files"), other_files(procedure))
    for group_id, name, rows in (*places(procedure), files):
        add(element, "h2", name, id_=group_id)
        for place in rows:
            _add_place(element, procedure, place)
    return element


def _add_place(element: Element, procedure: Procedure, place: Place) -> None:
    row, words = add(element, "details", class_="handbook-place"), procedure.words
    add(row, "summary", place.title)
    full = absolute_address(procedure, place.address)
    link = add(row, "p")
    # Leads from the site's root, which only the built page knows: it is not the generator's to look for.
    add(link, "A", place.title, href=_from_here(place.address))
    if place.pdf:
        pdf = add(row, "p")
        add(pdf, "A", words.text("handbook.pdf", title=place.title), href=_from_here(place.pdf))
    if full:
        add(add(row, "p", words.text("handbook.address")), "code", full)
        add(add(row, "p", words.text("handbook.to_copy")), "code", f"{place.title} ({full})")
        row.append(qr_picture(full, words.text("names.qr", address=place.title)))


def _from_here(address: str) -> str:
    """Return an address from the site's root as seen from `/links/`."""
    return f"..{address}"
