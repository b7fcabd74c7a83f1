"""What must be true before anything is published.

One module for each kind of fault. `check_source` runs them on what stands in `docs/`, and `built`
looks at the finished site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from procedure.checks import (
    changed,
    checklists,
    contacts,
    editions,
    elsewhere,
    files,
    flows,
    ledger,
    links,
    markup,
    pages,
    phases,
    requirements,
    rings,
    settings,
    source_text,
    supplement,
    ways,
    wordings,
    writing,
)
from procedure.checks.doubt import Doubt
from procedure.findings import Finding
from procedure.model import Procedure

_CHECKS: tuple[Callable[[Procedure, date], Iterable[Finding]], ...] = (
    phases.check,
    requirements.check,
    source_text.check,
    wordings.check,
    elsewhere.check,
    contacts.check,
    checklists.check,
    flows.check,
    ways.check,
    rings.check,
    supplement.check,
    editions.check_approvals,
    files.check,
    settings.check,
)
# These judge a page line by line, also one that could be read to some line only.
_LINE_BY_LINE: tuple[Callable[[Procedure, date], Iterable[Finding]], ...] = (
    links.check,
    pages.check,
    markup.check,
    writing.check,
)
# What was published is held against what is there, but for what a fault has taken away: one fault, one finding.
_SINCE_PUBLISHED: tuple[Callable[[Procedure, Doubt], Iterable[Finding]], ...] = (
    ledger.check,
    editions.check,
    changed.check,
)


def check_source(procedure: Procedure, today: date) -> list[Finding]:
    """Return every fault in the source, those met while reading it among them, in file order."""
    found = [*procedure.findings, *(finding for check in _CHECKS for finding in check(procedure, today))]
    by_line = (finding for check in _LINE_BY_LINE for finding in check(procedure, today))
    found += [f for f in by_line if f.line < procedure.read_to.get(f.path, f.line + 1)]
    doubt = Doubt(procedure, found)
    since = (finding for check in _SINCE_PUBLISHED for finding in check(procedure, doubt))
    return sorted({*found, *since})
