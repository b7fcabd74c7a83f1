"""A picture that a page shows is published, whichever allowed type it is of."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from tests.project import edit

import build

_BASE = Path(__file__).resolve().parents[1] / "cases" / "base"


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "webp"])
def test_a_sound_picture_that_a_page_shows_is_no_fault(ending: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(_BASE, root)
    picture = root / "docs" / "assets" / f"lokale.{ending}"
    picture.parent.mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), "white").save(picture)
    edit(
        root,
        "docs/kontakt.md",
        "Ring, hvis du er i tvivl.",
        f"Ring, hvis du er i tvivl.\n\n![Kort](assets/lokale.{ending})",
    )
    assert build.check(root, date(2026, 11, 22)) == []
