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


def count_routes(flow: Flow) -> int:
    """Return how many routes there are, without walking them. The flow must be without cycles."""
    counts: dict[str, int] = {}
    for start in flow.starts:
        waiting = [start.id]
        while waiting:
            node_id = waiting[-1]
            targets = [edge.target for edge in flow.ways_out(node_id)]
            missing = [target for target in targets if target not in counts]
            if missing:
                waiting += missing
            else:
                counts[waiting.pop()] = sum(counts[target] for target in targets) if targets else 1
    return sum(counts[start.id] for start in flow.starts)


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
