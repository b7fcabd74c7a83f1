"""The way through the guide on paper and as text: what was met, whose page it is, and no page for nothing."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from procedure.model import Procedure
from procedure.phrases import phase_label
from procedure.source.flow import Kind
from procedure.words import DANISH
from tests.browser.stage import Among, Stage
from tests.browser.ways import Choice, address, screens_by_id, shortest

_NOTICE = "Vejledning – ikke et notat på sagen"
_LINES = "Gjort af: Dato:"

# The smallest text on the page, in points, and the items that may be broken between two pages.
_PAPER = """(record) => {
  const texts = [...record.querySelectorAll("*")].filter((e) => e.checkVisibility() &&
    [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()));
  return [Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize) * .75)),
    [...record.querySelectorAll("li, .record-caution, .record-contacts, .record-lines")]
      .filter((e) => getComputedStyle(e).breakInside !== "avoid").length];
}"""


def _longest(procedure: Procedure) -> tuple[str, tuple[Choice, ...]]:
    return max(shortest(procedure).items(), key=lambda item: len(item[1]))


def _open(page: Page, choices: tuple[Choice, ...], screen_id: str) -> None:
    page.goto("about:blank")
    page.goto(address(choices, screen_id))
    expect(page.locator(f'section[id="{screen_id}"]')).to_be_visible()


def _pages(page: Page) -> list[str]:
    """Return the text of each page, as the browser prints it with the margins that the page asks for."""
    papers = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [" ".join(paper.get_textpage().get_text_range().split()) for paper in papers]


def _met(procedure: Procedure, choices: tuple[Choice, ...], screen_id: str) -> list[str]:
    """Return what the way has to show, in order: each phase once, its steps, its questions with the answers, the end."""
    found: list[str] = []
    stops = [*((choice.screen, choice) for choice in choices), (screens_by_id(procedure)[screen_id], None)]
    for phase, group in itertools.groupby(stops, key=lambda stop: stop[0].phase):
        found.append(phase_label(DANISH, phase))
        for screen, choice in group:
            for node in screen.nodes:
                kind = screen.flow.kind(node)
                if kind is Kind.QUESTION:
                    found.append(f"{node.text} {choice.way.answer}" if choice else node.text)
                elif (kind is Kind.STEP and not node.completes) or (kind is Kind.END and choice is None):
                    found.append(node.text)
    return found


def test_every_way_prints_as_one_course_without_a_blank_page(stage: Stage, procedure: Procedure, among: Among) -> None:
    page = stage.page()
    pages_of = {}
    for screen_id, choices in among(shortest(procedure).items(), 4):
        if not choices:
            continue
        _open(page, choices, screen_id)
        papers = _pages(page)
        pages_of[screen_id] = len(papers)
        assert all(len(paper) > 60 for paper in papers), screen_id
        text = " ".join(papers)
        site = procedure.site
        assert text.startswith(f"{site.sender} {site.name} Forløbet trin for trin {_NOTICE} {DANISH.day(date.today())}")
        assert text.endswith(_LINES)
        assert len(papers[-1]) > 120
        assert DANISH.text("diagram.completion") not in text
        place = 0
        for part in _met(procedure, choices, screen_id):
            found = text.find(part, place)
            assert found >= 0, (screen_id, part)
            place = found + len(part)
        for contact in procedure.contract.numbers:
            assert contact.name in text[place:]
            assert DANISH.phone_number(contact.phone) in text[place:]
        names = [phase_label(DANISH, phase) for phase in procedure.contract.phases]
        assert all(len(re.findall(f"(?<!til ){re.escape(name)}", text)) <= 1 for name in names), screen_id
    assert min(pages_of.values()) == 1
    assert max(pages_of.values()) == 2


def test_the_paper_can_be_read_and_no_step_is_broken(stage: Stage, procedure: Procedure) -> None:
    page = stage.page(color_scheme="dark")
    screen_id, choices = _longest(procedure)
    _open(page, choices, screen_id)
    page.emulate_media(media="print")
    smallest, broken = page.locator(".guide-record").evaluate(_PAPER)
    assert smallest >= 11
    assert broken == 0


def test_the_button_and_the_browsers_own_print_put_the_course_alone_on_paper(
    stage: Stage, procedure: Procedure
) -> None:
    page = stage.page()
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    screen_id, choices = _longest(procedure)
    _open(page, choices, screen_id)
    expect(page.locator(".guide-record")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".guide-record")).to_be_visible()
    for other in ("h1", ".md-header", ".md-footer", ".guide > section", ".guide-side", "#akut"):
        expect(page.locator(other).locator("visible=true"), other).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Udskriv forløbet").click()
    assert page.evaluate("window.printed") == 1
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".guide-record")).to_be_hidden()


def test_before_the_first_answer_the_screen_itself_is_printed(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    first = next(iter(screens_by_id(procedure).values()))
    page.goto("guide/")
    expect(page.get_by_role("button", name="Udskriv forløbet")).to_be_hidden()
    text = " ".join(_pages(page))
    assert first.closing.text in text
    assert _NOTICE not in text


@pytest.mark.parametrize("number", [0, -1])
def test_without_a_script_the_present_screen_is_printed(stage: Stage, procedure: Procedure, number: int) -> None:
    page = stage.page(javascript=False)
    screen = list(screens_by_id(procedure).values())[number]
    page.goto(f"guide/#{screen.id}")
    papers = _pages(page)
    assert len(papers) == 1
    assert all(node.text in papers[0] for node in screen.nodes)
    assert _NOTICE not in papers[0]
    others = [s for s in screens_by_id(procedure).values() if s.phase is not screen.phase and s.kind is Kind.QUESTION]
    assert not [s.id for s in others if s.closing.text in papers[0]]


def test_the_course_as_text_is_what_is_printed(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    phases = set()
    for screen_id, choices in shortest(procedure).items():
        if screens_by_id(procedure)[screen_id].kind is not Kind.END:
            continue
        _open(page, choices, screen_id)
        text = page.locator(".guide-text")
        expect(text).to_be_hidden()
        page.get_by_role("button", name="Forløbet som tekst").press("Enter")
        expect(text).to_be_focused()
        lines = text.inner_text().rstrip().splitlines()
        assert lines[:2] == [_NOTICE, DANISH.day(date.today())]
        assert [re.sub("_+$", "____", line) for line in lines[-3:]] == ["Gjort af: ____", "", "Dato: ____"]
        said = [line.removeprefix("- ") for line in lines]
        met = _met(procedure, choices, screen_id)
        start = said.index(met[0])
        assert [line for line in said[start:] if line][: len(met)] == met
        contact = procedure.contract.numbers[0]
        assert f"- {contact.name}, {contact.role}, {DANISH.phone_number(contact.phone)}, {contact.mail}" in lines
        phases.add(sum(line in {phase_label(DANISH, phase) for phase in procedure.contract.phases} for line in lines))
    assert max(phases) == 5


def test_the_course_as_text_can_be_selected(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    screen_id, choices = _longest(procedure)
    _open(page, choices, screen_id)
    page.get_by_role("button", name="Forløbet som tekst").click()
    lines = page.locator(".guide-text").inner_text().splitlines()
    page.keyboard.press("ControlOrMeta+a")
    selected = page.evaluate("String(getSelection())")
    assert lines[0] in selected
    assert lines[-2] in selected


def test_copying_is_offered_only_where_the_browser_can_and_never_fails_aloud(
    stage: Stage, procedure: Procedure
) -> None:
    screen_id, choices = _longest(procedure)
    without = "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })"
    refused = "Clipboard.prototype.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    for script, offered in ((without, False), (refused, True), ("", True)):
        page = stage.page(permissions=["clipboard-read", "clipboard-write"])
        page.add_init_script(script)
        page.goto(address(choices, screen_id))
        page.locator(".guide-tools button").nth(1).click()
        copy = page.locator(".guide-tools button").nth(2)
        expect(copy).to_be_visible(visible=offered)
        if offered:
            copy.click()
        if not script:
            assert page.evaluate("navigator.clipboard.readText()") == page.locator(".guide-text").text_content()
        page.evaluate("new Promise(requestAnimationFrame)")
