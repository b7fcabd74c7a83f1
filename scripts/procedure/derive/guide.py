"""All flows joined into one, and cut into screens: what a reader decides or does at a time.

A screen is a run of steps without a fork or a merge, closed by what follows: a question, an end, or
"go on" where ways meet. So a reader taps once for each decision, not once for each instruction.
"""

from __future__ import annotations

from dataclasses import dataclass

from procedure.derive.addresses import resolve
from procedure.model import CAUTION_BLOCK, PHASES_FOLDER, Procedure
from procedure.source.contract import Phase
from procedure.source.flow import Flow, Kind, Node


@dataclass(frozen=True)
class Way:
    """A way on from a screen: the answer it stands for (None for "go on"), the screen it leads to, the answer's name."""

    answer: str | None
    target: str
    name: str = ""


@dataclass(frozen=True)
class Screen:
    """A run of nodes shown together. Its id is that of the node that closes it (`vurder-under`)."""

    phase: Phase
    flow: Flow
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]

    @property
    def closing(self) -> Node:
        """The node that closes the screen."""
        return self.nodes[-1]

    @property
    def kind(self) -> Kind:
        """What closes the screen: a question, an end, or a step where ways meet."""
        return self.flow.kind(self.closing)

    @property
    def id(self) -> str:
        """The screen's id, that of its closing node."""
        return node_address(self.flow, self.closing.id)


def decides_phase(screen: Screen) -> bool:
    """Return whether the screen is an end, or a question whose answers lead to different ends."""
    if screen.kind is Kind.END:
        return True
    ends = {end.id for end in screen.flow.ends}
    reached = {screen.flow.reachable(way.target) & ends for way in screen.flow.ways_out(screen.closing.id)}
    return screen.kind is Kind.QUESTION and len(reached) > 1


@dataclass(frozen=True)
class Caution:
    """The block of what must never be done, as it stands first among a phase's steps, and the requirements in it."""

    title: str
    items: tuple[str, ...]
    requirements: frozenset[str]

    def concerns(self, screen: Screen) -> bool:
        """Return whether something on the screen is in the block."""
        return any(not self.requirements.isdisjoint(node.requirements) for node in screen.nodes)


def caution(procedure: Procedure) -> Caution | None:
    """Return the first such block among the phases' steps, or None where there is none."""
    for phase in procedure.contract.phases:
        page = procedure.phase_page(phase.id)
        for block in page.blocks if page else ():
            traces = [trace for trace in page.traces if block.holds(trace.line)] if page else []
            if block.name == CAUTION_BLOCK and traces:
                requirements = frozenset(row_id for trace in traces for row_id in trace.requirements)
                return Caution(block.title, tuple(trace.text for trace in traces), requirements)
    return None


def node_address(flow: Flow, node_id: str) -> str:
    """Return the id that a node has in the guide (`vurder-under`)."""
    return f"{flow.id}-{node_id}"


def answer_address(question: str, name: str) -> str:
    """Return the id that an answer has in the guide (`vurder-under/ja`), from the address of its question."""
    return f"{question}/{name}"


def phase_flows(procedure: Procedure) -> tuple[tuple[Phase, Flow], ...]:
    """Return each phase with its flow, in the procedure's order; a phase without a readable flow is left out."""
    pairs = ((phase, procedure.phase_page(phase.id)) for phase in procedure.contract.phases)
    return tuple((phase, page.flows[0]) for phase, page in pairs if page and page.flows)


def screens(procedure: Procedure) -> tuple[Screen, ...]:
    """Return every screen, the procedure's first one first.

    The flows must be without findings: each node then lies on exactly one screen.
    """
    flows = phase_flows(procedure)
    entered = {goal for _, flow in flows for end in flow.ends if (goal := _goal(procedure, flow, end))}
    runs = {
        node_address(flow, entry): (phase, flow, _run(flow, entry, entries))
        for phase, flow in flows
        for entries in [_entries(flow, entered)]
        for entry in entries
    }
    ids = {entry: node_address(flow, nodes[-1].id) for entry, (_, flow, nodes) in runs.items()}
    return tuple(
        Screen(phase, flow, nodes, _ways(procedure, flow, nodes[-1], ids)) for phase, flow, nodes in runs.values()
    )


def _goal(procedure: Procedure, flow: Flow, end: Node) -> str | None:
    """Return the address of the node that an end leads to in another flow, or None where it leads out."""
    if end.target is None:
        return None
    address = resolve(procedure.pages[flow.path], end.target)
    page = procedure.pages.get(address.path)
    if page is None or page.folder != PHASES_FOLDER or not page.flows:
        return None
    target = page.flows[0]
    named = address.fragment.removeprefix(f"d-{target.id}-")
    return node_address(target, named if named in target.nodes else target.starts[0].id)


def _entries(flow: Flow, entered: set[str]) -> tuple[str, ...]:
    """Return the nodes that a screen begins with: the start, where an answer leads, where ways meet."""
    answered = {edge.target for edge in flow.edges if edge.label is not None}
    return tuple(
        node_id
        for node_id in flow.nodes
        if len(flow.ways_in(node_id)) != 1 or node_id in answered or node_address(flow, node_id) in entered
    )


def _run(flow: Flow, entry: str, entries: tuple[str, ...]) -> tuple[Node, ...]:
    nodes = [flow.nodes[entry]]
    while flow.kind(nodes[-1]) in (Kind.START, Kind.STEP):
        following = flow.ways_out(nodes[-1].id)[0].target
        if following in entries:
            break
        nodes.append(flow.nodes[following])
    return tuple(nodes)


def _ways(procedure: Procedure, flow: Flow, closing: Node, ids: dict[str, str]) -> tuple[Way, ...]:
    if flow.kind(closing) is Kind.END:
        goal = _goal(procedure, flow, closing)
        return (Way(None, ids[goal]),) if goal else ()
    return tuple(Way(edge.label, ids[node_address(flow, edge.target)], edge.name) for edge in flow.ways_out(closing.id))
