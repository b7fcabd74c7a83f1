"""What all tests share: the real procedure, and the real site, built once.

Makes `scripts/build.py` importable before any installed package of the same name.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from procedure.model import Procedure, load_procedure

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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built by the command that a person runs. Nothing may be written in it."""
    site_dir = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--site-dir", str(site_dir)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return site_dir
