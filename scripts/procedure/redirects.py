"""Keeps published addresses working: a small page where a page was, an old id beside the new one."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path

from procedure.ledger import Ledger

_PAGE = """<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Flyttet: {old}</title>
<link rel="stylesheet" href="{root}assets/redirect.css">
<script src="{root}assets/redirect.js" data-target="{target}" defer></script>
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
<main>
<h1>Siden er flyttet</h1>
<p><a href="{target}">Gå til siden, hvor den er nu</a></p>
{places}</main>
</body>
</html>
"""
_PLACE = '<p id="{id}"><a href="{target}">Gå til stedet, hvor det er nu</a></p>\n'


def write_redirects(ledger: Ledger, site_dir: Path) -> None:
    """Write what keeps each moved address working. The ledger must be without findings."""
    moved = [entry for entry in ledger.entries.values() if entry.target]
    pages = {entry.address: str(entry.target) for entry in moved if "#" not in entry.address}
    places = {entry.address: str(entry.target) for entry in moved if "#" in entry.address}
    for address, target in pages.items():
        _write_page(site_dir, address, target, places)
    for address, target in places.items():
        path, _, old_id = address.partition("#")
        if path not in pages:
            _add_old_id(site_dir, path, old_id, target)


def _write_page(site_dir: Path, address: str, target: str, places: dict[str, str]) -> None:
    file = _file(site_dir, address)
    inside = {old.partition("#")[2]: new for old, new in places.items() if old.partition("#")[0] == address}
    rows = "".join(_PLACE.format(id=old_id, target=_relative(address, new)) for old_id, new in inside.items())
    text = _PAGE.format(
        old=html.escape(address), root=_relative(address, "/"), target=_relative(address, target), places=rows
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _add_old_id(site_dir: Path, path: str, old_id: str, target: str) -> None:
    """Put the old id where the place is now, or a line that leads there where it is on another page."""
    file = _file(site_dir, path)
    text = file.read_text(encoding="utf-8")
    new_path, _, new_id = target.partition("#")
    opening = re.search(rf'<(\w+)[^>]*\sid="{re.escape(new_id)}"[^>]*>', text) if new_id else None
    if new_path == path and opening:
        # An old id inside a drawing must be drawn: HTML may not stand in it.
        tag = "g" if opening[1] in ("a", "g") and new_id.startswith("d-") else "span"
        text = text[: opening.end()] + f'<{tag} id="{old_id}"></{tag}>' + text[opening.end() :]
    else:
        line = f'<p id="{old_id}"><a href="{_relative(path, target)}">Det, der stod her, er flyttet</a></p>'
        text = text.replace("</article>", f"{line}</article>", 1)
    file.write_text(text, encoding="utf-8")


def _file(site_dir: Path, address: str) -> Path:
    inside = address.removeprefix("/")
    return site_dir / (f"{inside}index.html" if address.endswith("/") else inside)


def _relative(address: str, target: str) -> str:
    path, mark, fragment = target.partition("#")
    folder = address if address.endswith("/") else posixpath.dirname(address) + "/"
    relative = posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")
    return html.escape(f"{relative}{mark}{fragment}")
