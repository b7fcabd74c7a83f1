"""Every page for a reader who enlarges or recolours it: nothing cut, covered, lost or broken inside a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.stage import KINDS, Among, Stage, launched, restyle

# What stands outside the page to the right or left, and is not inside something that scrolls by itself.
_OUTSIDE = """() => {
  const scrolls = (element) => {
    for (let e = element.parentElement; e; e = e.parentElement)
      if (/auto|scroll/.test(getComputedStyle(e).overflowX) && e !== document.body) return true;
    return false;
  };
  const root = document.scrollingElement;
  const out = [...document.querySelectorAll("main *, footer *, header > nav > *")].filter((e) => {
    const { left, right, width } = e.getBoundingClientRect();
    return width > 1 && e.checkVisibility({ visibilityProperty: true }) && (right > innerWidth + 1 || left < -1) && !scrolls(e);
  });
  return {
    wider: root.scrollWidth - root.clientWidth,
    outside: out.map((e) => `${e.tagName}.${e.getAttribute("class")} ${e.id}`),
  };
}"""

# Whatever can be reached from the keyboard, and cannot be seen when it is.
_COVERED = """() => {
  const faults = [];
  const controls = [...document.querySelectorAll("main a[href], main button, main summary, main input, footer a[href]")];
  for (const control of controls) {
    if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    control.focus();
    if (document.activeElement !== control) continue;
    const boxes = [...control.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    const seen = boxes.some(({ left, top, width, height }) => {
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit && (control.contains(hit) || hit.contains(control));
    });
    if (boxes.length && !seen) faults.push(`${control.tagName} ${control.getAttribute("href")} ${control.textContent.trim()}`);
  }
  return { faults, seen: controls.length };
}"""

# Text that a box of fixed size or a cut line would hide from the reader.
_CUT = """() => [...document.querySelectorAll("body *:not(svg, svg *)")].filter((e) => {
  if (!e.textContent.trim() || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const style = getComputedStyle(e);
  const { width, height, right, left } = e.getBoundingClientRect();
  if (width <= 1 || height <= 1 || right < 0 || left > innerWidth || style.clipPath !== "none") return false;
  const cut = (overflow, inner, outer) => /hidden|clip/.test(overflow) && inner > outer + 1;
  return cut(style.overflowX, e.scrollWidth, e.clientWidth) || cut(style.overflowY, e.scrollHeight, e.clientHeight);
}).map((e) => `${e.tagName}.${e.getAttribute("class")} »${e.textContent.trim().slice(0, 40)}«`)"""

# WCAG 2.2, success criterion 1.4.12.
TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
"""

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


def _spaced(page: Page) -> dict[str, Any]:
    """Return what is cut or outside the page while its text is spaced as widely as a reader may have it."""
    restyle(page, TEXT_SPACING)
    found = {"cut when spaced": page.evaluate(_CUT), "spaced": _outside(page)}
    page.evaluate("document.adoptedStyleSheets.pop()")
    return found


def _outside(page: Page) -> list[str]:
    measured = page.evaluate(_OUTSIDE)
    return [*measured["outside"], *([f"wider by {measured['wider']}"] if measured["wider"] > 0 else [])]


def _faults(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {path: faults for path, measured in found.items() if (faults := {k: v for k, v in measured.items() if v})}


def test_text_of_twice_the_size_is_neither_cut_nor_covered(large_text: Stage, paths: list[str]) -> None:
    page = large_text.page()
    found = {}
    for path in paths:
        page.goto(path)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            found[f"{path} {width}"] = {
                "cut": page.evaluate(_CUT),
                "over": page.evaluate(_OVERLAP),
                "outside": _outside(page),
            }
    assert _faults(found) == {}


def test_on_the_narrowest_screen_nothing_is_outside_broken_cut_or_covered_and_all_can_be_reached(
    stage: Stage, paths: list[str]
) -> None:
    page = stage.page()
    found = {}
    for path in paths:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(path)
        here = {
            "outside": _outside(page),
            "broken": page.evaluate(_BROKEN),
            "over": page.evaluate(_OVERLAP),
            **_spaced(page),
        }
        # A window of 1280 by 1024 pixels at four times the size.
        page.set_viewport_size({"width": 320, "height": 256})
        reached = page.evaluate(_COVERED)
        assert reached["seen"] > 3
        found[path] = {**here, "out of reach": reached["faults"]}
    assert _faults(found) == {}


def test_without_a_script_no_page_scrolls_sideways_on_the_narrowest_screen(stage: Stage, among: Among) -> None:
    page = stage.page(width=320, height=640, javascript=False)
    found = {}
    for path in among(KINDS):
        page.goto(path)
        found[path] = {"outside": _outside(page)}
    assert _faults(found) == {}


def test_on_a_wide_screen_spaced_text_is_whole_and_forced_colours_take_nothing_away(
    stage: Stage, paths: list[str]
) -> None:
    """Where colours are forced, what is here is told by more than colour."""
    page = stage.page()
    found = {}
    for path in paths:
        page.emulate_media(forced_colors="none")
        page.goto(path)
        here = _spaced(page)
        page.emulate_media(forced_colors="active")
        found[path] = {**here, "told by colour": page.evaluate(_TOLD_BY_COLOUR)}
    assert _faults(found) == {}
