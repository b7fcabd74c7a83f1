"""The diagrams in a real browser: drawn or as text, on a phone, in any colours, by keyboard and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from procedure.derive.addresses import resolve
from procedure.derive.guide import phase_flows, screens
from procedure.model import Procedure
from procedure.source.flow import Flow, Kind, Node
from tests.browser.stage import Stage
from tests.browser.test_pages import TEXT_SPACING, web_path

_PHONE, _WIDE = 599, 600

# How far each text stands outside the shape it belongs to, in pixels; 0 where it stands inside.
_OVERFLOW = """(svg) => [...svg.querySelectorAll("text")].map((text) => {
  const shape = text.parentElement.querySelector("rect, polygon").getBoundingClientRect();
  const { left, top, right, bottom } = text.getBoundingClientRect();
  const out = Math.max(shape.left - left, shape.top - top, right - shape.right, bottom - shape.bottom);
  return [text.textContent, Math.max(0, Math.round(out))];
})"""

# The contrast (WCAG 2.2, 1.4.3 and 1.4.11) of each text to its box, and of each outline and arrow to the page.
_CONTRASTS = """(frame) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((n) => (n /= 255) <= .04045 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const style = (element) => getComputedStyle(element);
  const all = (selector) => [...frame.querySelectorAll(selector)];
  return {
    texts: all("text").map((t) => contrast(style(t).fill, style(t.parentElement.querySelector("rect, polygon")).fill)),
    outlines: all(".flow-node > :first-child").map((shape) => contrast(style(shape).stroke, page)),
    arrows: all(".flow-edge").map((edge) => contrast(style(edge).stroke, page)),
    heads: all("marker path").map((head) => contrast(style(head).fill, page)),
    widths: all(".flow-node > :first-child, .flow-edge").map((line) => parseFloat(style(line).strokeWidth)),
  };
}"""

_INSIDE = """(frame, id) => {
  const [outer, inner] = [frame, document.getElementById(id)].map((element) => element.getBoundingClientRect());
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.top < innerHeight;
}"""


def _pages(procedure: Procedure) -> list[tuple[str, Flow]]:
    pages = [(web_path(flow.path), flow) for flow in procedure.flows]
    assert len(pages) >= 7
    return pages


def _id(flow: Flow, node_id: str) -> str:
    return f"d-{flow.id}-{node_id}"


def _drawing(page: Page, flow: Flow) -> Locator:
    return page.locator(".flow-frame").filter(has=page.locator(f'[id^="d-{flow.id}-"]'))


def _readable(page: Page, selector: str) -> bool:
    """Return whether all that matches can be read: also text in a fold that is shut is no such text."""
    seen: bool = page.locator(selector).evaluate_all(
        "all => all.length > 0 && all.every((e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))"
    )
    return seen


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [_WIDE, 1280])
def test_where_there_is_room_the_drawing_is_shown_with_the_text_under_it(
    stage: Stage, procedure: Procedure, width: int, javascript: bool
) -> None:
    page = stage.page(width=width, javascript=javascript)
    for path, flow in _pages(procedure):
        page.goto(path)
        drawing, text = _drawing(page, flow), page.locator(".flow-text")
        for node in flow.nodes:
            expect(page.locator(f'[id="{_id(flow, node)}"]'), path).to_be_visible()
        expect(text.locator("> ol > li").locator("visible=true"), path).to_have_count(len(flow.nodes))
        above, below = drawing.bounding_box(), text.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]
        assert _readable(page, ".flow-frame text, .flow-text li"), path


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 360, 430, _PHONE])
def test_on_a_phone_the_text_is_shown_and_the_drawing_is_one_tap_away_at_its_start(
    stage: Stage, procedure: Procedure, width: int, javascript: bool
) -> None:
    page = stage.page(width=width, height=740, javascript=javascript, has_touch=True, is_mobile=True)
    for path, flow in _pages(procedure):
        page.goto(path)
        drawing = _drawing(page, flow)
        expect(drawing, path).to_be_hidden()
        expect(page.locator(".flow-text > ol > li").locator("visible=true"), path).to_have_count(len(flow.nodes))
        page.locator(".flow-drawing > summary").tap()
        expect(drawing, path).to_be_visible()
        drawing.scroll_into_view_if_needed()
        assert drawing.evaluate(_INSIDE, _id(flow, flow.starts[0].id)), path
        size = drawing.locator("text").first.evaluate(
            "(text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
        )
        assert round(size) >= 12
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("spaced", [False, True])
def test_no_text_in_a_drawing_leaves_its_box(stage: Stage, procedure: Procedure, spaced: bool) -> None:
    page = stage.page()
    of_phases = [flow for _, flow in phase_flows(procedure)]
    for path, flows in [*((path, [flow]) for path, flow in _pages(procedure)), ("guide/", of_phases)]:
        page.goto(path)
        if spaced:
            page.add_style_tag(content=TEXT_SPACING)
        page.add_style_tag(content=".guide-side, .guide-drawing [hidden] { display: block !important; }")
        if path == "guide/":
            page.locator(".guide-drawing > summary").click()
        texts = [pair for svg in page.locator(".flow-frame svg[role]").all() for pair in svg.evaluate(_OVERFLOW)]
        answers = [edge for flow in flows for edge in flow.edges if edge.label]
        assert len(texts) == sum(len(flow.nodes) for flow in flows) + len(answers), path
        assert [(text, out) for text, out in texts if out] == [], path


@pytest.mark.parametrize(
    "media",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"color_scheme": "light", "forced_colors": "active"},
        {"color_scheme": "dark", "forced_colors": "active"},
    ],
    ids=str,
)
def test_a_drawing_is_seen_in_all_colours(stage: Stage, procedure: Procedure, media: dict[str, Any]) -> None:
    page = stage.page(reduced_motion="reduce", **media)
    for path, flow in _pages(procedure):
        page.goto(path)
        measured = _drawing(page, flow).evaluate(_CONTRASTS)
        assert min(measured["texts"]) >= 4.5, path
        assert min(measured["outlines"]) >= 3, path
        assert min(measured["arrows"] + measured["heads"]) >= 3, path
        assert min(measured["widths"]) >= 1, path


@pytest.mark.parametrize("width", [360, 1280])
def test_every_node_that_leads_somewhere_is_reached_by_keyboard_and_named(
    stage: Stage, procedure: Procedure, width: int
) -> None:
    page = stage.page(width=width)
    for path, flow in _pages(procedure):
        page.goto(path)
        if width == 360:
            page.locator(".flow-drawing > summary").press("Enter")
        drawing = _drawing(page, flow)
        drawing.focus()
        for node in (node for node in flow.nodes.values() if node.target is not None):
            page.keyboard.press("Tab")
            link = page.locator(f'[id="{_id(flow, node.id)}"]')
            expect(link).to_be_focused()
            expect(link).to_have_role("link")
            expect(link).to_have_accessible_name(node.text)
            expect(link).to_be_in_viewport()
            thick, thin = drawing.locator(".flow-node > :first-child").evaluate_all(
                """(all) => [true, false].map((focused) => all
                    .filter((shape) => (shape.parentElement === document.activeElement) === focused)
                    .map((shape) => parseFloat(getComputedStyle(shape).strokeWidth)))"""
            )
            assert min(thick) >= max(thin) + 2
        for node in (node for node in flow.nodes.values() if node.target is None):
            expect(page.locator(f'[id="{_id(flow, node.id)}"]')).to_have_accessible_name(node.text)


def test_arrow_keys_scroll_a_drawing_that_has_the_focus(stage: Stage) -> None:
    page = stage.page(width=320, height=740)
    # The widest of the drawings.
    page.goto("faser/dokumenter/")
    page.locator(".flow-drawing > summary").press("Enter")
    frame = page.locator(".flow-frame")
    frame.focus()
    # Until the frame has begun at its start node it goes back there.
    page.wait_for_function("document.getAnimations().length === 0")
    before = frame.evaluate("(frame) => [frame.scrollLeft, frame.scrollWidth - frame.clientWidth]")
    assert before[1] > 40
    page.keyboard.press("ArrowRight" if before[0] < before[1] / 2 else "ArrowLeft")
    page.wait_for_function("(left) => document.querySelector('.flow-frame').scrollLeft !== left", arg=before[0])


def _leads_on(procedure: Procedure, flow: Flow, node: Node) -> str | None:
    """Return the address of the page that an end leads to, or None where the node is no such end."""
    if flow.kind(node) is not Kind.END or node.target is None:
        return None
    return web_path(resolve(procedure.pages[flow.path], node.target).path)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_screen_of_the_guide_leads_to_its_place_in_the_drawing_and_the_text_leads_back(
    stage: Stage, procedure: Procedure, width: int, javascript: bool
) -> None:
    page = stage.page(width=width, height=740, javascript=javascript)
    for phase, flow in phase_flows(procedure):
        path = f"faser/{phase.id}/"
        screen = next(s for s in screens(procedure) if s.flow is flow and not _leads_on(procedure, flow, s.closing))
        place = _id(flow, screen.closing.id)
        page.goto(f"guide/#{screen.id}")
        page.locator(f'section[id="{screen.id}"] a[href$="#{place}"]').click()
        page.wait_for_url(f"**/{path}#{place}")
        expect(page.locator(f'[id="{place}"]')).to_be_in_viewport()
        page.locator(f'[id="t-{screen.id}"] a').first.click()
        page.wait_for_url(f"**/guide/#{screen.id}")
        expect(page.locator(f'section[id="{screen.id}"]')).to_be_visible()


def test_an_end_in_the_text_leads_to_the_page_of_the_phase_that_it_names(stage: Stage, procedure: Procedure) -> None:
    page = stage.page(width=360)
    followed = 0
    for phase, flow in phase_flows(procedure):
        for end in flow.ends:
            goal = _leads_on(procedure, flow, end)
            if goal is None:
                continue
            page.goto(f"faser/{phase.id}/")
            page.locator(f'[id="t-{flow.id}-{end.id}"]').get_by_role("link", name=end.text, exact=True).click()
            page.wait_for_url(f"**/{goal}")
            title = procedure.contract.phase(goal.split("/")[1])
            assert title
            expect(page.locator("h1")).to_have_text(title.heading)
            followed += 1
    assert followed == 6


def test_each_way_on_in_the_text_names_the_number_of_the_line_that_it_leads_to(
    stage: Stage, procedure: Procedure
) -> None:
    page = stage.page(width=360, height=740)
    for path, flow in _pages(procedure):
        page.goto(path)
        lines = page.locator(".flow-text > ol > li").evaluate_all("all => all.map(({ id }) => id)")
        expected = []
        for node_id in (line.removeprefix(f"t-{flow.id}-") for line in lines):
            goals = [f"t-{flow.id}-{edge.target}" for edge in flow.ways_out(node_id)]
            if goals != lines[lines.index(f"t-{flow.id}-{node_id}") + 1 :][:1]:
                expected += [[f"Fortsæt ved {lines.index(goal) + 1}", f"#{goal}"] for goal in goals]
        ways = page.locator(".flow-text > ol > li > ul a")
        assert ways.evaluate_all("all => all.map((a) => [a.textContent, a.getAttribute('href')])") == expected, path
        if expected:
            ways.last.click()
            expect(page.locator(f'[id="{expected[-1][1].removeprefix("#")}"]')).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_on_paper_without_javascript_the_text_can_be_read_even_where_it_was_shut(
    stage: Stage, procedure: Procedure, width: int
) -> None:
    page = stage.page(width=width, javascript=False, color_scheme="dark")
    for path, flow in _pages(procedure):
        page.goto(path)
        page.locator(".flow-text > summary").click()
        expect(page.locator(".flow-text li").first).to_be_hidden()
        page.emulate_media(media="print")
        # What is shut opens with the next picture that the browser draws.
        every = page.locator(".flow-text li")
        expect(every.locator("visible=true"), path).to_have_count(every.count())
        assert _readable(page, ".flow-text li"), path
        assert _readable(page, ".flow-frame text"), path
        expect(page.locator(".flow-text > ol > li")).to_have_count(len(flow.nodes))
        box = _drawing(page, flow).locator("svg[role]").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.emulate_media(media="screen")
