"""Where a link in the source leads: one way to read an address, for all checks."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from procedure.page import LinkKind, Page


@dataclass(frozen=True)
class Address:
    """A link's target taken apart. Inside the site, `path` is relative to the project root."""

    scheme: str
    path: str
    fragment: str


def resolve(page: Page, target: str, kind: LinkKind = LinkKind.LINK) -> Address:
    """Take apart a target written on the page; a relative one is resolved from the page's place.

    Raw HTML is not rewritten by the generator, so there a browser resolves it from the page's
    address (`faser/vurder/`), and what it leads to is found from that.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        return Address("invalid", target, "")
    if parts.scheme or target.startswith("/"):
        return Address(parts.scheme or "absolute", target, "")
    fragment = unquote(parts.fragment)
    if not parts.path:
        return Address("", page.path, fragment)
    path = unquote(parts.path)
    if kind is LinkKind.HTML:
        return Address("", _source_of(posixpath.normpath(posixpath.join(_published(page), path)), path), fragment)
    return Address("", posixpath.normpath(posixpath.join(page.folder, path)), fragment)


def _published(page: Page) -> str:
    """Return the folder of the page's address, under `docs`."""
    stem = page.path.removesuffix(".md")
    return page.folder if page.name == "index" else stem


def _source_of(path: str, written: str) -> str:
    """Return the source file that is published at the path."""
    if re.search(r"\.\w+$", path):
        return path
    return f"{path}/index.md" if path == "docs" or not written.endswith("/") else f"{path}.md"
