"""No byte sequence in a source file makes reading or checking raise: every fault is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.any_bytes import FILES, check_any_bytes

# Of each file; `make faults` makes many more.
_EXAMPLES = 25


@pytest.mark.parametrize("path", FILES)
def test_any_bytes_in_a_file_are_checked_without_an_exception(path: str, tmp_path: Path) -> None:
    check_any_bytes(tmp_path / "tree", path, _EXAMPLES)
