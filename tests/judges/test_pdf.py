"""outloud listens to every PDF of the site: what it says to someone who hears it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_pdfs_say_all_that_they_show(site: Path) -> None:
    outloud = Path(sys.executable).with_name("outloud")
    pdfs = sorted(site.rglob("*.pdf"))
    assert len(pdfs) > 1

    runs = [
        subprocess.run([outloud, "--fail-on", "warning", pdf], capture_output=True, text=True, check=False, timeout=60)
        for pdf in pdfs
    ]

    assert [run.stdout + run.stderr for run in runs if run.returncode] == []
