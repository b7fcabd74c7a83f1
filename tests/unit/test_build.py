"""The one command: its exit status, what it prints, and that it publishes whole or not at all."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import build
from procedure.publish.swap import new_site

_ROOT = Path(__file__).resolve().parents[2]
_BASE = _ROOT / "tests/cases/base"
_TODAY = ("--today", "2026-11-22")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a site, for tests that leave both as they were."""
    root = Path(shutil.copytree(_BASE, tmp_path_factory.mktemp("published") / "tree"))
    assert build.main(["--root", str(root), *_TODAY]) == 0
    return root


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_command(*arguments)], capture_output=True, text=True, check=False, cwd="/")


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(_ROOT / "scripts/build.py"), *map(str, arguments)]


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _lasting(content: dict[str, bytes]) -> dict[str, bytes]:
    """Return the content without the compressed site map: MkDocs writes the moment of the build into it."""
    return {name: data for name, data in content.items() if name != "sitemap.xml.gz"}


def _break(root: Path) -> None:
    (root / "docs/faser/to.md").unlink()


def _edit(root: Path, text: str) -> None:
    page = root / "docs/kontakt.md"
    page.write_text(page.read_text("utf-8").replace("Ring, hvis du er i tvivl.", text), "utf-8")


def test_a_project_without_errors_is_built_beside_its_docs(published: Path) -> None:
    assert (published / "site/faser/en/index.html").exists()
    assert sorted(path.name for path in published.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_a_check_builds_nothing(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check", "--root", str(tree), *_TODAY]) == 0
    assert capsys.readouterr().out.startswith("0 fejl og 0 advarsler.\n")
    assert not (tree / "site").exists()


def test_an_error_is_exit_status_1(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _break(tree)
    assert build.main(["--check", "--root", str(tree), *_TODAY]) == 1
    assert "docs/procedure.yml:27 P01" in capsys.readouterr().out


def test_a_warning_is_exit_status_0(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check", "--root", str(tree), "--today", "2027-11-10"]) == 0
    assert "(advarsel)" in capsys.readouterr().out


def test_json_is_one_object_on_stdout_and_nothing_else(tree: Path) -> None:
    _break(tree)
    run = _run("--root", tree, "--format", "json", *_TODAY)
    assert run.returncode == 1
    assert run.stderr == ""
    report = json.loads(run.stdout)
    assert set(report) == {"findings", "counts"}
    assert report["counts"] == {"error": 1, "warning": 0}
    assert [(row["code"], row["path"], row["line"]) for row in report["findings"]] == [
        ("P01", "docs/procedure.yml", 27)
    ]


def test_json_after_a_whole_build_is_one_object_too(tree: Path) -> None:
    run = _run("--root", tree, "--format", "json", *_TODAY)
    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout) == {"findings": [], "counts": {"error": 0, "warning": 0}}


def test_json_of_a_check_is_the_same_object(tree: Path) -> None:
    run = _run("--check", "--root", tree, "--format", "json", *_TODAY)
    assert json.loads(run.stdout)["counts"] == {"error": 0, "warning": 0}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--findes-ikke"],
        ["--today", "i morgen"],
        ["--today", "2026-02-30"],
        ["--format", "xml"],
        ["--root"],
        ["--root", "/findes/ikke"],
        ["--root", "/dev/null"],
        ["--root", "/etc"],
        ["uventet"],
        ["--site-dir", "/"],
        ["--site-dir", "/etc"],
        ["--site-dir", "/dev/null/site"],
    ],
)
def test_what_cannot_be_run_is_one_sentence_and_exit_status_2(arguments: list[str], published: Path) -> None:
    root = [] if "--root" in arguments else ["--root", str(published)]
    run = _run(*root, *_TODAY, *arguments)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.startswith("build.py: ")
    assert run.stderr.count("\n") == 1


def test_a_folder_that_is_not_ours_is_refused(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "site").mkdir()
    (tree / "site/brev.txt").write_text("kære")
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    assert "ikke lavet af dette program" in capsys.readouterr().err
    assert _content(tree / "site") == {"brev.txt": b"k\xc3\xa6re"}


def test_the_same_source_gives_the_same_bytes(published: Path, tmp_path: Path) -> None:
    assert build.main(["--root", str(published), "--site-dir", str(tmp_path / "site"), *_TODAY]) == 0
    assert _lasting(_content(tmp_path / "site")) == _lasting(_content(published / "site"))


def test_a_build_that_finds_an_error_leaves_the_site_byte_for_byte(tree: Path) -> None:
    assert build.main(["--root", str(tree), *_TODAY]) == 0
    before = _content(tree / "site")
    _break(tree)
    assert build.main(["--root", str(tree), *_TODAY]) == 1
    assert _content(tree / "site") == before
    assert not list(tree.glob(".site*"))


def test_a_build_that_the_generator_stops_leaves_the_site_byte_for_byte(tree: Path) -> None:
    assert build.main(["--root", str(tree), *_TODAY]) == 0
    before = _content(tree / "site")
    config = tree / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins: []", "plugins: [findes-ikke]"), "utf-8")
    assert build.main(["--root", str(tree), *_TODAY]) == 1
    assert _content(tree / "site") == before
    assert not list(tree.glob(".site*"))


@pytest.mark.parametrize("sign", ["", "404.html", "faser/en/index.html", "tjeklister.pdf"])
def test_a_killed_build_leaves_the_site_whole_and_the_next_one_works(tree: Path, sign: str) -> None:
    command = _command("--root", tree, *_TODAY)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    before = _content(tree / "site")
    _edit(tree, "Ring straks.")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (tree / ".site.building" / sign).exists() and process.poll() is None:
        time.sleep(0.001)
    process.kill()
    process.wait()
    left = _content(tree / "site")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    after = _content(tree / "site")
    assert "Ring straks." in after["kontakt/index.html"].decode()
    assert _lasting(left) in (_lasting(before), _lasting(after))
    assert sorted(path.name for path in tree.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_of_two_builds_at_once_one_is_refused_and_the_site_is_whole(tree: Path) -> None:
    command = _command("--root", tree, *_TODAY)
    with new_site(tree / "site"):
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert "allerede ved at blive bygget" in second.stderr
    assert not (tree / "site").exists()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert (tree / "site/index.html").exists()
