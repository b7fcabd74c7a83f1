"""Which phases follow which, and which stand side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from procedure.derive.phases import phase_rows
from procedure.model import Procedure
from procedure.source.contract import Contract, Phase


def _contract(**following: str) -> Contract:
    """Return a contract with a phase of each name, and the names of those that it leads to."""
    phases = tuple(
        Phase(number, name, name, tuple(after.split()), (), 1, 1)
        for number, (name, after) in enumerate(following.items(), start=1)
    )
    return replace(Contract.empty(), phases=phases)


def test_the_phases_that_the_fork_leads_to_stand_side_by_side(procedure: Procedure) -> None:
    assert [[phase.number for phase in row] for row in phase_rows(procedure.contract)] == [[1], [2], [3, 4], [5], [6]]


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ({}, []),
        ({"a": ""}, ["a"]),
        ({"a": "b", "b": ""}, ["a", "b"]),
        ({"a": "b c", "b": "", "c": ""}, ["a", "b c"]),
        ({"a": "b c", "b": "c", "c": ""}, ["a", "b", "c"]),
        ({"a": "b c", "b": "d", "c": "e", "d": "", "e": ""}, ["a", "b c", "d e"]),
        ({"a": "b", "b": "a"}, ["a", "b"]),
    ],
)
def test_a_phase_begins_a_row_where_one_of_the_row_before_leads_to_it(
    following: dict[str, str], expected: list[str]
) -> None:
    assert [" ".join(phase.id for phase in row) for row in phase_rows(_contract(**following))] == expected
