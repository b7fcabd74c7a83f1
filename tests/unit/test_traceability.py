"""The approver's page: the source beside the site's words, with every difference shown and nothing hidden."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.conftest import ROOT
from tests.project import edit

from procedure.blocks.traceability import is_as_quoted, is_recast, traceability
from procedure.derive.anchors import anchors
from procedure.derive.wordings import wordings
from procedure.model import Procedure, load_procedure
from procedure.source.contract import Contact
from procedure.source.flow import Kind
from procedure.source.words import changes, keys, words_of

_FOLDER = "docs/mere"


@pytest.fixture(scope="module")
def page(procedure: Procedure) -> Element:
    """The real page."""
    return traceability(procedure, _FOLDER)


def _text(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def _said(cell: Element) -> str:
    """Return what a cell says but for the list of changes beneath it."""
    return _text_without(cell, ("ul", "p"))


def _text_without(cell: Element, tags: tuple[str, ...]) -> str:
    parts = [cell.text or ""]
    for child in cell:
        parts += ["" if child.tag in tags else "".join(child.itertext()), child.tail or ""]
    return "".join(parts)


def _tables(page: Element) -> dict[str, list[Element]]:
    """Return the rows of each table by the id of its heading."""
    found: dict[str, list[Element]] = {}
    heading = ""
    for element in page:
        if element.tag == "h2":
            heading = str(element.get("id"))
        if element.tag == "table":
            found[heading] = element.findall("tbody/tr")
    return found


def _rows(page: Element) -> dict[str, list[Element]]:
    """Return the cells of each row that stands for words of the source, by its id."""
    tables = _tables(page)
    rows = [row for name, part in tables.items() if name.startswith(("fase-", "kontakter")) for row in part]
    return {str(row.findtext("th")): row.findall("td") for row in rows}


def _marked(cell: Element, tag: str) -> list[str]:
    return [str(mark.text) for mark in cell.iter(tag)]


def test_every_quote_stands_beside_its_wording_in_the_source_s_order(procedure: Procedure, page: Element) -> None:
    known, rows = wordings(procedure), _rows(page)
    assert list(rows) == [*procedure.contract.requirements, *(c.id for c in procedure.contract.contacts)]
    for row_id, row in procedure.contract.held_to_the_letter.items():
        quote, ours, _ = rows[row_id]
        assert _said(quote) == row.quote
        assert _said(ours) == known[row_id].text


def test_the_marks_are_on_the_words_that_differ_and_on_no_other(procedure: Procedure, page: Element) -> None:
    known = wordings(procedure)
    for row_id, row in procedure.contract.held_to_the_letter.items():
        old, new = words_of(row.quote), words_of(known[row_id].text)
        found = changes(keys(old), keys(new))
        gone = [row.quote[old[c.old_start].start : old[c.old_end - 1].end] for c in found if c.old_start < c.old_end]
        come = [
            known[row_id].text[new[c.new_start].start : new[c.new_end - 1].end]
            for c in found
            if c.new_start < c.new_end
        ]
        quote, ours, _ = _rows(page)[row_id]
        assert (_marked(quote, "del"), _marked(ours, "ins")) == (gone, come)
        assert (_marked(quote, "ins"), _marked(ours, "del")) == ([], [])


def test_without_the_marked_words_both_sides_say_the_same(page: Element) -> None:
    rows = _rows(page)
    for quote, ours, _ in rows.values():
        if ours.findall("p"):
            continue  # a name and a number, which are not held to the letter
        left = _text_without(quote, ("del",))
        right = _text_without(ours, ("ins", "ul"))
        assert keys(words_of(left)) == keys(words_of(right))
    assert (_marked(rows["D9"][0], "del"), _marked(rows["D9"][1], "ins")) == (["slettes straks"], ["slet straks"])
    assert (_marked(rows["V1"][0], "del"), _marked(rows["V1"][1], "ins")) == ([], [])


def test_every_difference_that_the_contract_has_is_told_with_its_reason(procedure: Procedure, page: Element) -> None:
    reasons = 0
    for row_id, row in procedure.contract.held_to_the_letter.items():
        told = [_text(item) for item in _rows(page)[row_id][1].iter("li")]
        assert len(told) == len(row.differs)
        for difference, text in zip(row.differs, told, strict=True):
            assert f"»{difference.old}«" in text
            assert f"»{difference.new}«" in text
            assert difference.reason in text
            reasons += bool(difference.reason)
    assert reasons


def test_each_row_leads_to_where_its_words_stand(procedure: Procedure, page: Element) -> None:
    for row_id, (*_, place) in _rows(page).items():
        row = procedure.contract.requirements.get(row_id)
        expected = f"../faser/{row.phase}.md#{row.step}" if row else "../kontakt.md"
        assert [link.get("href") for link in place] == [expected]


def test_the_sentence_of_counts_counts_what_the_tables_show(procedure: Procedure, page: Element) -> None:
    (count,) = [p for p in page.findall("p") if p.get("class") == "traceability-count"]
    cells = [row for row_id, row in _rows(page).items() if row_id in procedure.contract.requirements]
    changed = [row for row in cells if _marked(row[0], "del") or _marked(row[1], "ins")]
    assert re.findall(r"\d+", _text(count)) == [str(len(cells)), str(len(cells)), str(len(changed))]
    assert 0 < len(changed) < len(cells)


_Change = Callable[[Contact], Contact]


@pytest.mark.parametrize(
    "change",
    [
        lambda contact: replace(contact, phone="21621692"),
        lambda contact: replace(contact, mail="en.anden@brondby.dk"),
        lambda contact: replace(contact, name="En Anden"),
        lambda contact: replace(contact, role="Konstitueret leder"),
    ],
    ids=["phone", "mail", "name", "role"],
)
def test_a_contact_that_is_no_longer_what_the_source_says_is_shown_as_changed(
    procedure: Procedure, page: Element, change: _Change
) -> None:
    assert _states(page) == {"K2": "Som i kilden.", "K3": "Som i kilden."}
    contacts = tuple(change(contact) if contact.id == "K2" else contact for contact in procedure.contract.contacts)
    changed = traceability(replace(procedure, contract=replace(procedure.contract, contacts=contacts)), _FOLDER)
    assert _states(changed) == {"K2": "Ændret siden kilden.", "K3": "Som i kilden."}
    assert _rows(changed)["K2"][0].text == _rows(page)["K2"][0].text


def _states(page: Element) -> dict[str, str]:
    states = {row_id: [_text(p) for p in cells[1].findall("p")] for row_id, cells in _rows(page).items()}
    return {row_id: " ".join(state) for row_id, state in states.items() if state}


@pytest.mark.parametrize(
    "change",
    [
        lambda contact: replace(contact, phone=""),
        lambda contact: replace(contact, mail=""),
        lambda contact: replace(contact, name="Temmar"),
    ],
    ids=["phone", "mail", "name"],
)
def test_a_contact_that_lacks_something_the_source_says_is_changed_too(procedure: Procedure, change: _Change) -> None:
    contact = next(contact for contact in procedure.contract.contacts if contact.id == "K2")
    assert is_as_quoted(contact)
    assert not is_as_quoted(change(contact))


def test_every_question_in_words_of_the_site_s_own_is_listed_with_its_answers(
    procedure: Procedure, page: Element
) -> None:
    known = wordings(procedure)
    rows = {
        str(row.findtext("th")): [_text(cell) for cell in row.findall("td")] for row in _tables(page)["spoergsmaal"]
    }
    listed = []
    for flow in procedure.flows:
        for node in flow.nodes.values():
            if flow.kind(node) is not Kind.QUESTION or not is_recast(node, known):
                continue
            listed.append(node.text)
            answers, quotes, _ = rows[node.text]
            assert all(str(way.label) in answers for way in flow.ways_out(node.id))
            assert all(procedure.contract.requirements[row_id].quote in quotes for row_id in node.requirements)
    assert len(listed) > 5
    assert "Skal der laves en underretning?" not in rows
    assert "Er krænkeren kendt på skolen?" in listed


def test_what_only_completes_an_answer_is_listed_as_the_site_s_own(procedure: Procedure, page: Element) -> None:
    completions = [(flow, n) for flow in procedure.flows for n in flow.nodes.values() if n.completes]
    rows = {str(row.findtext("th")): row for row in _tables(page)["spoergsmaal"]}
    assert completions
    for flow, node in completions:
        said = _text(rows[node.text])
        (way,) = flow.ways_in(node.id)
        assert flow.nodes[way.source].text in said
        assert f"»{way.label}«" in said
        (link,) = rows[node.text].iter("a")
        assert link.get("href") == f"../{flow.path.removeprefix('docs/')}#t-{flow.id}-{node.id}"


def test_what_the_pages_say_in_words_of_their_own_is_listed_and_nothing_else(tmp_path: Path) -> None:
    tree = Path(shutil.copytree(ROOT / "tests/cases/base", tmp_path / "tree"))
    edit(tree, "docs/faser/en.md", "- Lav et kort notat.\n", "- Tal **pænt**.\n- Lav et kort notat.\n")
    edit(tree, "docs/index.md", "## Find vej", "/// actions\n\n[Kontakt](kontakt.md)\n\n///\n\n## Find vej")
    edit(tree, "docs/tjeklister/to.md", "<!-- --8<-- [start", "Til en uge efter.\n\n<!-- --8<-- [start")
    edit(
        tree,
        "docs/kontakt.md",
        "```contacts\n```",
        "```contacts\n```\n\n## Hav klar {#hav-klar}\n\n[Læs mere](index.md)",
    )
    rows = _tables(traceability(load_procedure(tree), _FOLDER))["egne-saetninger"]
    said = {row.findall("th/a")[0].get("href"): [_text(p) for p in row.findall("td/p")] for row in rows}
    doubt = "I tvivl? Kontakt ledelsen"
    assert said == {
        "../faser/en.md": ["Du er her, når du har hørt om en sag.", "Tal pænt.", "Videre til 2. Afslut sagen", doubt],
        "../faser/to.md": ["Du er her, når sagen skal afsluttes.", "Sagen er slut", doubt],
        "../index.md": ["Har du hørt om en sag?", "Find vej", "Hele forløbet som diagram og hvad der er lagt til"],
        "../overblik.md": ["Du hører om en sag", "Sagen er slut"],
        "../kontakt.md": ["Ring, hvis du er i tvivl.", "Hav klar"],
        "../tjeklister/lige-nu.md": [doubt],
        "../tjeklister/en.md": [f"Læs fase 1 · {doubt}"],
        "../tjeklister/to.md": ["Til en uge efter.", f"Læs fase 2 · {doubt}"],
    }


def test_what_is_left_out_is_named_with_its_place_and_its_reason(procedure: Procedure, page: Element) -> None:
    (rows,) = _lists_under(page, "udeladt")
    assert len(rows) == len(procedure.contract.left_out) > 0
    for item, left_out in zip(rows, procedure.contract.left_out, strict=True):
        assert item.findtext("code") == left_out.quote
        assert left_out.after in _text(item)
        assert left_out.reason in _text(item)


def test_the_forms_that_count_as_the_same_are_all_shown(procedure: Procedure, page: Element) -> None:
    (rows,) = _lists_under(page, "samme-ord")
    assert [keys(words_of(_text(item))) for item in rows] == [
        keys(words_of(" ".join(row.forms))) for row in procedure.contract.words.variants
    ]


def _lists_under(page: Element, heading_id: str) -> list[Element]:
    under, found = False, []
    for element in page:
        if element.tag == "h2":
            under = element.get("id") == heading_id
        elif under and element.tag == "ul":
            found.append(element)
    return found


def test_the_ids_are_those_that_a_link_may_lead_to(procedure: Procedure, page: Element) -> None:
    file = procedure.pages["docs/mere/sporbarhed.md"]
    written = {anchor.id for anchor in file.anchors}
    made = [anchor for anchor, _ in anchors(procedure, file) if anchor not in written]
    assert [element.get("id") for element in page.iter() if element.get("id")] == made
