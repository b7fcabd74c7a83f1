"""The line at the foot of each page, and from which days on it is to be reviewed and a contact found right again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.project import edit

import build
from procedure.blocks.status_line import status_line, status_lines
from procedure.checks import check_source
from procedure.derive.sheets import sheets
from procedure.derive.status import confirmation_due, review_due
from procedure.findings import Severity
from procedure.model import Procedure, load_procedure

_CASES = Path(__file__).resolve().parents[1] / "cases"
_PAGE, _SHEET = "docs/kontakt.md", "docs/tjeklister/to.md"
_REVIEWED, _WRITTEN = "last_reviewed: 2026-11-22", "written: 2026-11-22"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small project, as it was published on 22 November 2026."""
    root = Path(shutil.copytree(_CASES / "base", tmp_path / "tree"))
    return Path(shutil.copytree(_CASES / "published", root, dirs_exist_ok=True))


def _line(tree: Path, path: str = _PAGE) -> Element:
    procedure = load_procedure(tree)
    return status_line(procedure, procedure.pages[path])


def _said(line: Element) -> str:
    """Return what the line says until its day is past."""
    return "".join(line.itertext()).partition(" Den dag er forbi")[0]


def test_the_line_says_whose_page_it_is_which_edition_and_until_when_it_is_reviewed(tree: Path) -> None:
    assert _said(_line(tree)) == (
        "Ejer: Skolen · Udgave 22. november 2026 · Ikke godkendt af kommunen endnu · "
        "Senest gennemgået 22. november 2026 · Skal gennemgås senest 22. november 2027"
    )


def test_a_page_that_nobody_has_reviewed_says_when_it_was_written(tree: Path) -> None:
    edit(tree, _PAGE, _REVIEWED, _WRITTEN)
    assert " endnu · Skrevet 22. november 2026 · Skal gennemgås senest" in _said(_line(tree))


def _approve(tree: Path) -> None:
    edit(
        tree,
        "docs/editions/2026-11-22.json",
        '{"by": "ukendt", "day": "ukendt"}',
        '{"by": "ledelsen", "day": "2026-11-23"}',
    )


def test_a_page_and_a_sheet_say_who_approved_them_and_when(tree: Path) -> None:
    _approve(tree)
    said = "Udgave 22. november 2026 · Godkendt 23. november 2026 af ledelsen · "
    assert said in _said(_line(tree))
    assert said in _said(_line(tree, _SHEET))
    assert "2026-11-23" in [day.get("datetime") for day in _line(tree).iter("time")]


def test_what_is_changed_since_is_not_approved_and_a_sheet_that_is_as_it_was_still_is(tree: Path) -> None:
    _approve(tree)
    edit(tree, "docs/tjeklister/to.md", "Følg op efter en uge.", "Følg op efter **en uge**.")
    edit(tree, "docs/mere/supplement.md", "Akut fare: Ring", "I akut fare: Ring")
    assert "Ikke udgivet · Ikke godkendt af kommunen endnu · " in _said(_line(tree))
    assert "Ikke udgivet · Ikke godkendt af kommunen endnu · " in _said(_line(tree, _SHEET))
    assert "Godkendt 23. november 2026 af ledelsen · " in _said(_line(tree, "docs/tjeklister/en.md"))


def test_what_is_published_again_without_other_words_says_that_the_words_are_approved(tree: Path) -> None:
    _approve(tree)
    edit(tree, "docs/index.md", "](kontakt.md)", "](overblik.md)")
    assert build.main(["--root", str(tree), "--publish=Et link", "--without-address", "--today", "2026-11-30"]) == 0
    said = "Udgave 30. november 2026 · Ordene er godkendt 23. november 2026 af ledelsen · "
    assert said in _said(_line(tree))
    assert "Udgave 22. november 2026 · Godkendt 23. november 2026 af ledelsen · " in _said(_line(tree, _SHEET))


def test_an_approval_changes_no_fingerprint(tree: Path) -> None:
    before = [sheet.fingerprint for sheet in sheets(load_procedure(tree))]
    _approve(tree)
    assert [sheet.fingerprint for sheet in sheets(load_procedure(tree))] == before


def test_a_sheets_line_has_its_own_edition_and_says_whether_it_was_tried(tree: Path) -> None:
    assert "Udgave 22. november 2026 · Ikke godkendt af kommunen endnu · Ikke afprøvet endnu · " in _said(
        _line(tree, _SHEET)
    )
    edit(tree, _SHEET, _REVIEWED, f"{_REVIEWED}\ntried: 2026-11-20")
    assert "Udgave 22. november 2026 · Ikke godkendt af kommunen endnu · Afprøvet 20. november 2026 · " in _said(
        _line(tree, _SHEET)
    )


def test_what_was_never_published_or_has_changed_since_is_of_no_edition(tree: Path) -> None:
    edit(tree, "docs/procedure.yml", 'phone: "12345678"', 'phone: "87654321"')
    assert "Skolen · Ikke udgivet · " in _said(_line(tree))
    shutil.rmtree(tree / "docs/editions")
    assert "Skolen · Ikke udgivet · " in _said(_line(tree))


def test_each_day_can_be_read_by_a_program_and_what_is_said_afterwards_is_hidden(tree: Path) -> None:
    line = _line(tree)
    assert [day.get("datetime") for day in line.iter("time")] == ["2026-11-22", "2026-11-22", "2027-11-22"]
    (late,) = line.iter("strong")
    assert (late.get("data-after"), late.get("hidden")) == ("2027-11-22", "hidden")


def test_what_an_editor_writes_in_a_field_is_text(tree: Path) -> None:
    edit(tree, _PAGE, "owner: Skolen", "owner: '<b>A & B</b>'")
    assert "Ejer: &lt;b&gt;A &amp; B&lt;/b&gt; · " in status_lines(load_procedure(tree))["kontakt/"]


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2026-11-22", 12, "2027-11-22"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-31", 23, "2027-12-31"),
    ],
)
def test_a_page_is_due_on_the_same_day_so_many_months_later(tree: Path, day: str, months: int, due: str) -> None:
    edit(tree, _PAGE, _REVIEWED, f"last_reviewed: {day}")
    edit(tree, _PAGE, "review_in: 12 måneder", f"review_in: {months} måneder")
    procedure = load_procedure(tree)
    assert str(review_due(procedure, procedure.pages[_PAGE])) == due


def _warned(procedure: Procedure, code: str, today: date) -> list[str]:
    found = [finding for finding in check_source(procedure, today) if finding.code == code]
    assert {finding.severity for finding in found} <= {Severity.WARNING}
    return [finding.message for finding in found]


def test_the_warning_comes_thirty_days_before_says_how_long_there_is_and_then_that_it_is_late(tree: Path) -> None:
    edit(tree, _PAGE, _REVIEWED, "last_reviewed: 2025-12-22")
    procedure, due = load_procedure(tree), date(2026, 12, 22)
    assert _warned(procedure, "C08", due - timedelta(31)) == []
    for left, said in ((30, "om 30 dage"), (1, "i morgen"), (0, "i dag")):
        assert _warned(procedure, "C08", due - timedelta(left)) == [f"Siden skal gennemgås senest 2026-12-22, {said}."]
    assert _warned(procedure, "C08", due + timedelta(1)) == ["Siden skulle være gennemgået senest 2026-12-22."]


def test_a_contact_is_due_a_year_after_it_was_found_right_and_warned_of_like_a_page(tree: Path) -> None:
    procedure, due = load_procedure(tree), date(2027, 11, 1)
    (contact,) = procedure.contract.numbers
    assert confirmation_due(contact) == due
    assert confirmation_due(replace(contact, confirmed=None)) is None
    assert _warned(procedure, "C10", due - timedelta(31)) == []
    assert ["i dag" in message for message in _warned(procedure, "C10", due)] == [True]
    assert ["over et år" in message for message in _warned(procedure, "C10", due + timedelta(1))] == [True]
