"""What two generators made of the same page, held against each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from lxml import html

from procedure.checks.built.reading import BuiltPage, read_built, read_tree
from procedure.source.styles import addresses_in

# What is changed in an article before it is compared, and nothing else.
NORMALISATION = (
    'the theme\'s skip anchor (`<a id="__skip">`) and the space before it are taken out',
    "the attribute `data-search-exclude`, which a generator may take out once it has made its index, is taken out",
    "each `href` and `src` is the address that it leads to from where the page is shown",
)
_ADDRESSES = ("href", "src")
_MARKUP = re.compile(r"<[^>]*>")
# Where each generator puts its search index, and what it calls the list in it.
_INDEXES = {"search/search_index.json": "docs", "search.json": "items"}


@dataclass(frozen=True)
class Difference:
    """Something that is not the same: which comparison saw it, where, and what it is."""

    comparison: str
    place: str
    what: str


@dataclass(frozen=True)
class Site:
    """A built site, read: each page by its address from the site's root, and each part that search finds by its own."""

    articles: Mapping[str, str]
    pages: Mapping[str, BuiltPage]
    requests: Mapping[str, frozenset[str]]
    parts: Mapping[str, tuple[str, str, float]]


def read_site(folder: Path, root: str) -> Site:
    """Read the site in `folder` that is shown at the address `root`. Raises `StopIteration` where it has no search index."""
    articles, pages, requests = {}, {}, {}
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix().removesuffix("index.html")
        tree = read_tree(file)
        assert tree is not None, f"{name} is empty"
        page = read_built(tree, name, root + name)
        pages[name], articles[name] = page, normalised(file.read_text("utf-8"), page.address)
        requests[name] = frozenset(_requests(folder, root, page))
    return Site(articles, pages, requests, _parts(folder))


def normalised(page: str, address: str) -> str:
    """Return the article of a page that is shown at the address, after the named normalisation."""
    article = next(html.document_fromstring(page).iter("article"))
    for anchor in [
        link for link in article.iter("a") if isinstance(link, html.HtmlElement) and link.get("id") == "__skip"
    ]:
        anchor.drop_tree()
    article.text = (article.text or "").rstrip() or None
    for element in article.iter("*"):
        element.attrib.pop("data-search-exclude", "")
        for key in _ADDRESSES:
            if key in element.attrib:
                element.set(key, urljoin(address, element.get(key)))
    return str(html.tostring(article, encoding="unicode", with_tail=False))


def _requests(folder: Path, root: str, page: BuiltPage) -> Iterator[str]:
    """Yield what a browser asks for when it shows the page, and what the stylesheets among that ask for."""
    for found in page.fetched:
        address = urldefrag(urljoin(page.address, found.text)).url
        yield address
        file = folder / address.removeprefix(root)
        if address.startswith(root) and file.suffix == ".css":
            yield from (urljoin(address, inside.text) for inside in addresses_in(file.read_text("utf-8")))


def _parts(folder: Path) -> dict[str, tuple[str, str, float]]:
    """Return what search finds: the title and the words of each part of a page, and how much they weigh."""
    index, name = next((folder / file, name) for file, name in _INDEXES.items() if (folder / file).exists())
    return {
        part["location"]: (part["title"], " ".join(_MARKUP.sub(" ", part["text"]).split()), part.get("boost", 1))
        for part in json.loads(index.read_text("utf-8"))[name]
    }


def differences(ours: Site, theirs: Site) -> dict[str, tuple[int, list[Difference]]]:
    """Return, for each comparison, how many pages or parts there are in ours, and what is another in theirs."""
    pages = {name: (page, theirs.pages.get(name)) for name, page in ours.pages.items()}
    found = {
        "articles": [
            (name, "another article") for name, page in ours.articles.items() if theirs.articles.get(name) != page
        ],
        "ids": [
            (name, sign)
            for name, (page, other) in pages.items()
            for sign in _signs(set(page.ids), set(other.ids) if other else set())
        ],
        "links": [
            (name, sign)
            for name, (page, other) in pages.items()
            for sign in _signs(_links(page), _links(other) if other else set())
        ],
        "titles": [
            (name, page.title) for name, (page, other) in pages.items() if not other or other.title != page.title
        ],
        "search: what is found": [
            (name, sign)
            for name in ours.parts.keys() | theirs.parts.keys()
            for sign in _signs(set(ours.parts.get(name, ())[:2]), set(theirs.parts.get(name, ())[:2]))
        ],
        "search: what comes first": [
            (name, f"weighs {part[2]:g}")
            for name, part in ours.parts.items()
            if name in theirs.parts and theirs.parts[name][2] != part[2]
        ],
        "requests": [
            (name, sign)
            for name, asked in ours.requests.items()
            for sign in _signs(asked, theirs.requests.get(name, frozenset()))
        ],
    }
    return {
        comparison: (
            len(ours.parts if comparison.startswith("search") else ours.pages),
            [Difference(comparison, name, what) for name, what in sorted(rows)],
        )
        for comparison, rows in found.items()
    }


def _links(page: BuiltPage) -> set[str]:
    return {urljoin(page.address, link.text) for link in page.links} - {
        urljoin(page.address, fetched.text) for fetched in page.fetched
    }


def _signs(ours: set[str] | frozenset[str], theirs: set[str] | frozenset[str]) -> Iterator[str]:
    yield from (f"− {text}" for text in ours - theirs)
    yield from (f"+ {text}" for text in theirs - ours)
