"""What lies in a folder of the project: ordinary files, and what a build must neither follow nor wait for."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from procedure.findings import Finding

# A larger one is not read: that it is too large is said of it, whatever it holds.
LARGEST = 500_000


@dataclass(frozen=True)
class TreeFile:
    """A file that is no page. `content` is empty where the file is larger than `LARGEST`."""

    path: str
    size: int
    content: bytes

    @property
    def ending(self) -> str:
        """The name's ending in small letters, with its dot (`.png`), or nothing."""
        return os.path.splitext(self.path)[1].lower()  # noqa: PTH122  (a Path has no ending for »~$sag.docx.«)


def list_files(root: Path, folder: str) -> tuple[list[str], list[Finding]]:
    """Return the paths of the ordinary files under `root/folder`, sorted.

    A link to another place, a pipe or whatever else is no file is a finding (C28), and nothing is read from it.
    Raises `OSError` where a folder cannot be read.
    """
    files: list[str] = []
    findings: list[Finding] = []
    for place, folders, names in os.walk(root / folder, onerror=_raise):
        for name in [*folders, *names]:
            path = Path(place, name)
            written = path.relative_to(root).as_posix()
            kind = path.lstat().st_mode
            if stat.S_ISREG(kind):
                files.append(written)
            elif not stat.S_ISDIR(kind):
                what = "en genvej til et andet sted (symlink)" if stat.S_ISLNK(kind) else "ikke en almindelig fil"
                hint = "Læg selve filen her i stedet, eller slet den."
                findings.append(Finding(written, 1, "C28", f"Det er {what}, og kan ikke udgives.", hint))
    return sorted(files), findings


def read_file(root: Path, path: str) -> TreeFile:
    """Read an ordinary file. Raises `OSError` where that cannot be done."""
    size = (root / path).stat().st_size
    return TreeFile(path, size, (root / path).read_bytes() if size <= LARGEST else b"")


def _raise(error: OSError) -> None:
    raise error
