"""What MkDocs says, in Danish and at the place it is about (S08). A message without a row is shown as it is."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import NamedTuple

from procedure.findings import Finding
from procedure.model import THEME_FOLDER
from procedure.source.config import CONFIG_PATH
from procedure.source.text import one_line

_DOC = r"Doc file '(?P<page>[^']+)' contains an? (?:absolute |unrecognized relative )?link (?:to )?'(?P<word>[^']*)'"
_CHECK = "Ret det, meldingen er om; »make check« finder de fleste fejl før MkDocs."


class _Row(NamedTuple):
    """A message of MkDocs by its pattern, and what is said instead; `page` and `word` in it say where it is."""

    pattern: re.Pattern[str]
    said: str
    hint: str


_ROWS = (
    _Row(re.compile(rf"{_DOC}.*(?:anchor|does not contain)"), "Linket »{word}« fører til et sted, der ikke er der.", "Ret det, der står efter #."),
    _Row(re.compile(rf"{_DOC}.*excluded"), "Linket »{word}« fører til en fil, der ikke udgives.", "Før linket et andet sted hen, eller slet det."),
    _Row(re.compile(_DOC), "Linket »{word}« fører ikke til en fil i docs/.", "Skriv det som ../mappe/fil.md."),
    _Row(re.compile(r"A reference to '(?P<word>[^']+)' is included in the 'nav'"), "Menuen har »{word}«, som ikke findes.", "Ret linjen under »nav«, eller slet den."),
    _Row(re.compile(r"Excluding '(?P<page>[^']+)' from the site because it conflicts with '(?P<word>[^']+)'"), "Siden bliver ikke udgivet, for »{word}« har samme adresse.", "Giv den ene fil et andet navn."),
    _Row(re.compile(r"(?:File not found|Encoding error reading file): (?P<page>\S+)"), "MkDocs kan ikke læse filen.", "Se efter, om filen er der, og gem den som UTF-8."),
    _Row(re.compile(r"Config value '(?P<word>[^']+)': (?P<rest>.*)"), "MkDocs kan ikke bruge det, der står ved »{word}«: {rest}", "Skriv det, som det var."),
    _Row(re.compile(r"Template skipped: '(?P<theme>[^']+)'"), "Skabelonen er tom eller findes ikke, så siden bliver ikke lavet.", "Hent filen igen, som den var."),
)  # fmt: skip
_NAMED_PAGE = re.compile(r"['\"]?([\w./-]+\.md)['\"]?")


def said(root: Path, message: str) -> Finding:
    """Return a message of MkDocs as a finding, where it belongs among the project's files."""
    text = one_line(message)
    for row in _ROWS:
        if match := row.pattern.search(text):
            parts = match.groupdict()
            path, line = _place(root, parts)
            return Finding(path, line, "S08", row.said.format(**parts), row.hint)
    named = next(
        (f"docs/{name}" for name in _NAMED_PAGE.findall(text) if (root / "docs" / name).is_file()), CONFIG_PATH
    )
    return Finding(named, 1, "S08", f"MkDocs siger: {text}", _CHECK)


def stopped(root: Path, error: Exception) -> Finding:
    """Return what MkDocs, a plugin or a template stopped at, where the theme's own lines or the message say that it is."""
    theme = root / THEME_FOLDER
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    frames.append((getattr(error, "filename", None) or "", getattr(error, "lineno", None)))
    inside = [(Path(name), line) for name, line in frames if name and Path(name).is_relative_to(theme)]
    if inside:
        file, line = inside[-1]
        message = f"Skabelonen kan ikke bruges: {one_line(str(error))}"
        return Finding(
            file.relative_to(root).as_posix(),
            line or 1,
            "S08",
            message,
            "Ret linjen, eller hent filen igen, som den var.",
        )
    return said(root, f"{type(error).__name__}: {error}")


def _place(root: Path, parts: dict[str, str]) -> tuple[str, int]:
    """Return the file that the message names, or the settings, and the line there that holds its word."""
    path = f"docs/{parts['page']}" if "page" in parts else CONFIG_PATH
    path = f"{THEME_FOLDER}/{parts['theme']}" if "theme" in parts else path
    try:
        lines = (root / path).read_text("utf-8", "replace").split("\n")
    except OSError:
        return path, 1
    word = (
        parts.get("word", "").split(".")[0]
        if path == CONFIG_PATH and ".md" not in parts.get("word", "")
        else parts.get("word", "")
    )
    return path, next((number for number, line in enumerate(lines, start=1) if word and word in line), 1)
