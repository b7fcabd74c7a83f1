"""Whether what the site says is approved: an edition is, by somebody and on a day, and what is as it was in it."""

from __future__ import annotations

from procedure.derive.history import Renewed, since, since_nothing
from procedure.derive.published import sheet_address
from procedure.derive.sheet_versions import sheets_of_editions
from procedure.derive.sheets import Sheet
from procedure.model import Procedure, remembered
from procedure.source.edition import Approval, Edition


def approved_edition(procedure: Procedure) -> Edition | None:
    """Return the newest edition that somebody has approved, or None."""
    return next((edition for edition in procedure.editions if edition.approval), None)


@remembered
def to_be_approved(procedure: Procedure) -> Renewed:
    """Return what has changed since the approved edition, or all that is said where none is."""
    edition = approved_edition(procedure)
    return since(procedure, edition) if edition else since_nothing(procedure)


def approval(procedure: Procedure) -> Approval | None:
    """Return who approved what the procedure says today, or None where there is more to approve since."""
    edition = approved_edition(procedure)
    return edition.approval if edition and not to_be_approved(procedure) else None


def sheet_approval(procedure: Procedure, sheet: Sheet) -> Approval | None:
    """Return who approved the newest of the approved editions that has the sheet as it is today, or None."""
    address = sheet_address(sheet)
    for edition, (_, versions) in zip(procedure.editions, sheets_of_editions(procedure), strict=True):
        version = versions.get(address)
        if edition.approval and version and version.fingerprint == sheet.fingerprint:
            return edition.approval
    return None
