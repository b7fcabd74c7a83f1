"""Which blocks of ours a page has, and where: one reading for the checks and for the generator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

# What a fence is called that gives way to what is made from the model.
BLOCKS = frozenset(
    {
        "actors",
        "approval",
        "checklists",
        "contacts",
        "diagram",
        "doers",
        "editions",
        "emergency",
        "guide",
        "links",
        "mermaid",
        "phase",
        "routes",
        "sheet",
        "source",
        "traceability",
    }
)
# What a `/// name | Title` block of ours is called; a `/// name` block that only frames what stands in it, without a
# title; and one that frames a part of the whole procedure, which nobody writes.
BOXES = ("danger", "note", "supplement", "supplement-pointer")
FRAMES = ("actions", "rows")
WHOLE_FRAMES = ("whole-diagram", "whole-checklist", "whole-steps")
# What is written out as Markdown instead.
WHOLE = "whole"

# Without such a line no page needs to be read for them: one that is further in stands in something else.
_OPENING = re.compile(rf" {{0,3}}(```|~~~)[`~]*\s*({'|'.join(sorted({*BLOCKS, WHOLE}))})(?!\S)")
_READER = MarkdownIt("commonmark").enable("table").disable("inline")


@dataclass(frozen=True)
class Block:
    """A fence of ours: its name, the text in it, and its lines, from the opening one to after the closing one."""

    name: str
    text: str
    first: int
    after: int


def find_blocks(lines: Sequence[str]) -> list[Block]:
    """Return the fences of ours that stand in nothing else, counted from line 0."""
    if not any(map(_OPENING.match, lines)):
        return []
    return [
        Block(token.info.split()[0], token.content.removesuffix("\n"), *token.map)
        for token in _READER.parse("\n".join(lines))
        if token.type == "fence" and token.level == 0 and token.map and set(token.info.split()[:1]) & {*BLOCKS, WHOLE}
    ]
