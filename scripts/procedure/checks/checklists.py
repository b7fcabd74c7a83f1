"""P09–P11, P26, P27, P31, P34, P35: every phase has a checklist that fits a sheet, and its page leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.derive.sheet_items import left_out, sheet_sections
from procedure.derive.sheets import BOXES
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.page import Page, Region

# More items than this do not fit one sheet at a size that can be read.
_MAX_ITEMS = 9


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check that each checklist is there, has one to nine traced items, and that its phase's page leads to it."""
    names = [phase.id for phase in procedure.sound_contract.phases]
    if not names:
        return
    names += filter(None, [procedure.roles.right_now])
    pages = [p for p in procedure.pages.values() if p.folder == procedure.checklists_folder and p.name != "index"]
    missing = [name for name in names if procedure.checklist_page(name) is None]
    strays = [page for page in pages if procedure.is_stray(page)]
    # A checklist of no phase may be the missing one under a wrong name.
    for name in missing if not strays else ():
        path = procedure.checklist_path(name)
        message = f"Tjeklisten »{name}« mangler."
        yield Finding(path, 1, "P09", message, f"Opret {path}, eller ret filens navn til det.")
    for page in strays:
        message = f"Tjeklisten »{page.name}« hører ikke til en fase."
        yield Finding(page.path, 1, "P10", message, f"Ret filens navn til et af disse: {', '.join(missing or names)}.")
    for page in pages:
        if page in procedure.sound_pages:
            yield from _check_items(page, procedure.words.text("sections.checklist.id"))
    yield from _check_sheets(procedure, [page for page in pages if page not in strays], strays)
    yield from _check_ways(procedure)


def _check_ways(procedure: Procedure) -> Iterator[Finding]:
    """Check that each phase's page leads on from its steps, to its checklist too, once and to its own."""
    phases = {page.path: phase.id for phase, page in procedure.sound_phases}
    for page in procedure.sound_pages:
        frames = [fence for fence in page.fences if fence.language == "phase"]
        name = phases.get(page.path)
        if name is None:
            for fence in frames if not procedure.is_stray(page) else ():
                message = "Blokken »phase« hører kun til på en fases side."
                yield Finding(page.path, fence.line, "P11", message, "Slet blokken, eller flyt den til fasens side.")
            continue
        mend = f"Skriv ```phase, {name} og ``` på hver sin linje efter trinnene."
        if not frames:
            heading = page.heading(procedure.words.text("sections.steps.id"))
            message = "Siden viser ikke vej til sin tjekliste: Den mangler blokken »phase«."
            yield Finding(page.path, heading.line if heading else 1, "P11", message, mend)
        for fence in frames[:1]:
            if fence.text.strip() != name:
                message = f"Blokken »phase« nævner »{fence.text.strip()}« i stedet for sidens egen fase."
                yield Finding(page.path, fence.line, "P11", message, f"Skriv {name} i blokken.")
        for fence in frames[1:]:
            message = f"Blokken »phase« står {len(frames)} gange på siden."
            yield Finding(page.path, fence.line, "P11", message, "Slet den ene.")


def _check_items(page: Page, section_id: str) -> Iterator[Finding]:
    section = page.section(section_id)
    if section is None:
        message = "Tjeklisten har intet afsnit, som arket kan laves af."
        hint = f"Sæt <!-- --8<-- [start:{section_id}] --> før listen og <!-- --8<-- [end:{section_id}] --> efter."
        yield Finding(page.path, 1, "P11", message, hint)
        return
    items = [line for line in page.tasks if section.holds(line)]
    if not items:
        message = "Tjeklisten er tom."
        yield Finding(page.path, section.first_line, "P26", message, "Skriv punkter, der begynder med »- [ ] «.")
    if len(items) > _MAX_ITEMS:
        message = f"Tjeklisten har {len(items)} punkter; der er plads til {_MAX_ITEMS} på et ark."
        yield Finding(page.path, items[_MAX_ITEMS], "P27", message, "Lad to krav, der hører sammen, dele et punkt.")
    traced = {trace.line for trace in page.traces}
    for line in items:
        if line not in traced:
            message = "Punktet er ikke sporet til noget krav."
            hint = (
                'Skriv en linje som { data-req="V1" } under punktet; det, kilden ikke siger, hører ikke til på listen.'
            )
            yield Finding(page.path, line, "P31", message, hint)


def _check_sheets(procedure: Procedure, checklists: list[Page], strays: list[Page]) -> Iterator[Finding]:
    for page in procedure.sound_pages:
        if page not in strays:
            yield from _check_frame(page, page.name if page in checklists else "")
    for page in checklists:
        for source, section in sheet_sections(procedure, page) if page in procedure.sound_pages else ():
            if source in procedure.sound_pages:
                yield from _check_left_out(source, section)


def _check_frame(page: Page, own_name: str) -> Iterator[Finding]:
    """Check that a checklist's page has one frame, its own; `own_name` is empty where the page is none."""
    frames = [fence for fence in page.fences if fence.language == "sheet"]
    if not own_name:
        for fence in frames:
            message = "Blokken »sheet« hører kun til på en tjeklistes egen side."
            yield Finding(page.path, fence.line, "P34", message, "Slet blokken, eller flyt den til tjeklistens side.")
        return
    mend = f"Skriv ```sheet, {own_name} og ``` på hver sin linje under sidens forreste del."
    if not frames:
        message = "Siden mangler blokken »sheet« med knapper, udgave og QR-kode."
        yield Finding(page.path, 1, "P34", message, mend)
    for fence in frames[:1]:
        if fence.text.strip() != own_name:
            message = f"Blokken »sheet« nævner »{fence.text.strip()}« i stedet for siden selv."
            yield Finding(page.path, fence.line, "P34", message, f"Skriv {own_name} i blokken.")
    for fence in frames[1:]:
        message = f"Blokken »sheet« står {len(frames)} gange på siden."
        yield Finding(page.path, fence.line, "P34", message, "Slet den ene.")


def _check_left_out(page: Page, section: Region) -> Iterator[Finding]:
    """Check that all in the section can stand on paper: items, and blocks of the kinds that a sheet has."""
    blocks = [block for block in page.blocks if section.holds(block.first_line)]
    for block in blocks:
        # A pointer to the supplement has a finding of its own (C06).
        if block.name not in (*BOXES, "supplement-pointer"):
            message = f"Blokken »{block.name}« kan ikke stå på et ark."
            hint = f"Brug en af disse: {', '.join(BOXES)}, eller flyt blokken ud af afsnittet."
            yield Finding(page.path, block.first_line, "P35", message, hint)
    for line, text in left_out(page, section):
        message = f"»{text}« kommer ikke med på arket."
        hint = "Skriv det som et punkt, der begynder med »- [ ] «, eller flyt det ud af afsnittet."
        yield Finding(page.path, line, "P35", message, hint)
    for line in page.tasks:
        if any(block.holds(line) for block in blocks):
            message = "Et punkt i en blok kan ikke krydses af på arket."
            yield Finding(page.path, line, "P35", message, "Skriv det med »- « i stedet for »- [ ] «.")
