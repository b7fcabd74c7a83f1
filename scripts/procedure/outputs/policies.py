"""Writes on a page what a browser may load for it."""

from __future__ import annotations

import re
from pathlib import Path

from procedure.derive.policy import as_text, rules
from procedure.model import Procedure

_CHARSET = re.compile(rb'<meta charset="utf-8" ?/?>')
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# A script that stands in the page: one of the type JSON is data, and is not run.
_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def write_policies(_: Procedure, site_dir: Path) -> None:
    """Write on each page of a built site what a browser may load for it."""
    for file in site_dir.rglob("*.html"):
        file.write_bytes(with_policy(file.read_bytes()))


def with_policy(page: bytes, *, offline: bool = False) -> bytes:
    """Return the page, of the offline copy or not, with its Content Security Policy first in it, in place of one that it has."""
    page = _POLICY.sub(b"", page)
    scripts, styles = ([text.decode() for text in kind.findall(page)] for kind in (_SCRIPT, _STYLE))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{as_text(rules(scripts, styles, offline=offline))}">'
    return _CHARSET.sub(lambda charset: charset[0] + meta.encode(), page, count=1)


def policies(page: bytes) -> list[str]:
    """Return what the page says that a browser may load for it."""
    return [policy.decode() for policy in _POLICY.findall(page)]
