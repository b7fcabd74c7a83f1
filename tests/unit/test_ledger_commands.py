"""An address that is lost is found, and the command that is printed mends it: for places of every kind."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.project import copy_project, edit, written_on

import build
from procedure.checks.ledger import way_to_mend
from procedure.derive.moves import COMMAND, changed_name, lost, with_moves
from procedure.derive.published import published_addresses
from procedure.model import Procedure, load_procedure
from procedure.publish.ledger_commands import KINDS
from procedure.source.ledger import LEDGER_PATH, Ledger, ending

_CASES = Path(__file__).resolve().parents[1] / "cases"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return the small project as it was published."""
    shutil.copytree(_CASES / "base", tmp_path / "tree")
    return Path(shutil.copytree(_CASES / "published", tmp_path / "tree", dirs_exist_ok=True))


def _run(tree: Path, *arguments: str) -> int:
    return build.main(["--root", str(tree), "--today", "2026-11-22", *arguments])


def _rows(tree: Path) -> set[str]:
    return set((tree / LEDGER_PATH).read_text("utf-8").splitlines())


def _faults(procedure: Procedure) -> Iterator[str]:
    """Yield what is wrong where an address of the ledger is removed, renamed or moved.

    It must be found, and each command printed must let it lead somewhere again, without touching another address.
    """
    ledger = procedure.ledger or Ledger({})
    published = published_addresses(procedure) & set(ledger.entries)
    for address in sorted(published):
        for what, new in _replacements(address):
            if new in ledger.entries:
                continue
            now = published - {address} | {new} - {""}
            if address not in lost(ledger, now):
                yield f"{address} {what}: not found"
            commands = re.findall(rf"{re.escape(COMMAND)} (--\S+(?: /\S+)+)", way_to_mend(ledger, address, now))
            if new and not any(command.endswith(f" {new}") for command in commands):
                yield f"{address} {what}: {new} is not guessed in {commands}"
            for command in commands:
                kind, *names = shlex.split(command)
                moves = KINDS[kind.removeprefix("--")](ledger, now, names)
                after = with_moves(ledger, moves)
                if address in lost(after, now):
                    yield f"{address} {what}: not mended by {command}"
                if any(after.entries[a] != ledger.entries[a] for a in now & set(ledger.entries)):
                    yield f"{address} {what}: another address is touched by {command}"


def _replacements(address: str) -> Iterator[tuple[str, str]]:
    """Yield what can be done to an address: what it is called, and the address that is there instead, or nothing."""
    yield "removed", ""
    if kind := ending(address):
        yield "renamed", f"{address.removesuffix(kind)}-ny{kind}"
    elif "#" in address:
        yield "renamed", f"{address}-ny"
        page, _, place = address.partition("#")
        if "/" not in place:
            yield "moved", f"/mere/supplement/#{place}" if page != "/mere/supplement/" else f"/kontakt/#{place}"
    elif address != "/":
        yield "renamed", f"{address.rstrip('/')}-ny/"


def test_every_lost_address_is_found_and_mended_by_the_command_that_is_printed(procedure: Procedure) -> None:
    assert list(_faults(procedure)) == []


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("/guide/#vurder-under/ja", "/guide/#vurder-underret/ja", ("under", "underret")),
        ("/faser/en/#lyt", "/faser/en/#lyt-efter", ("lyt", "lyt-efter")),
        ("/faser/en/#lyt-efter", "/faser/en/#lyt", ("lyt-efter", "lyt")),
        ("/faser/en/", "/faser/et/", ("en", "et")),
        ("/faser/en/", "/mere/et/", None),
        ("/faser/en/", "/faser/en/", None),
    ],
)
def test_one_name_that_differs_is_found(old: str, new: str, names: tuple[str, str] | None) -> None:
    assert changed_name(old, new) == names


def test_a_heading_that_is_renamed_is_one_command(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(tree, "docs/faser/en.md", "#lyt", "#lyt-efter")
    edit(tree, "docs/procedure.yml", "id: lyt", "id: lyt-efter")
    _mend(tree, capsys)
    assert "/faser/en/#lyt -> /faser/en/#lyt-efter" in _rows(tree)


def test_a_node_that_is_renamed_is_the_same_node_under_another_name(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tree / "docs/faser/en.md"
    page.write_text(re.sub(r"\bring\b", "opkald", page.read_text("utf-8")), "utf-8")
    _mend(tree, capsys)
    assert "/faser/en/#d-en-ring -> /faser/en/#d-en-opkald" in _rows(tree)
    assert _run(tree, "--check") == 0
    assert capsys.readouterr().out.startswith("0 fejl og 0 advarsler.")


def _mend(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the first command that is printed until nothing is lost."""
    for _ in range(9):
        capsys.readouterr()
        if _run(tree, "--check") == 0:
            return
        report = capsys.readouterr().out
        command = re.search(rf"{re.escape(COMMAND)} (--\S+(?: /\S+)+)", report)
        assert command, report
        assert _run(tree, *shlex.split(command[1])) == 0
    pytest.fail("The commands do not mend it.")


def test_a_phase_that_is_renamed_is_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = copy_project(tmp_path / "tree")
    run = ["--root", str(tree), "--today", str(written_on(load_procedure(tree)))]
    build.main([*run, "--check"])
    before = set(re.findall(r":\d+ ([A-Z]\d\d)", capsys.readouterr().out))
    for path in sorted((tree / "docs").rglob("*.md")):
        text = path.read_text("utf-8")
        text = re.sub(r"(?<![\w/-])(\.\./(?:faser|tjeklister)/|faser/|tjeklister/)?haandter\.md", r"\1internt.md", text)
        text = re.sub(r"(?m)^haandter$", "internt", text)
        path.write_text(text.replace("#ord-haandter", "#ord-internt").replace("#d-haandter-", "#d-internt-"), "utf-8")
    edit(tree, "docs/procedure.yml", "id: haandter", "id: internt")
    edit(tree, "docs/procedure.yml", "next: [haandter", "next: [internt")
    edit(tree, "mkdocs.yml", "haandter.md", "internt.md")
    for folder in ("faser", "tjeklister"):
        (tree / f"docs/{folder}/haandter.md").rename(tree / f"docs/{folder}/internt.md")
    assert build.main([*run, "--check"]) == 1
    report = capsys.readouterr().out
    assert set(re.findall(r":\d+ ([A-Z]\d\d) (?!\(advarsel\))", report)) == {"L17"}, report
    assert f"{COMMAND} --renamed /faser/haandter/ /faser/internt/" in report
    assert build.main([*run, "--renamed", "/faser/haandter/", "/faser/internt/"]) == 0
    capsys.readouterr()
    build.main([*run, "--check"])
    report = capsys.readouterr().out
    assert "0 fejl" in report
    assert set(re.findall(r":\d+ ([A-Z]\d\d)", report)) <= before, report


def test_a_page_that_is_gone_leads_to_what_is_nearest_above_it_with_all_its_places(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(tree, "docs/index.md", " og [hvad der er lagt til](mere/supplement.md#akut)", "")
    edit(
        tree, "docs/faser/en.md", "Uden for proceduren: [akut fare](../mere/supplement.md#akut)", "Uden for proceduren."
    )
    edit(tree, "docs/tjeklister/lige-nu.md", '--8<-- "mere/supplement.md:akut"', "")
    edit(tree, "mkdocs.yml", "  - Supplement: mere/supplement.md\n", "")
    edit(tree, "docs/procedure.yml", "  supplement: mere/supplement.md\n", "")
    (tree / "docs/mere/supplement.md").unlink()
    assert _run(tree, "--check") == 1
    assert "--retired /mere/supplement/" in capsys.readouterr().out
    assert _run(tree, "--retired", "/mere/supplement/", "/kontakt/") == 0
    assert {row for row in _rows(tree) if row.startswith("/mere/")} == {
        "/mere/supplement/ -> /kontakt/", "/mere/supplement/#akut -> /kontakt/",
    }  # fmt: skip


def test_what_moves_twice_before_it_is_published_has_one_row(tree: Path) -> None:
    for old, new in (("find-vej", "vej"), ("vej", "videre")):
        edit(tree, "docs/index.md", f"#{old}", f"#{new}")
        assert _run(tree, "--moved", f"/#{old}", f"/#{new}") == 0
    assert {row for row in _rows(tree) if "->" in row and row.startswith("/")} == {"/#find-vej -> /#videre"}
    assert _run(tree, "--check") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--moved", "/kontakt/", "/faser/en/"], "findes stadig"),
        (["--moved", "/opfundet/", "/faser/en/"], "er aldrig udgivet"),
        (["--moved", "/#find-vej", "/faser/tre/"], "findes ikke på siden"),
        (["--moved", "/#find-vej", "/#find-vej"], "findes ikke på siden"),
        (["--renamed", "/#find-vej", "/faser/en/#lyt"], "er ikke ens på nær ét navn"),
        (["--renamed", "find-vej", "vejen"], "Ingen udgiven adresse mangler"),
        (["--renamed", "find vej", "vejen"], "er ikke ens på nær ét navn"),
        (["--retired", "/kontakt/"], "findes stadig"),
        (["--retired", "/#find-vej", "/tre/"], "findes ikke på siden"),
        (["--retired", "/#find-vej", "/", "/kontakt/"], "højst én"),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_nothing_is_written(
    tree: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(tree, "docs/index.md", "## Find vej {#find-vej}", "")
    before = (tree / LEDGER_PATH).read_bytes()
    assert _run(tree, *arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert (tree / LEDGER_PATH).read_bytes() == before


def test_other_faults_come_first(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(tree, "docs/index.md", "## Find vej {#find-vej}", "## Find vej")
    assert _run(tree, "--retired", "/#find-vej") == 2
    assert "Ret først det andet, som make check finder, fx docs/index.md:15 C01." in capsys.readouterr().err


def test_pages_are_reviewed_by_the_command(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tree, "--reviewed", "faser/en.md", "docs/kontakt.md") == 0
    assert capsys.readouterr().out == "Skrevet:\n  docs/faser/en.md\n  docs/kontakt.md\n"
    assert _run(tree, "--reviewed", "faser/tre.md") == 2
    assert capsys.readouterr().err == "build.py: »faser/tre.md« er ingen side i docs/. Skriv fx faser/vurder.md.\n"
