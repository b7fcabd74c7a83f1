"""The diagrams in a real browser: drawn or as text, on a phone, in any colours, by keyboard and on paper."""

from __future__ import annotations

from typing import Any

import pypdfium2
from playwright.sync_api import Locator, Page, expect

from procedure.derive.addresses import resolve
from procedure.derive.guide import phase_flows, screens
from procedure.model import Procedure
from procedure.source.flow import Flow, Kind, Node
from tests.browser.stage import SCRIPT_OR_NONE, Among, Stage, first_of, restyle
from tests.browser.test_pages import web_path
from tests.browser.test_reflow import TEXT_SPACING

_PHONE, _WIDE = 599, 600

# How far each text stands outside the shape it belongs to, in pixels; 0 where it stands inside.
_OVERFLOW = """(svg) => [...svg.querySelectorAll("text")].map((text) => {
  const shape = text.parentElement.querySelector("rect, polygon").getBoundingClientRect();
  const { left, top, right, bottom } = text.getBoundingClientRect();
  const out = Math.max(shape.left - left, shape.top - top, right - shape.right, bottom - shape.bottom);
  return [text.textContent, Math.max(0, Math.round(out))];
})"""

# Not by `wait_for_function`: it runs text, which the page forbids.
_SCROLLED = """(left) => new Promise((scrolled, failed) => {
  const frame = document.querySelector(".flow-frame");
  const look = () => (frame.scrollLeft === left ? requestAnimationFrame(look) : scrolled());
  setTimeout(() => failed(new Error(`still at ${left}`)), 5000);
  look();
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
    """Return the pages with one drawing each; the whole course is a map (`test_map`)."""
    pages = [(web_path(flow.path), flow) for _, flow in phase_flows(procedure)]
    assert len(pages) >= 6
    return pages


def _id(flow: Flow, node_id: str) -> str:
    return f"d-{flow.id}-{node_id}"


def _drawing(page: Page, flow: Flow) -> Locator:
    return page.locator(".flow-frame").filter(has=page.locator(f'[id^="d-{flow.id}-"]'))


def _switch(page: Page, name: str) -> Locator:
    return page.locator(".flow-switch > summary").filter(has_text=name)


def _readable(page: Page, selector: str) -> bool:
    """Return whether all that matches can be read: also text in a fold that is shut is no such text."""
    seen: bool = page.locator(selector).evaluate_all(
        "all => all.length > 0 && all.every((e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))"
    )
    return seen


@first_of("width, javascript", [_WIDE, 1280], [True, False])
def test_where_there_is_room_the_drawing_is_shown_and_its_text_is_one_tap_away_before_it(
    stage: Stage, procedure: Procedure, width: int, javascript: bool, among: Among
) -> None:
    page = stage.page(width=width, javascript=javascript)
    for path, flow in among(_pages(procedure)):
        page.goto(path)
        drawing, lines = _drawing(page, flow), page.locator(".flow-text > ol > li")
        for node in flow.nodes:
            expect(page.locator(f'[id="{_id(flow, node)}"]'), path).to_be_visible()
        expect(_switch(page, "som tegning"), path).to_be_hidden()
        expect(lines.first, path).to_be_hidden()
        _switch(page, "som tekst").press("Enter")
        expect(lines.locator("visible=true"), path).to_have_count(len(flow.nodes))
        above, below = page.locator(".flow-text").bounding_box(), drawing.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]
        assert _readable(page, ".flow-frame text, .flow-text li"), path
        # The room is used: nothing is left to scroll to, and letters have their full size.
        assert drawing.evaluate("(frame) => frame.scrollWidth <= frame.clientWidth") or width == _WIDE, path
        assert round(_text_size(drawing), 1) == (16 if width == 1280 else 14)


def _text_size(drawing: Locator) -> float:
    """Return how high the letters of the drawing are set, in pixels of the screen."""
    size: float = drawing.locator("text").first.evaluate(
        "(text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
    )
    return size


@first_of("width, javascript", [320, 360, 430, _PHONE], [True, False])
def test_on_a_phone_drawing_and_text_are_one_tap_away_and_the_drawing_begins_at_its_start(
    stage: Stage, procedure: Procedure, width: int, javascript: bool, among: Among
) -> None:
    page = stage.page(width=width, height=740, javascript=javascript, has_touch=True, is_mobile=True)
    for path, flow in among(_pages(procedure)):
        page.goto(path)
        drawing, lines = _drawing(page, flow), page.locator(".flow-text > ol > li")
        expect(drawing, path).to_be_hidden()
        expect(lines.first, path).to_be_hidden()
        _switch(page, "som tekst").tap()
        expect(lines.locator("visible=true"), path).to_have_count(len(flow.nodes))
        _switch(page, "som tegning").tap()
        expect(drawing, path).to_be_visible()
        drawing.scroll_into_view_if_needed()
        assert drawing.evaluate(_INSIDE, _id(flow, flow.starts[0].id)), path
        assert _text_size(drawing) >= 13.99
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), path


@first_of("spaced", [True, False])
def test_no_text_in_a_drawing_leaves_its_box(stage: Stage, procedure: Procedure, spaced: bool, among: Among) -> None:
    page = stage.page()
    of_phases = [flow for _, flow in phase_flows(procedure)]
    for path, flows in [*among((path, [flow]) for path, flow in _pages(procedure)), ("guide/", of_phases)]:
        page.goto(path)
        if spaced:
            restyle(page, TEXT_SPACING)
        restyle(page, ".guide-side, .guide-drawing [hidden] { display: block !important; }")
        if path == "guide/":
            page.locator(".guide-drawing > summary").click()
        texts = [pair for svg in page.locator(".flow-canvas > svg").all() for pair in svg.evaluate(_OVERFLOW)]
        answers = [edge for flow in flows for edge in flow.edges if edge.label]
        assert len(texts) == sum(len(flow.nodes) for flow in flows) + len(answers), path
        assert [(text, out) for text, out in texts if out] == [], path


@first_of(
    "media",
    [
        {"color_scheme": "dark", "forced_colors": "active"},
        {"color_scheme": "light", "forced_colors": "active"},
        {"color_scheme": "dark"},
        {"color_scheme": "light"},
    ],
    ids=str,
)
def test_a_drawing_is_seen_in_all_colours(
    stage: Stage, procedure: Procedure, media: dict[str, Any], among: Among
) -> None:
    page = stage.page(reduced_motion="reduce", **media)
    for path, flow in among(_pages(procedure)):
        page.goto(path)
        measured = _drawing(page, flow).evaluate(_CONTRASTS)
        assert min(measured["texts"]) >= 4.5, path
        assert min(measured["outlines"]) >= 3, path
        assert min(measured["arrows"] + measured["heads"]) >= 3, path
        assert min(measured["widths"]) >= 1, path


@first_of("width", [360, 1280])
def test_the_drawing_is_one_image_that_names_its_text_and_no_node_of_it_is_a_stop_for_the_keyboard(
    stage: Stage, procedure: Procedure, width: int, among: Among
) -> None:
    page = stage.page(width=width)
    for path, flow in among(_pages(procedure)):
        page.goto(path)
        if width == 360:
            _switch(page, "som tegning").press("Enter")
        drawing = _drawing(page, flow)
        image = f"{flow.title}. Det samme står som tekst under »Diagrammet som tekst«."
        tree = drawing.aria_snapshot().replace("'", "")
        assert tree == f"""- region "Diagram: {flow.title}":\n  - img "{image}\""""
        expect(page.locator(".flow-switch > summary").first).to_have_text("Diagrammet som tekst")
        drawing.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.flow') === null"), path


def test_what_a_node_leads_to_is_reached_from_the_text_too_and_by_a_pointer_on_the_node(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    addresses = "all => [...new Set(all.map(({ href }) => href))]"
    for path, flow in among(_pages(procedure)):
        page.goto(path)
        drawn = page.locator(".flow-place > a").evaluate_all(addresses)
        assert drawn, path
        named = page.locator(".flow-text a").evaluate_all(addresses)
        assert set(drawn) <= set(named), path
        node = next(node for node in flow.nodes.values() if node.target is not None)
        place = page.locator(f'[id="{_id(flow, node.id)}"]')
        expect(place).to_have_css("cursor", "pointer")
        assert place.evaluate("place => getComputedStyle(place).boxShadow") == "none"
        place.hover()
        assert place.evaluate("place => getComputedStyle(place).boxShadow") != "none"
        goal = place.evaluate("({ href }) => href")
        place.click()
        page.wait_for_url(goal)


@first_of("width, javascript", [360, 1280], [True, False])
def test_a_link_to_a_node_shows_the_drawing_and_marks_the_node_in_view(
    stage: Stage, procedure: Procedure, width: int, javascript: bool, among: Among
) -> None:
    page = stage.page(width=width, height=740, javascript=javascript)
    for path, flow in among(_pages(procedure)):
        places = among(flow.nodes)
        for node_id in places:
            if node_id in (places[0], places[-1]):
                page.goto("about:blank")
            page.goto(f"{path}#{_id(flow, node_id)}")
            place = page.locator(f'[id="{_id(flow, node_id)}"]')
            expect(place).to_be_in_viewport(ratio=1)
            assert _drawing(page, flow).evaluate(_INSIDE, _id(flow, node_id)), node_id
            assert place.evaluate("place => getComputedStyle(place).boxShadow.includes('5px')")
            assert place.evaluate("place => getComputedStyle(place, '::before').content") == '"Her"'
        assert not page.locator(".flow-frame *").evaluate_all(
            "all => all.some((e) => getComputedStyle(e).outlineStyle === 'dashed' || getComputedStyle(e).strokeDasharray !== 'none')"
        )


def test_a_link_to_a_line_of_the_text_shows_it_where_it_was_shut(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    for width in (360, 1280):
        page = stage.page(width=width, height=740, javascript=False)
        for path, flow in among(_pages(procedure)):
            last = f"t-{flow.id}-{flow.ends[-1].id}"
            page.goto(f"{path}#{last}")
            expect(page.locator(f'[id="{last}"]')).to_be_in_viewport()


def test_arrow_keys_scroll_a_drawing_that_has_the_focus(stage: Stage) -> None:
    page = stage.page(width=320, height=740)
    # The widest of the drawings.
    page.goto("faser/dokumenter/")
    _switch(page, "som tegning").press("Enter")
    frame = page.locator(".flow-frame")
    frame.focus()
    # Until the frame has begun at its start node it goes back there.
    page.evaluate("() => Promise.all(document.getAnimations().map(({ finished }) => finished))")
    before = frame.evaluate("(frame) => [frame.scrollLeft, frame.scrollWidth - frame.clientWidth]")
    assert before[1] > 40
    page.keyboard.press("ArrowRight" if before[0] < before[1] / 2 else "ArrowLeft")
    page.evaluate(_SCROLLED, before[0])


def _leads_on(procedure: Procedure, flow: Flow, node: Node) -> str | None:
    """Return the address of the page that an end leads to, or None where the node is no such end."""
    if flow.kind(node) is not Kind.END or node.target is None:
        return None
    return web_path(resolve(procedure.pages[flow.path], node.target).path)


@first_of("width, javascript", [360, 1280], [True, False])
def test_a_screen_of_the_guide_leads_to_its_place_in_the_drawing(
    stage: Stage, procedure: Procedure, width: int, javascript: bool, among: Among
) -> None:
    page = stage.page(width=width, height=740, javascript=javascript)
    for phase, flow in among(phase_flows(procedure)):
        path = f"faser/{phase.id}/"
        screen = next(s for s in screens(procedure) if s.flow is flow and not _leads_on(procedure, flow, s.closing))
        place = _id(flow, screen.closing.id)
        page.goto(f"guide/#{screen.id}")
        page.locator(f'section[id="{screen.id}"] a[href$="#{place}"]').click()
        page.wait_for_url(f"**/{path}#{place}")
        expect(page.locator(f'[id="{place}"]')).to_be_in_viewport()


def test_an_end_in_the_text_leads_to_the_page_of_the_phase_that_it_names(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(width=360)
    ends = [(phase, flow, end) for phase, flow in phase_flows(procedure) for end in flow.ends]
    leading = [(*place, goal) for place in ends if (goal := _leads_on(procedure, *place[1:]))]
    assert len(leading) == 6
    for phase, flow, end, goal in among(leading):
        page.goto(f"faser/{phase.id}/")
        if page.locator(".flow-text").is_hidden():
            _switch(page, "som tekst").click()
        page.locator(f'[id="t-{flow.id}-{end.id}"]').get_by_role("link", name=end.text, exact=True).click()
        page.wait_for_url(f"**/{goal}")
        title = procedure.contract.phase(goal.split("/")[1])
        assert title
        expect(page.locator("h1")).to_have_text(title.heading)


def test_each_way_on_in_the_text_names_the_number_of_the_line_that_it_leads_to(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(width=360, height=740)
    for path, flow in among(_pages(procedure)):
        page.goto(path)
        lines = page.locator(".flow-text > ol > li").evaluate_all("all => all.map(({ id }) => id)")
        expected = []
        for node_id in (line.removeprefix(f"t-{flow.id}-") for line in lines):
            goals = [(f"t-{flow.id}-{edge.target}", edge.label) for edge in flow.ways_out(node_id)]
            if [goal for goal, _ in goals] != lines[lines.index(f"t-{flow.id}-{node_id}") + 1 :][:1]:
                ways = [(answer, f"ortsæt ved {lines.index(goal) + 1}") for goal, answer in goals]
                expected += [f"{answer}: f{way}" if answer else f"F{way}" for answer, way in ways]
        ways_on = page.locator(".flow-text > ol > li > ul > li")
        assert ways_on.evaluate_all("all => all.map((way) => way.textContent)") == expected, path


@SCRIPT_OR_NONE
def test_on_paper_a_drawing_has_letters_of_9_points_and_stands_whole_on_its_page_without_its_text(
    stage: Stage, procedure: Procedure, javascript: bool, among: Among
) -> None:
    page = stage.page(width=360, javascript=javascript, color_scheme="dark")
    flows = [*_pages(procedure), *(("mere/samlet/", flow) for _, flow in phase_flows(procedure))]
    for path, flow in among(flows):
        page.goto(path)
        pages = [sheet.get_textpage() for sheet in pypdfium2.PdfDocument(page.pdf(format="A4"))]
        answers = [edge.label for edge in flow.edges if edge.label]
        said = [*(node.text for node in flow.nodes.values()), *answers]
        found = [sheet for sheet in pages if all(_squeezed(text) in _written(sheet) for text in said)]
        assert found, (path, flow.id)
        assert not [sheet for sheet in pages if "ortsætved" in _written(sheet)], path
        sizes = [
            pypdfium2.raw.FPDFText_GetFontSize(sheet, place) * _scale(sheet, place)
            for sheet in found
            for place, letter in enumerate(sheet.get_text_range())
            if letter.isalnum()
        ]
        assert min(sizes) >= 8.99, path


@SCRIPT_OR_NONE
def test_on_paper_a_drawing_too_tall_for_a_page_gives_way_to_its_text(stage: Stage, javascript: bool) -> None:
    page = stage.page(width=1280, javascript=javascript)
    page.goto("faser/vurder/")
    page.locator(".flow-canvas").evaluate("(canvas) => canvas.classList.add('flow-tall')")
    page.emulate_media(media="print")
    assert _readable(page, ".flow-text > ol > li")
    expect(page.locator(".flow-frame")).to_be_hidden()


def _written(sheet: pypdfium2.PdfTextPage) -> str:
    return _squeezed(sheet.get_text_range())


def _squeezed(text: str) -> str:
    return "".join(text.replace("\ufffe", "-").split())


def _scale(sheet: pypdfium2.PdfTextPage, place: int) -> float:
    """Return how much the page enlarges a letter's font: the browser scales its pages."""
    matrix = pypdfium2.raw.FS_MATRIX()
    assert pypdfium2.raw.FPDFText_GetMatrix(sheet, place, matrix)
    return float(abs(matrix.d))
