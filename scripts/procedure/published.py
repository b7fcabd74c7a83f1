"""What the site publishes: every address that a handbook may link to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procedure.anchors import anchors
from procedure.ledger import Ledger, Version
from procedure.model import CHECKLISTS_FOLDER, Procedure
from procedure.page import Page
from procedure.sheets import Sheet, sheets

ALL_SHEETS = "/tjeklister.pdf"


def page_address(path: str) -> str:
    """Return the address of a page under `docs/`, from the site's root (`/faser/vurder/`)."""
    inside = path.removeprefix("docs").removesuffix(".md")
    return f"{inside.removesuffix('/index')}/"


def sheet_address(sheet: Sheet) -> str:
    """Return the address of a sheet's PDF, from the site's root."""
    return f"/{CHECKLISTS_FOLDER.removeprefix('docs/')}/{sheet.name}.pdf"


def published_addresses(procedure: Procedure) -> frozenset[str]:
    """Return the addresses of all pages, of every place on them that has one, and of the sheets."""
    addresses = {ALL_SHEETS, *(sheet_address(sheet) for sheet in sheets(procedure))}
    for page in procedure.pages.values():
        addresses.add(page_address(page.path))
        addresses.update(f"{page_address(page.path)}#{anchor}" for anchor in _lasting(procedure, page))
    return frozenset(addresses)


def _lasting(procedure: Procedure, page: Page) -> list[str]:
    """Return the ids on a page; the numbered rows of the text version follow the diagram and are left out."""
    rows = {f"t-{flow.id}-{node_id}" for flow in page.flows for node_id in flow.nodes}
    return [anchor for anchor, _ in anchors(procedure, page) if anchor not in rows]


@dataclass(frozen=True)
class Imprint:
    """What a sheet says of itself.

    `version` is None where it was never published. `address` is the page's, and `code_address` the one
    in the QR code, with the version; both are empty where the site's address is not set.
    """

    sender: str
    site: str
    version: Version | None
    address: str
    code_address: str


def imprint(procedure: Procedure, sheet: Sheet) -> Imprint:
    """Return what the sheet says of itself."""
    version = procedure.ledger.version(sheet_address(sheet)) if procedure.ledger else None
    address = absolute_address(procedure, f"{page_address(CHECKLISTS_FOLDER)}{sheet.name}/")
    code_address = f"{address}#{version.name}" if address and version else address
    return Imprint(procedure.site.sender, procedure.site.name, version, address, code_address)


def absolute_address(procedure: Procedure, address: str) -> str:
    """Return a site address in full, or nothing where the site's own is not set."""
    return f"{procedure.site.address}{address.removeprefix('/')}" if procedure.site.address else ""


class ChangeNotSaidError(Exception):
    """Raised where a published sheet has changed and nobody has said how: the message is one Danish sentence."""


def updated_ledger(procedure: Procedure, today: date, change: str) -> Ledger:
    """Return the ledger with every address of today, and a new version of each sheet that has changed.

    `change` is one line on what was changed, shown to whoever holds an older sheet; raises
    `ChangeNotSaidError` where it is empty and needed.
    """
    ledger = (procedure.ledger or Ledger({})).with_addresses(published_addresses(procedure))
    for sheet in sheets(procedure):
        before = ledger.version(sheet_address(sheet))
        if before and before.fingerprint == sheet.fingerprint:
            continue
        if before and not change:
            raise ChangeNotSaidError(
                f'Arket »{sheet.title}« er ændret. Skriv hvordan på én linje: make publish CHANGE="…"'
            )
        version = Version(today, sheet.fingerprint, change or "Første udgave")
        ledger = ledger.with_version(sheet_address(sheet), version)
    return ledger
