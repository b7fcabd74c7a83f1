"""Reads `docs/procedure.yml` into the contract's records, and says where it is not of their form."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from procedure.findings import Finding
from procedure.source.contract import (
    CONTRACT_PATH,
    Actor,
    AddedContact,
    Contact,
    Contract,
    Difference,
    LeftOut,
    Phase,
    Requirement,
    Roles,
    Step,
    WebAddress,
)
from procedure.source.contract_fields import FieldReader
from procedure.source.text import read_date, read_text
from procedure.source.word_lists import BannedWord, Variant, WordLists
from procedure.source.words import words_of
from procedure.source.yaml_reader import Value, read_yaml
from procedure.words import Words

_ARROW = "→"
_OPTIONAL_ROLES = frozenset({"guide", "supplement", "statement"})


def read_contract(root: Path, words: Words) -> tuple[Contract, list[Finding]]:
    """Read `procedure.yml`, where numbers are written as the words say.

    Faults in its form (C11, C12, P30, P38) and in how its rows fit together (P03, P04, P18, P23) are findings;
    what is sound is kept.
    """
    source, findings = read_text(root, CONTRACT_PATH)
    value, yaml_findings = read_yaml(source.text, CONTRACT_PATH)
    read = findings + yaml_findings
    if any(finding.code in ("C11", "C12") for finding in read):
        return Contract.empty(), read
    reader = _Reader(words)
    contract = reader.contract(value)
    # Where a row of a phase is not whole, its id may be missing too.
    is_whole = all(finding.line not in contract.phase_lines for finding in reader.findings) and contract.phase_lines
    return contract, [*read, *reader.findings, *(reader.contradictions(contract) if is_whole else ())]


class _Reader(FieldReader):
    """Turns YAML values into records."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._ways_on: list[tuple[str, str, int]] = []

    def contract(self, value: Value) -> Contract:
        required = {"source", "year", "phases", "contacts", "actors", "words", "banned_words", "pages"}
        fields = self.fields(
            value, "procedure.yml", required, {"left_out", "own_contacts", "added_contacts", "emergency", "addresses"}
        )
        return Contract(
            self.text(fields, "source"),
            self.line(fields, "source", value),
            self.text(fields, "year"),
            self.rows(fields, "left_out", self._left_out),
            self.rows(fields, "phases", self._phase),
            self.rows(fields, "contacts", self._contact),
            self.texts(fields, "own_contacts"),
            self.rows(fields, "added_contacts", self._added_contact),
            self._added_contact(fields["emergency"]) if "emergency" in fields else None,
            self.rows(fields, "addresses", lambda value: WebAddress(value.text().strip(), value.line)),
            self.rows(fields, "actors", self._actor),
            self._word_lists(fields["words"]) if "words" in fields else WordLists((), (), ()),
            self.rows(fields, "banned_words", self._banned_word),
            self._roles(fields["pages"]) if "pages" in fields else Roles(),
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
        fields = self.fields(value, "Fasen", {"number", "id", "title", "next", "steps"})
        phase_id = self.id(fields, r"[a-z][a-z-]*")
        ways_on = [(phase_id, part.text(), part.line) for part in self.items(fields, "next")]
        self._ways_on += ways_on
        following = tuple(way[1] for way in ways_on)
        steps = self.rows(fields, "steps", lambda step: self._step(step, phase_id))
        number = self.text(fields, "number")
        if "number" in fields and not re.fullmatch(r"[1-9][0-9]?", number):
            self.report(fields["number"].key_line, "»number« er ikke et tal.", "Skriv fasens nummer: 1, 2, 3 …")
        return Phase(
            int(number) if re.fullmatch(r"[1-9][0-9]?", number) else 0,
            phase_id, self.text(fields, "title"), following, steps, value.line, self.line(fields, "title", value),
        )  # fmt: skip

    def _step(self, value: Value, phase_id: str) -> Step:
        fields = self.fields(value, "Trinnet", {"id", "title", "requirements"})
        step_id = self.id(fields, r"[a-z][a-z-]*")
        requirements = self.rows(fields, "requirements", lambda row: self._requirement(row, phase_id, step_id))
        return Step(step_id, self.text(fields, "title"), requirements, value.line, self.line(fields, "title", value))

    def _requirement(self, value: Value, phase_id: str, step_id: str) -> Requirement:
        fields = self.fields(value, "Kravet", {"id", "quote"}, {"every_path", "differs", "call"})
        return Requirement(
            self.id(fields, r"[A-Z][0-9]+"), self.quote(fields), self.rows(fields, "differs", self._difference),
            phase_id, step_id, self.flag(fields, "every_path"), value.line, self.line(fields, "quote", value),
            self.texts(fields, "call") if "call" in fields else None, self.line(fields, "call", value),
        )  # fmt: skip

    def _difference(self, value: Value) -> Difference:
        """Read a row that is either `old → new` or a mapping with that as `words`, and a reason."""
        written, reason = value.text(), ""
        if not isinstance(value.data, str):
            fields = self.fields(value, "Forskellen", {"words", "reason"})
            written, reason = self.text(fields, "words"), self.text(fields, "reason")
        old, arrow, new = (part.strip() for part in written.partition(_ARROW))
        if (written or isinstance(value.data, str)) and not (words_of(old) and arrow and words_of(new)):
            message = f"»{written}« siger ikke, hvad der står i kilden, og hvad siden skriver."
            self.report(value.line, message, f'Skriv det som "ord i kilden {_ARROW} ord på siden".')
        return Difference(old, new, reason, value.line)

    def _left_out(self, value: Value) -> LeftOut:
        fields = self.fields(value, "Det udeladte", {"quote", "after", "reason"})
        quote, after, reason = (self.text(fields, key) for key in ("quote", "after", "reason"))
        return LeftOut(quote, after, reason, self.line(fields, "quote", value))

    def _actor(self, value: Value) -> Actor:
        fields = self.fields(value, "Aktøren", {"id", "name", "forms"})
        actor_id = self.id(fields, r"[a-z][a-z-]*")
        return Actor(actor_id, self.text(fields, "name"), self.texts(fields, "forms"), value.line)

    def _word_lists(self, value: Value) -> WordLists:
        fields = self.fields(value, "»words«", {"variants", "guarded", "imperatives"}, {"contact"})
        rows = self.rows(fields, "variants", self._variant)
        variants = tuple(variant for variant in rows if len(variant.forms) > 1)
        for number, variant in enumerate(variants):
            if any(other.forms == variant.forms for other in variants[:number]):
                self.report(variant.line, "Rækken står to gange under »variants«.", "Slet den ene linje.")
        guarded, imperatives, contact = (self.texts(fields, key) for key in ("guarded", "imperatives", "contact"))
        lines = {
            key: {key: fields[key].key_line, **{part.text().strip(): part.line for part in fields[key].items()}}
            for key in fields.keys() - {"variants"}
        }
        return WordLists(variants, guarded, imperatives, contact, lines)

    def _variant(self, value: Value) -> Variant:
        forms = tuple(form.text().strip() for form in value.items())
        if len(forms) < 2 or not all(forms):
            message = "Rækken under »variants« er ikke en liste med mindst to former."
            self.report(value.line, message, "Skriv den som - [eventuelt, evt].")
        return Variant(forms, value.line)

    def _contact(self, value: Value) -> Contact:
        has_number = not value.mapping().keys().isdisjoint({"phone", "mail"})
        required = {"id", "name", "quote"} | ({"role", "confirmed"} if has_number else set())
        fields = self.fields(value, "Kontakten", required, {"role", "phone", "mail", "confirmed", "differs"})
        phone, mail = self._phone(fields), self._mail(fields)
        confirmed = self.text(fields, "confirmed")
        return Contact(
            self.id(fields, r"[A-Z][0-9]+"), self.text(fields, "name"), self.quote(fields),
            self.rows(fields, "differs", self._difference), self.text(fields, "role"), phone, mail,
            read_date(confirmed), value.line, self.line(fields, "quote", value),
            confirmed, self.line(fields, "confirmed", value),
        )  # fmt: skip

    def _added_contact(self, value: Value) -> AddedContact:
        fields = self.fields(value, "Kontakten", {"id", "name", "phone"}, {"role", "mail", "more"})
        phone = self._phone(fields, also_short=True)
        return AddedContact(
            self.id(fields, r"[A-Z][0-9]+"), self.text(fields, "name"), self.text(fields, "role"),
            phone, self._mail(fields), self.text(fields, "more"), value.line,
        )  # fmt: skip

    def _phone(self, fields: dict[str, Value], *, also_short: bool = False) -> str:
        written = self.text(fields, "phone")
        phone = self._words.read_phone(written, also_short=also_short) if written else ""
        if phone is None:
            hint = f'Skriv alle tallene, fx "{self._words.example_digits}".'
            self.report(fields["phone"].key_line, f"»{written}« er ikke et telefonnummer.", hint)
        return phone or ""

    def _mail(self, fields: dict[str, Value]) -> str:
        mail = self.text(fields, "mail")
        if mail and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", mail, re.ASCII):
            self.report(fields["mail"].key_line, f"»{mail}« er ikke en mailadresse.", "Skriv den som navn@kommunen.dk.")
        return mail

    def _roles(self, value: Value) -> Roles:
        fields = self.fields(value, "»pages«", {"overview", "contacts", "right_now"}, _OPTIONAL_ROLES)
        paths = {key: self._path(fields, key) for key in fields if key != "right_now"}
        right_now = self._named(fields, "right_now", r"[a-z][a-z0-9-]*", "lige-nu")
        return Roles(**paths, right_now=right_now, lines={key: field.key_line for key, field in fields.items()})

    def _path(self, fields: dict[str, Value], key: str) -> str:
        written = self._named(fields, key, r"([a-z0-9-]+/)*[a-z0-9-]+\.md", "mappe/side.md")
        return f"docs/{written}" if written else ""

    def _named(self, fields: dict[str, Value], key: str, pattern: str, example: str) -> str:
        """Return the name in a field, or nothing where there is none of that form, which is reported."""
        written = self.text(fields, key)
        if written and not re.fullmatch(pattern, written):
            self.report(fields[key].key_line, f"»{written}« kan ikke være »{key}«.", f"Skriv det som {example}.")
            return ""
        return written

    def _banned_word(self, value: Value) -> BannedWord:
        fields = self.fields(value, "Ordet", {"word", "instead"})
        return BannedWord(self.text(fields, "word"), self.text(fields, "instead"))


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
