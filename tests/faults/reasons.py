"""Why a finding may stand elsewhere than where an edit was made, and why an edit may have none: the short list.

Whatever is not on it is a fault of the checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.fences import BLOCKS
from procedure.source.page import Page
from tests.faults.edits import Edit

# The codes of findings that stand where somebody else can see the fault, each with the reason.
_ELSEWHERE = {
    "what is missing is said where it must be": "C05 C11 C12 C16 C34 F0[23789] F11 F12 F13 F16 F19 F2[0-9] O05 P0[1-9] P1\\d P2[1-9] P3[0-7]",
    "what stood under a lost heading now stands under another": "C06",
    "what nothing shows any more is said at itself": "C25",
    "what leads to a lost place is said where the link is": "C36 F15 L0[1-7] L1[4-9] L2\\d L30",
    "a mark without its mate is said at the one that is left": "C14 C15 C17 C3[08]",
    "of two that are alike the later one is said": "C19 C23 C45 F06 F14 F24 L15 P04 S05",
    "what is made from it is said where it was published or shown": "P32 P4[0-8] S1[1-4]",
    "words are said where they stand, or where they are held to the source": "C07 C24 O0[1-4]",
}
# What `mkdocs.yml` calls the site, its sender and what it is about, and a section of the menu.
_SITE_SAYS = ("site_name", "site_author", "site_description")
_MENU_SECTION = re.compile(r"- [\w ]+:")
_WHY_ELSEWHERE = {code: why for why, codes in _ELSEWHERE.items() for code in codes.split()}


def why_elsewhere(findings: Iterable[Finding]) -> str:
    """Return why none of the findings stands where the edit was made, or nothing where one of them has no reason."""
    reasons = {
        next((why for codes, why in _WHY_ELSEWHERE.items() if re.fullmatch(codes, finding.code)), "")
        for finding in findings
    }
    return "" if "" in reasons else " · ".join(sorted(reasons))


def why_silent(edit: Edit, procedure: Procedure) -> str:
    """Return why no check says anything of the edit, or nothing where one should."""
    page = procedure.pages.get(edit.path)
    lines = {edit.line, edit.last_line} if edit.deed == "swap" else range(edit.line, edit.last_line + 1)
    if page is not None and edit.last_line < page.lead.first_line:
        return "what a page says of itself stands nowhere else"
    if page is not None and not _held(page).intersection(lines):
        return "words and places of the page's own: what they should be stands nowhere else"
    own = {procedure.settings[key].key_line for key in _SITE_SAYS}
    if edit.path == CONFIG_PATH and (own.issuperset(lines) or _MENU_SECTION.fullmatch(edit.old)):
        return "what the site says of itself stands nowhere else"
    if edit.deed == "swap" and edit.place in ("line", "row", "item", "section", "arrow"):
        return "the order of rows, items, sections and arrows is the editor's to choose"
    return ""


def _held(page: Page) -> set[int]:
    """Return the lines of a page that something else says too, or that other things stand on."""
    held = {include.line for include in page.includes}
    for block in page.blocks:
        held |= {block.first_line, block.last_line}
    for fence in page.fences:
        if set(fence.language.split()[:1]) & BLOCKS:
            held |= set(range(fence.line, fence.last_line + 1))
    for trace in page.traces:
        first = trace.line
        while first > 1 and page.lines[first - 1].strip() and not re.match(r"\s*(- |\d+\. )", page.lines[first - 1]):
            first -= 1
        held |= set(range(first, trace.line + 1))
    return held
