"""axe and the keyboard on every page, and in the guide on every screen; narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from procedure.model import Procedure
from tests.browser.stage import Stage
from tests.browser.ways import address, shortest

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_WIDTHS = (1280, 360)
_SCHEMES = ("light", "dark")
# A page of each kind.
_FOCUSED = (
    "", "guide/", "overblik/", "faser/vurder/", "tjeklister/lige-nu/", "kontakt/", "mere/egne-ord/", "mere/naevnt/",
    "mere/materialet/", "mere/sporbarhed/", "404.html",
)  # fmt: skip

_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
  });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map(({ target }) => target.join(" ")).join(", ")}`);
  return { found, rules: passes.length };
}"""

# Where the focus is, whether it can be seen, and whether it is marked by a line of its own.
_FOCUS = """async () => {
  // The theme sets the menu's height and opens the search one frame late.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const line = (element) => {
    if (!element) return false;
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const svg = focused.closest("svg") && focused.firstElementChild;
  const marked = svg ? parseFloat(getComputedStyle(svg).strokeWidth) >= 5
    : [focused, focused.closest("label"), focused.closest("li"), focused.closest("form"), focused.labels?.[0], document.querySelector(`label[for="${focused.id}"]`)].some(line);
  const carriers = [focused, focused.closest("label"), ...(focused.labels ?? []), ...document.querySelectorAll(`label[for="${focused.id}"]`)];
  const seen = carriers.some((carrier) => carrier && [...carrier.getClientRects()].some(({ left, top, right, bottom }) => {
    const hit = document.elementFromPoint(
      (Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    return hit && (carrier.contains(hit) || (hit.contains(carrier) && hit.closest("svg")));
  }));
  const name = `${focused.tagName} ${focused.id} ${focused.getAttribute("class")} ${focused.getAttribute("href")} »${focused.textContent.trim().slice(0, 30)}«`;
  return { marked, seen, name };
}"""


@pytest.fixture
def page(stage: Stage) -> Page:
    """A page with axe in it; nothing moves, so that no colour is measured half-way."""
    page = stage.page(reduced_motion="reduce")
    page.add_init_script(path=_AXE)
    return page


def _states(page: Page) -> Iterator[str]:
    """Give each width and colour scheme in turn."""
    for width in _WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in _SCHEMES:
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            yield f"{width} {scheme}"


def _violations(page: Page) -> list[str]:
    result = page.evaluate(_RUN)
    assert result["rules"] > 10
    found: list[str] = result["found"]
    return found


def test_axe_finds_nothing_on_any_page(page: Page, stage: Stage) -> None:
    faults = {}
    for path in [*stage.paths, "x/y/z/"]:
        page.goto(path)
        for state in _states(page):
            if found := _violations(page):
                faults[f"{path} {state}"] = found
    assert faults == {}


def test_axe_finds_nothing_on_any_screen_of_the_guide(page: Page, procedure: Procedure) -> None:
    faults = {}
    ways = shortest(procedure)
    page.goto("guide/")
    for state in _states(page):
        page.goto("about:blank")
        for screen_id, choices in ways.items():
            page.goto(address(choices, screen_id))
            expect(page.locator(f'section[id="{screen_id}"]')).to_be_visible()
            if found := _violations(page):
                faults[f"{screen_id} {state}"] = found
    assert faults == {}


def test_axe_finds_nothing_where_something_was_opened(page: Page, procedure: Procedure) -> None:
    faults = {}
    screen_id, choices = max(shortest(procedure).items(), key=lambda item: len(item[1]))
    for state in _states(page):
        page.goto("about:blank")
        page.goto(address(choices, screen_id))
        page.locator(".guide-tools button").nth(1).click()
        if not page.locator(".guide-drawing .flow-frame").locator("visible=true").count():
            page.locator(".guide-drawing summary").locator("visible=true").click()
        page.locator(".guide-caution > summary").locator("visible=true").click()
        expect(page.locator(".guide-caution > ul > li").locator("visible=true")).to_have_count(3)
        faults[f"course as text, what is vigtigt {state}"] = _violations(page)
        page.goto("tjeklister/lige-nu/")
        page.get_by_role("main").get_by_role("radio", name="Nej").first.check()
        page.get_by_role("main").get_by_role("checkbox").first.check()
        faults[f"answers {state}"] = _violations(page)
        page.goto("overblik/#d-overblik-k")
        expect(page.locator(".moved:target a")).to_be_visible()
        faults[f"what has moved {state}"] = _violations(page)
        page.goto("overblik/")
        page.keyboard.press("f")
        page.keyboard.type("politi")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        faults[f"search {state}"] = _violations(page)
        page.goto("faser/vurder/")
        summary = page.locator(".flow-switch > summary").filter(has_text="som tegning").locator("visible=true")
        if summary.count():
            summary.click()
            page.get_by_role("button", name="Menu").click()
            expect(page.get_by_role("navigation", name="Menu").get_by_role("link").first).to_be_in_viewport()
            faults[f"menu {state}"] = _violations(page)
    assert len(faults) == 18
    assert {state: found for state, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", _WIDTHS)
def test_the_focus_is_seen_at_every_step_through_a_page(page: Page, width: int) -> None:
    faults = {}
    page.set_viewport_size({"width": width, "height": 740})
    for path in _FOCUSED:
        page.goto(path)
        for presses in range(1, 250):
            page.keyboard.press("Tab")
            focus = page.evaluate(_FOCUS)
            if focus is None:
                break
            if not (focus["marked"] and focus["seen"]):
                faults[f"{path} {presses}"] = focus
        assert 5 < presses < 249, path
    assert faults == {}


def test_every_page_says_its_language_and_has_one_main_part(page: Page, stage: Stage) -> None:
    for path in stage.paths:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "da")
        expect(page.get_by_role("main")).to_have_count(1)
        assert page.title()


def test_every_target_on_a_screen_of_the_guide_is_big_enough(page: Page, procedure: Procedure) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sizes = {}
    for screen_id, choices in shortest(procedure).items():
        page.goto(address(choices, screen_id))
        expect(page.locator(f'section[id="{screen_id}"]')).to_be_visible()
        for target in page.locator(".guide [data-answer], .guide button").locator("visible=true").all():
            box = target.bounding_box()
            assert box
            sizes[f"{screen_id} {target.text_content()}"] = min(box["width"], box["height"])
    assert len(sizes) > 40
    assert {target: size for target, size in sizes.items() if size < 44} == {}
