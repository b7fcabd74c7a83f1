"""Every finding code has a folder under `cases/`: the files an editor got wrong, and the exact findings.

A folder holds what differs from `cases/base`, a whole project without findings: files to lay over it,
and `name.removed` for a file to take away. A folder for a built page holds `site/` instead.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import build
from procedure.checks.built import check_built
from procedure.codes import CODES
from procedure.findings import Finding, as_text
from procedure.model import load_procedure
from write_codes import pages

CASES = Path(__file__).parent / "cases"
_ROOT = Path(__file__).parent.parent
_SCRIPTS = Path(build.__file__).parent
TODAY = date(2026, 11, 22)
SEEN_WHEN_BUILT = ("P33", "S08", "S09", "S10")
# What is held to the last edition: there the base has been published.
SINCE_PUBLISHED = ("L25", "L26", "L27", "L28", "L29", "L30", "P32", "P4")
NAMES = sorted(path.name for path in CASES.iterdir() if path.name not in ("base", "published"))


def lay(case: str, root: Path, *, is_published: bool) -> Path:
    """Lay the case over a copy of the small project in `root`, as it was published or as it was before."""
    shutil.copytree(CASES / "base", root)
    if is_published:
        shutil.copytree(CASES / "published", root, dirs_exist_ok=True)
    shutil.copytree(CASES / case, root, dirs_exist_ok=True, symlinks=True)
    for mark in list(root.rglob("*.removed")):
        mark.with_suffix("").unlink()
        mark.unlink()
    return root


def _tree(case: str, root: Path) -> Path:
    return lay(case, root, is_published=case.startswith(SINCE_PUBLISHED))


def _findings(case: str, root: Path) -> list[Finding]:
    if (CASES / case / "site").exists():
        return check_built(CASES / case / "site", "site", load_procedure(_tree(case, root)))
    tree = _tree(case, root)
    if case.startswith(SEEN_WHEN_BUILT):
        return build.build(tree, tree / "site", TODAY)
    return build.check(tree, TODAY)


def _codes_in_use() -> set[str]:
    modules = [path for path in _SCRIPTS.rglob("*.py") if path.parent.name != "codes"]
    return {code for path in modules for code in re.findall(r'"([PFLOCS]\d\d)"', path.read_text("utf-8"))}


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the tree of each case is laid, one after the other: in one place what they have alike is rendered once."""
    root = tmp_path_factory.getbasetemp() / "case"
    yield root
    shutil.rmtree(root)


def test_the_base_of_all_cases_has_no_finding(root: Path) -> None:
    assert _findings("base", root) == []


def test_the_base_as_it_was_published_has_no_finding(root: Path) -> None:
    tree = Path(shutil.copytree(CASES / "base", root))
    shutil.copytree(CASES / "published", tree, dirs_exist_ok=True)
    assert build.check(tree, TODAY) == []


@pytest.mark.parametrize("case", NAMES)
def test_a_fault_gives_exactly_the_findings_beside_it(case: str, root: Path) -> None:
    findings = _findings(case, root)
    assert as_text(findings) + "\n" == (CASES / case / "expected.txt").read_text("utf-8")
    assert case[:3] in {finding.code for finding in findings}


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert {name[:3] for name in NAMES} == _codes_in_use()


def test_every_code_is_explained_and_nothing_else_is() -> None:
    unexplained, unused = sorted(_codes_in_use() - CODES.keys()), sorted(CODES.keys() - _codes_in_use())
    assert not unexplained, f"Give each a row in scripts/procedure/codes/, then run `make codes`: {unexplained}"
    assert not unused, f"No check gives these; delete their rows in scripts/procedure/codes/: {unused}"


def test_the_pages_about_the_codes_say_what_the_table_and_the_cases_say() -> None:
    stale = [path for path, text in pages().items() if (_ROOT / path).read_text("utf-8") != text]
    assert not stale, f"Run `make codes` to write them anew: {stale}"
