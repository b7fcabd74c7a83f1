"""The checklists on screen: items to tick, questions to answer, by finger and by keyboard, and nothing kept of either."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from procedure.derive.sheets import Item, Sheet, sheets
from procedure.model import RIGHT_NOW, Procedure
from tests.browser.stage import Stage

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
        if sheet.name != RIGHT_NOW:
            yield f"faser/{sheet.name}/", (sheet,)
    yield "mere/samlet/", every[1:]


def _asked(tasks: tuple[Item, ...]) -> list[str]:
    return [item.text for item in tasks if item.is_question]


def _groups(page: Page) -> Locator:
    return page.get_by_role("main").locator(".task").get_by_role("group")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_a_named_group_of_two_answers_and_all_else_is_one_box_with_its_words(
    stage: Stage, procedure: Procedure, javascript: bool
) -> None:
    page = stage.page(javascript=javascript)
    questions = 0
    for path, shown in _lists(procedure):
        page.goto(path)
        tasks = tuple(item for sheet in shown for item in sheet.tasks)
        asked = _asked(tasks)
        questions += len(asked)
        expect(_groups(page), path).to_have_count(len(asked))
        for group, text in zip(_groups(page).all(), asked, strict=True):
            expect(group).to_have_accessible_name(text)
            expect(group.get_by_role("checkbox")).to_have_count(0)
            answers = group.get_by_role("radio")
            named = answers.evaluate_all("all => all.map(({ labels, checked }) => [labels[0].innerText, checked])")
            assert named == [["Ja", False], ["Nej", False]]
        boxes = page.get_by_role("main").locator(".task").get_by_role("checkbox")
        others = [item.text for item in tasks if not item.is_question]
        expect(boxes, path).to_have_count(len(others))
        for box, text in zip(boxes.all(), others, strict=True):
            expect(box).to_have_accessible_name(text)
            expect(box).not_to_be_checked()
    assert questions > 6


def test_an_answer_is_given_and_changed_from_the_keyboard_and_touches_no_other_question(
    stage: Stage, procedure: Procedure
) -> None:
    page = stage.page()
    for sheet in sheets(procedure):
        asked = _asked(sheet.tasks)
        page.goto(f"tjeklister/{sheet.name}/")
        given = [[False, False]] * len(asked)
        for number, text in enumerate(asked):
            group = page.get_by_role("group", name=text, exact=True)
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


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_an_answer_is_big_enough_for_a_finger_and_stands_at_its_question(
    stage: Stage, procedure: Procedure, width: int
) -> None:
    page = stage.page(width=width, height=740, has_touch=True)
    for sheet in sheets(procedure):
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


@pytest.mark.parametrize("name", [RIGHT_NOW, "vurder"])
def test_ticks_and_answers_are_gone_on_reset_and_on_reload(stage: Stage, name: str) -> None:
    page = stage.page()
    page.goto(f"tjeklister/{name}/")
    for leave in (lambda: page.get_by_role("button", name="Nulstil", exact=True).click(), page.reload):
        for box in page.locator(".task").get_by_role("checkbox").all():
            box.check()
        for group in _groups(page).all():
            group.get_by_role("radio", name="Nej").check()
        assert page.locator(".task input:checked").count() == page.locator(".task").count()
        leave()
        expect(page.locator(".task input:checked")).to_have_count(0)
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_what_leads_into_a_list_stands_before_it(stage: Stage, procedure: Procedure, width: int) -> None:
    page = stage.page(width=width, height=740)
    led = [sheet for sheet in sheets(procedure) if sheet.lead]
    assert RIGHT_NOW in [sheet.name for sheet in led]
    for sheet in led:
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
