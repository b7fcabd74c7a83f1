"""Source files as text: bytes in, lines out, and a finding where the bytes are no text. And days as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procedure.findings import Finding
from procedure.source.os_error import reason
from procedure.source.tree import LARGEST

# What Unicode calls control characters, but for those that part lines and words.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class SourceText:
    """The text of one file with line ends as `\\n` and no byte-order mark."""

    path: str
    text: str


def one_line(text: str) -> str:
    """Return the text on one line, without what cannot be seen: no line of a file or a report can hold that."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def short(text: str, longest: int = 40) -> str:
    """Return the first line of a text, cut so that it fits in a sentence."""
    first = text.split("\n", 1)[0]
    return first if len(first) <= longest else f"{first[: longest - 1].rstrip()}…"


def read_text(root: Path, path: str) -> tuple[SourceText, list[Finding]]:
    """Read `root/path` as UTF-8. Unreadable text gives an empty text and one finding (C11), and so does too much of it (C40)."""
    try:
        raw, fault = _read_bytes(root / path, path)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        message = "Filen findes ikke." if missing else f"Filen kan ikke læses: {reason(error)}."
        fault = Finding(path, 1, "C11", message, "Se efter, om filen er der, og om du må læse den.")
    if fault:
        return SourceText(path, ""), [fault]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return SourceText(path, ""), [
            Finding(path, line, "C11", "Filen er ikke gemt som UTF-8.", "Gem filen igen med tegnsættet UTF-8.")
        ]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        message = f"Linjen har et usynligt styretegn (U+{ord(control[0]):04X})."
        hint = "Skriv linjen igen uden tegnet; det er ofte kommet med fra en kopieret tekst."
        return SourceText(path, ""), [Finding(path, text.count("\n", 0, control.start()) + 1, "C11", message, hint)]
    if not text.strip():
        return SourceText(path, ""), [
            Finding(
                path, 1, "C11", "Filen er tom.", "Skriv sidens indhold, eller slet filen og dens linje i mkdocs.yml."
            )
        ]
    return SourceText(path, text), []


def _read_bytes(file: Path, path: str) -> tuple[bytes, Finding | None]:
    """Return what the file holds, or why it is not read. Raises `OSError`."""
    if file.exists() and not file.is_file():
        # A pipe would be waited for.
        return b"", Finding(path, 1, "C11", "Det er ikke en almindelig fil.", "Læg selve filen her.")
    size = file.stat().st_size
    if size > LARGEST:
        message = f"Filen fylder {size // 1000} KB; der er plads til {LARGEST // 1000}."
        return b"", Finding(path, 1, "C40", message, "Del den i flere, eller tag det ud, der ikke hører til.")
    return file.read_bytes(), None


def read_date(written: str) -> date | None:
    """Return the day written as `2026-11-22`, or None where it is no such day."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
