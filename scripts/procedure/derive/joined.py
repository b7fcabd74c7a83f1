"""The flows under the names that their nodes have in the guide, one by one and all joined into one."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from procedure.derive.guide import leads_to, node_address, phase_flows
from procedure.model import Procedure, remembered
from procedure.source.flow import Edge, Flow

# The id of the whole, beside those of the flows.
WHOLE = "procedure"


@remembered
def published_flows(procedure: Procedure) -> tuple[Flow, ...]:
    """Return the flow of each phase and of the overview, in this order."""
    return (*(flow for _, flow in phase_flows(procedure)), procedure.pages[procedure.roles.overview].flows[0])


def by_address(flow: Flow) -> Flow:
    """Return the flow with each node under the id that it has in the guide (`vurder-under`)."""
    nodes = {node_address(flow, node.id): node for node in flow.nodes.values()}
    edges = (
        replace(edge, source=node_address(flow, edge.source), target=node_address(flow, edge.target))
        for edge in flow.edges
    )
    return replace(flow, nodes={key: replace(node, id=key) for key, node in nodes.items()}, edges=tuple(edges))


@remembered
def whole_flow(procedure: Procedure) -> Flow:
    """Return all the phases' flows as one: an end that leads into a flow has an arrow to there.

    The flows must be without findings. It has the title and the description of the overview; its ids are those of the
    guide. Where a phase leads back to the very beginning, that arrow leads to what follows the start: a start is where
    nothing leads.
    """
    *flows, overview = published_flows(procedure)
    parts = [by_address(flow) for flow in flows]
    first = parts[0].starts[0].id
    after_first = {first: parts[0].ways_out(first)[0].target}
    joints = [
        Edge(node_address(flow, end.id), after_first.get(target, target), None, end.target_line)
        for flow in flows
        for end in flow.ends
        if (target := leads_to(procedure, flow, end))
    ]
    return replace(
        overview,
        id=WHOLE,
        nodes=dict(chain.from_iterable(part.nodes.items() for part in parts)),
        edges=(*chain.from_iterable(part.edges for part in parts), *joints),
    )
