"""What each page says that a browser may load and run is kept, and forbids nothing that the page does."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from procedure.model import Procedure
from procedure.outputs.policies import with_policy
from procedure.outputs.redirects import lead_on
from procedure.words import DANISH
from tests.browser import ways
from tests.browser.stage import every_path, served
from tests.judges.engines import ENGINES, Chromium, Firefox

# Said before any script of the page: what the page does and may not.
WATCH = """() => {
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  }, true);
}"""

# The last that a page asks for by itself.
_SEARCH_IS_READY = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/search_index.json'))"


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def engine(request: pytest.FixtureRequest) -> Iterator[Chromium | Firefox]:
    with ENGINES[request.param]() as engine:
        assert isinstance(engine, Chromium | Firefox)
        engine.run_first(WATCH)
        yield engine


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site with an old address that leads on."""
    folder = shutil.copytree(site, tmp_path_factory.mktemp("policy") / "site")
    lead_on(DANISH, {"/foer/": "/kontakt/"}, folder)
    page = folder / "foer/index.html"
    page.write_bytes(with_policy(page.read_bytes()))
    with served(folder) as address:
        yield address


def test_no_page_does_what_it_forbids(engine: Chromium | Firefox, address: str, site: Path) -> None:
    found = {}
    for path in every_path(site):
        engine.open(address + path)
        engine.wait(_SEARCH_IS_READY)
        if violations := engine.evaluate("window.violations"):
            found[path] = violations
    assert found == {}


def test_no_screen_of_the_guide_does_what_its_page_forbids(
    engine: Chromium | Firefox, address: str, procedure: Procedure
) -> None:
    found = {}
    for screen_id, choices in ways.shortest(procedure).items():
        engine.open(address + ways.address(choices, screen_id))
        engine.wait(f"document.getElementById({json.dumps(screen_id)}).checkVisibility()")
        if violations := engine.evaluate("window.violations"):
            found[screen_id] = violations
    assert found == {}


def test_the_search_works(engine: Chromium | Firefox, address: str) -> None:
    engine.open(address)
    engine.click(".md-search__input")
    engine.evaluate(
        "Object.assign(document.querySelector('.md-search__input'), { value: 'politi' })"
        ".dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }))"
    )
    engine.wait("document.querySelector('.md-search-result__item a') !== null")
    assert engine.evaluate("window.violations") == []


def test_an_old_address_leads_on(engine: Chromium | Firefox, address: str) -> None:
    engine.open(f"{address}foer/")
    engine.arrive("/kontakt/")
    assert engine.evaluate("window.violations") == []


@pytest.mark.parametrize(
    ("made", "forbidden"),
    [
        ("Object.assign(document.createElement('script'), { text: 'window.ran = true' })", "script-src-elem"),
        ("Object.assign(document.createElement('style'), { textContent: 'body { color: red }' })", "style-src-elem"),
        ("Object.assign(new Image(), { src: 'https://fremmed.invalid/a.png' })", "img-src"),
        ("Object.assign(document.createElement('iframe'), { src: '/' })", "frame-src"),
    ],
)
def test_what_nobody_meant_is_neither_run_nor_loaded(
    engine: Chromium | Firefox, address: str, made: str, forbidden: str
) -> None:
    engine.open(address)
    engine.evaluate(f"document.body.append({made})")
    engine.wait(f"window.violations.some((said) => said.startsWith('{forbidden} '))")
    assert engine.evaluate("window.ran") is None
