"""What is left out of the theme's stylesheet is what no page uses: each looks as with all of it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.stage import KINDS, Among, Stage, first_of

_STYLE = "**/assets/stylesheets/main.*.css"
# What each element, and what stands before and after it, looks like: its name, and a number that stands for all of it.
_LOOKS = """() => {
  const number = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) | 0, 7);
  const looks = [];
  for (const element of document.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") continue;
      // What a property of the stylesheet's own holds is seen where it is used.
      const names = Array.from(style).filter((name) => !name.startsWith("--"));
      const look = names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; ");
      looks.push(`${element.tagName}.${element.getAttribute("class")}${part} ${number(look)}`);
    }
  }
  return looks;
}"""
_SWITCHES = "(on) => { for (const box of document.querySelectorAll('.md-toggle')) box.checked = on }"


@pytest.fixture(scope="module")
def whole() -> str:
    """The theme's stylesheet as it comes."""
    package = importlib.util.find_spec("material")
    assert package and package.origin
    [file] = Path(package.origin).parent.glob("templates/assets/stylesheets/main.*.css")
    return file.read_text("utf-8")


def _looks(page: Page, path: str) -> Iterator[list[str]]:
    """Yield how the page looks: on the screen and on paper, with the theme's switches off and on."""
    page.goto(path)
    for on in (False, True):
        page.evaluate(_SWITCHES, on)
        for medium in ("screen", "print"):
            page.emulate_media(media=medium, reduced_motion="reduce")
            yield _at_rest(page)


def _at_rest(page: Page) -> list[str]:
    """Return how the page looks when it looks twice the same: the theme's script moves things as they come."""
    before: list[str] = []
    while (now := page.evaluate(_LOOKS)) != before:
        before = now
        page.wait_for_timeout(100)
    return before


@first_of("width, scheme", [1280, 360], ["light", "dark"])
def test_each_page_looks_as_with_all_of_the_themes_stylesheet(
    width: int, scheme: str, stage: Stage, whole: str, among: Among
) -> None:
    page, other = (stage.page(width=width, color_scheme=scheme) for _ in range(2))
    other.route(_STYLE, lambda route: route.fulfill(body=whole, content_type="text/css"))
    for path in among(KINDS):
        for look, meant in zip(_looks(page, path), _looks(other, path), strict=True):
            assert [pair for pair in zip(look, meant, strict=True) if pair[0] != pair[1]][:3] == [], path
