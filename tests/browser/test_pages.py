"""Every built page in a real browser: whole, silent, on its own host, and fit for any screen."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
from playwright.sync_api import Browser, Page, expect

from procedure.derive.guide import caution, phase_flows, screens
from procedure.model import Procedure
from tests.browser.stage import KINDS, SCRIPT_OR_NONE, USED, Among, Stage, every_path, restyle, served
from tests.project import ADDRESS

# What an item says itself, without the numbers beside it.
_OWN_TEXT = """(all) => all.map((item) => {
  const own = item.cloneNode(true);
  own.querySelector(".calls")?.remove();
  return own.textContent.trim();
})"""

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


def test_every_page_opens_without_a_complaint_and_asks_no_other_host(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    flows = {web_path(source.path): source.flows for source in procedure.pages.values()}
    every = every_path(stage.site)
    assert flows.keys() <= set(every)
    # One page shows all phases again, for reading through, and one has each in its place on a map, to be opened.
    flows["mere/samlet/"] = flows["overblik/"] = tuple(flow for _, flow in phase_flows(procedure))
    looked_at = every if among.every else USED
    for path in looked_at:
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
    assert len(stage.requests) > len(looked_at)


def test_a_phase_page_weighs_less_than_100_kb_with_all_that_it_loads_at_first(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    for phase, _ in among(phase_flows(procedure)):
        page = stage.page()
        with page.expect_response("**/search_index.json"):
            page.goto(f"faser/{phase.id}/", wait_until="networkidle")
        loaded = {address.removeprefix(stage.address).partition("#")[0] for address in stage.requests}
        stage.requests.clear()
        files = [stage.site / path / "index.html" if path.endswith("/") else stage.site / path for path in loaded]
        assert len(files) > 5
        sizes = {file.relative_to(stage.site).as_posix(): len(gzip.compress(file.read_bytes())) for file in files}
        assert sum(sizes.values()) < 100_000, sizes


@SCRIPT_OR_NONE
def test_a_wrong_address_at_any_depth_leads_back_in(stage: Stage, javascript: bool) -> None:
    page = stage.page(javascript=javascript)
    _assert_leads_in(page, "x/y/z/")


def test_a_wrong_address_leads_back_in_where_the_site_is_published_under_a_path(
    browser: Browser, addressed_site: Path
) -> None:
    prefix = urlsplit(ADDRESS).path
    assert len(prefix) > 1
    with served(addressed_site, prefix) as address:
        stage = Stage(browser, address, addressed_site)
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


def test_what_is_vigtigt_says_the_same_everywhere_and_holds_nothing_to_tick(
    stage: Stage, procedure: Procedure, paths: list[str]
) -> None:
    block = caution(procedure)
    assert block is not None
    # The guide has it on every screen, and the page of all phases has their checklists too.
    held = Counter({"": 1, "tjeklister/lige-nu/": 1, "tjeklister/dokumenter/": 1})
    held |= Counter({"faser/dokumenter/": 1, "mere/samlet/": 2, "guide/": len(screens(procedure))})
    page = stage.page()
    for path in paths:
        page.goto(path)
        blocks = page.locator(".danger, .guide-caution")
        expect(blocks, path).to_have_count(held[path])
        for shown in blocks.all():
            said = shown.locator("li[data-req], li:not(.calls li)").evaluate_all(_OWN_TEXT)
            assert said == list(block.items), path
            expect(shown.locator(":is(.admonition-title, summary)"), path).to_have_text("Vigtigt")
        expect(blocks.locator("input, [role=checkbox], [role=radio], .task"), path).to_have_count(0)


def test_no_page_leaves_an_empty_sheet_of_paper(stage: Stage, paths: list[str]) -> None:
    page = stage.page()
    empty = {}
    for path in paths:
        page.goto(path)
        for margin in (10, 25):
            restyle(page, f"@page {{ margin: {margin}mm !important; }}")
            papers = pypdfium2.PdfDocument(page.pdf(format="A4"))
            texts = [paper.get_textpage().get_text_range().strip() for paper in papers]
            if not all(texts):
                empty[f"{path} {margin}"] = [len(text) for text in texts]
    assert empty == {}


def test_nothing_moves_for_a_reader_who_asks_for_rest(stage: Stage, among: Among) -> None:
    page = stage.page(width=360, reduced_motion="reduce")
    faults = {}
    for path in among(KINDS):
        page.goto(path)
        if moving := page.evaluate(_RUNNING):
            faults[path] = moving
    assert faults == {}
