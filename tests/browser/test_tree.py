"""Every page as it is heard: the accessibility tree that Chromium builds, read in order."""

from __future__ import annotations

import re
from collections import defaultdict

from playwright.sync_api import Page

from procedure.model import Procedure
from tests.browser.stage import Stage
from tests.browser.tree import Heard, tree
from tests.browser.ways import address, shortest

_LANDMARKS = ("navigation", "region", "complementary")


def _opened(page: Page) -> list[Heard]:
    """Return the tree with all that can be opened open."""
    page.locator("details:not([open])").evaluate_all("all => all.forEach((details) => { details.open = true; })")
    return tree(page)


def _links(places: list[Heard]) -> dict[str, set[str]]:
    links = defaultdict(set)
    for place in places:
        if place.role == "link":
            links[place.name].add(str(place.states.get("url")))
    return links


def test_two_links_with_one_name_on_a_screen_of_the_guide_lead_to_one_place(stage: Stage, procedure: Procedure) -> None:
    page = stage.page(width=360, height=740)
    faults = {}
    for screen_id, choices in shortest(procedure).items():
        page.goto("about:blank")
        page.goto(address(choices, screen_id))
        links = _links(tree(page))
        assert len(links) > 5
        if shared := {name: places for name, places in links.items() if len(places) > 1 or not name}:
            faults[screen_id] = shared
    assert faults == {}


def test_every_part_that_can_be_jumped_to_has_a_name_of_its_own_and_headings_say_their_words(stage: Stage) -> None:
    page = stage.page()
    faults = {}
    for path in stage.paths:
        page.goto(path)
        places = _opened(page)
        names = [place.name for place in places if place.role in _LANDMARKS]
        assert "Menu" in names
        wrong = [name for name in names if not name or names.count(name) > 1]
        wrong += [place.name for place in places if place.role == "heading" and re.search(r"#|^$", place.name)]
        if wrong:
            faults[path] = wrong
    assert faults == {}


def test_what_is_vigtigt_or_added_is_a_region_that_holds_all_of_it(stage: Stage) -> None:
    page = stage.page()
    checked = 0
    for path in stage.paths:
        page.goto(path)
        blocks = page.locator(".admonition").locator("visible=true").all()
        regions = [place for place in _opened(page) if place.role == "region"]
        for block in blocks:
            name = block.get_attribute("aria-label") or ""
            title = block.locator(".admonition-title").inner_text().strip()
            assert name.startswith(title), path
            assert [region.name for region in regions].count(name) == 1, path
            checked += 1
    assert checked > 30


def test_a_link_that_calls_says_whose_number_it_is(stage: Stage) -> None:
    page = stage.page()
    heard = set()
    for path in stage.paths:
        page.goto(path)
        calls = [place for place in _opened(page) if str(place.states.get("url")).startswith("tel:")]
        heard |= {(path, place.name) for place in calls}
    assert len(heard) > 15
    # 112 is nobody's number in particular.
    bare = [(path, name) for path, name in heard if not re.search(r"[a-zæøå]{4}", name.removeprefix("Ring"))]
    assert [(path, name) for path, name in bare if name != "Ring 112"] == []
