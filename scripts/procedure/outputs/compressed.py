"""Beside each text file of the site the same in Brotli and in gzip, for servers to send instead of it.

What was compressed once is kept in `.cache/compressed/` beside this program, by what it holds: a build compresses only what is new.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import brotli

from procedure.derive.published import MANIFEST
from procedure.model import Procedure
from procedure.source.tree import files_under

# What is text. Pictures, typefaces, PDFs and archives are compressed already.
KINDS = (".bpmn", ".css", ".html", ".js", ".json", ".svg", ".txt", ".xml")
# Of a smaller file the frame that the formats put around it takes most of what is gained.
_LEAST = 256

_CACHE = Path(__file__).resolve().parents[3] / ".cache/compressed"
# In seconds. What other builds use (the preview's, another address's, the tests') is not this one's to throw away.
_KEPT = 30 * 24 * 60 * 60


class _Format(NamedTuple):
    """`made_by` names the compressor with its setting and version: another gives other bytes."""

    ending: str
    made_by: str
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


def _brotli(quality: int) -> _Format:
    made_by = f"brotli-{brotli.__version__}-{quality}"
    return _Format(".br", made_by, lambda data: brotli.compress(data, quality=quality), brotli.decompress)


# With neither time nor name in it, gzip too says the same of the same.
_GZIP = _Format(
    ".gz", f"zlib-{zlib.ZLIB_RUNTIME_VERSION}-9", lambda data: zlib.compress(data, 9, wbits=31), gzip.decompress
)
# What an edit leaves as it is is packed once, as small as it can be. What an edit changes (each page, as soon as a title
# in the menu is another) is packed nearly as small in a third of the time, and of many pages a tenth larger in a
# twentieth. Measured on the pages of this site: 231, 235 and 251 KB.
_SELDOM_CHANGED = (".css", ".js", ".svg")
_SMALLEST, _NEARLY_AS_SMALL, _QUICK = _brotli(11), _brotli(10), _brotli(9)
_MANY = 100
# Brotli is named and unpacked the same, however well it was packed.
_FORMATS = (_SMALLEST, _GZIP)
# What unpacking raises where the data is not what packing gave.
_BROKEN = (brotli.error, zlib.error, gzip.BadGzipFile, EOFError)


def compressed_files(_: Procedure, site_dir: Path) -> frozenset[str]:
    """Return the compressed files that belong in the site, from its root."""
    return frozenset(f"{name}{kind.ending}" for name in _texts(site_dir) for kind in _FORMATS)


def write_compressed(_: Procedure, site_dir: Path) -> None:
    """Compress each text file of a site that is complete but for its manifest. Raises `OSError` as writing does."""
    names = sorted(_texts(site_dir))
    changed = _NEARLY_AS_SMALL if sum(name.endswith(".html") for name in names) < _MANY else _QUICK

    def write(name: str) -> None:
        data = (site_dir / name).read_bytes()
        for kind in (_SMALLEST if name.endswith(_SELDOM_CHANGED) else changed, _GZIP):
            (site_dir / f"{name}{kind.ending}").write_bytes(compressed(data, kind, _CACHE))

    # Both compressors let the others work meanwhile.
    with ThreadPoolExecutor() as pool:
        list(pool.map(write, names))
    _forget_what_is_old(_CACHE)


def check_compressed(_: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield each compressed file that is not exactly the file beside it, or is no smaller."""
    for name in sorted(_texts(site_dir)):
        data = (site_dir / name).read_bytes()
        for kind in _FORMATS:
            packed = (site_dir / f"{name}{kind.ending}").read_bytes()
            if not _is(packed, data, kind):
                yield f"{name}{kind.ending} er ikke {name}, når den pakkes ud."
            elif len(packed) >= len(data):
                yield f"{name}{kind.ending} er ikke mindre end {name}."


def _texts(site_dir: Path) -> Iterator[str]:
    # The manifest is read by programs only, and has to name the compressed files.
    for name in files_under(site_dir) - {MANIFEST}:
        if PurePosixPath(name).suffix in KINDS and (site_dir / name).stat().st_size >= _LEAST:
            yield name


def compressed(data: bytes, kind: _Format, cache: Path) -> bytes:
    """Return the data compressed: as it is kept in the folder, or anew, and then it is kept there if that can be done."""
    kept = cache / f"{hashlib.sha256(data).hexdigest()}.{kind.made_by}"
    with contextlib.suppress(OSError):
        packed = kept.read_bytes()
        if _is(packed, data, kind):
            os.utime(kept)
            return packed
    packed = kind.pack(data)
    with contextlib.suppress(OSError):
        _keep(kept, packed)
    return packed


def _is(packed: bytes, data: bytes, kind: _Format) -> bool:
    try:
        return kind.unpack(packed) == data
    except _BROKEN:
        return False


def _keep(file: Path, content: bytes) -> None:
    """Write a file in one step: another build sees all of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=file.parent)
    try:
        with open(handle, "wb") as writing:  # noqa: PTH123  (a handle, not a path)
            writing.write(content)
        Path(new).replace(file)
    except OSError:
        Path(new).unlink()
        raise


def _forget_what_is_old(cache: Path) -> None:
    """Take away what no build has used for a month, and what one that was killed left half written."""
    # What another build has just taken away, or a cache that there is none of, is as it should be.
    with contextlib.suppress(OSError):
        for file in cache.iterdir():
            if time.time() - file.stat().st_mtime > _KEPT:
                file.unlink()
