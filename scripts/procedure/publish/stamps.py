"""What a build has read, so that it can be seen whether somebody has changed it since."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from procedure.model import SOURCES
from procedure.publish.swap import PublishError
from procedure.source.tree import Stamps, read_stamp, read_stamps


def with_files(stamps: Stamps, root: Path, paths: Iterable[str]) -> Stamps:
    """Return the stamps with those of some files as they are now: the build has written them itself."""
    written = {path: read_stamp(root / path) for path in paths}
    return {path: stamp for path, stamp in {**stamps, **written}.items() if stamp}


def refuse_changes(stamps: Stamps, root: Path) -> None:
    """Raise `PublishError` where a source file is no longer what it was: pages and sheets may tell of two procedures."""
    now = read_stamps(root, SOURCES)
    changed = sorted(path for path in stamps.keys() | now.keys() if stamps.get(path) != now.get(path))
    if changed:
        more = f" og {len(changed) - 1} til" if len(changed) > 1 else ""
        raise PublishError(f"{changed[0]}{more} er ændret, mens siden blev bygget. Kør igen.")
