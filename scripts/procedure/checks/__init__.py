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
from procedure.findings import Finding, stops_publishing
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
    links.check,
    rings.check,
    pages.check,
    supplement.check,
    files.check,
    markup.check,
    settings.check,
    writing.check,
)


def check_source(procedure: Procedure, today: date) -> list[Finding]:
    """Return every fault in the source, those met while reading it among them, in file order."""
    found = [*procedure.findings, *(finding for check in _CHECKS for finding in check(procedure, today))]
    if not stops_publishing(found):
        # What a fault takes away is missing from the published addresses too: one fault, one finding.
        found += [finding for check in (ledger.check, editions.check, changed.check) for finding in check(procedure)]
    return sorted(set(found))
