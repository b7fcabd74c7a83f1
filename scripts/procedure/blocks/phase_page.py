"""The ways on from a phase's steps: into the guide, and to the phase's checklist and its sheet."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.derive.addresses import href
from procedure.derive.guide import node_address
from procedure.derive.published import sheet_address
from procedure.derive.sheets import sheets
from procedure.derive.whole import CHECKLIST_ANCHOR
from procedure.model import GUIDE_PAGE, PHASES_FOLDER, Procedure


def phase_ways(procedure: Procedure, phase_id: str) -> Element:
    """Return one large way on, into the guide where the phase begins, and the checklist with its PDF."""
    element = Element("div", {"class": "phase-ways"})
    page = procedure.phase_page(phase_id)
    if page and page.flows and GUIDE_PAGE in procedure.pages:
        start = node_address(page.flows[0], page.flows[0].starts[0].id)
        onward = add(element, "p", class_="way-on")
        add(onward, "a", "Trin for trin fra her", href=href(PHASES_FOLDER, GUIDE_PAGE, start))
    sheet = next(sheet for sheet in sheets(procedure) if sheet.name == phase_id)
    element.append(checklist_row(sheet.title, href(PHASES_FOLDER, sheet.path), f"../..{sheet_address(sheet)}"))
    element[-1].set("id", CHECKLIST_ANCHOR)
    return element


def checklist_row(title: str, page: str, pdf: str) -> Element:
    """Return a checklist as one row: its page, and its PDF, whose address the generator cannot know."""
    row = Element("p", {"class": "row"})
    add(row, "a", title, href=page)
    # The PDF is made after the pages, so it is not the generator's to look for: it reads only "a".
    add(add(row, "A", "PDF", href=pdf, class_="row-pdf"), "span", f": {title}", class_="unseen")
    return row
