"""L17, L18, L20, L21, L23, P32: what was published keeps working, and paper says which version it is."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from datetime import date

from procedure.derive.addresses import site_address
from procedure.derive.anchors import anchors
from procedure.derive.published import published_addresses, sheet_address
from procedure.derive.sheets import sheets
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.ledger import LEDGER_PATH, Entry, Ledger, can_last

CHANGED_SHEET = "P32"


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check every published address, and every published sheet against what is on it now.

    The source must be without other errors.
    """
    yield from _check_names(procedure)
    ledger = procedure.ledger
    if ledger is None or not ledger.entries:
        message = "Intet er udgivet endnu, så ingen adresse og intet ark er bevogtet."
        hint = "Kør make publish, når siden skal ud. Har den været udgivet, så hent filen igen, som den var da."
        yield Finding(LEDGER_PATH, 1, "L21", message, hint, Severity.WARNING)
        return
    published = published_addresses(procedure)
    for entry in ledger.entries.values():
        yield from _check_entry(ledger, entry, published)
    for sheet in sheets(procedure):
        version = ledger.version(sheet_address(sheet))
        page = procedure.checklist_page(sheet.name)
        if version and page and version.fingerprint != sheet.fingerprint:
            message = f"Arket »{sheet.title}« er ændret siden udgaven fra {version.day}."
            hint = 'Kør make publish CHANGE="det, der er ændret, på én linje", så papir kan se, om det er gammelt.'
            yield Finding(page.path, 1, CHANGED_SHEET, message, hint)


def _check_names(procedure: Procedure) -> Iterator[Finding]:
    """Yield each address that the ledger could not hold; once published it would be lost to it."""
    for page in procedure.pages.values():
        places = [("", 1)] if not can_last(site_address(page.path)) else anchors(procedure, page)
        for anchor, line in places:
            address = site_address(page.path, anchor)
            if not can_last(address):
                what = f"Giv stedet id'et »{anchor}« igen" if anchor else "Giv filen et andet navn"
                message = f"Adressen »{address}« kan ikke være varig."
                yield Finding(
                    page.path, line, "L23", message, f"{what} med små bogstaver fra a til z, tal og bindestreg."
                )


def _check_entry(ledger: Ledger, entry: Entry, published: Collection[str]) -> Iterator[Finding]:
    destination = ledger.destination(entry.address, published)
    if entry.target is None:
        if destination is None and not _waits_for_its_page(ledger, entry, published):
            message = f"Adressen »{entry.address}« er udgivet, men findes ikke mere."
            target = _nearest(entry.address, published, ledger) or "/ny/adresse/"
            hint = f"Skriv, hvor den fører hen nu, fx: {entry.address} -> {target}"
            question, _, name = entry.address.rpartition("/")
            if "#" in question and question in published:
                node = question.rpartition("-")[2]
                hint = f"Har svaret fået en ny tekst, så skriv i diagrammet: %% navn {node}: {name} = Svaret på pilen. Ellers: {hint[0].lower()}{hint[1:]}"
            yield Finding(LEDGER_PATH, entry.line, "L17", message, hint)
    elif entry.address in published:
        message = f"Adressen »{entry.address}« er sat til at føre et andet sted hen, men findes selv."
        yield Finding(LEDGER_PATH, entry.line, "L20", message, "Slet pilen og det, der står efter den.")
    elif destination is None:
        message = f"Adressen »{entry.address}« fører til »{entry.target}«, som ikke findes."
        if entry.target == entry.address:
            message = f"Adressen »{entry.address}« fører til sig selv."
        elif entry.target in ledger.entries:
            message = (
                f"Adressen »{entry.address}« fører til »{entry.target}« og derfra ikke videre til noget, der findes."
            )
        guess = _nearest(entry.target, published)
        hint = "Ret det, der står efter pilen, til en adresse, der findes" + (f", fx {guess}" if guess else "") + "."
        yield Finding(LEDGER_PATH, entry.line, "L18", message, hint)
    elif entry.address.endswith(".pdf") and not destination.endswith(".pdf"):
        message = f"Adressen »{entry.address}« er en PDF, men fører til »{destination}«, som er en side."
        yield Finding(LEDGER_PATH, entry.line, "L18", message, "Skriv adressen på en PDF efter pilen.")


def _waits_for_its_page(ledger: Ledger, entry: Entry, published: Collection[str]) -> bool:
    """Return whether the whole page is lost: that is one fault, and its places follow where it is said to lead."""
    path, mark, _ = entry.address.partition("#")
    return bool(mark) and path in ledger.entries and ledger.destination(path, published) is None


def _nearest(address: str, published: Collection[str], ledger: Ledger | None = None) -> str:
    """Return the published address most like this one, or nothing.

    A place is looked for on its own page, and a page among pages; with a ledger only what is new to it is meant.
    """
    page, mark, _ = address.partition("#")
    alike = [a for a in published if (a.partition("#")[0] == page if mark else "#" not in a)]
    new = sorted(a for a in alike if ledger is None or a not in ledger.entries)
    return next(iter(difflib.get_close_matches(address, new, n=1, cutoff=0.7)), "")
