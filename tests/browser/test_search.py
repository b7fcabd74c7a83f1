"""The search as a reader meets it: Material's own, in the browser, for the words that readers use."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from playwright.sync_api import Page, expect

from procedure.model import Procedure
from tests.browser.stage import Among, Stage
from tests.browser.test_pages import web_path

_WORDS: dict[str, list[str]] = yaml.safe_load(Path(__file__).parents[1].joinpath("search_words.yml").read_text("utf-8"))
# What is for those who approve and edit is left out, and what says again what a phase's page says.
_LEFT_OUT = ("guide/", "links/", "mere/", "tjeklister/")
_LET_IN = ("mere/supplement/", "mere/privatliv/", "mere/tilgaengelighed/", "tjeklister/", "tjeklister/lige-nu/")


def test_the_first_hit_says_what_to_do_for_the_words_that_readers_use(stage: Stage, among: Among) -> None:
    page = stage.page()
    page.goto("mere/privatliv/")
    page.locator(".md-search__input").click()
    meant = {word: place for place, words in _WORDS.items() for word in words}
    assert len(meant) >= 60
    found = {word: _first_hit(page, word).removeprefix(stage.address) for word in among(meant, 12)}
    # Where no place on the page is meant, any is right.
    assert {word: at for word, at in found.items() if meant[word] not in (at, at.partition("#")[0])} == {}
    assert "?" not in page.url


def _first_hit(page: Page, word: str) -> str:
    """Return where the first hit leads: the place that is shown first on its page, or the page itself."""
    links = page.locator(".md-search-result__item").first.locator("a")
    page.locator(".md-search__input").fill("")
    expect(links).to_have_count(0)
    # All at once: each letter would bring hits of its own.
    page.keyboard.insert_text(word)
    page.keyboard.press("End")
    expect(links.first, word).to_be_visible()
    addresses: list[str] = links.evaluate_all("all => all.map((a) => a.href)")
    return next((address for address in addresses if "#" in address), addresses[0])


def test_the_search_leaves_out_what_is_not_for_a_reader_or_said_elsewhere(site: Path, procedure: Procedure) -> None:
    index = json.loads(site.joinpath("search/search_index.json").read_text("utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    pages = {web_path(path) for path in procedure.pages}
    assert found == {path for path in pages if path in _LET_IN or not path.startswith(_LEFT_OUT)}


def test_search_works_from_the_keyboard_on_a_phone(stage: Stage) -> None:
    page = stage.page(width=360, height=740)
    page.goto("kontakt/")
    page.keyboard.press("f")
    page.keyboard.type("rygter")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search-result__item").first).not_to_be_in_viewport()
