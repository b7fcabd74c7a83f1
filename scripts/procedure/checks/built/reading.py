"""One built page, read once: whatever the checks need of it, and not the page itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

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
# What may have a browser ask for something by what they are.
_FETCHING = frozenset({"link", "style", "meta"})
_POLICY = "content-security-policy"
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
    hold another page or send something, `scripts` the programs that stand in the page, `policies` what it says that
    a browser may load, and `comments` what only who reads the source sees.
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
    scripts: tuple[Found, ...]
    policies: tuple[Found, ...]
    comments: tuple[Found, ...]


def read_tree(file: Path) -> etree._Element | None:
    """Read an HTML file as a browser would, or return None where it is empty or cannot be read."""
    try:
        return as_tree(file.read_bytes())
    except OSError:
        return None


def as_tree(data: bytes) -> etree._Element | None:
    """Read what an HTML file holds as a browser would, or return None where it is empty or no HTML."""
    try:
        # The plain parser: lxml.html has Python choose a class for every element.
        return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def read_built(tree: etree._Element, name: str, address: str) -> BuiltPage:
    """Return what the checks need of a built page."""
    ids: Counter[str] = Counter()
    twice: list[Found] = []
    headings: list[Found] = []
    links: list[Found] = []
    fetched: list[Found] = []
    runs: list[Found] = []
    scripts: list[Found] = []
    policies: list[Found] = []
    comments: list[Found] = []
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str):
            comments.append(Found((element.text or "").strip(), _line(element)))
        elif (kind := _kind(tag, tuple(element.keys()))).speaks:
            line, written = _line(element), {str(key): str(value) for key, value in element.items()}
            if element_id := written.get("id"):
                ids[element_id] += 1
                if ids[element_id] == 2:
                    twice.append(Found(element_id, line))
            if tag == "h1":
                headings.append(Found("".join(map(str, element.itertext())).strip(), line))
            links += [Found(written[key], line) for key in kind.links]
            fetched += [Found(address, line) for address in _fetches(element, written)] if kind.fetches else ()
            runs += [Found(name, line) for name in _what_runs(element, written)] if _may_run(kind, written) else ()
            if _is_program(element, written):
                scripts.append(Found(element.text or "", line))
            if _is_policy(element, written):
                policies.append(Found(written.get("content", ""), line))
    title = (tree.findtext(".//title") or "").strip()
    return BuiltPage(
        name, address, tree.get("lang") or "", title, ids, tuple(twice), tuple(headings),
        tuple(links), tuple(fetched), tuple(runs), tuple(scripts), tuple(policies), tuple(comments),
    )  # fmt: skip


def _line(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 1


class _Kind(NamedTuple):
    """What elements of one tag with the same attributes may hold: most on a page are of a few kinds.

    `speaks`: something that a check looks at. `links` are the attributes with an address, `fetches` whether a browser
    may ask for something when it meets one, `runs` whether one may run, hold another page or send something whatever
    its addresses are.
    """

    speaks: bool
    links: tuple[str, ...]
    fetches: bool
    runs: bool


@lru_cache(maxsize=4096)
def _kind(tag: str, keys: tuple[str, ...]) -> _Kind:
    links = tuple(key for key in _LINKS if key in keys)
    fetches = tag in _FETCHING or any(_may_fetch(tag, key) for key in keys)
    runs = tag in _FORBIDDEN or tag in ("form", "script") or any(map(_RUNS.fullmatch, keys))
    return _Kind(tag == "h1" or "id" in keys or bool(links) or fetches or runs, links, fetches, runs)


def _may_fetch(tag: str, key: str) -> bool:
    """Return whether a browser asks for what an attribute of that name holds on an element of that tag."""
    tags = _FETCHED.get(key, ())
    return key == "style" or key in _SETS or tags == "*" or tag in tags


def _fetches(element: etree._Element, written: Mapping[str, str]) -> Iterator[str]:
    """Yield every address that a browser asks for when it meets the element with these attributes."""
    for key, value in written.items():
        if not _may_fetch(str(element.tag), key):
            continue
        if key in _SETS:
            yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
        elif key == "style":
            yield from (address.text for address in addresses_in(value))
        else:
            yield value
    if element.tag == "link" and set(written.get("rel", "").lower().split()) & _FETCHED_RELATIONS:
        yield written.get("href", "")
    elif element.tag == "style":
        yield from (address.text for address in addresses_in(element.text or ""))
    elif element.tag == "meta" and written.get("http-equiv", "").lower() == "refresh":
        yield from _REFRESH.findall(written.get("content", ""))


def _is_program(element: etree._Element, written: Mapping[str, str]) -> bool:
    """Return whether the element is a script that stands in the page; one of the type JSON is data."""
    return element.tag == "script" and not written.get("src") and written.get("type") != "application/json"


def _is_policy(element: etree._Element, written: Mapping[str, str]) -> bool:
    return element.tag == "meta" and written.get("http-equiv", "").lower() == _POLICY


def _may_run(kind: _Kind, written: Mapping[str, str]) -> bool:
    return kind.runs or any(is_code_address(written[key]) for key in kind.links)


def _what_runs(element: etree._Element, written: Mapping[str, str]) -> Iterator[str]:
    """Yield what on the element with these attributes may run, hold another page or send something, but for the theme's own."""
    # Without scripts an old address leads on by itself: that is ours, and where to is checked as a link is.
    parent = element.getparent()
    leads_on = element.tag == "meta" and parent is not None and parent.tag == "noscript"
    if element.tag in _FORBIDDEN or (element.tag == "form" and written.get("class") != _SEARCH):
        yield f"<{element.tag}>"
    if _is_program(element, written) and not _THEME_SCRIPTS.match(element.text or ""):
        yield "<script>"
    for key, value in written.items():
        if (_RUNS.fullmatch(key) and not leads_on and not _is_policy(element, written)) or (
            key in _LINKS and is_code_address(value)
        ):
            yield f"{key}="
