"""A browser, the site it reads, and a watch over all that its pages do."""

from __future__ import annotations

import functools
import itertools
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Page, Request, sync_playwright

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_RESTYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}"""

_T = TypeVar("_T")

# A page of each kind that a reader with a case uses, and of each other kind.
USED = ("", "guide/", "overblik/", "faser/vurder/", "tjeklister/lige-nu/", "kontakt/")
KINDS = (*USED, "mere/egne-ord/", "mere/naevnt/", "mere/materialet/", "mere/sporbarhed/", "404.html")
_FINDINGS, _ONE_FOR_ALL = "mere/fund-", "o/"


@dataclass(frozen=True)
class Among:
    """Every one of those that are alike, or some: the first, the last, and others at even distances."""

    every: bool

    def __call__(self, those: Iterable[_T], some: int = 2) -> list[_T]:
        found = list(those)
        if self.every or len(found) <= some:
            return found
        return [found[round(place * (len(found) - 1) / (some - 1))] for place in range(some)]

    def least(self, of_every: int, of_some: int = 1) -> int:
        """Return how many must be met at the least: what every one holds together, or what some do."""
        return of_every if self.every else of_some


def every_path(site: Path) -> list[str]:
    """Return the address of every built page, from the site's own (`faser/vurder/`, `404.html`)."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(files) > 20
    return [file.removesuffix("index.html") for file in files]


def paths_that_differ(site: Path) -> list[str]:
    """Return the address of every page, but of those on findings one for all: they are made alike, and long."""
    paths = every_path(site)
    assert _FINDINGS + _ONE_FOR_ALL in paths
    return [path for path in paths if path.removeprefix(_FINDINGS) in (path, _ONE_FOR_ALL)]


def first_of(names: str, *values: Iterable[Any], ids: Callable[[Any], str] | None = None) -> pytest.MarkDecorator:
    """Parametrise by every combination: the first, which asks most, in `make test`, and the others among the judges."""
    first, *others = itertools.product(*values)
    seldom = [pytest.param(*other, marks=pytest.mark.every) for other in others]
    return pytest.mark.parametrize(names, [pytest.param(*first), *seldom], ids=ids)


# What looks the same with a script and without one is seen without one among the judges only.
SCRIPT_OR_NONE = first_of("javascript", [True, False])


def restyle(page: Page, css: str) -> None:
    """Add rules to a page's look. It lets no element do that: what it says that a browser may load is kept."""
    page.evaluate(_RESTYLE, css)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a plain web server does: what is not there gets the site's 404 page."""

    prefix = "/"
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "-")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the library's name)
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a page that left before all of it had come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve the folder under a path on a free port of this machine, and give its address."""
    handler = functools.partial(type("Handler", (_Handler,), {"prefix": prefix}), directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the system."""
    with sync_playwright() as playwright, launched(playwright.chromium) as browser:
        yield browser


@contextmanager
def launched(kind: BrowserType, *arguments: str) -> Iterator[Browser]:
    """Start the Chromium of the system, with further arguments of its own.

    Its headless shell shows a page in about half the processor time of the whole browser.
    """
    browser = kind.launch(executable_path=shutil.which("chromium-headless-shell"), args=[*_ARGUMENTS, *arguments])
    try:
        yield browser
    finally:
        browser.close()


class Stage:
    """Opens pages of one site, and keeps what they ask for and complain of."""

    def __init__(self, browser: Browser, address: str, site: Path) -> None:
        self.address = address
        self.site = site
        self.requests: list[str] = []
        self.faults: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def page(self, *, width: int = 1280, height: int = 800, javascript: bool = True, **options: Any) -> Page:
        """Return a blank page in a context of its own."""
        context = self._browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="da-DK",
            **options,
        )
        context.set_default_timeout(10_000)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"exception: {error.error}"))
        self._contexts.append(context)
        return context.new_page()

    def close(self) -> list[str]:
        """Close every page, and return what went wrong on them."""
        for context in self._contexts:
            context.close()
        return self.faults

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("data", "blob"):
            return
        self.requests.append(request.url)
        if not request.url.startswith(self.address):
            self.faults.append(f"request off the site: {request.url}")
        if address.query:
            self.faults.append(f"request with a query: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser complains of the address that we asked for and that is not there; that is the 404 page's job.
        is_our_own = "404" in message.text and message.location["url"] == (message.page and message.page.url)
        if message.type in ("error", "assert") and not is_our_own:
            self.faults.append(f"console: {message.text} ({message.location['url']})")
