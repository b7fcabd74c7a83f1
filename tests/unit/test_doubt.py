"""What was published is judged whatever else is wrong, but for what an error may be about."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.project import copy_project, edit

import build

_CASES = Path(__file__).resolve().parents[1] / "cases"
_DAY = date(2026, 11, 22)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return the small project as it was published."""
    shutil.copytree(_CASES / "base", tmp_path / "tree")
    return Path(shutil.copytree(_CASES / "published", tmp_path / "tree", dirs_exist_ok=True))


def _codes(tree: Path) -> list[str]:
    return [finding.code for finding in build.check(tree, _DAY)]


def test_a_lost_address_is_told_beside_an_error_on_its_page(tree: Path) -> None:
    edit(tree, "docs/index.md", "## Find vej {#find-vej}", "## Find vej {#vej}")
    edit(tree, "docs/index.md", "[Alle, du kan kontakte](kontakt.md)", "[Alle, du kan kontakte](kontakter.md)")
    assert _codes(tree) == ["L01", "L17"]


def test_an_id_that_is_gone_by_a_fault_is_that_fault_only(tree: Path) -> None:
    edit(tree, "docs/index.md", "## Find vej {#find-vej}", "## Find vej")
    assert _codes(tree) == ["C01"]


def test_what_an_unread_diagram_held_is_not_lost(tree: Path) -> None:
    edit(tree, "docs/faser/en.md", "  noter --> slut", "  noter -> slut")
    edit(tree, "docs/overblik.md", "begynd([Du hører om en sag])", "begynd([Du hører om noget])")
    assert _codes(tree) == ["F01", "P42"]


def test_a_change_of_a_row_is_told_beside_an_error_in_another(tree: Path) -> None:
    edit(tree, "docs/procedure.yml", "title: Følg op\n", "title: Følg med\n")
    edit(tree, "docs/procedure.yml", 'phone: "12345678"', 'phone: "12345679"')
    codes = _codes(tree)
    assert "O01" in codes
    assert "P44" not in codes
    assert "P45" in codes


def test_of_a_page_that_is_spoilt_in_a_section_the_sections_before_are_judged(tree: Path) -> None:
    edit(tree, "docs/faser/en.md", "Du er her, når du har hørt om en sag.", "En sladderhank har sagt det.")
    edit(tree, "docs/faser/en.md", "///\n", "")
    edit(tree, "docs/faser/en.md", "[Kontakt ledelsen](../kontakt.md)", "[Kontakt ledelsen](../kontakter.md)")
    assert _codes(tree) == ["C07", "C14"]


def test_a_page_of_contacts_that_is_empty_has_changed_no_sheet(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    before = _codes(root).count("P32")
    (root / "docs/kontakt.md").write_text("", "utf-8")
    codes = _codes(root)
    assert "C11" in codes
    assert codes.count("P32") == before


def test_a_supplement_that_a_fault_takes_away_from_its_page_is_that_fault_only(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    edit(root, "docs/mere/spoergsmaal.md", "/// supplement |", "/// suplement |")
    codes = _codes(root)
    assert "C17" in codes
    assert "P48" not in codes


def test_a_list_of_words_that_has_lost_its_head_is_told_row_by_row(tree: Path) -> None:
    edit(
        tree, "docs/procedure.yml", "  variants: []\n  guarded: [aldrig]\n", "  variants:\n    - aldrig\n    - straks\n"
    )
    assert set(_codes(tree)) == {"P30"}
