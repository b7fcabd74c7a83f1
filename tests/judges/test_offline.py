"""The offline copy, opened from its folder: every page of it in each browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from procedure.model import Procedure
from tests.browser import ways
from tests.judges.engines import ENGINES, Chromium, Engine, Firefox

# Said before any script of the page: what it complains of, is refused or does not find.
_WATCH = """() => {
  window.faults = [];
  addEventListener("securitypolicyviolation", (event) => {
    window.faults.push(`${event.violatedDirective} ${event.blockedURI}`);
  }, true);
  addEventListener("error", ({ message, target }) => {
    window.faults.push(message ?? `not there: ${target.src ?? target.href}`);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => window.faults.push(String(reason)));
  for (const kind of ["error", "warn", "assert"]) console[kind] = (...said) => window.faults.push(said.join(" "));
}"""
_ELSEWHERE = """performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => !/^(file|data|blob):/.test(name))"""
# The frame of every page, as the site's own look and the theme's script make it.
_IS_WHOLE = """getComputedStyle(document.querySelector(".brand")).display === "flex"
  && document.documentElement.classList.contains("js") && document.querySelector(".brand img").naturalWidth > 0"""


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of the three browsers; what a page says before it has loaded is heard in two of them."""
    with ENGINES[request.param]() as engine:
        if isinstance(engine, Chromium | Firefox):
            engine.run_first(_WATCH)
        yield engine


def _faults(engine: Engine) -> list[str]:
    return [*(engine.evaluate("window.faults") or []), *engine.evaluate(_ELSEWHERE)]


def test_every_page_is_whole_and_complains_of_nothing(engine: Engine, offline: Path) -> None:
    pages = sorted((offline / "filer").rglob("*.html"))
    assert len(pages) > 20
    found = {}
    for page in pages:
        engine.open(page.as_uri())
        engine.wait(_IS_WHOLE)
        if faults := _faults(engine):
            found[page.relative_to(offline).as_posix()] = faults
    assert found == {}


def test_the_start_page_opens_the_front_page(engine: Engine, offline: Path) -> None:
    engine.open((offline / "start-her.html").as_uri())
    engine.arrive("/filer/index.html")
    assert _faults(engine) == []


def test_every_screen_of_the_guide_is_shown(engine: Engine, offline: Path, procedure: Procedure) -> None:
    for screen_id, choices in ways.shortest(procedure).items():
        address = ways.address(choices, screen_id).replace("guide/", "guide/index.html")
        engine.open(f"{offline.as_uri()}/filer/{address}")
        engine.wait(f"document.getElementById({json.dumps(screen_id)}).checkVisibility()")
        assert _faults(engine) == [], screen_id


def test_the_guide_goes_on_and_back(engine: Engine, offline: Path) -> None:
    engine.open((offline / "filer/guide/index.html").as_uri())
    first = engine.evaluate("document.querySelector('.guide-shown').id")
    engine.click(".guide-shown [data-answer]")
    engine.wait(f"document.querySelector('.guide-shown').id !== {json.dumps(first)}")
    engine.back()
    engine.wait(f"document.querySelector('.guide-shown').id === {json.dumps(first)}")
    assert _faults(engine) == []


def test_the_search_leads_to_the_place(engine: Engine, offline: Path) -> None:
    engine.open((offline / "filer/kontakt/index.html").as_uri())
    engine.click(".md-search__input")
    engine.evaluate(
        "Object.assign(document.querySelector('.md-search__input'), { value: 'politi' })"
        ".dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }))"
    )
    hit = engine.wait("document.querySelector('.md-search-result__item a[href*=\"#\"]')?.href")
    assert _faults(engine) == []
    engine.open(hit)
    engine.arrive("/filer/faser/anmeld/index.html#politianmeldelse")
    engine.wait("document.querySelector(location.hash).getBoundingClientRect().top < innerHeight")
