"""Where a link in the source leads: one way to read an address, for all checks."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from procedure.source.page import Page


@dataclass(frozen=True)
class Address:
    """A link's target taken apart. Inside the site, `path` is relative to the project root."""

    scheme: str
    path: str
    fragment: str


def resolve(page: Page, target: str) -> Address:
    """Take apart a target written on the page; a relative one is resolved from the page's place."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return Address("invalid", target, "")
    if parts.scheme or target.startswith("/"):
        return Address(parts.scheme or "absolute", target, "")
    fragment = unquote(parts.fragment)
    if not parts.path:
        return Address("", page.path, fragment)
    return Address("", posixpath.normpath(posixpath.join(page.folder, unquote(parts.path))), fragment)


def published_at(page: Page) -> str:
    """Return the page's address under `docs/`, as it ends in the browser: with a slash."""
    return f"{page.folder}/" if page.name == "index" else f"{page.path.removesuffix('.md')}/"


def site_address(path: str, fragment: str = "") -> str:
    """Return the lasting address of a file under `docs/`, from the site's root (`/faser/vurder/#inddrag`)."""
    inside = path.removeprefix("docs")
    if inside.endswith(".md"):
        inside = f"{inside.removesuffix('.md').removesuffix('/index')}/"
    return f"{inside}#{fragment}" if fragment else inside


def source_path(pages: Collection[str], address: str) -> str:
    """Return the file under `docs/` that is published at a lasting address, or would be; a sheet's is its page."""
    inside = address.partition("#")[0].removesuffix(".pdf").strip("/")
    index = f"docs/{inside}/index.md".replace("//", "/")
    return index if not inside or index in pages else f"docs/{inside}.md"


def href(folder: str, path: str, fragment: str = "") -> str:
    """Return the address of a source file as written on a page in `folder` (both from the project root)."""
    address = posixpath.relpath(path, folder)
    return f"{address}#{fragment}" if fragment else address
