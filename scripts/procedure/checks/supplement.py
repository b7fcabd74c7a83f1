"""C05, C06: what is not in the source stands apart, with its own source and date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.derive.addresses import resolve
from procedure.findings import Finding
from procedure.model import SUPPLEMENT_BLOCK, Procedure
from procedure.source.page import LinkKind, Page, Region
from procedure.words import Words

_POINTER = "supplement-pointer"
_READ, _ADDED, _APPROVED = "supplement.read_on", "supplement.added_on", "supplement.approved_on"
# Of hints.
_SHOWN, _APPROVAL_SHOWN = date(2026, 11, 22), date(2026, 11, 28)


def check(procedure: Procedure, today: date) -> Iterator[Finding]:
    """Check each supplement block's mark, source and date, and that none stands inside the procedure."""
    awaiting, words = _awaiting(procedure), procedure.words
    added, approved = (words.text(f"supplement.{mark}") for mark in ("awaiting", "approved"))
    for page in procedure.sound_pages:
        blocks = [block for block in page.blocks if block.name in (SUPPLEMENT_BLOCK, _POINTER)]
        for block in blocks:
            if block.title not in (added, approved):
                message = "Supplementet mangler mærket, der viser, om det er godkendt."
                hint = f"Skriv »/// {block.name} | {added}«, eller »/// {block.name} | {approved}«, når det er det."
                yield Finding(page.path, block.first_line, "C05", message, hint)
            if block.name == SUPPLEMENT_BLOCK:
                yield from _check_source(words, page, block, today)
            if block.title == approved:
                yield from _check_approved(procedure, page, block, awaiting)
        yield from _check_place(procedure, page, blocks)


def _awaiting(procedure: Procedure) -> set[str]:
    """Return the ids on the supplement's page that lead to something that awaits approval."""
    page, approved = procedure.pages.get(procedure.roles.supplement), procedure.words.text("supplement.approved")
    blocks = (
        [block for block in page.blocks if block.name == SUPPLEMENT_BLOCK and block.title != approved] if page else []
    )
    places = [(anchor.id, anchor.line) for anchor in page.anchors] if page else []
    under = [(heading.id, page.under_heading(heading)) for heading in page.headings] if page else []
    return {place for place, line in places if any(block.holds(line) for block in blocks)} | {
        str(place) for place, region in under if any(region.holds(block.first_line) for block in blocks)
    }


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
            message = f"Supplementet siger ikke, hvilken dag {'kilden' if what == 'læst' else 'det'} er {what}."
            whole = f"{end} {words.text(_APPROVED, day=words.day(_APPROVAL_SHOWN))}" if key == _APPROVED else end
            yield Finding(page.path, source, "C05", message, f"Slut linjen med »{whole}«")
        elif day > today:
            message = f"Supplementet er {what} {day}, og det er i fremtiden."
            yield Finding(page.path, source, "C04", message, f"Skriv den dag, det blev {what}.")


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
