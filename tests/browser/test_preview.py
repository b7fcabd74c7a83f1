"""Whoever edits a page with the preview open sees what is wrong on that page, over the last good version of it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.project import content, edit

_ROOT = Path(__file__).resolve().parents[2]
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_BASE = _ROOT / "tests/cases/base"
_SERVE = """
import sys
sys.path.insert(0, sys.argv[1])
import build
from datetime import date
from pathlib import Path
root = Path(sys.argv[2])
build.serve(root, root / ".preview/site", lambda: date(2026, 11, 22), int(sys.argv[3]))
"""
# A rebuild, beside other tests.
_SOON = 60_000


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


@pytest.fixture
def address(tree: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _SERVE, str(_ROOT / "scripts"), str(tree), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = ""
        while not (found := re.search(r"Se siden på (http://\S+/)\.", said)):
            line = process.stdout.readline()
            assert line, said
            said += line
        try:
            yield found[1]
        finally:
            process.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    yield context.new_page()
    context.close()


def test_a_fault_shows_on_the_page_over_its_last_good_version_until_it_is_mended(
    tree: Path, address: str, page: Page
) -> None:
    page.goto(f"{address}kontakt/")
    notice = page.locator("#fund")
    expect(notice).to_have_count(0)
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", "Ring, [her](findes-ikke.md).")
    expect(notice).to_contain_text("1 fejl på denne side.", timeout=_SOON)
    expect(notice).to_contain_text("docs/kontakt.md:9 L01 »findes-ikke.md«")
    expect(notice).to_contain_text("som den var, sidst alt var i orden")
    expect(page.get_by_role("paragraph").filter(has_text="Ring, hvis du er i tvivl.")).to_be_visible()
    page.mouse.wheel(0, 5000)
    expect(notice).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(_AXE.read_text("utf-8"))
    assert page.evaluate("axe.run('#fund').then((report) => report.violations.map((fault) => fault.id))") == []
    page.goto(f"{address}findes/ikke/")
    expect(notice).to_contain_text("1 fejl andre steder.")
    page.goto(f"{address}kontakt/")
    edit(tree, "docs/kontakt.md", "Ring, [her](findes-ikke.md).", "Ring straks.")
    expect(page.get_by_role("paragraph").filter(has_text="Ring straks.")).to_be_visible(timeout=_SOON)
    expect(notice).to_have_count(0)
    # What is shown is in a folder of its own, and the findings were never in it.
    assert not (tree / "site").exists()
    shown = content(tree / ".preview/site")
    assert not [name for name, data in shown.items() if name.endswith(".html") and b'id="fund"' in data]


@pytest.mark.every
def test_a_docs_that_another_takes_the_place_of_is_still_watched(tree: Path, address: str, page: Page) -> None:
    page.goto(f"{address}kontakt/")
    shutil.copytree(tree / "docs", tree / "nye")
    (tree / "docs").rename(tree / "gamle")
    edit(tree, "nye/kontakt.md", "Ring, hvis du er i tvivl.", "Ring til de nye.")
    (tree / "nye").rename(tree / "docs")
    expect(page.get_by_role("paragraph").filter(has_text="Ring til de nye.")).to_be_visible(timeout=_SOON)
    edit(tree, "docs/kontakt.md", "Ring til de nye.", "Ring til de nyeste.")
    expect(page.get_by_role("paragraph").filter(has_text="Ring til de nyeste.")).to_be_visible(timeout=_SOON)
