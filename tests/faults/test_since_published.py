"""One fault is one finding also where the project has been published: nothing else seems lost or changed by it."""

from __future__ import annotations

from pathlib import Path

import pytest

import build
from procedure.findings import stops_publishing
from tests.test_cases import CASES, NAMES, SINCE_PUBLISHED, TODAY, lay

# These change something else too, which is told: a number that is new, the same words at another place.
_CHANGE_MORE = {
    "C05-approved-number-that-awaits-elsewhere", "O02-word-of-force-put-in", "O02-words-of-the-quote-again",
    "O03-difference-without-reason", "O04-node-without-condition-nobody-asked", "P21-contact-not-covered",
    "P23-address-in-no-quote", "P23-call-unknown", "P30-added-number-too-short", "P37-added-number-not-in-supplement",
    "P37-more-is-no-heading",
}  # fmt: skip
_SINCE = (*SINCE_PUBLISHED, "L17", "L18", "L20", "L23")
# These are about the ledger, and bring one of their own.
_OF_LEDGER = ("L17", "L18", "L19", "L20", "L21", "S10")
_CASES = [
    n for n in NAMES if n not in _CHANGE_MORE and not n.startswith(_OF_LEDGER) and not (CASES / n / "site").exists()
]


@pytest.mark.parametrize("case", _CASES)
def test_a_fault_in_the_published_project_gives_no_other_finding(case: str, tmp_path: Path) -> None:
    findings = build.check(lay(case, tmp_path / "tree", is_published=True), TODAY)
    since = [f for f in findings if f.code.startswith(_SINCE) and f.code != case[:3]]
    # Where nothing is wrong, whatever has changed is told.
    assert not since or not stops_publishing(findings)
