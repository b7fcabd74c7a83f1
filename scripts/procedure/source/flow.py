"""A decision flow as a graph: what its nodes are, and where the ways through it go."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Shape(StrEnum):
    """The three Mermaid shapes of the subset, by what each means."""

    TERMINAL = "terminal"
    STEP = "step"
    QUESTION = "question"


class Kind(StrEnum):
    """What a node is in its flow: a terminal is a start or an end by its arrows."""

    START = "start"
    END = "end"
    STEP = "step"
    QUESTION = "question"


@dataclass(frozen=True)
class Node:
    """A box in the diagram.

    `text` is the label as read, with a line break as one space. `requirements` are the ids it is
    traced to, `requirement_lines` the line each is written on. `completes` are those whose answer the node only
    completes (»Der laves en underretning«): it is then no instruction of the procedure. `target` is the address in its
    `click` line, or None.
    """

    id: str
    shape: Shape
    text: str
    line: int
    requirements: tuple[str, ...] = ()
    target: str | None = None
    target_line: int = 0
    requirement_lines: tuple[int, ...] = ()
    completes: tuple[str, ...] = ()
    completes_line: int = 0


@dataclass(frozen=True)
class Edge:
    """An arrow; `label` is the answer it stands for, where it leaves a question, and `name` the answer's in addresses."""

    source: str
    target: str
    label: str | None
    line: int
    name: str = ""


@dataclass(frozen=True)
class Gaps:
    """What of a flow could not be read, each with a finding of its own: what may follow from it is not judged.

    `names` are the nodes that may be lost. The others are nodes that are there, but of which that is unsure: the text
    and the shape (`labels`), whether they have more arrows, where they lead (`clicks`), and what they are traced to.
    """

    names: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    arrows: frozenset[str] = frozenset()
    clicks: frozenset[str] = frozenset()
    traces: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Flow:
    """One Mermaid flowchart of the subset.

    `id` is the name of its page (`vurder`), `line` the line of the opening fence in `path`, `title_line` that of its
    title, and `source` the Mermaid text between the fences, as written.
    """

    id: str
    path: str
    line: int
    source: str
    title: str
    title_line: int
    description: str
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    gaps: Gaps = Gaps()

    @cached_property
    def _ways_out(self) -> Mapping[str, tuple[Edge, ...]]:
        return {key: tuple(e for e in self.edges if e.source == key) for key in self.nodes}

    @cached_property
    def _ways_in(self) -> Mapping[str, tuple[Edge, ...]]:
        return {key: tuple(e for e in self.edges if e.target == key) for key in self.nodes}

    def ways_out(self, node_id: str) -> tuple[Edge, ...]:
        """Return the arrows out of a node, in the order they are written."""
        return self._ways_out[node_id]

    def ways_in(self, node_id: str) -> tuple[Edge, ...]:
        """Return the arrows into a node."""
        return self._ways_in[node_id]

    def kind(self, node: Node) -> Kind:
        """Return what the node is; a terminal that something leaves is a start."""
        if node.shape is Shape.TERMINAL:
            return Kind.START if self.ways_out(node.id) else Kind.END
        return Kind(node.shape.value)

    @cached_property
    def starts(self) -> tuple[Node, ...]:
        """The nodes that no arrow leads to, in the order they are written."""
        return tuple(node for node in self.nodes.values() if not self.ways_in(node.id))

    @property
    def sure_starts(self) -> tuple[Node, ...]:
        """The starts, but for those that may only seem so because an arrow could not be read."""
        return tuple(n for n in self.starts if self.kind(n) is Kind.START or n.id not in self.gaps.arrows)

    @property
    def ends(self) -> tuple[Node, ...]:
        """The terminals that nothing leaves."""
        return tuple(node for node in self.nodes.values() if self.kind(node) is Kind.END)

    def reachable(self, start: str, without: Collection[str] = ()) -> frozenset[str]:
        """Return the nodes reached from `start` when those in `without` may not be entered."""
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            node_id = waiting.pop()
            if node_id in reached or node_id in without:
                continue
            reached.add(node_id)
            waiting.extend(edge.target for edge in self.ways_out(node_id))
        return frozenset(reached)

    def way(self, start: str, goal: str, without: Collection[str] = ()) -> tuple[Edge, ...]:
        """Return the arrows of one shortest way between two nodes that enters none of those in `without`, or nothing."""
        arrived: dict[str, tuple[Edge, ...]] = {start: ()}
        waiting = deque([start])
        while waiting and goal not in arrived:
            node_id = waiting.popleft()
            for edge in self.ways_out(node_id):
                if edge.target not in arrived and edge.target not in without:
                    arrived[edge.target] = (*arrived[node_id], edge)
                    waiting.append(edge.target)
        return arrived.get(goal, ())

    def cycle(self) -> tuple[str, ...]:
        """Return the nodes of one cycle, or nothing where the flow has none."""
        unchecked = dict.fromkeys(self.nodes)
        while unchecked:
            trail: list[tuple[str, Iterator[Edge]]] = []
            node_id = next(iter(unchecked))
            trail.append((node_id, iter(self.ways_out(node_id))))
            on_trail = {node_id}
            while trail:
                edge = next(trail[-1][1], None)
                if edge is None:
                    done, _ = trail.pop()
                    on_trail.discard(done)
                    unchecked.pop(done, None)
                elif edge.target in on_trail:
                    ids = [key for key, _ in trail]
                    return tuple(ids[ids.index(edge.target) :])
                elif edge.target in unchecked:
                    on_trail.add(edge.target)
                    trail.append((edge.target, iter(self.ways_out(edge.target))))
        return ()
