from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stage import USED, Among, Stage, chromium, paths_that_differ, served


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


@pytest.fixture(scope="session", params=["some", pytest.param("every", marks=pytest.mark.every)])
def among(request: pytest.FixtureRequest) -> Among:
    """How many a test looks at where many are alike: some in `make test`, every one among the judges."""
    return Among(every=request.param == "every")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the look at some, of a test that waits for the judges: they look at every one."""
    twice = [item for item in items if _looks_at_some(item) and item.get_closest_marker("every")]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in twice]


def _looks_at_some(item: pytest.Item) -> bool:
    parameters = getattr(item, "callspec", None)
    return parameters is not None and parameters.params.get("among") == "some"


@pytest.fixture(scope="session")
def paths(among: Among, site: Path) -> list[str]:
    """The addresses of the pages to look at: those that a reader with a case uses, one of each kind, or every page."""
    return paths_that_differ(site) if among.every else list(USED)
