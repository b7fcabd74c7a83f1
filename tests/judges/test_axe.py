"""axe finds nothing on any page, and in the guide on any screen; narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from procedure.model import Procedure
from tests.browser.axe import page_with_axe, states, violations
from tests.browser.stage import Stage, chromium, every_path
from tests.browser.ways import address, shortest


@pytest.fixture(scope="module")
def stage(address: str, site: Path) -> Iterator[Stage]:
    """A stage that fails the last test where a page complained, or asked for anything off the site."""
    with chromium() as browser:
        stage = Stage(browser, address, site)
        yield stage
        assert stage.close() == []


@pytest.fixture
def page(stage: Stage) -> Page:
    return page_with_axe(stage)


def test_axe_finds_nothing_on_any_page(page: Page, stage: Stage) -> None:
    faults = {}
    for path in [*every_path(stage.site), "x/y/z/"]:
        page.goto(path)
        for state in states(page):
            if found := violations(page):
                faults[f"{path} {state}"] = found
    assert faults == {}


def test_axe_finds_nothing_on_any_screen_of_the_guide(page: Page, procedure: Procedure) -> None:
    faults = {}
    page.goto("guide/")
    for state in states(page):
        page.goto("about:blank")
        for screen_id, choices in shortest(procedure).items():
            page.goto(address(choices, screen_id))
            expect(page.locator(f'section[id="{screen_id}"]')).to_be_visible()
            if found := violations(page):
                faults[f"{screen_id} {state}"] = found
    assert faults == {}


def test_axe_finds_nothing_where_something_was_opened(page: Page, procedure: Procedure) -> None:
    faults = {}
    screen_id, choices = max(shortest(procedure).items(), key=lambda item: len(item[1]))
    for state in states(page):
        page.goto("about:blank")
        page.goto(address(choices, screen_id))
        page.locator(".guide-tools button").nth(1).click()
        if not page.locator(".guide-drawing .flow-frame").locator("visible=true").count():
            page.locator(".guide-drawing summary").locator("visible=true").click()
        page.locator(".guide-caution > summary").locator("visible=true").click()
        expect(page.locator(".guide-caution > ul > li").locator("visible=true")).to_have_count(3)
        faults[f"course as text, what is vigtigt {state}"] = violations(page)
        page.goto("tjeklister/lige-nu/")
        page.get_by_role("main").get_by_role("radio", name="Nej").first.check()
        page.get_by_role("main").get_by_role("checkbox").first.check()
        faults[f"answers {state}"] = violations(page)
        page.goto("overblik/#d-overblik-k")
        expect(page.locator(".moved:target a")).to_be_visible()
        faults[f"what has moved {state}"] = violations(page)
        page.goto("overblik/")
        page.keyboard.press("f")
        page.keyboard.type("politi")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        faults[f"search {state}"] = violations(page)
        page.goto("faser/vurder/")
        summary = page.locator(".flow-switch > summary").filter(has_text="som tegning").locator("visible=true")
        if summary.count():
            summary.click()
            page.get_by_role("button", name="Menu").click()
            expect(page.get_by_role("navigation", name="Menu").get_by_role("link").first).to_be_in_viewport()
            faults[f"menu {state}"] = violations(page)
    assert len(faults) == 18
    assert {state: found for state, found in faults.items() if found} == {}
