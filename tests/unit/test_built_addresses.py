"""Where an address on a built page leads: taken apart once for all pages, and still as the library says."""

from __future__ import annotations

import itertools
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from procedure.checks import built

_PAGES = ("", "a/", "a/b/", "a/b-c/d/", "404.html", "a/b.html", "a%20b/", "a//b/")
_PARTS = (
    "../",
    "./",
    "a/",
    "b.html",
    "",
    "/",
    "//x.dk/",
    "#d",
    "?q=1",
    "https://x.dk",
    "x:y",
    "..",
    "å/",
    "mailto:a@b.dk",
)


@pytest.mark.parametrize("page", _PAGES)
@pytest.mark.parametrize("base", ["https://site.invalid/", "https://site.invalid/under/"])
def test_an_address_leads_where_the_library_says(base: str, page: str) -> None:
    resolved = vars(built)["_resolved"]
    for parts in itertools.product(("", "../", "../../", "../../../"), _PARTS, _PARTS):
        written = "".join(parts)
        meant = urlsplit(urljoin(base + page, written))
        is_elsewhere = meant.netloc != "site.invalid" and meant.scheme == "https"
        target = resolved(base + page, written)
        assert target == (is_elsewhere, meant.scheme == "https", unquote(meant.path), unquote(meant.fragment)), written
