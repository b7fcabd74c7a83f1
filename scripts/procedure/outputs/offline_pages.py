"""Makes a page of the site into one that works where it is opened from a folder, where no server says what a folder shows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from functools import partial
from urllib.parse import unquote

from procedure.outputs.policies import with_policy

# Runs in place of the worker in which the theme searches.
SEARCH_STAND_IN = "search/offline_search.js"
_TAG = re.compile(rb'<(a|img|link|meta|script)(?:\s[^<>"]*(?:"[^"]*"[^<>"]*)*)?>', re.IGNORECASE)
_ADDRESS = re.compile(rb'\s(href|src|data-target)="([^"]*)"', re.IGNORECASE)
_REFRESH = re.compile(rb'(http-equiv="refresh" content="0; url=)([^"]*)"')
# The address of a folder, with what comes after it: without a file's name at its end, and without a scheme or a root.
_FOLDER = re.compile(r"(?![a-z][a-z0-9+.-]*:|/)((?:[^#?]*/)?)(\.{0,2})((?:[#?].*)?)", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]|$", re.IGNORECASE)
_MODULE = b' type="module"'
_BUNDLE = re.compile(rb'<script src="([^"]*)assets/javascripts/bundle\.')


def offline_page(name: str, page: bytes, files: Collection[str], site: str) -> bytes:
    """Return a page as it is in the offline copy, which holds these files.

    Links to folders lead to their pages, a script that is a module is an ordinary one, the search has its stand-in,
    and the policy is that of such a page. A link to a file that is not in the copy leads to the site at its address,
    or where it has none, nowhere.
    """
    page = _TAG.sub(partial(_offline_tag, name, files, site), page)
    page = _BUNDLE.sub(lambda tag: b'<script src="%b%b"></script>%b' % (tag[1], SEARCH_STAND_IN.encode(), tag[0]), page)
    return with_policy(page, offline=True)


def offline_address(address: str) -> str:
    """Return an address from a page with the page's own name where it is that of a folder."""
    match = _FOLDER.fullmatch(address)
    if not match or not (match[1] or match[2]):
        return address
    folder, dots, after = match.groups()
    return f"{folder}{dots}{'/' if dots else ''}index.html{after}"


def _offline_tag(name: str, files: Collection[str], site: str, tag: re.Match[bytes]) -> bytes:
    def attribute(found: re.Match[bytes]) -> bytes:
        address = offline_address(found[2].decode())
        if tag[1].lower() == b"a" and not _ELSEWHERE.match(address):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(re.split("[#?]", address)[0])))
            if target not in files:
                return f' href="{site}{target}"'.encode() if site else b""
        return b' %b="%b"' % (found[1], address.encode())

    written = _ADDRESS.sub(attribute, tag[0])
    written = _REFRESH.sub(lambda found: b'%b%b"' % (found[1], offline_address(found[2].decode()).encode()), written)
    return written.replace(_MODULE, b" defer") if tag[1] == b"script" else written
