"""What is said of contacts, phases and pages."""

from __future__ import annotations

from datetime import date

import pytest

from procedure.phrases import both_may_apply, confirmation, contact_state, phase_label, review_state, way_on
from procedure.source.contract import Contact, Phase
from procedure.words import DANISH

_DAY, _LATER = date(2026, 11, 1), date(2026, 11, 28)


def _contact(phone: str = "12345678", mail: str = "", confirmed: date | None = None) -> Contact:
    return Contact("K1", "Navn", "Citat", (), "", phone, mail, confirmed, 1, 1)


def _phase(number: int, title: str) -> Phase:
    return Phase(number, "en", title, (), (), 1, 1)


def test_a_contact_says_its_day_only_where_it_has_one() -> None:
    assert DANISH.day(_DAY) in confirmation(DANISH, _contact(confirmed=_DAY))
    assert confirmation(DANISH, _contact()) == ""


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ([], ""),
        # A sentence has no number that could be wrong.
        ([_contact("", "")], ""),
        ([_contact(confirmed=_DAY)], "Bekræftet 1. november 2026."),
        ([_contact("", "a@b.dk", _DAY), _contact("", ""), _contact(confirmed=_DAY)], "Bekræftet 1. november 2026."),
        ([_contact(confirmed=_LATER), _contact(confirmed=_DAY)], "Bekræftet 1. november 2026 eller senere."),
    ],
)
def test_where_every_number_has_its_day_the_first_of_them_is_said(contacts: list[Contact], said: str) -> None:
    assert contact_state(DANISH, contacts) == said


@pytest.mark.parametrize("other", [_contact(), _contact("", "a@b.dk"), _contact("", "")])
def test_where_no_number_has_a_day_it_is_said_of_all(other: Contact) -> None:
    assert contact_state(DANISH, [other, _contact()]) == "Navne og numre er ikke efterprøvet."


def test_where_some_have_a_day_the_others_are_named() -> None:
    assert contact_state(DANISH, [_contact(), _contact("", "a@b.dk", _DAY)]) == f"Ikke efterprøvet: {_contact().name}."


def test_a_page_without_a_day_of_review_has_not_been_reviewed() -> None:
    assert "1. november 2026" in review_state(DANISH, "2026-11-01")
    assert review_state(DANISH, "") == review_state(DANISH, "ukendt") != review_state(DANISH, "2026-11-01")


def test_a_phase_is_named_where_it_begins_and_where_something_leads_to_it() -> None:
    phase = _phase(2, "Dokumenter krænkelsen")
    assert phase_label(DANISH, phase) == "Fase 2: Dokumenter krænkelsen"
    assert way_on(DANISH, phase) == "Videre til fase 2: Dokumenter krænkelsen"


def test_what_the_source_leaves_open_names_each_phase_by_its_number() -> None:
    assert (
        both_may_apply(DANISH, [_phase(3, "A"), _phase(4, "B")])
        == "Proceduren siger ikke, at fase 3 og fase 4 udelukker hinanden."
    )
