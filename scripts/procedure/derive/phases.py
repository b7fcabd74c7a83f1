"""How the phases stand to each other: which follow which, and which stand side by side, in the contract and in a flow."""

from __future__ import annotations

from procedure.derive.text_version import rows
from procedure.source.contract import Contract, Phase
from procedure.source.flow import Flow, Node


def phase_rows(contract: Contract) -> tuple[tuple[Phase, ...], ...]:
    """Return the phases in the source's order, those that do not follow one another side by side in one row.

    A phase begins a new row where one in the row before it leads to it. So the phases that a fork leads
    to are never shown as if one came after the other.
    """
    found: list[list[Phase]] = []
    for phase in contract.phases:
        if not found or any(phase.id in before.following for before in found[-1]):
            found.append([phase])
        else:
            found[-1].append(phase)
    return tuple(tuple(row) for row in found)


def flow_rows(flow: Flow) -> tuple[tuple[Node, ...], ...]:
    """Return the flow's nodes row by row, or nothing where it is not so simple. The flow must be without cycles.

    It is where each row leads to the whole of the next one and to nothing else: then the rows say all that
    the arrows do.
    """
    depths: dict[str, int] = {}
    for node_id in (row.node.id for row in rows(flow)):
        depths[node_id] = max((depths[edge.source] + 1 for edge in flow.ways_in(node_id)), default=0)
    found = [[node for node in flow.nodes.values() if depths[node.id] == depth] for depth in range(len(depths))]
    found = [row for row in found if row]
    for row, following in zip(found, [*found[1:], []], strict=True):
        below = {node.id for node in following}
        if any({edge.target for edge in flow.ways_out(node.id)} != below for node in row):
            return ()
    return tuple(tuple(row) for row in found)
