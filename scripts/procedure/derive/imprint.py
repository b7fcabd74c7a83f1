"""What a sheet says of itself: whose it is, how far it is, where it stands, and what its last change put on it."""

from __future__ import annotations

from dataclasses import dataclass

from procedure.derive.addresses import site_address
from procedure.derive.approvals import sheet_approval
from procedure.derive.published import absolute_address, sheet_address, version_mark
from procedure.derive.sheet_versions import LastChange, last_change
from procedure.derive.sheets import Sheet
from procedure.model import Procedure
from procedure.phrases import approval_state, edition_state
from procedure.source.ledger import Version


@dataclass(frozen=True)
class Imprint:
    """What a sheet says of itself; none of it is part of its fingerprint.

    `version` is None where what is on it was never published. `root` is the site's address, `address` the
    page's, and `code_address` the one in the QR code, with the version; all are empty where the first is not set.
    `status` is how far the sheet is, part by part, and `last_change` None where it has been one version only.
    """

    sender: str
    site: str
    version: Version | None
    root: str
    address: str
    code_address: str
    status: tuple[str, ...]
    last_change: LastChange | None


def imprint(procedure: Procedure, sheet: Sheet) -> Imprint:
    """Return what the sheet says of itself."""
    version = procedure.ledger.version(sheet_address(sheet)) if procedure.ledger else None
    if version and version.fingerprint != sheet.fingerprint:
        version = None
    address = absolute_address(procedure, site_address(sheet.path))
    renewed = last_change(procedure, sheet)
    return Imprint(
        procedure.site.sender,
        procedure.site.name,
        version,
        procedure.site.address,
        address,
        f"{address}#{version_mark(procedure.words, version)}" if address and version else address,
        _status(procedure, sheet, version, renewed),
        renewed,
    )


def _status(procedure: Procedure, sheet: Sheet, version: Version | None, renewed: LastChange | None) -> tuple[str, ...]:
    words = procedure.words
    day = version.day if version else None
    edition = edition_state(words, day)
    approved = approval_state(words, sheet_approval(procedure, sheet), day)
    bars = words.text("sheet.bars", day=words.day(renewed.since.day)) if renewed and renewed.lines else ""
    return tuple(filter(None, (edition, approved, sheet.trial, sheet.review, bars)))
