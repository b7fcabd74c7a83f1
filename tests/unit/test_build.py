"""The one command: its exit status, what it prints, and that it publishes whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import build
from procedure.findings import Finding
from procedure.model import Procedure, UnreadableTreeError, load_procedure
from procedure.publish import site
from procedure.publish.swap import new_site

_ROOT = Path(__file__).resolve().parents[2]
_BASE = _ROOT / "tests/cases/base"
_TODAY = ("--today", "2026-11-22")
# What stands in a site that is being built, early and late: a build is killed when it is there.
_SIGNS = ("", "404.html", "faser/en/index.html")


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


def _break(root: Path) -> None:
    (root / "docs/faser/to.md").unlink()


def _edit(root: Path, text: str) -> None:
    page = root / "docs/kontakt.md"
    page.write_text(page.read_text("utf-8").replace("Ring, hvis du er i tvivl.", text), "utf-8")


def test_a_project_without_errors_is_built_beside_its_docs(published: Path) -> None:
    assert (published / "site/faser/en/index.html").exists()
    assert sorted(path.name for path in published.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_the_generator_alone_finds_the_project_from_any_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(_ROOT / "mkdocs.yml")]
    run = subprocess.run(
        [*command, "--site-dir", str(tmp_path / "site")], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "flow-places" in (tmp_path / "site/faser/vurder/index.html").read_text("utf-8")


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


def test_a_python_that_nothing_is_set_up_in_says_to_run_make_first(tree: Path) -> None:
    _, *arguments = _command("--root", tree, "--check")
    run = subprocess.run([sys.executable, "-S", *arguments], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert re.fullmatch(r"build\.py: \w+ er ikke sat op i denne Python\. Kør make først, .*\n", run.stderr)


def test_a_folder_that_is_not_ours_is_refused(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "site").mkdir()
    (tree / "site/brev.txt").write_text("kære")
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    assert "ikke lavet af dette program" in capsys.readouterr().err
    assert _content(tree / "site") == {"brev.txt": b"k\xc3\xa6re"}


def test_the_same_source_gives_the_same_bytes_wherever_and_whenever_it_is_built(
    published: Path, tmp_path: Path
) -> None:
    elsewhere = shutil.copytree(published, tmp_path / "et andet sted", ignore=shutil.ignore_patterns("site"))
    other = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "86400",
    }
    command = _command("--root", elsewhere, "--site-dir", tmp_path / "site", "--today", "2031-02-03")
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={**os.environ, **other})
    assert run.returncode == 0, run.stdout
    assert _content(tmp_path / "site") == _content(published / "site")


def test_a_checkout_with_windows_line_ends_gives_the_same_bytes(published: Path, tree: Path) -> None:
    for path in [tree / "mkdocs.yml", *(tree / "docs").rglob("*.*")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert build.main(["--root", str(tree), *_TODAY]) == 0
    assert _content(tree / "site") == _content(published / "site")


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


@pytest.mark.parametrize("sign", ["tjeklister.pdf", *(pytest.param(sign, marks=pytest.mark.every) for sign in _SIGNS)])
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
    assert left in (before, after)
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


def _while_building(tree: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen when the generator has read the pages and the sheets are still to be made."""
    generate = site.build_site

    def build_site(procedure: Procedure, site_dir: Path) -> list[Finding]:
        findings = generate(procedure, site_dir)
        happens()
        return findings

    monkeypatch.setattr(site, "build_site", build_site)


@pytest.mark.parametrize("path", ["docs/kontakt.md", "docs/procedure.yml", "docs/ny.md", "mkdocs.yml"])
def test_a_source_that_is_changed_while_the_site_is_built_is_one_sentence_and_nothing_is_published(
    tree: Path, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def change() -> None:
        with (tree / path).open("a") as file:
            file.write("\n")

    _while_building(tree, monkeypatch, change)
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    message = f"build.py: {path} er ændret, mens siden blev bygget. Kør igen.\n"
    assert capsys.readouterr().err == message
    assert not (tree / "site").exists()


def test_a_source_that_is_changed_while_publishing_leaves_the_ledger_too(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(tree, "Ring straks.")
    before = (tree / "docs/ledger.txt").read_bytes()
    _while_building(tree, monkeypatch, lambda: (tree / "docs/to.md").write_text("x"))
    assert build.main(["--root", str(tree), "--publish=Nyt", "--without-address", *_TODAY]) == 2
    assert "docs/to.md er ændret" in capsys.readouterr().err
    assert (tree / "docs/ledger.txt").read_bytes() == before
    assert not (tree / "site").exists()


def test_a_docs_that_another_takes_the_place_of_while_the_site_is_built_is_noticed(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def replace() -> None:
        shutil.copytree(tree / "docs", tree / "nye")
        (tree / "docs").rename(tree / "gamle")
        (tree / "nye").rename(tree / "docs")

    _while_building(tree, monkeypatch, replace)
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    assert "er ændret, mens siden blev bygget" in capsys.readouterr().err


def test_a_working_folder_that_vanishes_is_one_sentence(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _while_building(tree, monkeypatch, lambda: shutil.rmtree(tree / ".site.building"))
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    message = capsys.readouterr().err
    assert "kan ikke læses eller skrives: den findes ikke." in message
    assert message.count("\n") == 1


def test_a_disk_that_is_full_is_one_sentence(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tree / ".site.building/index.html"))

    monkeypatch.setattr(site, "build", lambda _config: fill())
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    expected = f"build.py: {tree}/.site.building kan ikke læses eller skrives: der er ikke mere plads på disken.\n"
    assert capsys.readouterr().err == expected
    assert sorted(path.name for path in tree.iterdir()) == ["docs", "mkdocs.yml"]


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_is_one_sentence_and_leaves_the_site_and_no_folder(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--root", str(tree), *_TODAY]) == 0
    before = _content(tree / "site")
    capsys.readouterr()
    _while_building(tree, monkeypatch, lambda: signal.raise_signal(signal.SIGINT))
    assert build.main(["--root", str(tree), *_TODAY]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "build.py: Stoppet, før noget var udgivet. Siden er, som den var.\n")
    assert _content(tree / "site") == before
    assert sorted(path.name for path in tree.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_a_folder_of_docs_that_cannot_be_listed_is_one_sentence(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = os.walk

    def refuse(folder: Path, **options: Any) -> Iterator[tuple[str, list[str], list[str]]]:
        options["onerror"](PermissionError(errno.EACCES, "Permission denied", str(folder / "faser")))
        return walk(folder, **options)

    # The tests may run as root, whom no folder refuses.
    monkeypatch.setattr(os, "walk", refuse)
    with pytest.raises(UnreadableTreeError, match="docs/faser kan ikke læses: du har ikke lov"):
        load_procedure(tree)


def test_a_folder_that_is_gone_under_the_person_is_one_sentence(tree: Path) -> None:
    here = tree / "her"
    here.mkdir()
    command = f"cd {here} && rmdir {here} && exec " + " ".join(_command("--check", "--root", tree))
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith("build.py: Mappen, du står i, findes ikke mere. Gå til en anden, og kør igen.\n")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(("encoding", "arrow"), [("latin-1", "->"), ("ascii", "->"), ("utf-8", "→")])
def test_a_terminal_without_danish_letters_gets_the_report_all_the_same(tree: Path, encoding: str, arrow: str) -> None:
    _break(tree)
    command = _command("--check", "--root", tree, *_TODAY)
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    run = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert (run.returncode, run.stderr) == (1, b"")
    assert f"\n    {arrow} " in run.stdout.decode(encoding)


def test_a_reader_who_has_left_and_a_disk_that_is_full_give_no_traceback(tree: Path) -> None:
    command = " ".join(_command("--check", "--root", tree, *_TODAY))
    left = subprocess.run(
        f"({command}; echo status $? >&2) | true", shell=True, capture_output=True, text=True, check=False
    )
    assert left.stderr == "status 0\n"
    full = subprocess.run(f"{command} >/dev/full", shell=True, capture_output=True, text=True, check=False)
    assert full.returncode == 2
    assert full.stderr.startswith("build.py: Rapporten kan ikke læses eller skrives: der er ikke mere plads på disken.")
    assert full.stderr.count("\n") == 1
