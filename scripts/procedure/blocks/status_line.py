"""The one line at the foot of each page that says how far the page is."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, tostring

from procedure.blocks.markup import add, add_late, after
from procedure.derive.addresses import site_address
from procedure.derive.status import page_status, review_due
from procedure.model import Procedure
from procedure.source.page import Page


def status_lines(procedure: Procedure) -> Mapping[str, str]:
    """Return the line of each page as HTML, by the page's address from the site's root."""
    return {
        site_address(page.path).removeprefix("/"): tostring(
            status_line(procedure, page), encoding="unicode", method="html"
        )
        for page in procedure.pages.values()
    }


def status_line(procedure: Procedure, page: Page) -> Element:
    """Return the line: its parts, and what the reader's browser shows of it once the page should have been reviewed."""
    line = Element("p", {"class": "status"})
    for number, part in enumerate(page_status(procedure, page)):
        before, day, rest = part.text.partition(procedure.words.day(part.day) if part.day else "\0")
        after(line, f"{' · ' if number else ''}{before}")
        if part.day and day:
            add(line, "time", day, datetime=str(part.day))
        after(line, rest)
    if due := review_due(procedure, page):
        after(line, " ")
        add_late(line, "strong", procedure.words.text("status.review_late"), due)
    return line
