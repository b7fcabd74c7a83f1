"""Findings as a report for people and for programs."""

from __future__ import annotations

import json

from procedure.findings import Finding, Severity, as_json, as_text, stops_publishing

_ERROR = Finding("docs/b.md", 2, "L01", "Linket »å« fører ingen steder hen.", "Ret det.")
_WARNING = Finding("docs/a.md", 10, "C09", "Aldrig bekræftet.", "Ring.", Severity.WARNING)


def test_the_text_report_has_a_line_and_a_hint_for_each_and_then_a_count() -> None:
    assert as_text([_ERROR, _WARNING]) == (
        "docs/a.md:10 C09 (advarsel) Aldrig bekræftet.\n"
        "    → Ring.\n"
        "docs/b.md:2 L01 Linket »å« fører ingen steder hen.\n"
        "    → Ret det.\n"
        "1 fejl og 1 advarsel."
    )


def test_a_report_without_findings_is_only_the_count() -> None:
    assert as_text([]) == "0 fejl og 0 advarsler."


def test_the_json_report_is_one_object_with_findings_and_counts() -> None:
    assert json.loads(as_json([_ERROR, _WARNING])) == {
        "findings": [
            {
                "code": "C09", "severity": "warning", "path": "docs/a.md", "line": 10,
                "message": "Aldrig bekræftet.", "hint": "Ring.",
            },
            {
                "code": "L01", "severity": "error", "path": "docs/b.md", "line": 2,
                "message": "Linket »å« fører ingen steder hen.", "hint": "Ret det.",
            },
        ],
        "counts": {"error": 1, "warning": 1},
    }  # fmt: skip


def test_the_json_report_without_findings_counts_nothing() -> None:
    assert json.loads(as_json([])) == {"findings": [], "counts": {"error": 0, "warning": 0}}


def test_findings_come_by_file_and_then_by_line() -> None:
    findings = [Finding("b", 1, "X", "", ""), Finding("a", 10, "X", "", ""), Finding("a", 9, "Z", "", "")]
    assert [(row["path"], row["line"]) for row in json.loads(as_json(findings))["findings"]] == [
        ("a", 9),
        ("a", 10),
        ("b", 1),
    ]


def test_an_error_stops_publishing_and_a_warning_does_not() -> None:
    assert stops_publishing([_WARNING, _ERROR])
    assert not stops_publishing([_WARNING])
