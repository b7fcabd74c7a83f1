"""The source's own words on the site: whole, each part with a link to where it is said, and whom and what it names."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.conftest import ROOT
from tests.project import SENTENCE, add_sentence, edit

from procedure.blocks.source_words import actors, doers, source_document
from procedure.derive.anchors import anchors
from procedure.derive.sentences import naming
from procedure.derive.wordings import wordings
from procedure.model import Procedure, load_procedure
from procedure.source.contract import Requirement

_FOLDER = "docs/mere"


@pytest.fixture
def small(tmp_path: Path) -> Procedure:
    """The small project with a contact that is a sentence, and with words that are left out."""
    tree = Path(shutil.copytree(ROOT / "tests/cases/base", tmp_path / "tree"))
    add_sentence(tree)
    edit(tree, "docs/kilde.txt", "er sket.\n", "er sket.\n[mærke: x]")
    left_out = '\nleft_out:\n  - quote: "[mærke: x]"\n    after: A1\n    reason: Et mærke.\n'
    edit(tree, "docs/procedure.yml", "\nphases:", f"{left_out}\nphases:")
    return load_procedure(tree)


def _links(element: Element) -> list[Element]:
    return list(element.iter("a"))


def _without_links(element: Element) -> str:
    """Return what the element says but for its links, with white space collapsed."""
    copy = deepcopy(element)
    for link in _links(copy):
        link.text = ""
    # A heading or a paragraph begins a new word.
    for block in copy.iter():
        if block.tag in ("h2", "p"):
            block.tail = f" {block.tail or ''}"
    return " ".join("".join(copy.itertext()).split())


def _source(procedure: Procedure) -> str:
    """Return the source with white space collapsed; what is left out may be written against a word of it."""
    source = procedure.source
    for row in procedure.contract.left_out:
        source = source.replace(row.quote, f" {row.quote} ")
    return " ".join(source.split())


def test_without_its_links_the_document_is_the_source_word_for_word(procedure: Procedure) -> None:
    assert procedure.contract.left_out
    assert _without_links(source_document(procedure, _FOLDER)) == _source(procedure)


def test_the_small_one_is_its_source_too(small: Procedure) -> None:
    assert _without_links(source_document(small, _FOLDER)) == _source(small)
    assert SENTENCE in _source(small)


def test_a_document_without_a_word_of_the_source_is_seen_not_to_be_it(small: Procedure, tmp_path: Path) -> None:
    edit(tmp_path / "tree", "docs/kilde.txt", "Lav et kort notat.", "Lav notat.")
    shorter = load_procedure(tmp_path / "tree")
    assert _without_links(source_document(shorter, _FOLDER)) != _source(shorter)


def test_each_part_leads_to_where_it_stands_on_the_site(procedure: Procedure) -> None:
    contract = procedure.contract
    links = _links(source_document(procedure, _FOLDER))
    assert [link.text for link in links] == [*contract.requirements, *(contact.id for contact in contract.contacts)]
    for link in links:
        row_id = str(link.text)
        assert str(link.get("aria-label")).startswith(row_id)
        if row_id not in contract.requirements:
            assert link.get("href") == "../kontakt.md"
            continue
        path, _, step = str(link.get("href")).removeprefix("../").partition("#")
        page = procedure.pages[f"docs/{path}"]
        heading = page.heading(step)
        assert heading
        region = page.under_heading(heading)
        assert [t for t in page.traces if row_id in t.requirements and region.holds(t.line)], row_id


def test_what_is_left_out_stands_in_its_place_and_is_marked(small: Procedure) -> None:
    document = source_document(small, _FOLDER)
    (mark,) = [element for element in document.iter() if element.get("class") == "source-left-out"]
    assert mark.text == "[mærke: x]"
    (paragraph,) = [p for p in document.iter("p") if mark in list(p)]
    assert [child.text for child in paragraph] == ["Lyt:", "A1", "[mærke: x]"]


def test_an_actor_has_the_source_s_sentences_that_name_it_each_with_its_place(procedure: Procedure) -> None:
    element = actors(procedure, _FOLDER)
    assert [h.get("id") for h in element.findall("h2")] == [actor.id for actor in procedure.contract.actors]
    for actor, sentences in zip(procedure.contract.actors, element.findall("ul"), strict=True):
        named = naming(procedure.contract, actor)
        assert [(item.text or "").strip() for item in sentences] == [sentence.text for sentence in named]
        for sentence, item in zip(named, sentences, strict=True):
            (link,) = item
            first = sentence.rows[0]
            expected = f"../faser/{first.phase}.md#{first.step}" if isinstance(first, Requirement) else "../kontakt.md"
            assert link.get("href") == expected


def _rows(element: Element) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (row[0].text, row[1].text, row[2][0].get("href")) for row in element.iter("tr") if row.find("td") is not None
    ]


def test_the_table_of_doers_says_the_wordings_and_whom_the_source_speaks_to(small: Procedure) -> None:
    assert _rows(doers(small, "A1\n\nA2  A3\nA3\nB2\n", "docs")) == [
        ("Spørg, hvad der er sket.", "Den, der har sagen", "faser/en.md#lyt"),
        ("Haster sagen: Ring til ledelsen. Lav et kort notat.", "Ikke nævnt", "faser/en.md#handl"),
        ("Lav et kort notat.", "Den, der har sagen", "faser/en.md#handl"),
        ("Ledelsen afslutter sagen.", "Ikke nævnt", "faser/to.md#foelg-op"),
    ]


def test_the_real_table_is_on_the_material_and_says_what_the_source_says(procedure: Procedure) -> None:
    page = procedure.pages["docs/mere/materialet.md"]
    (fence,) = [fence for fence in page.fences if fence.language == "doers"]
    known = wordings(procedure)
    texts = [" ".join(known[row_id].text for row_id in line.split()) for line in fence.text.strip().split("\n")]
    rows = _rows(doers(procedure, fence.text, page.folder))
    assert [text for text, *_ in rows] == texts
    # Of what is to be done with the material the source gives two orders; else it names nobody.
    spoken_to = [text for text, who, _ in rows if who == "Den, der har sagen"]
    assert spoken_to == [known["D4"].text, known["D5"].text]


@pytest.mark.parametrize(("name", "build"), [("egne-ord", source_document), ("naevnt", actors)])
def test_the_ids_are_those_that_a_link_may_lead_to(procedure: Procedure, name: str, build: object) -> None:
    assert callable(build)
    page = procedure.pages[f"docs/mere/{name}.md"]
    written = {anchor.id for anchor in page.anchors}
    built = [element.get("id") for element in build(procedure, _FOLDER).iter() if element.get("id")]
    assert sorted(built) == sorted(anchor for anchor, _ in anchors(procedure, page) if anchor not in written)
