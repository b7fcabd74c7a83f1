"""The Markdown extension: our fences become elements, and tasks get a labelled check box."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from markdown import Markdown

_BASE = Path(__file__).parents[1] / "cases/base"
_DIAGRAM = (_BASE / "docs/overblik.md").read_text("utf-8").split("```mermaid\n")[1].split("```")[0]


def _built(text: str, root: Path = _BASE) -> HtmlElement:
    extensions = ["attr_list", "pymdownx.superfences", "pymdownx.blocks.admonition", "procedure.blocks"]
    reader = Markdown(extensions=extensions, extension_configs={"procedure.blocks": {"root": str(root)}})
    return html.fragment_fromstring(reader.convert(text), create_parent="div")


def test_a_mermaid_fence_becomes_the_drawing() -> None:
    page = _built(f"Før.\n\n```mermaid\n{_DIAGRAM}```\n\nEfter.")
    assert [link.get("href") for link in page.xpath(".//*[local-name()='svg']//a")] == ["faser/en.md", "faser/to.md"]
    assert page.findall(".//code") == []
    assert [paragraph.text for paragraph in page.findall("p")] == ["Før.", "Efter."]


def test_a_contacts_fence_becomes_working_links() -> None:
    (contacts,) = _built("```contacts\n```").find_class("contacts")
    assert [link.get("href") for link in contacts.iter("a")] == ["tel:+4512345678", "mailto:ledelsen@skolen.dk"]
    assert "Bekræftet: 1. november 2026" in contacts.text_content()


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


def test_an_item_that_can_be_ticked_has_a_box_inside_its_label() -> None:
    page = _built(
        '- [ ] Ring til **ledelsen** og [skriv](a.md).\n  { data-req="A1" }\n- [ ] Læs.\n- Ikke til at krydse af.'
    )
    labels = page.findall(".//label")
    assert [label.text_content().strip() for label in labels] == ["Ring til ledelsen og skriv.", "Læs."]
    assert [label.find("input").get("type") for label in labels] == ["checkbox", "checkbox"]
    assert [item.get("class") for item in page.iter("li")] == ["task", "task", None]
    assert page.findall(".//li")[0].get("data-req") == "A1"


def test_a_loose_list_has_labels_too_and_keeps_what_stands_under_an_item() -> None:
    page = _built("- [ ] Ring.\n\n    - Til hvem?\n\n- [ ] Skriv.")
    assert [label.text_content().strip() for label in page.findall(".//label")] == ["Ring.", "Skriv."]
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
