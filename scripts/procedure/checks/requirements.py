"""P21–P25: every requirement stands where it belongs, and none can be gone round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.contract import Phase
from procedure.findings import Finding
from procedure.flow import Flow, Kind
from procedure.model import Procedure
from procedure.page import Page, Trace


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check traces on phase pages, in diagrams, on checklists and everywhere else."""
    known = set(procedure.sound_contract.requirements) | {c.id for c in procedure.sound_contract.contacts}
    if not known:
        return
    for page in procedure.sound_pages:
        for trace in page.traces:
            for requirement_id in trace.requirements:
                if requirement_id not in known:
                    yield _unknown(page.path, trace.line, requirement_id)
        for flow in page.flows:
            for node in flow.nodes.values():
                for requirement_id in node.requirements:
                    if requirement_id not in known:
                        yield _unknown(page.path, node.line, requirement_id)
    for phase, page in procedure.sound_phases:
        yield from _check_page(phase, page, known)
        for flow in page.flows[:1]:
            if procedure.has_sound_flow(flow):
                yield from _check_flow(phase, flow, known)
        checklist = procedure.checklist_page(phase.id)
        if checklist in procedure.sound_pages and checklist:
            yield from _check_checklist(phase, checklist, known)


def _unknown(path: str, line: int, requirement_id: str) -> Finding:
    message = f"Kravet »{requirement_id}« står ikke i procedure.yml."
    return Finding(path, line, "P23", message, "Ret id'et; de rigtige står på siden Sporbarhed.")


def _check_page(phase: Phase, page: Page, known: set[str]) -> Iterator[Finding]:
    """Each requirement is traced under its own step's heading."""
    headings = {heading.id: heading for heading in page.headings}
    regions = {step.id: page.under_heading(headings[step.id]) for step in phase.steps if step.id in headings}
    covered: set[str] = set()
    own = {requirement.id: requirement for requirement in phase.requirements}
    for trace in page.traces:
        for requirement_id in trace.requirements:
            requirement = own.get(requirement_id)
            if requirement is None:
                if requirement_id in known:
                    yield _wrong_phase(page.path, trace.line, requirement_id, phase)
                continue
            covered.add(requirement_id)
            region = regions.get(requirement.step)
            if region and not region.holds(trace.line):
                message = f"Kravet »{requirement_id}« står uden for sit trin »{region.title}«."
                yield Finding(page.path, trace.line, "P24", message, f"Flyt punktet ind under »{region.title}«.")
    for step in phase.steps:
        missing = [requirement for requirement in step.requirements if requirement.id not in covered]
        for requirement in missing if step.id in regions else []:
            message = f"Kravet »{requirement.id}« er ikke dækket: {requirement.text}"
            hint = f'Skriv det som et punkt under »{step.title}« med linjen {{ data-req="{requirement.id}" }} under.'
            yield Finding(page.path, headings[step.id].line, "P21", message, hint)


def _wrong_phase(path: str, line: int, requirement_id: str, phase: Phase) -> Finding:
    message = f"Kravet »{requirement_id}« hører ikke til fasen »{phase.title}«."
    return Finding(path, line, "P24", message, "Ret id'et, eller flyt punktet til den fase, det hører til.")


def _check_flow(phase: Phase, flow: Flow, known: set[str]) -> Iterator[Finding]:
    own = {requirement.id for requirement in phase.requirements}
    for node in flow.nodes.values():
        wrong = [r for r in node.requirements if r in known and r not in own and not r.startswith("K")]
        for requirement_id in wrong:
            yield _wrong_phase(flow.path, node.line, requirement_id, phase)
        if not node.requirements and flow.kind(node) in (Kind.STEP, Kind.QUESTION):
            message = f"»{node.text}« er ikke sporet til noget krav."
            hint = f"Tilføj linjen »%% krav {node.id}: …« med det krav, feltet står for; nye trin hører ikke til."
            yield Finding(flow.path, node.line, "F19", message, hint)
    if flow.cycle() or not flow.starts:
        return
    start = flow.starts[0].id
    reached = flow.reachable(start)
    for requirement in phase.requirements:
        carriers = {node.id for node in flow.nodes.values() if requirement.id in node.requirements}
        ends = {end.id for end in flow.ends if end.id in reached}
        around = flow.reachable(start, without=carriers) & ends
        if requirement.every_path and around:
            end = flow.nodes[min(around)]
            message = f"Der er en vej gennem diagrammet til »{end.text}« uden om kravet »{requirement.id}«: {requirement.text}"
            hint = f"Lad alle veje gå gennem et felt med sporet »%% krav …: {requirement.id}«."
            yield Finding(flow.path, flow.line, "P25", message, hint)


def _check_checklist(phase: Phase, page: Page, known: set[str]) -> Iterator[Finding]:
    section = page.section("tjekliste")
    if section is None:
        return
    inside: list[Trace] = [trace for trace in page.traces if section.holds(trace.line)]
    own = {requirement.id for requirement in phase.requirements}
    listed = {requirement_id for trace in inside for requirement_id in trace.requirements}
    for trace in inside:
        for requirement_id in trace.requirements:
            if requirement_id in known and requirement_id not in own:
                yield _wrong_phase(page.path, trace.line, requirement_id, phase)
    for requirement in phase.requirements if page.tasks else ():
        if requirement.id not in listed and not requirement.information_only:
            message = f"Kravet »{requirement.id}« står ikke på tjeklisten: {requirement.text}"
            hint = f'Skriv det som et punkt med linjen {{ data-req="{requirement.id}" }} under; flere krav kan dele et punkt.'
            yield Finding(page.path, section.first_line, "P22", message, hint)
