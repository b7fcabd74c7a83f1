"""What a site says of its own files, and what is said of a copy of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.browser.stage import served
from tests.project import content

import build
import verify
from procedure.derive.published import MARK
from procedure.outputs.manifest import commit_of
from procedure.outputs.servers import SERVER_FILES

_BASE = Path(__file__).parents[1] / "cases/base"
_EDITION = "2026-11-22"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was published, with its site. Nothing may be written in it."""
    root = Path(shutil.copytree(_BASE, tmp_path_factory.mktemp("manifest") / "tree"))
    assert build.main(["--root", str(root), "--publish=Ny", "--without-address", "--today", _EDITION]) == 0
    return root


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(project / "site", tmp_path / "copy"))


def _said(project: Path, place: Path | str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    status = verify.main(["--root", str(project), str(place)])
    said = capsys.readouterr()
    return status, (said.out + said.err).splitlines()


def test_the_manifest_names_every_file_of_the_site_and_what_it_holds(project: Path) -> None:
    files = content(project / "site")
    del files[MARK]
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["edition"] == _EDITION
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert "index.html" in files


def test_a_whole_copy_is_whole_in_a_folder_and_on_a_server(
    project: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(project, copy, capsys) == (0, [f"{copy} er hel og nyest. Den er bygget, før alt var gemt i Git."])
    with served(copy, "/under/her/") as address:
        assert _said(project, address, capsys) == (
            0,
            [f"{address} er hel og nyest. Den er bygget, før alt var gemt i Git."],
        )
        assert _said(project, address.rstrip("/"), capsys)[0] == 0


def test_all_that_is_wrong_with_a_copy_is_said_at_once(
    project: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(copy / "kontakt")
    (copy / "index.html").write_bytes((copy / "index.html").read_bytes().replace(b"Hvad", b"Hvor"))
    (copy / "gammel.html").write_text("fra en anden udgave")
    wrong = ["index.html er en anden, end der blev bygget."]
    wrong += [f"kontakt/index.html{ending} mangler." for ending in ("", ".br", ".gz")]
    status, said = _said(project, copy, capsys)
    assert (status, said[:-1]) == (1, [*wrong, "gammel.html hører ikke til udgaven."])
    with served(copy) as address:
        status, said = _said(project, address, capsys)
        assert (status, said[:-1]) == (1, wrong)


def test_what_is_for_servers_only_is_held_against_the_manifest_in_a_folder_and_not_asked_for(
    project: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SERVER_FILES:
        (copy / name).unlink()
    status, said = _said(project, copy, capsys)
    assert (status, said[:-1]) == (1, [f"{name} mangler." for name in sorted(SERVER_FILES)])
    with served(copy) as address:
        assert _said(project, address, capsys)[0] == 0


def test_a_copy_of_an_older_edition_is_not_the_newest(
    project: Path, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = Path(shutil.copytree(project, tmp_path / "newer"))
    text = (newer / f"docs/editions/{_EDITION}.json").read_text("utf-8")
    (newer / "docs/editions/2026-12-01.json").write_text(text.replace(_EDITION, "2026-12-01"), "utf-8")
    status, said = _said(newer, copy, capsys)
    assert (status, said[0]) == (1, f"Kopien er udgaven {_EDITION}; den nyeste her er 2026-12-01.")


@pytest.mark.parametrize("written", [None, "", "[]", "{}", '{"edition": null, "commit": null, "files": []}', "\x00"])
def test_what_is_no_copy_is_one_sentence(
    written: str | None, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if written is not None:
        (tmp_path / "manifest.json").write_text(written, "utf-8")
    status, said = _said(project, tmp_path, capsys)
    assert (status, len(said)) == (2, 1)


def test_a_server_that_does_not_answer_or_fails_is_one_sentence(
    project: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(copy) as address:
        pass
    status, [said] = _said(project, address, capsys)
    assert (status, said.startswith(f"verify.py: {address} svarer ikke: ")) == (2, True)
    with _failing() as address:
        status, [said] = _said(project, address, capsys)
        assert (status, said.startswith(f"verify.py: {address}manifest.json svarer 500 ")) == (2, True)


@contextmanager
def _failing() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(500)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("places", [[], ["", ""], ["a", "https://b.dk/"]])
def test_where_the_copy_is_is_said_once(places: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["--root", str(project), *places]) == 2
    assert "make verify DIR=" in capsys.readouterr().err


def test_the_commit_is_said_where_nothing_differs_from_it(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        command = ["git", "-C", str(tmp_path), *who, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    (tmp_path / "side.md").write_text("Ring.")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=x")
    assert commit_of(tmp_path) == git("rev-parse", "HEAD")
    (tmp_path / "side.md").write_text("Skriv.")
    assert commit_of(tmp_path) is None


def test_without_git_no_commit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_of(tmp_path) is None
    monkeypatch.setenv("PATH", "")
    assert commit_of(tmp_path) is None
