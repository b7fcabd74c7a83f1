"""C16, C17, C21–C23: what is written so that it says something else than it looks like, or in the wrong place.

C16 an item outside the part that other pages take in · C17 a block under a name or title not ours · C21 an address or a
note that becomes no link · C22 a letter that cannot be seen · C23 an item twice on a page · C45 words twice in a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from procedure.findings import Finding
from procedure.model import CAUTION_BLOCK, Procedure
from procedure.source.fences import BLOCKS, BOXES, FRAMES, WHOLE
from procedure.source.markdown_reader import CODE
from procedure.source.page import Page, Text, Trace
from procedure.source.text import short
from procedure.source.words import keys, words_of

# What else may be shown as code.
_LANGUAGES = frozenset({"", "diff", "json", "markdown", "python", "sh", "text", "yaml"})
_ITEM = re.compile(r"[-*+]\s|\d+[.)]\s")
_BARE = re.compile(r"(?<![\w/.@])www\.[\w-]+\.\w+")
_UNSEEN = re.compile(r"&(nbsp|shy|zwnj|zwj|thinsp|ensp|emsp|#160|#173|#8203);", re.IGNORECASE)
_DEFINITION = re.compile(r"\s*\[([^\]]+)\]:\s")
_NOTE = re.compile(r"\[\^[^\]]+\]")
# What may stand round words without being one of them; the line that ends the front matter; how many words are compared.
_AROUND_WORDS = '[](){}|"»«*`'
_END = "---"
_LONGEST_RUN = 30
# A sentence of fewer words than this may well stand twice, where it is no instruction.
_MANY_WORDS = 5


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check every page that could be read whole."""
    for page in procedure.judged_pages:
        yield from _check_page(procedure, page)


def _check_page(procedure: Procedure, page: Page) -> Iterator[Finding]:
    code = {n for fence in page.fences for n in range(fence.line, fence.last_line + 1)}
    drawn = {n for flow in page.flows for n in range(flow.line, flow.line + flow.source.count("\n") + 2)}
    repeated = list(_check_repeated(page, code - drawn))
    yield from _check_sections(page)
    yield from _check_names(page, procedure.words.text("guide.caution"))
    yield from _check_twice(page, repeated, is_phase=page.folder == procedure.phases_folder)
    yield from repeated
    for number, line in enumerate(page.lines, start=1):
        yield from _check_letters(page, number, line)
        if number >= page.lead.first_line and number not in code:
            text = CODE.sub("", line)
            yield from _check_entities(page, number, text)
            yield from _check_addresses(page, number, text)


def _check_sections(page: Page) -> Iterator[Finding]:
    """An item right before or after the part that is taken in elsewhere is missing there; one to tick, wherever it stands."""
    for section in page.sections:
        numbers = (_nearest(page, section.first_line, -1), _nearest(page, section.last_line, 1))
        strays = {line for line in page.tasks if not any(other.holds(line) for other in page.sections)}
        strays |= {first for number in numbers if (first := _item_of(page, number))}
        for first in sorted(strays):
            message = f"Punktet står uden for afsnittet »{section.name}«, så det mangler, hvor afsnittet vises."
            hint = f"Flyt det ind mellem linjerne [start:{section.name}] og [end:{section.name}]."
            yield Finding(page.path, first, "C16", message, hint)


def _nearest(page: Page, line: int, step: int) -> int:
    """Return the nearest line with something on it, from a line up or down; 0 where there is none."""
    number = line + step
    while 0 < number <= len(page.lines):
        if page.lines[number - 1].strip():
            return number
        number += step
    return 0


def _item_of(page: Page, number: int) -> int:
    """Return the line on which the item begins that a line belongs to, or 0 where it belongs to none."""
    while number > 0 and page.lines[number - 1].strip():
        if _ITEM.match(page.lines[number - 1].strip()):
            return number
        number -= 1
    return 0


def _check_names(page: Page, caution: str) -> Iterator[Finding]:
    known = (*BOXES, *FRAMES)
    for block in page.blocks:
        if block.name not in known:
            message = f"Blokken »{block.name}« kendes ikke, så læserne ville se stregerne."
            yield Finding(page.path, block.first_line, "C17", message, f"Skriv {_meant(block.name, known)}.")
        elif block.name in FRAMES and block.title:
            message = f"Blokken »{block.name}« har ingen titel, så læserne ville se stregerne."
            yield Finding(page.path, block.first_line, "C17", message, f"Skriv »/// {block.name}«.")
        elif block.name == CAUTION_BLOCK and block.title != caution:
            message = (
                f"Blokken »{CAUTION_BLOCK}« hedder »{short(block.title)}«, og på alle sider hedder den »{caution}«."
            )
            yield Finding(page.path, block.first_line, "C17", message, f"Skriv »/// {CAUTION_BLOCK} | {caution}«.")
    ours = sorted({*BLOCKS, WHOLE} - {"diagram"})
    for fence in page.fences:
        if fence.language not in {*ours, *_LANGUAGES} and not fence.language.startswith("{"):
            message = f"Blokken »{fence.language}« kendes ikke, så den ville blive vist som kode."
            hint = f"Skriv {_meant(fence.language, ours)}; er det kode, så skriv »text« i stedet."
            yield Finding(page.path, fence.line, "C17", message, hint)
        elif fence.language in ours and fence.is_inside:
            message = f"Blokken »{fence.language}« står inde i et punkt eller et citat, hvor den ikke kan laves."
            yield Finding(page.path, fence.line, "C17", message, "Flyt den ud, og skriv den yderst til venstre.")


def _meant(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, 1)
    return f"»{near[0]}«" if near else f"et af disse: {', '.join(names)}"


def _check_twice(page: Page, repeated: Collection[Finding], *, is_phase: bool) -> Iterator[Finding]:
    known = {finding.line for finding in repeated}
    said: dict[tuple[str, ...], list[Text | Trace]] = {}
    items: list[Text | Trace] = [*(text for text in page.texts if text.is_listed), *page.traces]
    for item in items:
        said.setdefault(keys(words_of(item.text)), []).append(item)
    for words, alike in said.items():
        lines = sorted(item.line for item in alike)
        traced = [item.requirements for item in alike if isinstance(item, Trace)]
        # However few its words are, what says one instruction twice is a copy; in a phase that is O05.
        is_copy = len(set(traced)) < len(traced) and not is_phase
        if len(alike) > 1 and (len(words) >= _MANY_WORDS or is_copy) and not known.intersection(lines):
            message = f"Sætningen står {len(alike)} gange på siden (første gang i linje {lines[0]})."
            yield Finding(page.path, lines[1], "C23", message, "Behold den ét sted.")


def _check_repeated(page: Page, code: Collection[int]) -> Iterator[Finding]:
    """Find a line that stands again right under itself, and words that stand twice in a row."""
    above = ""
    for number, line in enumerate(page.lines, start=1):
        if number in code or not line.strip():
            continue
        words = [word.strip(_AROUND_WORDS) for word in re.split(r"[\s=]+", line)]
        # An arrow that stands twice is a fault of the diagram.
        if line == above and (any(words) or line.strip() == _END) and "-->" not in line:
            yield Finding(page.path, number, "C45", "Linjen er den samme som linjen over.", "Slet den ene.")
        elif repeated := _repeated(words):
            message = f"»{short(repeated)}« står to gange lige efter hinanden."
            yield Finding(page.path, number, "C45", message, "Slet det ene sted.")
        above = line


def _repeated(words: Sequence[str]) -> str:
    """Return the words that stand twice in a row, with a letter among them, or nothing."""
    if len(set(words)) == len(words):
        return ""
    for start, word in enumerate(words):
        for count in range(1, min(_LONGEST_RUN, (len(words) - start) // 2) + 1):
            if words[start + count] != word:
                continue
            first = words[start : start + count]
            if first == words[start + count : start + 2 * count] and any(map(str.isalpha, "".join(first))):
                return " ".join(first)
    return ""


def _check_letters(page: Page, number: int, line: str) -> Iterator[Finding]:
    """Find what cannot be seen, or is a space of another kind: words then part in other places than they seem to."""
    if line.isprintable():
        return
    for position, letter in enumerate(line):
        if ord(letter) > 127 and unicodedata.category(letter) in ("Zs", "Zl", "Zp", "Cf", "Co", "Cn"):
            near = line[max(position - 12, 0) : position].rsplit(" ", maxsplit=1)[-1].strip()
            what = "hårdt mellemrum" if letter in "\u00a0\u202f" else "tegn, der ikke kan ses"
            message = f"Linjen har et {what} (U+{ord(letter):04X}){f' efter »{near}«' if near else ''}."
            yield Finding(
                page.path,
                number,
                "C22",
                message,
                "Slet tegnet, og skriv et almindeligt mellemrum, hvis der skal være et.",
            )
            return


def _check_entities(page: Page, number: int, line: str) -> Iterator[Finding]:
    if found := _UNSEEN.search(line):
        message = f"»{found[0]}« bliver til et tegn, der ikke kan ses."
        yield Finding(page.path, number, "C22", message, "Skriv et almindeligt mellemrum.")


def _check_addresses(page: Page, number: int, line: str) -> Iterator[Finding]:
    if "[" not in line and "www." not in line:
        return
    definition = _DEFINITION.match(line)
    bare = _BARE.search(re.sub(r"\[[^\]]*\]\([^)]*\)", "", line))
    if any(link.text.startswith("^") for link in page.links) and "[^" in line:
        return  # the library takes it for a link: a finding of its own (L01)
    if definition or _NOTE.search(line):
        is_note = "[^" in line
        message = (
            "Fodnoter vises ikke som noter her."
            if is_note
            else f"»[{definition[1] if definition else ''}]: …« er en henvisning, som ikke bruges her."
        )
        hint = "Skriv noten i teksten." if is_note else "Skriv adressen i linket selv: [tekst](side.md)."
        yield Finding(page.path, number, "C21", message, hint)
    elif bare:
        message = f"»{bare[0]}« bliver ikke til et link."
        yield Finding(page.path, number, "C21", message, f"Skriv [navn](https://{bare[0]}).")
