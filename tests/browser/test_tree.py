"""Every page as it is heard: the accessibility tree that Chromium builds, read in order."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from procedure.model import Procedure
from tests.browser.stage import Among, Stage
from tests.browser.tree import Heard, tree
from tests.browser.ways import address, shortest

_LANDMARKS = ("navigation", "region", "complementary")


class Read(NamedTuple):
    """A page as it is heard with all that can be opened open, and its blocks in sight: the label and the title of each."""

    places: list[Heard]
    blocks: list[tuple[str, str]]


_BLOCKS = """() => [...document.querySelectorAll(".admonition")].filter((block) => block.checkVisibility())
  .map((block) => [block.ariaLabel ?? "", block.querySelector(".admonition-title").innerText.trim()])"""


@pytest.fixture(scope="module")
def pages(browser: Browser, address: str, site: Path, paths: list[str]) -> dict[str, Read]:
    """The pages, each read once."""
    stage = Stage(browser, address, site)
    page = stage.page()
    read = {}
    for path in paths:
        page.goto(path)
        blocks = page.evaluate(_BLOCKS)
        page.locator("details:not([open])").evaluate_all("all => all.forEach((details) => { details.open = true; })")
        read[path] = Read(tree(page), [(label, title) for label, title in blocks])
    assert stage.close() == []
    return read


def _links(places: list[Heard]) -> dict[str, set[str]]:
    links = defaultdict(set)
    for place in places:
        if place.role == "link":
            links[place.name].add(str(place.states.get("url")))
    return links


def test_two_links_with_one_name_on_a_screen_of_the_guide_lead_to_one_place(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(width=360, height=740)
    faults = {}
    for screen_id, choices in among(shortest(procedure).items()):
        page.goto("about:blank")
        page.goto(address(choices, screen_id))
        links = _links(tree(page))
        assert len(links) > 5
        if shared := {name: places for name, places in links.items() if len(places) > 1 or not name}:
            faults[screen_id] = shared
    assert faults == {}


def test_every_part_that_can_be_jumped_to_has_a_name_of_its_own_and_headings_say_their_words(
    pages: dict[str, Read],
) -> None:
    faults = {}
    for path, (places, _) in pages.items():
        names = [place.name for place in places if place.role in _LANDMARKS]
        assert "Menu" in names
        wrong = [name for name in names if not name or names.count(name) > 1]
        wrong += [place.name for place in places if place.role == "heading" and re.search(r"#|^$", place.name)]
        if wrong:
            faults[path] = wrong
    assert faults == {}


def test_what_is_vigtigt_or_added_is_a_region_that_holds_all_of_it(pages: dict[str, Read], among: Among) -> None:
    checked = 0
    for path, (places, blocks) in pages.items():
        regions = [place.name for place in places if place.role == "region"]
        for name, title in blocks:
            assert name.startswith(title), path
            assert regions.count(name) == 1, path
            checked += 1
    assert checked >= among.least(31, 6)


def test_a_link_that_calls_says_whose_number_it_is(pages: dict[str, Read], among: Among) -> None:
    heard = {
        (path, place.name)
        for path, (places, _) in pages.items()
        for place in places
        if str(place.states.get("url")).startswith("tel:")
    }
    assert len(heard) >= among.least(16, 11)
    # 112 is nobody's number in particular.
    bare = [(path, name) for path, name in heard if not re.search(r"[a-zæøå]{4}", name.removeprefix("Ring"))]
    assert [(path, name) for path, name in bare if name != "Ring 112"] == []
