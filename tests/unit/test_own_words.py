"""What the engine says to readers, in Danish or in a project's own words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import procedure
from procedure.findings import Finding
from procedure.source.link_report import Answer
from procedure.source.own_words import WORDS_PATH, read_words
from procedure.words import DANISH, Words

_ENGINE = Path(procedure.__file__).parent
_DAY = date(2026, 11, 1)


def _read(root: Path, text: str) -> tuple[Words, list[Finding]]:
    (root / "docs").mkdir()
    (root / WORDS_PATH).write_text(text, "utf-8")
    return read_words(root)


def _literals() -> Iterator[str]:
    for path in _ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_word_is_said_somewhere_and_nothing_is_said_that_is_no_word() -> None:
    keys = {re.sub(r"\.(one|other)$", "", key) for key in (*DANISH.texts, *DANISH.lists)}
    literals = set(_literals()) | {answer.name.lower() for answer in Answer}
    # Some are put together of literals, as `f"approval.{name}"`.
    cuts = {key: [key[: dot + 1] for dot, sign in enumerate(key) if sign == "."] for key in keys}
    said = {
        key
        for key in keys
        if any(cut in literals and literals.issuperset(key.removeprefix(cut).split(".")) for cut in cuts[key])
    }
    groups = "|".join({key.partition(".")[0] for key in keys})
    named = {literal for literal in literals if re.fullmatch(rf"({groups})\.(?!typ$)[a-z_.]*[a-z]", literal)}
    assert (keys - said - literals, named - keys) == (set(), set())


def test_a_day_and_a_number_are_written_as_they_are_read_aloud() -> None:
    assert DANISH.day(_DAY) == "1. november 2026"
    assert [DANISH.phone_number(digits) for digits in ("21621691", "112", "")] == ["21 62 16 91", "112", ""]
    assert [DANISH.phone_address(digits) for digits in ("21621691", "112")] == ["tel:+4521621691", "tel:112"]


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("21 62 16 91", "21621691"),
        ("+45 2162 1691", "21621691"),
        ("0045 21621691", "21621691"),
        ("112", "112"),
        ("21-62-16-91", None),
        ("2162169", None),
        ("+46 21621691", None),
        ("²1621691", None),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, digits: str | None) -> None:
    assert DANISH.read_phone(written, also_short=True) == digits
    assert DANISH.read_phone("112", also_short=False) is None


def test_what_is_counted_is_said_of_one_and_of_several() -> None:
    assert [DANISH.count("diagram.routes", count) for count in (1, 96)] == ["1 vej", "96 veje"]
    assert [DANISH.read_count(text, "status.months") for text in ("1 måned", "12 måneder", "12 uger")] == [1, 12, None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Læst 1. november 2026. Tilføjet 3. maj 2026.", _DAY),
        ("Ulæst 1. november 2026.", None),
        ("Læst 31. februar 2026.", None),
        ("Læst i november.", None),
    ],
)
def test_a_day_is_found_after_the_words_before_it(text: str, day: date | None) -> None:
    assert DANISH.read_day(text, "supplement.read_on") == day


def test_a_project_without_words_of_its_own_has_the_danish_ones(tmp_path: Path) -> None:
    assert read_words(tmp_path) == (DANISH, [])


def test_words_of_its_own_stand_in_place_of_the_danish_ones_and_the_others_stay(tmp_path: Path) -> None:
    own = """
language: en
dates:
  day: "{month} {day}, {year}"
  months: [January, February, March, April, May, June, July, August, September, October, November, December]
phones:
  country_code: "+1"
  forms: ["(000) 000-0000", "000-0000"]
guide: {back: Back}
"""
    words, findings = _read(tmp_path, own)
    assert findings == []
    assert (words.language, words.text("guide.back"), words.text("guide.go_on")) == ("en", "Back", "Fortsæt")
    assert words.day(_DAY) == "November 1, 2026"
    assert words.read_day("Læst November 1, 2026.", "supplement.read_on") == _DAY
    assert [words.phone_number(digits) for digits in ("2025550143", "5550143")] == ["(202) 555-0143", "555-0143"]
    assert words.phone_address("2025550143") == "tel:+12025550143"
    assert words.read_phone("+1 (202) 555-0143", also_short=False) == "2025550143"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("guide:\n  bakc: Back\n", 2, "»bakc« kendes ikke her."),
        ("\nguide: Back\n", 2, "»guide« består ikke af linjer som »felt: værdi«."),
        ("guide:\n  back:\n", 2, "»guide.back« har ingen tekst."),
        ("guide:\n  back: [Back]\n", 2, "»guide.back« har ingen tekst."),
        ("status:\n  edition: Edition\n", 2, "»status.edition« har ikke de pladser, som programmet fylder ud."),
        ("guide:\n  back: Back {day}\n", 2, "»guide.back« har ikke de pladser, som programmet fylder ud."),
        (
            'dates:\n  day: "{day}/{day} {month} {year}"\n',
            2,
            "»dates.day« har ikke de pladser, som programmet fylder ud.",
        ),
        ('phones:\n  forms: ["-"]\n', 2, "»-« kan ikke stå under »phones.forms«."),
        ("sheet:\n  answers: [Yes]\n", 2, "»sheet.answers« er ikke en liste med 2 tekster."),
        ("phones:\n  forms: []\n", 2, "»phones.forms« er ikke en liste med en eller flere tekster."),
        ("folders:\n  phases: Faser\n", 2, "»Faser« kan ikke være »folders.phases«."),
        ("sections:\n  steps: {id: trin et}\n", 2, "»trin et« kan ikke være »sections.steps.id«."),
        ("language: engelsk\n", 1, "»engelsk« kan ikke være »language«."),
        ("phones:\n  country_code: 45\n", 2, "»45« kan ikke være »phones.country_code«."),
        ("phones:\n  forms: [ring]\n", 2, "»ring« kan ikke stå under »phones.forms«."),
    ],
)
def test_what_cannot_be_said_is_a_finding_and_the_danish_word_stays(
    text: str, line: int, message: str, tmp_path: Path
) -> None:
    words, findings = _read(tmp_path, text)
    assert [(f.path, f.line, f.code, f.message) for f in findings] == [(WORDS_PATH, line, "P30", message)]
    assert words == DANISH


def test_a_file_of_words_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    words, findings = _read(tmp_path, "guide: {back: Back\n")
    assert ([f.code for f in findings], words) == (["C12"], DANISH)
