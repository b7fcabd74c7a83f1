"""C05, C06: what is not in the source stands apart, with its own source and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from procedure.danish import ADDED, MONTHS
from procedure.findings import Finding
from procedure.model import CHECKLISTS_FOLDER, PHASES_FOLDER, SUPPLEMENT_PAGE, Procedure
from procedure.source.page import LinkKind, Page, Region

_FACT, _POINTER = "supplement", "supplement-pointer"
_DAY = rf"([1-9]|[12][0-9]|3[01])\. ({'|'.join(MONTHS)}) (20[0-9]{{2}})"
_READ, _ADDED = re.compile(rf"\bLæst {_DAY}"), re.compile(rf"\bTilføjet {_DAY}\.")
_END = "Læst 22. november 2026. Tilføjet 22. november 2026."


def check(procedure: Procedure, today: date) -> Iterator[Finding]:
    """Check each supplement block's mark, source and date, and that none stands inside the procedure."""
    for page in procedure.sound_pages:
        blocks = [block for block in page.blocks if block.name in (_FACT, _POINTER)]
        for block in blocks:
            if block.title != ADDED:
                message = "Supplementet mangler mærket, der viser, at det ikke er godkendt."
                yield Finding(page.path, block.first_line, "C05", message, f"Skriv »/// {block.name} | {ADDED}«.")
            if block.name == _FACT:
                yield from _check_source(page, block, today)
        yield from _check_place(page, blocks)


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
    for pattern, what in ((_READ, "læst"), (_ADDED, "tilføjet")):
        written = pattern.search(text)
        day = _day(written) if written else None
        if day is None:
            message = f"Supplementet siger ikke, hvilken dag {'kilden' if what == 'læst' else 'det'} er {what}."
            yield Finding(page.path, source, "C05", message, f"Slut linjen med »{_END}«")
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
