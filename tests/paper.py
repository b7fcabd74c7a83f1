"""What stands on a printed page, measured: each line with its size, as a ruler on the paper would find it."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MILLIMETRE = 72 / 25.4
# Letters that stand on the line and end with it at the top of an x, without a curve that goes beyond.
_FLAT = "xzvw"
# What is further apart than this is another column.
_COLUMN = 4 * MILLIMETRE


@dataclass(frozen=True)
class Line:
    """A run of text on one line. Lengths are in points, `baseline` from the foot of the page; `x` may be unknown."""

    text: str
    size: float
    x: float | None
    baseline: float
    left: float


def lines(pdf: bytes) -> list[list[Line]]:
    """Return the lines of each page, in the order they are written."""
    return [[_line(run) for run in _runs(page.get_textpage())] for page in pypdfium2.PdfDocument(pdf)]


def unreadable(pdf: bytes, items: Iterable[str], x: float, exempt: str) -> list[str]:
    """Return what on the paper is harder to read than a sheet may be: the figures are NASA's and the design's.

    In the lines of `items` an x is at least `x` millimetres high. All else is at least 11.5 points. Lines of one text
    are at least 1.25 of their size apart, and none is longer than 80 characters, but the one with `exempt`, an address.
    """
    faults = []
    squeezed_items = [_squeezed(item) for item in items]
    for page in lines(pdf):
        for line in page:
            squeezed = _squeezed(line.text)
            is_item = len(squeezed) > 6 and any(squeezed in item for item in squeezed_items)
            if line.size < 11.49 or (is_item and line.x is not None and line.x / MILLIMETRE < x):
                faults.append(f"small ({line.size} points): {line.text}")
            if len(line.text) > 80 and exempt not in line.text:
                faults.append(f"long ({len(line.text)}): {line.text}")
        for before, line in itertools.pairwise(page):
            pitch = (before.baseline - line.baseline) / line.size
            if abs(before.left - line.left) < 4 and before.size == line.size and 0.5 < pitch < 1.245:
                faults.append(f"tight ({pitch:.2f}): {line.text}")
    return faults


def _squeezed(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True)
class _Char:
    """A letter and where it stands; `apart` where a space is before it."""

    text: str
    apart: bool
    size: float
    left: float
    right: float
    top: float
    baseline: float


def _chars(text: pypdfium2.PdfTextPage) -> Iterator[_Char]:
    apart = False
    for number in range(text.count_chars()):
        written = chr(raw.FPDFText_GetUnicode(text, number))
        if written.isspace():
            apart = True
            continue
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetMatrix(text, number, matrix)
        raw.FPDFText_GetCharOrigin(text, number, x, y)
        left, _, right, top = text.get_charbox(number)
        size = round(raw.FPDFText_GetFontSize(text, number) * math.hypot(matrix.c, matrix.d), 1)
        yield _Char(written, apart, size, left, right, top, y.value)
        apart = False


def _runs(text: pypdfium2.PdfTextPage) -> Iterator[list[_Char]]:
    run: list[_Char] = []
    for char in _chars(text):
        if run and not (abs(char.baseline - run[-1].baseline) < 0.5 and -_COLUMN < char.left - run[-1].right < _COLUMN):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _line(run: list[_Char]) -> Line:
    text = "".join(f"{' ' * (char.apart and number > 0)}{char.text}" for number, char in enumerate(run))
    flat = [char.top - char.baseline for char in run if char.text in _FLAT]
    return Line(text, min(char.size for char in run), min(flat, default=None), run[0].baseline, run[0].left)
