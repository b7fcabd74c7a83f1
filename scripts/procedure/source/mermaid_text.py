"""Reads the texts in a diagram: labels and answers, bare or in quotes."""

from __future__ import annotations

import html
import re
from html.entities import html5

from procedure.source.text import short

_BARE_LABEL = re.compile(r'(?:<br ?/?>|[^()\[\]{}"|<>`#;@\\\n])+')
_QUOTED_LABEL = re.compile(r'"((?:<br ?/?>|[^"<>`\\])*)"')
_ENTITY = re.compile(r"[#&]#?\w+;", re.ASCII)
# Mermaid shows an icon, a formula or nothing for these, not the text.
_NO_TEXT = re.compile(r"\bfa[bklrs]?:fa-|\$\$|%%\{")
_LIST_MARK = re.compile(r"(?:\d+[.)]|[-*+])\s")


class OutsideSubsetError(Exception):
    """Raised where a statement leaves the subset: what is wrong, how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def read_label(statement: str, position: int) -> tuple[str, int]:
    """Return the label that begins at the position, as plain text, and where it ends. Raises `OutsideSubsetError`."""
    if statement.startswith('"', position):
        match = _QUOTED_LABEL.match(statement, position)
        if match is None:
            raise OutsideSubsetError(
                "Et anførselstegn er ikke afsluttet, eller teksten efter det har et tegn, der ikke kan stå i den.",
                'Sæt anførselstegn både før og efter teksten; brug #quot; for " inde i den.',
            )
        raw = match[1]
    else:
        match = _BARE_LABEL.match(statement, position)
        raw = match[0] if match else ""
        if raw.lstrip().startswith("/"):
            raise OutsideSubsetError(
                f"Teksten »{short(raw)}« begynder med en skråstreg.", "Sæt teksten i anførselstegn."
            )
    behind = statement[match.end() : match.end() + 1] if match else ""
    if behind == '"' or (statement.startswith('"', position) and behind.isalnum()):
        raise OutsideSubsetError(
            f"Teksten »{short(raw.strip())}« har et anførselstegn inde i sig.",
            'Skriv #quot; i stedet for ", eller brug » og « om ordene.',
        )
    text = re.sub(r"\s+", " ", re.sub(r"<br ?/?>", " ", raw)).strip()
    # Mermaid takes a line of a label for a comment where it begins as one.
    if match is None or not text or "\n%%" in raw:
        raise OutsideSubsetError(
            "En tekst er tom eller har et tegn, der ikke kan stå i den.",
            'Skriv teksten, og sæt den i anførselstegn, hvis den har tegn som ( ) [ ] { } | #; brug #quot; for ".',
        )
    text = decoded(text)
    if _NO_TEXT.search(text):
        raise OutsideSubsetError(
            f"Teksten »{short(text)}« vises ikke af Mermaid, som den er skrevet.",
            "Skriv den uden »fa:fa-«, »$$« og »%%{«.",
        )
    if _LIST_MARK.match(text):
        raise OutsideSubsetError(
            f"Teksten »{short(text)}« begynder som en liste, og det viser Mermaid som en fejl.",
            "Begynd med et ord, fx »Fase 1: …«.",
        )
    return text, match.end()


def decoded(text: str) -> str:
    """Return the text with the character for each entity that Mermaid shows (`#quot;`, `#35;`). Raises as `read_label` does."""
    return _ENTITY.sub(lambda entity: _character(entity[0]), text)


def _character(entity: str) -> str:
    name = entity[1:]
    character = html.unescape(f"&#{name}") if name[0].isdigit() else html5.get(name, "")
    if entity[0] == "&" or not character or not character.isprintable():
        raise OutsideSubsetError(f"»{entity}« kan ikke vises.", 'Skriv selve tegnet; kun " skrives som #quot;.')
    return character
