"""The invented second procedure in a browser: what scripts and style sheets say is in its own words too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from procedure.derive.published import version_mark
from procedure.model import load_procedure
from tests.browser.axe import page_with_axe, states, violations
from tests.browser.stage import Stage, served

_PATHS = ("", "guide/", "overview/", "phases/receive/", "checklists/close/", "contacts/", "more/traceability/", "x/y/")


@pytest.fixture
def stage(browser: Browser, second_tree: Path) -> Iterator[Stage]:
    with served(second_tree / "site", "/lost-property/") as address:
        stage = Stage(browser, address, second_tree / "site")
        yield stage
        assert stage.close() == []


def test_axe_finds_nothing_on_a_page_in_the_state_that_is_its_turn(stage: Stage) -> None:
    page = page_with_axe(stage)
    faults = {}
    for turn, state in enumerate(states(page)):
        for path in _PATHS[turn::4]:
            page.goto(path)
            if found := violations(page):
                faults[f"{path} {state}"] = found
    assert faults == {}


def test_the_guide_asks_remembers_and_writes_down_in_its_words(stage: Stage) -> None:
    page = stage.page()
    page.goto("guide/")
    page.get_by_role("link", name="Yes").click()
    expect(page.locator(".guide-shown")).to_contain_text("You answered: Yes.")
    log = page.locator(".guide-log")
    expect(log).to_contain_text("Your answers")
    expect(log.locator("a")).to_have_text("Change the answer to “Is there a name in it?”")
    expect(page.locator(".map [data-state='here']")).to_contain_text("You are here")
    page.get_by_role("button", name="The way as text").click()
    expect(page.locator(".guide-text")).to_contain_text(
        re.compile(r"[A-Z][a-z]+ \d{1,2}, 20\d\d|\d{1,2} [A-Z][a-z]+ 20\d\d")
    )
    expect(page.locator(".guide-text")).to_contain_text("Done by: ___")
    page.get_by_role("link", name="Back", exact=True).first.click()
    page.go_back()
    assert not re.search("[æøåÆØÅ]", page.locator("body").inner_text())
    page.goto("guide/#receive-name/perhaps")
    expect(page.locator(".guide-stopped")).to_contain_text("not known here")


def test_a_scanned_sheet_is_told_whether_it_is_the_current_one(stage: Stage, second_tree: Path) -> None:
    procedure = load_procedure(second_tree)
    assert procedure.ledger
    version = procedure.ledger.version("/checklists/search.pdf")
    assert version
    page = stage.page()
    page.goto(f"checklists/search/#{version_mark(procedure.words, version)}")
    expect(page.get_by_text("Your paper is the current edition.")).to_be_visible()
    page.goto("checklists/search/#edition-2020-01-01-00000000")
    expect(
        page.get_by_text("Your paper is of an edition that the site does not know. Use what stands here.")
    ).to_be_visible()


def test_what_style_sheets_add_is_in_its_words(stage: Stage) -> None:
    page = stage.page()
    page.goto("phases/receive/#d-receive-name")
    said = "(where) => getComputedStyle(document.querySelector(where[0]), where[1]).content"
    assert page.evaluate(said, [".flow-place :target", "::before"]) == '"Here"'
    page.emulate_media(media="print")
    page.goto("checklists/search/")
    assert page.evaluate(said, [".done-by label", "::after"]) == '"Done by:"'
    assert page.evaluate(said, [".done-by", "::after"]) == '"Day:"'
