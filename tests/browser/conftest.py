from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stage import Stage, chromium, served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def stage(browser: Browser, address: str, site: Path) -> Iterator[Stage]:
    """A stage that fails the test where a page complained, or asked for anything off the site."""
    stage = Stage(browser, address, site)
    yield stage
    assert stage.close() == []
