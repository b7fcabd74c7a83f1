"""The guide as a page: what each screen shows, and what it never presents as the procedure's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.conftest import ROOT
from tests.project import edit

from procedure.blocks.guide_page import guide
from procedure.danish import COMPLETION, both_may_apply
from procedure.derive.guide import screens
from procedure.model import Procedure, load_procedure
from procedure.source.flow import Kind

_NOTE = '- Lav et kort notat.\n  { data-req="A3" }\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small project, with what must never be done in a block of its own."""
    root = Path(shutil.copytree(ROOT / "tests/cases/base", tmp_path / "tree"))
    edit(root, "docs/faser/en.md", _NOTE, f"\n/// danger | Vigtigt\n\n{_NOTE}\n///\n")
    return root


def _sections(procedure: Procedure) -> dict[str, Element]:
    return {str(section.get("id")): section for section in guide(procedure, "docs").findall("section")}


def _of(section: Element, name: str) -> list[Element]:
    return [element for element in section.iter() if name in (element.get("class") or "").split()]


def _texts(section: Element, name: str) -> list[str]:
    return ["".join(element.itertext()) for element in _of(section, name)]


def _ways(section: Element) -> list[tuple[str | None, str | None]]:
    return [(link.text, link.get("href")) for part in _of(section, "guide-ways") for link in part.iter("a")]


def test_a_screen_says_its_phase_its_steps_and_its_question(tree: Path) -> None:
    section = _sections(load_procedure(tree))["en-haster"]
    assert _texts(section, "guide-phase") == ["Fase 1: Modtag sagen"]
    assert [item.text for part in _of(section, "guide-steps") for item in part] == ["Spørg, hvad der er sket"]
    assert _texts(section, "guide-question") == ["Haster sagen?"]
    assert _ways(section) == [("Ja", "#en-ring"), ("Nej", "#en-slut")]


def test_a_screen_says_which_answer_leads_there_only_where_one_does(tree: Path) -> None:
    said = {
        screen_id: _texts(section, "guide-answered") for screen_id, section in _sections(load_procedure(tree)).items()
    }
    assert said == {"en-haster": [], "en-ring": ["Haster sagen? Du svarede: Ja."], "en-slut": [], "to-slut": []}


def test_the_way_on_names_the_phase_it_leads_to_and_else_only_goes_on(tree: Path) -> None:
    sections = _sections(load_procedure(tree))
    assert _ways(sections["en-ring"]) == [("Fortsæt", "#en-slut")]
    assert _ways(sections["en-slut"]) == [("Gå til fase 2", "#to-slut")]
    assert _ways(sections["to-slut"]) == []


def test_what_must_never_be_done_is_in_view_first_and_where_it_is_about_the_screen_and_else_one_tap_away(
    tree: Path,
) -> None:
    sections = _sections(load_procedure(tree))
    in_view = {screen_id: bool(_of(section, "admonition")) for screen_id, section in sections.items()}
    assert in_view == {"en-haster": True, "en-ring": False, "en-slut": True, "to-slut": False}
    for screen_id, section in sections.items():
        boxes = _of(section, "danger") + _of(section, "guide-caution")
        assert [box.tag for box in boxes] == ["div" if in_view[screen_id] else "details"]
        assert (boxes[0].get("open"), boxes[0][0].text) == (None, "Vigtigt")
        assert boxes[0][0].tag == ("p" if in_view[screen_id] else "summary")
        assert [item.text for item in boxes[0].iter("li")] == ["Lav et kort notat."]


def test_without_such_a_block_a_screen_has_none(tree: Path) -> None:
    edit(tree, "docs/faser/en.md", "/// danger | Vigtigt", "/// note | Vigtigt")
    for section in _sections(load_procedure(tree)).values():
        assert _of(section, "danger") + _of(section, "guide-caution") == []


def test_the_way_out_in_doubt_leads_to_the_contacts_from_every_screen(tree: Path) -> None:
    for section in _sections(load_procedure(tree)).values():
        ((link,),) = _of(section, "guide-doubt")
        assert link.get("href") == "kontakt.md"
        assert "Ledelsen" in (link.text or "")
        # The block holds the first thing to do in doubt, so what stands under it is for all else.
        assert (link.text or "").startswith("Ellers") is bool(_of(section, "danger"))


def test_what_only_completes_an_answer_is_not_among_what_the_procedure_says(tree: Path) -> None:
    edit(tree, "docs/faser/en.md", "ring[Ring til ledelsen]", "ring[Der ringes]")
    edit(tree, "docs/faser/en.md", "%% krav ring: A2", "%% svar ring: A2")
    section = _sections(load_procedure(tree))["en-ring"]
    assert _texts(section, "guide-completion") == ["Der ringes"]
    assert _texts(section, "guide-own") == [COMPLETION]
    assert _of(section, "guide-steps") == _of(section, "guide-lead") == []


def test_in_the_real_guide_the_only_completion_stands_outside_every_list_of_steps(procedure: Procedure) -> None:
    page = guide(procedure, "docs")
    (completion,) = _of(page, "guide-completion")
    steps = [item.text for part in _of(page, "guide-steps") for item in part]
    assert completion.text
    assert completion.text not in steps
    expected = [n.text for s in screens(procedure) for n in s.nodes if s.flow.kind(n) is Kind.STEP and not n.completes]
    assert steps == expected


def test_where_the_phase_is_decided_it_is_said_what_the_procedure_leaves_open(procedure: Procedure) -> None:
    said = {screen_id: _texts(section, "guide-silent") for screen_id, section in _sections(procedure).items()}
    following = [phase for phase in procedure.contract.phases if phase.id in ("haandter", "anmeld")]
    decided_at = ("dokumenter-vej", "dokumenter-slutintern", "dokumenter-slutpoliti")
    assert said == {screen_id: [both_may_apply(following)] if screen_id in decided_at else [] for screen_id in said}


def test_only_the_first_screen_has_no_way_to_begin_again(procedure: Procedure) -> None:
    page = guide(procedure, "docs")
    first, *others = page.findall("section")
    assert _of(first, "guide-restart") == []
    for section in others:
        ((link,),) = _of(section, "guide-restart")
        assert link.get("href") == f"#{first.get('id')}"
