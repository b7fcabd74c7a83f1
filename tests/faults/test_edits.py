"""Every single edit of the real tree: none raises, and each is found, changes nothing, or is on the list of reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.faults.edits import edited_files, edits
from tests.faults.judging import Fate, Judge, remember_what_was_read


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    with pytest.MonkeyPatch.context() as patch:
        remember_what_was_read(patch)
        yield Judge(tmp_path_factory.mktemp("edited"))


@pytest.mark.parametrize("path", edited_files(ROOT))
def test_every_edit_of_a_file_is_found_or_there_is_a_reason(
    path: str, judge: Judge, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = [judge.judge(edit) for edit in edits(ROOT, path)]
    assert outcomes
    counts = Counter((outcome.edit.name, outcome.fate) for outcome in outcomes)
    rows = [
        f"{name:32}" + "".join(f"{counts[name, fate]:6} {fate}" for fate in Fate)
        for name in sorted({name for name, _ in counts})
    ]
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.reason)
    with capsys.disabled():
        print("", path, *rows, *(f"{count:6} {reason}" for reason, count in reasons.most_common()), sep="\n")
    assert [str(outcome) for outcome in outcomes if outcome.is_unexplained] == []
