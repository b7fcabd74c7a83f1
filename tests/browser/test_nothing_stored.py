"""What a reader does on the site leaves nothing in the browser but the address, and the browser's own memory of forms."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from procedure.model import Procedure
from procedure.source.flow import Kind
from tests.browser.stage import Stage
from tests.browser.ways import screens_by_id, shortest

_STORED = """async () => ({
  local: Object.entries(localStorage),
  session: Object.entries(sessionStorage),
  cookie: document.cookie,
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
_NOTHING = {"local": [], "session": [], "cookie": "", "databases": [], "caches": [], "workers": 0}


def test_whoever_searches_walks_to_an_end_prints_and_ticks_leaves_nothing_stored(
    stage: Stage, procedure: Procedure
) -> None:
    page = stage.page()
    # Chromium's headless shell has no paper to ask about.
    page.add_init_script("window.print = () => { window.printed = true; }")

    page.goto("./")
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("politiet")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    _assert_nothing_is_stored(page)
    page.locator(".md-search-result__item a").first.click()
    _assert_nothing_is_stored(page)

    page.goto("guide/")
    by_id = screens_by_id(procedure)
    ends = {screen_id: way for screen_id, way in shortest(procedure).items() if not by_id[screen_id].ways}
    end, choices = max(ends.items(), key=lambda item: len(item[1]))
    assert by_id[end].kind is Kind.END
    for choice in choices:
        page.locator(f'[data-answer="{choice.answer}"]').click()
    expect(page.locator(f'.guide > section[data-node][id="{end}"]')).to_be_visible()
    page.get_by_role("button", name="Udskriv forløbet").click()
    assert page.evaluate("window.printed")
    _assert_nothing_is_stored(page)
    page.locator(".guide-restart").locator("visible=true").click()
    _assert_nothing_is_stored(page)

    page.goto("tjeklister/vurder/")
    for box in page.locator(".task").get_by_role("checkbox").all():
        box.check()
    for answer in page.locator(".task").get_by_role("radio", name="Nej").all():
        answer.check()
    expect(page.locator(".task input:checked")).not_to_have_count(0)
    _assert_nothing_is_stored(page)

    response = page.goto("findes/ikke/")
    assert response
    assert response.status == 404
    _assert_nothing_is_stored(page)


def _assert_nothing_is_stored(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate(_STORED) == _NOTHING
    # Those too that no script may read.
    assert page.context.cookies() == []
    state = page.context.storage_state(indexed_db=True)
    assert (state["cookies"], state["origins"]) == ([], [])
