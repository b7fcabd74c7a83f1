"""What whoever opens a page in a hurry sees first, and what a phase's page says once."""

from __future__ import annotations

import re
from collections import Counter

from playwright.sync_api import Locator, Page, expect

from procedure.derive.guide import phase_flows
from procedure.model import Procedure
from procedure.words import DANISH
from tests.browser.stage import Among, Stage, first_of

_PHONES, _DESKTOPS = [(360, 640), (375, 553), (390, 664), (412, 780)], [(1366, 650)]
_SEEN_SIZES = """(all) => all.filter((link) => link.checkVisibility({ visibilityProperty: true })).map((link) => {
  const { width, height } = link.getBoundingClientRect();
  return [link.textContent.trim(), Math.min(width, height)];
})"""
_BEGINNINGS = ["", "guide/", "kontakt/", "tjeklister/lige-nu/"]


def _open(stage: Stage, path: str, width: int, height: int, *, javascript: bool = True) -> Page:
    page = stage.page(width=width, height=height, javascript=javascript, has_touch=width < 500)
    page.goto(path)
    return page


def _size(link: Locator) -> tuple[float, float]:
    box = link.bounding_box()
    assert box
    return box["width"], box["height"]


@first_of("path", _BEGINNINGS)
def test_the_number_in_an_emergency_stands_under_the_heading_and_says_it_is_added(stage: Stage, path: str) -> None:
    for screens in (_PHONES, _DESKTOPS):
        page = _open(stage, path, *screens[0])
        strip = page.locator("main h1 + .emergency")
        expect(strip).to_contain_text(DANISH.text("supplement.awaiting"))
        link = strip.locator("a")
        expect(link).to_have_attribute("href", "tel:112")
        for width, height in screens:
            page.set_viewport_size({"width": width, "height": height})
            expect(strip).to_be_in_viewport(ratio=1)
            assert min(_size(link)) >= 44


@first_of("screen, javascript", [(360, 640, 4), (375, 553, 0), (1366, 650, 4)], [True, False])
def test_the_front_page_shows_the_ways_in_and_what_to_do_first(
    stage: Stage, procedure: Procedure, screen: tuple[int, int, int], javascript: bool
) -> None:
    width, height, items = screen
    page = _open(stage, "", width, height, javascript=javascript)
    ways = page.locator("main .actions a")
    expect(ways).to_have_count(2)
    for way in ways.all():
        expect(way).to_be_in_viewport(ratio=1)
        assert min(_size(way)) >= 44
    said = [trace.text for trace in procedure.pages["docs/index.md"].traces]
    first = page.locator("main .front > ul:not(.contacts) > li")
    expect(first).to_have_text(said[: first.count()])
    for number in range(items):
        expect(first.nth(number)).to_be_in_viewport(ratio=1)
    assert float(first.first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 16


def test_every_number_and_way_in_is_large_enough_for_a_thumb(stage: Stage, paths: list[str]) -> None:
    page = stage.page(width=360, height=640)
    small = {}
    measured = 0
    for path in paths:
        page.goto(path)
        for text, size in page.locator(
            "main :is(.call, .way-on a, .row a, .actions a, .spine a, .contact [href^='tel:'])"
        ).evaluate_all(_SEEN_SIZES):
            measured += 1
            if size < 43.9:
                small[f"{path} {text}"] = size
    assert measured > len(paths)
    assert small == {}


def test_a_phase_page_says_no_sentence_twice_on_a_phone(stage: Stage, procedure: Procedure, among: Among) -> None:
    """Headings, the block of what must never be done, contacts and what leads to other phases aside."""
    page = stage.page(width=360, height=740)
    for phase, _ in among(phase_flows(procedure)):
        page.goto(f"faser/{phase.id}/")
        page.evaluate(
            "document.querySelectorAll('main :is(h1, h2, h3, .danger, .calls, .spine, #naeste ~ *)').forEach((e) => e.remove())"
        )
        sentences = re.split(r"(?<=[.?!:])\s+|\n+", page.locator("main article").inner_text())
        counted = Counter(sentence.strip() for sentence in sentences if len(sentence.split()) > 3)
        assert len(counted) > 3
        assert [sentence for sentence, count in counted.items() if count > 1] == [], phase.id


def test_a_phase_page_has_one_large_way_on_that_opens_the_guide_there(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(width=360, height=740)
    for phase, _ in among(phase_flows(procedure)):
        page.goto(f"faser/{phase.id}/")
        way = page.locator("main .way-on a")
        expect(way).to_have_count(1)
        way.click()
        expect(page.locator(".guide-screen:visible")).to_contain_text(f"Fase {phase.number}")


def test_a_phase_page_leads_to_its_checklist_and_its_pdf_at_the_old_place(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(width=360, height=740)
    for phase, _ in among(phase_flows(procedure)):
        page.goto(f"faser/{phase.id}/#tjekliste")
        row = page.locator("#tjekliste")
        expect(row).to_be_in_viewport(ratio=1)
        pdf = row.locator(".row-pdf").get_attribute("href")
        assert pdf
        assert (stage.site / f"faser/{phase.id}" / pdf).resolve().read_bytes().startswith(b"%PDF")
        row.locator("a").first.click()
        expect(page.locator("h1")).to_contain_text(phase.title)
        assert page.url.endswith(f"tjeklister/{phase.id}/")


def test_whether_to_notify_leads_to_the_numbers_and_the_facts_and_never_in_a_ring(stage: Stage) -> None:
    page = stage.page(width=360, height=740)
    for path, link in (
        ("", "main .front > ul:not(.contacts) a"),
        ("faser/vurder/", ".calls-added a[href*='supplement']"),
    ):
        page.goto(path)
        page.locator(link).first.click()
        assert page.url.endswith("mere/supplement/#akut-fare")
        expect(page.locator("#akut a[href='tel:+4543282828']")).to_be_visible()
        expect(page.locator("#t2")).to_be_visible()
