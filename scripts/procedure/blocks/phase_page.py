"""The ways on from a phase's steps: into the guide, and to the phase's checklist and its sheet."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.blocks.page_lists import add_pdf
from procedure.derive.addresses import href
from procedure.derive.guide import node_address
from procedure.derive.published import sheet_address
from procedure.derive.sheets import sheets
from procedure.model import Procedure


def phase_ways(procedure: Procedure, phase_id: str) -> Element:
    """Return one large way on, into the guide where the phase begins, and the checklist with its PDF."""
    element = Element("div", {"class": "phase-ways"})
    page = procedure.phase_page(phase_id)
    if page and page.flows and procedure.roles.guide in procedure.pages:
        start = node_address(page.flows[0], page.flows[0].starts[0].id)
        onward = add(element, "p", class_="way-on")
        add(
            onward,
            "a",
            procedure.words.text("phases.start_here"),
            href=href(procedure.phases_folder, procedure.roles.guide, start),
        )
    sheet = next(sheet for sheet in sheets(procedure) if sheet.name == phase_id)
    row = add(element, "p", class_="row", id_=procedure.words.text("sections.checklist.id"))
    add(row, "a", sheet.title, href=href(procedure.phases_folder, sheet.path))
    add_pdf(row, sheet.title, f"../..{sheet_address(sheet)}")
    return element
