"""The source's own sentences: whom they name, and whom they speak to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procedure.source.contract import Actor, Contact, Contract, Requirement
from procedure.source.words import keys, places_of, words_of

_SENTENCE_ENDS = (".", "?", "!")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the source: one quote, or several that run on."""

    rows: tuple[Requirement, ...] | tuple[Contact, ...]

    @property
    def text(self) -> str:
        """The sentence in the source's words."""
        return " ".join(row.quote for row in self.rows)


def sentences(contract: Contract) -> Iterator[Sentence]:
    """Yield the source's sentences in its order. A quote without an end goes on with the next of its step."""
    for phase in contract.phases:
        for step in phase.steps:
            open_rows: list[Requirement] = []
            for requirement in step.requirements:
                open_rows.append(requirement)
                if requirement.quote.endswith(_SENTENCE_ENDS):
                    yield Sentence(tuple(open_rows))
                    open_rows = []
            if open_rows:
                yield Sentence(tuple(open_rows))
    for contact in contract.contacts:
        yield Sentence((contact,))


def naming(contract: Contract, actor: Actor) -> list[Sentence]:
    """Return the sentences that name the actor, in one of its forms."""
    forms = [keys(words_of(form)) for form in actor.forms]
    return [s for s in sentences(contract) if any(places_of(form, keys(words_of(s.text))) for form in forms)]


def speaks_to_reader(contract: Contract, requirement: Requirement) -> bool:
    """Return whether the quote tells whoever has the case to act; else the source names nobody who does."""
    return keys(words_of(requirement.quote))[:1] in {keys(words_of(verb)) for verb in contract.words.imperatives}
