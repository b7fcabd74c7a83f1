"""Every way through a flow, from its start to each of its ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procedure.source.flow import Flow, Node


@dataclass(frozen=True)
class Stop:
    """A node on a route, and the answer given there (None where there is no choice)."""

    node: Node
    answer: str | None


def routes(flow: Flow) -> tuple[tuple[Stop, ...], ...]:
    """Return every route, answers in the order they are written. The flow must be without cycles."""
    return tuple(route for start in flow.starts for route in _from(flow, start.id))


def _from(flow: Flow, node_id: str) -> Iterator[tuple[Stop, ...]]:
    node = flow.nodes[node_id]
    if not flow.ways_out(node_id):
        yield (Stop(node, None),)
    for edge in flow.ways_out(node_id):
        for rest in _from(flow, edge.target):
            yield (Stop(node, edge.label), *rest)


def last_choice(flow: Flow, node: Node) -> Stop | None:
    """Return the question and answer that every route to the node passes last, or None where they differ."""
    current = node
    while len(flow.ways_in(current.id)) == 1:
        edge = flow.ways_in(current.id)[0]
        if edge.label is not None:
            return Stop(flow.nodes[edge.source], edge.label)
        current = flow.nodes[edge.source]
    return None
