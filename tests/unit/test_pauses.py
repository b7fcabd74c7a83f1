"""When a checklist is used and when it is done: in the words of the diagrams, and of nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.project import edit

from procedure.derive.pauses import begins, done, first_done
from procedure.model import load_procedure
from procedure.phrases import way_on
from procedure.words import DANISH

_BASE = Path(__file__).resolve().parents[1] / "cases/base"
_REAL = load_procedure(_BASE.parents[2])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


def test_a_list_is_done_where_its_diagram_ends() -> None:
    for phase in _REAL.contract.phases:
        page = _REAL.phase_page(phase.id)
        assert page
        ends = done(_REAL, phase)
        assert [end.text for end in ends] == [node.text for node in page.flows[0].ends]
        assert tuple(end.phase.id for end in ends if end.phase) == phase.following


def test_more_than_one_end_comes_with_the_question_and_the_answer_that_lead_to_each() -> None:
    for phase in _REAL.contract.phases:
        ends = done(_REAL, phase)
        assert [bool(end.question and end.answer) for end in ends] == [len(ends) > 1] * len(ends)
    (forked,) = [phase for phase in _REAL.contract.phases if len(phase.following) > 1]
    assert len({end.question for end in done(_REAL, forked)}) == 1
    assert [end.whole for end in done(_REAL, forked)] == [
        f"»{end.answer}«: {way_on(DANISH, end.phase)}" for end in done(_REAL, forked) if end.phase
    ]


def test_a_list_is_used_after_the_phases_that_lead_to_it_by_the_answer_that_does(tree: Path) -> None:
    procedure = load_procedure(tree)
    first, last = procedure.contract.phases
    assert begins(procedure, first) == "Brug arket, når du hører om en sag."
    assert begins(procedure, last) == "Brug arket efter fase 1: Modtag sagen."
    for phase in _REAL.contract.phases:
        for before in _REAL.contract.phases:
            for end in done(_REAL, before):
                said = begins(_REAL, phase)
                assert (f"fase {before.number}" in said) == (phase.id in before.following)
                if end.answer:
                    assert (f"»{end.question}« er »{end.answer}«" in said) == (end.phase == phase)


def test_the_list_for_right_now_leads_to_the_first_phase() -> None:
    assert [end.phase for end in first_done(_REAL)] == [_REAL.contract.phases[0]]


def test_where_no_diagram_can_be_read_nothing_is_said(tree: Path) -> None:
    for path in ("docs/faser/en.md", "docs/overblik.md"):
        edit(tree, path, "```mermaid", "```text")
    procedure = load_procedure(tree)
    first, last = procedure.contract.phases
    assert done(procedure, first) == ()
    assert (begins(procedure, first), begins(procedure, last)) == ("", "")


def test_a_ring_before_the_ends_of_a_diagram_has_no_deciding_answer(tree: Path) -> None:
    page = tree / "docs/faser/to.md"
    ring = "flowchart TD\n  accTitle: A\n  accDescr: B\n  a[A] --> b[B]\n  b --> a\n  b --> c([C])\n  b --> d([D])\n"
    head, _, rest = page.read_text("utf-8").partition("flowchart TD")
    page.write_text(f"{head}{ring}{rest[rest.index('```') :]}", "utf-8")
    procedure = load_procedure(tree)
    assert [(end.text, end.answer) for end in done(procedure, procedure.contract.phases[1])] == [("C", ""), ("D", "")]
