"""The contract, `docs/procedure.yml`: what the procedure must contain, read into fixed records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from procedure.findings import Finding
from procedure.text import read_text
from procedure.yaml_reader import Value, read_yaml

CONTRACT_PATH = "docs/procedure.yml"
_UNKNOWN_DATE = "ukendt"
_Record = TypeVar("_Record")


@dataclass(frozen=True)
class Requirement:
    """One instruction of the source.

    `every_path`: no way through its phase may go round it. `concerns`: whom it is for, where the
    source says it. `in_doubt`: the id of the requirement that says whom to ask when in doubt about
    this one, or empty where that is the procedure's first contact.
    """

    id: str
    text: str
    phase: str
    step: str
    every_path: bool
    information_only: bool
    concerns: tuple[str, ...]
    in_doubt: str
    line: int


@dataclass(frozen=True)
class Step:
    """A heading of the source inside a phase."""

    id: str
    title: str
    requirements: tuple[Requirement, ...]
    line: int


@dataclass(frozen=True)
class Phase:
    """One of the source's numbered parts; `following` are the ids of the phases it leads to."""

    number: int
    id: str
    title: str
    following: tuple[str, ...]
    steps: tuple[Step, ...]
    line: int

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The phase's requirements in the source's order."""
        return tuple(requirement for step in self.steps for requirement in step.requirements)

    @property
    def heading(self) -> str:
        """The phase's title with its number (`1. Vurder krænkelsen`)."""
        return f"{self.number}. {self.title}"


@dataclass(frozen=True)
class Contact:
    """Somebody to call. `confirmed` is the day the row was last found right, or None."""

    id: str
    name: str
    text: str
    phone: str
    mail: str
    confirmed: date | None
    line: int


@dataclass(frozen=True)
class BannedWord:
    """A wording the site never uses, and what is written instead."""

    word: str
    instead: str


@dataclass(frozen=True)
class Contract:
    """Everything in `procedure.yml`."""

    source: str
    phases: tuple[Phase, ...]
    contacts: tuple[Contact, ...]
    banned_words: tuple[BannedWord, ...]

    @property
    def requirements(self) -> dict[str, Requirement]:
        """Every requirement by its id."""
        return {r.id: r for phase in self.phases for r in phase.requirements}

    def phase(self, phase_id: str) -> Phase | None:
        """Return the phase with this id, or None."""
        return next((phase for phase in self.phases if phase.id == phase_id), None)


def read_contract(root: Path) -> tuple[Contract, list[Finding]]:
    """Read `procedure.yml`. Faults in its form are findings (C11, C12, P30); what is sound is kept."""
    source, findings = read_text(root, CONTRACT_PATH)
    value, yaml_findings = read_yaml(source.text, CONTRACT_PATH)
    reader = _Reader(findings + yaml_findings)
    if reader.findings:
        return Contract("", (), (), ()), reader.findings
    return reader.contract(value), reader.findings


class _Reader:
    """Turns YAML values into records and gathers what is missing or of the wrong kind."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings

    def contract(self, value: Value) -> Contract:
        fields = self._fields(value, "procedure.yml", {"source", "phases", "contacts", "banned_words"})
        return Contract(
            self._text(fields, "source"),
            self._list(fields, "phases", self._phase),
            self._list(fields, "contacts", self._contact),
            self._list(fields, "banned_words", self._banned_word),
        )

    def _phase(self, value: Value) -> Phase:
        fields = self._fields(value, "Fasen", {"number", "id", "title", "next", "steps"})
        phase_id = self._id(fields, r"[a-z][a-z-]*")
        following = tuple(part.text() for part in self._items(fields, "next"))
        steps = self._list(fields, "steps", lambda step: self._step(step, phase_id))
        number = self._text(fields, "number")
        if "number" in fields and not re.fullmatch(r"[1-9][0-9]?", number):
            self._report(fields["number"].key_line, "»number« er ikke et tal.", "Skriv fasens nummer: 1, 2, 3 …")
        return Phase(
            int(number) if re.fullmatch(r"[1-9][0-9]?", number) else 0,
            phase_id, self._text(fields, "title"), following, steps, value.line,
        )  # fmt: skip

    def _step(self, value: Value, phase_id: str) -> Step:
        fields = self._fields(value, "Trinnet", {"id", "title", "requirements"})
        step_id = self._id(fields, r"[a-z][a-z-]*")
        requirements = self._list(fields, "requirements", lambda row: self._requirement(row, phase_id, step_id))
        return Step(step_id, self._text(fields, "title"), requirements, value.line)

    def _requirement(self, value: Value, phase_id: str, step_id: str) -> Requirement:
        optional = {"every_path", "information_only", "concerns", "in_doubt"}
        fields = self._fields(value, "Kravet", {"id", "text"}, optional)
        return Requirement(
            self._id(fields, r"[A-Z][0-9]+"), self._text(fields, "text"), phase_id, step_id,
            self._flag(fields, "every_path"), self._flag(fields, "information_only"), tuple(part.text() for part in self._items(fields, "concerns")),
            self._text(fields, "in_doubt"),
            value.line,
        )  # fmt: skip

    def _contact(self, value: Value) -> Contact:
        fields = self._fields(value, "Kontakten", {"id", "name", "text", "confirmed"}, {"phone", "mail"})
        phone, mail = self._text(fields, "phone"), self._text(fields, "mail")
        if phone and not re.fullmatch(r"[0-9]{8}", phone):
            self._report(
                fields["phone"].key_line, f"»{phone}« er ikke et telefonnummer.", 'Skriv de otte tal, fx "21621691".'
            )
        if mail and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", mail, re.ASCII):
            self._report(fields["mail"].key_line, f"»{mail}« er ikke en mailadresse.", "Skriv den som navn@brondby.dk.")
        return Contact(
            self._id(fields, r"[A-Z][0-9]+"), self._text(fields, "name"), self._text(fields, "text"),
            phone, mail, self._confirmed(fields), value.line,
        )  # fmt: skip

    def _confirmed(self, fields: dict[str, Value]) -> date | None:
        written = self._text(fields, "confirmed")
        if written in ("", _UNKNOWN_DATE):
            return None
        day = read_date(written)
        if day is None:
            message = f"»{written}« er ikke en dato."
            hint = f"Skriv dagen som 2026-11-22, eller »{_UNKNOWN_DATE}«."
            self.findings.append(Finding(CONTRACT_PATH, fields["confirmed"].key_line, "C03", message, hint))
        return day

    def _banned_word(self, value: Value) -> BannedWord:
        fields = self._fields(value, "Ordet", {"word", "instead"})
        return BannedWord(self._text(fields, "word"), self._text(fields, "instead"))

    def _fields(
        self, value: Value, what: str, required: set[str], optional: frozenset[str] | set[str] = frozenset()
    ) -> dict[str, Value]:
        """Return the mapping's known fields and report the missing and the unknown ones."""
        fields = value.mapping()
        for key in sorted(required - fields.keys()):
            self._report(value.line, f"{what} mangler »{key}«.", f"Tilføj linjen »{key}: …«.")
        known = required | optional
        for key in fields.keys() - known:
            names = ", ".join(sorted(known))
            self._report(fields[key].key_line, f"»{key}« kendes ikke her.", f"Ret navnet til et af disse: {names}.")
        return {key: field for key, field in fields.items() if key in known}

    def _text(self, fields: dict[str, Value], key: str) -> str:
        value = fields.get(key)
        if value and not value.text().strip() and key != "phone" and key != "mail":
            self._report(value.key_line, f"»{key}« har ingen tekst.", f"Skriv en tekst efter »{key}:«.")
        return value.text().strip() if value else ""

    def _id(self, fields: dict[str, Value], pattern: str) -> str:
        written = self._text(fields, "id")
        if written and not re.fullmatch(pattern, written):
            message = f"»{written}« kan ikke være et id her."
            self._report(fields["id"].key_line, message, "Se de andre id'er samme sted, og skriv det på samme måde.")
        return written

    def _flag(self, fields: dict[str, Value], key: str) -> bool:
        value = fields.get(key)
        if value and value.text() not in ("true", "false"):
            self._report(value.key_line, f"»{key}« er hverken true eller false.", "Skriv true eller false.")
        return value is not None and value.text() == "true"

    def _items(self, fields: dict[str, Value], key: str) -> tuple[Value, ...]:
        value = fields.get(key)
        if value and not isinstance(value.data, tuple):
            self._report(value.key_line, f"»{key}« er ikke en liste.", "Skriv en linje med »- « foran for hvert punkt.")
        return value.items() if value else ()

    def _list(self, fields: dict[str, Value], key: str, read: Callable[[Value], _Record]) -> tuple[_Record, ...]:
        return tuple(read(item) for item in self._items(fields, key))

    def _report(self, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(CONTRACT_PATH, line, "P30", message, hint))


def read_date(written: str) -> date | None:
    """Return the day written as `2026-11-22`, or None where it is no such day."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
