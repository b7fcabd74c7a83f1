"""`--new`: write another procedure into an empty folder, whole and without findings, to be made somebody's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from procedure.model import THEME_FOLDER
from procedure.publish.swap import PublishError

_ENGINE = Path(__file__).resolve().parents[3]
# An invented procedure, which the tests build too; the look and the theme are this checkout's own.
_PROCEDURE = _ENGINE / "tests/second"
_ASSETS = "docs/assets"
# What the pages need; a picture here may be of this checkout's own site.
_KINDS = frozenset({".css", ".js", ".svg"})


def new_project(folder: Path) -> None:
    """Write the procedure into `folder`, which is empty or not there. Raises `PublishError` where it is neither."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise PublishError(f"{folder} er ikke en tom mappe. Skriv en, der er tom, eller som ikke findes endnu.")
    shutil.copytree(_PROCEDURE, folder, dirs_exist_ok=True)
    shutil.copytree(_ENGINE / THEME_FOLDER, folder / THEME_FOLDER)
    (folder / _ASSETS).mkdir()
    for file in (_ENGINE / _ASSETS).iterdir():
        if file.suffix in _KINDS:
            shutil.copy(file, folder / _ASSETS)
