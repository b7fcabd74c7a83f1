"""Where a report's codes are explained, and the report as other programs read it.

JSON, GitHub's marks beside the lines of a change, and SARIF 2.1.0. JSON and SARIF are in ASCII: they pass any terminal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from procedure.codes import CODES, help_address
from procedure.findings import Finding, as_json

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def read_more(findings: Iterable[Finding], site_address: str = "") -> str:
    """Return where each code among the findings is explained, one a line, or nothing where there are none."""
    codes = sorted({finding.code for finding in findings})
    lines = [f"    {code} {CODES[code].title}: {help_address(code, site_address)}" for code in codes]
    return "\n".join(["Læs mere:", *lines]) if lines else ""


def as_github(findings: Iterable[Finding], _site_address: str = "") -> str:
    """Return one workflow command a line (`::error file=…,line=…,title=…::…`)."""
    return "\n".join(_command(finding) for finding in sorted(findings))


def _command(finding: Finding) -> str:
    title = _property(f"{finding.code} {CODES[finding.code].title}")
    place = f"file={_property(finding.path)},line={finding.line},title={title}"
    said = _data(f"{finding.message}\n{finding.hint}")
    return f"::{finding.severity} {place}::{said}"


def _data(text: str) -> str:
    """Return the text as a command's message holds it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(findings: Iterable[Finding], site_address: str = "") -> str:
    """Return one SARIF log; its rules are the codes that were found, each with where it is explained."""
    ordered = sorted(findings)
    codes = sorted({finding.code for finding in ordered})
    driver = {"name": "build.py", "language": "da", "rules": [_rule(code, site_address) for code in codes]}
    results = [_result(finding, codes.index(finding.code)) for finding in ordered]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str, site_address: str) -> dict[str, object]:
    row = CODES[code]
    rule: dict[str, object] = {
        "id": code,
        "shortDescription": {"text": row.title},
        "fullDescription": {"text": row.meaning},
        "help": {"text": row.mend},
    }
    # The format asks for an address, and a file's name is none.
    return {**rule, "helpUri": help_address(code, site_address)} if site_address else rule


def _result(finding: Finding, rule: int) -> dict[str, object]:
    place = {"artifactLocation": {"uri": quote(finding.path)}, "region": {"startLine": finding.line}}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": f"{finding.message} {finding.hint}"},
        "locations": [{"physicalLocation": place}],
    }


FORMATS: Mapping[str, Callable[[Iterable[Finding], str], str]] = {
    "json": lambda findings, _site_address: as_json(findings),
    "github": as_github,
    "sarif": as_sarif,
}
