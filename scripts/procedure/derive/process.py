"""A flow as a process of BPMN 2.0: what its nodes are there, what its arrows are, and what all of it is called.

A step is a manual task. A question is a user task and then a gateway: a gateway only looks at an answer and asks
nobody, and an engine passes a manual task without stopping, so that there would be no answer yet. Where ways meet is a
gateway too, as bpmnlint asks. A start and an end are events; where an end leads on, both are events on the way.

Every id is made of lasting ones, and is a name in XML (NCName): the dots stand where no flow, node or answer has any.

    vurder-under          the node, as in the guide's addresses
    fork.vurder-under     the gateway that looks at its answer
    join.vurder-ledelse   the gateway where the ways to it meet
    vurder-under.ja       the arrow of an answer
    from.vurder-ssp       the only arrow out of a node
    to.vurder-ledelse     the one from the gateway where the ways to it meet
    phase.vurder          the phase, in the whole
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from procedure.source.contract import Phase
from procedure.source.flow import Edge, Flow, Kind, Node, Shape
from procedure.words import Words


class Type(StrEnum):
    """The kinds of element, each called what it is in BPMN."""

    START = "startEvent"
    PASSED = "intermediateThrowEvent"
    END = "endEvent"
    STEP = "manualTask"
    QUESTION = "userTask"
    GATEWAY = "exclusiveGateway"


@dataclass(frozen=True)
class Element:
    """A task, an event or a gateway. `node` is the one that it stands for; a gateway stands for none.

    `by_message`: the process begins here only when a message says so, since it usually begins elsewhere.
    """

    id: str
    type: Type
    name: str = ""
    node: Node | None = None
    by_message: bool = False


@dataclass(frozen=True)
class Connection:
    """A sequence flow. `name` is the answer that it stands for, and `condition` when it is taken; else they are empty.

    `edge` is the arrow that it stands for: the one between a node and its own gateway stands for none.
    """

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    edge: Edge | None = None


@dataclass(frozen=True)
class Process:
    """A process, each element before what is between it and the next."""

    elements: tuple[Element, ...]
    connections: tuple[Connection, ...]


def fork_id(node_id: str) -> str:
    """Return the id of the gateway that looks at the answer to a question."""
    return f"fork.{node_id}"


def join_id(node_id: str) -> str:
    """Return the id of the gateway where the ways to a node meet."""
    return f"join.{node_id}"


def only_way_id(node_id: str) -> str:
    """Return the id of the only arrow out of a node."""
    return f"from.{node_id}"


def entry_id(node_id: str) -> str:
    """Return the id of the arrow from where the ways to a node meet."""
    return f"to.{node_id}"


def group_id(phase: Phase) -> str:
    """Return the id of what holds a phase in the whole."""
    return f"phase.{phase.id}"


def variable(node_id: str) -> str:
    """Return what an engine keeps the answer to a question in (`vurder_under`): the answer's name, as text."""
    return node_id.replace("-", "_")


def process_of(words: Words, flow: Flow) -> Process:
    """Return the flow as a process. It must be without findings, and its nodes have their ids of the guide."""
    connections = [*_inside(flow), *(_between(flow, edge) for edge in flow.edges)]
    return Process(tuple(_elements(words, flow)), tuple(connections))


def meets(flow: Flow, node_id: str) -> bool:
    """Return whether several ways lead to the node."""
    return len(flow.ways_in(node_id)) > 1


def _elements(words: Words, flow: Flow) -> Iterator[Element]:
    for node in flow.nodes.values():
        if meets(flow, node.id):
            yield Element(join_id(node.id), Type.GATEWAY)
        kind = _type(flow, node)
        yield Element(node.id, kind, node.text, node, by_message=kind is Type.START and node != flow.starts[0])
        if kind is Type.QUESTION:
            yield Element(fork_id(node.id), Type.GATEWAY, words.text("bpmn.answer"))


def _type(flow: Flow, node: Node) -> Type:
    if node.shape is not Shape.TERMINAL:
        return Type.QUESTION if flow.kind(node) is Kind.QUESTION else Type.STEP
    if not flow.ways_in(node.id):
        return Type.START
    return Type.PASSED if flow.ways_out(node.id) else Type.END


def _inside(flow: Flow) -> Iterator[Connection]:
    """Yield what is between a node and its own gateways."""
    for node in flow.nodes.values():
        if meets(flow, node.id):
            yield Connection(entry_id(node.id), join_id(node.id), node.id)
        if flow.kind(node) is Kind.QUESTION:
            yield Connection(only_way_id(node.id), node.id, fork_id(node.id))


def _between(flow: Flow, edge: Edge) -> Connection:
    target = join_id(edge.target) if meets(flow, edge.target) else edge.target
    if edge.label is None:
        return Connection(only_way_id(edge.source), edge.source, target, edge=edge)
    condition = f"{variable(edge.source)} == '{edge.name}'"
    return Connection(f"{edge.source}.{edge.name}", fork_id(edge.source), target, edge.label, condition, edge)
