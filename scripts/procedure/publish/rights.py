"""Whether this user may replace what a build replaces: said before anything is done."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from procedure.publish.swap import PublishError, refuse_what_is_not_ours, siblings


def refuse_what_cannot_be_replaced(site_dir: Path, *written: Path) -> None:
    """Raise `PublishError` where the site, what a stopped run left of it, or a folder in `written` cannot be replaced.

    After `sudo make` they belong to root. The message says the command that mends it.
    """
    refuse_what_is_not_ours(site_dir)
    for whole in (site_dir, *siblings(site_dir)):
        for folder in _folders(whole):
            _refuse(folder, whole)
    for folder in written:
        _refuse(folder, folder)
    parent = next((folder for folder in site_dir.parents if folder.exists()), None)
    if parent is not None and not os.access(parent, os.W_OK | os.X_OK):
        raise PublishError(f"Siden kan ikke lægges i {parent}, hvor du ikke må skrive. Vælg en anden mappe.")


def _folders(whole: Path) -> Iterator[Path]:
    if whole.is_dir() and not whole.is_symlink():
        yield whole
        for folder, names, _ in os.walk(whole):
            yield from (Path(folder) / name for name in names)


def _refuse(folder: Path, whole: Path) -> None:
    if not folder.is_dir() or os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return
    if sys.platform == "win32":
        raise PublishError(f"{folder} må du ikke skrive i. Slet den, og kør igen.")
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        raise PublishError(f"{folder} ligger på en disk, der kun kan læses. Vælg en anden mappe.")
    if folder.stat().st_uid == os.geteuid():
        raise PublishError(f"{folder} må du ikke skrive i. Kør »chmod -R u+rwX {shlex.quote(str(whole))}« og så igen.")
    command = f"sudo chown -R {_me()} {shlex.quote(str(whole))}"
    raise PublishError(f"{folder} tilhører en anden, som efter »sudo make«. Kør »{command}« og så igen.")


def _me() -> str:
    import pwd  # noqa: PLC0415  (only where there is one)

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
