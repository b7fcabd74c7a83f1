"""The finished pages, held against what their sources say: the theme too may take words away or add some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urljoin, urlsplit

from lxml.etree import _Element

from procedure.derive.addresses import resolve, site_address
from procedure.derive.published import pages_by_file
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.rendered.article import Builder, Leaf, Place
from procedure.rendered.compare import compare
from procedure.rendered.expected import expected_leaves
from procedure.rendered.reading import read_article
from procedure.source.page import Page

_HINT = "Se efter i overrides/ og mkdocs.yml, hvad der gør siden til noget andet end det, docs/ siger."
_ORIGIN = "https://site.invalid"


def check_built_page(procedure: Procedure, name: str, tree: _Element) -> Iterator[Finding]:
    """Yield where the built page in the file `name` says something else than its source, where it has one."""
    page = pages_by_file(procedure).get(name)
    article = tree.find(".//article") if page else None
    if page is None or article is None:
        return
    base_path = urlsplit(procedure.site.address).path or "/"
    seen = read_article(article, _leading(site_address(page.path), base_path))
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
