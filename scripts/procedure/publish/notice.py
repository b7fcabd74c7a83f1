"""The findings as a box on the page that is being edited. Only the preview shows it; nothing of it is in a published site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from procedure.findings import Finding, Severity, counted, stops_publishing

_STYLE = """
#fund { position: sticky; top: 0; z-index: 9; flex: none; box-sizing: border-box; max-height: 45vh; overflow: auto;
  padding: .8rem 1rem; border-bottom: 4px solid #b3261e; background: Canvas; color: CanvasText;
  font: 1rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere; color-scheme: light dark; }
#fund p, #fund ul { margin: .3rem 0; } #fund ul { padding-left: 1.2rem; } #fund li { margin: .4rem 0; }
#fund summary { cursor: pointer; min-height: 1.5rem; }
@media (prefers-color-scheme: dark) { #fund { border-color: #ff8a80; } }
@media print { #fund { display: none; } }
"""
_LABEL = "Forhåndsvisningens fund"
_OLD = "Det, du ser, er siden, som den var, sidst alt var i orden."
_BODY = re.compile(rb"<body\b[^>]*>")


@dataclass(frozen=True)
class Notice:
    """What the last build said: its findings, or the sentence that says why there was none."""

    findings: Sequence[Finding] = ()
    trouble: str = ""

    @property
    def is_old(self) -> bool:
        """Whether the site that is shown is an earlier one."""
        return bool(self.trouble) or stops_publishing(self.findings)


def with_notice(html: bytes, notice: Notice, address: str) -> bytes:
    """Return the page with a box of the findings, first of all on it, or as it was where there is nothing to say.

    `address` is the page's own in the site (`faser/vurder/`). Warnings elsewhere are not worth a box on every page.
    """
    sources = _sources(address)
    here = sorted(finding for finding in notice.findings if finding.path in sources)
    elsewhere = sorted(finding for finding in notice.findings if finding.path not in sources)
    body = _BODY.search(html)
    if body is None or not (here or notice.is_old):
        return html
    box = _box(here, elsewhere, notice).encode()
    return html[: body.end()] + box + html[body.end() :]


def _sources(address: str) -> frozenset[str]:
    """Return the files that the page at an address may be made from."""
    name = address.removesuffix("index.html").strip("/")
    return frozenset({f"docs/{name}.md", f"docs/{name}/index.md"} if name else {"docs/index.md"})


def _box(here: Sequence[Finding], elsewhere: Sequence[Finding], notice: Notice) -> str:
    said = [f"{counted(here)} på denne side."] if here else []
    said += [f"{counted(elsewhere)} andre steder."] if elsewhere else []
    said += [notice.trouble] if notice.trouble else []
    said += [_OLD] if notice.is_old else []
    parts = [f'<p role="alert"><strong>{escape(" ".join(said))}</strong></p>']
    parts += [f"<details open><summary>På denne side</summary>{_list(here)}</details>"] if here else []
    shut = "" if here else " open"
    parts += [f"<details{shut}><summary>Andre steder</summary>{_list(elsewhere)}</details>"] if elsewhere else []
    return f'<style>{_STYLE}</style><section id="fund" aria-label="{_LABEL}" tabindex="0">{"".join(parts)}</section>'


def _list(findings: Sequence[Finding]) -> str:
    return f"<ul>{''.join(map(_item, findings))}</ul>"


def _item(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line} {finding.code}"
    warning = "(advarsel) " if finding.severity is Severity.WARNING else ""
    return f"<li><b>{escape(place)}</b> {warning}{escape(finding.message)}<br>→ {escape(finding.hint)}</li>"
