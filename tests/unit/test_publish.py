"""A finished site takes the place of the one before, whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from procedure.publish import swap as publish
from procedure.publish.swap import PublishError, new_site, replace_file, swap, uninterrupted


def _publish(site_dir: Path, text: str) -> None:
    with new_site(site_dir) as building:
        (building / "index.html").write_text(text)
        swap(building, site_dir)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_site_takes_the_place_of_the_old_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    (site / "gammel.html").write_text("x")
    _publish(site, "to")
    assert (site / "index.html").read_text() == "to"
    assert _names(site) == [".made-by-procedure", "index.html"]
    assert _names(tmp_path) == ["site"]


def test_it_works_where_two_folders_cannot_be_exchanged_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    _publish(tmp_path / "site", "et")
    _publish(tmp_path / "site", "to")
    assert (tmp_path / "site/index.html").read_text() == "to"
    assert _names(tmp_path) == ["site"]


def test_a_missing_parent_is_made(tmp_path: Path) -> None:
    _publish(tmp_path / "a/b/site", "et")
    assert (tmp_path / "a/b/site/index.html").read_text() == "et"


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _publish(tmp_path / "site", "et")
    assert (tmp_path / "site/index.html").exists()


def test_a_site_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    with pytest.raises(ZeroDivisionError), new_site(site) as building:
        (building / "index.html").write_text("halv")
        raise ZeroDivisionError
    assert (site / "index.html").read_text() == "et"
    assert _names(tmp_path) == ["site"]


def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "brev.txt").write_text("kære")
    with pytest.raises(PublishError, match="ikke lavet af dette program"):
        _publish(site, "et")
    assert _names(tmp_path) == ["site"]
    assert _names(site) == ["brev.txt"]


def test_a_file_and_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    (tmp_path / "mappe").mkdir()
    (tmp_path / "genvej").symlink_to(tmp_path / "mappe")
    for name in ("fil", "genvej"):
        with pytest.raises(PublishError, match="ikke en mappe"):
            _publish(tmp_path / name, "et")


def test_the_root_of_the_disk_is_refused() -> None:
    with pytest.raises(PublishError):
        _publish(Path("/"), "et")


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    for name in (".site.building", ".site.previous"):
        (tmp_path / name / "mappe").mkdir(parents=True)
        (tmp_path / name / "halv.html").write_text("x")
    _publish(site, "to")
    assert _names(tmp_path) == ["site"]
    assert _names(site) == [".made-by-procedure", "index.html"]


def test_a_run_killed_between_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    site.rename(tmp_path / ".site.previous")
    with pytest.raises(ZeroDivisionError), new_site(site):
        raise ZeroDivisionError
    assert (site / "index.html").read_text() == "et"
    assert _names(tmp_path) == ["site"]


def _two_at_once(site: Path) -> None:
    """Let a run begin while another is under way, before and after its site is in place; both times it is refused."""
    with new_site(site) as building:
        (building / "index.html").write_text("første")
        with pytest.raises(PublishError, match="allerede ved at blive bygget"):
            _publish(site, "anden")
        swap(building, site)
        with pytest.raises(PublishError, match="allerede ved at blive bygget"):
            _publish(site, "anden")
    assert (site / "index.html").read_text() == "første"
    _publish(site, "tredje")
    assert (site / "index.html").read_text() == "tredje"


def test_two_runs_at_once_are_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    _two_at_once(tmp_path / "site")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Stand in for Windows: a file can be held there and no folder, and no folders are exchanged. Give what was waited."""
    waited: list[float] = []
    # As there, the hold is of what was opened, and gone when that is closed.
    locking = SimpleNamespace(LK_NBLCK=2, locking=lambda handle, *_: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB))
    monkeypatch.setitem(sys.modules, "msvcrt", locking)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def _refuse_renames(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """Refuse to rename the folder of that name, as Windows does while something in it is open."""
    rename, left = Path.rename, [times]

    def refuse(path: Path, target: Path) -> Path:
        if path.name == name and left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "Access is denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)


@pytest.mark.usefixtures("windows")
def test_on_windows_of_two_runs_at_once_one_is_refused_too(tmp_path: Path) -> None:
    _two_at_once(tmp_path / "site")
    assert _names(tmp_path) == [".site.held", "site"]


@pytest.mark.parametrize("name", ["site", ".site.building"])
def test_on_windows_a_folder_that_is_open_for_a_moment_is_waited_for(
    name: str, tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    _refuse_renames(monkeypatch, name, times=2)
    _publish(site, "to")
    assert (site / "index.html").read_text() == "to"
    assert len(windows) == 2


@pytest.mark.parametrize("name", ["site", ".site.building"])
def test_on_windows_a_folder_that_stays_open_leaves_the_old_site_and_a_sentence_that_says_why(
    name: str, tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    _refuse_renames(monkeypatch, name, times=100)
    with pytest.raises(PublishError, match="et andet program har den åben"):
        _publish(site, "to")
    assert (site / "index.html").read_text() == "et"
    assert sum(windows) < 10


def test_a_parent_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(PublishError, match="kan ikke læses eller skrives"):
        _publish(tmp_path / "fil/site", "et")


def test_a_parent_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    # The tests may run as root, whom no folder refuses.
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PublishError, match="kan ikke læses eller skrives"):
        _publish(tmp_path / "site", "et")


def test_a_second_rename_that_fails_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    site = tmp_path / "site"
    _publish(site, "et")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == ".site.building":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PublishError, match="ikke mere plads på disken"):
        _publish(site, "to")
    assert (site / "index.html").read_text() == "et"
    assert _names(tmp_path) == ["site"]


def test_an_old_site_that_cannot_be_taken_away_does_not_undo_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    _publish(site, "et")
    monkeypatch.setattr(os, "rmdir", lambda *_args, **_options: _refuse_to_remove())
    _publish(site, "to")
    assert (site / "index.html").read_text() == "to"


def _refuse_to_remove() -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ledger.txt"
    replace_file(file, b"et")

    def fill(path: Path, data: bytes) -> int:
        with path.open("wb") as half:
            half.write(data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(PublishError, match="ikke mere plads på disken"):
        replace_file(file, b"to")
    assert file.read_bytes() == b"et"
    assert _names(tmp_path) == ["ledger.txt"]


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_does_not_come_between_the_steps_of_a_swap() -> None:
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
