"""C41–C43: what a page must not be, so that reading it ends soon, whatever it holds.

The generator's Markdown library needs time in the square of a paragraph's length, of its open brackets and of the
depth of its lists. So these are counted before any Markdown is read, and far above what a person writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from procedure.findings import Finding

_LONGEST_PARAGRAPH = 20_000
_DEEPEST = 20
_MOST_OPEN = 20
_TAB = 4
# What begins a quotation or an item: each is a level more.
_MARK = re.compile(r"[ \t]*(?:>|(?:[*+-]|[0-9]{1,9}[.)])(?=\s|$))")
_FENCE = re.compile(r"(`{3,20}|~{3,20})")
_BLOCK = re.compile(r"[ \t]*/{3,}[ \t]*(\S?)")
# What begins and ends a link's text, a link's address and a tag.
_SIGN = re.compile(r"\]\(|[\[\])>]|<(?=[a-zA-Z/])")


def check_lines(path: str, lines: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the first place that is nested too deep (C41), and each paragraph that is too long or left open (C42, C43)."""
    lines = _without_code(lines)
    yield from _check_depth(path, lines)
    for first, paragraph in _paragraphs(lines):
        text = "\n".join(paragraph)
        if len(text) > _LONGEST_PARAGRAPH:
            message = f"Afsnittet er på {len(text)} tegn. Der er plads til {_LONGEST_PARAGRAPH}."
            yield Finding(path, first, "C42", message, "Del det med tomme linjer.")
        else:
            yield from _check_open(path, first, text)


def _without_code(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines with those of each closed fence empty: what stands there is not read as Markdown."""
    result = list(lines)
    never_closed: set[str] = set()
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        if opening and opening[1] not in never_closed:
            rest = range(number + 1, len(lines))
            end = next((other for other in rest if lines[other].strip() == opening[1]), None)
            if end is None:
                never_closed.add(opening[1])
            else:
                result[number : end + 1] = [""] * (end + 1 - number)
                number = end
        number += 1
    return tuple(result)


def _check_depth(path: str, lines: tuple[str, ...]) -> Iterator[Finding]:
    blocks = 0
    for number, line in enumerate(lines, start=1):
        block = _BLOCK.match(line)
        blocks += (1 if block[1] else -1 if blocks else 0) if block else 0
        if blocks + _depth(line) > _DEEPEST:
            message = f"Linjen står mere end {_DEEPEST} niveauer inde i lister, citater eller blokke."
            yield Finding(path, number, "C41", message, "Fjern indrykninger, eller luk de blokke, der er åbne.")
            return


def _depth(line: str) -> int:
    expanded = line.expandtabs(_TAB)
    position, depth = 0, (len(expanded) - len(expanded.lstrip(" "))) // _TAB
    while mark := _MARK.match(expanded, position):
        position = mark.end()
        depth += 1
    return depth


def _paragraphs(lines: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield each run of lines with something on them, with the line it begins on."""
    run: list[str] = []
    for number, line in enumerate((*lines, ""), start=1):
        if line.strip():
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []


def _check_open(path: str, first: int, text: str) -> Iterator[Finding]:
    """Yield a finding where too many brackets are open at once: each is looked for to the paragraph's end."""
    open_at: dict[str, list[int]] = {"[": [], "](": [], "<": []}
    for match in _SIGN.finditer(text):
        sign = match[0]
        closed = {"]": "[", "](": "[", ")": "](", ">": "<"}.get(sign)
        if closed and open_at[closed]:
            open_at[closed].pop()
        if sign not in open_at:
            continue
        open_at[sign].append(match.start())
        if len(open_at[sign]) > _MOST_OPEN:
            line = first + text.count("\n", 0, open_at[sign][0])
            message = f"Afsnittet har over {_MOST_OPEN} »{sign}«, der ikke er lukket."
            yield Finding(path, line, "C43", message, "Luk dem, eller slet dem.")
            return
