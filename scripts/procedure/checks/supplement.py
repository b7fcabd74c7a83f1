"""C05, C06: what is not in the source stands apart, with its own source and date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from procedure.derive.addresses import resolve
from procedure.derive.supplements import State, said_in, states_by_mark
from procedure.findings import Finding
from procedure.model import SUPPLEMENT_BLOCK, Procedure
from procedure.source.page import LinkKind, Page, Region
from procedure.words import Words

_POINTER = "supplement-pointer"
_READ, _ADDED, _APPROVED, _STRUCK = (
    "supplement.read_on", "supplement.added_on", "supplement.approved_on", "supplement.struck_on",
)  # fmt: skip
# Of hints.
_SHOWN, _ANSWER_SHOWN, _BY_SHOWN = date(2026, 11, 22), date(2026, 11, 28), "den, der har gjort det"


def check(procedure: Procedure, today: date) -> Iterator[Finding]:
    """Check each supplement block's mark, source and date, and that none stands inside the procedure."""
    words, states = procedure.words, states_by_mark(procedure)
    added, approved, _ = states
    facts = procedure.pages.get(procedure.roles.supplement)
    every = [block for block in facts.blocks if block.name == SUPPLEMENT_BLOCK] if facts else []
    struck = _ids_in(facts, [block for block in every if states.get(block.title) is State.STRUCK])
    waiting = [block for block in every if states.get(block.title) not in (State.APPROVED, State.STRUCK)]
    awaiting = _ids_in(facts, waiting) | _ids_above(facts, waiting)
    for page in procedure.sound_pages:
        blocks = [block for block in page.blocks if block.name in (SUPPLEMENT_BLOCK, _POINTER)]
        for block in blocks:
            if block.title not in (states if block.name == SUPPLEMENT_BLOCK else (added, approved)):
                message = "Supplementet mangler mærket, der viser, om det er godkendt."
                hint = f"Skriv »/// {block.name} | {added}«, eller »/// {block.name} | {approved}«, når det er det."
                yield Finding(page.path, block.first_line, "C05", message, hint)
            if block.name == SUPPLEMENT_BLOCK:
                is_struck = states.get(block.title) is State.STRUCK
                yield from (_check_struck if is_struck else _check_source)(words, page, block, today)
            if block.title == approved:
                yield from _check_approved(procedure, page, block, awaiting)
        yield from _check_links(procedure, page, struck)
        yield from _check_place(procedure, page, blocks)


def _ids_in(page: Page | None, blocks: Collection[Region]) -> set[str]:
    return {a.id for a in page.anchors if any(block.holds(a.line) for block in blocks)} if page else set()


def _ids_above(page: Page | None, blocks: Collection[Region]) -> set[str]:
    """Return the ids of the headings that some of the blocks stand under."""
    under = [(heading.id, page.under_heading(heading)) for heading in page.headings] if page else []
    return {str(id_) for id_, region in under if any(region.holds(block.first_line) for block in blocks)}


def _check_approved(procedure: Procedure, page: Page, block: Region, awaiting: set[str]) -> Iterator[Finding]:
    """Nothing that awaits approval stands under the mark of what is approved."""
    words = procedure.words
    mark = words.text("supplement.awaiting")
    numbers = {words.phone_address(added.phone) for added in procedure.sound_contract.every_added if added.phone}
    for link in page.links:
        if not block.holds(link.line):
            continue
        address = resolve(page, link.target)
        if link.target in numbers:
            message = (
                f"Supplementet er mærket som godkendt, men har »{link.text}«, som vises som afventende andre steder."
            )
            hint = f"Skriv »{mark}«. Et godkendt nummer skrives ind i proceduren og bliver en kontakt i procedure.yml."
            yield Finding(page.path, link.line, "C05", message, hint)
        elif address.path == procedure.roles.supplement and address.fragment in awaiting:
            message = f"»{link.text}« er mærket som godkendt, men fører til noget, der afventer godkendelse."
            yield Finding(
                page.path, link.line, "C05", message, f"Skriv »/// {block.name} | {mark}«, til alt er godkendt."
            )


def _check_links(procedure: Procedure, page: Page, struck: set[str]) -> Iterator[Finding]:
    """Nothing leads to what is struck; a heading above it leads to the rest."""
    for link in page.links:
        address = resolve(page, link.target)
        if link.kind is LinkKind.LINK and address.path == procedure.roles.supplement and address.fragment in struck:
            message = f"»{link.text}« fører til et supplement, der er strøget."
            yield Finding(page.path, link.line, "C05", message, "Slet linket; ordene kan blive stående i en sætning.")


def _check_struck(words: Words, page: Page, block: Region, today: date) -> Iterator[Finding]:
    """A supplement that is struck says so, on which day and by whom, and no more of what it said."""
    said = said_in(page, block)
    day = words.read_day(said[0], _STRUCK, whole=True) if len(said) == 1 else None
    if day is None:
        message = "Supplementet er strøget, men siger mere eller andet end det."
        shown = words.text(_STRUCK, day=words.day(_ANSWER_SHOWN), by=_BY_SHOWN)
        hint = f"Lad kun én linje stå mellem »///« og »///«, under »attrs:«: »{shown}«"
        yield Finding(page.path, block.first_line, "C05", message, hint)
    elif day > today:
        yield _in_future(page, block.first_line, "strøget", day)


def _in_future(page: Page, line: int, what: str, day: date) -> Finding:
    message = f"Supplementet er {what} {day}, og det er i fremtiden."
    return Finding(page.path, line, "C04", message, f"Skriv den dag, det blev {what}.")


def _check_source(words: Words, page: Page, block: Region, today: date) -> Iterator[Finding]:
    approved, kilde = words.text("supplement.approved"), words.text("supplement.source")
    end = f"{words.text(_READ, day=words.day(_SHOWN))}. {words.text(_ADDED, day=words.day(_SHOWN))}"
    lines = range(block.first_line, block.last_line + 1)
    source = next((n for n in lines if page.lines[n - 1].lstrip().startswith(kilde)), None)
    linked = (
        any(
            link.line >= source and block.holds(link.line) and link.target.startswith("https:")
            for link in page.links
            if link.kind is LinkKind.LINK
        )
        if source
        else False
    )
    if not source or not linked:
        message = "Supplementet har ingen kilde."
        hint = f"Slut det med en linje som »{kilde} [navn](https://…). {end}«"
        yield Finding(page.path, block.first_line, "C05", message, hint)
        return
    text = " ".join(page.lines[source - 1 : block.last_line])
    if block.title != approved and words.has_day(text, _APPROVED):
        message = "Supplementet siger, hvilken dag det er godkendt, men er mærket som afventende."
        hint = f"Skriv »/// {block.name} | {approved}«, eller slet dagen."
        yield Finding(page.path, source, "C05", message, hint)
    days = ((_READ, "læst"), (_ADDED, "tilføjet"), (_APPROVED, "godkendt"))
    for key, what in days if block.title == approved else days[:2]:
        day = words.read_day(text, key)
        if day is None:
            by = " og af hvem" if what == "godkendt" else ""
            message = f"Supplementet siger ikke, hvilken dag {'kilden' if what == 'læst' else 'det'} er {what}{by}."
            shown = words.text(_APPROVED, day=words.day(_ANSWER_SHOWN), by=_BY_SHOWN)
            whole = f"{end} {shown}" if key == _APPROVED else end
            yield Finding(page.path, source, "C05", message, f"Slut linjen med »{whole}«")
        elif day > today:
            yield _in_future(page, source, what, day)


def _check_place(procedure: Procedure, page: Page, blocks: list[Region]) -> Iterator[Finding]:
    """No supplement stands among a phase's steps, beside its diagram or on a checklist."""
    inside: list[Region] = []
    steps, diagram, checklist = (
        procedure.words.text(f"sections.{name}.id") for name in ("steps", "diagram", "checklist")
    )
    if page.folder == procedure.phases_folder:
        inside += [page.under_heading(h) for h in page.headings if h.level == 2 and h.id in (steps, diagram)]
    if page.folder == procedure.checklists_folder:
        inside += [section for section in page.sections if section.name == checklist]
    lines = [block.first_line for block in blocks]
    lines += [include.line for include in page.includes if f"docs/{include.path}" == procedure.roles.supplement]
    for line in lines:
        for region in inside:
            if region.holds(line):
                message = "Supplementet står inde i proceduren."
                yield Finding(page.path, line, "C06", message, "Flyt det ned under trin, diagram og tjekliste.")
