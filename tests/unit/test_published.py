"""What is published, what a sheet says of itself, and what a publication writes in the ledger."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.project import edit

import build
from procedure.checks import check_source
from procedure.derive.imprint import imprint
from procedure.derive.published import published_addresses, version_mark
from procedure.derive.sheets import sheets
from procedure.model import DEVELOPERS_FOLDER, load_procedure
from procedure.publish import swap as publish_module
from procedure.publish.publication import prepare
from procedure.source.ledger import LEDGER_PATH, Ledger
from procedure.words import DANISH

_BASE = Path(__file__).resolve().parents[1] / "cases/base"
_DAY = date(2026, 11, 22)
_LATER = date(2026, 11, 30)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


@pytest.fixture
def publish(tree: Path) -> Callable[..., Ledger]:
    """Write today's ledger and edition as a publication does."""

    def write(day: date = _DAY, change: str = "") -> Ledger:
        for path, content in prepare(load_procedure(tree), day, change, []).files.items():
            (tree / path).parent.mkdir(exist_ok=True)
            (tree / path).write_bytes(content)
        ledger = load_procedure(tree).ledger
        assert ledger is not None
        return ledger

    return write


def _edit(tree: Path, path: str, old: str, new: str) -> None:
    file = tree / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _change_sheet(tree: Path, text: str = "Følg op efter **en uge**.") -> None:
    """Change what is on the last sheet and leave its words, which are the procedure's."""
    _edit(tree, "docs/tjeklister/to.md", "Følg op efter en uge.", text)


def test_every_page_place_and_sheet_is_published_and_no_row_of_a_text_version(tree: Path) -> None:
    addresses = published_addresses(load_procedure(tree))
    assert {
        "/", "/#find-vej", "/kontakt/", "/mere/supplement/#akut", "/faser/en/#lyt", "/faser/en/#d-en-haster",
        "/tjeklister/en/", "/tjeklister/en.pdf", "/tjeklister.pdf",
    } <= addresses  # fmt: skip
    assert not [address for address in addresses if "#t-" in address]


def test_a_short_address_is_published_with_the_page_that_it_leads_to_and_guarded_from_then_on(
    tree: Path, publish: Callable[..., Ledger]
) -> None:
    assert "/was/" not in published_addresses(load_procedure(tree))
    _edit(tree, "docs/procedure.yml", "pages:\n", "pages:\n  statement: mere/tilgaengelighed.md\n")
    page = tree / "docs/mere/tilgaengelighed.md"
    shutil.copyfile(tree / "docs/kontakt.md", page)
    assert "/was/" in published_addresses(load_procedure(tree))
    assert "/was/" in publish().entries
    page.unlink()
    lost = [finding.message for finding in check_source(load_procedure(tree), _DAY) if finding.code == "L17"]
    assert any("»/was/«" in message for message in lost)


def test_the_page_of_all_phases_has_no_row_of_a_text_version_either(tree: Path) -> None:
    _edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", "```whole\n```")
    addresses = published_addresses(load_procedure(tree))
    assert "/kontakt/#d-en-haster" in addresses
    assert not [address for address in addresses if "#t-" in address]


def test_the_first_publication_gives_every_sheet_its_first_version(publish: Callable[..., Ledger]) -> None:
    ledger = publish()
    versions = [ledger.version(f"/tjeklister/{name}.pdf") for name in ("lige-nu", "en", "to")]
    assert [(version.day, version.change) for version in versions if version] == [(_DAY, "Første udgave")] * 3


def test_a_publication_without_a_change_changes_nothing(publish: Callable[..., Ledger]) -> None:
    assert publish().as_text() == publish(_LATER, "Intet").as_text()


def test_a_changed_sheet_alone_gets_a_new_version(tree: Path, publish: Callable[..., Ledger]) -> None:
    before = publish()
    _change_sheet(tree)
    after = publish(_LATER, "En uge med fed skrift")
    assert after.version("/tjeklister/en.pdf") == before.version("/tjeklister/en.pdf")
    version = after.version("/tjeklister/to.pdf")
    assert version is not None
    assert (version.day, version.change) == (_LATER, "En uge med fed skrift")
    assert check_source(load_procedure(tree), _DAY) == []


def test_two_publications_on_one_day_are_two_versions(tree: Path, publish: Callable[..., Ledger]) -> None:
    names = []
    for old, new in (("en uge", "**en uge**"), ("**en uge**", "en **uge**")):
        publish(change="Opfølgning")
        _edit(tree, "docs/tjeklister/to.md", old, new)
        version = publish(change="Opfølgning").version("/tjeklister/to.pdf")
        names.append(version and version_mark(DANISH, version))
    assert len(set(names)) == 2


def test_a_change_of_any_letters_becomes_one_line_that_can_be_read_back(
    tree: Path, publish: Callable[..., Ledger]
) -> None:
    publish()
    _change_sheet(tree)
    publish(_LATER, "Opfølgning\r\n | efter -> \x1bto \udcff uger\u2028")
    procedure = load_procedure(tree)
    assert check_source(procedure, _DAY) == []
    version = procedure.ledger and procedure.ledger.version("/tjeklister/to.pdf")
    assert version
    assert version.change == "Opfølgning | efter -> to uger"


@pytest.mark.parametrize("root", ["https://skolen.dk", "https://skolen.dk/"])
def test_a_sheet_knows_its_address_with_its_version(
    tree: Path, publish: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch, root: str
) -> None:
    _edit(tree, "mkdocs.yml", "site_name: Sager\n", 'site_name: Sager\nsite_url: !ENV [SITE_URL, ""]\n')
    monkeypatch.setenv("SITE_URL", f"{root}/sager".replace("//sager", "/sager"))
    publish()
    procedure = load_procedure(tree)
    sheet = sheets(procedure)[1]
    own = imprint(procedure, sheet)
    assert own.version is not None
    assert own.address == "https://skolen.dk/sager/tjeklister/en/"
    assert own.code_address == f"{own.address}#udgave-2026-11-22-{sheet.fingerprint[:8]}"


def test_without_an_address_a_sheet_names_none(tree: Path) -> None:
    procedure = load_procedure(tree)
    own = imprint(procedure, sheets(procedure)[0])
    assert (own.root, own.address, own.code_address) == ("", "", "")


def test_a_sheet_that_differs_from_its_version_never_claims_to_be_it(
    tree: Path, publish: Callable[..., Ledger]
) -> None:
    publish()
    _change_sheet(tree)
    procedure = load_procedure(tree)
    assert [imprint(procedure, sheet).version is None for sheet in sheets(procedure)] == [False, False, True]


def _publish_site(tree: Path, change: str = "") -> int:
    return build.main(["--root", str(tree), f"--publish={change}", "--without-address", "--today", "2026-11-22"])


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_publishing_twice_writes_the_ledger_once(tree: Path) -> None:
    assert _publish_site(tree) == 0
    written = (tree / LEDGER_PATH).stat()
    assert _publish_site(tree) == 0
    again = (tree / LEDGER_PATH).stat()
    assert (again.st_ino, again.st_mtime_ns) == (written.st_ino, written.st_mtime_ns)


def test_nothing_but_publishing_writes_the_ledger(tree: Path) -> None:
    before = (tree / LEDGER_PATH).read_bytes()
    for arguments in (["--check"], []):
        assert build.main(["--root", str(tree), *arguments, "--today", "2026-11-22"]) == 0
    assert (tree / LEDGER_PATH).read_bytes() == before


@pytest.mark.parametrize("change", ["", " \n\t ", "\u200b\x07"])
def test_what_has_changed_is_not_published_before_somebody_says_what_is_new(
    tree: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _publish_site(tree) == 0
    before = _content(tree)
    _change_sheet(tree)
    changed = (tree / "docs/tjeklister/to.md").read_bytes()
    capsys.readouterr()
    assert _publish_site(tree, change) == 1
    report = capsys.readouterr().out
    assert "docs/tjeklister/to.md:11 P32 Arket" in report
    assert "»Følg op efter en uge.« → »Følg op efter **en uge**.«" in report
    assert "1 fejl og 0 advarsler." in report
    assert _content(tree) == {**before, "docs/tjeklister/to.md": changed}


# What stops before the build, in the pages, on paper, and in the place where the site is put.
@pytest.mark.parametrize("fault", ["source", "generator", "paper", "place", "stopped"])
def test_a_publication_that_fails_leaves_ledger_and_site_as_they_were(
    tree: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _publish_site(tree) == 0
    _change_sheet(tree, "Følg op efter en uge 🙂." if fault == "paper" else "Følg op efter **en uge**.")
    if fault == "source":
        (tree / "docs/faser/to.md").unlink()
    elif fault == "generator":
        _edit(tree, "mkdocs.yml", "plugins: []", "plugins: [no-such-plugin]")
    elif fault == "place":
        (tree / "site" / ".made-by-procedure").unlink()
    elif fault == "stopped":
        monkeypatch.setattr("build.check_built", _stop)
    before = _content(tree)
    assert _publish_site(tree, "Nyt") == (2 if fault in ("place", "stopped") else 1)
    assert _content(tree) == before


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_once_the_site_is_in_place_comes_too_late_to_part_it_from_its_ledger(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _publish_site(tree) == 0
    _change_sheet(tree)

    def stop_and_swap(building: Path, site_dir: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        publish_module.swap(building, site_dir)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("build.swap", stop_and_swap)
    assert _publish_site(tree, "To uger") == 0
    assert "| To uger\n" in (tree / LEDGER_PATH).read_text("utf-8")
    assert "To uger" in (tree / "site/tjeklister/to/index.html").read_text("utf-8")


def test_the_first_publication_that_fails_leaves_no_ledger(tree: Path) -> None:
    (tree / LEDGER_PATH).unlink()
    _edit(tree, "mkdocs.yml", "plugins: []", "plugins: [no-such-plugin]")
    assert _publish_site(tree) == 1
    assert not (tree / LEDGER_PATH).exists()


def test_what_is_written_for_developers_is_no_page_and_may_not_be_published(tree: Path) -> None:
    notes = tree / DEVELOPERS_FOLDER / "notes.md"
    notes.parent.mkdir()
    notes.write_text("# No front matter, and a [link](to-nowhere.md)\n", "utf-8")
    (finding,) = check_source(load_procedure(tree), _DAY)
    assert (finding.path, finding.code) == ("mkdocs.yml", "C34")
    assert "»udvikling/«" in finding.message
    edit(tree, "mkdocs.yml", "  editions/\n", "  editions/\n  udvikling/\n")
    assert check_source(load_procedure(tree), _DAY) == []
    assert build.build(tree, tree / "site", _DAY) == []
    assert not list((tree / "site").rglob("*notes*"))
