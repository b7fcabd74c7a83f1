"""The offline copy as a reader meets it: unpacked, and opened from its folder without a server."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from procedure.derive.published import OFFLINE_COPY
from procedure.model import Procedure
from procedure.outputs.offline import write_offline_copy
from procedure.outputs.redirects import lead_on
from procedure.words import DANISH
from tests.browser import ways
from tests.browser.stage import Among, Stage, every_path

_START = "start-her.html"
_WORDS: dict[str, list[str]] = yaml.safe_load(Path(__file__).parents[1].joinpath("search_words.yml").read_text("utf-8"))


@pytest.fixture
def folder(browser: Browser, offline: Path) -> Iterator[Stage]:
    """A stage that fails the test where a page complained, warned, or asked for anything but a file of the copy."""
    stage = Stage(browser, f"{offline.as_uri()}/", offline)
    yield stage
    assert stage.close() == []


def _page(folder: Stage, width: int = 1280) -> Page:
    def hear(message: ConsoleMessage) -> None:
        if message.type == "warning":
            folder.faults.append(f"warning: {message.text}")

    page = folder.page(width=width)
    page.on("console", hear)
    return page


def test_a_page_looks_as_it_does_on_the_site(folder: Stage, stage: Stage, paths: list[str]) -> None:
    here, there = _page(folder, width=360), stage.page(width=360)
    found = []
    for path in paths:
        if path == "404.html":
            continue
        for page, address in ((here, f"filer/{path}index.html"), (there, path)):
            page.goto(address)
            page.mouse.move(0, 0)
        if here.screenshot(full_page=True) != there.screenshot(full_page=True):
            found.append(path)
    assert found == []


def test_the_start_page_opens_the_front_page(folder: Stage, offline: Path) -> None:
    assert sorted(path.name for path in offline.iterdir()) == ["filer", _START]
    page = _page(folder)
    page.goto(_START)
    page.wait_for_url(f"{folder.address}filer/index.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_start_page_alone_says_what_to_do(browser: Browser, offline: Path, tmp_path: Path) -> None:
    shutil.copy(offline / _START, tmp_path)
    page = Stage(browser, "", tmp_path).page()
    page.goto((tmp_path / _START).as_uri())
    expect(page.get_by_text("Pak hele zip-filen ud")).to_be_visible()
    page.context.close()


def test_the_guide_is_walked_by_clicks_and_back(folder: Stage, procedure: Procedure, among: Among) -> None:
    page = _page(folder, width=360)
    first = next(iter(ways.screens_by_id(procedure)))
    walks = [walk for walk in ways.walks(procedure) if walk.first.id == first]
    assert len(walks) > 1
    for walk in among(walks, 2):
        page.goto("filer/guide/index.html")
        page.reload()
        for choice in walk.choices:
            shown = page.locator(".guide-shown")
            expect(shown).to_have_id(choice.screen.id)
            shown.locator("[data-answer]").nth(choice.number - 1).click()
        expect(page.locator(".guide-shown")).to_have_id(walk.choices[-1].way.target)
        for choice in reversed(walk.choices):
            page.go_back()
            expect(page.locator(".guide-shown")).to_have_id(choice.screen.id)


@pytest.mark.parametrize("word", ["forældre", "rygter"])
def test_a_hit_of_the_search_leads_to_the_place(folder: Stage, word: str) -> None:
    [place] = [place for place, words in _WORDS.items() if word in words]
    path, _, anchor = place.partition("#")
    page = _page(folder)
    page.goto("filer/mere/privatliv/index.html")
    _search(page, word)
    page.locator(".md-search-result__item").first.locator("a[href*='#']").first.click()
    page.wait_for_url(f"{folder.address}filer/{path}index.html#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_every_word_finds_the_same_as_on_the_site(folder: Stage, stage: Stage, among: Among) -> None:
    here, there = _page(folder), stage.page()
    here.goto("filer/kontakt/index.html")
    there.goto("kontakt/")
    for word in among([word for words in _WORDS.values() for word in words], 4):
        found = [_hits(page, word) for page in (here, there)]
        assert [hit.replace("index.html", "") for hit in found[0]] == found[1], word


def _hits(page: Page, word: str) -> list[str]:
    """Return where the hits lead, from the front page."""
    _search(page, word)
    front = page.evaluate("new URL('..', location).href")
    addresses: list[str] = page.locator(".md-search-result__item a").evaluate_all("all => all.map((a) => a.href)")
    return [address.removeprefix(front) for address in addresses]


def _search(page: Page, word: str) -> None:
    links = page.locator(".md-search-result__item a")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("")
    expect(links).to_have_count(0)
    page.keyboard.insert_text(word)
    page.keyboard.press("End")
    expect(links.first, word).to_be_visible()


def test_a_sheet_is_ticked_and_its_pdf_is_a_file(folder: Stage, among: Among) -> None:
    page = _page(folder, width=360)
    sheets = [
        path for path in every_path(folder.site / "filer") if path.startswith("tjeklister/") and path.count("/") > 1
    ]
    for path in among(sheets):
        page.goto(f"filer/{path}index.html")
        box = page.locator(".task input").first
        box.check()
        page.get_by_role("button", name="Nulstil", exact=True).click()
        expect(box).not_to_be_checked()
        addresses = page.locator("a[href$='.pdf']").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        assert addresses
        for address in addresses:
            assert (folder.site / "filer" / path / address).resolve().read_bytes().startswith(b"%PDF-"), address


def test_an_old_address_leads_on_in_the_copy(
    browser: Browser, site: Path, procedure: Procedure, tmp_path: Path
) -> None:
    moved = Path(shutil.copytree(site, tmp_path / "site"))
    lead_on(DANISH, {"/foer/": "/kontakt/", "/kontakt/#foer": "/guide/"}, moved)
    write_offline_copy(procedure, moved)
    with zipfile.ZipFile(moved / OFFLINE_COPY.removeprefix("/")) as copy:
        copy.extractall(tmp_path / "ud")
    [files] = tmp_path.glob("ud/*/filer")
    stage = Stage(browser, f"{files.as_uri()}/", files)
    for javascript in (True, False):
        page = stage.page(javascript=javascript)
        page.goto("foer/index.html")
        page.wait_for_url(f"{stage.address}kontakt/index.html")
    expect(page.locator("#foer a")).to_have_attribute("href", "../guide/index.html")
    assert stage.close() == []
