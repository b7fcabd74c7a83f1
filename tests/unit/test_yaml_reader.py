"""YAML with line numbers."""

from __future__ import annotations

import pytest

from procedure.source.yaml_reader import read_yaml


def test_every_value_knows_its_line() -> None:
    value, findings = read_yaml("a: 1\nb:\n  - x\n  - y: z\n", "f.yml")
    assert findings == []
    fields = value.mapping()
    assert (fields["a"].line, fields["b"].key_line, fields["b"].line) == (1, 2, 3)
    assert [item.line for item in fields["b"].items()] == [3, 4]
    assert fields["b"].items()[1].mapping()["y"].key_line == 4


def test_lines_are_counted_from_where_the_text_begins_in_its_file() -> None:
    value, findings = read_yaml("a: 1\nb: c: d\n", "f.md", first_line=2)
    assert [(finding.code, finding.line) for finding in findings] == [("C12", 3)]
    value, _ = read_yaml("a: 1\nb: 2\n", "f.md", first_line=2)
    assert value.mapping()["b"].key_line == 3


def test_scalars_stay_as_they_are_written() -> None:
    value, _ = read_yaml("dag: 2026-11-22\nja: true\ntal: 012\ntom:\n", "f.yml")
    assert {key: field.text() for key, field in value.mapping().items()} == {
        "dag": "2026-11-22", "ja": "true", "tal": "012", "tom": "",
    }  # fmt: skip


def test_an_empty_text_is_an_empty_mapping() -> None:
    value, findings = read_yaml("# kun en kommentar\n", "f.yml")
    assert (value.mapping(), findings) == ({}, [])


def test_a_key_that_stands_twice_is_a_finding_on_the_second() -> None:
    value, findings = read_yaml("a: 1\nb: 2\na: 3\n", "f.yml")
    assert [(finding.code, finding.line) for finding in findings] == [("C12", 3)]
    assert "linje 1" in findings[0].message
    assert value.mapping()["a"].text() == "1"


def test_an_alias_is_refused_on_its_line() -> None:
    _, findings = read_yaml("a: &x [1]\nb: *x\n", "f.yml")
    assert [(finding.code, finding.line) for finding in findings] == [("C12", 2)]


def test_aliases_that_would_grow_without_end_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    _, findings = read_yaml("\n".join(lines), "f.yml")
    assert {finding.code for finding in findings} == {"C12"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ('a: 1\nb: "x\nc: 3\n', 2),
        ("a: 1\nb: [x\nc: 3\n", 2),
        ("a: 1\nb\nc: 3\n", 2),
        ("a:\n  b: 1\n c: 2\n", 3),
        ("a: *x\n", 1),
    ],
)
def test_what_cannot_be_read_is_a_finding_where_the_fault_begins(text: str, line: int) -> None:
    _, findings = read_yaml(text, "f.yml")
    assert [(finding.code, finding.line) for finding in findings] == [("C12", line)]


@pytest.mark.parametrize(
    "text", ["[" * 1500, "a: " + "[" * 500 + "]" * 500, "!!python/object:os.system x", '"\\uD800"', "a: \x00"]
)
def test_nothing_written_makes_it_raise(text: str) -> None:
    value, findings = read_yaml(text, "f.yml")
    for part in value.walk():
        part.text().encode()
    assert {finding.code for finding in findings} <= {"C12", "C33"}


def test_values_of_another_kind_are_empty_rather_than_wrong() -> None:
    value, _ = read_yaml("a: [x]\n", "f.yml")
    assert (value.text(), value.items()) == ("", ())
    assert value.mapping()["a"].mapping() == {}
    assert [part.text() for part in value.walk()] == ["", "", "x"]
