"""The ways on from a phase's steps, and the list of checklists."""

from __future__ import annotations

from procedure.blocks.page_lists import checklist_list
from procedure.blocks.phase_page import phase_ways
from procedure.derive.guide import node_address
from procedure.derive.sheets import sheets
from procedure.model import Procedure


def test_there_is_one_way_into_the_guide_and_it_begins_with_the_phase(procedure: Procedure) -> None:
    page = procedure.phase_page("dokumenter")
    assert page
    (way,) = [link for link in phase_ways(procedure, "dokumenter").iter("a") if "guide.md" in str(link.get("href"))]
    start = node_address(page.flows[0], page.flows[0].starts[0].id)
    assert way.get("href") == f"../guide.md#{start}"


def test_the_checklist_and_its_pdf_stand_at_the_place_of_the_checklist(procedure: Procedure) -> None:
    (row,) = [part for part in phase_ways(procedure, "dokumenter") if part.get("id") == "tjekliste"]
    links = [str(link.get("href")) for link in row if link.tag in ("a", "A")]
    assert links == ["../tjeklister/dokumenter.md", "../../tjeklister/dokumenter.pdf"]


def test_every_checklist_is_a_row_and_no_two_links_have_one_name(procedure: Procedure) -> None:
    items = list(checklist_list(procedure, "docs/tjeklister").iter("li"))
    assert len(items) == len(sheets(procedure))
    names = ["".join(link.itertext()) for item in items for link in item if link.tag in ("a", "A")]
    assert len(names) == len(set(names)) == 2 * len(items)
