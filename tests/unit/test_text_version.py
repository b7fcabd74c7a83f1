"""The text version: the same graph as a numbered list."""

from __future__ import annotations

import pytest
from tests.conftest import ROOT
from tests.generated import generated

from procedure.derive.text_version import rows
from procedure.model import load_procedure
from procedure.source.flow import Flow
from procedure.source.mermaid import read_flow

_FLOWS = [*load_procedure(ROOT).flows, *(read_flow(generated(seed), str(seed), "", 1)[0] for seed in range(40))]


def _numbers(statements: str) -> list[str]:
    flow, _ = read_flow(f"flowchart TD\n{statements}", "f", "", 1)
    return [
        f"{row.number} {row.node.id} {' '.join(str(way.number) for way in row.exits)}".strip() for row in rows(flow)
    ]


@pytest.mark.parametrize("flow", _FLOWS, ids=lambda flow: flow.id)
def test_every_node_has_one_row_numbered_from_one(flow: Flow) -> None:
    every = rows(flow)
    assert sorted(row.node.id for row in every) == sorted(flow.nodes)
    assert [row.number for row in every] == list(range(1, len(flow.nodes) + 1))
    assert all(row.kind is flow.kind(row.node) for row in every)


@pytest.mark.parametrize("flow", _FLOWS, ids=lambda flow: flow.id)
def test_every_arrow_leads_to_a_later_row(flow: Flow) -> None:
    numbers = {row.node.id: row.number for row in rows(flow)}
    assert [edge for edge in flow.edges if numbers[edge.source] >= numbers[edge.target]] == []


@pytest.mark.parametrize("flow", _FLOWS, ids=lambda flow: flow.id)
def test_every_arrow_is_written_once_or_simply_followed(flow: Flow) -> None:
    every = rows(flow)
    written = []
    for row in every:
        if row.exits:
            assert all(every[way.number - 1].node == way.node for way in row.exits)
            written += [(row.node.id, way.answer, way.node.id) for way in row.exits]
        elif flow.ways_out(row.node.id):
            written.append((row.node.id, None, every[row.number].node.id))
    assert sorted(written, key=str) == sorted(((edge.source, edge.label, edge.target) for edge in flow.edges), key=str)


def test_each_answer_s_steps_stand_together_and_what_they_meet_in_comes_after() -> None:
    statements = "q{{Q?}} -->|1| a[A]\nq -->|2| b[B]\na --> a2[A2]\nb --> m[M]\na2 --> m\nm --> e([E])"
    assert _numbers(statements) == ["1 q 2 4", "2 a", "3 a2 5", "4 b", "5 m", "6 e"]


def test_an_answer_is_written_also_where_its_row_is_the_next() -> None:
    flow, _ = read_flow("flowchart TD\nq{{Q?}} -->|Ja| a[A]\nq -->|Nej| b[B]", "f", "", 1)
    assert [(way.answer, way.number) for way in rows(flow)[0].exits] == [("Ja", 2), ("Nej", 3)]
