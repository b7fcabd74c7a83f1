"""S01–S07, S10, S15–S18: the finished site, read as a browser would read it, each page once.

S15 a file that nobody means to publish · S16 what runs, holds another page or sends something ·
S17 a comment in what is published · S18 what a browser may load for the page is not what the page needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml.etree import _Element

from procedure.checks.built.reading import BuiltPage, Found, read_built, read_tree
from procedure.checks.built.sources import Place, Sources
from procedure.derive.policy import read_rules, rules
from procedure.derive.published import published_files
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.ledger import LEDGER_PATH, Ledger
from procedure.source.styles import addresses_in
from procedure.source.text import one_line, short
from procedure.source.tree import files_under

_ORIGIN = "https://site.invalid"
# Folders further up, and then an ordinary name, place or nothing; and an address that has a folder further up.
_UP = re.compile(r"(?:\.\./)+(?=[\w.-]+(?:[/#]|$)|#|$)", re.ASCII)
_PAGE_BELOW = re.compile(r"https://[^/]+(/[\w-]+)+/", re.ASCII)
_POLICY_HINT = "Se efter i overrides/, om der står en anden Content-Security-Policy eller et andet tegnsæt end utf-8."
_HINT = "Ret det dér, eller i overrides/, hvis det står i sidens ramme."


def check_built(
    site_dir: Path,
    shown_as: str,
    procedure: Procedure,
    beside: Collection[str] = (),
    also: Callable[[str, _Element], Iterable[Finding]] = lambda _name, _tree: (),
) -> list[Finding]:
    """Check the built pages: links, ids, headings, titles, language, that nothing runs and nothing is fetched elsewhere.

    Every address in the ledger must work, as itself or as what leads on from it, and no file may lie in the site
    that is neither of `docs/` nor one of `beside`. `shown_as` is the folder's name, where nothing else is to be named.
    `also` is asked of each page while it is read, by its file's name in the site: no page is read twice.
    """
    base_path = urlsplit(procedure.site.address).path or "/"
    sources = Sources(procedure, shown_as)
    files = files_under(site_dir)
    findings: list[Finding] = []
    pages: dict[str, BuiltPage] = {}
    for name in sorted(files):
        if name.endswith(".html"):
            tree = read_tree(site_dir / name)
            if tree is None:
                findings.append(
                    _at(sources.place(name, 1), "S04", "Den byggede side er tom eller kan ikke læses.", _HINT)
                )
            else:
                pages[name] = read_built(tree, name, _ORIGIN + base_path + name.removesuffix("index.html"))
                findings += also(name, tree)
    for page in pages.values():
        findings += _check_links(page, pages, files, base_path, sources)
        findings += _check_ids(page, sources)
        findings += _check_fetches(page, sources)
        findings += _check_what_runs(page, sources)
        findings += _check_policy(page, sources)
    findings += _check_published(pages, files, procedure.ledger or Ledger({}))
    findings += _check_heads(pages, sources, procedure.words.language)
    findings += _check_styles(site_dir, files, sources)
    findings += _check_files(files, {*published_files(procedure), *beside}, sources)
    return sorted(set(findings))


def _at(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place.path, place.line, code, message, hint)


def _check_links(
    page: BuiltPage, pages: Mapping[str, BuiltPage], files: Collection[str], base_path: str, sources: Sources
) -> Iterator[Finding]:
    for link in page.links:
        target = _resolved(page.address, link.text)
        if target is None:
            message = f"»{link.text}« kan ikke læses som en adresse."
            yield _at(_link_place(page, link, sources), "S01", message, _HINT)
            continue
        if target.is_elsewhere or not target.is_page:
            continue
        name = target.path.removeprefix(base_path)
        name = f"{name}index.html" if name == "" or name.endswith("/") else name
        if name not in files or not target.path.startswith(base_path):
            message = f"»{link.text}« fører til noget, der ikke findes på siden."
            yield _at(_link_place(page, link, sources), "S01", message, _HINT)
        elif target.fragment and name in pages and target.fragment not in pages[name].ids:
            # The theme's own "skip" and search switches are found by name, not by id.
            message = f"»{link.text}« fører til et id, der ikke findes."
            yield _at(_link_place(page, link, sources), "S02", message, _HINT)


def _link_place(page: BuiltPage, link: Found, sources: Sources) -> Place:
    """Return where a link of the built page is written: as an address of its own, or as the file it leads to."""
    path, mark, fragment = link.text.partition("#")
    last = path.rstrip("/").rpartition("/")[2]
    written = f"{mark}{fragment}" if mark else ""
    words = (
        [link.text, f"{last}.md{written}", f"({written})", f"{last}.md"]
        if last.strip(".")
        else [f"({link.text})", link.text]
    )
    return sources.place(page.name, link.line, *words)


def _check_ids(page: BuiltPage, sources: Sources) -> Iterator[Finding]:
    for found in page.twice:
        message = f"Id'et »{found.text}« står {page.ids[found.text]} gange på siden."
        place = sources.place(
            page.name, found.line, f"#{found.text}}}", f"id: {found.text}}}", f'"{found.text}"', found.text
        )
        yield _at(place, "S03", message, "Giv det ene et andet id; links kan kun føre til ét sted.")


def _check_published(pages: Mapping[str, BuiltPage], files: Collection[str], ledger: Ledger) -> Iterator[Finding]:
    for entry in ledger.entries.values():
        path, _, fragment = entry.address.removeprefix("/").partition("#")
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        if name not in files or (fragment and name in pages and fragment not in pages[name].ids):
            message = f"Adressen »{entry.address}« er udgivet, men virker ikke på den byggede side."
            hint = "Se efter i overrides/ og mkdocs.yml, hvad der udelader den."
            yield Finding(LEDGER_PATH, entry.line, "S10", message, hint)


def _check_heads(pages: Mapping[str, BuiltPage], sources: Sources, language: str) -> Iterator[Finding]:
    titles: dict[str, Place] = {}
    for page in pages.values():
        if len(page.headings) == 1 and not page.headings[0].text:
            place = sources.title(page.name, page.headings[0].line)
            yield _at(place, "S04", "Sidens overskrift (h1) er tom.", "Skriv »title: …« øverst på siden.")
        if len(page.headings) != 1:
            message = f"Siden har {len(page.headings)} overskrifter af første niveau (h1); den skal have netop én."
            extra = page.headings[1] if len(page.headings) > 1 else Found("", 1)
            yield _at(sources.place(page.name, extra.line, extra.text), "S04", message, _HINT)
        place = sources.title(page.name, 1)
        if not page.title:
            yield _at(place, "S05", "Siden har ingen titel.", "Skriv »title: …« øverst på siden i docs/.")
        elif page.title in titles:
            message = f"Siden har samme titel som {titles[page.title].path}: »{page.title}«."
            yield _at(place, "S05", message, "Giv den ene side en anden »title«.")
        titles.setdefault(page.title, place)
        if page.language != language:
            message = f"Den byggede side {page.name} siger ikke, at den er på sproget »{language}« (lang)."
            hint = f"Skriv »language: {language}« under »theme« i mkdocs.yml."
            yield _at(sources.setting("theme"), "S06", message, hint)


def _check_fetches(page: BuiltPage, sources: Sources) -> Iterator[Finding]:
    for found in page.fetched:
        if found.text and (target := _resolved(page.address, found.text)) and target.is_elsewhere:
            message = f"Siden henter »{found.text}« fra en fremmed server."
            hint = "Læg filen i docs/assets/, eller fjern det, der henter den."
            yield _at(sources.place(page.name, found.line, found.text), "S07", message, hint)


def _check_what_runs(page: BuiltPage, sources: Sources) -> Iterator[Finding]:
    for found in page.runs:
        message = f"Den byggede side har »{found.text}«, som kan køre noget, sende noget eller vise en anden side."
        yield _at(sources.place(page.name, found.line, found.text.rstrip(">")), "S16", message, _HINT)
    for found in page.comments:
        message = f"Den byggede side har kommentaren »{short(one_line(found.text))}«, som enhver kan læse."
        hint = "Skriv den som en bemærkning på linjer for sig: <!-- bemærkning: … -->, eller slet den."
        yield _at(sources.place(page.name, found.line, found.text.split("\n")[0]), "S17", message, hint)


def _check_policy(page: BuiltPage, sources: Sources) -> Iterator[Finding]:
    """Check that a page says what a browser may load, and that it is what the page needs, no less and no more."""
    if len(page.policies) != 1:
        message = (
            f"Siden siger {len(page.policies)} gange, hvad en browser må hente og køre; det skal stå netop én gang."
        )
        yield _at(sources.place(page.name, 1), "S18", message, _POLICY_HINT)
        return
    said, needed = read_rules(page.policies[0].text), rules([script.text for script in page.scripts])
    for kind in sorted(said.keys() | needed.keys()):
        for missing in sorted(set(needed.get(kind, ())) - set(said.get(kind, ()))):
            message = f"Browseren får ikke lov til det, siden bruger: »{missing}« mangler under {kind}."
            yield _at(sources.place(page.name, page.policies[0].line), "S18", message, _POLICY_HINT)
        for extra in sorted(set(said.get(kind, ())) - set(needed.get(kind, ()))):
            message = f"Browseren får lov til mere, end siden bruger: »{extra}« under {kind}."
            yield _at(sources.place(page.name, page.policies[0].line), "S18", message, _POLICY_HINT)


def _check_styles(site_dir: Path, files: Collection[str], sources: Sources) -> Iterator[Finding]:
    for name in sorted(files):
        if not name.endswith(".css"):
            continue
        for address in addresses_in((site_dir / name).read_text(encoding="utf-8", errors="replace")):
            if (target := _resolved(f"{_ORIGIN}/{name}", address.text)) and target.is_elsewhere:
                message = f"Typografien henter »{address.text}« fra en fremmed server."
                hint = "Læg filen i docs/assets/, eller fjern linjen."
                yield _at(sources.place(name, address.line), "S07", message, hint)


def _check_files(files: Collection[str], meant: Collection[str], sources: Sources) -> Iterator[Finding]:
    for name in sorted(files):
        if name not in meant:
            message = f"»{name}« ville komme på nettet, men hverken en side, temaet eller programmet har bedt om den."
            yield _at(sources.place(name, 1), "S15", message, "Flyt filen ud af docs/, eller vis den på en side.")


class _Target(NamedTuple):
    """Where an address leads: to another server, or to a path and a place here. `is_page`: a browser goes there."""

    is_elsewhere: bool
    is_page: bool
    path: str
    fragment: str


def _resolved(address: str, written: str) -> _Target | None:
    """Return where an address on the page leads, or None where it cannot be read."""
    # A browser reads a backslash as a slash, and sees no line ends.
    written = written.strip().replace("\\", "/")
    # What all pages have in their frame leads to the same from a folder further up, and is taken apart once.
    if match := _UP.match(written):
        address, folders = _further_up(address, len(match[0]) // 3)
        written = written[3 * folders :]
    return _joined(address, written)


@lru_cache(maxsize=4096)
def _further_up(address: str, most: int) -> tuple[str, int]:
    """Return the address so many folders further up, or as many as it has, and how many that is."""
    folders = 0
    while folders < most and _PAGE_BELOW.fullmatch(address):
        address, folders = address[: address.rindex("/", 0, -1) + 1], folders + 1
    return address, folders


@lru_cache(maxsize=4096)
def _joined(address: str, written: str) -> _Target | None:
    try:
        target = urlsplit(urljoin(address, written))
    except ValueError:
        return None
    is_elsewhere = target.scheme in ("http", "https", "") and f"{target.scheme}://{target.netloc}" != _ORIGIN
    return _Target(is_elsewhere, target.scheme == "https", unquote(target.path), unquote(target.fragment))
