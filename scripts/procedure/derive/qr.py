"""QR codes."""

from __future__ import annotations

import io

import segno


def qr_code(address: str) -> str:
    """Return a QR code to the address as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()
