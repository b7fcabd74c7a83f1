"""How far a page is: whose it is, its edition, whether it was tried and reviewed, and on which day that runs out.

Nothing here is compared with today: that happens in the reader's browser, so that an old copy says so itself, and in
the checks, which warn beforehand.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from procedure.derive.approvals import approval, sheet_approval
from procedure.derive.changes import changes
from procedure.derive.edition import facts
from procedure.derive.imprint import imprint
from procedure.derive.renamed import under_new_names
from procedure.derive.sheets import sheets
from procedure.model import Procedure, remembered
from procedure.phrases import approval_state, edition_state, review_state
from procedure.source.contract import Contact
from procedure.source.edition import Approval
from procedure.source.page import Page
from procedure.source.text import read_date
from procedure.words import Words

_CONFIRMED_FOR = 12


class Part(NamedTuple):
    """A part of the line: what it says, and the day that is named in it, if one is."""

    text: str
    day: date | None = None


def page_status(procedure: Procedure, page: Page) -> Iterator[Part]:
    """Yield what a page says of itself, part by part; the day of the last one is the one that it must be reviewed by."""
    words = procedure.words
    yield Part(words.text("status.owner", owner=page.field("owner")))
    sheet = next((sheet for sheet in sheets(procedure) if sheet.path == page.path), None)
    if sheet:
        version = imprint(procedure, sheet).version
        day = version.day if version else None
        yield Part(edition_state(words, day), day)
        yield _approval(words, sheet_approval(procedure, sheet), day)
        yield Part(sheet.trial, read_date(page.field("tried")))
    else:
        day = edition_day(procedure)
        yield Part(edition_state(words, day), day)
        yield _approval(words, approval(procedure), day)
    reviewed, written = read_date(page.field("last_reviewed")), read_date(page.field("written"))
    if written and not reviewed:
        yield Part(words.text("status.written", day=words.day(written)), written)
    if reviewed:
        yield Part(review_state(words, page.field("last_reviewed")), reviewed)
    if due := review_due(procedure, page):
        yield Part(words.text("status.review_by", day=words.day(due)), due)


def _approval(words: Words, by_whom: Approval | None, published: date | None) -> Part:
    return Part(approval_state(words, by_whom, published), by_whom.day if by_whom else None)


@remembered
def edition_day(procedure: Procedure) -> date | None:
    """Return when what is said today was published, or None where it was not: nothing was, or something is new since."""
    edition = procedure.edition
    if edition is None or changes(procedure, under_new_names(procedure, edition), facts(procedure)):
        return None
    return edition.day


def interval(procedure: Procedure, page: Page) -> int | None:
    """Return after how many months the page is to be reviewed, or None where it does not say so."""
    return procedure.words.read_count(page.field("review_in"), "status.months")


def review_due(procedure: Procedure, page: Page) -> date | None:
    """Return the last day on which the page is to be reviewed, counted from when it was last, or else was written."""
    day, months = read_date(page.field("last_reviewed") or page.field("written")), interval(procedure, page)
    return _later(day, months) if day and months else None


def confirmation_due(contact: Contact) -> date | None:
    """Return the last day on which a contact is to be found right again, or None where nobody has found it right."""
    return _later(contact.confirmed, _CONFIRMED_FOR) if contact.confirmed else None


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = min(day.year + years, date.max.year), month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
