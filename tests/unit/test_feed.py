"""The feed of editions, as a program for feeds reads it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from tests.conftest import ROOT
from tests.project import ADDRESS, edit

import build
from procedure.model import load_procedure
from procedure.outputs.feed import check_feed, write_feed
from procedure.source.edition import EDITIONS_FOLDER

_CASES = ROOT / "tests/cases"
_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small project as it was published three times, twice on one day."""
    shutil.copytree(_CASES / "base", tmp_path / "tree")
    tree = Path(shutil.copytree(_CASES / "published", tmp_path / "tree", dirs_exist_ok=True))
    _add_edition(tree, "2026-12-01", "Nyt nummer")
    _add_edition(tree, "2026-12-01-2", "Rettet & <nyt>")
    return tree


def _add_edition(tree: Path, name: str, change: str) -> None:
    first = tree / EDITIONS_FOLDER / "2026-11-22.json"
    lines = first.read_text("utf-8").splitlines(keepends=True)
    assert lines[2].startswith('  "day"')
    assert lines[3].startswith('  "change"')
    lines[2:4] = [f'  "day": "{name[:10]}",\n', f'  "change": "{change}",\n']
    (tree / EDITIONS_FOLDER / f"{name}.json").write_text("".join(lines), "utf-8")


def _written(tree: Path, folder: Path) -> Any:
    procedure = load_procedure(tree)
    write_feed(procedure, folder)
    assert check_feed(procedure, folder) == []
    feed = feedparser.parse(str(folder / "udgaver.xml"))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    _assert_as_the_standard_has_it(folder / "udgaver.xml")
    return feed


def _assert_as_the_standard_has_it(file: Path) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have, and once."""
    feed = ElementTree.parse(file).getroot()
    assert feed.tag == f"{_ATOM}feed"
    entries = feed.findall(f"{_ATOM}entry")
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            [found] = part.findall(f"{_ATOM}{name}")
            assert found.text
    assert feed.find(f"{_ATOM}author/{_ATOM}name") is not None
    assert all(entry.findtext(f"{_ATOM}content") for entry in entries)
    ids = [part.findtext(f"{_ATOM}id") for part in (feed, *entries)]
    assert len(set(ids)) == len(ids)


def test_it_tells_of_every_edition_with_its_day_and_what_was_said_the_newest_first(tree: Path, tmp_path: Path) -> None:
    first = json.loads((tree / EDITIONS_FOLDER / "2026-11-22.json").read_bytes())["change"]
    feed = _written(tree, tmp_path)
    assert feed.feed.updated == "2026-12-01T00:00:00Z"
    told = [(entry.updated[:10], entry.content[0].value) for entry in feed.entries]
    assert told[:2] == [("2026-12-01", "Rettet & <nyt>"), ("2026-12-01", "Nyt nummer")]
    assert told[2:] == [("2026-11-22", first)]
    assert len({entry.title for entry in feed.entries}) == 3


def test_the_ids_stay_when_the_site_gets_an_address_and_only_then_there_are_links(tree: Path, tmp_path: Path) -> None:
    without = _written(tree, tmp_path)
    assert not without.feed.get("links")
    edit(tree, "mkdocs.yml", "site_name", f"site_url: {ADDRESS}\nsite_name")
    addressed = _written(tree, tmp_path)
    assert [entry.id for entry in addressed.entries] == [entry.id for entry in without.entries]
    assert addressed.feed.id == without.feed.id
    assert {link.rel: link.href for link in addressed.feed.links} == {
        "self": f"{ADDRESS}udgaver.xml",
        "alternate": ADDRESS,
    }
    assert {entry.link for entry in addressed.entries} == {ADDRESS}


def test_an_edition_leads_to_what_it_changed_where_a_page_tells_that(tree: Path, tmp_path: Path) -> None:
    edit(tree, "mkdocs.yml", "site_name", f"site_url: {ADDRESS}\nsite_name")
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", "Ring, hvis du er i tvivl.\n\n```editions\n```")
    places = [f"{ADDRESS}kontakt/#udgave-{name}" for name in ("2026-12-01-2", "2026-12-01", "2026-11-22")]
    assert [entry.link for entry in _written(tree, tmp_path).entries] == places


def test_an_edition_keeps_its_id_when_another_comes(tree: Path, tmp_path: Path) -> None:
    before = [entry.id for entry in _written(tree, tmp_path).entries]
    _add_edition(tree, "2027-01-01", "Mere")
    assert [entry.id for entry in _written(tree, tmp_path).entries][1:] == before


def test_a_site_that_was_never_published_has_a_feed_of_nothing(tmp_path: Path) -> None:
    assert _written(_CASES / "base", tmp_path).entries == []


def test_what_no_xml_can_hold_is_left_out(tree: Path, tmp_path: Path) -> None:
    _add_edition(tree, "2027-01-01", "Nyt\\u0000\\ud800 nummer")
    assert _written(tree, tmp_path).entries[0].content[0].value == "Nyt nummer"


def test_with_an_older_edition_that_is_damaged_nothing_is_published(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--root", str(tree), "--today", "2026-12-01"]) == 0
    (tree / EDITIONS_FOLDER / "2026-11-22.json").write_text("{", "utf-8")
    before = (tree / "site/udgaver.xml").read_bytes()
    assert build.main(["--root", str(tree), "--today", "2026-12-01"]) == 1
    assert "docs/editions/2026-11-22.json:1 L28" in capsys.readouterr().out
    assert (tree / "site/udgaver.xml").read_bytes() == before


def test_a_feed_that_lacks_an_edition_is_found(tree: Path, tmp_path: Path) -> None:
    _written(tree, tmp_path)
    _add_edition(tree, "2027-01-01", "Mere")
    assert list(check_feed(load_procedure(tree), tmp_path)) == ["udgaver.xml har andre udgaver end docs/editions/."]
