"""The way out: diagrams drawn by Mermaid in the reader's browser, from the site alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

import build
from procedure.model import Procedure
from tests.browser.stage import Stage, served
from tests.conftest import ROOT

# The labels that need more room than Mermaid gave them.
_CUT_OFF = """svg => [...svg.querySelectorAll("foreignObject")].filter(frame => {
    const [outer, inner] = [frame, frame.firstElementChild].map(element => element.getBoundingClientRect());
    return inner.width > outer.width + 1 || inner.height > outer.height + 1;
}).map(frame => frame.textContent)"""


@pytest.fixture(scope="module")
def browser_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with the diagrams left to the browser."""
    site_dir = tmp_path_factory.mktemp("browser") / "site"
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--site-dir", str(site_dir)]
    environment = {**os.environ, "DIAGRAMS": "browser"}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stdout + run.stderr
    return site_dir


@pytest.mark.every
def test_the_browser_draws_every_node_and_asks_only_the_site(
    browser: Browser, browser_site: Path, procedure: Procedure
) -> None:
    page_of_phase = procedure.phase_page("vurder")
    assert page_of_phase
    (flow,) = page_of_phase.flows
    with served(browser_site) as address:
        stage = Stage(browser, address, browser_site)
        page = stage.page()
        page.goto("faser/vurder/")
        drawing = page.locator(".flow-frame svg")
        drawing.wait_for()
        assert drawing.locator(".node").count() == len(flow.nodes)
        assert drawing.locator(".flowchart-link").count() == len(flow.edges)
        assert drawing.locator("a").count() == 0
        assert drawing.evaluate(_CUT_OFF) == []
        assert f"{address}assets/mermaid.js" in stage.requests
        assert stage.close() == []


@pytest.mark.every
def test_the_guide_and_the_text_are_the_same_in_both_ways(site: Path, browser_site: Path) -> None:
    for path, places in (("guide", "guide-screen"), ("faser/vurder", "flow-text"), ("mere/veje", "routes")):
        built = [_parts(folder / path / "index.html", places) for folder in (site, browser_site)]
        assert built[0]
        assert built[0] == built[1]


def test_without_the_setting_nothing_of_mermaid_reaches_a_reader(site: Path) -> None:
    assert not list(site.rglob("*mermaid*"))
    for file in site.rglob("*.html"):
        page: html.HtmlElement = html.document_fromstring(file.read_bytes())
        assert not page.find_class("mermaid")
        assert not [script for script in page.iter("script") if "mermaid" in f"{script.get('src')}{script.text}"]


@pytest.mark.parametrize(("wish", "named"), [("browser", "mermaidx"), ("broswer", "»broswer«")])
def test_a_wish_that_cannot_be_met_is_one_sentence(
    wish: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIAGRAMS", wish)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert build.main(["--site-dir", str(tmp_path / "site")]) == 2
    error = capsys.readouterr().err
    assert named in error
    assert error.count("\n") == 1
    assert not (tmp_path / "site").exists()


def _parts(file: Path, class_name: str) -> list[bytes]:
    """Return the elements of a class as canonical text: mermaid2 writes attributes in another order."""
    page: html.HtmlElement = html.document_fromstring(file.read_bytes())
    return [etree.tostring(element, method="c14n", with_tail=False) for element in page.find_class(class_name)]
