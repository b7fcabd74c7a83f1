"""L17, L18, L20, P32: what was published keeps working, and paper says which version it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.findings import Finding
from procedure.ledger import LEDGER_PATH, Entry, Ledger
from procedure.model import Procedure
from procedure.published import published_addresses, sheet_address
from procedure.sheets import sheets

CHANGED_SHEET = "P32"


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check every published address, and every published sheet against what is on it now.

    The source must be without other errors.
    """
    ledger = procedure.ledger
    if ledger is None:
        return
    addresses = published_addresses(procedure)
    for entry in ledger.entries.values():
        yield from _check_entry(ledger, entry, addresses)
    for sheet in sheets(procedure):
        version = ledger.version(sheet_address(sheet))
        page = procedure.checklist_page(sheet.name)
        if version and page and version.fingerprint != sheet.fingerprint:
            message = f"Arket »{sheet.title}« er ændret siden udgaven fra {version.day}."
            hint = 'Kør make publish CHANGE="det, der er ændret, på én linje", så papir kan se, om det er gammelt.'
            yield Finding(page.path, 1, CHANGED_SHEET, message, hint)


def _check_entry(ledger: Ledger, entry: Entry, addresses: frozenset[str]) -> Iterator[Finding]:
    if entry.target is None:
        if entry.address not in addresses and not _moves_with_its_page(ledger, entry, addresses):
            message = f"Adressen »{entry.address}« er udgivet, men findes ikke mere."
            hint = f"Skriv, hvor den fører hen nu: {entry.address} -> /ny/adresse/"
            yield Finding(LEDGER_PATH, entry.line, "L17", message, hint)
    elif entry.target not in addresses:
        message = f"Adressen »{entry.address}« fører til »{entry.target}«, som ikke findes."
        yield Finding(
            LEDGER_PATH, entry.line, "L18", message, "Ret det, der står efter pilen, til en adresse, der findes."
        )
    elif entry.address in addresses:
        message = f"Adressen »{entry.address}« er sat til at føre et andet sted hen, men findes selv."
        yield Finding(LEDGER_PATH, entry.line, "L20", message, "Slet pilen og det, der står efter den.")


def _moves_with_its_page(ledger: Ledger, entry: Entry, addresses: frozenset[str]) -> bool:
    """Return whether the place is still there on the page that its page has moved to."""
    path, _, fragment = entry.address.partition("#")
    page = ledger.entries.get(path)
    return bool(fragment and page and page.target and f"{page.target}#{fragment}" in addresses)
