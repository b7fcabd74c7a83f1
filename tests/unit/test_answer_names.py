"""The names of answers in addresses: from the label, or from a line of their own, and never from the order."""

from __future__ import annotations

import pytest

from procedure.source.answer_names import answer_name
from procedure.source.mermaid import read_flow

_FLOW = """flowchart TD
  accTitle: Titel
  accDescr: Beskrivelse
  a([Start]) --> b{{Sikker?}}
  b -->|Ja| c([Slut])
  b -->|Nej, måske| d([Slut])
"""


def _names(source: str) -> dict[str | None, str]:
    flow, findings = read_flow(source, "x", "docs/x.md", 1)
    assert findings == []
    return {edge.label: edge.name for edge in flow.edges}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ja", "ja"),
        ("Nej, måske", "nej-maaske"),
        ("På Ærø: øl og/eller å?", "paa-aeroe-oel-og-eller-aa"),
        ("Ma\u030aske", "maaske"),
        ("Idé 2", "ide-2"),
        ("  –  ", ""),
    ],
)
def test_a_label_gives_a_name_of_small_letters_digits_and_hyphens(label: str, name: str) -> None:
    assert answer_name(label) == name


def test_a_name_comes_from_the_label_and_what_is_no_answer_has_none() -> None:
    assert _names(_FLOW) == {None: "", "Ja": "ja", "Nej, måske": "nej-maaske"}


def test_a_changed_label_keeps_the_name_it_is_given() -> None:
    changed = _FLOW.replace("|Ja|", "|Ja, helt|") + "  %% navn b: ja = Ja,  helt\n"
    assert _names(changed) == {None: "", "Ja, helt": "ja", "Nej, måske": "nej-maaske"}
    assert _names(changed.replace("|Ja, helt|", '|"Ja,<br>helt"|'))["Ja, helt"] == "ja"
