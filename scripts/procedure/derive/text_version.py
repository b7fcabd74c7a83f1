"""A flow as a numbered list: the diagram for those who read it, hear it or hold it on paper."""

from __future__ import annotations

from dataclasses import dataclass

from procedure.source.flow import Flow, Kind, Node


@dataclass(frozen=True)
class Exit:
    """A way out of a row: the answer (None where there is no choice), and the row it leads to."""

    answer: str | None
    node: Node
    number: int


@dataclass(frozen=True)
class Row:
    """One node with its number in the list. `exits` is empty where the next row simply follows."""

    number: int
    node: Node
    kind: Kind
    exits: tuple[Exit, ...]


def rows(flow: Flow) -> tuple[Row, ...]:
    """Return the flow's nodes so that every arrow leads to a later row. The flow must be without cycles."""
    order = _in_order(flow)
    numbers = {node.id: number for number, node in enumerate(order, start=1)}
    result = []
    for node in order:
        exits = tuple(Exit(e.label, flow.nodes[e.target], numbers[e.target]) for e in flow.ways_out(node.id))
        follows = len(exits) == 1 and exits[0].number == numbers[node.id] + 1
        result.append(Row(numbers[node.id], node, flow.kind(node), () if follows else exits))
    return tuple(result)


def _in_order(flow: Flow) -> list[Node]:
    """Return the nodes with each after all that lead to it, and each answer's steps kept together."""
    waiting = {node_id: len(flow.ways_in(node_id)) for node_id in flow.nodes}
    ready = [node.id for node in reversed(flow.starts)]
    order: list[Node] = []
    while ready:
        node_id = ready.pop()
        order.append(flow.nodes[node_id])
        opened = []
        for edge in flow.ways_out(node_id):
            waiting[edge.target] -= 1
            if not waiting[edge.target]:
                opened.append(edge.target)
        ready.extend(reversed(opened))
    return order
