"""C29–C32, C37–C39: a page is text and our own marks; nothing in it runs, and no remark is left for readers.

C29 raw HTML · C30 what stands in `{ … }` · C31 what stands under the opening of a block · C32 HTML in a title ·
C37 a reminder to whoever writes · C38 a comment that is no note · C39 a field that is not read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from procedure.derive.sheet_items import SIGNED
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH
from procedure.source.markdown_reader import CODE, attributes_of
from procedure.source.page import Mark, MarkKind, Page
from procedure.source.text import one_line, read_date, short
from procedure.source.traces import KEYS

# The looks that a page may ask for in `{ … }`.
_CLASSES = frozenset({SIGNED})
# What may stand under the opening of a block.
_OPTION = re.compile(r"attrs: *\{ *id: *[a-z0-9-]+ *\}")
_REMINDER = re.compile(
    r"\b(TODO|FIXME|XXX+|TBD|TBA)\b|\?\?\?|\blorem ipsum\b|\[(indsæt|udfyld|mangler)\b", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>?")
_HTML_IN_TITLE = re.compile(r"<[a-z/!?]|&#?\w+;", re.IGNORECASE)
# The fields that readers see, what YAML must take each for, and what a page would show instead.
_SHOWN = {
    **dict.fromkeys(("title", "description", "owner"), "str"),
    **dict.fromkeys(("written", "last_reviewed"), "timestamp"),
}
_TAKEN_FOR = {"bool": "ja eller nej", "int": "et tal", "float": "et tal", "null": "ingenting", "timestamp": "en dag"}
_NOTE = "<!-- bemærkning: … -->"


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check every mark on the pages that could be read whole, and what readers see of pages and contacts."""
    for page in procedure.judged_pages:
        for mark in page.marks:
            yield from _check_mark(page, mark)
        if page.path not in procedure.spoilt_fronts:
            yield from _check_fields(page)
        yield from _check_reminders(page)
    contract = procedure.sound_contract
    shown = [(contact.line, f"{contact.name} {contact.role}") for contact in contract.contacts]
    shown += [(added.line, f"{added.name} {added.role}") for added in contract.every_added]
    for line, text in shown:
        yield from _reminder(CONTRACT_PATH, line, text)


def _check_fields(page: Page) -> Iterator[Finding]:
    for key, kind in _SHOWN.items():
        value = page.front.get(key)
        if value is None or value.tag == kind or not value.text().strip():
            continue
        if kind == "str":
            message = f"»{key}« læses som {_TAKEN_FOR.get(value.tag, 'noget andet')} og ikke som »{value.text()}«."
            yield Finding(
                page.path, value.key_line, "C39", message, f'Sæt det i anførselstegn: {key}: "{value.text()}".'
            )
        elif read_date(value.text()):
            message = f"Dagen i »{key}« læses som en tekst og vises ikke som en dag."
            yield Finding(
                page.path, value.key_line, "C39", message, f"Skriv den uden anførselstegn: {key}: {value.text()}"
            )
    if found := _HTML_IN_TITLE.search(page.field("title")):
        message = f"Titlen har »{found[0]}«, som søgningen ville læse som HTML."
        yield Finding(page.path, page.field_line("title"), "C32", message, "Skriv titlen med ord.")


def _check_mark(page: Page, mark: Mark) -> Iterator[Finding]:
    tag = _TAG.match(mark.text) if mark.kind is MarkKind.HTML else None
    written = short(one_line(tag[0] if tag else mark.text))
    match mark.kind:
        case MarkKind.HTML if not mark.text.startswith("</"):
            message = f"»{written}« læses som HTML og ikke som tekst."
            hint = "Skriv det med Markdown. Er det tekst, så sæt den mellem to accenter: `…`."
            yield Finding(page.path, mark.line, "C29", message, hint)
        case MarkKind.ATTRIBUTES:
            yield from _check_attributes(page, mark)
        case MarkKind.OPTION if not _OPTION.fullmatch(mark.text):
            message = f"»{written}« kan ikke stå under en bloks første linje."
            yield Finding(page.path, mark.line, "C31", message, "Der kan kun stå attrs: {id: navn}. Slet linjen.")
        case MarkKind.COMMENT:
            message = f"Kommentaren »{written}« er ikke skrevet som en bemærkning, så læsere kan få den at se."
            hint = f"Skriv den på linjer for sig, med »bemærkning:« først og --> til sidst: {_NOTE}."
            yield Finding(page.path, mark.line, "C38", message, hint)


def _check_attributes(page: Page, mark: Mark) -> Iterator[Finding]:
    if _OPTION.fullmatch(f"attrs: {{{mark.text}}}"):
        return
    strange = [
        f".{value}" if key == "." else key
        for key, value in attributes_of(f"{{{mark.text}}}")
        if key not in KEYS or (key == "." and value not in _CLASSES)
    ]
    if strange:
        message = f"»{{{short(one_line(mark.text))}}}« har »{strange[0]}«, som ikke hører til i klammer."
        hint = f'I klammer kan kun stå #id, .{SIGNED} og data-req="…". Er det tekst, så skriv den i parentes.'
        yield Finding(page.path, mark.line, "C30", message, hint)


def _check_reminders(page: Page) -> Iterator[Finding]:
    unseen = {
        line
        for mark in page.marks
        if mark.kind is MarkKind.NOTE
        for line in range(mark.line, mark.line + mark.text.count("\n") + 3)
    }
    for fence in page.fences:
        lines = fence.text.split("\n")
        unseen |= {
            fence.line + number
            for number, text in enumerate(lines, start=1)
            if fence.language != "mermaid" or text.strip().startswith("%%")
        }
    for number, text in enumerate(page.lines, start=1):
        if number not in unseen:
            yield from _reminder(page.path, number, CODE.sub("", text))


def _reminder(path: str, line: int, text: str) -> Iterator[Finding]:
    if found := _REMINDER.search(text):
        message = f"»{found[0]}« er en huskeseddel til den, der skriver, og læserne kan se den."
        hint = f"Skriv det, der skal stå, eller skriv sedlen som en bemærkning: {_NOTE}."
        yield Finding(path, line, "C37", message, hint, Severity.WARNING)
