"""What lies in a folder of the project: ordinary files, and what a build must neither follow nor wait for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from procedure.findings import Finding

# A larger one is not read: that it is too large is said of it, whatever it holds.
LARGEST = 500_000

# Time of change, size, and which file it is: a folder put in place of another may keep the first two.
Stamp = tuple[int, int, int]
Stamps = Mapping[str, Stamp]


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


def read_stamps(root: Path, names: Iterable[str]) -> Stamps:
    """Return the stamp of each file, and of every file in each folder, under `root`, by its path from there."""
    paths = sorted(path for name in names for path in _paths(root, name))
    return {path: stamp for path in paths if (stamp := read_stamp(root / path))}


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _paths(root: Path, name: str) -> Iterator[str]:
    if not (root / name).is_dir():
        yield name
    for folder, _, files in os.walk(root / name):
        yield from (Path(folder, file).relative_to(root).as_posix() for file in files)


def _raise(error: OSError) -> None:
    raise error


def files_under(folder: Path) -> set[str]:
    """Return every file in a folder, at any depth, by its path from there."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
