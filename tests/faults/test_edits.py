"""Every single edit of the real tree: none raises, and a table says how many are found where they were made.

An edit that is silent changed what is shown or derived, and no check says so. Of those, most are in words that are the
pages' own: what they should say stands nowhere. Their list is printed, to be read.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import ROOT
from tests.faults.edits import edited_files, edits
from tests.faults.judging import Fate, Judge


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory.mktemp("edited"))


@pytest.mark.parametrize("path", edited_files(ROOT))
def test_no_edit_of_a_file_raises(path: str, judge: Judge, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [judge.judge(edit) for edit in edits(ROOT, path)]
    assert outcomes
    counts = Counter((outcome.edit.name, outcome.fate) for outcome in outcomes)
    rows = [
        f"{name:32}" + "".join(f"{counts[name, fate]:6} {fate}" for fate in Fate)
        for name in sorted({name for name, _ in counts})
    ]
    unsaid = [str(outcome) for outcome in outcomes if outcome.fate is Fate.SILENT]
    with capsys.disabled():
        print("", path, *rows, *unsaid, sep="\n")
