"""`procedure-offline.zip`: the whole site in a folder, to be opened without a server and without a net.

A browser lets a page that was opened from a folder fetch nothing, start no worker and run no module, and shows a list
of files where a folder is meant. So the copy is made from the finished site with what such a page needs instead.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from procedure.checks.built.reading import as_tree
from procedure.derive.policy import read_rules, rules
from procedure.derive.published import MANIFEST, OFFLINE_COPY
from procedure.model import Procedure
from procedure.outputs.offline_pages import SEARCH_STAND_IN, offline_address, offline_page
from procedure.outputs.policies import with_policy
from procedure.source.answer_names import answer_name
from procedure.source.styles import addresses_in
from procedure.source.tree import files_under

_FILE = OFFLINE_COPY.removeprefix("/")
_START_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{site}</title>
<style>body {{ font: 1.25rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 36rem; padding: 0 1rem }}</style>
<script src="{folder}/start.js" defer></script>
</head>
<body>
<h1>{site}</h1>
<p><a href="{folder}/index.html">{open}</a></p>
<p>{unpack}</p>
</body>
</html>
"""
# A file of its own: where only the start page was taken out of the zip, it is not there, and the page says what to do.
_START_SCRIPT = b'location.replace(document.querySelector("a").href);\n'
_WORKERS, _INDEX, _INDEX_SCRIPT = "assets/javascripts/workers/", "search/search_index.json", "search/search_index.js"
_INDEX_BEGINS, _INDEX_ENDS = b"var __index = ", b";\n"
# What only a server, a search engine or a programmer asks for, and what the theme searches other languages with.
_LEFT_OUT = (
    r"404\.html|sitemap\.xml|web\.config|nginx\.conf|(.*/)?\..*|.*\.(br|gz|map)"
    r"|assets/javascripts/lunr/(?!min/lunr\.(%s|stemmer\.support)\.).*"
    rf"|{re.escape(MANIFEST)}|{re.escape(_FILE)}|{re.escape(_INDEX)}"
)
_MODULE = re.compile(rb'<script(?=[^>]*\stype="module")[^>]*\ssrc="([^"]*)"')


def offline_files(*_: object) -> tuple[str]:
    """Return the name of the offline copy."""
    return (_FILE,)


def write_offline_copy(procedure: Procedure, site_dir: Path) -> None:
    """Write the offline copy of a site that is otherwise complete."""
    top = answer_name(procedure.site.name) or "procedure"
    day = (procedure.edition.day if procedure.edition else date(1980, 1, 1)).timetuple()[:6]
    with zipfile.ZipFile(site_dir / _FILE, "w") as copy:
        for name, data in sorted(_copied(procedure, site_dir).items()):
            entry = zipfile.ZipInfo(f"{top}/{name}", day)
            # The same on every system: an ordinary file that all may read.
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o100644 << 16, zipfile.ZIP_DEFLATED
            copy.writestr(entry, data)


def check_offline_copy(procedure: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield what in the offline copy would not work where it is opened from a folder."""
    try:
        with zipfile.ZipFile(site_dir / _FILE) as copy:
            names = copy.namelist()
            files = {name.partition("/")[2]: copy.read(name) for name in names}
    except zipfile.BadZipFile:
        yield "Den kan ikke pakkes ud."
        return
    start, folder = _start(procedure), procedure.words.text("files.offline")
    if len({name.partition("/")[0] for name in names}) != 1 or start not in files:
        yield f"Den er ikke én mappe med {start} i."
    for name, data in files.items():
        if _is_left_out(procedure, name.removeprefix(f"{folder}/")):
            yield f"{name} hører ikke til i den."
        elif name.endswith(".html"):
            yield from (f"{name} {fault}" for fault in _page_faults(name, data, files, folder))
        elif name.endswith(".css"):
            fetched = {address.text for address in addresses_in(data.decode(errors="replace"))}
            yield from (f"{name} {fault}" for fault in _dead(fetched, posixpath.dirname(name), files))
    index = files.get(f"{folder}/{_INDEX_SCRIPT}")
    if index:
        content = json.loads(index.removeprefix(_INDEX_BEGINS).removesuffix(_INDEX_ENDS))
        found = {f"./{entry['location']}" for entry in content["docs"]}
        yield from (f"{_INDEX_SCRIPT} {fault}" for fault in _dead(found, folder, files))


def _start(procedure: Procedure) -> str:
    """Return the page that stands before the eyes of whoever unpacks the copy, beside the folder with all the rest."""
    return f"{procedure.words.text('files.offline_start')}.html"


def _is_left_out(procedure: Procedure, name: str) -> bool:
    return re.fullmatch(_LEFT_OUT % procedure.words.language, name) is not None


def _copied(procedure: Procedure, site_dir: Path) -> dict[str, bytes]:
    """Return the files of the copy, from its top folder."""
    names = {name for name in files_under(site_dir) if not _is_left_out(procedure, name)}
    files = {name: (site_dir / name).read_bytes() for name in names}
    modules: set[str] = set()
    for name in names:
        if name.endswith(".html"):
            modules.update(_from(posixpath.dirname(name), source.decode()) for source in _MODULE.findall(files[name]))
            files[name] = offline_page(name, files[name], names, procedure.site.address)
        elif name.startswith(_WORKERS):
            opening = b"function searchProgram(addEventListener, postMessage, importScripts) {\n%b\n}\n"
            files[name] = opening % files[name]
    for name in modules & files.keys():
        # A module is strict, and its names are its own: so is a block in a strict script.
        files[name] = b'"use strict";\n{\n%b\n}\n' % files[name]
    files[SEARCH_STAND_IN] = Path(__file__).with_name("offline_search.js").read_bytes()
    if (site_dir / _INDEX).is_file():
        files[_INDEX_SCRIPT] = _index_script((site_dir / _INDEX).read_bytes())
    words = procedure.words
    start, folder = _start(procedure), words.text("files.offline")
    page = _START_PAGE.format(
        language=words.language,
        site=html.escape(procedure.site.name),
        folder=folder,
        open=html.escape(words.text("offline.open")),
        unpack=html.escape(words.text("offline.unpack", file=start)),
    )
    return {
        start: with_policy(page.encode(), offline=True),
        f"{folder}/start.js": _START_SCRIPT,
        **{f"{folder}/{name}": data for name, data in files.items()},
    }


def _index_script(index: bytes) -> bytes:
    """Return the search's index as the script that the theme reads it from where it can fetch nothing."""
    content = json.loads(index)
    for entry in content["docs"]:
        entry["location"] = offline_address(f"./{entry['location']}").removeprefix("./")
    return _INDEX_BEGINS + json.dumps(content, separators=(",", ":")).encode() + _INDEX_ENDS


def _page_faults(name: str, page: bytes, files: Collection[str], folder: str) -> Iterator[str]:
    tree: Any = as_tree(page)  # An XPath may give anything, and here gives what it names.
    if tree is None:
        yield "kan ikke læses."
        return
    addresses = tree.xpath("//@href | //@src | //@data-target")
    refreshes = tree.xpath("//meta[@http-equiv='refresh']/@content")
    yield from _dead(
        {*map(str, addresses), *(after.partition("url=")[2] for after in refreshes)}, posixpath.dirname(name), files
    )
    for address in addresses:
        # What no reader follows and no search engine reads, the browser fetches by itself.
        is_followed = address.getparent().tag == "a" or address.getparent().get("rel") == "canonical"
        if not is_followed and urlsplit(address).scheme not in ("", "data"):
            yield f"henter »{address}« andetsteds."
    if tree.xpath("//script[@type='module']"):
        yield "har et script, der er et modul."
    searches = tree.xpath(f"//script[contains(@src, '{SEARCH_STAND_IN}')]") and f"{folder}/{_INDEX_SCRIPT}" in files
    if tree.xpath("//form") and not searches:
        yield "kan ikke søge."
    programs = [script.text or "" for script in tree.xpath("//script[not(@src or @type='application/json')]")]
    styles = [style.text or "" for style in tree.xpath("//style")]
    policies = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    if [read_rules(policy) for policy in policies] != [rules(programs, styles, offline=True)]:
        yield "siger ikke netop, hvad den må hente og køre."


def _dead(addresses: Collection[str], folder: str, files: Collection[str]) -> Iterator[str]:
    """Yield those addresses, seen from a folder of the copy, that lead to a folder, a root or a file that is not there."""
    for address in sorted(addresses):
        parts = urlsplit(address)
        if address.startswith("/") or (parts.path and not parts.scheme and _from(folder, parts.path) not in files):
            yield f"fører til »{address}«, der ikke er en fil i den."


def _from(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address)))
