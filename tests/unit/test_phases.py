"""Which phases follow which, and which stand side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from procedure.derive.phases import flow_rows, phase_rows
from procedure.model import Procedure
from procedure.source.contract import Contract, Phase
from procedure.source.flow import Edge, Flow, Node, Shape


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


def _flow(*arrows: str) -> Flow:
    """Return a flow with these arrows (`a b`), whose nodes stand in the order they are met."""
    edges = tuple(Edge(source, target, None, 1) for source, target in (arrow.split() for arrow in arrows))
    nodes = {name: Node(name, Shape.STEP, name, 1) for arrow in arrows for name in arrow.split()}
    return Flow("f", "docs/f.md", 1, "", "", 1, "", nodes, edges)


@pytest.mark.parametrize(
    ("arrows", "expected"),
    [
        (["a b", "b c"], ["a", "b", "c"]),
        (["a b", "a c", "b d", "c d"], ["a", "b c", "d"]),
        (["a c", "a d", "b c", "b d"], ["a b", "c d"]),
    ],
)
def test_a_flow_stands_in_rows_where_each_row_leads_to_the_whole_of_the_next(
    arrows: list[str], expected: list[str]
) -> None:
    assert [" ".join(node.id for node in row) for row in flow_rows(_flow(*arrows))] == expected


@pytest.mark.parametrize(
    "arrows",
    [["a b", "b c", "a c"], ["a b", "a c", "b d", "c e"], ["a b", "a c", "b d"], ["a b", "a c", "c d", "b d", "b e"]],
)
def test_a_flow_whose_arrows_say_more_than_rows_can_stands_in_none(arrows: list[str]) -> None:
    assert flow_rows(_flow(*arrows)) == ()
