"""What a build has read, so that it can be seen whether somebody has changed it since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from procedure.model import CONFIG_PATH
from procedure.publish.swap import PublishError

# Time of change, size, and which file it is: a folder put in place of another may keep the first two.
Stamp = tuple[int, int, int]
Stamps = Mapping[str, Stamp]

SOURCES = ("docs", "overrides", CONFIG_PATH)


def read_stamps(root: Path) -> Stamps:
    """Return the stamp of every source file under `root`, by its path from there."""
    return {path: stamp for path in sorted(_paths(root)) if (stamp := _stamp(root / path))}


def with_files(stamps: Stamps, root: Path, paths: Iterable[str]) -> Stamps:
    """Return the stamps with those of some files as they are now: the build has written them itself."""
    written = {path: _stamp(root / path) for path in paths}
    return {path: stamp for path, stamp in {**stamps, **written}.items() if stamp}


def refuse_changes(stamps: Stamps, root: Path) -> None:
    """Raise `PublishError` where a source file is no longer what it was: pages and sheets may tell of two procedures."""
    now = read_stamps(root)
    changed = sorted(path for path in stamps.keys() | now.keys() if stamps.get(path) != now.get(path))
    if changed:
        more = f" og {len(changed) - 1} til" if len(changed) > 1 else ""
        raise PublishError(f"{changed[0]}{more} er ændret, mens siden blev bygget. Kør igen.")


def _paths(root: Path) -> Iterator[str]:
    for name in SOURCES:
        if (root / name).is_dir():
            for folder, _, files in os.walk(root / name):
                yield from ((Path(folder) / file).relative_to(root).as_posix() for file in files)
        else:
            yield name


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
