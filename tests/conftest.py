"""What all tests share: the real procedure, and the real site, built once.

Makes `scripts/build.py` importable before any installed package of the same name.
"""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from procedure.derive.published import OFFLINE_COPY
from procedure.model import Procedure, load_procedure
from tests.project import ADDRESS, SECOND_ADDRESS, copy_project, run_build

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a test says to run when a change of the routes is meant."""
    parser.addoption("--accept", action="store_true", help="write tests/snapshots anew instead of comparing with it")


@pytest.fixture(scope="session")
def procedure() -> Procedure:
    """The real procedure."""
    return load_procedure(ROOT)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all tests of this run share, also those that other workers run at the same time."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _made_once(folder: Path) -> Iterator[bool]:
    """Give whether the folder is still to be made, and let nobody else make it meanwhile."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not folder.exists()


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The folder of the real site, built by the command that a person runs. Nothing may be written in it."""
    site_dir = shared / "site"
    with _made_once(site_dir) as is_mine:
        if is_mine:
            command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--site-dir", str(site_dir)]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            assert run.returncode == 0, run.stdout + run.stderr
    return site_dir


@pytest.fixture(scope="session")
def offline(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site's offline copy as a reader unpacks it: the folder that it is."""
    folder = tmp_path_factory.mktemp("offline") / "Ny mappe å"
    with zipfile.ZipFile(site / OFFLINE_COPY.removeprefix("/")) as copy:
        copy.extractall(folder)
    [top] = folder.iterdir()
    return top


@pytest.fixture(scope="session")
def addressed_tree(shared: Path) -> Path:
    """A copy of the real project, published at an address of its own into its folder `site`. Nothing may be written in it."""
    tree = shared / "addressed"
    with _made_once(tree) as is_mine:
        if is_mine:
            run = run_build(copy_project(tree), "--publish=Prøvet af", address=ADDRESS)
            assert run.returncode == 0, run.stdout + run.stderr
    return tree


@pytest.fixture(scope="session")
def addressed_site(addressed_tree: Path) -> Path:
    """The folder of the real site as it is when it knows its address. Nothing may be written in it."""
    return addressed_tree / "site"


@pytest.fixture(scope="session")
def addressed_procedure(addressed_tree: Path) -> Procedure:
    """The procedure of `addressed_site`: with its address, and with the ledger that publishing wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        return load_procedure(addressed_tree)


@pytest.fixture(scope="session")
def second_tree(shared: Path) -> Path:
    """The invented second procedure, written as a person begins one and published at `SECOND_ADDRESS`. Nothing may be written in it."""
    tree = shared / "second"
    with _made_once(tree) as is_mine:
        if is_mine:
            for arguments in (("--new", str(tree)), ("--publish=Begun", "--today=2026-11-29")):
                run = run_build(tree, *arguments, address=SECOND_ADDRESS)
                assert run.returncode == 0, run.stdout + run.stderr
    return tree


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let Ctrl-C be heard, also where the tests run in the background and it is not."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)
