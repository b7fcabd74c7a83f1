"""The contract, `docs/procedure.yml`: what the procedure must contain, read into fixed records."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from procedure.findings import Finding
from procedure.source.text import read_text
from procedure.source.yaml_reader import Value, read_yaml

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
    """Somebody to call.

    `confirmed` is the day the row was last found right, or None where it never was or where
    `confirmed_text`, what is written, is no day.
    """

    id: str
    name: str
    text: str
    phone: str
    mail: str
    confirmed: date | None
    line: int
    confirmed_text: str = ""
    confirmed_line: int = 0

    @property
    def never_confirmed(self) -> bool:
        """Whether the row says that nobody has confirmed it."""
        return self.confirmed_text == _UNKNOWN_DATE


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
    """Read `procedure.yml`.

    Faults in its form (C11, C12, P30) and in how its rows fit together (P03, P04, P18, P23) are findings;
    what is sound is kept.
    """
    source, findings = read_text(root, CONTRACT_PATH)
    value, yaml_findings = read_yaml(source.text, CONTRACT_PATH)
    reader = _Reader(findings + yaml_findings)
    if reader.findings:
        return Contract("", (), (), ()), reader.findings
    contract = reader.contract(value)
    return contract, reader.findings or reader.contradictions(contract)


class _Reader:
    """Turns YAML values into records and gathers what is missing or of the wrong kind."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._ways_on: list[tuple[str, str, int]] = []

    def contract(self, value: Value) -> Contract:
        fields = self._fields(value, "procedure.yml", {"source", "phases", "contacts", "banned_words"})
        return Contract(
            self._text(fields, "source"),
            self._list(fields, "phases", self._phase),
            self._list(fields, "contacts", self._contact),
            self._list(fields, "banned_words", self._banned_word),
        )

    def contradictions(self, contract: Contract) -> list[Finding]:
        """Return where rows that are sound one by one do not fit together (P03, P04, P18, P23)."""
        ids = [phase.id for phase in contract.phases]
        rows = [(r.id, r.line) for phase in contract.phases for r in phase.requirements]
        findings = _duplicates((phase.id, phase.line) for phase in contract.phases)
        findings += _duplicates(rows + [(contact.id, contact.line) for contact in contract.contacts])
        for phase in contract.phases:
            findings += _duplicates((step.id, step.line) for step in phase.steps)
            findings += _duplicates(
                (following, line) for source, following, line in self._ways_on if source == phase.id
            )
        misplaced = [(number, phase) for number, phase in enumerate(contract.phases, start=1) if phase.number != number]
        for expected, phase in misplaced[:1]:
            message = f"Fasen »{phase.title}« har nummer {phase.number}, men er nummer {expected} i rækken."
            hint = "Ret nummeret, eller flyt fasen."
            findings.append(Finding(CONTRACT_PATH, phase.line, "P03", message, hint))
        for requirement in contract.requirements.values():
            if requirement.in_doubt and requirement.in_doubt not in contract.requirements:
                message = f"»in_doubt« nævner kravet »{requirement.in_doubt}«, som ikke findes."
                hint = "Skriv et af de id'er, der står i filen."
                findings.append(Finding(CONTRACT_PATH, requirement.line, "P23", message, hint))
        for source, following, line in self._ways_on:
            # With one phase's id on two, the other is not known.
            if following not in ids and len(set(ids)) == len(ids):
                message = f"Fasen »{source}« fører videre til »{following}«, som ikke er en fase."
                findings.append(Finding(CONTRACT_PATH, line, "P18", message, f"Skriv et af disse: {', '.join(ids)}."))
        return findings

    def _phase(self, value: Value) -> Phase:
        fields = self._fields(value, "Fasen", {"number", "id", "title", "next", "steps"})
        phase_id = self._id(fields, r"[a-z][a-z-]*")
        ways_on = [(phase_id, part.text(), part.line) for part in self._items(fields, "next")]
        self._ways_on += ways_on
        following = tuple(way[1] for way in ways_on)
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
        confirmed = self._text(fields, "confirmed")
        key_line = fields["confirmed"].key_line if confirmed else value.line
        return Contact(
            self._id(fields, r"[A-Z][0-9]+"), self._text(fields, "name"), self._text(fields, "text"),
            phone, mail, read_date(confirmed), value.line, confirmed, key_line,
        )  # fmt: skip

    def _banned_word(self, value: Value) -> BannedWord:
        fields = self._fields(value, "Ordet", {"word", "instead"})
        return BannedWord(self._text(fields, "word"), self._text(fields, "instead"))

    def _fields(
        self, value: Value, what: str, required: set[str], optional: frozenset[str] | set[str] = frozenset()
    ) -> dict[str, Value]:
        """Return the mapping's known fields and report the missing and the unknown ones."""
        if not isinstance(value.data, dict):
            self._report(value.line, f"{what} består ikke af linjer som »nøgle: værdi«.", "Skriv det som de andre.")
            return {}
        fields = value.mapping()
        known = required | optional
        missing, unknown = compare_keys(fields, required, known)
        for key in missing:
            self._report(value.line, f"{what} mangler »{key}«.", f"Tilføj linjen »{key}: …«.")
        for key, hint in unknown.items():
            self._report(fields[key].key_line, f"»{key}« kendes ikke her.", hint)
        return {key: field for key, field in fields.items() if key in known}

    def _text(self, fields: dict[str, Value], key: str) -> str:
        value = fields.get(key)
        if value and not value.text().strip() and key not in ("phone", "mail"):
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


def compare_keys(
    fields: Collection[str], required: Collection[str], known: Collection[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the required keys that are missing, and the unknown ones with a hint for each.

    An unknown key may be a missing one misspelt: then the hint names it, and it is not counted as missing.
    """
    missing = [key for key in sorted(required) if key not in fields]
    unknown = [key for key in fields if key not in known]
    hint = f"Ret navnet til et af disse: {', '.join(missing or sorted(known))}."
    return [] if unknown else missing, dict.fromkeys(unknown, hint)


def _duplicates(rows: Iterable[tuple[str, int]]) -> list[Finding]:
    first: dict[str, int] = {}
    findings = []
    for row_id, line in rows:
        if row_id in first:
            message = f"»{row_id}« står to gange (første gang i linje {first[row_id]})."
            hint = "Et id bruges kun én gang. Giv det nye sit eget."
            findings.append(Finding(CONTRACT_PATH, line, "P04", message, hint))
        first.setdefault(row_id, line)
    return findings


def read_date(written: str) -> date | None:
    """Return the day written as `2026-11-22`, or None where it is no such day."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
