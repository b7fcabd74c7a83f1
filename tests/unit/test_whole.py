"""The page of all phases: headings one level down with the phase in their ids, and links that still lead there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from procedure.derive.whole import whole_anchors, whole_procedure
from procedure.model import load_procedure

_BASE = Path(__file__).resolve().parents[1] / "cases/base"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


def _lines(tree: Path, folder: str = "docs/mere") -> list[str]:
    return whole_procedure(load_procedure(tree), folder)


def _headings(tree: Path) -> list[str]:
    """Return the headings, each with its id alone."""
    return [re.sub(r"\{ ?#([\w-]+).*\}", r"{#\1}", line) for line in _lines(tree) if line.startswith("#")]


def _edit(tree: Path, path: str, old: str, new: str) -> None:
    file = tree / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_every_phase_comes_in_order_with_its_parts_one_level_down(tree: Path) -> None:
    assert _headings(tree) == [
        "## 1. Modtag sagen {#en}", "### Trin {#en-trin}", "#### Lyt {#en-lyt}", "#### Handl {#en-handl}",
        "### Tjekliste {#en-tjekliste}", "### Beslutningsdiagram {#en-diagram}",
        "## 2. Afslut sagen {#to}", "### Trin {#to-trin}", "#### Følg op {#to-foelg-op}",
        "### Tjekliste {#to-tjekliste}", "### Beslutningsdiagram {#to-diagram}",
    ]  # fmt: skip


def test_its_ids_are_those_of_its_headings_and_of_the_diagrams(tree: Path) -> None:
    anchors = whole_anchors(load_procedure(tree))
    written = [found for line in _headings(tree) for found in re.findall(r"\{#([\w-]+)\}", line)]
    assert sorted(anchor for anchor in anchors if not anchor.startswith(("d-", "t-"))) == sorted(written)
    assert {"d-en-haster", "t-en-haster", "d-to-slut"} <= set(anchors)
    assert len(set(anchors)) == len(anchors)


def test_each_phase_begins_with_its_own_lead_and_its_links_lead_on(tree: Path) -> None:
    lead = "Du er her, når du har hørt om en sag."
    _edit(tree, "docs/faser/en.md", lead, f"{lead[:-1]}, og [ved](#lyt) det.")
    lines = [line for line in _lines(tree) if line]
    assert lines[lines.index("## 1. Modtag sagen {#en}") + 1] == f"{lead[:-1]}, og [ved](../faser/en.md#lyt) det."
    assert lines[lines.index("## 2. Afslut sagen {#to}") + 1] == "Du er her, når sagen skal afsluttes."
    assert "phase: 1" not in lines


def test_a_diagram_becomes_a_mark_and_a_checklist_its_text(tree: Path) -> None:
    lines = _lines(tree)
    text = "\n".join(lines)
    assert text.count("```diagram\nen\n```") == text.count("```diagram\nto\n```") == 1
    assert "flowchart" not in text
    assert "--8<--" not in text
    assert lines.count("- [ ] Spørg, hvad der er sket.") == 1


@pytest.mark.parametrize(
    ("folder", "link"),
    [("docs/mere", "../faser/en.md#handl"), ("docs/faser", "en.md#handl"), ("docs", "faser/en.md#handl")],
)
def test_links_lead_from_the_page_that_shows_them(tree: Path, folder: str, link: str) -> None:
    assert f"- [ ] Haster sagen: **Ring til [ledelsen]({link}).**" in _lines(tree, folder)


def test_a_link_to_a_place_on_its_own_page_leads_to_the_phase_page(tree: Path) -> None:
    _edit(tree, "docs/faser/en.md", "- Lav et kort notat.", "- Lav et [kort notat](#lyt), og ring [112](tel:112).")
    assert "- Lav et [kort notat](../faser/en.md#lyt), og ring [112](tel:112)." in _lines(tree)


def test_a_phase_without_a_page_is_left_out(tree: Path) -> None:
    (tree / "docs/faser/en.md").unlink()
    assert [line for line in _headings(tree) if line.startswith("## ")] == ["## 2. Afslut sagen {#to}"]
    assert "en" not in whole_anchors(load_procedure(tree))
