"""Where the links on a page lead, among the files that are there."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

from procedure.derive.addresses import Address, published_at, resolve
from procedure.model import Procedure
from procedure.source.page import Link, LinkKind, Page


def destination(procedure: Procedure, page: Page, link: Link) -> Address:
    """Take apart a link's target.

    Raw HTML is not rewritten by the generator: there a browser resolves it from the page's address
    (`faser/vurder/`), and the source of what is published at that place is found.
    """
    address = resolve(page, link.target)
    if address.scheme or link.kind not in (LinkKind.HTML, LinkKind.HTML_IMAGE):
        return address
    sources = {published_at(other): other.path for other in procedure.pages.values()}
    path = urljoin(f"/{published_at(page)}", unquote(urlsplit(link.target).path)).removeprefix("/")
    return Address("", sources.get(path.removesuffix("index.html"), path), address.fragment)


def has_lost_links(procedure: Procedure, page: Page) -> bool:
    """Return whether a link on the page is broken: it may be the one that the page seems to lack."""
    if any(not link.target.strip() for link in page.links):
        return True
    if any(finding.path == page.path and finding.code in ("L07", "L11") for finding in procedure.findings):
        return True
    known = procedure.files | procedure.expected_pages
    addresses = [destination(procedure, page, link) for link in page.links]
    return any(
        address.scheme in ("absolute", "invalid") or (not address.scheme and address.path not in known)
        for address in addresses
    )
