"""outloud listens to every PDF of the site: what it says to someone who hears it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# Whom to call stands at the foot of each sheet and belongs to it: where all sheets are in one file, the judge takes the
# lines that come again for a running foot.
ACCEPTED = {("tjeklister.pdf", "PAG-001")}


def test_pdfs_say_all_that_they_show(site: Path) -> None:
    outloud = Path(sys.executable).with_name("outloud")
    pdfs = sorted(site.rglob("*.pdf"))
    assert len(pdfs) > 1

    met = set()
    for pdf in pdfs:
        run = subprocess.run(
            [outloud, "--fail-on", "warning", pdf], capture_output=True, text=True, check=False, timeout=60
        )
        codes = {
            (pdf.name, code) for code in re.findall(r"^ +(?:WARNING|ERROR) +(\S+)", run.stdout, flags=re.MULTILINE)
        }
        assert bool(codes) == bool(run.returncode), run.stdout + run.stderr
        assert codes <= ACCEPTED, run.stdout
        met |= codes

    assert met == ACCEPTED, "what is no longer said is taken off the list"
