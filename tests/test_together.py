"""No finding hides an unrelated one: trees that each hold the faults of many codes at once report them all.

The cases are laid over one another, line by line. The small project has only so many lines, so there are several
trees: two faults that need the same line, or where one takes away what the other is about, stand in different ones.
So do those that leave nothing to judge: a contract in which an id stands twice (P04), extensions that no page can be
made with (S14, C34), an edition that is gone or cannot be read (L26, L28).
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import build
from procedure.codes import CODES
from tests.test_cases import CASES, NAMES, SEEN_WHEN_BUILT, SINCE_PUBLISHED, TODAY

# Laid over the small project as it was published where a case needs that, and else as it is without an edition.
_TREES = [
    cases.split()
    for cases in (
        """
        C01-heading-without-id C02-id-with-capital C03-contact-date C04-approved-in-the-future
        C05-approval-day-under-the-mark-of-what-awaits C06-beside-diagram C07-banned-word C08-review-overdue
        C12-front-matter-typo-on-phase C13-level-skipped C15-fence-not-closed C16-item-after-the-section
        C17-fence-in-an-item C18-brace-not-closed C20-first-words-deleted C22-hard-space-in-heading
        C25-case-file C28-link-out-of-the-folder C30-handler C32-html-in-title C33-tag-on-key
        C44-part-on-the-front-page C45-trace-twice F28-phase-missing L01-next-phase-misspelt
        L07-reference-unresolved L14-anchor-breaks-where-included L15-id-twice-through-include
        L22-site-address-in-words L23-id-with-danish-letter L24-text-is-another-address L25-published-row-lost
        L27-address-never-published L29-address-leads-elsewhere O01-word-changed-in-quote
        O03-difference-of-words-not-in-quote O04-right-now-in-other-words P02-page-of-no-phase
        P10-checklist-of-no-phase P11-ways-on-other-page P13-diagram-copied P18-next-phase-misspelt
        P20-tried-on-other-page P21-contact-not-covered P23-address-in-no-quote P31-item-not-traced-in-caution
        P32-sheet-changed P37-strip-without-number P38-quote-cut P40-way-that-goes-round-a-step
        P42-trace-of-another-requirement P44-step-renamed P46-word-no-longer-guarded P47-link-gone
        """,
        """
        C09-contact-never-confirmed C11-source-missing C19-box-without-space C21-address-without-link
        C23-item-copied C24-traces-swapped C29-html-block C31-option-that-runs
        C34-kept-back-file-published C35-group-in-group C36-page-that-the-theme-names C38-note-not-closed
        C39-yes-and-no F01-empty L02-anchor-missing-on-same-page L05-next-phase-without-address
        L16-include-of-missing-file L30-link-with-the-name-of-another-page O02-other-word P03-number-on-page
        P08-next-section-missing P09-checklist-missing P12-overview-missing P29-navigation-to-missing-page
        P30-added-number-too-short P34-sheet-on-other-page P41-answers-swapped
        P43-requirement-no-longer-on-every-way P45-number-of-contact-changed P48-supplement-changed
        S12-heading-id-followed-by-text
        """,
        """
        C10-contact-confirmed-long-ago C14-block-closed-twice C26-drawing-that-is-none F02-one-answer
        F03-no-question-mark F04-answers-agree F07-step-unreachable F09-end-goes-nowhere F11-second-start
        F12-title-missing F15-misspelt-contact F18-trace-of-missing-node F22-completion-that-is-traced-too
        L12-next-phase-absolute L17-published-anchor-gone L18-redirect-from-pdf-to-page L19-ledger-leads-outside
        O05-wording-twice P06-steps-swapped P15-contact-page-without-contacts P16-checklist-without-contact
        P19-field-empty P22-requirement-not-on-checklist P26-checklist-empty P28-page-not-in-navigation
        P35-image-without-text P36-contact-without-number S14-extension-with-wrong-setting
        """,
        """
        C37-reminder F06-answer-twice F23-end-with-other-name F25-name-line-malformed
        F27-click-of-a-question-lost F29-too-many-ways L21-ledger-missing P07-step-id-misspelt
        P17-page-without-next-phase P25-not-in-diagram
        """,
        """
        C41-blocks-not-closed C43-brackets-not-closed F14-two-texts F26-start-amid-the-diagram
        L26-edition-missing P01-phase-page-missing
        """,
        """
        F16-node-without-text L03-image-missing L28-edition-edited-by-hand P04-added-contact-with-id-of-another
        """,
        """
        C10-contact-confirmed-long-ago C14-block-closed-twice F07-step-unreachable F08-arrow-deleted
        F10-ring-apart F13-description-empty F15-misspelt-contact F17-step-with-two-ways F19-node-not-traced
        F20-begins-with-step F21-end-to-checklist F24-answers-with-one-name L13-letter-case
        L18-redirect-from-pdf-to-page L19-ledger-leads-outside L20-redirect-from-page-that-is-there
        P05-step-heading-only-missing P16-checklist-without-contact P22-requirement-not-on-checklist
        P24-mistaken-phase P27-checklist-too-long P28-page-not-in-navigation P36-contact-without-number
        """,
        """
        C10-contact-confirmed-long-ago C14-block-closed-twice F15-misspelt-contact F20-begins-with-step
        L13-letter-case L18-redirect-from-pdf-to-page L19-ledger-leads-outside
        L20-redirect-from-page-that-is-there P05-step-heading-only-missing P16-checklist-without-contact
        P22-requirement-not-on-checklist P24-mistaken-phase P27-checklist-too-long P28-page-not-in-navigation
        P36-contact-without-number S20-diagram-too-large
        """,
    )
]
# These all need the one sentence of the contact page, or all of that page: each is laid over a tree with the others.
_ON_THE_CONTACT_PAGE, _OTHERS = (
    cases.split()
    for cases in (
        """
        C27-picture-with-place C40-page-too-large C42-paragraph-too-long L04-html-block-to-missing-page
        L06-html-image-without-text L08-mail-malformed L09-phone-malformed L10-http L11-host-incomplete
        S11-list-glued-to-text S13-list-begins-with-three
        """,
        """
        C10-contact-confirmed-long-ago C14-block-closed-twice F05-answer-missing F07-step-unreachable
        F08-arrow-deleted F10-ring-apart F13-description-empty F15-misspelt-contact F17-step-with-two-ways
        F19-node-not-traced F20-begins-with-step F21-end-to-checklist L13-letter-case
        L18-redirect-from-pdf-to-page L19-ledger-leads-outside L20-redirect-from-page-that-is-there
        P05-step-heading-only-missing P16-checklist-without-contact P22-requirement-not-on-checklist
        P24-mistaken-phase P27-checklist-too-long P28-page-not-in-navigation P36-contact-without-number
        """,
    )
)
_TREES += [[case, *_OTHERS] for case in _ON_THE_CONTACT_PAGE]

_LEDGER = "docs/ledger.txt"
# What a case makes of a file: the lines that give way, and those that stand there instead.
_Edit = tuple[str, range, list[str]]


def _under(cases: Iterable[str]) -> list[Path]:
    """Return what the cases are laid over: the small project, as it was published where one of them needs that."""
    return [CASES / "base", *([CASES / "published"] if any(case.startswith(SINCE_PUBLISHED) for case in cases) else [])]


def _lines(folders: Iterable[Path], name: str) -> list[str]:
    """Return the lines of a file as it stands in the last of the folders that has it; none where none has."""
    files = [file for folder in folders if (file := folder / name).exists()]
    return files[-1].read_text("utf-8", "surrogateescape").split("\n") if files else []


def _names(case: str) -> list[str]:
    """Return the files of a case; one that it takes away ends with `.removed`."""
    files = sorted(path for path in (CASES / case).rglob("*") if path.is_symlink() or path.is_file())
    return [path.relative_to(CASES / case).as_posix() for path in files if path.name != "expected.txt"]


def _edits(case: str) -> Iterator[_Edit]:
    """Yield what the case makes of the lines of each file that is there without it, but the ledger."""
    for name in _names(case):
        before = _lines(_under([case]), name)
        if before and name != _LEDGER:
            after = _lines([CASES / case], name)
            changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
            yield from ((name, range(i, j), after[k:m]) for kind, i, j, k, m in changes if kind != "equal")


def _lay_over(root: Path, cases: list[str]) -> None:
    for folder in _under(cases):
        shutil.copytree(folder, root, dirs_exist_ok=True)
    edits = [edit for case in cases for edit in _edits(case)]
    # From the last line to the first: then the lines above stand where they stood.
    for name, lines, text in sorted(edits, key=lambda edit: edit[1].start, reverse=True):
        whole = _lines([root], name)
        whole[lines.start : lines.stop] = text
        (root / name).write_text("\n".join(whole), "utf-8", "surrogateescape")
    _lay_over_ledger(root, cases)
    for case in cases:
        for name in _names(case):
            if name.endswith(".removed"):
                (root / name).with_suffix("").unlink()
            elif not (root / name).exists():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(CASES / case / name, root / name, follow_symlinks=False)


def _lay_over_ledger(root: Path, cases: list[str]) -> None:
    """Take from the ledger the rows that a case has not, and put in those it has: they stand in alphabetical order."""
    rows = set(_lines([root], _LEDGER))
    for case in (case for case in cases if _LEDGER in _names(case)):
        before, after = set(_lines(_under([case]), _LEDGER)), set(_lines([CASES / case], _LEDGER))
        rows = (rows - (before - after)) | (after - before)
    (root / _LEDGER).write_text("\n".join(sorted(rows - {""})), "utf-8")


def _reported(case: str) -> set[tuple[str, str]]:
    """Return the file and the code of what the case is about, as its report has them."""
    report = (CASES / case / "expected.txt").read_text("utf-8")
    return {
        (path, code) for path, code in re.findall(r"^(\S+):\d+ ([A-Z]\d\d) ", report, re.MULTILINE) if code == case[:3]
    }


@pytest.mark.parametrize("cases", _TREES, ids=lambda cases: f"{len(cases)}-faults")
def test_a_tree_with_many_faults_reports_every_one_of_them(cases: list[str], tmp_path: Path) -> None:
    _lay_over(tmp_path / "tree", cases)
    found = {(finding.path, finding.code) for finding in build.check(tmp_path / "tree", TODAY)}
    hidden = [case for case in cases if not _reported(case) <= found]
    assert not hidden, f"Other findings hide these: {hidden}"


def test_every_code_is_tried_among_others_or_cannot_be() -> None:
    tried = {case[:3] for cases in _TREES for case in cases}
    # The others are seen on the built site, which is only made where the source is without errors.
    built = {name[:3] for name in NAMES if (CASES / name / "site").exists()} | set(SEEN_WHEN_BUILT)
    untried = sorted(CODES.keys() - tried - built)
    assert not untried, f"Add a case of each to a tree above, one whose lines no other case there needs: {untried}"
