"""The workflow for other systems runs what the README says, and nothing that may change under it."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT

_FILE = ROOT / ".github/workflows/outside.yml"
_TEXT = _FILE.read_text("utf-8")
_WORKFLOW: dict[str, Any] = yaml.safe_load(_TEXT)
_JOBS: dict[str, dict[str, Any]] = _WORKFLOW["jobs"]
_WRITERS = sorted((ROOT / "scripts").rglob("*.py"))


def _commands(job: str) -> list[str]:
    return [step["run"] for step in _JOBS[job]["steps"] if "run" in step]


def test_every_action_is_pinned_by_its_commit_and_says_its_version() -> None:
    used = re.findall(r"uses: (.*)", _TEXT)
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)


def test_it_may_read_and_nothing_else_and_knows_no_secret() -> None:
    assert _WORKFLOW["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in _JOBS.values())
    assert "secrets" not in _TEXT
    assert _TEXT.count("uses: actions/checkout@") == _TEXT.count("persist-credentials: false")


def test_windows_runs_the_commands_that_the_readme_has_for_it() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = next(block for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "Scripts" in block)
    commands = block.splitlines()
    assert _commands("windows")[: len(commands)] == commands


def test_linux_runs_the_two_commands_of_the_readme() -> None:
    assert _commands("linux")[-2:] == ["make", "make test"]


@pytest.mark.parametrize("path", _WRITERS, ids=lambda path: path.stem)
def test_what_is_written_as_text_has_the_same_line_ends_on_every_system(path: Any) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    writes = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "write_text"]
    assert all("newline" in {word.arg for word in call.keywords} for call in writes)
