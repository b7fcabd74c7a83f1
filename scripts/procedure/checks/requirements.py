"""P21–P25, P31: every requirement stands where it belongs, and none can be gone round."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from procedure.findings import Finding
from procedure.model import CAUTION_BLOCK, Procedure
from procedure.source.contract import Phase
from procedure.source.flow import Flow, Kind, Node
from procedure.source.page import Page, Region


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check traces on phase pages, in diagrams, on checklists and everywhere else."""
    contract = procedure.sound_contract
    known = set(contract.requirements) | {contact.id for contact in contract.contacts}
    if not known:
        return
    yield from _check_ids(procedure, known)
    yield from _check_contacts(procedure)
    for page in procedure.sound_pages:
        for block in page.blocks:
            if block.name == CAUTION_BLOCK and not _is_in_step(procedure, page, block):
                yield from _untraced(page, block)
    for phase, page in procedure.sound_phases:
        others = contract.held_to_the_letter.keys() - {requirement.id for requirement in phase.requirements}
        yield from _check_page(phase, page, others)
        for flow in page.flows[:1]:
            yield from _check_flow(phase, flow, others)
        checklist = procedure.checklist_page(phase.id)
        if checklist in procedure.sound_pages and checklist:
            yield from _check_checklist(procedure.words.text("sections.checklist.id"), phase, checklist, others)


def _check_ids(procedure: Procedure, known: AbstractSet[str]) -> Iterator[Finding]:
    hint = (
        "Ret id'et; de rigtige står på siden »Procedurens ord ved siden af sidens ord«. "
        "Er det gået ud, så slet punktet eller feltet, eller kun id'et, hvor flere deler det."
    )
    letters = {contact.id[:1] for contact in procedure.contract.contacts}
    numbers = {contact.id for contact in procedure.contract.numbers}
    for page in procedure.sound_pages:
        for requirement_id, line in _claims(page):
            if requirement_id not in known:
                what = "Kontakten" if requirement_id[:1] in letters else "Kravet"
                message = f"{what} »{requirement_id}« står ikke i procedure.yml."
                yield Finding(page.path, line, "P23", message, hint)
            elif requirement_id in numbers:
                message = f"»{requirement_id}« er en kontakt med navn og nummer, ikke ord, der kan siges."
                mend = "Slet id'et her. Kontakten vises af blokken »contacts«; skal nummeret stå ved et krav, skrives »call: […]« under kravet i procedure.yml."
                yield Finding(page.path, line, "P23", message, mend)
        for requirement_id, line in _table_rows(page):
            if requirement_id not in procedure.contract.requirements:
                yield Finding(page.path, line, "P23", f"Tabellens »{requirement_id}« er ikke et krav.", hint)
        for fence in page.fences:
            if fence.language == "doers" and not fence.text.strip():
                message = "Tabellen nævner intet krav."
                yield Finding(
                    page.path, fence.line, "P23", message, "Skriv kravenes id'er i blokken, en række på hver linje."
                )


def _claims(page: Page) -> list[tuple[str, int]]:
    """Return every requirement id that the page's blocks and diagrams name, with its line."""
    nodes = [node for flow in page.flows for node in flow.nodes.values()]
    claims = [(requirement_id, trace.line) for trace in page.traces for requirement_id in trace.requirements]
    return claims + [claim for node in nodes for claim in _node_claims(node)]


def _table_rows(page: Page) -> list[tuple[str, int]]:
    """Return the ids in the tables of who does what, each with its line."""
    tables = [fence for fence in page.fences if fence.language == "doers"]
    rows = [row for table in tables for row in enumerate(table.text.split("\n"), start=table.line + 1)]
    return [(requirement_id, line) for line, text in rows for requirement_id in text.split()]


def _node_claims(node: Node) -> list[tuple[str, int]]:
    completed = [(requirement_id, node.completes_line) for requirement_id in node.completes]
    return [*zip(node.requirements, node.requirement_lines, strict=True), *completed]


def _check_contacts(procedure: Procedure) -> Iterator[Finding]:
    """What the source says of a contact without a number stands on the page of contacts."""
    page = procedure.pages.get(procedure.roles.contacts)
    if page is None or page not in procedure.sound_pages:
        return
    sentences = procedure.sound_contract.sentences
    alone = [trace.requirements for trace in page.traces if set(trace.requirements) <= sentences.keys()]
    covered = {row_id for requirements in alone for row_id in requirements}
    if not all(trace.is_sound for trace in page.traces):
        return
    for contact in sentences.values():
        if contact.id not in covered:
            message = f"Kontakten »{contact.id}« er ikke dækket: {contact.quote}"
            hint = f'Skriv den som et afsnit på siden med linjen {{ data-req="{contact.id}" }} under.'
            yield Finding(page.path, 1, "P21", message, hint)


def _check_page(phase: Phase, page: Page, others: AbstractSet[str]) -> Iterator[Finding]:
    """Each requirement is traced under its own step's heading."""
    own = {requirement.id: requirement for requirement in phase.requirements}
    steps = {step.id: step for step in phase.steps}
    headings = [heading for heading in page.headings if heading.id in steps]
    covered = {requirement_id for trace in page.traces for requirement_id in trace.requirements}
    for trace in page.traces:
        for requirement_id in trace.requirements:
            if requirement_id in others:
                yield _wrong_phase(page.path, trace.line, requirement_id, phase)
            elif requirement_id in own:
                step = steps[own[requirement_id].step]
                regions = [page.under_heading(heading) for heading in headings if heading.id == step.id]
                if regions and not any(region.holds(trace.line) for region in regions):
                    message = f"Kravet »{requirement_id}« står uden for sit trin »{step.title}«."
                    yield Finding(page.path, trace.line, "P24", message, f"Flyt punktet ind under »{step.title}«.")
    for heading in headings:
        untraced = list(_untraced(page, page.under_heading(heading)))
        yield from untraced
        # An item with a wrong trace, or with none, may be the one that stands for what is missing.
        if untraced or _has_wrong_claim(page, page.under_heading(heading), own.keys()):
            continue
        step = steps[str(heading.id)]
        for requirement in step.requirements:
            if requirement.id not in covered:
                message = f"Kravet »{requirement.id}« er ikke dækket: {requirement.quote}"
                hint = (
                    f'Skriv det som et punkt under »{step.title}« med linjen {{ data-req="{requirement.id}" }} under.'
                )
                yield Finding(page.path, heading.line, "P21", message, hint)


def _is_in_step(procedure: Procedure, page: Page, block: Region) -> bool:
    phase = procedure.contract.phase(page.name) if page.folder == procedure.phases_folder else None
    steps = {step.id for step in phase.steps} if phase else set()
    return any(page.under_heading(h).holds(block.first_line) for h in page.headings if h.id in steps)


def _untraced(page: Page, region: Region) -> Iterator[Finding]:
    """Yield the items in a region that stand for nothing in the source: none may, among steps and what must never be done."""
    for text in page.texts:
        if text.is_listed and region.holds(text.line):
            hint = 'Skriv en linje som { data-req="V1" } under punktet; det, kilden ikke siger, hører ikke til her.'
            yield Finding(page.path, text.line, "P31", "Punktet er ikke sporet til noget krav.", hint)


def _has_wrong_claim(page: Page, region: Region, own: AbstractSet[str]) -> bool:
    """Return whether a block there names a requirement of no or of another phase, or is broken: it may be meant for a missing one."""
    traces = [trace for trace in page.traces if region.holds(trace.line)]
    return any(not trace.is_sound or not own >= set(trace.requirements) for trace in traces)


def _wrong_phase(path: str, line: int, requirement_id: str, phase: Phase) -> Finding:
    message = f"Kravet »{requirement_id}« hører ikke til fasen »{phase.title}«."
    return Finding(path, line, "P24", message, "Ret id'et, eller flyt punktet til den fase, det hører til.")


def _check_flow(phase: Phase, flow: Flow, others: AbstractSet[str]) -> Iterator[Finding]:
    own = {requirement.id for requirement in phase.requirements}
    # A node with a wrong trace, or with none, may be the one that stands for what is gone round.
    unsure = set(flow.gaps.traces)
    for node in flow.nodes.values():
        for requirement_id, line in _node_claims(node):
            if requirement_id in others:
                yield _wrong_phase(flow.path, line, requirement_id, phase)
        is_instruction = flow.kind(node) in (Kind.STEP, Kind.QUESTION)
        if not _node_claims(node) and is_instruction and node.id not in unsure | flow.gaps.labels:
            message = f"»{node.text}« er ikke sporet til noget krav."
            hint = f"Skriv det krav, feltet står for: %% krav {node.id}: … Siger feltet kun et svar: %% svar {node.id}: … Står det ikke for noget krav, er det ikke proceduren; slet det."
            yield Finding(flow.path, node.line, "F19", message, hint)
            unsure.add(node.id)
        if not own.issuperset(node.requirements):
            unsure.add(node.id)
    yield from _check_ways_around(phase, flow, unsure)


def _check_ways_around(phase: Phase, flow: Flow, unsure: AbstractSet[str]) -> Iterator[Finding]:
    """No way from the start to an end misses a requirement that must lie on every path.

    A node in `unsure` may stand for any of them.
    """
    if not flow.sure_starts:
        return
    start = flow.sure_starts[0].id
    ends = {end.id for end in flow.ends} - flow.gaps.arrows
    for requirement in phase.requirements:
        carriers = {node.id for node in flow.nodes.values() if requirement.id in node.requirements} | unsure
        around = flow.reachable(start, without=carriers) & ends
        if requirement.every_path and around:
            end = flow.nodes[min(around)]
            message = f"Der er en vej gennem diagrammet til »{end.text}« uden om kravet »{requirement.id}«: {requirement.quote}"
            answers = [
                f"»{flow.nodes[edge.source].text}« {edge.label}"
                for edge in flow.way(start, end.id, carriers)
                if edge.label
            ]
            if answers:
                message += f" Den går sådan: {', '.join(answers)}."
            hint = f"Lad alle veje gå gennem et felt med sporet »%% krav …: {requirement.id}«."
            yield Finding(flow.path, flow.line, "P25", message, hint)


def _check_checklist(section_id: str, phase: Phase, page: Page, others: AbstractSet[str]) -> Iterator[Finding]:
    section = page.section(section_id)
    if section is None:
        return
    inside = [trace for trace in page.traces if section.holds(trace.line)]
    for trace in inside:
        for requirement_id in trace.requirements:
            if requirement_id in others:
                yield _wrong_phase(page.path, trace.line, requirement_id, phase)
    own = {requirement.id for requirement in phase.requirements}
    # An item to tick that stands outside of the section is a fault of its own (C16).
    listed = {i for trace in page.traces if trace.is_task or trace in inside for i in trace.requirements}
    untraced = {line for line in page.tasks if section.holds(line)} - {trace.line for trace in inside}
    # An item with a wrong trace, or with none, may be the one that stands for what is missing.
    if untraced or not page.tasks or _has_wrong_claim(page, section, own):
        return
    for requirement in phase.requirements:
        if requirement.id not in listed:
            message = f"Kravet »{requirement.id}« står ikke på tjeklisten: {requirement.quote}"
            hint = f'Skriv det som et punkt med linjen {{ data-req="{requirement.id}" }} under; flere krav kan dele et punkt.'
            yield Finding(page.path, section.first_line, "P22", message, hint)
