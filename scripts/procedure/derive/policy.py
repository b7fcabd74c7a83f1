"""The Content Security Policy of a page: what a browser may load for it, and which of its own scripts may run.

Source of the names: W3C, Content Security Policy Level 3.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping

_SCRIPTS, _STYLES = "script-src", "style-src"
# What the site's own files may be, and nothing else: no other address, no text that is run, nothing sent anywhere.
_RULES = {
    "default-src": ("'none'",),
    _SCRIPTS: ("'self'",),
    _STYLES: ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
# What is only done where the pages come from a server: a page opened from a folder can neither fetch nor start a worker.
_SERVED = ("connect-src", "worker-src", "manifest-src")
# Mermaid writes styles into each drawing: where the reader's browser draws, and only there, a page lets it.
_DRAWS, _DRAWN = "mermaid.initialize(", "'unsafe-inline'"


def rules(
    scripts: Collection[str], styles: Collection[str] = (), *, offline: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return what a page may load, by kind: of what stands in the page only the scripts and styles that are given.

    A published page has no style of its own; what the preview puts on a page has. `offline` is a page of the offline
    copy.
    """
    found = {kind: allowed for kind, allowed in _RULES.items() if not (offline and kind in _SERVED)}
    found[_SCRIPTS] += tuple(sorted({fingerprint(text) for text in scripts}))
    found[_STYLES] += tuple(sorted({fingerprint(text) for text in styles}))
    if any(_DRAWS in text for text in scripts):
        found[_STYLES] += (_DRAWN,)
    return found


def as_text(rules: Mapping[str, Iterable[str]]) -> str:
    """Return the rules as a page or a header says them."""
    return "; ".join(" ".join((kind, *allowed)) for kind, allowed in rules.items())


def read_rules(text: str) -> dict[str, tuple[str, ...]]:
    """Return the rules that a page says."""
    return {kind: tuple(allowed) for kind, *allowed in (rule.split() for rule in text.split(";") if rule.strip())}


def fingerprint(text: str) -> str:
    """Return what allows a script or style that stands in a page: the hash of its text as the browser reads it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
