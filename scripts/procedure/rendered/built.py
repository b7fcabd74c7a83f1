"""The finished pages, held against what their sources say: the theme too may take words away or add some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from procedure.checks.built.reading import read_tree
from procedure.derive.addresses import resolve, site_address
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.rendered.article import Builder, Leaf, Place
from procedure.rendered.compare import compare
from procedure.rendered.expected import expected_leaves
from procedure.rendered.reading import read_article
from procedure.source.page import Page

_HINT = "Se efter i overrides/ og mkdocs.yml, hvad der gør siden til noget andet end det, docs/ siger."
_ORIGIN = "https://site.invalid"


def check_built_pages(procedure: Procedure, site_dir: Path) -> Iterator[Finding]:
    """Yield where a page in `site_dir` says something else than its source."""
    base_path = urlsplit(procedure.site.address).path or "/"
    for page in procedure.pages.values():
        here = site_address(page.path)
        file = site_dir / here.removeprefix("/") / "index.html"
        tree = read_tree(file)
        # A page that is empty or missing has a finding of its own (S04, S08).
        article = None if tree is None else tree.find(".//article")
        if article is None:
            continue
        seen = read_article(article, _leading(here, base_path))
        for finding in compare(procedure, _with_title(procedure, page), seen, page.path):
            yield Finding(finding.path, finding.line, finding.code, finding.message.partition(". ")[0] + ".", _HINT)


def _with_title(procedure: Procedure, page: Page) -> list[Leaf]:
    """Return what the page must show: its title from the front matter, and then its text."""

    def address(written: str) -> str:
        goal = resolve(page, written)
        return written if goal.scheme else site_address(goal.path, goal.fragment)

    title = Builder()
    line = page.field_line("title")
    title.add("h1", page.field("title"), "", Place(page.path, line, line))
    return title.leaves + expected_leaves(procedure, page, address)


def _leading(here: str, base_path: str) -> Callable[[str], str]:
    """Return what says where an address on the built page leads, from the site's root."""

    def address(written: str) -> str:
        target = urlsplit(urljoin(f"{_ORIGIN}{base_path.rstrip('/')}{here}", written))
        if f"{target.scheme}://{target.netloc}" != _ORIGIN:
            return written
        path = unquote(target.path)
        path = path.removeprefix(base_path.rstrip("/"))
        return f"{path}#{unquote(target.fragment)}" if target.fragment else path

    return address
