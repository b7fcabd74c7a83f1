"""L28, L30. An edition: what the procedure said when it was published, one file for each publication in `docs/editions/`.

The file is JSON: its format, the day, one line on what was new, who approved it and when, and then a section for each
kind of thing, from its lasting id to what was said of it. Only who approved it is ever written by hand, later:

    "approved": {"by": "ukendt", "day": "ukendt"}

What says nothing (an empty text or list, a flag that is off) is left out, and things stand in the order of the
procedure, so that two editions can be read side by side:

    "requirements": {
      "V9": {"step": "vurder/inddrag", "quote": "Vend sagen …", "wording": "Vend sagen …", "every_path": true}
    }

The second edition of a day is `2026-11-25-2.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procedure.findings import Finding
from procedure.source.contract import UNKNOWN
from procedure.source.ledger import Entry, Version
from procedure.source.text import one_line, read_date, read_text

EDITIONS_FOLDER = "docs/editions"
_FORMAT = "procedure-edition/2"
# Where `make publish` writes who approved an edition, counted from 1.
APPROVED_LINE = 5
_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([1-9][0-9]{0,2}))?\.json")
# A record no longer than this stands on one line.
_WIDTH = 118

Said = str | bool | tuple[str, ...]
Fields = Mapping[str, Said]

# What is kept of each kind of thing. The keys are lasting ids; those of a flow's nodes and ways begin with the flow's.
SECTIONS: Mapping[str, Mapping[str, type]] = {
    "phases": {"number": str, "title": str, "next": tuple},
    "steps": {"title": str},
    "requirements": {
        "step": str, "quote": str, "wording": str, "differs": tuple, "every_path": bool, "call": tuple,
    },
    "contacts": {
        "name": str, "role": str, "phone": str, "mail": str, "quote": str, "wording": str, "added": bool, "more": str,
    },
    "nodes": {
        "page": str, "kind": str, "text": str, "requirements": tuple, "completes": tuple, "leads_to": str,
    },
    "ways": {"answer": str, "to": str},
    "routes": {"routes": tuple},
    "sheets": {
        "title": str, "owner": str, "place": str, "begins": str, "done": tuple, "lead": tuple, "tasks": tuple,
        "boxes": tuple, "added": tuple, "doubt": str, "contacts": tuple, "own_contacts": tuple,
    },
    "supplements": {"state": str, "text": tuple},
    "words": {"forms": tuple},
    "links": {"links": tuple, "says": tuple},
    "addresses": {"leads_to": str, "day": str, "mark": str, "change": str},
}  # fmt: skip


@dataclass(frozen=True)
class Approval:
    """Who approved an edition, and on which day."""

    by: str
    day: date


@dataclass(frozen=True)
class Edition:
    """What was published on a day; `number` counts the editions of that day, and `change` says what was new.

    `approval` is None as long as nobody is known to have approved it.
    """

    day: date
    number: int
    change: str
    sections: Mapping[str, Mapping[str, Fields]]
    approval: Approval | None = None

    @property
    def name(self) -> str:
        """What the edition is called: its day, and its number where there was another that day."""
        return f"{self.day}{f'-{self.number}' if self.number > 1 else ''}"

    @property
    def path(self) -> str:
        """Where the edition is kept, from the project root."""
        return f"{EDITIONS_FOLDER}/{self.name}.json"

    def as_text(self) -> str:
        """Return the file's text."""
        by, day = (self.approval.by, str(self.approval.day)) if self.approval else (UNKNOWN, UNKNOWN)
        content = {
            "format": _FORMAT,
            "day": str(self.day),
            "change": self.change,
            "approved": {"by": by, "day": day},
        }
        told = {name: {key: _told(fields) for key, fields in self.sections[name].items()} for name in SECTIONS}
        return f"{_written({**content, **told}, '')}\n"

    def ledger_entries(self) -> Iterator[Entry]:
        """Yield the rows of the ledger as they were."""
        for address, fields in self.sections["addresses"].items():
            day = read_date(str(fields["day"]))
            version = Version(day, str(fields["mark"]), str(fields["change"])) if day else None
            yield Entry(address, str(fields["leads_to"]) or None, version, 0)


def read_editions(root: Path) -> tuple[list[Edition], list[Finding]]:
    """Read every edition, the newest first, back to the first that cannot be read.

    A finding for each that is not as it was written (L28), and for each approval that cannot be read (L30).
    """
    editions: list[Edition] = []
    findings: list[Finding] = []
    is_whole = True
    for day, number in _named(root):
        edition, found = _read(root, day, number)
        findings += found
        is_whole = is_whole and edition is not None
        if edition and is_whole:
            editions.append(edition)
    return editions, findings


def _named(root: Path) -> list[tuple[date, int]]:
    """Return the day and the number of every edition, the newest first."""
    folder = root / EDITIONS_FOLDER
    names = [_NAME.fullmatch(file.name) for file in folder.iterdir()] if folder.is_dir() else []
    # A set: `…-1.json` is no other edition than the first of its day.
    return sorted({(day, int(name[2] or 1)) for name in names if name and (day := read_date(name[1]))}, reverse=True)


def _read(root: Path, day: date, number: int) -> tuple[Edition | None, list[Finding]]:
    named = Edition(day, number, "", {})
    source, unreadable = read_text(root, named.path)
    content = _content(source.text) if not unreadable else None
    if content is None and not unreadable and (rest := _content(_without_approval(source.text))):
        # Of what is written by hand no more is wrong than that.
        content = {**rest, "approved": None}
    sections = _sections(content) if content else None
    if content is None or sections is None or content.get("day") != str(named.day):
        message = "Udgaven er ikke, som make publish skrev den, så intet kan holdes op mod den."
        hint = "Hent filen igen, som den var, da den blev udgivet. Kun det, der står efter »approved«, rettes i hånden."
        return None, [Finding(named.path, 1, "L28", message, hint)]
    approval, fault = _approval(content["approved"], day)
    edition = Edition(day, number, str(content["change"]), sections, approval)
    if not fault:
        return edition, []
    hint = 'Skriv {"by": "den, der har godkendt", "day": "2026-12-01"}, eller "ukendt" begge steder, til det er sket.'
    return edition, [Finding(edition.path, APPROVED_LINE, "L30", fault, hint)]


def _without_approval(text: str) -> str:
    """Return the text of an edition as if nobody had written in it who approved it."""
    lines = text.split("\n")
    lines[APPROVED_LINE - 1 : APPROVED_LINE] = [f'  "approved": {{"by": "{UNKNOWN}", "day": "{UNKNOWN}"}},']
    return "\n".join(lines)


def _approval(written: object, published: date) -> tuple[Approval | None, str]:
    """Return who approved the edition, or None where nobody did; and what is wrong with what is written, or nothing."""
    if not isinstance(written, dict) or set(written) != {"by", "day"} or not _are_texts(written.values()):
        return None, "Efter »approved« står ikke, hvem der har godkendt udgaven (»by«) og hvilken dag (»day«)."
    by, day = (one_line(written[name]) for name in ("by", "day"))
    if by.lower() == UNKNOWN and day.lower() == UNKNOWN:
        return None, ""
    approved = read_date(day)
    if approved is None:
        return None, f"Udgaven er godkendt den dag, der hedder »{day}«, og det er ikke en dag."
    if by.lower() in ("", UNKNOWN):
        return None, "Udgaven er godkendt, men der står ikke, hvem der har gjort det."
    if approved < published:
        return None, f"Udgaven er godkendt {approved}, før den blev udgivet."
    return Approval(by, approved), ""


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _content(text: str) -> dict[str, object] | None:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or set(content) != {"format", "day", "change", "approved", *SECTIONS}:
        return None
    return content if content["format"] == _FORMAT and isinstance(content["change"], str) else None


def _sections(content: Mapping[str, object]) -> Mapping[str, Mapping[str, Fields]] | None:
    sections: dict[str, dict[str, Fields]] = {}
    for name, kinds in SECTIONS.items():
        records = content[name]
        if not isinstance(records, dict):
            return None
        sections[name] = {}
        for key, record in records.items():
            fields = _fields(record, kinds)
            if fields is None:
                return None
            sections[name][key] = fields
    return sections


def _fields(record: object, kinds: Mapping[str, type]) -> Fields | None:
    if not isinstance(record, dict) or not set(record) <= set(kinds):
        return None
    fields: dict[str, Said] = {}
    for name, kind in kinds.items():
        value = record.get(name, [] if kind is tuple else kind())
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = tuple(value)
        if not isinstance(value, kind) or not isinstance(value, str | bool | tuple):
            return None
        fields[name] = value
    return fields


def _told(fields: Fields) -> dict[str, Said]:
    return {name: value for name, value in fields.items() if value}


def _written(value: object, indent: str) -> str:
    """Return the value as JSON: on one line where it fits, else a line for each part."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | tuple) or (indent and len(indent) + len(line) <= _WIDTH):
        return line
    inner = f"{indent}  "
    if isinstance(value, dict):
        parts = [
            f"{inner}{json.dumps(key, ensure_ascii=False)}: {_written(part, inner)}" for key, part in value.items()
        ]
    else:
        parts = [f"{inner}{_written(part, inner)}" for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n" + ",\n".join(parts) + f"\n{indent}{closing}"
