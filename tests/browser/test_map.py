"""The map of the phases: beside the guide with the way so far, and large on the page with the whole course."""

from __future__ import annotations

import itertools

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from procedure.derive.guide import node_address
from procedure.derive.phases import phase_rows
from procedure.model import Procedure
from procedure.phrases import phase_label
from procedure.source.flow import Kind
from procedure.words import DANISH
from tests.browser.stage import SCRIPT_OR_NONE, Among, Stage, first_of, restyle
from tests.browser.ways import Choice, address, nodes, screens_by_id, shortest

# Whether an element lies inside the frame, as it is scrolled now.
_WITHIN = """(frame, element) => {
  const [outer, inner] = [frame.getBoundingClientRect(), element.getBoundingClientRect()];
  return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1 &&
    inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
}"""

# Each box of a map: what it says, where it stands, and how small its text is.
_BOXES = """(map) => [...map.querySelectorAll(".map-box")].map((box) => {
  const { left, top, right, bottom } = box.getBoundingClientRect();
  const cut = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  return { text: box.childNodes[0].textContent.trim(), left, top, right, bottom, cut,
    size: parseFloat(getComputedStyle(box).fontSize) };
})"""

# How a box says what it is, other than by colour: its line, its weight, its sign and its words.
_SIGNS = """(box) => {
  const [own, sign] = [getComputedStyle(box), getComputedStyle(box, "::before")];
  return [own.borderTopWidth, own.borderTopStyle, own.fontWeight, sign.content, box.querySelector(".map-state")?.textContent ?? ""];
}"""


def _longest(procedure: Procedure) -> tuple[str, tuple[Choice, ...]]:
    return max(shortest(procedure).items(), key=lambda item: len(item[1]))


def _assert_rows(page: Page, procedure: Procedure, *, width: int) -> None:
    """Check that the map's boxes stand as the contract says, inside the window, whole and large enough."""
    boxes = page.locator(".map").evaluate(_BOXES)
    rows = phase_rows(procedure.contract)
    assert [box["text"] for box in boxes] == [phase_label(DANISH, phase) for row in rows for phase in row]
    for box in boxes:
        assert not box["cut"], box
        assert box["size"] >= 14, box
        assert 0 <= box["left"] < box["right"] <= width, box
    above = 0.0
    for row in rows:
        stand, boxes = boxes[: len(row)], boxes[len(row) :]
        assert len({box["top"] for box in stand}) == 1
        assert stand[0]["top"] >= above
        assert all(left["right"] < right["left"] for left, right in itertools.pairwise(stand))
        above = max(box["bottom"] for box in stand)


@first_of("width", [320, 360, 1366])
def test_beside_the_guide_the_map_stands_whole_with_the_fork_side_by_side(
    stage: Stage, procedure: Procedure, width: int
) -> None:
    page = stage.page(width=width, height=740)
    screen_id, choices = _longest(procedure)
    page.goto(address(choices, screen_id))
    _assert_rows(page, procedure, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_desktop_the_map_is_in_view_beside_the_first_screen(stage: Stage) -> None:
    page = stage.page(width=1366, height=768)
    page.goto("guide/")
    expect(page.locator(".guide-way .map")).to_be_in_viewport(ratio=1)


def test_the_map_marks_the_phases_passed_and_the_one_we_are_in(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    seen = set()
    for screen_id, choices in among(shortest(procedure).items()):
        page.goto(address(choices, screen_id))
        here = screens_by_id(procedure)[screen_id].phase
        passed = {choice.screen.phase.id for choice in choices} - {here.id}
        expect(page.locator(".map [aria-current=step]")).to_have_attribute("data-phase", here.id)
        expect(page.locator(".map [aria-current=step]")).to_contain_text("Her er du")
        for phase in procedure.contract.phases:
            state = "here" if phase is here else "passed" if phase.id in passed else ""
            expect(page.locator(f'.map [data-phase="{phase.id}"]')).to_have_attribute("data-state", state)
            seen.add(state)
    assert seen == {"here", "passed", ""}


def test_passed_here_and_to_come_are_told_by_more_than_colour_and_never_by_dashes(
    stage: Stage, procedure: Procedure
) -> None:
    page = stage.page()
    screen_id, choices = next(
        item for item in shortest(procedure).items() if screens_by_id(procedure)[item[0]].phase.number == 3
    )
    for scheme in ("none", "active"):
        page.emulate_media(forced_colors="active" if scheme == "active" else "none")
        page.goto(address(choices, screen_id))
        signs = {
            state: page.locator(f'.map [data-state="{state}"]').first.evaluate(_SIGNS)
            for state in ("passed", "here", "")
        }
        assert len({tuple(sign) for sign in signs.values()}) == 3
        assert {sign[1] for sign in signs.values()} == {"solid"}
        assert [signs[state][4] for state in ("passed", "here", "")] == ["Passeret", "Her er du", ""]
        assert len({sign[3] for sign in signs.values()}) == 3


def test_under_the_map_stands_what_the_phase_has_said_and_asked_before_this_screen(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    longest = 0
    for screen_id, choices in among(shortest(procedure).items(), 4):
        page.goto(address(choices, screen_id))
        flow = screens_by_id(procedure)[screen_id].flow
        expected = []
        for choice in choices:
            for node in choice.screen.nodes if choice.screen.flow is flow else ():
                kind = flow.kind(node)
                if kind is Kind.QUESTION:
                    expected.append(f"{node.text} {choice.way.answer}")
                elif kind is Kind.STEP and not node.completes:
                    expected.append(node.text)
        expect(page.locator(".guide-met > li")).to_have_text(expected)
        longest = max(longest, len(expected))
    assert longest >= among.least(6)


def test_without_a_script_nothing_is_said_of_a_way_that_nobody_knows(stage: Stage) -> None:
    page = stage.page(javascript=False)
    page.goto("guide/")
    for place in (".guide-side", ".guide-record", ".map"):
        expect(page.locator(place)).to_have_count(1)
        expect(page.locator(place)).to_be_hidden()


def test_the_way_so_far_is_marked_in_the_drawing_of_the_phase(stage: Stage, procedure: Procedure, among: Among) -> None:
    page = stage.page()
    page.goto("guide/")
    page.locator(".guide-drawing > summary").click()
    for screen_id, choices in among(shortest(procedure).items()):
        page.goto(address(choices, screen_id))
        screen = screens_by_id(procedure)[screen_id]
        visited = [*(choice.screen for choice in choices), screen]
        expected = {node_address(s.flow, n.id) for s in visited if s.flow is screen.flow for n in s.nodes}
        frame = page.locator(".guide-drawing .flow-frame").locator("visible=true")
        expect(frame).to_have_count(1)
        expect(frame).to_have_attribute("data-flow", screen.flow.id)
        marked = frame.locator(".flow-visited").evaluate_all("all => all.map(({ dataset }) => dataset.node)")
        assert set(marked) == expected
        here = frame.locator(".flow-here")
        expect(here).to_have_attribute("data-node", screen_id)
        assert frame.evaluate(_WITHIN, here.element_handle())
        strokes = frame.locator(".flow-node > :first-child").evaluate_all(
            "all => all.map((shape) => [shape.parentElement.matches('.flow-visited'), getComputedStyle(shape).strokeWidth])"
        )
        assert {width for is_marked, width in strokes if is_marked}.isdisjoint(w for m, w in strokes if not m)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_drawing_is_one_tap_away_and_leads_back_into_the_guide(
    stage: Stage, procedure: Procedure, width: int
) -> None:
    page = stage.page(width=width, height=740, has_touch=True)
    every = screens_by_id(procedure)
    screen_id, choices = _longest(procedure)
    page.goto(address(choices, screen_id))
    here = page.locator(f'.guide-drawing [data-node="{screen_id}"]')
    expect(here).to_be_hidden()
    page.locator(".guide-drawing > summary").tap()
    expect(here).to_be_visible()
    frame = page.locator(".guide-drawing .flow-frame").locator("visible=true")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert frame.evaluate(_WITHIN, here.element_handle())
    start = every[screen_id].flow.starts[0]
    target = nodes(procedure)[node_address(every[screen_id].flow, start.id)]
    page.locator(f'.flow-place > [href="#{node_address(target.flow, target.closing.id)}"]').tap()
    expect(page.locator(f'section[id="{target.id}"]')).to_be_visible()


@first_of("width, javascript", [320, 1366], [True, False])
def test_the_whole_course_is_the_same_map_and_a_phase_opens_in_place_from_the_keyboard(
    stage: Stage, procedure: Procedure, width: int, javascript: bool
) -> None:
    page = stage.page(width=width, height=740, javascript=javascript)
    page.goto("overblik/")
    _assert_rows(page, procedure, width=width)
    for phase in procedure.contract.phases:
        place = page.locator(f"#d-overblik-f{phase.number}")
        inside = place.locator(".map-open")
        expect(inside).to_be_hidden()
        place.locator("summary.map-box").press("Enter")
        expect(inside).to_be_visible()
        expect(inside.locator(f'.flow-frame [id="d-{phase.id}-begynd"]')).to_be_visible()
        box, frame = inside.bounding_box(), page.locator(".map").bounding_box()
        assert box
        assert frame
        assert box["width"] == pytest.approx(frame["width"], abs=1)
        assert box["x"] == pytest.approx(frame["x"], abs=1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # What is opened can be used: nothing of the place beside it lies over it.
        inside.get_by_role("link").first.click(trial=True)
        place.locator("summary.map-box").press("Enter")
        expect(inside).to_be_hidden()


def test_of_the_phases_side_by_side_one_is_open_at_a_time(stage: Stage) -> None:
    page = stage.page()
    page.goto("overblik/")
    for number, other in ((3, 4), (4, 3)):
        page.locator(f"#d-overblik-f{number} > summary").click()
        expect(page.locator(f"#d-overblik-f{number} .map-open")).to_be_visible()
        expect(page.locator(f"#d-overblik-f{other} .map-open")).to_be_hidden()


@SCRIPT_OR_NONE
def test_every_node_of_the_whole_course_has_its_lasting_address(
    stage: Stage, procedure: Procedure, javascript: bool, among: Among
) -> None:
    page = stage.page(height=500, javascript=javascript)
    for node_id in among(procedure.pages[procedure.roles.overview].flows[0].nodes):
        page.goto("about:blank")
        page.goto(f"overblik/#d-overblik-{node_id}")
        target = page.locator(":target")
        expect(target).to_have_id(f"d-overblik-{node_id}")
        expect(page.locator(f"#t-overblik-{node_id}")).to_be_in_viewport()


@first_of("opened", [True, False])
def test_the_whole_course_prints_on_one_page_with_its_phases_shut(
    stage: Stage, procedure: Procedure, opened: bool
) -> None:
    page = stage.page()
    page.goto("overblik/")
    if opened:
        page.locator("#d-overblik-f1 > summary").click()
    for margin in ("", "10mm", "25mm"):
        if margin:
            restyle(page, f"@page {{ margin: {margin} !important; }}")
        papers = pypdfium2.PdfDocument(page.pdf(format="A4"))
        assert len(papers) == 1
        text = " ".join(papers[0].get_textpage().get_text_range().split())
        assert all(phase_label(DANISH, phase) in text for phase in procedure.contract.phases)
        for phrase in ("Vælg en fase", "Læs hele fase", "Fortsæt ved"):
            assert phrase not in text


def test_what_opens_in_the_fork_lies_over_the_line_from_the_phase_beside_it(stage: Stage) -> None:
    page = stage.page(width=360, height=2400)
    page.goto("overblik/#d-overblik-f3")
    hits = page.locator("[id='d-overblik-f3'] .map-open").evaluate("""(panel) => {
      const { top, bottom } = panel.getBoundingClientRect();
      const { left, width } = document.getElementById("d-overblik-f4").getBoundingClientRect();
      const places = [...Array(40).keys()].map((part) => top + 2 + part * (bottom - top - 4) / 40).filter((y) => y < innerHeight);
      return places.map((y) => panel.contains(document.elementFromPoint(left + width / 2, y)));
    }""")
    assert len(hits) > 10
    assert all(hits)
