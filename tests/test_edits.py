"""A sample of every single edit of the real tree; `make faults` makes them all."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.edits import Edit, edited_files, edits
from tests.faults.judging import Judge, remember_what_was_read

# One in so many: the same ones each time, chosen by what is changed. Each costs about 0.2 s of the processor.
_SHARE = 360


def _is_chosen(edit: Edit) -> bool:
    return not zlib.crc32(f"{edit.name} {edit.path} {edit.old}".encode()) % _SHARE


def test_an_edit_is_found_where_it_is_or_there_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember_what_was_read(monkeypatch)
    judge = Judge(tmp_path)
    chosen = (edit for path in edited_files(ROOT) for edit in edits(ROOT, path) if _is_chosen(edit))
    outcomes = [judge.judge(edit) for edit in chosen]
    assert len(outcomes) > 40
    assert [str(outcome) for outcome in outcomes if outcome.is_unexplained] == []
