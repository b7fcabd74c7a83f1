"""Keeps published addresses working: a small page where a page was, an old id at the new place.

A short address leads on as one does where a page was.
"""

from __future__ import annotations

import html
import posixpath
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from procedure.blocks.markup import BLOCK
from procedure.derive.published import file_at, published_addresses, short_addresses
from procedure.model import Procedure
from procedure.source.ledger import Ledger, ending
from procedure.words import Words

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="{root}assets/mark.svg">
<link rel="stylesheet" href="{root}assets/redirect.css">
<script src="{root}assets/redirect.js" data-target="{target}" defer></script>
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
<main>
<h1>{heading}</h1>
<p><a href="{target}">{page}</a></p>
{places}</main>
</body>
</html>
"""
# Where each place on the page is now; a row is shown only to whoever came for it.
_PLACE = '<p id="{id}"><a href="{target}">{place}</a></p>\n'


def moved_files(procedure: Procedure, _: Path) -> frozenset[str]:
    """Return the files at moved and short addresses, from the site's root."""
    return frozenset(file_at(address) for address in _moved(procedure) if "#" not in address)


def write_redirects(procedure: Procedure, site_dir: Path) -> None:
    """Write what keeps each moved and each short address working. The ledger must be without findings."""
    lead_on(procedure.words, _moved(procedure), site_dir)


def lead_on(words: Words, moved: Mapping[str, str], site_dir: Path) -> None:
    """Write into a built site what leads from each moved address to where it is now."""
    for address, target in moved.items():
        path, _, old_id = address.partition("#")
        if ending(address):
            # A file cannot lead on, so it lies in both places.
            shutil.copyfile(site_dir / file_at(target), site_dir / file_at(address))
        elif not old_id:
            _write_page(words, site_dir, address, moved)
        elif path not in moved:
            _add_old_id(words, site_dir, path, old_id, target)


def _moved(procedure: Procedure) -> dict[str, str]:
    moved = moved_addresses(procedure.ledger or Ledger({}), published_addresses(procedure))
    return moved | short_addresses(procedure)


def moved_addresses(ledger: Ledger, published: Collection[str]) -> dict[str, str]:
    """Return where each address that has moved leads now."""
    now = {address: ledger.destination(address, published) for address in ledger.entries}
    return {address: target for address, target in sorted(now.items()) if target and target != address}


def _write_page(words: Words, site_dir: Path, address: str, moved: Mapping[str, str]) -> None:
    file = site_dir / file_at(address)
    places = [(old.partition("#")[2], new) for old, new in moved.items() if old.startswith(f"{address}#")]
    text = _PAGE.format(
        language=words.language,
        title=html.escape(words.text("moved.title", address=address)),
        heading=html.escape(words.text("moved.heading")),
        page=html.escape(words.text("moved.page")),
        root=_relative(address, "/"),
        target=_relative(address, moved[address]),
        places="".join(
            _PLACE.format(id=old_id, target=_relative(address, new), place=html.escape(words.text("moved.place")))
            for old_id, new in places
        ),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _add_old_id(words: Words, site_dir: Path, path: str, old_id: str, target: str) -> None:
    """Put the old id at the new place, or a line that leads there where it is on another page."""
    file = site_dir / file_at(path)
    text = file.read_text(encoding="utf-8")
    new_path, _, new_id = target.partition("#")
    opening = re.search(rf'<(\w+)\b[^<>]*\sid="{re.escape(new_id)}"[^<>]*>', text) if new_id else None
    if target == path:
        # The place is gone and the page itself is meant.
        text = text.replace("<article", f'<span id="{old_id}"></span><article', 1)
    elif new_path == path and opening:
        inside = opening.end()
        text = f'{text[:inside]}<span id="{old_id}"></span>{text[inside:]}'
    else:
        said = html.escape(words.text("moved.from_here"))
        line = f'<p class="moved" id="{old_id}" {BLOCK}=""><a href="{_relative(path, target)}">{said}</a></p>'
        text = text.replace("</article>", f"{line}</article>", 1)
    file.write_text(text, encoding="utf-8", newline="\n")


def _relative(address: str, target: str) -> str:
    path, mark, fragment = target.partition("#")
    folder = address if address.endswith("/") else posixpath.dirname(address) + "/"
    relative = posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")
    return html.escape(f"{relative}{mark}{fragment}")
