"""Writes the pages that explain each finding code, from the table of codes and the folders in `tests/cases`."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from procedure.codes import CODES, LETTERS, page_path
from procedure.codes.code import Code

_ROOT = Path(__file__).resolve().parent.parent
_CASES = _ROOT / "tests/cases"
# What a case is laid over, the last first: the small procedure, and what publishing it wrote.
_LAID_UNDER = ("published", "base")
# A longer example shows where the fault is, and not the rest of a file.
_SHOWN_LINES = 14
_FRONT = """\
---
title: "Fund {letter}: {about}"
description: Hvad kontrollens fund med {letter} betyder, et eksempel på hvert, og hvordan det rettes.
owner: afventer bekræftelse
written: 2026-11-22
review_in: 12 måneder
search: {{exclude: true}}
---

Når `make check` melder om noget, står der en kode ved, fx {example}. Her står det, koden betyder, et eksempel, det, kontrollen siger om det, og hvordan det rettes. Eksemplerne er fra en lille procedure med to faser. En linje med − er, som den skal være; en med + er den med fejl. Hvordan siderne skrives, står på [Rediger proceduren](rediger.md).
"""


def main() -> int:
    """Write every page, and return the exit status."""
    for path, text in pages().items():
        (_ROOT / path).write_text(text, "utf-8", newline="\n")
    return 0


def pages() -> dict[str, str]:
    """Return each page's text by its path from the project's root. Raises `KeyError` where a code has no folder."""
    cases = _smallest_cases()
    return {page_path(letter): _page(letter, about, cases) for letter, about in LETTERS.items()}


def _page(letter: str, about: str, cases: Mapping[str, Path]) -> str:
    rows = {code: row for code, row in sorted(CODES.items()) if code[0] == letter}
    sections = [_section(code, row, cases[code]) for code, row in rows.items()]
    return "\n".join([_FRONT.format(letter=letter, about=about, example=next(iter(rows))), *sections])


def _section(code: str, row: Code, case: Path) -> str:
    report = (case / "expected.txt").read_text("utf-8").rstrip("\n").split("\n")
    return "\n".join([
        f"## {code} {row.title} {{#{code.lower()}}}\n",
        f"{row.meaning}\n",
        f"**Ret det:** {row.mend}\n",
        *(f"{said}:\n\n{_fenced(lines, 'diff')}" for said, lines in _example(case)),
        f"Kontrollen siger:\n\n{_fenced(report, 'text')}",
    ])  # fmt: skip


def _smallest_cases() -> dict[str, Path]:
    """Return for each code the folder that is the shortest to read: report first, then files, then lines."""
    smallest: dict[str, tuple[int, int, int, str]] = {}
    for path in _CASES.iterdir():
        if path.name not in _LAID_UNDER:
            code, example = path.name[:3], list(_example(path))
            report = len((path / "expected.txt").read_text("utf-8").split("\n"))
            size = (report, len(example), sum(len(lines) for _, lines in example), path.name)
            smallest[code] = min(smallest.get(code, size), size)
    return {code: _CASES / size[3] for code, size in smallest.items()}


def _example(case: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what is to be said of each file that the case changes, and its changed lines."""
    for path in sorted(path for path in case.rglob("*") if path.name != "expected.txt"):
        name = path.relative_to(case).as_posix()
        if path.is_symlink():
            yield f"`{name}` er en genvej til `{path.readlink()}`", []
        elif not path.is_file():
            continue
        elif path.suffix == ".removed":
            yield f"Filen `{name.removesuffix('.removed')}` er væk", []
        elif name.startswith("site/"):
            if any(line.startswith(f"{name}:") for line in (case / "expected.txt").read_text("utf-8").split("\n")):
                yield f"I den byggede fil `{name}`", [f" {line}" for line in _lines(path)][:_SHOWN_LINES]
        elif b"\0" in path.read_bytes():
            yield f"En ny fil, `{name}`, der ikke er tekst", []
        elif before := next((file for under in _LAID_UNDER if (file := _CASES / under / name).exists()), None):
            yield f"I filen `{name}`", _diff(_lines(before), _lines(path))
        else:
            yield f"En ny fil, `{name}`", _shortened([f"+{line}" for line in _lines(path)])


def _diff(before: list[str], after: list[str]) -> list[str]:
    """Return the lines that differ, each with the one before and after it, and a mark between what stands apart."""
    marks = list(difflib.unified_diff(before, after, n=1, lineterm=""))[3:]
    return _shortened(["…" if re.match(r"@@ .* @@$", line) else line for line in marks])


def _shortened(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _SHOWN_LINES else [*lines[:_SHOWN_LINES], "…"]


def _lines(path: Path) -> list[str]:
    """Return the file's lines as they can be shown: what is no letter is a box, and what is no text has none."""
    data = path.read_bytes()
    if b"\0" in data:
        return []
    text = data.decode("utf-8", "replace").removesuffix("\n")
    return ["".join(c if c.isprintable() else "�" for c in line.replace("\t", "→   ")) for line in text.split("\n")]


def _fenced(lines: list[str], language: str) -> str:
    """Return the lines as a block of code; a line that takes in other text where it stands is kept from it."""
    if not lines:
        return ""
    longest = max((len(run) for line in lines for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    kept = [re.sub(r"^(\s*)(?=-+8<-+)|(?<!-)(?=-+8<-+[ \t]+\[)", r"\1;", line) for line in lines]
    return "\n".join([f"{fence}{language}", *kept, fence, ""])


if __name__ == "__main__":
    sys.exit(main())
