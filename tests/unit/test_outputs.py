"""What the build makes beside the pages is one table, and nothing is published unless all of it is as it should be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.project import content

import build
from procedure.blocks.handbook import other_files
from procedure.derive.published import file_at
from procedure.model import load_procedure
from procedure.outputs import table
from procedure.outputs.table import OUTPUTS, check_outputs, output_files

_BASE = Path(__file__).parents[1] / "cases/base"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its site. Nothing may be written in it."""
    root = Path(shutil.copytree(_BASE, tmp_path_factory.mktemp("outputs") / "tree"))
    assert build.main(["--root", str(root)]) == 0
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "tree"))


def test_no_two_outputs_make_the_same_file(project: Path) -> None:
    procedure = load_procedure(project)
    files = [file for output in OUTPUTS for file in output.files(procedure, project / "site")]
    assert len(files) == len(set(files))


@pytest.mark.parametrize("number", range(len(OUTPUTS)), ids=[output.name for output in OUTPUTS])
def test_what_a_check_says_is_said_with_the_name_of_the_output(
    built: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _spoil(number, monkeypatch)
    assert check_outputs(load_procedure(built), built / "site") == [f"{OUTPUTS[number].name}: Noget er galt."]


def test_what_is_not_as_it_should_be_is_not_published(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _spoil(0, monkeypatch)
    before = content(project / "site")
    assert build.main(["--root", str(project)]) == 2
    said = capsys.readouterr().err
    assert f"{OUTPUTS[0].name}: Noget er galt." in said
    assert content(project / "site") == before


def _spoil(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = list(OUTPUTS)
    changed[number] = changed[number]._replace(check=lambda _procedure, _site_dir: ["Noget er galt."])
    monkeypatch.setattr(table, "OUTPUTS", tuple(changed))


@pytest.mark.parametrize(
    "number",
    [number for number, output in enumerate(OUTPUTS) if output.check],
    ids=[output.name for output in OUTPUTS if output.check],
)
def test_what_was_written_and_then_spoilt_is_found(project: Path, number: int) -> None:
    procedure, output, site = load_procedure(project), OUTPUTS[number], project / "site"
    assert output.check
    assert list(output.check(procedure, site)) == []
    for name in output.files(procedure, site):
        whole = (site / name).read_bytes()
        (site / name).write_bytes(whole[: len(whole) // 2])
        assert list(output.check(procedure, site)), name
        (site / name).write_bytes(whole)


def test_every_file_that_the_page_of_links_leads_to_is_made(project: Path) -> None:
    procedure = load_procedure(project)
    named = {file_at(place.address) for place in other_files(procedure)}
    assert named <= output_files(procedure, project / "site")
