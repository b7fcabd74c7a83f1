"""A copy of the real project that a test may edit, publish and build as a person would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from procedure.model import Procedure
from procedure.source.text import read_date

_ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "Er du stadig i tvivl, så spørg Rådet."
# Where the copies are published: under a path, as on a municipality's own server.
ADDRESS = "https://intranet.eksempel.invalid/kraenkelser/"
SECOND_ADDRESS = "https://quillbrook.invalid/lost-property/"


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into `folder`, and return that."""
    for name in ("docs", "overrides"):
        shutil.copytree(_ROOT / name, folder / name)
    shutil.copy(_ROOT / "mkdocs.yml", folder)
    return folder


def run_build(root: Path, *arguments: str, address: str = "") -> subprocess.CompletedProcess[str]:
    """Run the build command on the project under `root`, with `address` as the site's own."""
    environment = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    if address:
        environment["SITE_URL"] = address
    command = [sys.executable, str(_ROOT / "scripts/build.py"), "--root", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def written_on(procedure: Procedure) -> date:
    """Return the day the pages were last written or reviewed: then nothing in them is overdue or in the future."""
    days = [read_date(page.field(key)) for page in procedure.pages.values() for key in ("written", "last_reviewed")]
    return max(day for day in days if day)


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace every `old` in a file of the project; fails where there is none."""
    file = root / path
    text = file.read_text("utf-8")
    assert old in text, f"{path} has no {old!r}"
    file.write_text(text.replace(old, new), "utf-8")


def add_sentence(root: Path) -> None:
    """Give the small project a first contact without a number: what the source says of it is a sentence."""
    edit(root, "docs/kilde.txt", "\nLedelsen, tlf.", f"\n{SENTENCE}\nLedelsen, tlf.")
    edit(root, "docs/procedure.yml", "contacts:\n", f"contacts:\n  - id: K2\n    name: Rådet\n    quote: {SENTENCE}\n")
    edit(root, "docs/kontakt.md", "Ring, hvis du er i tvivl.", f'{SENTENCE}\n{{ data-req="K2" }}')


def content(folder: Path) -> dict[str, bytes]:
    """Return every file under the folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
