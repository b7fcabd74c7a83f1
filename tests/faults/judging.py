"""What becomes of one edit: found where it is, found elsewhere, without effect, or not found."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest

from procedure import model, rendered
from procedure.checks import check_source, markup, writing
from procedure.derive.edition import facts
from procedure.findings import Finding
from procedure.model import Procedure, load_procedure
from procedure.rendered.reading import read_fragment
from procedure.rendered.rendering import rendered_page
from procedure.source import contract_reader
from procedure.source.config import CONFIG_PATH
from procedure.source.page import Page
from tests.faults.edits import Edit
from tests.faults.reasons import why_elsewhere, why_silent
from tests.project import copy_project, written_on

# How far from what was edited a finding may stand, in lines.
_NEAR = 2


class Fate(StrEnum):
    """What became of an edit: the last two are those that the list of reasons must name."""

    FOUND = "found"
    SAME = "same"
    ELSEWHERE = "elsewhere"
    SILENT = "silent"


class Outcome(NamedTuple):
    """An edit, its fate, the findings that it gave, and why it was not found where it is, if there is a reason."""

    edit: Edit
    fate: Fate
    findings: tuple[Finding, ...]
    reason: str = ""

    @property
    def is_unexplained(self) -> bool:
        """Return whether the edit should have been found where it was made."""
        return self.fate in (Fate.ELSEWHERE, Fate.SILENT) and not self.reason

    def __str__(self) -> str:
        said = " · ".join(f"{f.path}:{f.line} {f.code} {f.message}" for f in self.findings[:3]) or "-"
        return f"{self.fate} | {self.reason[:30]} | {self.edit.name} | {self.edit.path}:{self.edit.line} | {self.edit.old[:60]!r} | {said}"


class Judge:
    """Makes edits in a copy of the real tree in `folder`, one at a time, and says what becomes of each."""

    def __init__(self, folder: Path) -> None:
        self._root = copy_project(folder / "tree")
        self._procedure = load_procedure(self._root)
        self._today = written_on(self._procedure)
        self._known = Counter(map(_said, self._findings(self._procedure)))
        self._shown = _shown(self._procedure)

    def judge(self, edit: Edit) -> Outcome:
        """Make the edit, check the tree, take the edit back, and return what became of it."""
        file = self._root / edit.path
        before = file.read_bytes()
        file.write_bytes(edit.text.encode())
        try:
            procedure = load_procedure(self._root)
            new = self._new(self._findings(procedure))
            same = not new and _shown(procedure) == self._shown
        finally:
            file.write_bytes(before)
        if any(_is_there(finding, edit) for finding in new):
            return Outcome(edit, Fate.FOUND, new)
        if new:
            return Outcome(edit, Fate.ELSEWHERE, new, why_elsewhere(new))
        return Outcome(edit, Fate.SAME if same else Fate.SILENT, new, why_silent(edit, self._procedure))

    def _findings(self, procedure: Procedure) -> list[Finding]:
        found = check_source(procedure, self._today)
        return [*found, *rendered.check_pages(procedure, found)]

    def _new(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        left = self._known.copy()
        new = []
        for finding in findings:
            if left[_said(finding)]:
                left[_said(finding)] -= 1
            else:
                new.append(finding)
        return tuple(new)


def _said(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _is_there(finding: Finding, edit: Edit) -> bool:
    """Return whether the finding stands at what was edited, or names it."""
    lines = range(edit.line - _NEAR, edit.last_line + _NEAR + 1)
    named = re.findall(rf"{re.escape(edit.path)}:(\d+)", f"{finding.message} {finding.hint}")
    return (finding.path == edit.path and finding.line in lines) or any(int(line) in lines for line in named)


def _shown(procedure: Procedure) -> object:
    """Return all that readers see and all that is derived, without the lines that it is made from."""
    pages = {
        path: (
            read_fragment(rendered_page(procedure, page)),
            {key: value.text() for key, value in page.front.items()},
        )
        for path, page in procedure.pages.items()
    }
    menu = [(entry.title, entry.path) for entry in procedure.nav]
    derived = [replace(fact, path="", line=0, lines={}) for fact in facts(procedure)]
    entries = procedure.ledger.entries.values() if procedure.ledger else ()
    return pages, procedure.site, menu, derived, [replace(entry, line=0) for entry in entries]


def remember_what_was_read(patch: pytest.MonkeyPatch) -> None:
    """Let what is as it was be read once: the tree is read again for every edit, and all but one file is the same."""
    read_page, check_page = vars(model)["read_page"], vars(rendered)["_check_page"]
    pages: dict[object, tuple[Page, tuple[Finding, ...]]] = {}
    checked: dict[object, tuple[Finding, ...]] = {}

    def read_once(root: Path, path: str) -> tuple[Page, list[Finding]]:
        key = path, (root / path).read_bytes()
        if key not in pages:
            page, findings = read_page(root, path)
            pages[key] = page, tuple(findings)
        return pages[key][0], list(pages[key][1])

    def check_once(procedure: Procedure, page: Page) -> Iterator[Finding]:
        if any(fence.language == "whole" for fence in page.fences):
            yield from check_page(procedure, page)
            return
        paths = (f"docs/{include.path}" for include in page.includes)
        taken_in = tuple(procedure.pages[path].lines for path in paths if path in procedure.pages)
        key = page.path, page.lines, taken_in, (procedure.root / CONFIG_PATH).read_bytes()
        if key not in checked:
            checked[key] = tuple(check_page(procedure, page))
        yield from checked[key]

    for room, name in ((writing, "_check_page"), (markup, "_check_reminders")):
        patch.setattr(room, name, _once_for_each_page(vars(room)[name]))
    patch.setattr(model, "read_page", read_once)
    patch.setattr(rendered, "_check_page", check_once)
    for room, name in ((rendered, "read_fragment"), (contract_reader, "read_yaml")):
        patch.setattr(room, name, functools.lru_cache(4096)(vars(room)[name]))


def _once_for_each_page(check: Callable[..., Iterable[Finding]]) -> Callable[..., tuple[Finding, ...]]:
    """Return the check, which takes a page after whatever else, all of it the same in every tree."""
    known: dict[int, tuple[Page, tuple[Finding, ...]]] = {}

    def once(*given: Procedure | Page) -> tuple[Finding, ...]:
        page = given[-1]
        assert isinstance(page, Page)
        # The page is kept, so that no other can have its number.
        if id(page) not in known:
            known[id(page)] = page, tuple(check(*given))
        return known[id(page)][1]

    return once
