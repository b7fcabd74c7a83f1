"""Reads the fields of a row in `docs/procedure.yml`: what is missing, unknown or of the wrong kind is a finding (P30)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from procedure.findings import Finding
from procedure.source.contract import CONTRACT_PATH
from procedure.source.words import words_of
from procedure.source.yaml_reader import Value, compare_keys

_Record = TypeVar("_Record")


class FieldReader:
    """Takes fields out of YAML values, and gathers what is wrong with them. `fields` is a mapping, by its keys."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def fields(
        self, value: Value, what: str, required: set[str], optional: frozenset[str] | set[str] = frozenset()
    ) -> dict[str, Value]:
        """Return the mapping's known fields and report the missing and the unknown ones."""
        if not isinstance(value.data, dict):
            self.report(value.line, f"{what} består ikke af linjer som »felt: værdi«.", "Skriv det som de andre.")
            return {}
        fields = value.mapping()
        known = required | optional
        missing, unknown = compare_keys(fields, required, known)
        for key in missing:
            self.report(value.line, f"{what} mangler »{key}«.", f"Tilføj linjen »{key}: …«.")
        for key, hint in unknown.items():
            self.report(fields[key].key_line, f"»{key}« kendes ikke her.", hint)
        return {key: field for key, field in fields.items() if key in known}

    def text(self, fields: dict[str, Value], key: str) -> str:
        """Return the text of a field, without the space around it; only a number or an address may be empty."""
        value = fields.get(key)
        if value and not value.text().strip() and key not in ("phone", "mail"):
            self.report(value.key_line, f"»{key}« har ingen tekst.", f"Skriv en tekst efter »{key}:«.")
        return value.text().strip() if value else ""

    def quote(self, fields: dict[str, Value]) -> str:
        """Return the words of the source in a row."""
        quote = self.text(fields, "quote")
        if quote and not words_of(quote):
            self.report(fields["quote"].key_line, "»quote« har ingen ord.", "Skriv kildens ord.")
        return quote

    def texts(self, fields: dict[str, Value], key: str) -> tuple[str, ...]:
        """Return the texts of a list, and report the empty and the repeated ones."""
        texts: list[str] = []
        for part in self.items(fields, key):
            text = part.text().strip()
            if not text:
                self.report(part.line, f"En linje under »{key}« har ingen tekst.", "Skriv en tekst, eller slet linjen.")
            elif text in texts:
                self.report(part.line, f"»{text}« står to gange under »{key}«.", "Slet den ene linje.")
            texts.append(text)
        return tuple(texts)

    def line(self, fields: dict[str, Value], key: str, row: Value) -> int:
        """Return the line that a field stands on, or its row's where there is none."""
        return fields[key].key_line if key in fields else row.line

    def id(self, fields: dict[str, Value], pattern: str) -> str:
        """Return the id of a row, and report where it is not of the form `pattern`."""
        written = self.text(fields, "id")
        if written and not re.fullmatch(pattern, written):
            message = f"»{written}« kan ikke være et id her."
            self.report(fields["id"].key_line, message, "Se de andre id'er samme sted, og skriv det på samme måde.")
        return written

    def flag(self, fields: dict[str, Value], key: str) -> bool:
        """Return whether a field says true; where it is left out it does not."""
        value = fields.get(key)
        flag = value.text().lower() if value else "false"
        if value and flag not in ("true", "false"):
            self.report(value.key_line, f"»{key}« er hverken true eller false.", "Skriv true eller false.")
        return flag == "true"

    def items(self, fields: dict[str, Value], key: str) -> tuple[Value, ...]:
        """Return the rows of a list."""
        value = fields.get(key)
        if value and not isinstance(value.data, tuple):
            self.report(value.key_line, f"»{key}« er ikke en liste.", "Skriv en linje med »- « foran for hvert punkt.")
        return value.items() if value else ()

    def rows(self, fields: dict[str, Value], key: str, read: Callable[[Value], _Record]) -> tuple[_Record, ...]:
        """Return each row of a list as `read` takes it."""
        return tuple(read(item) for item in self.items(fields, key))

    def report(self, line: int, message: str, hint: str) -> None:
        """Keep a finding on a line of the contract."""
        self.findings.append(Finding(CONTRACT_PATH, line, "P30", message, hint))
