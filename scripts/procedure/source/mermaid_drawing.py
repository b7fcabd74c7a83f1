"""What has been read of one Mermaid diagram: made into a flow, with what is lost and what names nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from procedure.findings import Finding
from procedure.source.answer_names import NameLine, check_names, with_names
from procedure.source.flow import Edge, Flow, Gaps, Node, Shape

NODE_NAME = re.compile(r"\w+(?:-\w+)*")
_ID = re.compile(r"[a-z][a-z0-9_]*")
# A statement that begins so holds no arrow.
_NO_ARROW = re.compile(r"(click|flowchart|graph|subgraph|style|classDef|class|linkStyle|direction)\b|%%")


@dataclass
class Drawing:
    """What has been read so far; `unread` are the statements that could not be."""

    path: str
    nodes: dict[str, Node] = field(default_factory=dict)
    mentioned: dict[str, int] = field(default_factory=dict)
    open_subgraphs: int = 0
    edges: list[Edge] = field(default_factory=list)
    clicks: dict[str, tuple[str, int]] = field(default_factory=dict)
    traces: dict[str, dict[str, dict[str, int]]] = field(default_factory=lambda: {"krav": {}, "svar": {}})
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    answer_names: list[NameLine] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unread_traces: list[str] = field(default_factory=list)
    two_texts: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def report(self, line: int, code: str, message: str, hint: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(self.path, line, code, message, hint))

    def finished(self, flow_id: str, source: str, fence_line: int) -> Flow:
        """Return the flow, and report what names or describes nothing."""
        self._report_names()
        self.edges = list(with_names(self.edges, self.answer_names))
        self._join_loose_lines()
        gaps = self._gaps()
        self._report_loose_lines(gaps)
        title, title_line = self.names.get("accTitle", ("", fence_line))
        description, _ = self.names.get("accDescr", ("", fence_line))
        told = (("accTitle", title, "F12", "titel"), ("accDescr", description, "F13", "beskrivelse"))
        for key, text, code, what in told:
            # Where it could not be read, or nothing could, that is said already.
            if not text and self.nodes and not any(key in statement for statement in self.unread):
                message = f"Diagrammet mangler sin {what} ({key})."
                self.report(fence_line, code, message, f"Skriv »{key}: …« under »flowchart TD«.")
        return Flow(
            flow_id, self.path, fence_line, source, title, title_line, description,
            self.nodes, tuple(e for e in self.edges if e.source in self.nodes and e.target in self.nodes), gaps,
        )  # fmt: skip

    def _report_names(self) -> None:
        """Report each name that cannot be an id, once, where it first stands."""
        reported = {finding.line for finding in self.findings}
        for name, line in self.mentioned.items():
            if not _ID.fullmatch(name) and line not in reported:
                message = f"»{name}« kan ikke være navnet på et felt."
                self.report(
                    line, "F01", message, "Brug små bogstaver (a–z), tal og _; skriv æ, ø og å som ae, oe og aa."
                )

    def _join_loose_lines(self) -> None:
        """Give clicks and traces to their nodes."""
        for node_id, (target, line) in self.clicks.items():
            if node_id in self.nodes:
                self.nodes[node_id] = replace(self.nodes[node_id], target=target, target_line=line)
        for node_id, node in self.nodes.items():
            traced, completed = (self.traces[mark].get(node_id, {}) for mark in ("krav", "svar"))
            self.nodes[node_id] = replace(
                node,
                requirements=tuple(traced),
                requirement_lines=tuple(traced.values()),
                completes=tuple(completed),
                completes_line=min(completed.values(), default=0),
            )

    def _report_loose_lines(self, gaps: Gaps) -> None:
        """Report each name that no node has, but for those that another finding explains."""
        unread = _names_in(self.unread)
        for node_id, line in self.mentioned.items():
            if node_id not in self.nodes and node_id not in unread and _ID.fullmatch(node_id):
                message = f"»{node_id}« har ingen tekst og ingen form."
                hint = f"Ret navnet, eller giv feltet en tekst, fx »{node_id}[Tekst]«."
                self.report(line, "F16", message, hint)
        known = self.nodes.keys() | gaps.names
        for node_id, (_, line) in self.clicks.items():
            if node_id not in known:
                message = f"click-linjen nævner »{node_id}«, som ikke er i diagrammet."
                self.report(line, "F15", message, "Ret navnet, eller slet linjen.")
        names = [said for said in self.answer_names if said.node not in gaps.names | gaps.arrows]
        self.findings += check_names(self.path, self.edges, names)
        for node_id, lines in [row for traces in self.traces.values() for row in traces.items()]:
            if node_id not in known:
                message = f"Sporet nævner »{node_id}«, som ikke er i diagrammet."
                self.report(min(lines.values()), "F18", message, "Ret navnet, eller slet linjen.")

    def _gaps(self) -> Gaps:
        """Return what is unsure: all that stands in a line that could not be read, and what may be meant by a name of no node."""
        arrows = [statement for statement in self.unread if not _NO_ARROW.match(statement)]
        # A quote that is not closed takes whole lines with it.
        swallowed = [statement for statement in self.unread if "\n" in statement]
        clicks = [*(statement for statement in self.unread if statement.startswith("click")), *swallowed]
        traces = [*self.unread_traces, *swallowed]
        names = _names_in(arrows) | self.mentioned.keys() - self.nodes.keys()
        lost = names - self.nodes.keys()
        beside = {e.source for e in self.edges if e.target in lost} | {e.target for e in self.edges if e.source in lost}
        unclaimed = [node.id for node in self.nodes.values() if not node.requirements and not node.completes]
        traced = [*traces, *(node_id for traces in self.traces.values() for node_id in traces)]
        leading = [*clicks, *self.clicks]
        untargeted = [node.id for node in self.nodes.values() if node.target is None]
        return Gaps(
            frozenset(lost),
            frozenset(self.two_texts),
            frozenset((names | beside | (self._orphans() if names else set())) & self.nodes.keys()),
            self._meant(clicks, leading, lost, untargeted),
            self._meant(traces, traced, lost, unclaimed),
        )

    def _meant(
        self, unread: Collection[str], statements: Collection[str], lost: Collection[str], bare: Collection[str]
    ) -> frozenset[str]:
        """Return the nodes that lines could be about: those named in an unread one, and all the bare where a line names none."""
        known = self.nodes.keys() | set(lost)
        is_loose = any(known.isdisjoint(NODE_NAME.findall(statement)) for statement in statements)
        return frozenset((_names_in(unread) & self.nodes.keys()) | (set(bare) if is_loose else set()))

    def _orphans(self) -> set[str]:
        """Return the nodes that seem to lack an arrow: one that leads to no node may be theirs."""
        sources, targets = [edge.source for edge in self.edges], {edge.target for edge in self.edges}
        few = {Shape.TERMINAL: 0, Shape.STEP: 1, Shape.QUESTION: 2}
        return {
            node.id
            for node in self.nodes.values()
            if sources.count(node.id) < few[node.shape]
            or (node.id not in targets and (node.shape is not Shape.TERMINAL or node.id not in sources))
        }


def _names_in(statements: Collection[str]) -> set[str]:
    return {name for statement in statements for name in NODE_NAME.findall(statement)}
