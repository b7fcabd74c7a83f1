"""P01–P18: every phase has its page, its steps, its diagram, its contact and its way on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from procedure.addresses import resolve
from procedure.contract import CONTRACT_PATH, Phase
from procedure.findings import Finding
from procedure.model import CHECKLISTS_FOLDER, CONTACT_PAGE, OVERVIEW_PAGE, PHASES_FOLDER, Procedure
from procedure.page import Heading, LinkKind, Page

_SECTIONS = {"trin": "Trin", "diagram": "Beslutningsdiagram", "tjekliste": "Tjekliste", "naeste": "Herfra"}
_FLOW_PAGES = f"faserne og {OVERVIEW_PAGE}"


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check the contract against itself, and each phase page against the contract."""
    yield from _check_contract(procedure)
    for phase, page in procedure.sound_phases:
        yield from _check_number(phase, page)
        yield from _check_steps(phase, page)
        yield from _check_ways_on(procedure, phase, page)
    yield from _check_diagrams(procedure)
    yield from _check_contacts(procedure)


def _check_contract(procedure: Procedure) -> Iterator[Finding]:
    contract = procedure.sound_contract
    ids = [phase.id for phase in contract.phases]
    yield from _duplicates((phase.id, phase.line) for phase in contract.phases)
    for phase in contract.phases:
        yield from _duplicates((step.id, step.line) for step in phase.steps)
    rows = [(r.id, r.line) for phase in contract.phases for r in phase.requirements]
    yield from _duplicates(rows + [(contact.id, contact.line) for contact in contract.contacts])
    for phase in contract.phases:
        for requirement in phase.requirements:
            if requirement.in_doubt and requirement.in_doubt not in contract.requirements:
                message = f"»in_doubt« nævner kravet »{requirement.in_doubt}«, som ikke findes."
                yield Finding(
                    CONTRACT_PATH, requirement.line, "P23", message, "Skriv et af de id'er, der står i filen."
                )
    for expected, phase in enumerate(contract.phases, start=1):
        if phase.number != expected:
            message = f"Fasen »{phase.title}« har nummer {phase.number}, men er nummer {expected} i rækken."
            yield Finding(CONTRACT_PATH, phase.line, "P03", message, "Ret nummeret, eller flyt fasen.")
        if procedure.phase_page(phase.id) is None:
            path = f"{PHASES_FOLDER}/{phase.id}.md"
            message = f"Fasen »{phase.title}« har ingen side."
            yield Finding(CONTRACT_PATH, phase.line, "P01", message, f"Opret {path}, eller ret filens navn til det.")
        for following in phase.following:
            if following not in ids:
                message = f"Fasen »{phase.title}« fører videre til »{following}«, som ikke er en fase."
                yield Finding(CONTRACT_PATH, phase.line, "P18", message, f"Skriv et af disse: {', '.join(ids)}.")
    for page in procedure.pages.values():
        if contract.phases and page.folder == PHASES_FOLDER and page.name not in ids:
            message = f"Siden hører ikke til en fase: »{page.name}« står ikke i procedure.yml."
            yield Finding(page.path, 1, "P02", message, f"Ret filens navn til et af disse: {', '.join(ids)}.")


def _duplicates(rows: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for row_id, line in rows:
        if row_id in first:
            message = f"»{row_id}« står to gange (første gang i linje {first[row_id]})."
            yield Finding(CONTRACT_PATH, line, "P04", message, "Et id bruges kun én gang. Giv det nye sit eget.")
        first.setdefault(row_id, line)


def _check_number(phase: Phase, page: Page) -> Iterator[Finding]:
    if page.field("phase") and page.field("phase") != str(phase.number):
        message = f"Siden siger, at den er fase {page.field('phase')}, men den er fase {phase.number}."
        yield Finding(page.path, page.field_line("phase"), "P03", message, f"Skriv »phase: {phase.number}«.")
    if page.field("title") and page.field("title") != phase.heading:
        message = f"Sidens titel er »{page.field('title')}«, men fasen hedder »{phase.heading}«."
        yield Finding(page.path, page.field_line("title"), "P03", message, f"Skriv »title: {phase.heading}«.")


def _check_steps(phase: Phase, page: Page) -> Iterator[Finding]:
    present = {heading.id: heading for heading in page.headings}
    for section_id, title in _SECTIONS.items():
        if section_id not in present:
            message = f"Siden mangler afsnittet »{title}«."
            yield Finding(
                page.path, 1, "P08", message, f"Tilføj overskriften »## {title} {{#{section_id}}}« og afsnittet."
            )
    steps = [step.id for step in phase.steps]
    for step in phase.steps:
        if step.id not in present:
            ids = ", ".join(requirement.id for requirement in step.requirements)
            message = f"Siden mangler trinnet »{step.title}« med kravene {ids}."
            hint = f"Tilføj overskriften »### {step.title} {{#{step.id}}}« og trinnets punkter."
            yield Finding(page.path, _line_of(present.get("trin")), "P05", message, hint)
    written = [heading for heading in _step_headings(page) if heading.id in steps]
    order = sorted(written, key=lambda heading: steps.index(str(heading.id)))
    for heading, expected in zip(written, order, strict=True):
        if heading.id != expected.id:
            message = f"Trinnet »{heading.text}« står, hvor »{expected.text}« skal stå."
            yield Finding(
                page.path, heading.line, "P06", message, "Sæt trinnene i samme rækkefølge som i procedure.yml."
            )
            break
    for heading in _step_headings(page):
        if heading.id and heading.id not in steps:
            message = f"»{heading.text}« er ikke et trin i denne fase."
            hint = f"Ret overskriftens id til et af disse: {', '.join(steps)}; eller tilføj trinnet i procedure.yml."
            yield Finding(page.path, heading.line, "P07", message, hint)


def _step_headings(page: Page) -> list[Heading]:
    container = next((heading for heading in page.headings if heading.id == "trin"), None)
    if container is None:
        return []
    region = page.under_heading(container)
    return [heading for heading in page.headings if heading.level == 3 and region.holds(heading.line)]


def _line_of(heading: Heading | None) -> int:
    return heading.line if heading else 1


def _check_ways_on(procedure: Procedure, phase: Phase, page: Page) -> Iterator[Finding]:
    """The page and its diagram lead to the phases that the contract names, and the diagram to no other."""
    linked = {resolve(page, link.target).path for link in page.links if link.kind is LinkKind.LINK}
    known = {f"{PHASES_FOLDER}/{other.id}.md": other for other in procedure.sound_contract.phases}
    expected = {path: other for path, other in known.items() if other.id in phase.following}
    heading = next((heading for heading in page.headings if heading.id == "naeste"), None)
    for path, other in expected.items():
        if path not in linked:
            message = f"Siden mangler et link til næste fase, »{other.heading}«."
            hint = f"Tilføj linket [{other.heading}]({other.id}.md) under »Herfra«."
            yield Finding(page.path, _line_of(heading), "P17", message, hint)
    if CONTACT_PAGE not in linked:
        message = "Siden mangler et link til kontaktsiden."
        yield Finding(page.path, _line_of(heading), "P16", message, "Tilføj et link til ../kontakt.md under »Herfra«.")
    for flow in page.flows[:1]:
        targets = {resolve(page, node.target).path: node for node in flow.ends if node.target}
        for path, other in expected.items():
            if path not in targets and procedure.has_sound_flow(flow):
                message = f"Intet i diagrammet fører videre til »{other.heading}«."
                hint = f'Lad et slut-felt føre derhen: click slut "{other.id}.md".'
                yield Finding(page.path, flow.line, "P17", message, hint)
        for path, node in targets.items():
            if path in known and path not in expected:
                message = (
                    f"Diagrammet fører videre til »{known[path].heading}«, men det gør fasen ikke i procedure.yml."
                )
                yield Finding(
                    page.path, node.target_line, "P17", message, "Ret linjen, eller ret »next« i procedure.yml."
                )


def _check_diagrams(procedure: Procedure) -> Iterator[Finding]:
    expected = {page.path for _, page in procedure.sound_phases} | {OVERVIEW_PAGE}
    for page in procedure.sound_pages:
        if page.path in expected and not page.flows:
            message = "Siden mangler sit beslutningsdiagram."
            yield Finding(page.path, 1, "P12", message, "Tilføj en blok, der begynder med ```mermaid.")
        allowed = 1 if page.path in expected or page.folder == PHASES_FOLDER else 0
        for flow in page.flows[allowed:]:
            message = "Siden har et diagram for meget." if allowed else "Her kan der ikke stå et diagram."
            yield Finding(
                page.path, flow.line, "P13", message, f"Kun {_FLOW_PAGES} har ét diagram hver. Slet eller flyt det."
            )
    if procedure.sound_contract.phases and OVERVIEW_PAGE not in procedure.pages:
        message = "Siden med hele forløbet som diagram mangler."
        yield Finding(OVERVIEW_PAGE, 1, "P12", message, f"Opret {OVERVIEW_PAGE} med diagrammet.")


def _check_contacts(procedure: Procedure) -> Iterator[Finding]:
    contract = procedure.sound_contract
    if contract.phases and not any(contact.phone or contact.mail for contact in contract.contacts):
        message = "Der er ingen kontakt med telefon eller mail."
        yield Finding(CONTRACT_PATH, 1, "P15", message, "Skriv mindst én under »contacts«.")
    page = procedure.pages.get(CONTACT_PAGE)
    if contract.phases and page is None:
        yield Finding(CONTACT_PAGE, 1, "P15", "Kontaktsiden mangler.", f"Opret {CONTACT_PAGE} med en ```contacts-blok.")
    if page in procedure.sound_pages and page and not any(fence.language == "contacts" for fence in page.fences):
        message = "Kontaktsiden viser ingen kontakter."
        yield Finding(page.path, 1, "P15", message, "Tilføj en tom blok, der begynder med ```contacts.")
    for page in procedure.sound_pages:
        if page.folder == CHECKLISTS_FOLDER and page.name != "index":
            linked = {resolve(page, link.target).path for link in page.links}
            if CONTACT_PAGE not in linked:
                message = "Tjeklisten mangler et link til kontaktsiden."
                yield Finding(page.path, 1, "P16", message, "Tilføj et link til ../kontakt.md efter listen.")
