"""Shows on this machine what would be published, anew at each save, with the findings on the page being edited."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from procedure.model import SOURCES
from procedure.outputs.policies import with_policy
from procedure.publish.notice import Notice, with_notice
from procedure.publish.swap import PublishError, new_site, swap

_HOST = "127.0.0.1"
_POLLED = 0.5
# Shown until there has been a site without errors.
_NOTHING_YET = """<!doctype html>
<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Intet at vise endnu</title></head>
<body><main><h1>Intet at vise endnu</h1>
<p>Siden har fejl og er ikke bygget før. Ret dem og gem, så kommer den her af sig selv.</p></main></body></html>
"""

_Environment = dict[str, Any]
_Answer = tuple[str, list[tuple[str, str]], bytes]


def serve(
    root: Path,
    site_dir: Path,
    mount: str,
    rebuild: Callable[[], Notice],
    started: Callable[[str], object],
    *,
    port: int,
) -> None:
    """Show `site_dir` under the path `mount`, and call `rebuild` now and whenever a source file under `root` is saved.

    `rebuild` never raises. `started` gets the address when the first build is done. Runs until it is stopped with
    Ctrl-C. Raises `PublishError` where the port is taken.
    """
    _refuse_taken(port)
    # Requests are no fault of a build, and English.
    log = logging.getLogger("mkdocs.livereload")
    log.propagate = False
    log.addHandler(logging.NullHandler())
    preview = _Preview(rebuild)
    preview.build()
    if not site_dir.exists():
        with new_site(site_dir) as building:
            (building / "404.html").write_text(_NOTHING_YET, "utf-8", newline="\n")
            swap(building, site_dir)
    with _server(preview, root, site_dir, mount, port) as server:
        started(server.url)
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]


@contextmanager
def _server(preview: _Preview, root: Path, site_dir: Path, mount: str, port: int) -> Iterator[LiveReloadServer]:
    server = LiveReloadServer(builder=preview.build, host=_HOST, port=port, root=str(site_dir), mount_path=mount)
    # One watch of the project folder, that sees its sources only: a docs/ put in place of another is seen too.
    server.observer = PollingObserverVFS(os.stat, _sources_only(root), polling_interval=_POLLED)  # type: ignore[assignment]
    server.watch(str(root))
    site = server.get_app()
    assert site is not None
    server.set_app(preview.around(site, server.mount_path))
    try:
        yield server
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()


class _Preview:
    """What the last build said, and the site with that on its pages."""

    def __init__(self, rebuild: Callable[[], Notice]) -> None:
        self._rebuild = rebuild
        self._notice = Notice()

    def build(self) -> None:
        self._notice = self._rebuild()

    def around(self, site: Callable[..., Iterable[bytes]], mount: str) -> Callable[..., Iterable[bytes]]:
        """Return the site with its own page for what is not there, and with the notice on every page."""

        def answer(environment: _Environment, start: Callable[..., object]) -> Iterable[bytes]:
            path = str(environment["PATH_INFO"])
            status, headers, body = _ask(site, environment)
            if status.startswith("404"):
                _, headers, body = _ask(site, {**environment, "PATH_INFO": f"{mount}404.html"})
            if dict(headers).get("Content-Type") == "text/html":
                address = path.encode("latin-1").decode("utf-8", "replace").removeprefix(mount)
                body = with_policy(with_notice(body, self._notice, address))
                headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
            start(status, headers)
            return [body]

        return answer


def _ask(site: Callable[..., Iterable[bytes]], environment: _Environment) -> _Answer:
    """Return what a WSGI application answers, whole."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    parts = site(environment, lambda status, headers: said.append((status, headers)))
    try:
        body = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return *said[0], body


def _sources_only(root: Path) -> Callable[[str | None], Iterator[os.DirEntry[str]]]:
    """Return how folders are listed for the watch: of the project folder, only what the site is made from."""

    def listed(folder: str | None) -> Iterator[os.DirEntry[str]]:
        with os.scandir(folder) as entries:
            return iter([entry for entry in entries if folder != str(root) or entry.name in SOURCES])

    return listed


def _refuse_taken(port: int) -> None:
    try:
        socket.create_server((_HOST, port)).close()
    except OSError as error:
        message = f"Port {port} er optaget, måske af en anden forhåndsvisning. Stop den med Ctrl-C, og kør igen."
        raise PublishError(message) from error
