"""A moved address keeps working: a page leads on, an old id stands at the new place, a PDF lies in both."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from procedure.outputs.redirects import lead_on, moved_addresses
from procedure.source.ledger import Entry, Ledger
from procedure.words import DANISH

_PAGE = """<!doctype html><html lang="da"><body><article class="x"><h1>Side</h1>
<h2 class="y" id="nyt">Nyt<a href="#nyt">#</a></h2>
<section id="skaerm" title="a &gt; b"><p>Tekst</p></section>
<div><svg width="9" height="9"></svg><a href="#nyt" id="d-nyt"><svg width="9" height="9"></svg></a></div>
<p id="efter">Efter</p></article></body></html>"""
_PUBLISHED = {
    "/", "/a/", "/a/#nyt", "/a/#skaerm", "/a/#d-nyt", "/a/#efter", "/b/", "/b/dyb/", "/b/dyb/#nyt", "/a.pdf",
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "a/index.html", "b/index.html", "b/dyb/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(_PAGE, "utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 a")
    return tmp_path


def _write(site: Path, **moves: str) -> None:
    """Write the redirects; an address stands as `_` for `/`, `__` for `/#` and `___` for `.`."""
    lead_on(DANISH, moved_addresses(_ledger(**moves), _PUBLISHED), site)


def _ledger(**moves: str) -> Ledger:
    names = {name.replace("___", ".").replace("__", "/#").replace("_", "/"): target for name, target in moves.items()}
    return Ledger({address: Entry(address, target or None, None, 1) for address, target in names.items()})


def _page(site: Path, name: str) -> HtmlElement:
    return _tree((site / name / "index.html").read_text("utf-8"))


def _tree(text: str) -> HtmlElement:
    tree = html.document_fromstring(text)
    assert isinstance(tree, HtmlElement)
    return tree


def _links(page: HtmlElement) -> list[tuple[str | None, str | None]]:
    return [(row.get("id"), row[0].get("href")) for row in page.findall(".//p") if len(row)]


def test_nothing_is_written_where_nothing_has_moved(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    _write(site, _a_="", _a__nyt="")
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_moved_page_leads_on_with_a_heading_a_link_and_without_a_script_in_it(site: Path) -> None:
    _write(site, _x_y_="/b/dyb/")
    page = _page(site, "x/y")
    assert page.get("lang") == "da"
    assert [heading.text for heading in page.iter("h1")] == ["Siden ligger et andet sted"]
    assert _links(page) == [(None, "../../b/dyb/")]
    script = page.find(".//script")
    assert script is not None
    assert not script.text
    assert (script.get("src"), script.get("data-target")) == ("../../assets/redirect.js", "../../b/dyb/")
    assert 'content="0; url=../../b/dyb/"' in (site / "x/y/index.html").read_text("utf-8")


def test_the_places_of_a_moved_page_have_their_own_links_on_it(site: Path) -> None:
    _write(site, _x_="/a/", _x__nyt="", _x__skaerm="", _x__gammelt="/b/dyb/#nyt", _x_y_="/b/")
    assert _links(_page(site, "x")) == [
        (None, "../a/"),
        ("gammelt", "../b/dyb/#nyt"),
        ("nyt", "../a/#nyt"),
        ("skaerm", "../a/#skaerm"),
    ]


def test_a_page_that_moved_twice_leads_to_where_it_is_now(site: Path) -> None:
    _write(site, _x_="/y/", _y_="/a/")
    assert _links(_page(site, "x")) == [(None, "../a/")]


def test_a_page_may_lead_to_a_place_and_to_the_front_page(site: Path) -> None:
    _write(site, _x_="/a/#nyt", _y_="/")
    assert _links(_page(site, "x")) == [(None, "../a/#nyt")]
    assert _links(_page(site, "y")) == [(None, "../")]


@pytest.mark.parametrize("new_id", ["nyt", "skaerm", "d-nyt", "efter"])
def test_an_old_id_stands_first_inside_the_new_place(site: Path, new_id: str) -> None:
    _write(site, _a__gammelt=f"/a/#{new_id}")
    page = _page(site, "a")
    place = page.get_element_by_id(new_id)
    assert place[0].tag == "span"
    assert place[0].get("id") == "gammelt"
    assert place.text_content() == _tree(_PAGE).get_element_by_id(new_id).text_content()


def test_two_old_ids_may_lead_to_one_place(site: Path) -> None:
    _write(site, _a__old="/a/#nyt", _a__older="/a/#old")
    assert {span.get("id") for span in _page(site, "a").get_element_by_id("nyt").iter("span")} == {"old", "older"}


@pytest.mark.parametrize(("target", "link"), [("/b/dyb/#nyt", "../b/dyb/#nyt"), ("/b/", "../b/")])
def test_a_place_that_is_on_another_page_now_becomes_a_line_that_leads_on(site: Path, target: str, link: str) -> None:
    _write(site, _a__gammelt=target)
    line = _page(site, "a").get_element_by_id("gammelt")
    assert (line.tag, line.get("class")) == ("p", "moved")
    assert line[0].get("href") == link
    parent = line.getparent()
    assert parent is not None
    assert parent.tag == "article"


def test_a_place_that_is_gone_from_its_page_is_the_top_of_it_and_adds_nothing_to_read(site: Path) -> None:
    _write(site, _a__gammelt="/a/", _a__aeldre="/a/")
    page = _page(site, "a")
    (article,) = page.iter("article")
    before = list(article.itersiblings(preceding=True))
    assert {(element.tag, element.get("id")) for element in before} == {("span", "gammelt"), ("span", "aeldre")}
    assert page.text_content() == _tree(_PAGE).text_content()
    assert not page.find_class("moved")


def test_a_moved_pdf_lies_in_both_places(site: Path) -> None:
    _write(site, _gammel___pdf="/a.pdf")
    assert (site / "gammel.pdf").read_bytes() == (site / "a.pdf").read_bytes()
