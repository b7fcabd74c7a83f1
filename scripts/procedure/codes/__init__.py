"""Every finding code: what it means and how it is mended. One table, by letter; reports and pages read it.

A code is permanent, and so is its place: `docs/mere/fund-p.md#p21`. A new one is a row here and a folder in
`tests/cases/`; `make codes` then writes the pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from procedure.codes import built, editions, flows, links, pages, phases, published, words, writing
from procedure.codes.code import Code

# What each letter is about, in the order that an editor meets them.
LETTERS = {
    "P": "faser, krav og tjeklister",
    "O": "ordene",
    "F": "diagrammer",
    "L": "links og adresser",
    "C": "siderne selv",
    "S": "det byggede",
}
CODES: Mapping[str, Code] = {
    **phases.ROWS, **words.ROWS, **flows.ROWS, **links.ROWS, **pages.ROWS, **built.ROWS, **published.ROWS,
    **writing.ROWS, **editions.ROWS,
}  # fmt: skip


def page_path(letter: str) -> str:
    """Return the page that holds a letter's codes, from the project's root."""
    return f"docs/mere/fund-{letter.lower()}.md"


def help_address(code: str, site_address: str = "") -> str:
    """Return where a code is explained: on the site, or in its source where the site has no address."""
    page = page_path(code[0])
    inside = page.removeprefix("docs/").removesuffix(".md")
    return f"{site_address}{inside}/#{code.lower()}" if site_address else f"{page}#{code.lower()}"
