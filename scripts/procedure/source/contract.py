"""The contract, `docs/procedure.yml`: what the procedure must contain, as fixed records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from procedure.source.word_lists import BannedWord, WordLists

CONTRACT_PATH = "docs/procedure.yml"
UNKNOWN = "ukendt"


@dataclass(frozen=True)
class Difference:
    """Words of a quote that the site says otherwise: `old` in the quote is `new` in the wording.

    `reason` is why, where a word that must not change is touched; else it may be empty.
    """

    old: str
    new: str
    reason: str
    line: int


@dataclass(frozen=True)
class Requirement:
    """One instruction of the source.

    `quote` is the source's own words and `differs` what the site says otherwise. `every_path`: no way
    through its phase may go round it. `call` are the ids of those whose numbers are shown where it is said,
    or None where the contract does not say.
    """

    id: str
    quote: str
    differs: tuple[Difference, ...]
    phase: str
    step: str
    every_path: bool
    line: int
    quote_line: int
    call: tuple[str, ...] | None = None
    call_line: int = 0


@dataclass(frozen=True)
class Step:
    """A heading of the source inside a phase."""

    id: str
    title: str
    requirements: tuple[Requirement, ...]
    line: int
    title_line: int


@dataclass(frozen=True)
class Phase:
    """One of the source's numbered parts; `following` are the ids of the phases it leads to."""

    number: int
    id: str
    title: str
    following: tuple[str, ...]
    steps: tuple[Step, ...]
    line: int
    title_line: int

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
    """Somebody to turn to, with what the source says of them.

    One without a number is shown as a sentence, in the site's wording of its quote. The others are shown
    by name, role and number, which change more often than the source does. `confirmed` is the day the
    row was last found right, or None where it never was or where `confirmed_text`, what is written, is
    no day.
    """

    id: str
    name: str
    quote: str
    differs: tuple[Difference, ...]
    role: str
    phone: str
    mail: str
    confirmed: date | None
    line: int
    quote_line: int
    confirmed_text: str = ""
    confirmed_line: int = 0

    @property
    def has_number(self) -> bool:
        """Whether the row has a phone number or a mail address."""
        return bool(self.phone or self.mail)

    @property
    def never_confirmed(self) -> bool:
        """Whether the row says that nobody has confirmed it."""
        return self.confirmed_text.lower() == UNKNOWN


@dataclass(frozen=True)
class AddedContact:
    """Somebody to turn to whom the source gives no number of: shown with the mark of what is added.

    `more` is the id of the heading on the supplement's page where there is more to read, or empty.
    """

    id: str
    name: str
    role: str
    phone: str
    mail: str
    more: str
    line: int


@dataclass(frozen=True)
class WebAddress:
    """A web address that the source names and that works as it is written (`politi.dk/anmeld`)."""

    text: str
    line: int


@dataclass(frozen=True)
class LeftOut:
    """Words in the source that are no part of the procedure; they stand after the part with the id `after`."""

    quote: str
    after: str
    reason: str
    line: int


@dataclass(frozen=True)
class Actor:
    """Somebody whom the source names; `forms` are the ways it does so."""

    id: str
    name: str
    forms: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Part:
    """A piece of the source in its own words. `id` is that of a requirement or a contact, or empty."""

    id: str
    quote: str
    line: int


@dataclass(frozen=True)
class Roles:
    """Which page has which role, each by its path from the project root, or empty where none has.

    `statement` says how accessible the site is. `right_now` is the name of the checklist for whoever has just been
    told, before any phase. `lines` are where the contract says so.
    """

    guide: str = ""
    overview: str = ""
    contacts: str = ""
    supplement: str = ""
    statement: str = ""
    right_now: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """Everything in `procedure.yml`. `source` is the procedure's own title, `year` the year it is from.

    `emergency` is the added number that stands first where a reader begins, or None. `phase_lines` are the lines that
    the phases are written on.
    """

    source: str
    source_line: int
    year: str
    left_out: tuple[LeftOut, ...]
    phases: tuple[Phase, ...]
    contacts: tuple[Contact, ...]
    own_contacts: tuple[str, ...]
    added_contacts: tuple[AddedContact, ...]
    emergency: AddedContact | None
    addresses: tuple[WebAddress, ...]
    actors: tuple[Actor, ...]
    words: WordLists
    banned_words: tuple[BannedWord, ...]
    roles: Roles = Roles()
    phase_lines: range = range(0)

    @classmethod
    def empty(cls) -> Contract:
        """Return what stands for a contract that cannot be read."""
        return cls("", 1, "", (), (), (), (), (), None, (), (), WordLists((), (), ()), ())

    @property
    def requirements(self) -> dict[str, Requirement]:
        """Every requirement by its id, in the source's order."""
        return {r.id: r for phase in self.phases for r in phase.requirements}

    @property
    def row_lines(self) -> Iterator[int]:
        """The line that each row begins on: a phase, a step, a requirement, a contact or one of the others."""
        for phase in self.phases:
            yield phase.line
            for step in phase.steps:
                yield step.line
                yield from (requirement.line for requirement in step.requirements)
        yield from (contact.line for contact in self.contacts)
        yield from (added.line for added in self.every_added)
        yield from (row.line for row in self.left_out)
        yield from (address.line for address in self.addresses)
        yield from (actor.line for actor in self.actors)
        yield from (variant.line for variant in self.words.variants)

    @property
    def numbers(self) -> tuple[Contact, ...]:
        """The contacts with a number."""
        return tuple(contact for contact in self.contacts if contact.has_number)

    @property
    def every_added(self) -> tuple[AddedContact, ...]:
        """The numbers that are not in the source."""
        return (*self.added_contacts, *((self.emergency,) if self.emergency else ()))

    @property
    def sentences(self) -> dict[str, Contact]:
        """The contacts without a number, by id: what the source says of them is a sentence on the site."""
        return {contact.id: contact for contact in self.contacts if not contact.has_number}

    @property
    def held_to_the_letter(self) -> dict[str, Requirement | Contact]:
        """Whatever the site must say in its quote's words, by id in the source's order.

        A contact's name and number change more often than the source does, so those rows are left out.
        """
        return {**self.requirements, **self.sentences}

    @property
    def lead(self) -> Contact | None:
        """Whom to ask in doubt: the first contact."""
        return self.contacts[0] if self.contacts else None

    def phase(self, phase_id: str) -> Phase | None:
        """Return the phase with this id, or None."""
        return next((phase for phase in self.phases if phase.id == phase_id), None)

    def parts(self) -> Iterator[Part]:
        """Yield the source part by part, as the contract has it: end to end they are the whole source."""
        yield Part("", self.source, self.source_line)
        for phase in self.phases:
            yield Part("", phase.title, phase.title_line)
            for step in phase.steps:
                yield Part("", f"{step.title}:", step.title_line)
                for requirement in step.requirements:
                    yield from self._with_left_out(Part(requirement.id, requirement.quote, requirement.quote_line))
        for contact in self.contacts:
            yield from self._with_left_out(Part(contact.id, contact.quote, contact.quote_line))

    def _with_left_out(self, part: Part) -> Iterator[Part]:
        yield part
        for row in self.left_out:
            if row.after == part.id:
                yield Part("", row.quote, row.line)
