"""The Markdown extension: our fences become elements, and tasks get a labelled check box."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.snippets import SnippetMissingError
from tests.project import add_sentence, edit

from procedure.blocks.elements import route_list
from procedure.model import load_procedure
from procedure.phrases import contact_state
from procedure.words import DANISH

_BASE = Path(__file__).parents[1] / "cases/base"
_DIAGRAM = (_BASE / "docs/faser/to.md").read_text("utf-8").split("```mermaid\n")[1].split("```")[0]


def _built(text: str, root: Path = _BASE) -> HtmlElement:
    extensions = ["attr_list", "pymdownx.superfences", "pymdownx.blocks.admonition", "procedure.blocks"]
    reader = Markdown(extensions=extensions, extension_configs={"procedure.blocks": {"root": str(root)}})
    return html.fragment_fromstring(reader.convert(text), create_parent="div")


def test_a_mermaid_fence_becomes_the_drawing() -> None:
    page = _built(f"Før.\n\n```mermaid\n{_DIAGRAM}```\n\nEfter.")
    (places,) = page.find_class("flow-places")
    assert [link.get("href") for link in places.iter("a")] == ["#foelg-op"]
    assert page.findall(".//code") == []
    assert [paragraph.text for paragraph in page.findall("p")] == ["Før.", "Efter."]


def test_the_fence_of_the_whole_course_becomes_the_map() -> None:
    diagram = (_BASE / "docs/overblik.md").read_text("utf-8").split("```mermaid\n")[1].split("```")[0]
    (whole,) = _built(f"```mermaid\n{diagram}```").find_class("map-whole")
    assert [box.text for box in whole.find_class("map-box")] == ["Fase 1: Modtag sagen", "Fase 2: Afslut sagen"]


def test_a_contacts_fence_becomes_working_links() -> None:
    (contacts,) = _built("```contacts\n```").find_class("contacts")
    assert [link.get("href") for link in contacts.iter("a")] == ["tel:+4512345678", "mailto:ledelsen@skolen.dk"]
    assert "Bekræftet 1. november 2026" in contacts.text_content()


def test_a_contact_without_a_number_is_not_in_the_list_but_a_sentence_of_its_page(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    add_sentence(root)
    (contacts,) = _built("```contacts\n```", root).find_class("contacts")
    assert [name.text for name in contacts.iter("strong")] == ["Ledelsen"]


@pytest.mark.parametrize("confirmed", ["2026-11-01", "ukendt"])
def test_the_list_says_once_whether_somebody_has_found_its_contacts_right(tmp_path: Path, confirmed: str) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    edit(root, "docs/procedure.yml", "confirmed: 2026-11-01", f"confirmed: {confirmed}")
    add_sentence(root)
    (contacts,) = _built("```contacts\n```", root).find_class("contacts")
    note = contact_state(DANISH, load_procedure(root).contract.contacts)
    assert note
    assert [item.text for item in contacts.find_class("contact-note")] == [note]
    assert len(contacts.xpath(".//small[not(@hidden)]")) == (0 if confirmed == "ukendt" else 1)
    assert contacts.xpath(".//small[@hidden]/@data-after") == ([] if confirmed == "ukendt" else ["2027-11-01"])


def test_the_text_version_says_at_which_row_each_answer_goes_on() -> None:
    diagram = (_BASE / "docs/faser/en.md").read_text("utf-8").split("```mermaid\n")[1].split("```")[0]
    (steps,) = _built(f"```mermaid\n{diagram}```").xpath(".//ol")
    rows = {row.get("id"): number for number, row in enumerate(steps.findall("li"), start=1)}
    exits = [way.text for way in steps.findall("li/ul/li")]
    assert exits == [f"Ja: fortsæt ved {rows['t-en-ring']}", f"Nej: fortsæt ved {rows['t-en-noter']}"]
    end = steps.findall("li")[-1]
    assert (end.get("class"), end.find("a").get("href")) == ("flow-end", "to.md")
    assert list(steps.iter("small")) == []


def test_the_text_version_names_each_step_that_the_drawing_leads_to_once_and_has_no_link_in_a_link(
    tmp_path: Path,
) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    edit(
        root,
        "docs/faser/en.md",
        'click haster "#handl"',
        'click haster "#handl"\n  click ring "#handl"\n  click noter "#handl"',
    )
    diagram = (root / "docs/faser/en.md").read_text("utf-8").split("```mermaid\n")[1].split("```")[0]
    (text,) = _built(f"```mermaid\n{diagram}```", root).find_class("flow-text")
    assert [(link.getparent().get("id"), link.text, link.get("href")) for link in text.iter("a")] == [
        ("t-en-spoerg", "Læs trinnet »Lyt«", "#lyt"),
        ("t-en-haster", "Læs trinnet »Handl«", "#handl"),
        ("t-en-slut", "Videre til fase 2: Afslut sagen", "to.md"),
    ]


def test_the_text_version_says_what_is_not_the_procedure_s_own(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    edit(root, "docs/faser/en.md", "ring[Ring til ledelsen]", "ring[Der ringes]")
    edit(root, "docs/faser/en.md", "%% krav ring: A2", "%% svar ring: A2")
    diagram = (root / "docs/faser/en.md").read_text("utf-8").split("```mermaid\n")[1].split("```")[0]
    marked = [
        row for row in _built(f"```mermaid\n{diagram}```", root).xpath(".//ol/li") if row.find("small") is not None
    ]
    assert [row.get("id") for row in marked] == ["t-en-ring"]
    assert marked[0].findtext("small").strip() == DANISH.text("diagram.completion")


@pytest.mark.parametrize(
    "fence", ["````\n```contacts\n```\n````", "~~~\n```contacts\n```\n~~~", "```text\n~~~contacts\n~~~\n```"]
)
def test_a_fence_inside_another_fence_is_left_alone(fence: str) -> None:
    page = _built(fence)
    assert page.find_class("contacts") == []
    assert "contacts" in page.find(".//code").text_content()


def test_other_fences_stay_code() -> None:
    assert _built("```yaml\na: b\n```").find(".//code").text_content().strip() == "a: b"


def test_a_fence_in_a_block_stands_in_that_block() -> None:
    (block,) = _built("/// note | Ring\n\n```contacts\n```\n\n///").find_class("admonition")
    assert len(block.find_class("contacts")) == 1


def test_an_item_that_can_be_ticked_has_its_number_and_a_box_inside_its_label() -> None:
    page = _built(
        '- [ ] Ring til **ledelsen** og [skriv](a.md).\n  { data-req="A1" }\n- [ ] Læs.\n- Ikke til at krydse af.'
    )
    labels = page.findall(".//label")
    assert [label.text_content().strip() for label in labels] == ["1. Ring til ledelsen og skriv.", "2. Læs."]
    assert [page.find(".//ol") is not None, page.find(".//ul")] == [True, None]
    assert [label.find("input").get("type") for label in labels] == ["checkbox", "checkbox"]
    assert [item.get("class") for item in page.iter("li")] == ["task", "task", None]
    assert page.findall(".//li")[0].get("data-req") == "A1"


def test_an_item_that_asks_is_a_named_group_with_its_answers() -> None:
    page = _built('- [ ] Haster **sagen?**\n  { .done-by data-req="A1" }\n- [ ] Ring.\n- [ ] Er [det](a.md) sket?')
    groups = page.findall(".//fieldset")
    assert [group.find("legend").text_content() for group in groups] == ["1. Haster sagen?", "3. Er det sket?"]
    for group in groups:
        assert [label.text_content() for label in group.findall("label")] == ["Ja", "Nej"]
        assert {field.get("type") for field in group.iter("input")} == {"radio"}
    names = [{field.get("name") for field in group.iter("input")} for group in groups]
    assert [len(name) for name in names] == [1, 1]
    assert names[0] != names[1]
    assert [item.get("class") for item in page.iter("li")] == ["task question done-by", "task", "task question"]
    assert [field.get("type") for field in page.findall(".//li")[1].iter("input")] == ["checkbox"]


def test_a_loose_list_has_labels_too_and_keeps_what_stands_under_an_item() -> None:
    page = _built("- [ ] Ring.\n\n    - Til hvem?\n\n- [ ] Skriv.")
    assert [label.text_content().strip() for label in page.findall(".//label")] == ["1. Ring.", "2. Skriv."]
    assert "Til hvem?" in page.text_content()


def test_with_errors_in_the_procedure_a_fence_is_a_warning_of_the_generator(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    (root / "docs/faser/to.md").unlink()
    logging.getLogger("mkdocs").propagate = True
    with caplog.at_level(logging.WARNING, logger="mkdocs.procedure"):
        page = _built("```contacts\n```", root)
    assert page.find_class("contacts") == []
    assert "contacts" in caplog.text


def _said_of_the_whole(root: Path) -> list[str | None]:
    return [paragraph.text for paragraph in route_list(load_procedure(root)).iter("p")]


def test_a_section_of_another_page_is_taken_in_and_one_that_is_missing_stops_the_page() -> None:
    assert "112" in _built('--8<-- "mere/supplement.md:akut"').text_content()
    with pytest.raises(SnippetMissingError):
        _built('--8<-- "mere/supplement.md:findes-ikke"')


@pytest.mark.parametrize(("turned", "address"), [(True, "../en.pdf"), (False, "en.pdf")])
def test_a_link_to_a_sheet_is_as_shown_where_mkdocs_turns_the_others_and_else_as_written(
    turned: bool, address: str
) -> None:
    reader = Markdown(extensions=["procedure.blocks"], extension_configs={"procedure.blocks": {"root": str(_BASE)}})
    if turned:
        # As MkDocs does, once the extensions are in place.
        reader.treeprocessors.register(Treeprocessor(), "relpath", 0)
    page = html.fragment_fromstring(reader.convert("```sheet\nen\n```"), create_parent="div")
    assert page.find_class("sheet-pdf")[0].get("href") == address


def test_the_list_of_routes_says_how_many_lead_through_the_whole_procedure(tmp_path: Path) -> None:
    assert _said_of_the_whole(_BASE) == ["Gennem hele proceduren er der 2 veje."]
    root = Path(shutil.copytree(_BASE, tmp_path / "project"))
    edit(
        root,
        "docs/faser/to.md",
        "  foelg --> slut",
        "  foelg --> mere{{Mere?}}\n  mere -->|Ja| a([A])\n  mere -->|Nej| slut",
    )
    assert _said_of_the_whole(root) == ["Gennem hele proceduren er der 4 veje."]


def test_where_phases_lead_back_the_ways_through_the_whole_are_not_counted(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "project"))
    edit(root, "docs/faser/to.md", '  click foelg "#foelg-op"', '  click slut "en.md"\n  click foelg "#foelg-op"')
    (said,) = _said_of_the_whole(root)
    assert "kan ikke tælles" in (said or "")
