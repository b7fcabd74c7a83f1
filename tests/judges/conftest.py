from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.stage import served
from tests.judges.engines import ENGINES, FRAME, Engine


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = shutil.copytree(site, tmp_path_factory.mktemp("served") / "site")
    (folder / FRAME).write_text("<!doctype html><style>* { margin: 0; border: 0 }</style><iframe></iframe>")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of the three browsers."""
    with ENGINES[request.param]() as engine:
        yield engine
