"""The source's sentences: how quotes join, whom they name, and whom they speak to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from procedure.derive.sentences import naming, sentences, speaks_to_reader
from procedure.model import Procedure
from procedure.source.contract import Actor, Contact, Contract, Phase, Requirement, Step
from procedure.source.word_lists import WordLists

_CONTACT = Contact("K1", "Rådet", "Spørg rådet", (), "", "", "", None, 1, 1)


def _contract(*steps: tuple[str, ...]) -> Contract:
    """Return a contract with a phase of these steps, each of the quotes of its requirements."""
    numbers = iter(range(1, 99))
    made = tuple(
        Step(f"s{place}", "", tuple(_requirement(f"A{next(numbers)}", quote) for quote in quotes), 1, 1)
        for place, quotes in enumerate(steps)
    )
    phase = Phase(1, "en", "", (), made, 1, 1)
    words = WordLists((), (), ("få", "spørg"))
    return replace(Contract.empty(), phases=(phase,), contacts=(_CONTACT,), words=words)


def _requirement(row_id: str, quote: str) -> Requirement:
    return Requirement(row_id, quote, (), "en", "s0", False, 1, 1)


def _texts(contract: Contract) -> list[str]:
    return [sentence.text for sentence in sentences(contract)]


def test_a_quote_without_an_end_goes_on_with_the_next_of_its_step() -> None:
    contract = _contract(
        ("Spørg, hvad der er sket,", "hvem der var med", "og hvor.", "Er det nu?", "Nu!", "Se mere på siden")
    )
    assert _texts(contract) == [
        "Spørg, hvad der er sket, hvem der var med og hvor.", "Er det nu?", "Nu!", "Se mere på siden", "Spørg rådet",
    ]  # fmt: skip
    ids = [[row.id for row in sentence.rows] for sentence in sentences(contract)]
    assert ids == [["A1", "A2", "A3"], ["A4"], ["A5"], ["A6"], ["K1"]]


def test_no_sentence_goes_on_in_the_next_step_or_among_the_contacts() -> None:
    assert _texts(_contract(("Se mere på siden",), ("Ring,",))) == ["Se mere på siden", "Ring,", "Spørg rådet"]


@pytest.mark.parametrize(
    ("forms", "found"),
    [
        (("ledelsen",), ["A1"]),
        (("SKOLENS  ledelse", "rektor"), ["A2"]),
        (("skolen",), []),
        (("ledelse", "ledelsen"), ["A1", "A2"]),
        (("rådet",), ["K1"]),
        (("en elev",), []),
    ],
)
def test_a_sentence_names_an_actor_by_a_whole_form_in_any_case(forms: tuple[str, ...], found: list[str]) -> None:
    contract = _contract(("Kontakt Ledelsen.", "Hør skolens ledelse.", "Hør en klog elev."))
    named = naming(contract, Actor("x", "X", forms, 1))
    assert [sentence.rows[0].id for sentence in named] == found


def test_a_form_that_runs_over_two_quotes_of_one_sentence_is_found() -> None:
    contract = _contract(("Det gøres af skolens", "ledelse."))
    assert [s.text for s in naming(contract, Actor("x", "X", ("skolens ledelse",), 1))] == [
        "Det gøres af skolens ledelse."
    ]


@pytest.mark.parametrize(
    ("quote", "is_spoken_to"),
    [
        ("Få et overblik.", True),
        ("»SPØRG« rådet.", True),
        ("Der spørges.", False),
        ("Hvis du får noget, så spørg.", False),
        ("Fået noget?", False),
        ("–", False),
    ],
)
def test_a_quote_that_begins_with_an_order_speaks_to_whoever_has_the_case(quote: str, is_spoken_to: bool) -> None:
    contract = _contract((quote,))
    assert speaks_to_reader(contract, contract.requirements["A1"]) is is_spoken_to


def test_the_real_sentences_are_all_of_the_source_once_and_each_actor_is_named(procedure: Procedure) -> None:
    contract = procedure.contract
    rows = [row.id for sentence in sentences(contract) for row in sentence.rows]
    assert rows == [*contract.requirements, *(contact.id for contact in contract.contacts)]
    joined = [[row.id for row in sentence.rows] for sentence in sentences(contract) if len(sentence.rows) > 1]
    assert joined == [
        ["V2", "V3", "V4"],
        ["V5", "V6"],
        ["D6", "D9"],
        ["H3", "H4", "H5"],
        ["B5", "B6"],
        ["S4", "S5", "S6"],
    ]
    assert [actor.id for actor in contract.actors if not naming(contract, actor)] == []


def test_no_form_of_an_actor_is_one_that_the_source_does_not_use(procedure: Procedure) -> None:
    unused = [
        form
        for actor in procedure.contract.actors
        for form in actor.forms
        if not naming(procedure.contract, replace(actor, forms=(form,)))
    ]
    assert unused == []
