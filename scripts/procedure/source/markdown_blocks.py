"""Reads the `///` blocks of a Markdown page, and what it opens and never closes."""

from __future__ import annotations

import re

from procedure.source.markdown_parts import Parts
from procedure.source.page import Anchor, Mark, MarkKind, Region

BLOCK_OPENING = re.compile(r"(/{3,})\s*([a-z][\w-]*)\s*(?:\|\s*(.*))?$")
BLOCK_ID = re.compile(r"attrs:\s*\{.*?\bid:\s*([\w-]+)")
_OPTION = re.compile(r"[a-z_]+:")


def read_block_marks(lines: list[str], line: int, parts: Parts) -> None:
    """Read a paragraph that holds the opening or the closing line of a `///` block."""
    marks = [offset for offset, text in enumerate(lines) if text.lstrip().startswith("///")]
    options = {
        offset for offset in range(1, len(lines)) if offset - 1 in marks and _OPTION.match(lines[offset].strip())
    }
    glued = next((offset for offset in range(1, len(lines)) if offset not in options), None)
    if glued is not None:
        message = f"Linjen »{lines[glued].strip()}« står klistret til linjen over."
        parts.report(line + glued, "C14", message, "Sæt en tom linje mellem de to linjer.")
    for offset in marks:
        option = lines[offset + 1] if offset + 1 in options else ""
        _read_block_mark(lines[offset].strip(), option, line + offset, parts)


def _read_block_mark(mark: str, option: str, line: int, parts: Parts) -> None:
    opening = BLOCK_OPENING.match(mark)
    if option:
        parts.marks.append(Mark(MarkKind.OPTION, option.strip(), line + 1))
    if opening:
        block_id = BLOCK_ID.search(option)
        if block_id:
            parts.anchors.append(Anchor(block_id[1], line + 1))
        parts.open_blocks.append((opening[1], opening[2], (opening[3] or "").strip(), line))
    elif not mark.strip("/") and parts.open_blocks and parts.open_blocks[-1][0] == mark:
        _, name, title, first_line = parts.open_blocks.pop()
        parts.blocks.append(Region(name, title, first_line, line))
    else:
        message = f"»{mark}« afslutter ingen blok og åbner heller ingen."
        parts.report(line, "C14", message, "En blok åbnes med »/// navn | Titel« og afsluttes med »///« på egen linje.")


def close_regions(parts: Parts) -> None:
    """Report what the page opens and never closes, and take it to reach the end."""
    for marks, name, title, line in parts.open_blocks:
        parts.report(
            line, "C14", f"Blokken »{name}« er ikke afsluttet.", f"Skriv {marks} på en linje for sig, hvor den slutter."
        )
        parts.blocks.append(Region(name, title, line, len(parts.lines)))
    for name, line in parts.open_sections.items():
        message = f"Afsnittet »{name}« er ikke afsluttet."
        parts.report(line, "C14", message, f"Skriv <!-- --8<-- [end:{name}] -->, hvor det slutter.")
