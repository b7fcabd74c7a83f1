"""L17, L18, L20, L21, L23, L27: what was published keeps working."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from procedure.checks.doubt import Doubt
from procedure.derive.addresses import site_address
from procedure.derive.anchors import anchors
from procedure.derive.moves import COMMAND, command
from procedure.derive.published import published_addresses
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.ledger import LEDGER_PATH, Entry, Ledger, can_last, ending


def check(procedure: Procedure, doubt: Doubt) -> Iterator[Finding]:
    """Check every published address, but for those that may be lost because of another error."""
    yield from _check_names(procedure, doubt)
    ledger = procedure.ledger
    if ledger is None or not ledger.entries:
        if procedure.edition is None and not doubt.edition and not doubt.file(LEDGER_PATH):
            message = "Intet er udgivet endnu, så ingen adresse og intet ark er bevogtet."
            hint = "Kør make publish, når siden skal ud. Har den været udgivet, så hent filen igen, som den var da."
            yield Finding(LEDGER_PATH, 1, "L21", message, hint, Severity.WARNING)
        return
    published = published_addresses(procedure)
    known = {*procedure.edition.sections["addresses"], *published} if procedure.edition else ledger.entries.keys()
    for entry in ledger.entries.values():
        if entry.address not in known:
            message = f"Adressen »{entry.address}« har aldrig været udgivet."
            yield Finding(LEDGER_PATH, entry.line, "L27", message, "Slet linjen, eller ret adressen.")
        else:
            yield from _check_entry(ledger, entry, published, doubt)


def _check_names(procedure: Procedure, doubt: Doubt) -> Iterator[Finding]:
    """Yield each address that the ledger could not hold; once published it would be lost to it."""
    for page in procedure.pages.values():
        places = [("", 1)] if not can_last(site_address(page.path)) else anchors(procedure, page)
        for anchor, line in places:
            address = site_address(page.path, anchor)
            if not can_last(address) and not doubt.line(page.path, line):
                what = f"Giv stedet id'et »{anchor}« igen" if anchor else "Giv filen et andet navn"
                message = f"Adressen »{address}« kan ikke være varig."
                yield Finding(
                    page.path, line, "L23", message, f"{what} med små bogstaver fra a til z, tal og bindestreg."
                )


def _check_entry(ledger: Ledger, entry: Entry, published: Collection[str], doubt: Doubt) -> Iterator[Finding]:
    destination = ledger.destination(entry.address, published)
    if destination is None and any(map(doubt.address, ledger.way(entry.address, published))):
        return
    if entry.target is None:
        if destination is None and not _waits_for_its_page(ledger, entry, published):
            message = f"Adressen »{entry.address}« er udgivet, men findes ikke mere."
            hint = way_to_mend(ledger, entry.address, published)
            yield Finding(LEDGER_PATH, entry.line, "L17", message, hint)
    elif entry.address in published:
        message = f"Adressen »{entry.address}« er sat til at føre et andet sted hen, men findes selv."
        hint = "Er det et nyt sted, så giv det et andet id: Gamle links mener det gamle. Er det gamle sted her igen, så slet pilen og det, der står efter den."
        yield Finding(LEDGER_PATH, entry.line, "L20", message, hint)
    elif destination is None:
        message = f"Adressen »{entry.address}« fører til »{entry.target}«, som ikke findes."
        if entry.target == entry.address:
            message = f"Adressen »{entry.address}« fører til sig selv."
        elif entry.target in ledger.entries:
            message = (
                f"Adressen »{entry.address}« fører til »{entry.target}« og derfra ikke videre til noget, der findes."
            )
        guess = _most_alike(entry.target, published)
        where = f"--moved {entry.address} {guess}" if guess else f"--retired {entry.address}"
        hint = f"Sig, hvor den fører hen nu: {COMMAND} {where}"
        yield Finding(LEDGER_PATH, entry.line, "L18", message, hint)
    elif (kind := ending(entry.address)) and kind != ending(destination):
        message = f"Adressen »{entry.address}« er en {kind}-fil, men fører til »{destination}«, som er noget andet."
        yield Finding(LEDGER_PATH, entry.line, "L18", message, f"Skriv adressen på en {kind}-fil efter pilen.")


def _waits_for_its_page(ledger: Ledger, entry: Entry, published: Collection[str]) -> bool:
    """Return whether the whole page is lost: that is one fault, and its places follow where it is said to lead."""
    path, mark, _ = entry.address.partition("#")
    return bool(mark) and path in ledger.entries and ledger.destination(path, published) is None


def way_to_mend(ledger: Ledger, address: str, published: Collection[str]) -> str:
    """Return the commands that say where a lost address leads now."""
    question, _, name = address.rpartition("/")
    guess = command(ledger, published, address)
    known = f"Er det lavet om eller flyttet, så kør: {guess} · " if guess else ""
    if "#" in question and question in published:
        node = question.rpartition("-")[2]
        known = f"Har svaret fået en ny tekst, så skriv i diagrammet: %% navn {node}: {name} = Svaret på pilen. {known}"
    return f"{known}Er det væk, så kør: {COMMAND} --retired {address}"


def _most_alike(address: str, published: Collection[str]) -> str:
    """Return the published address most like this one, or nothing: a place on its own page, and a page among pages."""
    page, mark, _ = address.partition("#")
    alike = sorted(a for a in published if (a.partition("#")[0] == page if mark else "#" not in a))
    return next(iter(difflib.get_close_matches(address, alike, n=1, cutoff=0.7)), "")
