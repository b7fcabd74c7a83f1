"""The page for handbooks: every lasting address once, in full where the site's own is set, and else none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.project import edit

from procedure.blocks.handbook import handbook, other_files, places
from procedure.derive.published import published_addresses
from procedure.model import Procedure, load_procedure

_BASE = Path(__file__).resolve().parents[1] / "cases/base"
_ROOT = "https://skolen.dk/sager/"


@pytest.fixture
def plain(tmp_path: Path) -> Procedure:
    tree = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    shutil.copy(tree / "docs/kontakt.md", tree / "docs/guide.md")
    guide = tree / "docs/guide.md"
    text = guide.read_text("utf-8").replace("```contacts", "```guide").replace("title: Kontakt", "title: Trin for trin")
    guide.write_text(text, "utf-8")
    edit(tree, "docs/procedure.yml", "pages:\n", "pages:\n  guide: guide.md\n")
    return load_procedure(tree)


def _files(procedure: Procedure) -> list[str]:
    return [place.address for place in other_files(procedure)]


@pytest.fixture
def addressed(plain: Procedure) -> Procedure:
    return replace(plain, site=replace(plain.site, address=_ROOT))


def _addresses(procedure: Procedure) -> list[str]:
    return [place.address for _, _, rows in places(procedure) for place in rows]


def test_every_way_in_checklist_phase_step_and_question_is_there_once(plain: Procedure) -> None:
    assert _addresses(plain) == [
        "/", "/guide/", "/overblik/", "/kontakt/", "/tjeklister/lige-nu/", "/tjeklister/en/", "/tjeklister/to/",
        "/tjeklister/afproevning.pdf", "/faser/en/", "/faser/en/#lyt", "/faser/en/#handl", "/guide/#en-haster", "/faser/to/", "/faser/to/#foelg-op",
    ]  # fmt: skip


def test_every_address_is_one_that_is_guarded(plain: Procedure) -> None:
    pdfs = [place.pdf for _, _, rows in places(plain) for place in rows if place.pdf]
    assert set(_addresses(plain)) | set(pdfs) <= published_addresses(plain)
    assert pdfs == ["/tjeklister/lige-nu.pdf", "/tjeklister/en.pdf", "/tjeklister/to.pdf"]


def test_a_title_can_stand_alone(plain: Procedure) -> None:
    titles = [place.title for _, _, rows in places(plain) for place in rows]
    assert len(set(titles)) == len(titles)
    assert "1. Modtag sagen: Lyt" in titles


def test_each_place_has_its_address_in_full_a_text_to_paste_and_a_qr_code(addressed: Procedure) -> None:
    element = handbook(addressed)
    rows = element.findall("details")
    told = [row.findall(".//code")[0].text for row in rows]
    assert told == [f"{_ROOT}{address[1:]}" for address in (*_addresses(addressed), *_files(addressed))]
    for row in rows:
        title = row.findtext("summary")
        full, pasted = [code.text for code in row.findall(".//code")]
        assert pasted == f"{title} ({full})"
        assert [svg.get("aria-label") for svg in row.findall("svg")] == [f"QR-kode til {title}"]


def test_without_an_address_each_place_has_its_links_and_nothing_more(plain: Procedure) -> None:
    for row in handbook(plain).findall("details"):
        assert {part.tag for part in row} == {"summary", "p"}
        for line in row.findall("p"):
            # A link to what is made after the pages is not the generator's to follow.
            assert [link.tag for link in line] == ["A"]
            assert not (line.text or "").strip()
    links = [str(link.get("href")) for link in handbook(plain).iter("A")]
    pdfs = [place.pdf for _, _, rows in places(plain) for place in rows if place.pdf]
    assert sorted(links) == sorted(f"..{address}" for address in (*_addresses(plain), *pdfs, *_files(plain)))
