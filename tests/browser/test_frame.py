"""What stands around every page: the skip link and the menu."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from procedure.model import Procedure
from tests.browser.stage import KINDS, SCRIPT_OR_NONE, Among, Stage, first_of
from tests.browser.test_pages import web_path
from tests.browser.tree import tree
from tests.browser.ways import address, shortest

# What a reader with a case uses, in the menu's order; the rest may be further down.
_USED = (
    "", "guide/", "tjeklister/lige-nu/", "kontakt/", "faser/vurder/", "faser/dokumenter/", "faser/haandter/",
    "faser/anmeld/", "faser/behandl/", "faser/afslut/", "overblik/", "tjeklister/",
)  # fmt: skip
_SHUT = "Til godkendelse og redaktion"


def _menu(page: Page) -> dict[str, str]:
    """Return the pages that the menu leads to, each with what it is called there."""
    links = page.locator("#menu a").evaluate_all("all => all.map((a) => [a.href, a.textContent.trim()])")
    return {href.removeprefix(page.url.partition("#")[0]): name for href, name in links}


def test_the_menu_calls_every_page_by_its_own_title(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    page.goto("./")
    titles = {web_path(source.path): source.field("title") for source in procedure.pages.values()}
    menu = _menu(page)
    assert list(menu)[: len(_USED)] == list(_USED)
    assert menu == {path: titles[path] for path in menu}
    # What is not in the menu is led to by the page of its section.
    missing = titles.keys() - menu.keys()
    for section in ("tjeklister/", "mere/"):
        page.goto(section)
        links = page.locator("main article a").evaluate_all("all => all.map((a) => a.href)")
        missing -= {link.removeprefix(stage.address) for link in links}
    assert missing == set()


@SCRIPT_OR_NONE
def test_what_a_reader_uses_is_in_view_from_the_menus_top_on_every_kind_of_page(
    stage: Stage, javascript: bool, among: Among
) -> None:
    page = stage.page(width=1366, height=650, javascript=javascript)
    for path in among(KINDS):
        page.goto(path)
        links = page.locator("#menu a")
        expect(links.first, path).to_have_attribute("href", page.locator(".brand").get_attribute("href") or "")
        for link in links.all()[: len(_USED)]:
            expect(link, path).to_be_in_viewport(ratio=1)


def test_the_menu_says_which_page_is_shown_and_keeps_approval_and_editing_shut(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    for source in among(procedure.pages.values()):
        path = web_path(source.path)
        page.goto(path)
        current = page.locator("#menu [aria-current]")
        expect(current, path).to_have_count(1)
        expect(current, path).to_be_visible()
        leads_to = str(current.evaluate("(a) => a.href")).removeprefix(stage.address)
        assert current.get_attribute("aria-current") == ("page" if leads_to == path else "true")
        assert path.startswith(leads_to) or path == "links/"
        is_open = page.get_by_role("navigation", name="Menu").locator("details[open]").count()
        assert bool(is_open) == current.evaluate("(a) => a.closest('details') !== null"), path
    page.goto("kontakt/")
    assert [place.states.get("expanded") for place in tree(page) if place.name == _SHUT and place.states] == [False]


@SCRIPT_OR_NONE
def test_the_menu_of_a_phone_is_a_button_that_says_whether_it_is_open(
    stage: Stage, javascript: bool, among: Among
) -> None:
    page = stage.page(width=360, height=640, javascript=javascript)
    for path in among(("", "guide/", "faser/vurder/", "404.html")):
        page.goto(path)
        menu = page.locator("#menu")
        expect(menu).to_be_hidden()
        assert _expanded(page) == [False], path
        page.get_by_role("button", name="Menu", exact=True).click()
        expect(menu).to_be_visible()
        assert _expanded(page) == [True], path
        for _ in range(2):
            page.keyboard.press("Tab")
        expect(menu.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).click()
        page.get_by_role("button", name="Luk menuen").click()
        expect(menu).to_be_hidden()


def _expanded(page: Page) -> list[object]:
    return [place.states.get("expanded") for place in tree(page) if (place.role, place.name) == ("button", "Menu")]


@first_of("width, javascript", [360, 1280], [True, False])
def test_one_skip_link_is_first_on_every_kind_of_page_and_leads_to_what_is_before_its_heading(
    stage: Stage, procedure: Procedure, width: int, javascript: bool, among: Among
) -> None:
    page = stage.page(width=width, javascript=javascript)
    for path in among(KINDS):
        page.goto(path)
        if path == web_path(procedure.roles.guide) and not javascript:
            # The address alone holds the answers there, and a link within the page would lose them.
            assert [place for place in tree(page) if place.name.startswith("Gå til indhold")] == []
            continue
        links = [place for place in tree(page) if place.role == "link"]
        assert links[0].name == "Gå til indholdet", path
        assert [place.name for place in links if place.name.startswith("Gå til")] == ["Gå til indholdet"], path
        page.keyboard.press("Tab")
        expect(page.locator(".skip"), path).to_be_focused()
        expect(page.locator(".skip"), path).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.locator("#content"), path).to_be_focused()
        assert page.locator("#content + :is(h1, div:has(> h1:first-child))").count() == 1, path


def test_the_skip_link_keeps_the_answers_of_the_guide(stage: Stage, procedure: Procedure) -> None:
    page = stage.page()
    screen_id, choices = max(shortest(procedure).items(), key=lambda item: len(item[1]))
    page.goto(address(choices, screen_id))
    answers = page.locator(".guide-log li")
    expect(answers.first).to_be_visible()
    said, url = answers.all_text_contents(), page.url
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    assert page.url == url
    page.reload()
    expect(page.locator(f'section[id="{screen_id}"]')).to_be_visible()
    assert answers.all_text_contents() == said


def test_the_skip_link_keeps_what_a_scanned_sheet_says(stage: Stage) -> None:
    page = stage.page()
    page.goto("tjeklister/lige-nu/#udgave-2020-01-01")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    assert page.url.endswith("#udgave-2020-01-01")
