"""axe, the outside judge of accessibility, asked about a page as it stands in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.stage import Stage

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
  });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map(({ target }) => target.join(" ")).join(", ")}`);
  return { found, rules: passes.length };
}"""


def page_with_axe(stage: Stage) -> Page:
    """Return a blank page that can be judged; nothing moves on it, so that no colour is measured half-way."""
    page = stage.page(reduced_motion="reduce")
    page.add_init_script(path=_AXE)
    return page


def states(page: Page) -> Iterator[str]:
    """Show the page wide and narrow, light and dark, and give the name of each state while it lasts."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        yield f"{width} light"
        page.emulate_media(color_scheme="dark")
        yield f"{width} dark"


def violations(page: Page) -> list[str]:
    """Return what breaks WCAG 2.2 AA on the page: the rule, and the first places."""
    result = page.evaluate(_RUN)
    assert result["rules"] > 10
    found: list[str] = result["found"]
    return found
