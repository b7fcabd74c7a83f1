"""The project read as one picture: the source among it, as it was written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.project import edit

from procedure.model import SOURCE_PATH, UnreadableTreeError, load_procedure


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/cases/base", tmp_path / "tree"))


def test_the_source_is_read_as_it_was_written(tree: Path) -> None:
    written = "\tProcedure  for sager, evt.\n\nmed slaafejl  "
    (tree / SOURCE_PATH).write_bytes(("\ufeff" + written.replace("\n", "\r\n")).encode())
    procedure = load_procedure(tree)
    assert procedure.source == written
    assert procedure.findings == ()


def test_a_source_that_cannot_be_read_is_one_finding_and_the_rest_is_read(tree: Path) -> None:
    (tree / SOURCE_PATH).write_bytes("Vurder krænkelsen".encode("latin-1"))
    procedure = load_procedure(tree)
    assert procedure.source == ""
    assert [(finding.code, finding.path) for finding in procedure.findings] == [("C11", SOURCE_PATH)]
    assert SOURCE_PATH in procedure.damaged
    assert list(procedure.contract.requirements) == ["A1", "A2", "A3", "B1", "B2"]


@pytest.mark.parametrize("name", ["docs", "mkdocs.yml"])
def test_a_folder_that_holds_no_project_is_one_sentence(tree: Path, name: str) -> None:
    path = tree / name
    path.rename(tree / "andet")
    with pytest.raises(UnreadableTreeError, match=name):
        load_procedure(tree)


def test_a_damaged_contract_is_judged_as_an_empty_one(tree: Path) -> None:
    edit(tree, "docs/procedure.yml", "id: A1", "id: a1")
    procedure = load_procedure(tree)
    assert procedure.contract.phases
    assert procedure.sound_contract.phases == ()


@pytest.mark.parametrize(
    ("written", "environment", "address"),
    [
        ("https://a.dk/", {"SITE_URL": "https://b.dk/"}, "https://a.dk/"),
        ('!ENV [SITE_URL, "https://a.dk"]', {"SITE_URL": "https://b.dk"}, "https://b.dk/"),
        ('!ENV [SITE_URL, "https://a.dk"]', {"SITE_URL": ""}, "https://a.dk/"),
        ('!ENV [SITE_URL, OTHER_URL, ""]', {"OTHER_URL": "https://c.dk/"}, "https://c.dk/"),
        ("!ENV SITE_URL", {"SITE_URL": "https://b.dk"}, "https://b.dk/"),
        ("!ENV SITE_URL", {}, ""),
    ],
)
def test_a_setting_may_stand_in_the_environment(
    written: str, environment: dict[str, str], address: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with (tree / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"site_url: {written}\n")
    assert load_procedure(tree).site.address == address
