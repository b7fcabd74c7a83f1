"""Every page for a reader who enlarges or recolours it: nothing cut, covered, lost or broken inside a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stage import Stage, launched
from tests.browser.test_pages import CUT, OUTSIDE

# Words that stand on two lines; at a hyphen, a slash, a point or an @ they may.
_BROKEN = r"""() => {
  const broken = new Set();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const isHidden = (element) => { for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== "none") return true; };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility({ visibilityProperty: true }) || node.parentElement.closest("svg, code") || isHidden(node.parentElement)) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\d]{4,}/gu)) {
      const range = document.createRange();
      // A hyphen that a soft one leaves behind is a box of the word that follows.
      range.setStart(node, index + 1);
      range.setEnd(node, index + word.length);
      const tops = [...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) broken.add(word);
    }
  }
  return [...broken];
}"""

# Texts of different blocks that lie over one another.
_OVERLAP = """() => {
  const boxes = [...document.querySelectorAll("main :is(p, li, h1, h2, h3, dt, dd, summary, label, legend, td, th, .call)")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.textContent.trim() && !e.closest("svg, .flow-frame, .unseen"))
    .filter((e) => { for (let at = e; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== "none") return false; return true; })
    .flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === 3 && n.data.trim()).flatMap((n) => {
      const range = document.createRange();
      range.selectNodeContents(n);
      return [...range.getClientRects()].filter((r) => r.width > 2 && r.height > 2).map((r) => [e, n, r]);
    }));
  const faults = new Set();
  for (const [i, [a, m, r]] of boxes.entries())
    for (const [b, n, s] of boxes.slice(i + 1))
      if (m !== n && Math.min(r.right, s.right) - Math.max(r.left, s.left) > 3
          && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > Math.min(r.height, s.height) / 2)
        faults.add(`${m.data.trim().slice(0, 30)} / ${n.data.trim().slice(0, 30)}`);
  return [...faults];
}"""

# What is here, told by more than a background: that is gone where colours are forced.
_TOLD_BY_COLOUR = """() => [...document.querySelectorAll("[aria-current]")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => {
    const style = (element) => {
      const { fontWeight, borderTopWidth, borderLeftWidth, borderTopColor, borderLeftColor, outlineStyle, textDecorationLine } = getComputedStyle(element);
      return JSON.stringify([fontWeight, borderTopWidth, borderLeftWidth, borderTopColor, borderLeftColor, outlineStyle, textDecorationLine]);
    };
    const other = [...e.closest("ul, ol, nav").querySelectorAll("a, p")].find((o) => !o.matches("[aria-current], [aria-current] *") && o !== e);
    const inside = (element) => style(element) + [...element.children].map(style).join();
    return other && inside(e) === inside(other);
  }).map((e) => e.textContent.trim())"""


@pytest.fixture
def large_text(browser: Browser, address: str, site: Path) -> Iterator[Stage]:
    """The site in a browser whose reader has set text to twice the size."""
    with launched(browser.browser_type, "--blink-settings=defaultFontSize=32") as enlarged:
        yield Stage(enlarged, address, site)


@pytest.mark.parametrize("width", [360, 1280])
def test_text_of_twice_the_size_is_neither_cut_nor_covered(large_text: Stage, width: int) -> None:
    page = large_text.page(width=width)
    faults = {}
    for path in large_text.paths:
        page.goto(path)
        found = {"cut": page.evaluate(CUT), "over": page.evaluate(_OVERLAP), **page.evaluate(OUTSIDE)}
        if any(found.values()):
            faults[path] = found
    assert faults == {}


def test_on_the_narrowest_screen_no_word_is_broken_and_no_text_is_covered(stage: Stage) -> None:
    page = stage.page(width=320, height=640)
    faults = {}
    for path in stage.paths:
        page.goto(path)
        found = {"broken": page.evaluate(_BROKEN), "over": page.evaluate(_OVERLAP)}
        if any(found.values()):
            faults[path] = found
    assert faults == {}


def test_where_colours_are_forced_what_is_here_is_told_by_more_than_colour(stage: Stage) -> None:
    page = stage.page(width=1280, forced_colors="active")
    faults = {}
    for path in stage.paths:
        page.goto(path)
        if found := page.evaluate(_TOLD_BY_COLOUR):
            faults[path] = found
    assert faults == {}
