"""Holds a copy of the site, in a folder or on a server, against its manifest and the newest edition here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from procedure.derive.published import MANIFEST, MARK
from procedure.outputs.manifest import Manifest, NoManifestError, digest, read_manifest
from procedure.outputs.servers import SERVER_FILES
from procedure.publish.swap import PublishError
from procedure.source.tree import files_under

# Seconds to wait for one file, and how many are asked for at once.
_PATIENCE, _AT_ONCE = 30, 4

# Returns what a file of the copy holds, or None where it is not there.
_Read = Callable[[str], bytes | None]


def check_folder(folder: Path, edition: str | None) -> tuple[Manifest, list[str]]:
    """Return what the copy in a folder says of itself, and what is wrong with it: nothing, where it is whole and of the edition.

    Raises `PublishError` where the folder holds no site with a manifest, or cannot be read.
    """

    def read(name: str) -> bytes | None:
        file = folder / name
        return file.read_bytes() if file.is_file() else None

    manifest = _manifest(read, str(folder))
    extra = sorted(files_under(folder) - {*manifest.files, MANIFEST, MARK})
    return manifest, [*_faults(manifest, read, edition), *(f"{name} hører ikke til udgaven." for name in extra)]


def check_server(address: str, edition: str | None) -> tuple[Manifest, list[str]]:
    """Return what the copy at a web address says of itself, and what is wrong with it, as `check_folder` does.

    What it holds beside is not seen, nor what is for the server only: that is sent to nobody.
    Raises `PublishError` where the server does not answer, or has no manifest there.
    """
    root = address if address.endswith("/") else f"{address}/"

    def read(name: str) -> bytes | None:
        # A page is asked for as readers do.
        path = name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name
        request = Request(urljoin(root, quote(path)), headers={"Cache-Control": "no-cache"})
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:
                return bytes(answer.read())
        except HTTPError as error:
            if error.code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
                return None
            raise PublishError(f"{error.url} svarer {error.code} {error.reason}.") from error
        except (URLError, TimeoutError, ConnectionError) as error:
            raise PublishError(f"{root} svarer ikke: {getattr(error, 'reason', error)}.") from error

    manifest = _manifest(read, root)
    sent = {name: value for name, value in manifest.files.items() if name not in SERVER_FILES}
    return manifest, list(_faults(replace(manifest, files=sent), read, edition))


def _manifest(read: _Read, where: str) -> Manifest:
    data = read(MANIFEST)
    if data is None:
        raise PublishError(f"{where} har ingen {MANIFEST}, så det er ikke en kopi af siden.")
    try:
        return read_manifest(data)
    except NoManifestError as error:
        raise PublishError(f"{MANIFEST} i {where} kan ikke læses; læg siden dér igen.") from error


def _faults(manifest: Manifest, read: _Read, edition: str | None) -> Iterator[str]:
    if manifest.edition != edition:
        yield f"Kopien er udgaven {manifest.edition or 'uden dag'}; den nyeste her er {edition or 'uden dag'}."
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for (name, expected), data in zip(manifest.files.items(), pool.map(read, manifest.files), strict=True):
            if data is None:
                yield f"{name} mangler."
            elif digest(data) != expected:
                yield f"{name} er en anden, end der blev bygget."
