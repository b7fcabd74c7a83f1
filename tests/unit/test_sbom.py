"""What the site was built with, as a bill of materials that others read."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from tests.conftest import ROOT

from procedure.model import Procedure, load_procedure
from procedure.outputs import sbom
from procedure.outputs.sbom import check_sbom, read_lock, write_sbom

_LOCK = (ROOT / "requirements.txt").read_text("utf-8")
_OWN = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
_NAME = re.compile(r"[\w.-]*\w")


def _written(procedure: Procedure, folder: Path) -> dict[str, Any]:
    write_sbom(procedure, folder)
    assert list(check_sbom(procedure, folder)) == []
    text = (folder / "sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    read: dict[str, Any] = json.loads(text)
    return read


def test_it_names_each_locked_package_as_installed_with_the_files_it_may_come_from(
    procedure: Procedure, tmp_path: Path
) -> None:
    components = {part["name"]: part for part in _written(procedure, tmp_path)["components"]}
    named = re.findall(r"^([\w.-]+)==", _LOCK, re.MULTILINE)
    assert sorted(components) == sorted(named)
    for name, part in components.items():
        assert part["version"] == version(name)
        assert part["purl"] == f"pkg:pypi/{name}@{part['version']}"
        assert part["licenses"], name
    hashes = [found["content"] for part in components.values() for found in part["externalReferences"][0]["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"sha256:(\w+)", _LOCK))


def test_whatever_is_named_is_reached_from_the_site(procedure: Procedure, tmp_path: Path) -> None:
    written = _written(procedure, tmp_path)
    needs = {row["ref"]: row.get("dependsOn", []) for row in written["dependencies"]}
    reached, waiting = set(), [written["metadata"]["component"]["bom-ref"]]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += needs[ref]
    assert reached == set(needs)
    assert {part["bom-ref"] for part in written["components"]} < reached


def test_each_is_there_for_what_asks_for_it(procedure: Procedure, tmp_path: Path) -> None:
    written = _written(procedure, tmp_path)
    names = {part["bom-ref"]: part["name"] for part in written["components"]}
    for row in written["dependencies"]:
        asked = requires(names[row["ref"]]) if row["ref"] in names else _OWN["dependencies"]
        said = {re.sub(r"[-_.]+", "-", _NAME.findall(line)[0]).lower() for line in asked or ()}
        assert {names[ref] for ref in row.get("dependsOn", ())} <= said, row["ref"]


def test_the_libraries_in_the_scripts_that_readers_get_are_named(procedure: Procedure, tmp_path: Path) -> None:
    [theme] = [part for part in _written(procedure, tmp_path)["components"] if part["name"] == "mkdocs-material"]
    assert {"lunr", "rxjs"} <= {part["name"] for part in theme["components"]}
    assert not any("version" in part for part in theme["components"])


def test_a_package_that_is_another_than_the_locked_one_has_not_its_hashes_and_one_that_is_absent_is_left_out(
    procedure: Procedure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        _LOCK.replace(f"segno=={version('segno')}", "segno==0.1").replace("typst==", "findes-ikke=="), "utf-8"
    )
    monkeypatch.setattr(sbom, "_LOCK", lock)
    components = {part["name"]: part for part in _written(procedure, tmp_path)["components"]}
    assert "findes-ikke" not in components
    assert components["segno"]["version"] == version("segno")
    assert "hashes" not in components["segno"]["externalReferences"][0]


def test_a_lock_is_read_with_whom_each_package_is_there_for() -> None:
    text = f"# af\na==1.0 \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{'1' * 64}\n    # via b\n"
    text += f"b-c==2 \\\n    --hash=sha256:{'2' * 64}\n    # via\n    #   a\n    #   procedure (pyproject.toml)\n"
    first, second = read_lock(text)
    assert (first.name, first.version, first.hashes, first.needed_by) == ("a", "1.0", ("0" * 64, "1" * 64), ("b",))
    assert (second.name, second.version, second.needed_by) == ("b-c", "2", ("a", "procedure"))


def test_nothing_in_it_but_the_editions_day_is_of_a_time_or_a_run(procedure: Procedure, tmp_path: Path) -> None:
    first = _written(procedure, tmp_path)
    assert _written(procedure, tmp_path) == first
    assert procedure.edition
    assert first["metadata"]["timestamp"] == f"{procedure.edition.day}T00:00:00+00:00"
    assert "serialNumber" not in first
    unpublished = load_procedure(ROOT / "tests/cases/base")
    assert "timestamp" not in _written(unpublished, tmp_path)["metadata"]


def test_what_is_named_and_not_described_is_found(procedure: Procedure, tmp_path: Path) -> None:
    written = _written(procedure, tmp_path)
    gone = written["components"].pop(0)
    (tmp_path / "sbom.cdx.json").write_text(json.dumps(written), "utf-8")
    assert list(check_sbom(procedure, tmp_path)) == [f"{gone['bom-ref']} er ikke beskrevet."]
