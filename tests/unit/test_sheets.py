"""A checklist as a sheet: everything in its section comes on it, and its mark follows what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.project import SENTENCE, add_sentence

from procedure.derive.sheet_items import Run, left_out, sheet_sections
from procedure.derive.sheets import Sheet, sheets
from procedure.model import load_procedure
from procedure.phrases import review_state, trial_state
from procedure.words import DANISH

_BASE = Path(__file__).resolve().parents[1] / "cases/base"
_ITEMS = '- [ ] Følg op efter en uge.\n  { data-req="B1" }\n- [ ] Ledelsen afslutter sagen.\n  { data-req="B2" }\n'
_TASKS = ["Følg op efter en uge.", "Ledelsen afslutter sagen."]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


def _edit(tree: Path, path: str, old: str, new: str) -> None:
    file = tree / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _sheet(tree: Path, items: str = _ITEMS) -> Sheet:
    """Return the last sheet with these items."""
    _edit(tree, "docs/tjeklister/to.md", _ITEMS, items)
    return sheets(load_procedure(tree))[-1]


def test_the_one_for_right_now_comes_first_and_then_the_phases(tree: Path) -> None:
    assert [sheet.name for sheet in sheets(load_procedure(tree))] == ["lige-nu", "en", "to"]


def test_a_checklist_that_is_not_there_is_left_out(tree: Path) -> None:
    (tree / "docs/tjeklister/en.md").unlink()
    assert [sheet.name for sheet in sheets(load_procedure(tree))] == ["lige-nu", "to"]


def test_an_item_keeps_its_words_its_bold_and_where_its_links_lead(tree: Path) -> None:
    sheet = sheets(load_procedure(tree))[1]
    item = sheet.tasks[1]
    assert (item.path, item.line) == ("docs/tjeklister/en.md", 13)
    assert item.text == "Haster sagen: Ring til ledelsen."
    assert item.runs == (
        Run("Haster sagen: ", False, ""),
        Run("Ring til ", True, ""),
        Run("ledelsen", True, "/faser/en/#handl"),
        Run(".", True, ""),
    )


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://politi.dk/anmeld", "https://politi.dk/anmeld"),
        ("tel:112", "tel:112"),
        ("../index.md#find-vej", "/#find-vej"),
        ("en.md", "/tjeklister/en/"),
        ("#sted", "/tjeklister/to/#sted"),
        ("../assets/skema.pdf", "/assets/skema.pdf"),
    ],
)
def test_a_link_inside_the_site_is_read_from_its_root(tree: Path, target: str, address: str) -> None:
    assert _sheet(tree, f"- [ ] Se [her]({target}).\n").tasks[0].runs[1] == Run("her", False, address)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('- [ ] Ring.\n  { .done-by data-req="B1" }\n', "Ring."),
        ("- [x] **Ring** nu\n", "Ring nu"),
        ("- [ ] Ring,\n  og skriv `kode` &amp; \\[tegn\\].\n", "Ring, og skriv kode & [tegn]."),
        ("1. [ ] Ring.\n", "Ring."),
        ("* [ ] [Ring](tel:112)\n", "Ring"),
    ],
)
def test_an_item_is_read_as_the_page_shows_it(tree: Path, written: str, text: str) -> None:
    (task,) = _sheet(tree, written).tasks
    assert task.text == text
    assert task.is_task
    assert task.signed == ("done-by" in written)


@pytest.mark.parametrize(
    ("written", "is_question"),
    [
        ("- [ ] Haster sagen?\n", True),
        ("- [ ] Er det godt: **Haster [sagen](../kontakt.md)?**\n", True),
        ('- [ ] Haster sagen?\n  { .done-by data-req="B1" }\n', True),
        ("- [ ] Haster sagen? Ring.\n", False),
        ("- [ ] Ring.\n", False),
    ],
)
def test_an_item_that_asks_is_answered_and_not_ticked(tree: Path, written: str, is_question: bool) -> None:
    assert [task.is_question for task in _sheet(tree, written).tasks] == [is_question]


def test_what_cannot_be_ticked_is_no_question_either(tree: Path) -> None:
    _lead(tree, "Haster det?")
    sheet = _sheet(tree, f"{_ITEMS}\n/// danger | Vigtigt\n\n- Haster sagen?\n\n///\n")
    assert [item.text for item in sheet.items if item.text.endswith("?")] == ["Haster det?", "Haster sagen?"]
    assert not any(item.is_question for item in sheet.items)


def test_what_stands_above_the_list_leads_the_sheet(tree: Path) -> None:
    _lead(tree, "Til en **uge** [efter](../kontakt.md).\n\nOg så:")
    sheet = sheets(load_procedure(tree))[-1]
    assert [item.text for item in sheet.lead] == ["Til en uge efter.", "Og så:"]
    assert sheet.lead[0].runs[1:4:2] == (Run("uge", True, ""), Run("efter", False, "/kontakt/"))
    assert [item.text for item in sheet.items] == ["Til en uge efter.", "Og så:", *_TASKS]
    assert _left_out(tree) == []


@pytest.mark.parametrize("written", ["{0}\n\n{1}", "{1}\n{0}", "- {0}\n{1}"])
def test_what_is_among_the_items_and_is_none_is_left_out(tree: Path, written: str) -> None:
    sheet = _sheet(tree, written.format("Til en uge efter.", _ITEMS))
    assert [item.text for item in sheet.items] == _TASKS
    assert _left_out(tree) == ["Til en uge efter."]


def _lead(tree: Path, text: str) -> None:
    mark = "<!-- --8<-- [start:tjekliste] -->"
    _edit(tree, "docs/tjeklister/to.md", mark, f"{text}\n\n{mark}")


def _left_out(tree: Path) -> list[str]:
    procedure = load_procedure(tree)
    page = procedure.pages["docs/tjeklister/to.md"]
    return [text for source, section in sheet_sections(procedure, page) for _, text in left_out(source, section)]


def test_a_sheet_says_whom_to_ask_and_lists_those_with_a_number(tree: Path) -> None:
    assert sheets(load_procedure(tree))[0].doubt == ""
    add_sentence(tree)
    _edit(tree, "docs/procedure.yml", "\nactors:", "\nown_contacts:\n  - Skoleledelse\n  - Skolens SSP\n\nactors:")
    for sheet in sheets(load_procedure(tree)):
        assert sheet.doubt == SENTENCE
        assert [contact.id for contact in sheet.contacts] == ["K1"]
        assert sheet.own_contacts == ("Skoleledelse", "Skolens SSP")


def test_a_box_has_its_items_and_its_notes_and_stands_where_it_is_included(tree: Path) -> None:
    sheet = _sheet(tree, f"{_ITEMS}\n/// danger | Vigtigt\n\nHusk:\n\n- Vent ikke.\n- Slet intet.\n\n///\n")
    (box,) = sheet.boxes
    assert (box.name, box.title) == ("danger", "Vigtigt")
    assert [item.text for item in box.items] == ["Vent ikke.", "Slet intet."]
    assert [item.text for item in box.notes] == ["Husk:"]
    assert [item.text for item in sheet.items] == [*_TASKS, "Vent ikke.", "Slet intet.", "Husk:"]


def test_what_a_checklist_includes_stands_on_its_sheet(tree: Path) -> None:
    (box,) = sheets(load_procedure(tree))[0].boxes
    assert box.name == "supplement"
    assert {note.path for note in box.notes} == {"docs/mere/supplement.md"}
    assert box.notes[0].text == "Akut fare: Ring 112."


def test_nothing_in_the_real_checklists_is_left_out() -> None:
    procedure = load_procedure(_BASE.parents[2])
    for sheet in sheets(procedure):
        for page, section in sheet_sections(procedure, procedure.pages[sheet.path]):
            assert list(left_out(page, section)) == []


_ADDED_CONTACT = """
added_contacts:
  - id: N1
    name: Politiet
    phone: "114"

actors:"""
_CHANGES = [
    ("docs/tjeklister/to.md", "- [ ] Følg op", "- [ ] Følg straks op"),
    ("docs/tjeklister/to.md", "en uge", "**en uge**"),
    ("docs/tjeklister/to.md", "en uge", "[en uge](../kontakt.md)"),
    ("docs/tjeklister/to.md", '{ data-req="B1" }', '{ .done-by data-req="B1" }'),
    ("docs/tjeklister/to.md", "Tjekliste 2: Afslut sagen", "Tjekliste 2: Slut"),
    ("docs/tjeklister/to.md", "owner: Skolen", "owner: Kommunen"),
    ("docs/tjeklister/to.md", "<!-- --8<-- [start", "Til en uge efter.\n\n<!-- --8<-- [start"),
    ("docs/tjeklister/to.md", "efter en uge.", "efter en uge?"),
    ("docs/procedure.yml", "name: Ledelsen", "name: Lederen"),
    ("docs/procedure.yml", "role: Ring, hvis du er i tvivl.", "role: Ring."),
    ("docs/procedure.yml", "ledelsen@skolen.dk\n    conf", "kontoret@skolen.dk\n    conf"),
    ("docs/procedure.yml", "\nactors:", "\nown_contacts:\n  - Skoleledelse\n\nactors:"),
    ("docs/kontakt.md", SENTENCE, SENTENCE.replace("Rådet", "**rådet**!")),
    ("docs/procedure.yml", "12345678", "12345679"),
    ("docs/faser/to.md", "slut([Sagen er slut])", "slut([Sagen er lukket])"),
    ("docs/procedure.yml", "quote: Følg op efter en uge.", "quote: Følg op efter en uge.\n            call: [K1]"),
]


@pytest.mark.parametrize(("path", "old", "new"), _CHANGES)
def test_a_change_of_what_is_on_the_sheet_changes_its_mark(tree: Path, path: str, old: str, new: str) -> None:
    add_sentence(tree)
    before = sheets(load_procedure(tree))[-1].fingerprint
    _edit(tree, path, old, new)
    assert sheets(load_procedure(tree))[-1].fingerprint != before


def test_a_contact_that_is_confirmed_leaves_the_mark(tree: Path) -> None:
    before = sheets(load_procedure(tree))[-1].fingerprint
    _edit(tree, "docs/procedure.yml", "confirmed: 2026-11-01", "confirmed: 2026-11-02")
    assert sheets(load_procedure(tree))[-1].fingerprint == before


def test_a_sheet_says_whether_it_has_been_tried_and_keeps_its_mark(tree: Path) -> None:
    before = sheets(load_procedure(tree))[-1]
    _edit(tree, "docs/tjeklister/to.md", "last_reviewed:", "tried: 2026-11-21\nlast_reviewed:")
    after = sheets(load_procedure(tree))[-1]
    assert (before.trial, after.trial) == (trial_state(DANISH, ""), trial_state(DANISH, "2026-11-21"))
    assert before.fingerprint == after.fingerprint


def test_the_numbers_of_the_source_stand_beside_the_item_and_those_that_are_added_apart(tree: Path) -> None:
    _edit(
        tree,
        "docs/procedure.yml",
        "quote: Følg op efter en uge.",
        "quote: Følg op efter en uge.\n            call: [K1, N1]",
    )
    _edit(tree, "docs/procedure.yml", "\nactors:", _ADDED_CONTACT)
    now, _, last = sheets(load_procedure(tree))
    assert [[call.name for call in item.calls] for item in last.tasks] == [["Ledelsen"], []]
    assert last.added == ("Politiet: 114",)
    assert [call for item in now.tasks for call in item.calls] == []
    assert now.added == ()


def test_numbers_that_a_block_on_the_sheet_has_are_not_said_again(tree: Path) -> None:
    _edit(
        tree,
        "docs/procedure.yml",
        "quote: Spørg, hvad der er sket.",
        "quote: Spørg, hvad der er sket.\n            call: [N1]",
    )
    _edit(tree, "docs/procedure.yml", "\nactors:", _ADDED_CONTACT)
    now, first, _ = sheets(load_procedure(tree))
    assert [box.name for box in now.boxes] == ["supplement"]
    assert (now.added, first.added) == ((), ("Politiet: 114",))


def test_a_sheet_says_whether_it_has_been_reviewed_and_keeps_its_mark(tree: Path) -> None:
    reviewed = sheets(load_procedure(tree))[-1]
    _edit(tree, "docs/tjeklister/to.md", "last_reviewed:", "written:")
    written = sheets(load_procedure(tree))[-1]
    assert (reviewed.review, written.review) == (review_state(DANISH, "2026-11-22"), review_state(DANISH, ""))
    assert reviewed.fingerprint == written.fingerprint


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/tjeklister/to.md", "last_reviewed: 2026-11-22", "last_reviewed: 2026-11-23"),
        ("docs/tjeklister/to.md", 'data-req="B1"', 'data-req="B1 B2"'),
        ("docs/tjeklister/to.md", "\n- [ ] ", "\n\n\n- [ ]   "),
        ("docs/tjeklister/en.md", "Lav et kort notat", "Lav et **kort** notat"),
        ("docs/procedure.yml", "quote: Ledelsen, tlf.", "quote: Ledelsen, telefon"),
        ("docs/faser/to.md", "title: 2. Afslut sagen", "title: 2. Afslut sagen\nhide: [toc]"),
    ],
)
def test_what_is_not_on_the_sheet_leaves_its_mark(tree: Path, path: str, old: str, new: str) -> None:
    before = sheets(load_procedure(tree))[-1].fingerprint
    _edit(tree, path, old, new)
    assert sheets(load_procedure(tree))[-1].fingerprint == before
