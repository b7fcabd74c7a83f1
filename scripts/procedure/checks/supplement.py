"""C05, C06: what is not in the source stands apart, with its own source and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from procedure.danish import ADDED, APPROVED, MONTHS, phone_address
from procedure.derive.addresses import resolve
from procedure.findings import Finding
from procedure.model import CHECKLISTS_FOLDER, PHASES_FOLDER, SUPPLEMENT_BLOCK, SUPPLEMENT_PAGE, Procedure
from procedure.source.page import LinkKind, Page, Region

_POINTER = "supplement-pointer"
_DAY = rf"([1-9]|[12][0-9]|3[01])\. ({'|'.join(MONTHS)}) (20[0-9]{{2}})"
_READ, _ADDED, _APPROVED = (
    re.compile(rf"\b{done} {_DAY}{end}") for done, end in (("Læst", ""), ("Tilføjet", r"\."), ("Godkendt", r"\."))
)
_END = "Læst 22. november 2026. Tilføjet 22. november 2026."


def check(procedure: Procedure, today: date) -> Iterator[Finding]:
    """Check each supplement block's mark, source and date, and that none stands inside the procedure."""
    awaiting = _awaiting(procedure)
    for page in procedure.sound_pages:
        blocks = [block for block in page.blocks if block.name in (SUPPLEMENT_BLOCK, _POINTER)]
        for block in blocks:
            if block.title not in (ADDED, APPROVED):
                message = "Supplementet mangler mærket, der viser, om det er godkendt."
                hint = f"Skriv »/// {block.name} | {ADDED}«, eller »/// {block.name} | {APPROVED}«, når det er det."
                yield Finding(page.path, block.first_line, "C05", message, hint)
            if block.name == SUPPLEMENT_BLOCK:
                yield from _check_source(page, block, today)
            if block.title == APPROVED:
                yield from _check_approved(procedure, page, block, awaiting)
        yield from _check_place(page, blocks)


def _awaiting(procedure: Procedure) -> set[str]:
    """Return the ids on the supplement's page that lead to something that awaits approval."""
    page = procedure.pages.get(SUPPLEMENT_PAGE)
    blocks = (
        [block for block in page.blocks if block.name == SUPPLEMENT_BLOCK and block.title != APPROVED] if page else []
    )
    places = [(anchor.id, anchor.line) for anchor in page.anchors] if page else []
    under = [(heading.id, page.under_heading(heading)) for heading in page.headings] if page else []
    return {place for place, line in places if any(block.holds(line) for block in blocks)} | {
        str(place) for place, region in under if any(region.holds(block.first_line) for block in blocks)
    }


def _check_approved(procedure: Procedure, page: Page, block: Region, awaiting: set[str]) -> Iterator[Finding]:
    """Nothing that awaits approval stands under the mark of what is approved."""
    numbers = {phone_address(added.phone) for added in procedure.sound_contract.every_added if added.phone}
    for link in page.links:
        if not block.holds(link.line):
            continue
        address = resolve(page, link.target)
        if link.target in numbers:
            message = (
                f"Supplementet er mærket som godkendt, men har »{link.text}«, som vises som afventende andre steder."
            )
            hint = f"Skriv »{ADDED}«. Et godkendt nummer skrives ind i proceduren og bliver en kontakt i procedure.yml."
            yield Finding(page.path, link.line, "C05", message, hint)
        elif address.path == SUPPLEMENT_PAGE and address.fragment in awaiting:
            message = f"»{link.text}« er mærket som godkendt, men fører til noget, der afventer godkendelse."
            yield Finding(
                page.path, link.line, "C05", message, f"Skriv »/// {block.name} | {ADDED}«, til alt er godkendt."
            )


def _check_source(page: Page, block: Region, today: date) -> Iterator[Finding]:
    lines = range(block.first_line, block.last_line + 1)
    source = next((n for n in lines if page.lines[n - 1].lstrip().startswith("Kilde:")), None)
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
        hint = f"Slut det med en linje som »Kilde: [navn](https://…). {_END}«"
        yield Finding(page.path, block.first_line, "C05", message, hint)
        return
    text = " ".join(page.lines[source - 1 : block.last_line])
    if block.title != APPROVED and _APPROVED.search(text):
        message = "Supplementet siger, hvilken dag det er godkendt, men er mærket som afventende."
        hint = f"Skriv »/// {block.name} | {APPROVED}«, eller slet dagen."
        yield Finding(page.path, source, "C05", message, hint)
    days = ((_READ, "læst"), (_ADDED, "tilføjet"), (_APPROVED, "godkendt"))
    for pattern, what in days if block.title == APPROVED else days[:2]:
        written = pattern.search(text)
        day = _day(written) if written else None
        if day is None:
            message = f"Supplementet siger ikke, hvilken dag {'kilden' if what == 'læst' else 'det'} er {what}."
            end = f"{_END} Godkendt 28. november 2026." if what == "godkendt" else _END
            yield Finding(page.path, source, "C05", message, f"Slut linjen med »{end}«")
        elif day > today:
            message = f"Supplementet er {what} {day}, og det er i fremtiden."
            yield Finding(page.path, source, "C04", message, f"Skriv den dag, det blev {what}.")


def _day(written: re.Match[str]) -> date | None:
    try:
        return date(int(written[3]), MONTHS.index(written[2]) + 1, int(written[1]))
    except ValueError:
        return None


def _check_place(page: Page, blocks: list[Region]) -> Iterator[Finding]:
    """No supplement stands among a phase's steps, beside its diagram or on a checklist."""
    inside: list[Region] = []
    if page.folder == PHASES_FOLDER:
        inside += [page.under_heading(h) for h in page.headings if h.level == 2 and h.id in ("trin", "diagram")]
    if page.folder == CHECKLISTS_FOLDER:
        inside += [section for section in page.sections if section.name == "tjekliste"]
    lines = [block.first_line for block in blocks]
    lines += [include.line for include in page.includes if f"docs/{include.path}" == SUPPLEMENT_PAGE]
    for line in lines:
        for region in inside:
            if region.holds(line):
                message = "Supplementet står inde i proceduren."
                yield Finding(page.path, line, "C06", message, "Flyt det ned under trin, diagram og tjekliste.")
