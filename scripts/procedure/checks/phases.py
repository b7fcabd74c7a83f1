"""P01–P03, P05–P08, P12–P17: every phase has its page, its steps, its diagram, its contact and its way on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from procedure.checks.destinations import has_lost_links
from procedure.derive.addresses import href, resolve
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH, Phase
from procedure.source.page import Heading, LinkKind, Page
from procedure.words import Words


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check that each phase has its page, and each phase page against the contract."""
    yield from _check_pages(procedure)
    for phase, page in procedure.sound_phases:
        yield from _check_number(phase, page)
        yield from _check_sections(procedure.words, page)
        yield from _check_steps(procedure.words, phase, page)
        yield from _check_ways_on(procedure, phase, page)
    yield from _check_names(procedure)
    yield from _check_diagrams(procedure)
    yield from _check_contacts(procedure)
    yield from _check_roles(procedure)


def _check_pages(procedure: Procedure) -> Iterator[Finding]:
    missing = [phase for phase in procedure.sound_contract.phases if procedure.phase_page(phase.id) is None]
    strays = [
        page for page in procedure.pages.values() if page.folder == procedure.phases_folder and procedure.is_stray(page)
    ]
    # A page of no phase may be the missing one under a wrong name.
    for phase in missing if not strays else ():
        path = procedure.phase_path(phase.id)
        message = f"Fasen »{phase.title}« har ingen side."
        yield Finding(CONTRACT_PATH, phase.line, "P01", message, f"Opret {path}, eller ret filens navn til det.")
    for page in strays:
        message = f"Siden hører ikke til en fase: »{page.name}« står ikke i procedure.yml."
        names = ", ".join(phase.id for phase in missing or procedure.sound_contract.phases)
        hint = f"Ret filens navn til et af disse: {names}. Er det fasen, der skal hedde »{page.name}«, så skriv det som dens »id« i procedure.yml."
        yield Finding(page.path, 1, "P02", message, hint)


def _check_number(phase: Phase, page: Page) -> Iterator[Finding]:
    if page.field("phase") and page.field("phase") != str(phase.number):
        message = f"Siden siger, at den er fase {page.field('phase')}, men den er fase {phase.number}."
        yield Finding(page.path, page.field_line("phase"), "P03", message, f"Skriv »phase: {phase.number}«.")
    if page.field("title") and page.field("title") != phase.heading:
        message = f"Sidens titel er »{page.field('title')}«, men fasen hedder »{phase.heading}«."
        yield Finding(page.path, page.field_line("title"), "P03", message, f"Skriv »title: {phase.heading}«.")


def _check_names(procedure: Procedure) -> Iterator[Finding]:
    """A phase's diagram, its checklist and each link to it name it as the contract does, where they follow its number with a name."""
    phases = {page.path: phase for phase, page in procedure.sound_phases}
    checklists = {procedure.checklist_path(phase.id): phase for phase in phases.values()}
    for page in procedure.sound_pages:
        told = [(phases.get(page.path), flow.title_line, flow.title) for flow in page.flows]
        told.append((checklists.get(page.path), page.field_line("title"), page.field("title")))
        links = [link for link in page.links if link.kind is LinkKind.LINK]
        told += [(phases.get(resolve(page, link.target).path), link.line, link.text) for link in links]
        for phase, line, text in told:
            named = phase and re.search(_numbered(procedure.words, phase.number), text, re.IGNORECASE)
            if phase and named and phase.title not in named[1]:
                message = f"Her står »{text}«, men fasen hedder »{phase.title}«."
                hint = f"Skriv »{text.removesuffix(named[1])}{phase.title}«."
                yield Finding(page.path, line, "P03", message, hint)


def _numbered(words: Words, number: int) -> str:
    """Return what finds the name after a phase's number, where that stands alone or as a phase's or a checklist's."""
    phase, checklist = (re.escape(words.text(key, number=number)) for key in ("phases.numbered", "sheet.numbered"))
    return rf"(?:^{number}|\b{phase}|^{checklist})[.:] (.+)$"


def _check_sections(words: Words, page: Page) -> Iterator[Finding]:
    for name in ("steps", "diagram", "next"):
        section_id, title = (words.text(f"sections.{name}.{part}") for part in ("id", "title"))
        if page.heading(section_id) is None:
            message = f"Siden mangler afsnittet »{title}«."
            hint = f"Tilføj overskriften »## {title} {{#{section_id}}}« og afsnittet."
            yield Finding(page.path, 1, "P08", message, hint)


def _check_steps(words: Words, phase: Phase, page: Page) -> Iterator[Finding]:
    steps = [step.id for step in phase.steps]
    headings = _step_headings(words, page)
    written = [steps.index(heading.id) for heading in headings if heading.id in steps]
    missing = [step for step in phase.steps if page.heading(step.id) is None]
    # A heading whose id is missing, unknown or not its own may be the one of the missing step.
    strays = len(headings) > len(set(written))
    for step in missing if not strays else ():
        ids = ", ".join(requirement.id for requirement in step.requirements)
        message = f"Siden mangler trinnet »{step.title}« med kravene {ids}."
        hint = f"Tilføj overskriften »### {step.title} {{#{step.id}}}« og trinnets punkter."
        container = page.heading(words.text("sections.steps.id"))
        yield Finding(page.path, container.line if container else 1, "P05", message, hint)
    for heading, number, expected in zip(
        (heading for heading in headings if heading.id in steps), written, sorted(written), strict=True
    ):
        if number != expected:
            message = f"Trinnet »{heading.text}« står, hvor »{phase.steps[expected].title}« skal stå."
            yield Finding(
                page.path, heading.line, "P06", message, "Sæt trinnene i samme rækkefølge som i procedure.yml."
            )
            break
    titles = {step.id: step.title for step in phase.steps}
    for heading in headings:
        # That an id stands again is a fault of its own (L15).
        title = titles.pop(heading.id or "", heading.text)
        if heading.text != title:
            message = f"Overskriften er »{heading.text}«, men trinnet hedder »{title}« i procedure.yml."
            hint = f"Skriv »### {title} {{#{heading.id}}}«, eller ret trinnets »title«."
            yield Finding(page.path, heading.line, "P03", message, hint)
        if heading.has_sound_id and heading.id not in steps:
            message = f"»{heading.text}« er ikke et trin i denne fase."
            names = ", ".join(step.id for step in missing or phase.steps)
            hint = f"Ret overskriftens id til et af disse: {names}; eller tilføj trinnet i procedure.yml."
            yield Finding(page.path, heading.line, "P07", message, hint)


def _step_headings(words: Words, page: Page) -> list[Heading]:
    container = page.heading(words.text("sections.steps.id"))
    if container is None:
        return []
    region = page.under_heading(container)
    return [heading for heading in page.headings if heading.level == 3 and region.holds(heading.line)]


def _check_ways_on(procedure: Procedure, phase: Phase, page: Page) -> Iterator[Finding]:
    """The page leads to the phases that the contract names, and to somebody to ask."""
    section = page.heading(procedure.words.text("sections.next.id"))
    if section is None or has_lost_links(procedure, page):
        return
    linked = {resolve(page, link.target).path for link in page.links if link.kind is LinkKind.LINK}
    for other in procedure.sound_contract.phases:
        if other.id in phase.following and procedure.phase_path(other.id) not in linked:
            message = f"Siden mangler et link til næste fase, »{other.heading}«."
            hint = (
                f"Tilføj linket [{other.heading}]({other.id}.md) under »{procedure.words.text('sections.next.title')}«."
            )
            yield Finding(page.path, section.line, "P17", message, hint)
    contacts = procedure.roles.contacts
    if contacts and contacts not in linked:
        message = "Siden mangler et link til kontaktsiden."
        yield Finding(
            page.path,
            section.line,
            "P16",
            message,
            f"Tilføj et link til {href(page.folder, contacts)} under »{procedure.words.text('sections.next.title')}«.",
        )


def _check_diagrams(procedure: Procedure) -> Iterator[Finding]:
    overview = procedure.roles.overview
    expected = {page.path for _, page in procedure.sound_phases} | {overview}
    # Without a contract that can be read, nobody knows which page it is.
    for page in procedure.sound_pages if overview else ():
        section = page.heading(procedure.words.text("sections.diagram.id"))
        if page.path in expected and not page.flows and (section or page.path == overview):
            message = "Siden mangler sit beslutningsdiagram."
            line = section.line if section else 1
            yield Finding(page.path, line, "P12", message, "Tilføj en blok, der begynder med ```mermaid.")
        allowed = 1 if page.path in expected or page.folder == procedure.phases_folder else 0
        for flow in page.flows[allowed:]:
            message = "Siden har et diagram for meget." if allowed else "Her kan der ikke stå et diagram."
            yield Finding(
                page.path,
                flow.line,
                "P13",
                message,
                f"Kun faserne og {overview} har ét diagram hver. Slet eller flyt det.",
            )
    if overview and procedure.sound_contract.phases and overview not in procedure.pages:
        message = "Siden med hele forløbet som diagram mangler."
        yield Finding(overview, 1, "P12", message, f"Opret {overview} med diagrammet.")


def _check_roles(procedure: Procedure) -> Iterator[Finding]:
    """Each page that the contract names is there, and the guide is the page that it names. Of other absences P09, P12 and P15 tell."""
    roles = procedure.roles
    for key, path in (("guide", roles.guide), ("supplement", roles.supplement), ("statement", roles.statement)):
        if path and path not in procedure.pages:
            message = f"»{key}« nævner {path.removeprefix('docs/')}, som ikke findes."
            yield Finding(CONTRACT_PATH, roles.lines[key], "P23", message, "Ret navnet, eller slet linjen.")
    for page in procedure.sound_pages if procedure.sound_contract.phases else ():
        for fence in page.fences:
            if fence.language == "guide" and page.path != roles.guide:
                message = "Blokken »guide« står på en side, som »pages« i procedure.yml ikke nævner som »guide«."
                hint = f"Skriv »guide: {page.path.removeprefix('docs/')}« under »pages«, eller slet blokken."
                yield Finding(page.path, fence.line, "P23", message, hint)


def _check_contacts(procedure: Procedure) -> Iterator[Finding]:
    contract = procedure.sound_contract
    if contract.phases and not any(contact.phone or contact.mail for contact in contract.contacts):
        message = "Der er ingen kontakt med telefon eller mail."
        line = contract.contacts[0].line if contract.contacts else 1
        yield Finding(CONTRACT_PATH, line, "P15", message, "Skriv mindst én under »contacts«.")
    contacts = procedure.roles.contacts
    page = procedure.pages.get(contacts)
    if contacts and contract.phases and page is None:
        yield Finding(contacts, 1, "P15", "Kontaktsiden mangler.", f"Opret {contacts} med en ```contacts-blok.")
    if page in procedure.sound_pages and page and not any(fence.language == "contacts" for fence in page.fences):
        message = "Kontaktsiden viser ingen kontakter."
        yield Finding(page.path, 1, "P15", message, "Tilføj en tom blok, der begynder med ```contacts.")
    for page in procedure.sound_pages:
        if page.folder == procedure.checklists_folder and page.name != "index":
            linked = {resolve(page, link.target).path for link in page.links}
            if contacts and contacts not in linked and not has_lost_links(procedure, page):
                message = "Tjeklisten mangler et link til kontaktsiden."
                yield Finding(
                    page.path, 1, "P16", message, f"Tilføj et link til {href(page.folder, contacts)} efter listen."
                )
