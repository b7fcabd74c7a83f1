"""Whether what the site says is approved: an edition is, by somebody and on a day, and what is as it was in it."""

from __future__ import annotations

from procedure.derive.changes import changes
from procedure.derive.edition import facts
from procedure.derive.published import sheet_address
from procedure.derive.renamed import under_new_names
from procedure.derive.sheets import Sheet
from procedure.model import Procedure, remembered
from procedure.source.edition import Approval, Edition


def approved_edition(procedure: Procedure) -> Edition | None:
    """Return the newest edition that somebody has approved, or None."""
    return next((edition for edition in procedure.editions if edition.approval), None)


@remembered
def approval(procedure: Procedure) -> Approval | None:
    """Return who approved what the procedure says today, or None where something is new since the approved edition."""
    edition = approved_edition(procedure)
    if edition is None or changes(procedure, under_new_names(procedure, edition), facts(procedure)):
        return None
    return edition.approval


def sheet_approval(procedure: Procedure, sheet: Sheet) -> Approval | None:
    """Return who approved the newest of the approved editions that has the sheet as it is today, or None."""
    address = sheet_address(sheet)
    for edition in procedure.editions:
        row = edition.sections["addresses"].get(address)
        if edition.approval and row and row["mark"] == sheet.fingerprint:
            return edition.approval
    return None
