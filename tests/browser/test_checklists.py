"""The checklists on screen: items to tick, questions to answer, by finger and by keyboard, and nothing kept of either."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from procedure.derive.sheet_items import Item
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure
from tests.browser.stage import SCRIPT_OR_NONE, Among, Stage, first_of

_CHOSEN = "(group) => [...group.querySelectorAll('input')].map((input) => input.checked)"

# The lines drawn around what has the focus: around the one answer, and around all that belongs to its question.
_OUTLINES = """() => {
  const lines = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
  };
  const labels = [...document.activeElement.closest("fieldset").querySelectorAll("label")];
  return labels.map((label) => [label.control === document.activeElement, lines(label)]);
}"""


def _lists(procedure: Procedure) -> Iterator[tuple[str, tuple[Sheet, ...]]]:
    """Yield each page that shows checklists, with those it shows."""
    every = sheets(procedure)
    for sheet in every:
        yield f"tjeklister/{sheet.name}/", (sheet,)
    yield "mere/samlet/", every[1:]


def _numbered(sheet: Sheet) -> list[tuple[str, Item]]:
    """Return each item with its name: what it says, and before that its number, so that both are heard."""
    return [(f"{number}. {item.text}", item) for number, item in enumerate(sheet.tasks, start=1)]


def _asked(tasks: tuple[Item, ...]) -> list[str]:
    return [item.text for item in tasks if item.is_question]


def _groups(page: Page) -> Locator:
    return page.get_by_role("main").locator(".task").get_by_role("group")


@SCRIPT_OR_NONE
def test_a_question_is_a_named_group_of_two_answers_and_all_else_is_one_box_with_its_words(
    stage: Stage, procedure: Procedure, javascript: bool, among: Among
) -> None:
    page = stage.page(javascript=javascript)
    questions = 0
    for path, shown in among(_lists(procedure)):
        page.goto(path)
        tasks = [row for sheet in shown for row in _numbered(sheet)]
        asked = [name for name, item in tasks if item.is_question]
        questions += len(asked)
        expect(_groups(page), path).to_have_count(len(asked))
        for group, text in zip(_groups(page).all(), asked, strict=True):
            expect(group).to_have_accessible_name(text)
            expect(group.get_by_role("checkbox")).to_have_count(0)
            answers = group.get_by_role("radio")
            named = answers.evaluate_all("all => all.map(({ labels, checked }) => [labels[0].innerText, checked])")
            assert named == [["Ja", False], ["Nej", False]]
        boxes = page.get_by_role("main").locator(".task").get_by_role("checkbox")
        others = [name for name, item in tasks if not item.is_question]
        expect(boxes, path).to_have_count(len(others))
        for box, text in zip(boxes.all(), others, strict=True):
            expect(box).to_have_accessible_name(text)
            expect(box).not_to_be_checked()
    assert questions >= among.least(7)


def test_an_answer_is_given_and_changed_from_the_keyboard_and_touches_no_other_question(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    for sheet in among(sheets(procedure)):
        asked = _asked(sheet.tasks)
        page.goto(f"tjeklister/{sheet.name}/")
        given = [[False, False]] * len(asked)
        for number, text in enumerate(asked):
            group = _groups(page).filter(has_text=text)
            # The item or the tool before the first question, and then on from the answer before.
            if not number:
                group.evaluate("""(group) => {
                  const all = [...document.querySelectorAll("main :is(a[href], button, input)")];
                  all[all.indexOf(group.querySelector("input")) - 1].focus();
                }""")
            page.keyboard.press("Tab")
            ja, nej = group.get_by_role("radio", name="Ja"), group.get_by_role("radio", name="Nej")
            expect(ja).to_be_focused()
            page.keyboard.press("Space")
            expect(ja).to_be_checked()
            page.keyboard.press("ArrowDown")
            expect(nej).to_be_focused()
            given[number] = [False, True]
            assert _groups(page).evaluate_all(f"all => all.map({_CHOSEN})") == given
            if number % 2:
                page.keyboard.press("ArrowUp")
                given[number] = [True, False]
                assert _groups(page).evaluate_all(f"all => all.map({_CHOSEN})") == given
        expect(page.locator(".task input:checked")).to_have_count(len(asked))


def test_the_focus_is_marked_on_the_answer_that_has_it(stage: Stage) -> None:
    page = stage.page()
    page.goto("tjeklister/vurder/")
    answers = _groups(page).first.get_by_role("radio")
    answers.first.focus()
    for key in ("Shift", "ArrowRight"):
        page.keyboard.press(key)
        outlines = page.evaluate(_OUTLINES)
        assert len(outlines) == 2
        assert [width >= 2 for _, width in outlines] == [has_focus for has_focus, _ in outlines]
    expect(answers.last).to_be_focused()


@first_of("width", [320, 360, 1280])
def test_an_answer_is_big_enough_for_a_finger_and_stands_at_its_question(
    stage: Stage, procedure: Procedure, width: int, among: Among
) -> None:
    page = stage.page(width=width, height=740, has_touch=True)
    for sheet in among(sheets(procedure)):
        page.goto(f"tjeklister/{sheet.name}/")
        for group in _groups(page).all():
            places = [part.bounding_box() for part in group.locator("legend, label").all()]
            question, ja, nej = (place for place in places if place)
            for answer in (ja, nej):
                assert min(answer["width"], answer["height"]) >= 44
            assert ja["y"] == nej["y"]
            assert ja["x"] + ja["width"] <= nej["x"]
            if width < 700:
                assert 0 <= ja["y"] - question["y"] - question["height"] < 12
            else:
                assert question["x"] + question["width"] <= ja["x"]
            for label in group.locator("label").all():
                label.tap()
                expect(label.locator("input")).to_be_checked()


def _fill(page: Page) -> None:
    """Tick every item, and answer every question with no."""
    for box in page.locator(".task").get_by_role("checkbox").all():
        box.check()
    for group in _groups(page).all():
        group.get_by_role("radio", name="Nej").check()


def _chosen(page: Page) -> list[bool]:
    chosen: list[bool] = page.locator(".task input").evaluate_all("all => all.map(({ checked }) => checked)")
    return chosen


@pytest.mark.parametrize("name", ["lige-nu", "vurder"])
def test_ticks_and_answers_are_gone_on_reset(stage: Stage, name: str) -> None:
    page = stage.page()
    page.goto(f"tjeklister/{name}/")
    _fill(page)
    expect(page.locator(".task input:checked")).to_have_count(page.locator(".task").count())
    page.get_by_role("button", name="Nulstil", exact=True).click()
    expect(page.locator(".task input:checked")).to_have_count(0)


@first_of("name, javascript, kept", ["lige-nu", "vurder"], [True, False], [True, False])
def test_ticks_and_answers_survive_a_look_at_the_contacts_and_are_stored_by_nobody(
    stage: Stage, name: str, javascript: bool, kept: bool
) -> None:
    page = stage.page(javascript=javascript)
    if not kept:
        # A page that the browser keeps whole needs no memory of its forms: this one it must build anew.
        page.route("**/tjeklister/*/", _answer_unkept)
    page.goto(f"tjeklister/{name}/")
    _fill(page)
    page.locator(".task").first.get_by_role("checkbox").uncheck()
    before = _chosen(page)
    page.get_by_role("main").get_by_role("link", name="Kontakt SSP og Ungeenheden").click()
    page.wait_for_url("**/kontakt/")
    page.go_back()
    page.wait_for_url(f"**/tjeklister/{name}/")
    assert _chosen(page) == before
    another = stage.page(javascript=javascript)
    another.goto(f"tjeklister/{name}/")
    expect(another.locator(".task input:checked")).to_have_count(0)


def _answer_unkept(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "cache-control": "no-store"})


@first_of("width", [360, 1280])
def test_the_items_are_a_numbered_list_and_end_with_what_follows(
    stage: Stage, procedure: Procedure, width: int, among: Among
) -> None:
    page = stage.page(width=width, height=740)
    for sheet in among(sheets(procedure)):
        page.goto(f"tjeklister/{sheet.name}/")
        listed = page.get_by_role("main").locator("ol:has(> .task)")
        expect(listed).to_have_count(1)
        expect(listed.locator("> li")).to_have_count(len(sheet.tasks))
        expect(listed.locator("+ .sheet-done li")).to_have_text([end.whole for end in sheet.done])
        for end in sheet.done:
            link = listed.locator("+ .sheet-done").get_by_role("link", name=end.text, exact=True)
            expect(link).to_have_count(1 if end.phase else 0)
        expect(page.get_by_text(sheet.begins, exact=True)).to_be_visible()
        expect(page.locator(".spine [aria-current=step]")).to_have_count(1 if sheet.place else 0)
        first = listed.locator("> li").first.bounding_box()
        assert first
        assert first["y"] < 740 or sheet.cautions


def test_the_numbers_to_call_stand_outside_what_is_ticked(stage: Stage, procedure: Procedure, among: Among) -> None:
    page = stage.page(width=360, height=740, has_touch=True)
    for sheet in among(sheets(procedure)):
        page.goto(f"tjeklister/{sheet.name}/")
        for number, item in enumerate(sheet.tasks, start=1):
            row = page.locator(f".task:nth-child({number})")
            numbers = row.locator(".calls > ul a[href^='tel:']")
            expect(numbers).to_have_count(len(item.calls))
            expect(row.locator("label .calls, legend .calls")).to_have_count(0)
            for link in numbers.all():
                box = link.bounding_box()
                assert box
                assert min(box["width"], box["height"]) >= 44


@first_of("width", [360, 1280])
def test_what_leads_into_a_list_stands_before_it(stage: Stage, procedure: Procedure, width: int, among: Among) -> None:
    page = stage.page(width=width, height=740)
    led = [sheet for sheet in sheets(procedure) if sheet.lead]
    assert procedure.roles.right_now in [sheet.name for sheet in led]
    for sheet in among(led):
        page.goto(f"tjeklister/{sheet.name}/")
        first = page.locator(".task").first.bounding_box()
        assert first
        for item in sheet.lead:
            text = page.get_by_role("main").get_by_role("paragraph").filter(has_text=item.text)
            expect(text).to_have_count(1)
            expect(text).to_be_visible()
            box = text.bounding_box()
            assert box
            assert box["y"] + box["height"] <= first["y"]
