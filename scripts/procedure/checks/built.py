"""S01–S07, S10: the finished site, read as a browser would read it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml import html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from procedure.findings import Finding
from procedure.source.ledger import LEDGER_PATH, Ledger

_NOTHING = Ledger({})
_ORIGIN = "https://site.invalid"
# Attributes whose address the browser fetches on its own; other addresses are followed by the reader.
_FETCHED = (("*", "src"), ("*", "poster"), ("object", "data"), ("image", "href"), ("use", "href"))
_FETCHED_RELATIONS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "modulepreload",
}
_STYLE_ADDRESS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])([^'\")\s]+)")
_HINT = "Kør »make« igen efter at have rettet i docs/ eller overrides/; siden her er lavet af dem."


@dataclass
class _BuiltPage:
    """One HTML file: its address in the site, and what the checks need of it."""

    path: str
    address: str
    tree: HtmlElement
    ids: Counter[str] = field(default_factory=Counter)


def check_built(site_dir: Path, shown_as: str, base_path: str = "/", ledger: Ledger = _NOTHING) -> list[Finding]:
    """Check the built pages: links, ids, headings, titles, language, and that nothing is fetched elsewhere.

    Every address in the ledger must work, as itself or as what leads on from it.
    `shown_as` is the folder's name in the findings, and `base_path` the path that the site is
    published under (`/` or `/krænkelser/`).
    """
    findings: list[Finding] = []
    pages: dict[str, _BuiltPage] = {}
    for path in sorted(site_dir.rglob("*.html")):
        name = path.relative_to(site_dir).as_posix()
        try:
            tree = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        except (LxmlError, OSError, ValueError):
            findings.append(Finding(f"{shown_as}/{name}", 1, "S04", "Siden er tom eller kan ikke læses.", _HINT))
            continue
        address = _ORIGIN + base_path + (name.removesuffix("index.html"))
        ids = Counter(str(element.get("id")) for element in tree.iter() if element.get("id"))
        pages[name] = _BuiltPage(f"{shown_as}/{name}", address, tree, ids)
    files = {path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*") if path.is_file()}
    for page in pages.values():
        findings += _check_links(page, pages, files, base_path)
        findings += _check_ids(page)
        findings += _check_fetches(page)
    findings += _check_published(pages, files, ledger)
    findings += _check_heads(pages)
    findings += _check_styles(site_dir, shown_as)
    return findings


def _check_links(page: _BuiltPage, pages: dict[str, _BuiltPage], files: set[str], base_path: str) -> Iterator[Finding]:
    for element in page.tree.iter():
        for key in ("href", "src", "{http://www.w3.org/1999/xlink}href"):
            written = element.get(key)
            if written is None:
                continue
            target = _resolved(page.address, written)
            if target is None:
                yield Finding(page.path, _line(element), "S01", f"»{written}« kan ikke læses som en adresse.", _HINT)
                continue
            if _is_elsewhere(target) or target.scheme != "https":
                continue
            name = unquote(target.path).removeprefix(base_path)
            name = f"{name}index.html" if name == "" or name.endswith("/") else name
            line = _line(element)
            if name not in files or not target.path.startswith(base_path):
                yield Finding(page.path, line, "S01", f"»{written}« fører til noget, der ikke findes på siden.", _HINT)
            elif target.fragment and name in pages and unquote(target.fragment) not in pages[name].ids:
                # The theme's own "skip" and search switches are found by name, not by id.
                message = f"»{written}« fører til et id, der ikke findes."
                yield Finding(page.path, line, "S02", message, _HINT)


def _check_ids(page: _BuiltPage) -> Iterator[Finding]:
    for element_id, count in page.ids.items():
        if count > 1:
            lines = [_line(element) for element in page.tree.iter() if element.get("id") == element_id]
            message = f"Id'et »{element_id}« står {count} gange på siden."
            yield Finding(page.path, lines[1], "S03", message, _HINT)


def _check_published(pages: dict[str, _BuiltPage], files: set[str], ledger: Ledger) -> Iterator[Finding]:
    for entry in ledger.entries.values():
        path, _, fragment = entry.address.removeprefix("/").partition("#")
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        if name not in files or (fragment and name in pages and fragment not in pages[name].ids):
            message = f"Adressen »{entry.address}« er udgivet, men virker ikke på den byggede side."
            hint = "Se efter i overrides/ og mkdocs.yml, hvad der udelader den."
            yield Finding(LEDGER_PATH, entry.line, "S10", message, hint)


def _check_heads(pages: dict[str, _BuiltPage]) -> Iterator[Finding]:
    titles: dict[str, str] = {}
    for page in pages.values():
        headings = page.tree.findall(".//h1")
        if len(headings) == 1 and not headings[0].text_content().strip():
            yield Finding(page.path, _line(headings[0]), "S04", "Sidens overskrift (h1) er tom.", _HINT)
        if len(headings) != 1:
            message = f"Siden har {len(headings)} overskrifter af første niveau (h1); den skal have netop én."
            yield Finding(page.path, _line(headings[1]) if len(headings) > 1 else 1, "S04", message, _HINT)
        title = (page.tree.findtext(".//title") or "").strip()
        if not title:
            yield Finding(page.path, 1, "S05", "Siden har ingen titel.", "Skriv »title: …« øverst på siden i docs/.")
        elif title in titles:
            message = f"Siden har samme titel som {titles[title]}: »{title}«."
            yield Finding(page.path, 1, "S05", message, "Giv den ene side en anden »title«.")
        titles.setdefault(title, page.path)
        if page.tree.get("lang") != "da":
            yield Finding(
                page.path,
                1,
                "S06",
                "Siden siger ikke, at den er på dansk (lang).",
                "Skriv »language: da« i mkdocs.yml.",
            )


def _check_fetches(page: _BuiltPage) -> Iterator[Finding]:
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        written = [element.get(key) for tag, key in _FETCHED if tag in ("*", element.tag)]
        if element.tag == "link" and set((element.get("rel") or "").split()) & _FETCHED_RELATIONS:
            written.append(element.get("href"))
        written += [candidate.split()[0] for candidate in (element.get("srcset") or "").split(",") if candidate.strip()]
        written += _STYLE_ADDRESS.findall(element.get("style") or "")
        if element.tag == "style":
            written += _STYLE_ADDRESS.findall(element.text or "")
        for address in written:
            if address and _is_elsewhere(_resolved(page.address, address)):
                message = f"Siden henter »{address}« fra en fremmed server."
                yield Finding(
                    page.path,
                    _line(element),
                    "S07",
                    message,
                    "Læg filen i docs/assets/, eller fjern det, der henter den.",
                )


def _check_styles(site_dir: Path, shown_as: str) -> Iterator[Finding]:
    for path in sorted(site_dir.rglob("*.css")):
        name = path.relative_to(site_dir).as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in _STYLE_ADDRESS.finditer(text):
            if _is_elsewhere(_resolved(f"{_ORIGIN}/{name}", match[1])):
                message = f"Typografien henter »{match[1]}« fra en fremmed server."
                line = text.count("\n", 0, match.start()) + 1
                yield Finding(
                    f"{shown_as}/{name}", line, "S07", message, "Læg filen i docs/assets/, eller fjern linjen."
                )


def _resolved(address: str, written: str) -> SplitResult | None:
    """Return where an address on the page leads, or None where it cannot be read."""
    try:
        return urlsplit(urljoin(address, written))
    except ValueError:
        return None


def _is_elsewhere(target: SplitResult | None) -> bool:
    return target is not None and target.scheme in ("http", "https", "") and _host(target) != _ORIGIN


def _host(target: SplitResult) -> str:
    return f"{target.scheme}://{target.netloc}"


def _line(element: HtmlElement) -> int:
    return int(element.sourceline or 1)
