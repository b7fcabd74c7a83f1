"""Every id a built page has from its source: what a link can lead to."""

from __future__ import annotations

from procedure.guide import node_address, phase_flows
from procedure.model import Procedure
from procedure.page import Page


def anchors(procedure: Procedure, page: Page) -> list[tuple[str, int]]:
    """Return the ids on the page, each with the line it comes from: its own, the included and the generated."""
    found = [(anchor.id, anchor.line) for anchor in page.anchors]
    for include in page.includes:
        source = procedure.pages.get(f"docs/{include.path}")
        section = source.section(include.section) if source else None
        if source and section:
            found += [(anchor.id, include.line) for anchor in source.anchors if section.holds(anchor.line)]
    for flow in page.flows[:1]:
        for node in flow.nodes.values():
            found += [(f"{kind}-{flow.id}-{node.id}", node.line) for kind in ("d", "t")]
    for fence in page.fences:
        if fence.language == "traceability":
            found += [(f"fase-{phase.id}", fence.line) for phase in procedure.contract.phases]
        if fence.language == "routes":
            found += [(f"veje-{phase.id}", fence.line) for phase in procedure.contract.phases]
        if fence.language == "guide":
            found += [(node_address(flow, n), fence.line) for _, flow in phase_flows(procedure) for n in flow.nodes]
    return sorted(found, key=lambda anchor: anchor[1])
