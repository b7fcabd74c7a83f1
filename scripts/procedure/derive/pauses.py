"""Between which points a checklist is used, in the words of the flows: where it begins, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from procedure.derive.addresses import resolve
from procedure.derive.guide import phase_flows
from procedure.model import Procedure
from procedure.phrases import way_on
from procedure.source.contract import Phase
from procedure.source.flow import Flow, Node


@dataclass(frozen=True)
class Done:
    """What follows when a list is done.

    `text` is the end's own, and `phase` where it leads, or None. Where a phase has more than one end, `answer` to
    `question` is what leads to this one, and `lead` says so before the text; else they are empty.
    """

    text: str
    phase: Phase | None
    question: str = ""
    answer: str = ""
    lead: str = ""

    @property
    def whole(self) -> str:
        """The end as one text, with its answer."""
        return f"{self.lead}{self.text}"


def done(procedure: Procedure, phase: Phase) -> tuple[Done, ...]:
    """Return every end of the phase, in the order of its diagram; nothing where that cannot be read."""
    flow = next((flow for other, flow in phase_flows(procedure) if other == phase), None)
    if flow is None:
        return ()
    asked = [_deciding(flow, end) if len(flow.ends) > 1 else ("", "") for end in flow.ends]
    return tuple(
        Done(
            end.text,
            _led_to(procedure, flow, end),
            question,
            answer,
            procedure.words.text("sheet.answer", answer=answer) if answer else "",
        )
        for end, (question, answer) in zip(flow.ends, asked, strict=True)
    )


def begins(procedure: Procedure, phase: Phase) -> str:
    """Return when the phase's list is used, as one sentence; nothing where no flow says so.

    That is after the phases that lead to it, by the answer that does, or as the whole procedure begins.
    """
    words, key = procedure.words, "sheet.use"
    ways = [
        words.text("sheet.after_answer", number=before.number, question=end.question, answer=end.answer)
        if end.answer
        else words.text("sheet.after_phase", number=before.number, title=before.title)
        for before in procedure.contract.phases
        for end in done(procedure, before)
        if end.phase == phase
    ]
    if not ways:
        overview = procedure.pages.get(procedure.roles.overview)
        starts = [start for flow in (overview.flows if overview else ())[:1] for start in flow.starts]
        ways, key = [words.text("sheet.when", start=_small(start.text)) for start in starts], "sheet.use_when"
    return words.text(key, when=words.text("sheet.or").join(ways)) if ways else ""


def first_done(procedure: Procedure) -> tuple[Done, ...]:
    """Return what follows the list for right now: the first phase."""
    return tuple(Done(way_on(procedure.words, phase), phase) for phase in procedure.contract.phases[:1])


def _deciding(flow: Flow, end: Node) -> tuple[str, str]:
    """Return the last question, and its answer, that every way to the end passes; empty where there is none."""
    node_id = end.id
    # No way is longer than this, also where the flow still has a ring.
    for _ in flow.nodes:
        ways = flow.ways_in(node_id)
        if len(ways) != 1:
            break
        node_id = ways[0].source
        if ways[0].label is not None:
            return flow.nodes[node_id].text, ways[0].label
    return "", ""


def _led_to(procedure: Procedure, flow: Flow, end: Node) -> Phase | None:
    path = resolve(procedure.pages[flow.path], end.target).path if end.target else ""
    return next((phase for phase in procedure.contract.phases if path == procedure.phase_path(phase.id)), None)


def _small(text: str) -> str:
    """Return the text as it goes on after other words."""
    return text[:1].lower() + text[1:]
