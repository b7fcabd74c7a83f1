"""No finding hides an unrelated one: trees that each hold the faults of many codes at once report them all.

The cases are laid over one another, line by line. The small project has only so many lines, so there are several
trees: two faults that need the same line, or where one takes away what the other is about, stand in different ones.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from procedure.checks import check_source
from procedure.codes import CODES
from procedure.model import load_procedure
from tests.test_cases import CASES, NAMES, SEEN_WHEN_BUILT, TODAY

_TREES = [
    cases.split()
    for cases in (
        """
        C01-heading-without-id C02-step-id-with-danish-letter C03-tried-date C04-contact-confirmed-in-future
        C05-pointer-without-mark C06-beside-diagram C07-banned-word C11-ledger-empty C14-block-closed-twice
        C18-brace-not-closed-on-checklist C20-first-words-deleted C23-item-copied C25-case-file C29-html-block
        C32-html-in-title C33-tag-on-key C38-note-not-closed F01-click-twice F07-end-unreachable F14-two-texts
        F15-misspelt-contact F18-trace-malformed F20-begins-with-step F28-phase-without-click L01-contact-misspelt
        L07-next-phase-unresolved L14-link-breaks-where-included L15-id-twice L16-include-of-missing-file
        L22-site-address-in-words L28-edition-edited-by-hand O01-title-changed O02-other-word O03-difference-of-words-not-in-quote
        O05-wording-twice P02-page-of-no-phase P03-number-on-page P07-step-unknown P08-section-id-misspelt
        P10-checklist-of-no-phase P11-checklist-shown-twice P13-diagram-copied P18-next-phase-misspelt
        P20-field-unknown P21-contact-not-covered P23-left-out-after-unknown P27-checklist-too-long
        P31-item-not-traced-in-caution P34-sheet-twice P35-image-without-text P36-contact-without-number
        P38-quote-cut
        """,
        """
        C08-review-overdue C12-key-twice C13-level-skipped C15-fence-not-closed C19-box-without-space
        C22-hard-space-in-heading C30-handler C31-option-that-runs C34-extension-missing C35-analytics
        C36-theme-folder-missing F03-no-question-mark F05-answer-missing F11-second-start F12-title-missing
        F17-step-with-two-ways F22-completion-that-is-traced-too F25-name-line-malformed
        L05-next-phase-without-address L24-text-is-another-address P16-checklist-without-contact
        P29-navigation-twice
        """,
        """
        C17-block-misspelt C45-trace-twice F06-answer-twice F08-arrow-deleted F10-ring-apart F13-description-empty
        F27-click-of-one-of-many-lost L02-anchor-missing-on-same-page L12-next-phase-absolute
        O04-item-in-other-words P17-diagram-to-unexpected-phase P19-field-empty P22-requirement-not-on-checklist
        P24-mistaken-phase P26-checklist-empty P28-page-not-in-navigation P30-key-unknown P37-strip-without-number
        """,
        """
        C09-contact-never-confirmed C16-item-after-the-section C21-address-without-link C39-yes-and-no
        F02-one-answer F04-answers-agree F09-end-goes-nowhere F19-node-not-traced F23-start-with-other-name
        L13-letter-case P05-step-heading-only-missing P15-contact-page-without-contacts
        """,
        """
        C10-contact-confirmed-long-ago L30-link-with-the-name-of-another-page C24-traces-swapped F16-node-without-text F29-too-many-ways L03-image-missing
        """,
        """
        F21-end-to-checklist F26-start-amid-the-diagram L04-html-block-to-missing-page P06-steps-swapped
        P12-diagram-missing P25-not-in-diagram
        """,
        """
        F24-answers-with-one-name L08-mail-malformed P04-contact-id-twice
        """,
        """
        C43-brackets-not-closed C44-part-on-the-front-page S20-diagram-too-large
        """,
    )
]
# Seen when nothing else is wrong: what a fault takes away is missing from the addresses and the pages too.
_WHEN_THE_REST_IS_WHOLE = {"L17", "L18", "L19", "L20", "L21", "L23", "S11", "S12", "S13", "S14"}
# What has changed since the last edition is told where nothing else is wrong.
_WHEN_THE_REST_IS_WHOLE |= {"L25", "L26", "L27", "L29", "P32", *(f"P{number}" for number in range(40, 49))}
# A case of these takes a whole file away, or is a link: it is no change of lines.
_NO_CHANGE_OF_LINES = {"C28", "P01", "P09"}
# All of the page is one of these, and it is not read.
_NO_CHANGE_OF_LINES |= {"C40", "C41", "C42"}
# The shortest pages are full: a case of these needs a line, or a file, that every tree above has given to another.
_NEEDS_A_TAKEN_LINE = {"C26", "C27", "C37", "L06", "L09", "L10", "L11"}

_Edit = tuple[str, range | None, list[str]]


def _edits(case: str) -> Iterator[_Edit]:
    """Yield what the case makes of the lines of each file: those it stands on in the base (None: a new file), and the new."""
    folder = CASES / case
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "expected.txt"):
        name = file.relative_to(folder).as_posix()
        after = file.read_text("utf-8").split("\n")
        if not (CASES / "base" / name).exists():
            yield name, None, after
            continue
        before = (CASES / "base" / name).read_text("utf-8").split("\n")
        changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        yield from ((name, range(i, j), after[k:m]) for kind, i, j, k, m in changes if kind != "equal")


def _lay_over(root: Path, cases: list[str]) -> None:
    shutil.copytree(CASES / "base", root)
    edits = [edit for case in cases for edit in _edits(case)]
    # From the last line to the first: then the lines above stand where they stood.
    for name, lines, text in sorted(edits, key=lambda edit: edit[1].start if edit[1] is not None else 0, reverse=True):
        file = root / name
        if lines is None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(text), "utf-8")
        else:
            whole = file.read_text("utf-8").split("\n")
            whole[lines.start : lines.stop] = text
            file.write_text("\n".join(whole), "utf-8")


@pytest.mark.parametrize("cases", _TREES, ids=lambda cases: f"{len(cases)}-faults")
def test_a_tree_with_many_faults_reports_every_one_of_them(cases: list[str], tmp_path: Path) -> None:
    _lay_over(tmp_path / "tree", cases)
    found = {finding.code for finding in check_source(load_procedure(tmp_path / "tree"), TODAY)}
    hidden = [case for case in cases if case[:3] not in found]
    assert not hidden, f"Other findings hide these: {hidden}"


def test_every_code_is_tried_among_others_or_cannot_be() -> None:
    tried = {case[:3] for cases in _TREES for case in cases}
    built = {name[:3] for name in NAMES if (CASES / name / "site").exists()} | set(SEEN_WHEN_BUILT)
    apart = built | _WHEN_THE_REST_IS_WHOLE | _NO_CHANGE_OF_LINES | _NEEDS_A_TAKEN_LINE
    untried = sorted(CODES.keys() - tried - apart)
    assert not untried, f"Add a case of each to a tree above, one whose lines no other case there needs: {untried}"
