"""axe and the keyboard on every page; narrow and wide, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from procedure.model import Procedure
from tests.browser.axe import page_with_axe, states, violations
from tests.browser.stage import KINDS, USED, Among, Stage, first_of
from tests.browser.ways import address, shortest

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
    return page_with_axe(stage)


def test_axe_finds_nothing_on_a_page_in_the_state_that_is_its_turn(page: Page) -> None:
    """The judges see every page in every state."""
    faults = {}
    paths = [*USED, "x/y/z/"]
    for turn, state in enumerate(states(page)):
        for path in paths[turn::4]:
            page.goto(path)
            if found := violations(page):
                faults[f"{path} {state}"] = found
    assert faults == {}


@first_of("width", [360, 1280])
def test_the_focus_is_seen_at_every_step_through_a_page(page: Page, width: int, among: Among) -> None:
    faults = {}
    page.set_viewport_size({"width": width, "height": 740})
    for path in among(KINDS):
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


def test_every_target_on_a_screen_of_the_guide_is_big_enough(page: Page, procedure: Procedure, among: Among) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sizes = {}
    for screen_id, choices in among(shortest(procedure).items(), 4):
        page.goto(address(choices, screen_id))
        expect(page.locator(f'section[id="{screen_id}"]')).to_be_visible()
        for target in page.locator(".guide [data-answer], .guide button").locator("visible=true").all():
            box = target.bounding_box()
            assert box
            sizes[f"{screen_id} {target.text_content()}"] = min(box["width"], box["height"])
    assert len(sizes) >= among.least(41, 5)
    assert {target: size for target, size in sizes.items() if size < 44} == {}
