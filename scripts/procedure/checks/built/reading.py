"""One built page, read once: whatever the checks need of it, and not the page itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from procedure.source.styles import addresses_in, is_code_address

_LINKS = ("href", "src", "{http://www.w3.org/1999/xlink}href")
# Attributes whose address the browser fetches on its own; other addresses are followed by the reader.
_FETCHED = {"src": "*", "poster": "*", "background": "*", "data": ("object",), "href": ("image", "use", "base")}
_SETS = ("srcset", "imagesrcset")
_FETCHED_RELATIONS = frozenset(
    {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "manifest", "modulepreload", "prerender"}
)  # fmt: skip
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
# What may neither hold other pages nor send anything, and which attributes are programs, looks or pages.
_FORBIDDEN = frozenset({"iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "portal"})
_RUNS = re.compile(r"on[a-z]+|style|srcdoc|formaction|ping|http-equiv")
# The theme's own: its search, and the scripts that it writes into pages, by how they begin.
_SEARCH = "md-search__form"
_THEME_SCRIPTS = re.compile(
    r"var palette=__md_get\(|__md_scope=new URL\(\"(?!//)[A-Za-z0-9._~/-]*\",location\)|var target=document\.getElementById\(location\.hash|\s*mermaid\.initialize\(\{"
)


class Found(NamedTuple):
    """What is written in a built page, and the line there."""

    text: str
    line: int


class BuiltPage(NamedTuple):
    """One HTML file: its name in the site, its address, and what the checks need of it.

    `links` are the addresses it holds, `fetched` those that a browser asks for on its own, `runs` what may run,
    hold another page or send something, and `comments` what only who reads the source sees.
    """

    name: str
    address: str
    language: str
    title: str
    ids: Counter[str]
    twice: tuple[Found, ...]
    headings: tuple[Found, ...]
    links: tuple[Found, ...]
    fetched: tuple[Found, ...]
    runs: tuple[Found, ...]
    comments: tuple[Found, ...]


def read_tree(file: Path) -> HtmlElement | None:
    """Read an HTML file as a browser would, or return None where it is empty or cannot be read."""
    try:
        return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    except (LxmlError, OSError, ValueError):
        return None


def read_built(file: Path, name: str, address: str) -> BuiltPage | None:
    """Read what the checks need of a built page, or return None where it is empty or cannot be read."""
    tree = read_tree(file)
    if tree is None:
        return None
    ids: Counter[str] = Counter()
    twice: list[Found] = []
    headings: list[Found] = []
    links: list[Found] = []
    fetched: list[Found] = []
    runs: list[Found] = []
    comments: list[Found] = []
    for element in tree.iter():
        line = element.sourceline if isinstance(element.sourceline, int) else 1
        if not isinstance(element.tag, str):
            comments.append(Found((element.text or "").strip(), line))
            continue
        if element_id := element.get("id"):
            ids[element_id] += 1
            if ids[element_id] == 2:
                twice.append(Found(element_id, line))
        if element.tag == "h1":
            headings.append(Found("".join(map(str, element.itertext())).strip(), line))
        links += [Found(str(element.attrib[key]), line) for key in _LINKS if key in element.attrib]
        fetched += [Found(written, line) for written in _fetches(element)]
        runs += [Found(written, line) for written in _what_runs(element)]
    title = (tree.findtext(".//title") or "").strip()
    return BuiltPage(
        name, address, tree.get("lang") or "", title, ids, tuple(twice), tuple(headings),
        tuple(links), tuple(fetched), tuple(runs), tuple(comments),
    )  # fmt: skip


def _fetches(element: HtmlElement) -> Iterator[str]:
    """Yield every address that a browser asks for when it meets the element."""
    for key, value in element.attrib.items():
        tags = _FETCHED.get(key)
        if tags == "*" or (tags and element.tag in tags):
            yield value
        elif key in _SETS:
            yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
        elif key == "style":
            yield from (address.text for address in addresses_in(value))
    if element.tag == "link" and set((element.get("rel") or "").lower().split()) & _FETCHED_RELATIONS:
        yield element.get("href") or ""
    elif element.tag == "style":
        yield from (address.text for address in addresses_in(element.text or ""))
    elif element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        yield from _REFRESH.findall(element.get("content") or "")


def _what_runs(element: HtmlElement) -> Iterator[str]:
    """Yield what on the element may run, hold another page or send something, but for the theme's own."""
    # Without scripts an old address leads on by itself: that is ours, and where to is checked as a link is.
    leads_on = element.tag == "meta" and element.getparent() is not None and element.getparent().tag == "noscript"
    if element.tag in _FORBIDDEN or (element.tag == "form" and element.get("class") != _SEARCH):
        yield f"<{element.tag}>"
    is_code = element.tag == "script" and not element.get("src") and element.get("type") != "application/json"
    if is_code and not _THEME_SCRIPTS.match(element.text or ""):
        yield "<script>"
    for key, value in element.attrib.items():
        if (_RUNS.fullmatch(key) and not leads_on) or (key in _LINKS and is_code_address(value)):
            yield f"{key}="
