"""axe finds nothing on any page, and in the guide on any screen; narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from procedure.model import Procedure
from tests.browser.axe import page_with_axe, states, violations
from tests.browser.stage import Stage, chromium
from tests.browser.ways import address, shortest


@pytest.fixture(scope="module")
def stage(address: str, site: Path) -> Iterator[Stage]:
    with chromium() as browser:
        yield Stage(browser, address, site)


@pytest.fixture
def page(stage: Stage) -> Page:
    return page_with_axe(stage)


def test_axe_finds_nothing_on_any_page(page: Page, stage: Stage) -> None:
    faults = {}
    for path in [*stage.every_path, "x/y/z/"]:
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
