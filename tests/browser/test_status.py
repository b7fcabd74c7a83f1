"""What a page says of itself once its day is past, by the clock of whoever reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree.ElementTree import tostring
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from procedure.blocks.elements import contact_list
from procedure.derive.status import review_due
from procedure.model import Procedure
from procedure.words import DANISH
from tests.browser.stage import KINDS, Among, Stage

_PAGES = [path for path in KINDS if path != "404.html"]
_HERE = ZoneInfo("Europe/Copenhagen")
_CONFIRMED = date(2026, 12, 1)


def _due(procedure: Procedure, path: str) -> date:
    pages = (f"docs/{path}index.md", f"docs/{path.removesuffix('/')}.md")
    due = next(review_due(procedure, procedure.pages[page]) for page in pages if page in procedure.pages)
    assert due
    return due


def _page(stage: Stage, moment: datetime | None = None, *, javascript: bool = True) -> Page:
    """Return a page whose reader's clock stands still at a moment."""
    page = stage.page(width=360, javascript=javascript, timezone_id=_HERE.key)
    if moment:
        page.clock.set_fixed_time(moment)
    return page


def _last(day: date) -> datetime:
    """Return the last second of a day."""
    return datetime.combine(day, time(23, 59, 59), _HERE)


def _first(day: date) -> datetime:
    """Return the first second of the day after it."""
    return datetime.combine(day + timedelta(1), time(), _HERE)


def _late(page: Page) -> Locator:
    expect(page.locator(".status .late")).to_have_count(1)
    return page.locator(".status .late")


def test_a_page_says_that_its_day_is_past_from_the_next_day_on_and_never_on_paper(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    for path in among(_PAGES):
        due = _due(procedure, path)
        page = _page(stage, _last(due))
        page.goto(path)
        expect(_late(page)).to_be_hidden()
        page = _page(stage, _first(due))
        page.goto(path)
        expect(_late(page)).to_be_visible()
        expect(_late(page)).to_have_css("border-left-width", "8px")
        page.emulate_media(media="print")
        expect(_late(page)).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_day_itself_stands_in_words_with_and_without_a_script(
    stage: Stage, procedure: Procedure, javascript: bool
) -> None:
    page = _page(stage, javascript=javascript)
    page.goto("kontakt/")
    expect(page.locator(".status")).to_contain_text(DANISH.day(_due(procedure, "kontakt/")))
    expect(_late(page)).to_be_hidden()


def _confirmed(stage: Stage, procedure: Procedure, moment: datetime) -> Page:
    """Open the contacts as they are when somebody has found all of them right."""
    contacts = tuple(replace(contact, confirmed=_CONFIRMED) for contact in procedure.contract.contacts)
    known = replace(procedure, contract=replace(procedure.contract, contacts=contacts))
    shown = tostring(contact_list(known), encoding="unicode", method="html")
    written = (stage.site / "kontakt/index.html").read_text("utf-8")
    body = re.sub('<ul class="contacts"[^>]*>.*?</ul>', lambda _: shown, written, count=1, flags=re.DOTALL)

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page = _page(stage, moment)
    page.route("**/kontakt/", answer)
    page.goto("kontakt/")
    return page


def test_a_contact_says_that_its_year_is_over_and_where_all_have_a_day_the_list_says_none(
    stage: Stage, procedure: Procedure
) -> None:
    number = len(procedure.contract.numbers)
    page = _confirmed(stage, procedure, _last(date(2027, 12, 1)))
    expect(page.locator(".contact small:visible")).to_have_text([f"Bekræftet {DANISH.day(_CONFIRMED)}"] * number)
    expect(page.locator(".contact-note")).to_be_hidden()
    page = _confirmed(stage, procedure, _first(date(2027, 12, 1)))
    expect(page.locator(".contact .late:visible")).to_have_count(number)
    page.emulate_media(media="print")
    expect(page.locator(".contact .late:visible")).to_have_count(0)
    expect(page.locator(".contact-note")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_was_leads_to_what_is_said_of_accessibility_and_so_does_the_foot_of_each_page(
    stage: Stage, javascript: bool, site: Path
) -> None:
    page = stage.page(javascript=javascript)
    page.goto("was/")
    page.wait_for_url("**/mere/tilgaengelighed/")
    expect(page.locator("h1")).to_have_text("Tilgængelighed")
    page.goto("faser/vurder/")
    page.locator("footer").get_by_role("link", name="Tilgængelighed").click()
    page.wait_for_url("**/mere/tilgaengelighed/")
    for name in ("index.html", "404.html", "tjeklister/vurder/index.html"):
        assert ">Tilgængelighed</a>" in (site / name).read_text("utf-8").partition("<footer")[2]
