"""Every id a built page has from its source: what a link can lead to."""

from __future__ import annotations

from procedure.derive.guide import node_address, phase_flows
from procedure.derive.whole import whole_anchors
from procedure.model import Procedure
from procedure.source.page import Page


def anchors(procedure: Procedure, page: Page) -> list[tuple[str, int]]:
    """Return the ids on the page, each with the line it comes from: its own, the included and the generated."""
    found = [(anchor.id, anchor.line) for anchor in page.anchors]
    for include in page.includes:
        if taken := procedure.included(include):
            source, section = taken
            found += [(anchor.id, include.line) for anchor in source.anchors if section.holds(anchor.line)]
    for flow in page.flows[:1]:
        for node in flow.nodes.values():
            found += [(f"{kind}-{flow.id}-{node.id}", node.line) for kind in ("d", "t")]
    return found + [(anchor, fence.line) for fence in page.fences for anchor in _generated(procedure, fence.language)]


def _generated(procedure: Procedure, block: str) -> list[str]:
    """Return the ids in the element that a fence of this name gives way to."""
    phases = [phase.id for phase in procedure.contract.phases]
    match block:
        case "actors":
            return [actor.id for actor in procedure.contract.actors]
        case "source":
            steps = [f"ord-{phase.id}-{step.id}" for phase in procedure.contract.phases for step in phase.steps]
            return [*(f"ord-{phase}" for phase in phases), *steps, "ord-kontakt"]
        case "guide":
            return [node_address(flow, node_id) for _, flow in phase_flows(procedure) for node_id in flow.nodes]
        case "links":
            return [f"links-{group}" for group in ("indgange", "tjeklister", *phases)]
        case "routes":
            return [f"veje-{phase}" for phase in phases]
        case "traceability":
            return [*(f"fase-{phase}" for phase in phases), "kontakter", "spoergsmaal", "udeladt", "samme-ord"]
        case "whole":
            return whole_anchors(procedure)
    return []
