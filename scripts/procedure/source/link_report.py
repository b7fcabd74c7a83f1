"""C12. What the addresses outside the site answered when they were last asked: `docs/links-rapport.json`.

`make links` writes it, one row for each address, in the order of the addresses, so that two reports can be read side
by side. What says nothing is left out:

    {
      "address": "https://www.example.org/side/",
      "answer": "not-found",
      "said": "404 Not Found",
      "since": "2026-11-25"
    }
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from procedure.findings import Finding
from procedure.source.text import read_date, read_text
from procedure.source.yaml_reader import Value, read_yaml

REPORT_PATH = "docs/links-rapport.json"
_FORMAT = "procedure-links/1"
_HINT = "Kør make links, som skriver filen helt igen, eller slet den: Så siger siden, at ingen har spurgt."
_FIELDS = frozenset({"address", "answer", "to", "said", "since"})


class Answer(StrEnum):
    """What an address answers.

    `MOVED` works and says another address for good, `REFUSED` is a server that does not answer programs, `FAILED` one
    that could not answer then, and `SILENT` none at all.
    """

    WORKS = "works"
    MOVED = "moved"
    NOT_FOUND = "not-found"
    FAILED = "failed"
    SILENT = "no-answer"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"


# Where a reader gets nowhere.
BROKEN = (Answer.NOT_FOUND, Answer.FAILED, Answer.SILENT)
_ANSWERS = {answer.value: answer for answer in Answer}


@dataclass(frozen=True)
class Asked:
    """What came of asking an address.

    `to` is where it has moved to, `said` what was said in the server's or the asking program's own words, and `since`
    the day of the first report in an unbroken row in which it was broken.
    """

    answer: Answer
    to: str = ""
    said: str = ""
    since: date | None = None


@dataclass(frozen=True)
class LinkReport:
    """The day the addresses were asked, and what came of it, address by address."""

    day: date
    asked: Mapping[str, Asked]

    def as_text(self) -> str:
        """Return the file's text."""
        rows = [_told(address, self.asked[address]) for address in sorted(self.asked)]
        content = {"format": _FORMAT, "day": str(self.day), "links": rows}
        return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n"


def read_link_report(root: Path) -> tuple[LinkReport | None, list[Finding]]:
    """Read the report; None where there is none, and a finding (C12; C11, C40) where it is not as it was written."""
    if not (root / REPORT_PATH).exists():
        return None, []
    source, findings = read_text(root, REPORT_PATH)
    # JSON is YAML too, and this reader knows the lines.
    content, yaml_findings = read_yaml(source.text, REPORT_PATH)
    report, line = _report(content)
    findings += yaml_findings
    if not findings and report is None:
        findings = [Finding(REPORT_PATH, line, "C12", "Linjen er ikke, som make links skrev den.", _HINT)]
    return (None if findings else report), [replace(finding, hint=_HINT) for finding in findings]


def _report(content: Value) -> tuple[LinkReport | None, int]:
    """Return the report, or None and the line that is not as it should be."""
    fields = content.mapping()
    if set(fields) != {"format", "day", "links"} or fields["format"].text() != _FORMAT:
        return None, content.line
    day, rows = read_date(fields["day"].text()), fields["links"]
    if day is None or not isinstance(rows.data, tuple):
        return None, (fields["day"] if day is None else rows).key_line
    asked: dict[str, Asked] = {}
    for row in rows.items():
        address, answer = _row(row)
        if answer is None or address in asked:
            return None, row.line
        asked[address] = answer
    return LinkReport(day, asked), 0


def _row(value: Value) -> tuple[str, Asked | None]:
    fields = {key: part.text() for key, part in value.mapping().items()}
    address, to, said = (fields.get(key, "") for key in ("address", "to", "said"))
    answer, since = _ANSWERS.get(fields.get("answer", "")), read_date(fields.get("since", ""))
    is_sound = (
        address != ""
        and set(fields) <= _FIELDS
        # It becomes a link.
        and to.startswith(("https://", "http://")) == (answer is Answer.MOVED)
        and (since is not None) == (answer in BROKEN)
    )
    return address, Asked(answer, to, said, since) if answer and is_sound else None


def _told(address: str, asked: Asked) -> dict[str, str]:
    since = str(asked.since or "")
    row = {"address": address, "answer": asked.answer.value, "to": asked.to, "said": asked.said, "since": since}
    return {key: said for key, said in row.items() if said}
