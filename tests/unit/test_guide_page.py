"""The guide as a page: what each screen shows, and what it never presents as the procedure's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.conftest import ROOT
from tests.project import edit

from procedure.blocks.guide_page import guide
from procedure.derive.calls import calls
from procedure.derive.guide import screens
from procedure.model import Procedure, load_procedure
from procedure.phrases import both_may_apply
from procedure.source.flow import Kind
from procedure.words import DANISH

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
    links = [link for part in _of(section, "guide-ways") for link in part.iter("a")]
    return [(" | ".join("".join(part.itertext()) for part in link), link.get("href")) for link in links]


def _steps(section: Element) -> list[str]:
    return ["".join(item[0].itertext()) for part in _of(section, "guide-steps") for item in part]


def test_a_screen_says_its_phase_its_steps_and_its_question(tree: Path) -> None:
    section = _sections(load_procedure(tree))["en-haster"]
    assert _texts(section, "guide-phase") == ["Fase 1: Modtag sagen"]
    assert _steps(section) == ["Spørg, hvad der er sket"]
    assert _texts(section, "spine-place") == ["Fase 1 af 2"]
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


def test_what_must_never_be_done_stands_right_after_the_first_answers_and_else_one_tap_away(tree: Path) -> None:
    sections = _sections(load_procedure(tree))
    in_view = {screen_id: bool(_of(section, "admonition")) for screen_id, section in sections.items()}
    assert in_view == {"en-haster": True, "en-ring": False, "en-slut": False, "to-slut": False}
    for screen_id, section in sections.items():
        boxes = _of(section, "danger") + _of(section, "guide-caution")
        assert [box.tag for box in boxes] == ["div" if in_view[screen_id] else "details"]
        assert (boxes[0].get("open"), boxes[0][0].text) == (None, "Vigtigt")
        assert boxes[0][0].tag == ("p" if in_view[screen_id] else "summary")
        assert ["".join(item.itertext()) for item in boxes[0].iter("li")] == ["Lav et kort notat."]
    first = list(sections["en-haster"])
    group = next(part for part in first if part.get("role") == "group")
    assert first[first.index(group) + 1].get("class") == "admonition danger"


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
    assert _texts(section, "guide-own") == [DANISH.text("diagram.completion")]
    assert _of(section, "guide-steps") == _of(section, "guide-lead") == []


def test_in_the_real_guide_the_only_completion_stands_outside_every_list_of_steps(procedure: Procedure) -> None:
    page = guide(procedure, "docs")
    (completion,) = _of(page, "guide-completion")
    steps = _steps(page)
    assert completion.text
    assert completion.text not in steps
    expected = [n.text for s in screens(procedure) for n in s.nodes if s.flow.kind(n) is Kind.STEP and not n.completes]
    assert steps == expected


def test_where_the_phase_is_decided_it_is_said_what_the_procedure_leaves_open(procedure: Procedure) -> None:
    said = {screen_id: _texts(section, "guide-silent") for screen_id, section in _sections(procedure).items()}
    following = [phase for phase in procedure.contract.phases if phase.id in ("haandter", "anmeld")]
    decided_at = ("dokumenter-vej", "dokumenter-slutintern", "dokumenter-slutpoliti")
    assert said == {
        screen_id: [both_may_apply(DANISH, following)] if screen_id in decided_at else [] for screen_id in said
    }


def test_only_the_first_screen_has_no_way_to_begin_again(procedure: Procedure) -> None:
    page = guide(procedure, "docs")
    first, *others = page.findall("section")
    assert _of(first, "guide-restart") == []
    for section in others:
        (link,) = _of(section, "guide-restart")
        assert link.get("href") == f"#{first.get('id')}"


def test_a_way_back_is_there_without_a_script_only_where_there_is_one_screen_before(tree: Path) -> None:
    sections = _sections(load_procedure(tree))
    back = {
        screen_id: [link.get("href") for part in _of(section, "guide-back") for link in part if link.text == "Tilbage"]
        for screen_id, section in sections.items()
    }
    assert back == {"en-haster": [], "en-ring": ["#en-haster"], "en-slut": [], "to-slut": ["#en-slut"]}


def test_a_question_names_the_group_of_its_answers_and_is_described_by_all_that_stands_before_it(
    procedure: Procedure,
) -> None:
    every = _sections(procedure)
    for screen in screens(procedure):
        section = every[screen.id]
        groups = [element for element in section.iter() if element.get("role") == "group"]
        if screen.kind is not Kind.QUESTION:
            assert groups == []
            continue
        by_id = {element.get("id"): element for element in section.iter() if element.get("id")}
        (group,) = groups
        question = by_id[group.get("aria-labelledby")]
        assert question.text == screen.closing.text
        told = ["".join(by_id[part].itertext()) for part in str(question.get("aria-describedby")).split()]
        assert told[0] == f"Fase {screen.phase.number}: {screen.phase.title}"
        assert told[-len(_steps(section)) :] == _steps(section) or not _steps(section)
        assert len(list(group.iter("a"))) == len(screen.ways)


def test_an_answer_that_leads_past_the_end_of_its_phase_says_so(procedure: Procedure) -> None:
    sections = _sections(procedure)
    assert _ways(sections["haandter-kendt"])[0] == ("Ja | Videre til fase 5: Behandl krænkelsen", "#behandl-klasse")
    assert _ways(sections["haandter-hjaelp"]) == [("Videre til fase 5: Behandl krænkelsen", "#behandl-klasse")]
    assert "haandter-slut" in [element.get("id") for element in sections["behandl-klasse"].iter()]


def _calls(element: Element) -> list[str]:
    return [str(link.get("href")) for link in element.iter("a") if str(link.get("href")).startswith("tel:")]


def test_the_number_stands_at_the_step_that_says_to_contact_somebody(procedure: Procedure) -> None:
    sections = _sections(procedure)
    steps = {
        "".join(item[0].itertext()): _calls(item)
        for section in sections.values()
        for part in _of(section, "guide-steps")
        for item in part
    }
    own = [f"tel:+45{contact.phone}" for contact in procedure.contract.numbers]
    assert steps["Tag kontakt til SSP og Ungeenheden for sparring"] == own
    assert steps["I tvivlstilfælde: Kontakt politiet"] == ["tel:114"]
    assert steps["Vend sagen med skoleledelsen for videre forløb"] == []


def test_whether_an_underretning_is_made_leads_to_its_numbers_and_what_is_added_and_never_in_a_ring(
    procedure: Procedure,
) -> None:
    sections = _sections(procedure)
    (more,) = {call.more.id for call in calls(procedure, ["V8"]) if call.more}
    for screen_id in ("vurder-under", "vurder-lavunder"):
        added = next(
            part for part in _of(sections[screen_id], "calls-added") if "Underretning" in "".join(part.itertext())
        )
        assert added[0].text == DANISH.text("supplement.awaiting")
        assert len(_calls(added)) == 2
        assert f"mere/supplement.md#{more}" in [link.get("href") for link in added.iter("a")]


def test_a_web_address_that_a_step_names_is_a_link_to_that_address(procedure: Procedure) -> None:
    section = _sections(procedure)["anmeld-vil"]
    (link,) = [link for part in _of(section, "guide-steps") for link in part.iter("a")]
    assert (link.text, link.get("href")) == ("politi.dk/anmeld", "https://politi.dk/anmeld")
