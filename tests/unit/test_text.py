"""Bytes of a source file as text, or a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from procedure.source.text import SourceText, read_text


def _codes(root: Path) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in read_text(root, "side.md")[1]]


def test_any_line_end_is_one_line_end(tmp_path: Path) -> None:
    (tmp_path / "side.md").write_bytes("\ufeffæ\r\nø\rå\n".encode())
    assert read_text(tmp_path, "side.md") == (SourceText("side.md", "æ\nø\nå\n"), [])


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("a\nb\npå".encode("latin-1"), 3),
        (b"a\r\nb\x00", 2),
        (b"a\tb\n\n\x1bc", 3),
        (b"", 1),
        (b" \n\n", 1),
        ("a".encode("utf-16"), 1),
    ],
)
def test_what_is_no_text_is_a_finding_on_its_line(tmp_path: Path, raw: bytes, line: int) -> None:
    (tmp_path / "side.md").write_bytes(raw)
    assert _codes(tmp_path) == [("C11", line)]
    assert read_text(tmp_path, "side.md")[0].text == ""


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert _codes(tmp_path) == [("C11", 1)]


def test_a_folder_in_the_place_of_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "side.md").mkdir()
    assert _codes(tmp_path) == [("C11", 1)]
