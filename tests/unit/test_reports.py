"""Where codes are explained, and findings as other programs read them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from procedure.codes import CODES, help_address, page_path
from procedure.findings import Finding, Severity
from procedure.model import load_procedure
from procedure.reports import FORMATS, read_more

_ROOT = Path(__file__).resolve().parents[2]
_ADDRESS = "https://skolen.dk/sager/"
_ERROR = Finding("docs/mere/spørgsmål.md", 2, "L01", "Linket »a, b: 50 %« fører\ningen steder hen.", "Ret det.")
_WARNING = Finding("docs/a.md", 10, "C09", "Aldrig bekræftet.", "Ring.", Severity.WARNING)


def test_each_code_is_named_once_with_its_page_whatever_the_number_of_findings() -> None:
    assert read_more([_ERROR, _WARNING, _ERROR], _ADDRESS).split("\n") == [
        "Læs mere:",
        f"    C09 {CODES['C09'].title}: https://skolen.dk/sager/mere/fund-c/#c09",
        f"    L01 {CODES['L01'].title}: https://skolen.dk/sager/mere/fund-l/#l01",
    ]


def test_without_an_address_a_code_is_explained_in_the_file_that_the_editor_has() -> None:
    assert read_more([_ERROR]).endswith(": docs/mere/fund-l.md#l01")
    assert read_more([]) == ""


def test_every_code_is_a_heading_on_the_page_that_the_report_names() -> None:
    procedure = load_procedure(_ROOT)
    for code in CODES:
        heading = procedure.pages[page_path(code[0])].heading(code.lower())
        assert heading, help_address(code)
        assert heading.text.startswith(f"{code} ")


def test_no_code_is_explained_by_half() -> None:
    for code, row in CODES.items():
        assert not row.title.endswith("."), code
        for text in (row.meaning, row.mend):
            assert re.fullmatch(r"[A-ZÆØÅ`].*[.`)]", text), (code, text)


def test_github_marks_each_line_of_a_change_with_its_finding() -> None:
    warning, error = FORMATS["github"]([_ERROR, _WARNING], "").split("\n")
    assert warning == (
        "::warning file=docs/a.md,line=10,title=C09 Kontakt%2C som ingen har bekræftet::Aldrig bekræftet.%0ARing."
    )
    # A message is one line, and neither a comma nor a colon ends a property before its time.
    assert error.endswith("::Linket »a, b: 50 %25« fører%0Aingen steder hen.%0ARet det.")
    assert error.startswith("::error file=docs/mere/spørgsmål.md,line=2,title=L01 ")


def test_sarif_has_a_rule_for_each_code_and_a_result_for_each_finding() -> None:
    log = json.loads(FORMATS["sarif"]([_ERROR, _WARNING, _ERROR], _ADDRESS))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert (driver["name"], driver["language"]) == ("build.py", "da")
    assert [rule["id"] for rule in driver["rules"]] == ["C09", "L01"]
    assert driver["rules"][1] == {
        "id": "L01",
        "shortDescription": {"text": CODES["L01"].title},
        "fullDescription": {"text": CODES["L01"].meaning},
        "help": {"text": CODES["L01"].mend},
        "helpUri": "https://skolen.dk/sager/mere/fund-l/#l01",
    }
    assert run["results"][0] == {
        "ruleId": "C09",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "Aldrig bekræftet. Ring."},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "docs/a.md"}, "region": {"startLine": 10}}}],
    }
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/mere/sp%C3%B8rgsm%C3%A5l.md"
    assert [run["tool"]["driver"]["rules"][row["ruleIndex"]]["id"] for row in run["results"]] == ["C09", "L01", "L01"]


def test_sarif_without_an_address_or_a_finding_is_whole() -> None:
    log = json.loads(FORMATS["sarif"]([_WARNING], ""))
    assert "helpUri" not in log["runs"][0]["tool"]["driver"]["rules"][0]
    assert json.loads(FORMATS["sarif"]([], ""))["runs"][0]["results"] == []
    assert FORMATS["github"]([], "") == ""
