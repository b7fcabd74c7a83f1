"""P32, P40–P48: what has come, gone or been weakened since the last edition, and which sheets are no longer as published.

All are warnings while one works; to publish, somebody must say what is new.
"""

from __future__ import annotations

from collections.abc import Iterator

from procedure.checks.doubt import Doubt
from procedure.checks.editions import MISSING, MOVED_ELSEWHERE
from procedure.derive.changes import changes
from procedure.derive.comparison import listed, text_changes
from procedure.derive.edition import as_fields, facts, said
from procedure.derive.published import sheet_address
from procedure.derive.renamed import under_new_names
from procedure.derive.sheets import Sheet, sheets
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.edition import Fields

CHANGED_SHEET = "P32"
# What may differ from the last edition where somebody says what is new.
TO_BE_SAID = frozenset({CHANGED_SHEET, *(f"P{number}" for number in range(40, 49)), MISSING, MOVED_ELSEWHERE})
SAY_IT = 'Er det meningen, så sig det, når siden udgives: make publish CHANGE="det, der er nyt, på én linje".'
# More changes on the sheets than this are counted, not told.
_MOST = 5


def check(procedure: Procedure, doubt: Doubt) -> Iterator[Finding]:
    """Compare the procedure with its last edition, but for what is in doubt."""
    yield from _check_sheets(procedure, doubt)
    if procedure.edition:
        before, today = doubt.without(under_new_names(procedure, procedure.edition), facts(procedure, doubt.flows))
        for change in changes(procedure, before, today):
            hint = f"{SAY_IT} Ellers ret det tilbage."
            yield Finding(change.path, change.line, change.code, change.message, hint, Severity.WARNING)


def _check_sheets(procedure: Procedure, doubt: Doubt) -> Iterator[Finding]:
    """Yield one finding for all sheets that are no longer as published, with what was and is written on them."""
    versions = {
        sheet: procedure.ledger and procedure.ledger.version(sheet_address(sheet)) for sheet in sheets(procedure)
    }
    differing = [sheet for sheet, version in versions.items() if version and version.fingerprint != sheet.fingerprint]
    fields = {sheet: doubt.sure_fields(sheet, as_fields(procedure.words, sheet)) for sheet in differing}
    changed = [sheet for sheet in differing if _is_changed(procedure, sheet, fields[sheet])]
    if not changed:
        return
    told = list(dict.fromkeys(text for sheet in changed for text in _told(procedure, sheet, fields[sheet])))
    names = [f"»{sheet.title}«" for sheet in changed]
    which = f"Arket {names[0]}" if len(names) == 1 else f"Arkene {', '.join(names[:-1])} og {names[-1]}"
    days = sorted({str(version.day) for sheet in changed if (version := versions[sheet])})
    what = f": {'; '.join(told[:_MOST])}" if told else ""
    left = len(told) - _MOST
    more = f"; og {left} {'ændring' if left == 1 else 'ændringer'} mere" if left > 0 else ""
    message = f"{which} er ændret siden udgaven fra {' og '.join(days)}{what}{more}."
    hint = f"{SAY_IT} Så kan den, der har et ark på papir, se, at det er gammelt."
    yield Finding(*_place(procedure, changed[0]), CHANGED_SHEET, message, hint, Severity.WARNING)


def _is_changed(procedure: Procedure, sheet: Sheet, sure: Fields) -> bool:
    """Return whether the change lies in those fields of the sheet: where nothing is in doubt, its mark alone says so."""
    before = _published(procedure, sheet)
    return len(sure) == len(as_fields(procedure.words, sheet)) or any(
        field in before and before[field] != sure[field] for field in sure
    )


def _told(procedure: Procedure, sheet: Sheet, sure: Fields) -> Iterator[str]:
    for field, was in _published(procedure, sheet).items():
        if field in sure and was != sure[field]:
            yield from text_changes(was, sure[field])


def _place(procedure: Procedure, sheet: Sheet) -> tuple[str, int]:
    """Return where the first changed line of the sheet is written, or the top of its page."""
    before = {text for value in _published(procedure, sheet).values() for text in listed(value)}
    new = (item for item in (*sheet.lead, *sheet.tasks) if before and said(procedure.words, item) not in before)
    return next(((item.path, item.line) for item in new), (sheet.path, 1))


def _published(procedure: Procedure, sheet: Sheet) -> Fields:
    return procedure.edition.sections["sheets"].get(sheet_address(sheet), {}) if procedure.edition else {}
