"""Only ordinary files are read from the project's folders."""

from __future__ import annotations

import os
from pathlib import Path

from procedure.source.text import read_text
from procedure.source.tree import LARGEST, list_files, read_file


def test_a_pipe_is_a_finding_and_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    os.mkfifo(tmp_path / "docs/side.md")
    files, findings = list_files(tmp_path, "docs")
    assert files == []
    assert [(f.path, f.code) for f in findings] == [("docs/side.md", "C28")]
    assert [f.code for f in read_text(tmp_path, "docs/side.md")[1]] == ["C11"]


def test_a_link_out_of_the_folder_is_a_finding_and_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "sag").mkdir()
    (tmp_path / "sag/sag.md").write_text("En sag")
    (tmp_path / "docs/mappe").symlink_to(tmp_path / "sag")
    (tmp_path / "docs/fil.md").symlink_to(tmp_path / "sag/sag.md")
    (tmp_path / "docs/ingen.md").symlink_to(tmp_path / "findes-ikke")
    files, findings = list_files(tmp_path, "docs")
    assert files == []
    assert [f.path for f in sorted(findings)] == ["docs/fil.md", "docs/ingen.md", "docs/mappe"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "stor.png").write_bytes(b"x" * (LARGEST + 1))
    file = read_file(tmp_path, "stor.png")
    assert (file.size, file.content) == (LARGEST + 1, b"")


def test_a_name_that_is_only_an_ending_has_none(tmp_path: Path) -> None:
    (tmp_path / "Sag.DOCX").touch()
    (tmp_path / "noter").touch()
    assert read_file(tmp_path, "Sag.DOCX").ending == ".docx"
    assert read_file(tmp_path, "noter").ending == ""
