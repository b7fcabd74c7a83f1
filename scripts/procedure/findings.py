"""What the checks report: one finding is one fault, said so that an editor can mend it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding stops publishing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in the source or in the built site.

    `path` is relative to the project root, with forward slashes. `line` counts from 1.
    `message` and `hint` are Danish sentences; the hint says how to mend the fault.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


def stops_publishing(findings: Iterable[Finding]) -> bool:
    """Return whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def as_text(findings: Iterable[Finding]) -> str:
    """Return the findings as a report for an editor: a line and a hint for each, then a count."""
    ordered = sorted(findings)
    blocks = [
        f"{f.path}:{f.line} {f.code} {'' if f.severity is Severity.ERROR else '(advarsel) '}{f.message}\n    → {f.hint}"
        for f in ordered
    ]
    counts = _counts(ordered)
    blocks.append(f"{' og '.join(_in_words(counts))}.")
    return "\n".join(blocks)


def counted(findings: Iterable[Finding]) -> str:
    """Return how many errors and warnings there are, in words; of what there is none of, nothing."""
    counts = _counts(findings)
    return " og ".join(words for words, count in zip(_in_words(counts), counts.values(), strict=True) if count)


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings as one JSON object with the keys `findings` and `counts`, in ASCII: it passes any terminal."""
    ordered = sorted(findings)
    keys = ("code", "severity", "path", "line", "message", "hint")
    rows = [{key: asdict(finding)[key] for key in keys} for finding in ordered]
    return json.dumps({"findings": rows, "counts": _counts(ordered)}, indent=2)


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    found = Counter(finding.severity.value for finding in findings)
    return {severity.value: found[severity.value] for severity in Severity}


def _in_words(counts: dict[str, int]) -> tuple[str, str]:
    return _plural(counts["error"], "fejl", "fejl"), _plural(counts["warning"], "advarsel", "advarsler")


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
