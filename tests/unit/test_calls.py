"""Whose number stands where the procedure says to contact somebody, and how it is shown."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from lxml import html
from markdown import Markdown
from tests.project import edit

from procedure.blocks.calls import call_list, emergency_strip
from procedure.blocks.markup import add_linked
from procedure.blocks.spine import spine
from procedure.derive.calls import Call, calls
from procedure.model import Procedure
from procedure.source.contract import WebAddress
from procedure.words import DANISH

_BASE = Path(__file__).parents[1] / "cases/base"
_ITEM = '- Haster sagen: Ring til ledelsen.\n  { data-req="A2" }\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small project, with a number where it says to call."""
    tree = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    edit(
        tree,
        "docs/procedure.yml",
        "              - ringes → Ring\n",
        "              - ringes → Ring\n            call: [K1]\n",
    )
    return tree


def _numbers(element: Element) -> list[str]:
    return [str(link.get("href")) for link in element.iter("a")]


def _built(text: str, root: Path, frame: str = "phase") -> html.HtmlElement:
    """Return a phase's page, or a checklist's, with this text."""
    extensions = ["attr_list", "procedure.blocks"]
    text += f"\n```{frame}\nen\n```\n"
    reader = Markdown(extensions=extensions, extension_configs={"procedure.blocks": {"root": str(root)}})
    return html.fragment_fromstring(reader.convert(text), create_parent="div")


def test_each_is_named_once_and_the_added_ones_last(procedure: Procedure) -> None:
    every = calls(procedure, ["D7", "V10", "B2", "V1", "unknown"])
    assert [call.phone for call in every] == ["21621691", "21278974", "114"]
    assert [call.added for call in every] == [False, False, True]


def test_a_button_says_whose_the_number_is(procedure: Procedure) -> None:
    element = call_list(procedure, [Call("Ledelsen", "Skolen", "12345678", "a@b.dk", added=False)], "docs/faser")
    assert _numbers(element) == ["tel:+4512345678", "mailto:a@b.dk"]
    assert DANISH.text("supplement.awaiting") not in "".join(element.itertext())
    (link, _) = element.iter("a")
    assert "Ledelsen, Skolen" in "".join(link.itertext())


def test_what_is_added_stands_apart_and_is_marked_as_such(procedure: Procedure) -> None:
    own, added = Call("Ledelsen", "", "12345678", "", added=False), Call("Politiet", "", "114", "", added=True)
    element = call_list(procedure, [own, added], "docs/faser")
    apart = next(part for part in element if part.get("class") == "calls-added")
    assert DANISH.text("supplement.awaiting") in "".join(apart.itertext())
    assert _numbers(apart) == ["tel:114"]
    assert _numbers(element) == ["tel:+4512345678", "tel:114"]


def test_a_number_with_more_to_read_leads_there(procedure: Procedure) -> None:
    element = call_list(procedure, calls(procedure, ["V8"]), "docs/faser")
    assert _numbers(element)[-1] == "../mere/supplement.md#akut-fare"
    assert len(_numbers(element)) == len(set(_numbers(element)))


def test_the_emergency_number_says_that_it_is_added(procedure: Procedure) -> None:
    strip = emergency_strip(procedure)
    assert _numbers(strip) == ["tel:112"]
    assert DANISH.text("supplement.awaiting") in "".join(strip.itertext())


def test_an_item_that_says_to_contact_somebody_has_the_number(root: Path) -> None:
    page = _built(_ITEM, root)
    assert [link.get("href") for link in page.find_class("calls")[0].iter("a")] == [
        "tel:+4512345678",
        "mailto:ledelsen@skolen.dk",
    ]


def test_a_box_and_its_number_are_two_things(root: Path) -> None:
    page = _built(_ITEM.replace("- ", "- [ ] ", 1), root, "sheet")
    (label,) = page.iter("label")
    assert list(label.iter("a")) == []
    assert len(page.find_class("call")) == 1


def test_other_items_have_none(root: Path) -> None:
    assert _built('- Spørg, hvad der er sket.\n  { data-req="A1" }\n', root).find_class("calls") == []


def test_on_other_pages_no_number_is_put_in(root: Path) -> None:
    assert _built(_ITEM, root, "contacts").find_class("calls") == []


def test_a_page_of_a_procedure_with_errors_shows_no_number(root: Path) -> None:
    edit(root, "docs/procedure.yml", "call: [K1]", "call: [K7]")
    assert _built(_ITEM, root).find_class("calls") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("På politi.dk/anmeld under fanen", ["https://politi.dk/anmeld"]),
        ("politi.dk/anmeld", ["https://politi.dk/anmeld"]),
        ("Ring til politiet", []),
    ],
)
def test_a_web_address_is_a_link_to_itself_and_no_word_is_lost(text: str, expected: list[str]) -> None:
    element = add_linked(Element("div"), "p", text, [WebAddress("politi.dk/anmeld", 1)])
    assert [link.get("href") for link in element.iter("a")] == expected
    assert "".join(element.itertext()) == text


def test_the_row_of_phases_marks_where_we_are_and_names_every_phase(procedure: Procedure) -> None:
    phase = procedure.contract.phases[1]
    nav = spine(procedure, phase, "docs/faser")
    links = list(nav.iter("a"))
    assert [link.get("href") for link in links] == [f"{p.id}.md" for p in procedure.contract.phases]
    assert [link.get("aria-current") for link in links] == [None, "step", None, None, None, None]
    assert all(p.title in str(link.get("aria-label")) for p, link in zip(procedure.contract.phases, links, strict=True))
    assert "Fase 2 af 6" in "".join(nav.itertext())


def test_phases_that_do_not_follow_one_another_share_a_place(procedure: Procedure) -> None:
    nav = spine(procedure, procedure.contract.phases[0], "docs/guide")
    assert [len(list(item.iter("a"))) for item in nav.iter("li")] == [1, 1, 2, 1, 1]
