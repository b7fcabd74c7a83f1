"""Puts a finished site in place of the one before, whole or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from procedure.derive.published import MARK
from procedure.source.os_error import reason

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# On Windows, whoever looks through new files (a virus scanner) holds them for a moment: seconds between attempts.
_PATIENCE = (0.1, 0.2, 0.5, 1, 2)
# What is held there, since a folder cannot be: an empty file beside the site, which stays.
_HELD = ".site.held"


class PublishError(Exception):
    """Raised where the site cannot be put in place: the message is one Danish sentence."""


@contextlib.contextmanager
def new_site(site_dir: Path) -> Iterator[Path]:
    """Give a fresh folder beside `site_dir` to build in, and take it away again afterwards.

    First mends what a run that was killed may have left. Raises `PublishError` where `site_dir` is
    not ours to replace, where its parent cannot be written, or where another run is building.
    """
    refuse_what_is_not_ours(site_dir)
    building, previous = siblings(site_dir)
    try:
        site_dir.parent.mkdir(parents=True, exist_ok=True)
        with _only_one_at_a_time(site_dir.parent):
            if previous.exists() and not site_dir.exists():
                _rename(previous, site_dir)
            refuse_what_is_not_ours(site_dir)
            _remove(previous)
            _remove(building)
            building.mkdir()
            (building / MARK).touch()
            try:
                yield building
            finally:
                # What cannot be taken away now is for the next run; whether a site is in place is settled.
                shutil.rmtree(building, ignore_errors=True)
                if site_dir.exists():
                    shutil.rmtree(previous, ignore_errors=True)
    except OSError as error:
        raise PublishError(not_done(error, site_dir)) from error


def swap(building: Path, site_dir: Path) -> None:
    """Put the built folder where `site_dir` is; on Linux in one step, so that no reader meets a gap.

    Elsewhere it takes two steps. If the second fails the first is taken back, and the next run mends a stop between them.
    """
    if not site_dir.exists():
        _rename(building, site_dir)
    elif not _exchange(building, site_dir):
        _, previous = siblings(site_dir)
        _rename(site_dir, previous)
        try:
            _rename(building, site_dir)
        except OSError:
            _rename(previous, site_dir)
            raise


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let no Ctrl-C come between the steps inside: they are all done, or none is begun."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def not_done(error: OSError, what: Path | str) -> str:
    """Return one sentence that says what could not be read or written, and why; the error may know better what it was."""
    # A copy that finds no room names what it copies.
    place = what if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.filename or what
    return f"{place} kan ikke læses eller skrives: {reason(error)}."


def replace_file(file: Path, content: bytes | None) -> None:
    """Write a file in one step, or take it away where there is no content. Raises `PublishError`."""
    new = file.with_name(f".{file.name}.new")
    try:
        if content is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(exist_ok=True)
        new.write_bytes(content)
        new.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise PublishError(not_done(error, file)) from error


def siblings(site_dir: Path) -> tuple[Path, Path]:
    """Return the folder that the site is built in, and the one that the site before it may stand in for a moment."""
    return site_dir.with_name(f".{site_dir.name}.building"), site_dir.with_name(f".{site_dir.name}.previous")


def refuse_what_is_not_ours(site_dir: Path) -> None:
    """Raise `PublishError` where there is something in the site's place that this program did not make."""
    if not site_dir.name:
        raise PublishError(f"{site_dir} kan ikke erstattes. Vælg en anden mappe.")
    if site_dir.is_symlink() or (site_dir.exists() and not site_dir.is_dir()):
        raise PublishError(f"{site_dir} er ikke en mappe. Vælg en anden mappe.")
    if site_dir.exists() and any(site_dir.iterdir()) and not (site_dir / MARK).exists():
        raise PublishError(
            f"{site_dir} er ikke tom og er ikke lavet af dette program. Slet den, eller vælg en anden mappe."
        )


@contextlib.contextmanager
def _only_one_at_a_time(parent: Path) -> Iterator[None]:
    """Hold the folder that the site is built in; the hold is gone when the process is, however it ends."""
    on_windows = sys.platform == "win32"
    handle = os.open(parent / _HELD, os.O_RDWR | os.O_CREAT) if on_windows else os.open(parent, os.O_RDONLY)
    try:
        _hold(handle)
        yield
    finally:
        os.close(handle)


def _hold(handle: int) -> None:
    """Hold what is open. Raises `PublishError` where another run does."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  (only where there is one)

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise PublishError("Siden er allerede ved at blive bygget. Vent, til den anden kørsel er færdig.") from error


def _rename(folder: Path, other: Path) -> None:
    """Rename a folder; on Windows, which does not while anything in it is open, again for some seconds."""
    for pause in _PATIENCE if sys.platform == "win32" else ():
        try:
            folder.rename(other)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    folder.rename(other)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can; return whether it did."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rename = getattr(libc, "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
