"""Every single edit of a kind at every place of a file where it can be made.

A place is a piece of a line or some lines; a kind of place is a pattern in `_PIECES` or a way to find lines. At each,
what stands there is deleted, doubled, swapped with the next of its kind in the file, or has one letter changed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from procedure.model import DEVELOPERS_FOLDER, SOURCE_PATH
from procedure.source.config import CONFIG_PATH
from procedure.source.contract import CONTRACT_PATH
from procedure.source.ledger import LEDGER_PATH


class Edit(NamedTuple):
    """One edit: its kind of place, what is done there, the file, the lines it touches, what stood there, and the new file."""

    place: str
    deed: str
    path: str
    line: int
    last_line: int
    old: str
    text: str

    @property
    def name(self) -> str:
        """The class of edit that the table counts by."""
        return f"{self.deed} {self.place}"


class Piece(NamedTuple):
    """Where in a file's text something stands."""

    start: int
    end: int


# What is found within a line, by the files it stands in. The group `p` is the piece.
_MARKDOWN = r"docs/.*\.md"
_PIECES: dict[str, tuple[str, str]] = {
    "id": (_MARKDOWN, r"(?m)^#+ .*(?P<p>\{#[\w-]+\})"),
    "trace id": (_MARKDOWN, r'data-req="(?:[^"]* )?(?P<p>[A-Z]\d+)(?=[ "])'),
    "trace": (_MARKDOWN, r"(?m)(?P<p>\{[^{}\n]*data-req=[^{}\n]*\})"),
    "link": (_MARKDOWN, r"(?<!\!)\[[^\[\]\n]+\]\((?P<p>[^()\n]+)\)"),
    "link text": (_MARKDOWN, r"(?<!\!)\[(?P<p>[^\[\]\n]{2,})\]\("),
    "include": (_MARKDOWN, r'(?m)^\s*--8<-- "(?P<p>[^"\n]+)"'),
    "block name": (_MARKDOWN, r"(?m)^/// (?P<p>[\w-]+)"),
    "fence": (_MARKDOWN, r"(?m)^(?P<p>```\w*)$"),
    "box": (_MARKDOWN, r"(?m)^\s*- (?P<p>\[ \])"),
    "node id": (_MARKDOWN, r"(?m)(?<=\s)(?P<p>[a-z0-9_]+)(?=\[|\{\{|\(\[)"),
    "node text": (
        _MARKDOWN,
        r"(?m)(?<=[a-z0-9_])(?:\[|\{\{|\(\[)(?P<p>[^\[\](){}|\n]+(?:\([^()\n]*\)[^\[\](){}|\n]*)*)(?:\]|\}\}|\]\))",
    ),
    "arrow": (_MARKDOWN, r"(?P<p> -->(?:\|[^|\n]*\|)? )"),
    "arrow's target": (_MARKDOWN, r"-->(?:\|[^|\n]*\|)? (?P<p>[a-z0-9_]+)"),
    "answer": (_MARKDOWN, r"-->\|(?P<p>[^|\n]+)\|"),
    "click's node": (_MARKDOWN, r'(?m)^\s*click (?P<p>\w+) "'),
    "click's address": (_MARKDOWN, r'(?m)^\s*click \w+ "(?P<p>[^"\n]+)"'),
    "node's requirement": (_MARKDOWN, r"(?m)^\s*%% \w+ \w+:.*?(?P<p>\b[A-Z]\d+)\b"),
    "key": (r"docs/.*\.md|.*\.yml", r"(?m)^[ -]*(?P<p>[a-z_]+):(?=\s)"),
    "value": (r"docs/.*\.md|.*\.yml", r"(?m)^[ -]*[a-z_]+: +(?P<p>\S[^\n]*)$"),
    "requirement's id": (CONTRACT_PATH, r"(?m)^\s*- id: (?P<p>[A-Z]\d+)$"),
    "address": (LEDGER_PATH, r"(?m)^(?P<p>/\S*)"),
    "new address": (LEDGER_PATH, r"(?m) -> (?P<p>/\S*)"),
    "edition": (LEDGER_PATH, r"(?m)(?P<p> \| \S+ \| [0-9a-f]+ \| .*)$"),
}
_FILES = (CONFIG_PATH, CONTRACT_PATH, LEDGER_PATH, SOURCE_PATH)
_ITEM = re.compile(r"(?m)^[ ]*- (?:\[ \] )?.+\n(?:[ ]+\{ .*\}\n)")
_ROW = re.compile(r"(?m)^(?P<indent> *)- (?:id|words|name|number|quote): .*\n(?:(?P=indent)  .*\n)*")
_LINE = re.compile(r"(?m)^.*\S.*\n")
_SECTION = re.compile(r"(?m)^#{2,} .*\n(?:(?!#{2,} ).*\n)*")
# Lines and pieces are taken as they are; these are some lines that belong together.
_WHOLES: dict[str, tuple[str, re.Pattern[str]]] = {
    "line": (r".*", _LINE),
    "item": (_MARKDOWN, _ITEM),
    "section": (_MARKDOWN, _SECTION),
    "row": (CONTRACT_PATH, _ROW),
}
_OTHER_LETTER = str.maketrans({**dict(itertools.pairwise("abcdefghijklmnopqrstuvwxyza")), "0": "1", "1": "2"})


def edited_files(root: Path) -> list[str]:
    """Return the paths of the files that editors write, from the project's root.

    The pages that `make codes` writes are not among them, nor what is for developers.
    """
    others = {*(root / "docs/mere").glob("fund-*.md"), *(root / DEVELOPERS_FOLDER).glob("*.md")}
    pages = sorted(p.relative_to(root).as_posix() for p in (root / "docs").rglob("*.md") if p not in others)
    return [path for path in (*pages, *_FILES) if (root / path).exists()]


def edits(root: Path, path: str) -> Iterator[Edit]:
    """Yield every edit of one file of the tree under `root`, each once."""
    text = (root / path).read_text("utf-8")
    seen = {text}
    for edit in _edits_of(path, text):
        if edit.text not in seen:
            seen.add(edit.text)
            yield edit


def _edits_of(path: str, text: str) -> Iterator[Edit]:
    for place, pieces in _places(path, text):
        for number, piece in enumerate(pieces):
            following = pieces[number + 1] if number + 1 < len(pieces) else None
            for deed, new in _deeds(text, piece, following):
                last = following if deed == "swap" and following else piece
                first, end = (text.count("\n", 0, at) + 1 for at in (piece.start, max(last.start, last.end - 1)))
                yield Edit(place, deed, path, first, end, text[piece.start : piece.end].strip(), new)


def _places(path: str, text: str) -> Iterator[tuple[str, list[Piece]]]:
    for place, (files, whole) in _WHOLES.items():
        if re.fullmatch(files, path):
            yield place, [Piece(*match.span()) for match in whole.finditer(text)]
    for place, (files, pattern) in _PIECES.items():
        if re.fullmatch(files, path):
            yield place, [Piece(*match.span("p")) for match in re.finditer(pattern, text)]


def _deeds(text: str, piece: Piece, following: Piece | None) -> Iterator[tuple[str, str]]:
    before, it, after = text[: piece.start], text[piece.start : piece.end], text[piece.end :]
    yield "delete", before + after
    yield "double", before + it + ("" if it.endswith("\n") else " ") + it + after
    if following and following.start >= piece.end:
        other = text[following.start : following.end]
        yield "swap", before + other + text[piece.end : following.start] + it + text[following.end :]
    if letter := _changed(it):
        yield "letter in", before + letter + after


def _changed(it: str) -> str:
    """Return the text with one letter or digit changed, in the middle of its longest word, or nothing where there is none."""
    words = sorted(re.finditer(r"[a-zA-Z0-9]+", it), key=lambda word: -len(word[0]))
    if not words:
        return ""
    at = words[0].start() + len(words[0][0]) // 2
    other = it[at].lower().translate(_OTHER_LETTER)
    return it[:at] + (other if other != it[at] else "x") + it[at + 1 :]
