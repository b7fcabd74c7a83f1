"""The letter is kept: whatever happens to one word, from the source to a checklist, is found where it happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from procedure.checks import check_source
from procedure.model import load_procedure
from tests.letter import LEVELS, misses
from tests.project import copy_project, written_on

# Of all changes; `make faults` makes every one.
_SHARE = 20


@pytest.mark.parametrize("level", LEVELS)
def test_a_change_of_a_word_is_found_where_it_is(level: str) -> None:
    _, missed = misses(level, _SHARE)
    assert missed == []


_HARMLESS = {
    "Windows line ends": ("docs/faser/vurder.md", "\n", "\r\n"),
    "Windows line ends in the source": ("docs/kilde.txt", "\n", "\r\n"),
    "bold in a wording": ("docs/faser/vurder.md", "hurtigst muligt", "**hurtigst muligt**"),
    "bold on a checklist": ("docs/tjeklister/vurder.md", "hurtigst muligt", "**hurtigst muligt**"),
    "a link in an item": (
        "docs/tjeklister/vurder.md",
        "SSP og Ungeenheden for",
        "[SSP og Ungeenheden](../faser/vurder.md#inddrag) for",
    ),
    "a comma less": ("docs/faser/vurder.md", "muligt, eventuelt", "muligt eventuelt"),
    "a paragraph of the page's own": ("docs/faser/afslut.md", "## Trin {#trin}", "Tag det roligt.\n\n## Trin {#trin}"),
    "a paragraph gone": ("docs/faser/afslut.md", "Om evaluering og opfølgning.\n\n", ""),
    "a contact's number": ("docs/procedure.yml", 'phone: "21621691"', 'phone: "21621692"'),
    "a contact's name": ("docs/procedure.yml", "name: Emmanuel Temmar", "name: En anden"),
}


@pytest.mark.parametrize("name", _HARMLESS)
def test_an_edit_that_changes_no_word_of_the_procedure_is_no_fault_of_words(name: str, tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    path, old, new = _HARMLESS[name]
    text = (root / path).read_bytes().decode()
    assert old in text
    (root / path).write_bytes(text.replace(old, new).encode())
    procedure = load_procedure(root)
    findings = check_source(procedure, written_on(procedure))
    assert [finding for finding in findings if finding.severity == "error"] == []
