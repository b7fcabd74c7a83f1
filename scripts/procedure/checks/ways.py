"""F26–F29: a diagram is one course, its nodes lead to what they stand for, and its ways can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.derive.addresses import resolve
from procedure.derive.routes import count_routes
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.contract import Phase
from procedure.source.flow import Flow, Kind, Node

# More ways than this through one diagram nobody can read, print or approve.
_MOST_ROUTES = 200


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check each flow; what is unsure in one, since something could not be read, is not judged."""
    phases = {page.path: phase for phase, page in procedure.sound_phases}
    for page in procedure.sound_pages:
        for flow in page.flows[:1]:
            yield from _check_course(flow)
            if flow.path == procedure.roles.overview:
                yield from _check_overview(procedure, flow)
            elif flow.path in phases:
                yield from _check_read_more(phases[flow.path], flow)


def _check_course(flow: Flow) -> Iterator[Finding]:
    for node in flow.nodes.values():
        if flow.kind(node) is Kind.START and flow.ways_in(node.id) and node.id not in flow.gaps.labels:
            message = f"»{node.text}« er skrevet som en start, men en pil fører til det."
            hint = f"Skriv det som et trin, {node.id}[…], eller slet pilen til det eller pilen fra det."
            yield Finding(flow.path, node.line, "F26", message, hint)
    if not flow.cycle():
        routes = count_routes(flow)
        if routes > _MOST_ROUTES:
            message = f"Der er {routes} veje gennem diagrammet; der kan højst være {_MOST_ROUTES}."
            hint = "Stil færre spørgsmål efter hinanden, eller del fasen i to."
            yield Finding(flow.path, flow.line, "F29", message, hint)


def _check_read_more(phase: Phase, flow: Flow) -> Iterator[Finding]:
    """A node leads to the step that it stands for.

    The first of a step always does. The others may rely on that one, all of them or none: one that does not is lost.
    """
    step_of = {requirement.id: step.id for step in phase.steps for requirement in step.requirements}
    titles = {step.id: step.title for step in phase.steps}
    nodes: dict[str, list[Node]] = {}
    for node in flow.nodes.values():
        steps = dict.fromkeys(step_of[i] for i in (*node.requirements, *node.completes) if i in step_of)
        if flow.kind(node) not in (Kind.STEP, Kind.QUESTION) or not steps:
            continue
        if node.target is None:
            nodes.setdefault(next(iter(steps)), []).append(node)
            continue
        place = node.target.removeprefix("#") if node.target.startswith("#") else ""
        for step in steps:
            nodes.setdefault(step, []).append(node)
        is_sure = node.id not in flow.gaps.clicks | flow.gaps.traces
        if is_sure and place not in steps and (place in titles or not place):
            message = f"»{node.text}« står for trinnet »{titles[next(iter(steps))]}«, men fører til »{node.target}«."
            hint = f'Er sporet rigtigt, så skriv: click {node.id} "#{next(iter(steps))}"'
            yield Finding(flow.path, node.target_line, "F27", message, hint)
    # A node that could not be read, or what it stands for, may be the first of its step.
    is_first_sure = not flow.gaps.names and not flow.gaps.traces
    for step, members in nodes.items():
        first, *others = members
        lost = [first] if first.target is None and is_first_sure else []
        if any(node.target is not None for node in others):
            lost += [node for node in others if node.target is None]
        for node in (node for node in lost if node.id not in flow.gaps.clicks | flow.gaps.traces):
            message = f"»{node.text}« fører ikke til sit trin »{titles[step]}«."
            yield Finding(flow.path, node.line, "F27", message, f'Tilføj linjen: click {node.id} "#{step}"')


def _check_overview(procedure: Procedure, flow: Flow) -> Iterator[Finding]:
    """Each step of the whole course is a phase, and leads to it; none is missing."""
    page = procedure.pages[flow.path]
    phases = {procedure.phase_path(phase.id): phase for phase in procedure.sound_contract.phases}
    folder = procedure.words.text("folders.phases")
    shown, lost = set(), bool(flow.gaps.names or flow.gaps.clicks)
    for node in flow.nodes.values():
        if flow.kind(node) is not Kind.STEP:
            continue
        if node.target is None and node.id in flow.gaps.clicks:
            continue
        if node.target is None:
            lost = True
            message = f"»{node.text}« fører ikke til sin fase."
            hint = f'Tilføj linjen: click {node.id} "{folder}/….md" med fasens fil.'
            yield Finding(flow.path, node.line, "F28", message, hint)
        else:
            shown.add(resolve(page, node.target).path)
    for path, phase in phases.items():
        # A node that leads nowhere, or to what is not there, may be the missing phase.
        if path not in shown and not lost and shown <= phases.keys():
            message = f"Hele forløbet viser ikke fasen »{phase.heading}«."
            hint = f'Tilføj et trin med fasens navn og linjen: click navn "{folder}/{phase.id}.md"'
            yield Finding(flow.path, flow.line, "F28", message, hint)
