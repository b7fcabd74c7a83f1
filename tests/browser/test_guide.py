"""The guide in a real browser: every route by keyboard, with and without JavaScript, and nothing asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from procedure.derive.guide import caution, phase_flows
from procedure.derive.shared_addresses import shared_addresses
from procedure.model import Procedure
from procedure.source.flow import Kind
from tests.browser.stage import SCRIPT_OR_NONE, Among, Stage, first_of, served
from tests.browser.ways import Choice, address, nodes, screens_by_id, shortest, walks
from tests.project import copy_project, run_build

_STATE = """() => {
  const shown = [...document.querySelectorAll(".guide > section[data-node]")].filter((s) => s.checkVisibility());
  const focused = document.activeElement;
  const { left, top, right, bottom, height } = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  const hit = document.elementFromPoint(left + 2, top + height / 2);
  return {
    shown: shown.map(({ id }) => id),
    inside: focused.closest(".guide > section[data-node]")?.id ?? null,
    role: focused.tagName,
    lost: focused === document.body,
    seen: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && focused.contains(hit),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""

# What an address can hold that names no place in the guide.
_BROKEN = (
    "findes-ikke",
    "vurder",
    "vurder-",
    "VURDER-UNDER",
    "%",
    "%E0%A4%A",
    "%00",
    "/",
    "//",
    "/ja",
    "//ja",
    "vurder-under/",
    "vurder-under/vurder-under",
    "vurder-under/ja/",
    "vurder-under/ja/ja/ja",
    "vurder-under/1",
    "vurder-slut/ja",
    "ja/vurder-under",
    "__proto__",
    "constructor/constructor",
    "vurder-under/ja/__proto__/ja",
    "vurder-under/ja/dokumenter-tilsendt/__proto__",
    '"]<img src=x onerror=alert(1)>',
    "a" * 5000,
    "/".join(["vurder-under/ja"] * 500),
)


def _screen(page: Page, screen_id: str) -> dict[str, object]:
    """Wait for the screen, and return what is shown and where the focus is; only that one screen may be shown."""
    expect(page.locator(f'.guide > section[id="{screen_id}"]')).to_be_visible()
    state: dict[str, object] = page.evaluate(_STATE)
    assert state["shown"] == [screen_id]
    return state


def _heading(page: Page, screen_id: str) -> Locator:
    """Return the heading that a screen begins at: its question where it has one."""
    section = page.locator(f'section[id="{screen_id}"]')
    return section.locator('.guide-question, :scope:not([data-kind="question"]) h2').first


def _assert_focus_on(page: Page, screen_id: str) -> None:
    """Wait for the focus on the screen's heading, and check that a reader sees where it is."""
    _screen(page, screen_id)
    expect(_heading(page, screen_id)).to_be_focused()
    state = page.evaluate(_STATE)
    assert (state["inside"], state["role"], state["seen"], state["outlined"]) == (screen_id, "H2", True, True), state


def _tab_to(page: Page, selector: str, most: int = 60) -> int:
    """Press Tab until the focus is on what is meant, and return how often."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return presses
    raise AssertionError(f"{selector} is not among the next {most} places in the order of focus")


def _answer(choice: Choice) -> str:
    return f'[data-answer="{choice.answer}"]'


# How many stops for the keyboard stand between where a screen begins and one of its ways on.
_STOPS_BEFORE = """(way) => {
  const section = way.closest("section");
  const begin = section.contains(document.activeElement) ? document.activeElement : section.firstElementChild;
  const stops = [...section.querySelectorAll("a[href], summary")];
  return stops.filter((stop) => begin.compareDocumentPosition(stop) & 4 && stop.compareDocumentPosition(way) & 4).length;
}"""


def _take_by_keyboard(page: Page, choice: Choice, *, javascript: bool) -> None:
    presses = page.locator(_answer(choice)).evaluate(_STOPS_BEFORE) + 1
    if javascript and choice.screen.kind is Kind.QUESTION:
        assert presses == choice.number
    assert _tab_to(page, _answer(choice), presses) == presses
    state = page.evaluate(_STATE)
    assert (state["inside"], state["seen"], state["outlined"]) == (choice.screen.id, True, True), (choice, state)
    page.keyboard.press("Enter")
    if javascript:
        _assert_focus_on(page, choice.way.target)
    else:
        _screen(page, choice.way.target)


def test_every_route_is_walked_by_keyboard_alone(stage: Stage, procedure: Procedure, among: Among) -> None:
    page = stage.page()
    for walk in among(walks(procedure)):
        page.goto("about:blank")
        page.goto(f"guide/#{walk.first.id}")
        _assert_focus_on(page, walk.first.id)
        for choice in walk.choices:
            _take_by_keyboard(page, choice, javascript=True)
        if not walk.last.ways:
            assert walk.last.kind is Kind.END
            expect(page.locator(f'section[id="{walk.last.id}"] [data-answer]')).to_have_count(0)


def test_every_route_is_walked_by_keyboard_alone_without_javascript(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(javascript=False)
    for walk in among(walks(procedure)):
        page.goto("about:blank")
        page.goto(f"guide/#{walk.first.id}")
        _screen(page, walk.first.id)
        for choice in walk.choices:
            _take_by_keyboard(page, choice, javascript=False)


def test_there_is_a_walk_for_every_screen_and_every_way_on(procedure: Procedure) -> None:
    taken = {choice.answer for walk in walks(procedure) for choice in walk.choices}
    every = {Choice(s, n).answer for s in screens_by_id(procedure).values() for n in range(1, len(s.ways) + 1)}
    assert taken == every
    assert {walk.last.phase for walk in walks(procedure)} == set(procedure.contract.phases)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_holds_the_screens_and_ways_of_the_model_and_no_others(
    stage: Stage, procedure: Procedure, javascript: bool
) -> None:
    page = stage.page(javascript=javascript)
    page.goto("guide/")
    found = page.evaluate("""() => [...document.querySelectorAll(".guide > section[data-node]")].map((s) =>
        [s.id, s.dataset.node, s.dataset.kind, [...s.querySelectorAll("[data-answer]")].map((a) => a.getAttribute("href"))])""")
    assert found == [
        [s.id, f"{s.flow.id}.{s.closing.id}", s.kind.value, [f"#{way.target}" for way in s.ways]]
        for s in screens_by_id(procedure).values()
    ]
    _screen(page, found[0][0])


def test_back_and_forward_go_one_answer_at_a_time(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    longest = max(shortest(procedure).values(), key=len)
    page.goto("guide/")
    visited = [longest[0].screen.id]
    for choice in longest:
        page.locator(_answer(choice)).click()
        _screen(page, choice.way.target)
        visited.append(choice.way.target)
    for number, screen_id in reversed(list(enumerate(visited[:-1]))):
        page.go_back()
        state = _screen(page, screen_id)
        assert (state["inside"], state["seen"]) == (screen_id, True)
        _assert_answers(page, longest[:number])
    for number, screen_id in list(enumerate(visited))[1:]:
        page.go_forward()
        state = _screen(page, screen_id)
        assert (state["inside"], state["seen"]) == (screen_id, True)
        _assert_answers(page, longest[:number])


def test_back_and_forward_work_without_javascript(stage: Stage, procedure: Procedure) -> None:
    page = stage.page(javascript=False)
    longest = max(shortest(procedure).values(), key=len)
    page.goto("guide/")
    for choice in longest:
        page.locator(_answer(choice)).click()
    _screen(page, longest[-1].way.target)
    for choice in reversed(longest):
        page.go_back()
        _screen(page, choice.screen.id)
    for choice in longest:
        page.go_forward()
        _screen(page, choice.way.target)


def _asked(choices: Iterable[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.screen.kind is Kind.QUESTION]


def _assert_answers(page: Page, choices: Iterable[Choice]) -> None:
    """Check that "Dine svar" holds exactly the questions answered, in order, each with its answer."""
    asked = _asked(choices)
    rows = page.locator(".guide-log li")
    expect(rows).to_have_count(len(asked))
    for row, choice in zip(rows.all(), asked, strict=True):
        expect(row).to_contain_text(choice.screen.closing.text)
        expect(row.locator("strong")).to_have_text(choice.way.answer or "")


def test_the_answers_so_far_survive_a_reload_and_a_copied_address(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    ends = {walk.last.id for walk in walks(procedure)}
    page = stage.page()
    for screen_id, choices in among(shortest(procedure).items()):
        page.goto(address(choices, screen_id))
        _assert_focus_on(page, screen_id)
        _assert_answers(page, choices)
        if screen_id in ends:
            page.reload()
            _assert_focus_on(page, screen_id)
            _assert_answers(page, choices)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_plain_address_of_every_node_shows_the_screen_that_holds_it(
    stage: Stage, procedure: Procedure, javascript: bool, among: Among
) -> None:
    page = stage.page(javascript=javascript)
    page.goto("guide/")
    for node, screen in among(nodes(procedure).items(), 6):
        page.goto(f"guide/#{node}")
        _screen(page, screen.id)
    last_nodes = {screen.id: node for node, screen in nodes(procedure).items()}
    for screen_id, node in among(last_nodes.items()):
        page.goto("about:blank")
        page.goto(f"guide/#{node}")
        _screen(page, screen_id)


@first_of("fresh, javascript", [True, False], [True, False])
def test_an_address_that_fits_nothing_shows_a_valid_place(
    stage: Stage, procedure: Procedure, javascript: bool, fresh: bool, among: Among
) -> None:
    every = screens_by_id(procedure)
    page = stage.page(javascript=javascript)
    page.goto(f"guide/#{list(every)[2]}")
    for fragment in among(_BROKEN):
        if fresh:
            page.goto("about:blank")
        page.goto(f"guide/#{fragment}")
        expect(page.locator(".guide > section[data-node]").locator("visible=true")).to_have_count(1)
        [shown] = page.evaluate(_STATE)["shown"]
        assert shown in every, fragment
        ways = page.locator(f'section[id="{shown}"] [data-answer]')
        ways.first.click()
        _screen(page, every[shown].ways[0].target)


def _assert_stopped(page: Page, screen_id: str) -> None:
    """Check that the guide says in sight and to a screen reader that an answer is not known, and is calm otherwise."""
    _assert_focus_on(page, screen_id)
    notice = page.locator(".guide-stopped")
    expect(notice).to_be_in_viewport(ratio=1)
    expect(notice).to_have_role("status")
    expect(page.locator(":focus")).to_have_accessible_description(re.compile("kendes ikke"))


def test_an_address_that_skips_a_question_stops_there_and_keeps_the_answers_before(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    skips = [
        (choices, asked, skipped)
        for choices in shortest(procedure).values()
        for asked in [_asked(choices)]
        for skipped in range(1, len(asked) - 1)
    ]
    assert len(skips) > 10
    for choices, asked, skipped in among(skips):
        before = choices[: choices.index(asked[skipped])]
        rest = asked[skipped + 1 :]
        page.goto("about:blank")
        page.goto(address((*before, *rest), rest[-1].way.target))
        _assert_stopped(page, asked[skipped].screen.id)
        _assert_answers(page, before)


def test_an_unknown_answer_stops_at_its_question_and_says_so(stage: Stage, procedure: Procedure, among: Among) -> None:
    page = stage.page()
    for choices in among(shortest(procedure).values()):
        asked = [choice for choice in choices if choice.way.name]
        if not asked:
            continue
        before = choices[: choices.index(asked[-1])]
        given = [choice.answer for choice in asked[:-1]]
        page.goto("about:blank")
        page.goto("guide/#" + "/".join([*given, asked[-1].screen.id, "findes-ikke"]))
        _assert_stopped(page, asked[-1].screen.id)
        _assert_answers(page, before)
        page.locator(_answer(asked[-1])).click()
        _screen(page, asked[-1].way.target)
        expect(page.locator(".guide-stopped")).to_have_count(0)


@pytest.mark.parametrize(
    ("numbered", "screen_id"),
    [
        ("vurder-slut/vurder-under.2", "vurder-under"),
        # An end that leads straight on: where that is.
        ("haandter-slut/vurder-under.1/vurder-lavunder.1/vurder-slut.1/dokumenter-tilsendt.2", "behandl-klasse"),
        ("dokumenter-tilsendt/vurder-under.2/vurder-slut.1", "dokumenter-tilsendt"),
        ("haandter-hjaelp/haandter-kendt.1", "vurder-under"),
    ],
)
def test_an_address_from_when_answers_were_numbers_says_that_they_are_not_known(
    stage: Stage, numbered: str, screen_id: str
) -> None:
    page = stage.page()
    page.goto(f"guide/#{numbered}")
    _assert_stopped(page, screen_id)
    _assert_answers(page, ())


@SCRIPT_OR_NONE
def test_a_shared_address_with_answers_opens_its_screen(
    stage: Stage, procedure: Procedure, javascript: bool, among: Among
) -> None:
    page = stage.page(javascript=javascript)
    for screen_id, addresses in among(shared_addresses(screens_by_id(procedure).values()).items()):
        for number, shared in enumerate(dict.fromkeys([*addresses[:2], *addresses[-2:]])):
            if number == 0:
                page.goto("about:blank")
            page.goto(f"guide/#{shared}")
            _screen(page, screen_id)
            expect(page.locator(".guide-stopped")).to_have_count(0)
            if javascript:
                assert page.url.partition("#")[2] == shared
        if addresses:
            page.reload()
            _screen(page, screen_id)


def test_shared_addresses_are_followed_back_and_forward_without_javascript(stage: Stage, procedure: Procedure) -> None:
    page = stage.page(javascript=False)
    shared = [
        (addresses[-1], screen_id)
        for screen_id, addresses in shared_addresses(screens_by_id(procedure).values()).items()
        if addresses
    ][:5]
    page.goto("guide/")
    for address_, _ in shared:
        page.goto(f"guide/#{address_}")
    for _, screen_id in reversed(shared[:-1]):
        page.go_back()
        _screen(page, screen_id)
    for _, screen_id in shared[1:]:
        page.go_forward()
        _screen(page, screen_id)


@pytest.mark.every
def test_a_shared_address_means_the_same_when_the_answers_of_every_question_have_changed_places(
    browser: Browser, tmp_path: Path, procedure: Procedure
) -> None:
    root = copy_project(tmp_path)
    for _, flow in phase_flows(procedure):
        lines = procedure.pages[flow.path].lines
        text = "\n".join(lines)
        for node in flow.nodes.values():
            arrows = [lines[edge.line - 1] for edge in flow.ways_out(node.id)]
            if flow.kind(node) is Kind.QUESTION:
                text = text.replace("\n".join(arrows), "\n".join(reversed(arrows)))
        (root / flow.path).write_text(text + "\n", "utf-8")
    run = run_build(root)
    assert run.returncode == 0, run.stdout
    with served(root / "site") as place:
        stage = Stage(browser, place, root / "site")
        page = stage.page()
        for screen_id, choices in shortest(procedure).items():
            page.goto("about:blank")
            page.goto(address(choices, screen_id))
            _assert_focus_on(page, screen_id)
            _assert_answers(page, choices)
        labels = page.locator('section[id="vurder-under"] [data-answer]').all_text_contents()
        assert labels == ["Nej", "Ja"]
        assert stage.close() == []


def _choice(procedure: Procedure, answer: str) -> Choice:
    [choice] = [
        Choice(screen, number)
        for screen in screens_by_id(procedure).values()
        for number in range(1, len(screen.ways) + 1)
        if Choice(screen, number).answer == answer
    ]
    return choice


_GIVEN = (
    "vurder-under/nej",
    "dokumenter-tilsendt/nej",
    "dokumenter-vej/klares-internt",
    "haandter-skoler/nej",
    "haandter-kendt/nej",
    "behandl-klasse/ja",
    "behandl-presse/nej",
)


def test_an_answer_is_gone_back_to_from_the_list_and_all_the_others_are_kept(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    given = [_choice(procedure, answer) for answer in _GIVEN]
    for row, choice in among(enumerate(given)):
        page.goto("about:blank")
        page.goto("guide/#" + "/".join(_GIVEN))
        change = page.locator(".guide-log li").nth(row).get_by_role("link")
        expect(change).to_have_accessible_name(f"Ret svaret på »{choice.screen.closing.text}«")
        change.focus()
        page.keyboard.press("Enter")
        _assert_focus_on(page, choice.screen.id)
        _assert_answers(page, given)
        expect(page.locator(f'section[id="{choice.screen.id}"] [aria-current="true"]')).to_have_text(
            "".join([choice.way.answer or "", choice.way.past.text if choice.way.past else ""])
        )
        page.reload()
        _assert_focus_on(page, choice.screen.id)
        _assert_answers(page, given)
        # Given again, it changes nothing; the way on is the same one step at a time.
        page.locator(_answer(choice)).click()
        _screen(page, choice.way.target)
        _assert_answers(page, given)


def test_changing_an_answer_keeps_the_later_ones_that_are_still_met(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    for changed, kept in (
        ("vurder-under/ja", _GIVEN[1:]),
        ("haandter-skoler/ja", (*_GIVEN[:3], *_GIVEN[4:])),
        # Phase 3 is no longer met, and its answers no longer hold; those of phase 5 do.
        ("dokumenter-vej/skal-politianmeldes", (*_GIVEN[:2], *_GIVEN[5:])),
    ):
        question = changed.partition("/")[0]
        place = [answer.partition("/")[0] for answer in _GIVEN].index(question)
        page.goto("about:blank")
        page.goto("guide/#" + "/".join(_GIVEN))
        page.locator(".guide-log li").nth(place).get_by_role("link").press("Enter")
        page.locator(_answer(_choice(procedure, changed))).press("Enter")
        # What the changed answer leads to is shown: nothing that it says is passed over.
        _assert_focus_on(page, _choice(procedure, changed).way.target)
        now = [_choice(procedure, answer) for answer in (*kept[:place], changed, *kept[place:])]
        _assert_answers(page, sorted(now, key=lambda choice: list(screens_by_id(procedure)).index(choice.screen.id)))
        assert page.url.partition("#")[2].count("/") == 2 * place + 1


def test_the_way_back_leads_to_the_screen_before_and_keeps_the_answers(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    screen_id, choices = max(shortest(procedure).items(), key=lambda item: len(item[1]))
    page.goto(address(choices, screen_id))
    for choice in reversed(choices):
        page.locator(".guide > section").locator("visible=true").get_by_role("link", name="Tilbage").press("Enter")
        _assert_focus_on(page, choice.screen.id)
        _assert_answers(page, choices)
    expect(page.get_by_role("link", name="Tilbage")).to_have_count(0)
    page.go_back()
    _screen(page, choices[1].screen.id)


def test_without_javascript_the_way_back_is_there_only_where_it_is_sure(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page(javascript=False)
    every = screens_by_id(procedure)
    sure = 0
    for screen_id in among(every, 4):
        page.goto(f"guide/#{screen_id}")
        before = [other.id for other in every.values() if any(way.target == screen_id for way in other.ways)]
        back = page.locator(f'section[id="{screen_id}"]').get_by_role("link", name="Tilbage")
        expect(back).to_have_count(1 if len(before) == 1 else 0)
        if len(before) == 1:
            sure += 1
            back.click()
            _screen(page, before[0])
    assert sure >= among.least(6)


def test_the_question_is_the_page_s_title_and_phase_and_steps_are_heard_with_it(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    """As the browser's accessibility tree has them: name and description of what has the focus."""
    page = stage.page()
    for screen_id, choices in among(shortest(procedure).items()):
        screen = screens_by_id(procedure)[screen_id]
        phase = f"Fase {screen.phase.number}: {screen.phase.title}"
        page.goto("about:blank")
        page.goto(address(choices, screen_id) if choices else f"guide/#{screen_id}")
        _assert_focus_on(page, screen_id)
        subject = screen.closing.text if screen.kind is Kind.QUESTION else phase
        expect(page).to_have_title(f"{subject} – Trin for trin - Digitale krænkelser")
        if screen.kind is not Kind.QUESTION:
            continue
        focused = page.locator(":focus")
        expect(focused).to_have_role("heading")
        expect(focused).to_have_accessible_name(screen.closing.text)
        heard = [phase, *(node.text for node in screen.nodes if screen.flow.kind(node) is Kind.STEP)]
        expect(focused).to_have_accessible_description(re.compile(".*".join(re.escape(part) for part in heard)))
        group = page.get_by_role("group", name=screen.closing.text, exact=True)
        expect(group.get_by_role("link")).to_have_count(len(screen.ways))
        for link, way in zip(group.get_by_role("link").all(), screen.ways, strict=True):
            expect(link).to_have_accessible_name(
                " ".join([way.answer or "", way.past.text if way.past else ""]).strip()
            )


def test_starting_over_forgets_every_answer(stage: Stage, procedure: Procedure, among: Among) -> None:
    page = stage.page()
    first = next(iter(screens_by_id(procedure)))
    for screen_id, choices in among(shortest(procedure).items()):
        page.goto(address(choices, screen_id))
        restart = page.locator(f'section[id="{screen_id}"] .guide-restart')
        if screen_id == first:
            expect(restart).to_have_count(0)
            continue
        restart.focus()
        page.keyboard.press("Enter")
        _assert_focus_on(page, first)
        _assert_answers(page, ())
        expect(page.locator(".guide-log")).to_be_hidden()


@first_of("width, javascript", [360, 1280], [True, False])
def test_what_is_vigtigt_is_in_view_or_one_tap_away_on_every_screen(
    stage: Stage, procedure: Procedure, width: int, javascript: bool, among: Among
) -> None:
    """One tap, also from the keyboard, and it takes nothing of what was answered so far."""
    block = caution(procedure)
    assert block is not None
    page = stage.page(width=width, height=740, javascript=javascript)
    shut = 0
    looked_at = among(shortest(procedure).items())
    for screen_id, choices in looked_at:
        page.goto(address(choices, screen_id) if javascript else f"guide/#{screen_id}")
        _screen(page, screen_id)
        section = page.locator(f'section[id="{screen_id}"]')
        items = section.locator(":is(.admonition.danger, .guide-caution) > ul > li > span")
        expect(items).to_have_text(list(block.items))
        if screen_id == next(iter(screens_by_id(procedure))):
            expect(section.locator(".guide-caution")).to_have_count(0)
            expect(section.locator(".danger > .admonition-title")).to_have_text("Vigtigt")
        else:
            shut += 1
            expect(items.locator("visible=true")).to_have_count(0)
            before = page.url
            summary = section.locator(".guide-caution > summary")
            expect(summary).to_have_text("Vigtigt")
            summary.press("Enter")
            assert page.url == before
            _screen(page, screen_id)
        expect(items.locator("visible=true")).to_have_count(3)
        if javascript:
            _assert_answers(page, choices)
    assert shut == len(looked_at) - 1


@pytest.mark.parametrize("javascript", [True, False])
def test_the_first_answers_are_in_view_on_a_phone_and_what_is_vigtigt_right_after_them(
    stage: Stage, javascript: bool
) -> None:
    page = stage.page(width=360, height=740, has_touch=True, is_mobile=True, javascript=javascript)
    page.goto("guide/")
    answers = page.locator(".guide > section [data-answer]").locator("visible=true")
    expect(answers).to_have_count(2)
    for answer in answers.all():
        expect(answer).to_be_in_viewport(ratio=1)
    block = page.locator(".guide > section .danger").locator("visible=true")
    group = page.locator(".guide > section [role=group]").locator("visible=true")
    [above, below] = [group.bounding_box(), block.bounding_box()]
    assert above
    assert below
    assert 0 <= below["y"] - above["y"] - above["height"] < 60


def test_a_printed_screen_shows_what_is_vigtigt_even_where_it_was_shut(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    block = caution(procedure)
    assert block is not None
    page = stage.page(javascript=False)
    for screen_id in among(screens_by_id(procedure)):
        page.emulate_media(media="screen")
        page.goto(f"guide/#{screen_id}")
        _screen(page, screen_id)
        page.emulate_media(media="print")
        shown = page.locator(".guide :is(.danger, .guide-caution)").locator("visible=true")
        expect(shown, screen_id).to_have_count(1)
        expect(shown.locator(":is(.admonition-title, summary)")).to_be_visible()
        items = shown.locator("> ul > li > span")
        expect(items).to_have_text(list(block.items))
        seen = items.evaluate_all("all => all.map((e) => e.checkVisibility({ contentVisibilityAuto: true }))")
        assert seen == [True] * 3, screen_id


def test_nothing_is_asked_for_on_the_way(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    # The last thing that search asks for; it comes late where the machine is busy.
    with page.context.expect_event("request", lambda request: request.url.endswith("/lunr.da.min.js")):
        page.goto("guide/")
    page.wait_for_load_state("networkidle")
    before = len(stage.requests)
    screen_id, choices = max(shortest(procedure).items(), key=lambda item: len(item[1]))
    for choice in choices:
        page.locator(_answer(choice)).click()
    page.locator(".guide-tools button").nth(1).click()
    page.locator(".guide-log li a").first.click()
    page.go_back()
    page.wait_for_load_state("networkidle")
    # Chromium asks for the icon again at each new address; that is the browser's own doing, and says nothing of the case.
    assert [request for request in stage.requests[before:] if not request.endswith("/assets/mark.svg")] == []
    assert "?" not in page.url
    assert page.url.endswith(address(choices, screen_id))


@first_of("way", ["touch", "touch without javascript", "keyboard", "keyboard without javascript"])
def test_a_phone_gets_from_the_front_page_to_a_child_who_does_not_want_to_report(
    stage: Stage, procedure: Procedure, way: str
) -> None:
    """Nothing but taps on answers, as issue 3's "Done when" has it; A5 is what to do then."""
    javascript = "without" not in way
    page = stage.page(width=360, height=740, has_touch=True, is_mobile=True, javascript=javascript)
    [goal] = [
        s
        for s in screens_by_id(procedure).values()
        if any("A5" in n.requirements for n in s.nodes if s.flow.kind(n) is Kind.STEP)
    ]
    page.goto("./")
    into_guide = page.locator("main .actions").first.get_by_role("link").first
    href = into_guide.get_attribute("href")
    if way.startswith("touch"):
        expect(into_guide).to_be_in_viewport(ratio=1)
        into_guide.tap()
    else:
        _tab_to(page, f'main .actions a[href="{href}"]')
        page.keyboard.press("Enter")
    for number, choice in enumerate(shortest(procedure)[goal.id]):
        _screen(page, choice.screen.id)
        if way.startswith("touch"):
            answer = page.locator(_answer(choice))
            box = answer.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44
            answer.tap()
        else:
            presses = _tab_to(page, _answer(choice))
            assert not number or choice.screen.kind is not Kind.QUESTION or not javascript or presses == choice.number
            page.keyboard.press("Enter")
    _screen(page, goal.id)
    for node in goal.nodes:
        expect(page.get_by_text(node.text).locator("visible=true").first).to_be_in_viewport()
