"""Every built page in a real browser: whole, silent, on its own host, and fit for any screen."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from procedure.derive.guide import caution, phase_flows, screens
from procedure.model import Procedure
from tests.browser.stage import KINDS, Stage, served
from tests.conftest import ROOT

# What stands outside the page to the right or left, and is not inside something that scrolls by itself.
OUTSIDE = """() => {
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
CUT = """() => [...document.querySelectorAll("body *:not(svg, svg *)")].filter((e) => {
  if (!e.textContent.trim() || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const style = getComputedStyle(e);
  const { width, height, right, left } = e.getBoundingClientRect();
  if (width <= 1 || height <= 1 || right < 0 || left > innerWidth || style.clipPath !== "none") return false;
  const cut = (overflow, inner, outer) => /hidden|clip/.test(overflow) && inner > outer + 1;
  return cut(style.overflowX, e.scrollWidth, e.clientWidth) || cut(style.overflowY, e.scrollHeight, e.clientHeight);
}).map((e) => `${e.tagName}.${e.getAttribute("class")} »${e.textContent.trim().slice(0, 40)}«`)"""

# What an item says itself, without the numbers beside it.
_OWN_TEXT = """(all) => all.map((item) => {
  const own = item.cloneNode(true);
  own.querySelector(".calls")?.remove();
  return own.textContent.trim();
})"""

# WCAG 2.2, success criterion 1.4.12.
TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
"""

_RUNNING = """() => {
  const seconds = (times) => Math.max(...times.split(",").map(parseFloat));
  // What begins a drawing at its start node is an animation in name only: nothing is seen to move.
  const styles = [...document.querySelectorAll("*:not(.flow-begin)")].flatMap((e) =>
    [e, "::before", "::after"].map((p) => [e, p === e ? getComputedStyle(e) : getComputedStyle(e, p)]));
  const moving = styles.filter(([, s]) => seconds(s.transitionDuration) > .01 || s.scrollBehavior === "smooth" ||
    (s.animationName !== "none" && seconds(s.animationDuration) > .01));
  return [...new Set(moving.map(([e]) => `${e.tagName}.${e.getAttribute("class")}`))];
}"""


def web_path(source: str) -> str:
    path = source.removeprefix("docs/").removesuffix(".md")
    return "" if path == "index" else f"{path.removesuffix('/index')}/"


def test_every_page_opens_without_a_complaint_and_asks_no_other_host(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    flows = {web_path(source.path): source.flows for source in procedure.pages.values()}
    assert flows.keys() <= set(stage.every_path)
    # One page shows all phases again, for reading through, and one has each in its place on a map, to be opened.
    flows["mere/samlet/"] = flows["overblik/"] = tuple(flow for _, flow in phase_flows(procedure))
    for path in stage.every_path:
        page.goto(path)
        expect(page.locator("html"), path).to_have_attribute("lang", "da")
        expect(page.get_by_role("main"), path).to_have_count(1)
        assert page.title(), path
        expect(page.locator("h1"), path).to_have_count(1)
        expect(page.locator("h1"), path).to_be_visible()
        expect(page.locator(".flow"), path).to_have_count(len(flows.get(path, ())))
        drawn = page.locator(".flow svg .flow-node")
        # On the map one phase of a fork is open at a time.
        drawn = drawn if path == "overblik/" else drawn.locator("visible=true")
        expect(drawn, path).to_have_count(sum(len(flow.nodes) for flow in flows.get(path, ())))
        ids: list[str] = page.locator("[id]").evaluate_all("all => all.map(({ id }) => id)")
        assert [name for name, count in Counter(ids).items() if count > 1] == [], path
    assert len(stage.requests) > len(stage.every_path)


def test_a_phase_page_weighs_less_than_100_kb_with_all_that_it_loads_at_first(
    stage: Stage, procedure: Procedure
) -> None:
    for phase, _ in phase_flows(procedure):
        page = stage.page()
        with page.expect_response("**/search_index.json"):
            page.goto(f"faser/{phase.id}/", wait_until="networkidle")
        loaded = {address.removeprefix(stage.address).partition("#")[0] for address in stage.requests}
        stage.requests.clear()
        files = [stage.site / path / "index.html" if path.endswith("/") else stage.site / path for path in loaded]
        assert len(files) > 5
        sizes = {file.relative_to(stage.site).as_posix(): len(gzip.compress(file.read_bytes())) for file in files}
        assert sum(sizes.values()) < 100_000, sizes


@pytest.mark.parametrize("javascript", [True, False])
def test_a_wrong_address_at_any_depth_leads_back_in(stage: Stage, javascript: bool) -> None:
    page = stage.page(javascript=javascript)
    _assert_leads_in(page, "x/y/z/")


def test_a_wrong_address_leads_back_in_where_the_site_is_published_under_a_path(
    browser: Browser, tmp_path: Path
) -> None:
    site_dir = tmp_path / "site"
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--site-dir", str(site_dir)]
    environment = {**os.environ, "SITE_URL": "https://skole.example/skole/drift/"}
    run = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stdout
    with served(site_dir, "/skole/drift/") as address:
        stage = Stage(browser, address, site_dir)
        _assert_leads_in(stage.page(), "x/y/z/")
        assert stage.close() == []


def _assert_leads_in(page: Page, path: str) -> None:
    """Open a wrong address, and follow each of the page's links in."""
    for number in range(3):
        response = page.goto(path)
        assert response is not None
        assert response.status == 404
        ways = page.locator("main .actions a")
        assert ways.count() > number
        expect(page.locator("h1")).to_be_visible()
        with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
            ways.nth(number).click()
        assert answered.value.status in (200, 304)


def test_what_is_vigtigt_says_the_same_everywhere_and_holds_nothing_to_tick(stage: Stage, procedure: Procedure) -> None:
    block = caution(procedure)
    assert block is not None
    # The guide has it on every screen, and the page of all phases has their checklists too.
    held = Counter({"": 1, "tjeklister/lige-nu/": 1, "tjeklister/dokumenter/": 1})
    held |= Counter({"faser/dokumenter/": 1, "mere/samlet/": 2, "guide/": len(screens(procedure))})
    page = stage.page()
    for path in stage.paths:
        page.goto(path)
        blocks = page.locator(".danger, .guide-caution")
        expect(blocks, path).to_have_count(held[path])
        for shown in blocks.all():
            said = shown.locator("li[data-req], li:not(.calls li)").evaluate_all(_OWN_TEXT)
            assert said == list(block.items), path
            expect(shown.locator(":is(.admonition-title, summary)"), path).to_have_text("Vigtigt")
        expect(blocks.locator("input, [role=checkbox], [role=radio], .task"), path).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_no_page_scrolls_sideways_on_the_narrowest_screen(stage: Stage, javascript: bool) -> None:
    page = stage.page(width=320, height=640, javascript=javascript)
    faults = {}
    for path in stage.paths if javascript else KINDS:
        page.goto(path)
        measured = page.evaluate(OUTSIDE)
        if measured["wider"] > 0 or measured["outside"]:
            faults[path] = measured
    assert faults == {}


def test_at_four_times_the_size_every_control_can_be_reached_and_seen(stage: Stage) -> None:
    page = stage.page(width=320, height=256)
    faults = {}
    for path in stage.paths:
        page.goto(path)
        measured = page.evaluate(_COVERED)
        assert measured["seen"] > 3
        if measured["faults"]:
            faults[path] = measured["faults"]
    assert faults == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_text_is_not_cut(stage: Stage, width: int) -> None:
    page = stage.page(width=width)
    faults = {}
    for path in stage.paths:
        page.goto(path)
        page.add_style_tag(content=TEXT_SPACING)
        if cut := page.evaluate(CUT):
            faults[path] = cut
        measured = page.evaluate(OUTSIDE)
        if measured["wider"] > 0 or measured["outside"]:
            faults[f"{path} outside"] = measured
    assert faults == {}


def test_no_page_leaves_an_empty_sheet_of_paper(stage: Stage) -> None:
    page = stage.page()
    empty = {}
    for path in stage.paths:
        page.goto(path)
        for margin in (10, 25):
            page.add_style_tag(content=f"@page {{ margin: {margin}mm !important; }}")
            papers = pypdfium2.PdfDocument(page.pdf(format="A4"))
            texts = [paper.get_textpage().get_text_range().strip() for paper in papers]
            if not all(texts):
                empty[f"{path} {margin}"] = [len(text) for text in texts]
    assert empty == {}


def test_nothing_moves_for_a_reader_who_asks_for_rest(stage: Stage) -> None:
    page = stage.page(width=360, reduced_motion="reduce")
    faults = {}
    for path in KINDS:
        page.goto(path)
        if moving := page.evaluate(_RUNNING):
            faults[path] = moving
    assert faults == {}
