"""Reads `docs/procedure.yml` into the contract's records, and says where it is not of their form."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from procedure.findings import Finding
from procedure.source.contract import (
    CONTRACT_PATH,
    Actor,
    AddedContact,
    BannedWord,
    Contact,
    Contract,
    Difference,
    LeftOut,
    Phase,
    Requirement,
    Step,
    Variant,
    WebAddress,
    WordLists,
)
from procedure.source.text import read_date, read_text
from procedure.source.words import words_of
from procedure.source.yaml_reader import Value, compare_keys, read_yaml

_ARROW = "→"
_Record = TypeVar("_Record")


def read_contract(root: Path) -> tuple[Contract, list[Finding]]:
    """Read `procedure.yml`.

    Faults in its form (C11, C12, P30, P38) and in how its rows fit together (P03, P04, P18, P23) are findings;
    what is sound is kept.
    """
    source, findings = read_text(root, CONTRACT_PATH)
    value, yaml_findings = read_yaml(source.text, CONTRACT_PATH)
    read = findings + yaml_findings
    if any(finding.code in ("C11", "C12") for finding in read):
        return Contract.empty(), read
    reader = _Reader([])
    contract = reader.contract(value)
    # Where a row of a phase is not whole, its id may be missing too.
    is_whole = all(finding.line not in contract.phase_lines for finding in reader.findings) and contract.phase_lines
    return contract, [*read, *reader.findings, *(reader.contradictions(contract) if is_whole else ())]


class _Reader:
    """Turns YAML values into records and gathers what is missing or of the wrong kind."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._ways_on: list[tuple[str, str, int]] = []

    def contract(self, value: Value) -> Contract:
        required = {"source", "year", "phases", "contacts", "actors", "words", "banned_words"}
        fields = self._fields(
            value, "procedure.yml", required, {"left_out", "own_contacts", "added_contacts", "emergency", "addresses"}
        )
        return Contract(
            self._text(fields, "source"),
            self._line(fields, "source", value),
            self._text(fields, "year"),
            self._list(fields, "left_out", self._left_out),
            self._list(fields, "phases", self._phase),
            self._list(fields, "contacts", self._contact),
            self._texts(fields, "own_contacts"),
            self._list(fields, "added_contacts", self._added_contact),
            self._added_contact(fields["emergency"]) if "emergency" in fields else None,
            self._list(fields, "addresses", lambda value: WebAddress(value.text().strip(), value.line)),
            self._list(fields, "actors", self._actor),
            self._word_lists(fields["words"]) if "words" in fields else WordLists((), (), ()),
            self._list(fields, "banned_words", self._banned_word),
            _lines_of("phases", fields),
        )

    def contradictions(self, contract: Contract) -> list[Finding]:
        """Return where rows that are sound one by one do not fit together (P03, P04, P18, P23)."""
        ids = [phase.id for phase in contract.phases]
        rows = [(r.id, r.line) for phase in contract.phases for r in phase.requirements]
        findings = _duplicates((phase.id, phase.line) for phase in contract.phases)
        contacts = [(contact.id, contact.line) for contact in contract.contacts]
        findings += _duplicates(rows + contacts + [(added.id, added.line) for added in contract.every_added])
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
        findings += _duplicates((actor.id, actor.line) for actor in contract.actors)
        known = {row_id for row_id, _ in rows} | {contact.id for contact in contract.contacts}
        for left_out in contract.left_out:
            if left_out.after not in known:
                message = f"»after« nævner »{left_out.after}«, som ikke findes."
                hint = "Skriv id'et på det krav eller den kontakt, som ordene står efter i kilden."
                findings.append(Finding(CONTRACT_PATH, left_out.line, "P23", message, hint))
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
            phase_id, self._text(fields, "title"), following, steps, value.line, self._line(fields, "title", value),
        )  # fmt: skip

    def _step(self, value: Value, phase_id: str) -> Step:
        fields = self._fields(value, "Trinnet", {"id", "title", "requirements"})
        step_id = self._id(fields, r"[a-z][a-z-]*")
        requirements = self._list(fields, "requirements", lambda row: self._requirement(row, phase_id, step_id))
        return Step(step_id, self._text(fields, "title"), requirements, value.line, self._line(fields, "title", value))

    def _requirement(self, value: Value, phase_id: str, step_id: str) -> Requirement:
        fields = self._fields(value, "Kravet", {"id", "quote"}, {"every_path", "differs", "call"})
        return Requirement(
            self._id(fields, r"[A-Z][0-9]+"), self._quote(fields), self._list(fields, "differs", self._difference),
            phase_id, step_id, self._flag(fields, "every_path"), value.line, self._line(fields, "quote", value),
            self._texts(fields, "call") if "call" in fields else None, self._line(fields, "call", value),
        )  # fmt: skip

    def _difference(self, value: Value) -> Difference:
        """Read a row that is either `old → new` or a mapping with that as `words`, and a reason."""
        written, reason = value.text(), ""
        if not isinstance(value.data, str):
            fields = self._fields(value, "Forskellen", {"words", "reason"})
            written, reason = self._text(fields, "words"), self._text(fields, "reason")
        old, arrow, new = (part.strip() for part in written.partition(_ARROW))
        if (written or isinstance(value.data, str)) and not (words_of(old) and arrow and words_of(new)):
            message = f"»{written}« siger ikke, hvad der står i kilden, og hvad siden skriver."
            self._report(value.line, message, f'Skriv det som "ord i kilden {_ARROW} ord på siden".')
        return Difference(old, new, reason, value.line)

    def _left_out(self, value: Value) -> LeftOut:
        fields = self._fields(value, "Det udeladte", {"quote", "after", "reason"})
        quote, after, reason = (self._text(fields, key) for key in ("quote", "after", "reason"))
        return LeftOut(quote, after, reason, self._line(fields, "quote", value))

    def _actor(self, value: Value) -> Actor:
        fields = self._fields(value, "Aktøren", {"id", "name", "forms"})
        actor_id = self._id(fields, r"[a-z][a-z-]*")
        return Actor(actor_id, self._text(fields, "name"), self._texts(fields, "forms"), value.line)

    def _word_lists(self, value: Value) -> WordLists:
        fields = self._fields(value, "»words«", {"variants", "guarded", "imperatives"}, {"contact"})
        rows = self._list(fields, "variants", self._variant)
        variants = tuple(variant for variant in rows if len(variant.forms) > 1)
        for number, variant in enumerate(variants):
            if any(other.forms == variant.forms for other in variants[:number]):
                self._report(variant.line, "Rækken står to gange under »variants«.", "Slet den ene linje.")
        guarded, imperatives, contact = (self._texts(fields, key) for key in ("guarded", "imperatives", "contact"))
        lines = {
            key: {key: fields[key].key_line, **{part.text().strip(): part.line for part in fields[key].items()}}
            for key in fields.keys() - {"variants"}
        }
        return WordLists(variants, guarded, imperatives, contact, lines)

    def _variant(self, value: Value) -> Variant:
        forms = tuple(form.text().strip() for form in value.items())
        if len(forms) < 2 or not all(forms):
            message = "Rækken under »variants« er ikke en liste med mindst to former."
            self._report(value.line, message, "Skriv den som - [eventuelt, evt].")
        return Variant(forms, value.line)

    def _contact(self, value: Value) -> Contact:
        has_number = not value.mapping().keys().isdisjoint({"phone", "mail"})
        required = {"id", "name", "quote"} | ({"role", "confirmed"} if has_number else set())
        fields = self._fields(value, "Kontakten", required, {"role", "phone", "mail", "confirmed", "differs"})
        phone, mail = self._phone(fields, "[0-9]{8}"), self._mail(fields)
        confirmed = self._text(fields, "confirmed")
        return Contact(
            self._id(fields, r"[A-Z][0-9]+"), self._text(fields, "name"), self._quote(fields),
            self._list(fields, "differs", self._difference), self._text(fields, "role"), phone, mail,
            read_date(confirmed), value.line, self._line(fields, "quote", value),
            confirmed, self._line(fields, "confirmed", value),
        )  # fmt: skip

    def _added_contact(self, value: Value) -> AddedContact:
        fields = self._fields(value, "Kontakten", {"id", "name", "phone"}, {"role", "mail", "more"})
        # Numbers to call at once are of three digits.
        phone = self._phone(fields, "[0-9]{3}|[0-9]{8}")
        return AddedContact(
            self._id(fields, r"[A-Z][0-9]+"), self._text(fields, "name"), self._text(fields, "role"),
            phone, self._mail(fields), self._text(fields, "more"), value.line,
        )  # fmt: skip

    def _phone(self, fields: dict[str, Value], form: str) -> str:
        written = self._text(fields, "phone")
        phone = re.sub(r"\s", "", re.sub(r"^(\+|00)45", "", written))
        if phone and not re.fullmatch(form, phone):
            self._report(
                fields["phone"].key_line, f"»{written}« er ikke et telefonnummer.", 'Skriv de otte tal, fx "21621691".'
            )
            return ""
        return phone

    def _mail(self, fields: dict[str, Value]) -> str:
        mail = self._text(fields, "mail")
        if mail and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", mail, re.ASCII):
            self._report(fields["mail"].key_line, f"»{mail}« er ikke en mailadresse.", "Skriv den som navn@brondby.dk.")
        return mail

    def _banned_word(self, value: Value) -> BannedWord:
        fields = self._fields(value, "Ordet", {"word", "instead"})
        return BannedWord(self._text(fields, "word"), self._text(fields, "instead"))

    def _fields(
        self, value: Value, what: str, required: set[str], optional: frozenset[str] | set[str] = frozenset()
    ) -> dict[str, Value]:
        """Return the mapping's known fields and report the missing and the unknown ones."""
        if not isinstance(value.data, dict):
            self._report(value.line, f"{what} består ikke af linjer som »felt: værdi«.", "Skriv det som de andre.")
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

    def _quote(self, fields: dict[str, Value]) -> str:
        quote = self._text(fields, "quote")
        if quote and not words_of(quote):
            self._report(fields["quote"].key_line, "»quote« har ingen ord.", "Skriv kildens ord.")
        return quote

    def _texts(self, fields: dict[str, Value], key: str) -> tuple[str, ...]:
        texts: list[str] = []
        for part in self._items(fields, key):
            text = part.text().strip()
            if not text:
                self._report(
                    part.line, f"En linje under »{key}« har ingen tekst.", "Skriv en tekst, eller slet linjen."
                )
            elif text in texts:
                self._report(part.line, f"»{text}« står to gange under »{key}«.", "Slet den ene linje.")
            texts.append(text)
        return tuple(texts)

    def _line(self, fields: dict[str, Value], key: str, row: Value) -> int:
        """Return the line that a field stands on, or its row's where there is none."""
        return fields[key].key_line if key in fields else row.line

    def _id(self, fields: dict[str, Value], pattern: str) -> str:
        written = self._text(fields, "id")
        if written and not re.fullmatch(pattern, written):
            message = f"»{written}« kan ikke være et id her."
            self._report(fields["id"].key_line, message, "Se de andre id'er samme sted, og skriv det på samme måde.")
        return written

    def _flag(self, fields: dict[str, Value], key: str) -> bool:
        value = fields.get(key)
        flag = value.text().lower() if value else "false"
        if value and flag not in ("true", "false"):
            self._report(value.key_line, f"»{key}« er hverken true eller false.", "Skriv true eller false.")
        return flag == "true"

    def _items(self, fields: dict[str, Value], key: str) -> tuple[Value, ...]:
        value = fields.get(key)
        if value and not isinstance(value.data, tuple):
            self._report(value.key_line, f"»{key}« er ikke en liste.", "Skriv en linje med »- « foran for hvert punkt.")
        return value.items() if value else ()

    def _list(self, fields: dict[str, Value], key: str, read: Callable[[Value], _Record]) -> tuple[_Record, ...]:
        return tuple(read(item) for item in self._items(fields, key))

    def _report(self, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(CONTRACT_PATH, line, "P30", message, hint))


def _lines_of(key: str, fields: dict[str, Value]) -> range:
    """Return the lines from a field of the file to the next one, to no end for the last."""
    first = fields[key].key_line if key in fields else 0
    following = [field.key_line for field in fields.values() if field.key_line > first]
    return range(first, min(following, default=sys.maxsize)) if first else range(0)


def _duplicates(rows: Iterable[tuple[str, int]]) -> list[Finding]:
    first: dict[str, int] = {}
    findings = []
    for row_id, line in rows:
        if row_id and row_id in first:
            message = f"»{row_id}« står to gange (første gang i linje {first[row_id]})."
            hint = "Et id bruges kun én gang. Giv det nye sit eget."
            findings.append(Finding(CONTRACT_PATH, line, "P04", message, hint))
        first.setdefault(row_id, line)
    return findings
