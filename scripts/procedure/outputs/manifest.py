"""`manifest.json`: which files make up a built site, what each holds, and which edition and commit it was built from."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from procedure.derive.published import MANIFEST, MARK
from procedure.model import Procedure
from procedure.source.tree import files_under


class NoManifestError(Exception):
    """What was read is no manifest of a site."""


@dataclass(frozen=True)
class Manifest:
    """`edition` is the name of the newest edition, `commit` the Git commit that the sources are those of, each or None.

    `files` has every other file of the site, by its path from the root, and the SHA-256 of what it holds.
    """

    edition: str | None
    commit: str | None
    files: Mapping[str, str]


def write_manifest(procedure: Procedure, site_dir: Path) -> None:
    """Write the manifest of a site that is otherwise complete."""
    names = sorted(files_under(site_dir) - {MANIFEST, MARK})
    content = {
        "edition": procedure.edition.name if procedure.edition else None,
        "commit": commit_of(procedure.root),
        "files": {name: digest((site_dir / name).read_bytes()) for name in names},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (site_dir / MANIFEST).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def check_manifest(_: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield what the manifest of a built site says that is not so."""
    try:
        said = read_manifest((site_dir / MANIFEST).read_bytes()).files
    except NoManifestError:
        yield f"{MANIFEST} kan ikke læses."
        return
    names = files_under(site_dir) - {MANIFEST, MARK}
    yield from (f"{name} står kun det ene sted." for name in sorted(names ^ said.keys()))
    for name in sorted(names & said.keys()):
        if digest((site_dir / name).read_bytes()) != said[name]:
            yield f"{name} er en anden."


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest. Raises `NoManifestError` where it is none."""
    try:
        content = json.loads(data)
        files = {str(name): str(value) for name, value in content["files"].items()}
        return Manifest(content["edition"], content["commit"], files)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise NoManifestError from error


def digest(data: bytes) -> str:
    """Return the SHA-256 of the data, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def commit_of(root: Path) -> str | None:
    """Return the commit that every file under `root` is as in, or None where one is not, or there is no Git."""
    try:
        return None if _git(root, "status", "--porcelain") else _git(root, "rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
