"""All flows joined into one, and cut into screens: what a reader decides or does at a time.

A screen is a run of steps without a fork or a merge, closed by what follows: a question, an end, or
"go on" where ways meet. So a reader taps once for each decision, not once for each instruction. An end with
nothing to say beside it is no screen: what leads to it leads straight on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from procedure.derive.addresses import resolve
from procedure.model import CAUTION_BLOCK, Procedure
from procedure.source.contract import Phase
from procedure.source.flow import Flow, Kind, Node
from procedure.source.page import Trace


@dataclass(frozen=True)
class Way:
    """A way on from a screen.

    `answer` is what it stands for (None for "go on") and `name` the answer's name, `target` the screen it leads to,
    and `past` the end of the phase that it passes on its way, where that has no screen of its own.
    """

    answer: str | None
    target: str
    name: str = ""
    past: Node | None = None


@dataclass(frozen=True)
class Screen:
    """A run of nodes shown together. Its id is that of the node that closes it (`vurder-under`).

    `passed` are the addresses of the ends that lead straight to it.
    """

    phase: Phase
    flow: Flow
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]
    passed: tuple[str, ...] = ()

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
    """The block of what must never be done, as it stands first among a phase's steps, and what it says."""

    title: str
    traces: tuple[Trace, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """What it says, item by item."""
        return tuple(trace.text for trace in self.traces)


def caution(procedure: Procedure) -> Caution | None:
    """Return the first such block among the phases' steps, or None where there is none."""
    for phase in procedure.contract.phases:
        page = procedure.phase_page(phase.id)
        for block in page.blocks if page else ():
            traces = [trace for trace in page.traces if block.holds(trace.line)] if page else []
            if block.name == CAUTION_BLOCK and traces:
                return Caution(block.title, tuple(traces))
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

    The flows must be without findings: each node then lies on exactly one screen, or is an end that leads straight on.
    """
    flows = phase_flows(procedure)
    entered = {goal for _, flow in flows for end in flow.ends if (goal := leads_to(procedure, flow, end))}
    runs = {
        node_address(flow, entry): (phase, flow, _run(flow, entry, entries))
        for phase, flow in flows
        for entries in [_entries(flow, entered)]
        for entry in entries
    }
    ends = {
        entry: goal
        for entry, (_, flow, nodes) in runs.items()
        if len(nodes) == 1 and flow.kind(nodes[0]) is Kind.END and (goal := leads_to(procedure, flow, nodes[0]))
    }
    # An end that leads to such an end is shown, so that ends that lead to one another are never a ring.
    past = {entry: goal for entry, goal in ends.items() if goal not in ends}
    shown = {entry: run for entry, run in runs.items() if entry not in past}
    return tuple(
        Screen(
            phase,
            flow,
            nodes,
            tuple(_way(runs, past, label, name, entry) for label, name, entry in _ways_out(procedure, flow, nodes[-1])),
            tuple(end for end, goal in past.items() if goal == entry),
        )
        for entry, (phase, flow, nodes) in shown.items()
    )


_Run = tuple[Phase, Flow, tuple[Node, ...]]


def _way(runs: Mapping[str, _Run], past: Mapping[str, str], label: str | None, name: str, entry: str) -> Way:
    _, flow, nodes = runs[past.get(entry, entry)]
    end = runs[entry][2][0] if entry in past else None
    return Way(label, node_address(flow, nodes[-1].id), name, end)


def leads_to(procedure: Procedure, flow: Flow, end: Node) -> str | None:
    """Return the address of the node that an end leads to in another flow, or None where it leads out."""
    if end.target is None:
        return None
    address = resolve(procedure.pages[flow.path], end.target)
    page = procedure.pages.get(address.path)
    if page is None or page.folder != procedure.phases_folder or not page.flows:
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


def _ways_out(procedure: Procedure, flow: Flow, closing: Node) -> Iterator[tuple[str | None, str, str]]:
    """Yield the ways on from a closing node: label, name and the address of the node that each leads to."""
    if flow.kind(closing) is Kind.END:
        goal = leads_to(procedure, flow, closing)
        if goal:
            yield None, "", goal
    for edge in flow.ways_out(closing.id):
        yield edge.label, edge.name, node_address(flow, edge.target)
