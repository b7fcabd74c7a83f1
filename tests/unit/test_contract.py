"""The contract, read into records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from procedure.findings import Finding
from procedure.source.contract import Contract
from procedure.source.contract_reader import read_contract
from procedure.source.text import read_date
from procedure.source.yaml_reader import compare_keys

_WRITTEN = (Path(__file__).parents[1] / "cases/base/docs/procedure.yml").read_text("utf-8")


def _read(tmp_path: Path, *changes: tuple[str, str]) -> tuple[Contract, list[Finding]]:
    text = _WRITTEN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/procedure.yml").write_text(text, "utf-8")
    return read_contract(tmp_path)


def test_phases_steps_and_requirements_come_in_their_order(tmp_path: Path) -> None:
    contract, findings = _read(tmp_path)
    assert findings == []
    assert [(phase.number, phase.id, phase.heading, phase.following) for phase in contract.phases] == [
        (1, "en", "1. Modtag sagen", ("to",)),
        (2, "to", "2. Afslut sagen", ()),
    ]
    assert [step.id for step in contract.phases[0].steps] == ["lyt", "handl"]
    assert list(contract.requirements) == ["A1", "A2", "A3", "B1", "B2"]


def test_a_requirement_knows_its_place_and_its_line(tmp_path: Path) -> None:
    requirement = _read(tmp_path)[0].requirements["B2"]
    assert (requirement.phase, requirement.step) == ("to", "foelg-op")
    assert (requirement.every_path, requirement.information_only) == (False, True)
    assert _WRITTEN.split("\n")[requirement.line - 1].strip() == "- id: B2"


def test_a_contact_knows_the_day_it_was_confirmed(tmp_path: Path) -> None:
    (contact,) = _read(tmp_path)[0].contacts
    assert (contact.phone, contact.mail, contact.confirmed) == ("12345678", "ledelsen@skolen.dk", date(2026, 11, 1))
    assert not contact.never_confirmed


def test_a_contact_may_be_unconfirmed_and_without_phone_or_mail(tmp_path: Path) -> None:
    contract, findings = _read(
        tmp_path,
        ("    confirmed: 2026-11-01", "    confirmed: ukendt"),
        ('    phone: "12345678"\n', ""),
        ("    mail: ledelsen@skolen.dk\n", ""),
    )
    assert findings == []
    assert contract.contacts[0].never_confirmed
    assert contract.contacts[0].confirmed is None


def test_several_faults_are_all_found(tmp_path: Path) -> None:
    _, findings = _read(
        tmp_path, ("number: 2", "number: to"), ("id: A3", "id: a3"), ("information_only: true", "information_only: 1")
    )
    assert [(finding.code, finding.line) for finding in findings] == [("P30", 21), ("P30", 37), ("P30", 24)]


def test_rows_that_do_not_fit_together_are_found_once_each_row_is_sound(tmp_path: Path) -> None:
    _, findings = _read(tmp_path, ("id: B1", "id: A1"), ("next: [to]", "next: [tre]"))
    assert [(finding.code, finding.line) for finding in findings] == [("P04", 32), ("P18", 7)]


@pytest.mark.parametrize(
    "written", ["2026-1-1", "20261122", "2026-02-30", "22-11-2026", "2026-11-22 ", "２０２６-11-22", ""]
)
def test_only_a_whole_day_is_a_date(written: str) -> None:
    assert read_date(written) is None


def test_a_day_is_read() -> None:
    assert read_date("2028-02-29") == date(2028, 2, 29)


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    missing, unknown = compare_keys(["navn", "b"], ["name", "b"], ["name", "b", "c"])
    assert missing == []
    assert unknown == {"navn": "Ret navnet til et af disse: name."}


def test_missing_and_unknown_keys_are_told_apart() -> None:
    assert compare_keys(["a"], ["a", "b"], ["a", "b"]) == (["b"], {})
    assert compare_keys(["a", "x"], ["a"], ["a", "b"]) == ([], {"x": "Ret navnet til et af disse: a, b."})
