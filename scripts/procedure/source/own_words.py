"""Reads `docs/words.yml`: the words of the project's own that stand in place of the engine's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from procedure.findings import Finding
from procedure.source.text import read_text
from procedure.source.yaml_reader import Value, compare_keys, read_yaml
from procedure.words import DANISH, Words
from procedure.words.words import PLACEHOLDER

WORDS_PATH = "docs/words.yml"
# Lists that may have more or fewer rows than the Danish ones.
_OF_ANY_LENGTH = frozenset({"phones.forms", "phones.short_forms"})
# A number is written with spaces and such between its digits, which are "0" here.
_PHONE_FORM = "(?=.*0)[0 ()-]+"
# What programs read must have their form: the keys, and what stands there.
_FORMS = (
    ("language", "[a-z]{2,3}(-[A-Z]{2})?"),
    (r"phones\.country_code", r"\+[0-9]{1,3}"),
    (r"(folders|files|places)\..+|sections\..+\.id", "[a-z][a-z0-9]*(-[a-z0-9]+)*"),
)


def read_words(root: Path) -> tuple[Words, list[Finding]]:
    """Return the project's words, which are the Danish ones where it has none of its own.

    A file that cannot be read (C11, C12, C40), a key that there is not, a value of another kind and a placeholder too
    few or too many (P30) are findings; what is sound is kept.
    """
    if not (root / WORDS_PATH).exists():
        return DANISH, []
    source, findings = read_text(root, WORDS_PATH)
    value, yaml_findings = read_yaml(source.text, WORDS_PATH)
    reader = _Reader()
    reader.group(value, "")
    words = Words({**DANISH.texts, **reader.texts}, {**DANISH.lists, **reader.lists})
    return words, [*findings, *yaml_findings, *reader.findings]


class _Reader:
    """Keeps what is sound of the file, and says what is not."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.findings: list[Finding] = []

    def group(self, value: Value, name: str) -> None:
        """Read the keys under `name`, which are all where it is empty."""
        if not isinstance(value.data, dict):
            self._report(
                value, f"»{name or WORDS_PATH}« består ikke af linjer som »felt: værdi«.", "Skriv det som de andre."
            )
            return
        fields = value.mapping()
        known = list(dict.fromkeys(_names_under(name)))
        _, unknown = compare_keys(fields, (), known)
        for key, hint in unknown.items():
            self._report(fields[key], f"»{key}« kendes ikke her.", hint)
        for key in [key for key in fields if key in known]:
            self._read(fields[key], f"{name}.{key}" if name else key)

    def _read(self, value: Value, key: str) -> None:
        if key in DANISH.lists:
            self._list(value, key)
        elif key not in DANISH.texts:
            self.group(value, key)
        else:
            self._text(value, key)

    def _text(self, value: Value, key: str) -> None:
        text, danish = value.text(), DANISH.texts[key]
        wanted, written = (sorted(PLACEHOLDER.findall(one)) for one in (danish, text))
        if not text.strip():
            self._report(value, f"»{key}« har ingen tekst.", f"Skriv en tekst, fx »{danish}«.")
        elif wanted != written:
            names = ", ".join(f"{{{name}}}" for name in wanted) or "ingen"
            self._report(value, f"»{key}« har ikke de pladser, som programmet fylder ud.", f"Pladserne er: {names}.")
        elif any(re.fullmatch(keys, key) and not re.fullmatch(form, text) for keys, form in _FORMS):
            self._report(value, f"»{text}« kan ikke være »{key}«.", f"Skriv det som »{danish}«.")
        else:
            self.texts[key] = text

    def _list(self, value: Value, key: str) -> None:
        rows, danish = tuple(row.text().strip() for row in value.items()), DANISH.lists[key]
        if not rows or not all(rows) or (key not in _OF_ANY_LENGTH and len(rows) != len(danish)):
            how_many = "en eller flere" if key in _OF_ANY_LENGTH else str(len(danish))
            self._report(
                value, f"»{key}« er ikke en liste med {how_many} tekster.", f"Skriv det som [{', '.join(danish)}]."
            )
        elif wrong := [row for row in rows if key in _OF_ANY_LENGTH and not re.fullmatch(_PHONE_FORM, row)]:
            self._report(value, f"»{wrong[0]}« kan ikke stå under »{key}«.", f"Skriv det som »{danish[0]}«.")
        else:
            self.lists[key] = rows

    def _report(self, value: Value, message: str, hint: str) -> None:
        self.findings.append(Finding(WORDS_PATH, value.key_line, "P30", message, hint))


def _names_under(name: str) -> Iterator[str]:
    before = f"{name}." if name else ""
    for key in (*DANISH.texts, *DANISH.lists):
        if key.startswith(before):
            yield key.removeprefix(before).partition(".")[0]
