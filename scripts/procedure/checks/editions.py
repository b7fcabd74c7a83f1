"""L25, L26, L29: the last edition is the witness of what the ledger must hold. L30: nobody has approved it in the future."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from procedure.checks.doubt import Doubt
from procedure.derive.published import published_addresses
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.edition import APPROVED_LINE, EDITIONS_FOLDER, Edition
from procedure.source.ledger import LEDGER_PATH, Entry, Ledger

MISSING, MOVED_ELSEWHERE = "L26", "L29"
# With more rows lost than this the file itself is not what was published.
_MOST = 10


def check(procedure: Procedure, doubt: Doubt) -> Iterator[Finding]:
    """Check that the ledger holds each row that was published, as it was; and that there is an edition to hold it to."""
    edition, ledger = procedure.edition, procedure.ledger or Ledger({})
    newest = max((entry.version.day for entry in ledger.entries.values() if entry.version), default=None)
    if newest and (edition is None or edition.day < newest) and not doubt.edition:
        message = f"Udgaven fra {newest} findes ikke i {EDITIONS_FOLDER}/, så intet kan holdes op mod den."
        hint = (
            f"Hent {EDITIONS_FOLDER}/{newest}.json igen. "
            'Er den aldrig skrevet, så kør make publish CHANGE="det, der er nyt, på én linje".'
        )
        yield Finding(LEDGER_PATH, 1, MISSING, message, hint)
    if edition:
        # A row that seems lost may be the one that cannot be read.
        if not doubt.file(LEDGER_PATH):
            yield from _check_lost_rows(ledger, edition)
        yield from _check_rows(ledger, edition, published_addresses(procedure))


def check_approvals(procedure: Procedure, today: date) -> Iterator[Finding]:
    """Check that no edition is approved on a day to come."""
    for edition in procedure.editions:
        if edition.approval and edition.approval.day > today:
            message = f"Udgaven er godkendt {edition.approval.day}, og det er i fremtiden."
            yield Finding(edition.path, APPROVED_LINE, "L30", message, "Skriv den dag, den blev godkendt.")


def _check_lost_rows(ledger: Ledger, edition: Edition) -> Iterator[Finding]:
    gone = [entry for entry in edition.ledger_entries() if entry.address not in ledger.entries]
    if len(gone) > _MOST:
        message = f"{len(gone)} linjer fra udgaven af {edition.day} mangler, fx »{gone[0].as_line()}«."
        yield Finding(LEDGER_PATH, 1, "L25", message, "Hent filen igen, som den var ved den sidste udgivelse.")
    else:
        for entry in gone:
            message = f"Linjen med den udgivne adresse »{entry.address}« mangler."
            line = _line_before(ledger, entry.address)
            hint = f"Skriv den igen under linje {line}: {entry.as_line()}"
            yield Finding(LEDGER_PATH, line, "L25", message, hint)


def _check_rows(ledger: Ledger, edition: Edition, published: Collection[str]) -> Iterator[Finding]:
    for before in edition.ledger_entries():
        now = ledger.entries.get(before.address)
        if now:
            yield from _check_row(now, before, edition, published)


def _check_row(now: Entry, before: Entry, edition: Edition, published: Collection[str]) -> Iterator[Finding]:
    is_newer = now.version and now.version.day > edition.day
    if before.version != now.version and before.version and not is_newer:
        message = f"Arkets udgave på »{now.address}« er ikke den, der er udgivet."
        kept = Entry(now.address, now.target, before.version, now.line)
        yield Finding(LEDGER_PATH, now.line, "L25", message, f"Skriv linjen, som den var: {kept.as_line()}")
    if before.target and before.target != now.target and (before.target in published or now.address in published):
        leads = f"nu til »{now.target}«" if now.target else "ingen andre steder hen nu"
        message = f"Adressen »{now.address}« fører {leads}, før til »{before.target}«."
        hint = "Et link i en håndbog følger med. Er det ikke meningen, så skriv linjen, som den var: "
        yield Finding(LEDGER_PATH, now.line, MOVED_ELSEWHERE, message, hint + before.as_line(), Severity.WARNING)


def _line_before(ledger: Ledger, address: str) -> int:
    """Return the line that the row stood under."""
    return max((entry.line for entry in ledger.entries.values() if entry.address < address), default=1)
