"""The contract, read into records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from procedure.findings import Finding
from procedure.source.contract import Contract
from procedure.source.contract_reader import read_contract
from procedure.source.text import read_date
from procedure.source.yaml_reader import compare_keys
from procedure.words import DANISH

_WRITTEN = (Path(__file__).parents[1] / "cases/base/docs/procedure.yml").read_text("utf-8")


def _read(tmp_path: Path, *changes: tuple[str, str]) -> tuple[Contract, list[Finding]]:
    text = _WRITTEN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/procedure.yml").write_text(text, "utf-8")
    return read_contract(tmp_path, DANISH)


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
    assert (requirement.quote, requirement.every_path) == ("Ledelsen afslutter sagen.", False)
    lines = _WRITTEN.split("\n")
    assert lines[requirement.line - 1].strip() == "- id: B2"
    assert lines[requirement.quote_line - 1].strip() == f"quote: {requirement.quote}"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ringes til → Ring til", ""),
        ('"ringes til→Ring til"', ""),
        (
            'words: "ringes til → Ring til"\n                reason: Sagt til den, der har sagen.',
            "Sagt til den, der har sagen.",
        ),
    ],
)
def test_a_difference_is_written_as_words_with_or_without_a_reason(tmp_path: Path, written: str, reason: str) -> None:
    contract, findings = _read(tmp_path, ("ringes → Ring", written))
    assert findings == []
    (difference,) = contract.requirements["A2"].differs
    assert (difference.old, difference.new, difference.reason) == ("ringes til", "Ring til", reason)
    line = (tmp_path / "docs/procedure.yml").read_text("utf-8").split("\n")[difference.line - 1]
    assert line.strip().startswith("- ") and "ringes til" in line


@pytest.mark.parametrize(
    "written",
    [
        "ringes", "→ Ring", "ringes →", "[ringes, Ring]", "words: ringes → Ring", 'words: ""\n                reason: x',
        'words: ringes → Ring\n                reason: ""', "words: ringes\n                reason: x",
    ],
)  # fmt: skip
def test_a_difference_without_words_arrow_or_reason_is_one_fault(tmp_path: Path, written: str) -> None:
    _, findings = _read(tmp_path, ("ringes → Ring", written))
    assert [finding.code for finding in findings] == ["P30"]


def test_what_is_left_out_knows_where_it_stands_in_the_source(tmp_path: Path) -> None:
    contract, findings = _read(
        tmp_path, ("\nphases:", "\nleft_out:\n  - quote: (kladde)\n    after: A1\n    reason: Et mærke.\n\nphases:")
    )
    assert findings == []
    (row,) = contract.left_out
    assert (row.quote, row.after, row.reason) == ("(kladde)", "A1", "Et mærke.")
    parts = list(contract.parts())
    place = next(i for i, part in enumerate(parts) if part.id == "A1")
    assert (parts[place + 1].quote, parts[place + 1].line, parts[place + 1].id) == ("(kladde)", row.line, "")


def test_the_parts_end_to_end_are_title_headings_quotes_and_contacts_in_their_order(tmp_path: Path) -> None:
    parts = list(_read(tmp_path)[0].parts())
    assert [part.quote for part in parts] == [
        "Procedure for sager", "Modtag sagen", "Lyt:", "Spørg, hvad der er sket.", "Handl:",
        "Haster sagen, ringes til ledelsen.", "Lav et kort notat.", "Afslut sagen", "Følg op:", "Følg op efter en uge.",
        "Ledelsen afslutter sagen.", "Ledelsen, tlf. 12345678, ledelsen@skolen.dk",
    ]  # fmt: skip
    lines = _WRITTEN.split("\n")
    assert [part.quote for part in parts if part.quote.removesuffix(":") not in lines[part.line - 1]] == []


def test_whom_the_source_names_and_which_words_count_are_read(tmp_path: Path) -> None:
    contract, findings = _read(tmp_path, ("variants: []", "variants:\n    - [eventuelt, evt]"))
    assert findings == []
    (actor,) = contract.actors
    assert (actor.id, actor.name, actor.forms) == ("ledelsen", "Ledelsen", ("ledelsen",))
    assert [row.forms for row in contract.words.variants] == [("eventuelt", "evt")]
    assert (contract.words.guarded, contract.words.imperatives) == (("aldrig",), ("spørg", "lav"))
    assert contract.words.lines["guarded"] == {"guarded": 58, "aldrig": 58}
    assert contract.own_contacts == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("guarded: [aldrig]", "guarded:\n    - aldrig\n    - aldrig", 59),
        ("variants: []", "variants:\n    - [om, hvorvidt]\n    - [om, hvorvidt]", 58),
    ],
)
def test_a_word_that_counts_stands_once(tmp_path: Path, old: str, new: str, line: int) -> None:
    _, findings = _read(tmp_path, (old, new))
    assert [(finding.code, finding.line) for finding in findings] == [("P30", line)]


def test_a_contact_knows_the_day_it_was_confirmed(tmp_path: Path) -> None:
    (contact,) = _read(tmp_path)[0].contacts
    assert (contact.phone, contact.mail, contact.confirmed) == ("12345678", "ledelsen@skolen.dk", date(2026, 11, 1))
    assert not contact.never_confirmed


def test_a_contact_with_a_number_is_named_and_may_be_unconfirmed(tmp_path: Path) -> None:
    contract, findings = _read(tmp_path, ("    confirmed: 2026-11-01", "    confirmed: ukendt"))
    assert findings == []
    (contact,) = contract.contacts
    assert contact.has_number
    assert contact.never_confirmed
    assert contact.confirmed is None
    assert "K1" not in contract.held_to_the_letter


_NUMBER = [
    ("    role: Ring, hvis du er i tvivl.\n", ""),
    ('    phone: "12345678"\n', ""),
    ("    mail: ledelsen@skolen.dk\n", ""),
    ("    confirmed: 2026-11-01\n", ""),
]


def test_a_contact_without_a_number_needs_neither_role_nor_day_and_is_held_to_its_quote(tmp_path: Path) -> None:
    contract, findings = _read(tmp_path, *_NUMBER)
    assert findings == []
    (contact,) = contract.contacts
    assert not contact.has_number
    assert contract.held_to_the_letter["K1"] == contact


@pytest.mark.parametrize("missing", [_NUMBER[0], _NUMBER[3]])
@pytest.mark.parametrize("other", [(), _NUMBER[1:2], _NUMBER[2:3]])
def test_a_contact_with_a_number_needs_its_role_and_its_day(
    tmp_path: Path, missing: tuple[str, str], other: Sequence[tuple[str, str]]
) -> None:
    _, findings = _read(tmp_path, missing, *other)
    assert [finding.code for finding in findings] == ["P30"]
    assert missing[0].split(":")[0].strip() in findings[0].message


def test_several_faults_are_all_found(tmp_path: Path) -> None:
    _, findings = _read(
        tmp_path, ("number: 2", "number: to"), ("id: A3", "id: a3"), ("every_path: true", "every_path: 1")
    )
    assert [(finding.code, finding.line) for finding in findings] == [("P30", 15), ("P30", 24), ("P30", 27)]


def test_rows_that_do_not_fit_together_are_found_once_each_row_is_sound(tmp_path: Path) -> None:
    _, findings = _read(tmp_path, ("id: B1", "id: A1"), ("next: [to]", "next: [tre]"))
    assert [(finding.code, finding.line) for finding in findings] == [("P04", 35), ("P18", 8)]


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


@pytest.mark.parametrize(
    "written",
    ['"12 34 56 78"', '"+45 12345678"', '"+4512345678"', "0045 12 34 56 78", "12345678", '"12\u00a034 56 78"'],
)
def test_a_phone_number_is_read_as_people_write_it(tmp_path: Path, written: str) -> None:
    contract, findings = _read(tmp_path, ('phone: "12345678"', f"phone: {written}"))
    assert findings == []
    assert contract.contacts[0].phone == "12345678"


@pytest.mark.parametrize("written", ["ukendt", "Ukendt", "UKENDT"])
def test_an_unknown_day_may_begin_with_a_capital(tmp_path: Path, written: str) -> None:
    contract, findings = _read(tmp_path, ("confirmed: 2026-11-01", f"confirmed: {written}"))
    assert findings == []
    assert contract.contacts[0].never_confirmed


@pytest.mark.parametrize(("written", "flag"), [("true", True), ("True", True), ("TRUE", True), ("False", False)])
def test_a_flag_may_be_written_with_capitals(tmp_path: Path, written: str, flag: bool) -> None:
    contract, findings = _read(tmp_path, ("every_path: true", f"every_path: {written}"))
    assert findings == []
    assert contract.requirements["A1"].every_path is flag


def test_a_text_cut_by_a_number_sign_is_found_and_the_rest_is_still_read(tmp_path: Path) -> None:
    contract, findings = _read(tmp_path, ("title: Modtag sagen", "title: Modtag sag #1"))
    assert [(finding.code, finding.line) for finding in findings] == [("P38", 7)]
    assert contract.phases[0].title == "Modtag sag"
    assert len(contract.requirements) == 5


@pytest.mark.parametrize("written", ["'Modtag sag #1'", "Modtag sag#1", "|-\n      Modtag sag #1"])
def test_a_number_sign_that_cuts_nothing_is_no_fault(tmp_path: Path, written: str) -> None:
    _, findings = _read(tmp_path, ("title: Modtag sagen", f"title: {written}"))
    assert findings == []
