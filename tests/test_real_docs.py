"""The procedure itself: whole, without errors, and built as our own reading of it says."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html
from lxml.html import HtmlElement

from procedure.checks import check_source
from procedure.checks.destinations import destination
from procedure.derive.addresses import published_at
from procedure.derive.anchors import anchors
from procedure.derive.status import review_due
from procedure.findings import Finding, Severity
from procedure.model import load_procedure
from procedure.source.ledger import Entry
from procedure.source.page import Anchor, Link, LinkKind, Page
from tests.project import written_on

_ROOT = Path(__file__).resolve().parent.parent
_ORIGIN = "https://site.invalid/"
_GENERATED = (
    "flow", "contacts", "guide", "routes", "traceability", "handbook", "sheet", "sheet-done", "source", "actors", "doers",
    "map-whole",
)  # fmt: skip
# In the whole course: what leads on from a phase that is open, and from a node that is no phase.
_IN_MAP = "//*[@class='map-open']/p/a/@href | //p[contains(@class, 'map-node')]/a/@href"
_PROCEDURE = load_procedure(_ROOT)
_PAGES = sorted(_PROCEDURE.pages)
# The page that holds all phases is written anew from theirs, and those of editions from these: what is on them is not
# their own.
_MADE = {"whole", "editions", "approval"}
_OWN = [path for path in _PAGES if not _MADE & {fence.language for fence in _PROCEDURE.pages[path].fences}]


def test_the_docs_have_no_error_and_warn_only_of_the_numbers_that_nobody_has_tried() -> None:
    findings = check_source(_PROCEDURE, max(written_on(_PROCEDURE), *_confirmed()))
    untried = [contact for contact in _PROCEDURE.contract.numbers if contact.never_confirmed]
    # What is new since the last edition is told until it is published.
    told = [finding for finding in findings if not re.fullmatch("P32|P4[0-8]", finding.code)]
    assert [_in_short(finding) for finding in told] == ["docs/procedure.yml C09 warning"] * len(untried)
    assert {finding.severity for finding in findings} <= {Severity.WARNING}


def _confirmed() -> list[date]:
    """Return the days that contacts were found right, and one long gone."""
    return [date.min, *(c.confirmed for c in _PROCEDURE.contract.numbers if c.confirmed)]


def _in_short(finding: Finding) -> str:
    return f"{finding.path} {finding.code} {finding.severity}"


def test_the_procedure_is_whole() -> None:
    contract = _PROCEDURE.contract
    assert [phase.number for phase in contract.phases] == list(range(1, len(contract.phases) + 1))
    assert all(step.requirements for phase in contract.phases for step in phase.steps)
    assert contract.contacts


def test_the_requirements_of_a_phase_have_one_letter_and_a_number_each() -> None:
    for phase in _PROCEDURE.contract.phases:
        ids = [requirement.id for requirement in phase.requirements]
        assert len({requirement_id[0] for requirement_id in ids}) == 1
        assert all(re.fullmatch(r"[A-Z][1-9][0-9]*", requirement_id) for requirement_id in ids)


def test_the_contract_knows_the_words_that_say_to_contact_somebody() -> None:
    contract = _PROCEDURE.contract
    called = {r.id: r.call for r in contract.requirements.values() if r.call is not None}
    assert contract.words.contact
    assert called
    assert {contact_id for ids in called.values() for contact_id in ids} <= {
        *(contact.id for contact in contract.numbers),
        *(contact.id for contact in contract.added_contacts),
    }


@pytest.mark.parametrize("path", _OWN)
def test_a_built_page_has_the_links_that_we_read(path: str, site: Path) -> None:
    page = _PROCEDURE.pages[path]
    read = Counter(_address_read(page, link) for link in _own_and_included(page)[0])
    built = Counter(_address_built(page, str(link.get("href"))) for link in _article(site, page).iter("a"))
    assert built == read


@pytest.mark.parametrize("path", _OWN)
def test_a_built_page_has_the_ids_that_we_read(path: str, site: Path) -> None:
    page = _PROCEDURE.pages[path]
    assert sorted(_article(site, page).xpath(".//@id")) == sorted(anchor.id for anchor in _own_and_included(page)[1])


@pytest.mark.parametrize("path", _PAGES)
def test_a_built_page_has_every_id_that_a_link_may_lead_to(path: str, site: Path) -> None:
    page = _PROCEDURE.pages[path]
    assert {anchor_id for anchor_id, _ in anchors(_PROCEDURE, page)} <= set(_built(site, page).xpath("//@id"))


@pytest.mark.parametrize("path", [path for path in _PAGES if _PROCEDURE.pages[path].flows])
def test_a_built_diagram_leads_where_its_click_lines_say(path: str, site: Path) -> None:
    page = _PROCEDURE.pages[path]
    clicks = Counter(_address_read(page, link) for link in page.links if link.kind is LinkKind.CLICK)
    drawn = Counter(
        _address_built(page, address)
        for address in _built(site, page).xpath(
            _IN_MAP if page.path == _PROCEDURE.roles.overview else "//*[@class='flow-places']//a/@href"
        )
    )
    assert drawn == clicks


@pytest.mark.parametrize("path", _PAGES)
def test_a_built_page_says_when_it_was_written_or_reviewed_and_when_it_is_to_be(path: str, site: Path) -> None:
    page = _PROCEDURE.pages[path]
    (said,) = _built(site, page).find_class("status")
    *_, day, due = said.iter("time")
    reviewed = page.field("last_reviewed")
    assert day.get("datetime") == (reviewed or page.field("written"))
    assert ("Senest gennemgået" in said.text_content()) is (reviewed != "")
    assert due.get("datetime") == str(review_due(_PROCEDURE, page))


def test_the_source_is_shown_as_the_municipality_wrote_it(site: Path) -> None:
    (shown,) = _built(site, _PROCEDURE.pages["docs/mere/egne-ord.md"]).find_class("source")
    for link in shown.find_class("source-place"):
        link.text = ""
    for part in shown:
        part.tail = f"{part.tail or ''} "
    source = _PROCEDURE.source
    for left_out in _PROCEDURE.contract.left_out:
        source = source.replace(left_out.quote, f" {left_out.quote} ")
    assert shown.text_content().split() == source.split()


_MOVED = [entry for entry in _PROCEDURE.ledger.entries.values() if entry.target] if _PROCEDURE.ledger else []


@pytest.mark.parametrize("entry", _MOVED, ids=lambda entry: entry.address)
def test_an_old_place_is_at_the_new_one_or_leads_there(entry: Entry, site: Path) -> None:
    path, _, old_id = entry.address.removeprefix("/").partition("#")
    new_path, _, new_id = str(entry.target).removeprefix("/").partition("#")
    place = _built_at(site / path).get_element_by_id(old_id)
    if place.get("class") == "moved":
        (link,) = place.iter("a")
        assert urljoin(_ORIGIN + path, str(link.get("href"))) == _ORIGIN + str(entry.target).removeprefix("/")
        return
    assert new_path == path
    if new_id:
        around = [*place.iterancestors(), *place.iterdescendants()]
        assert new_id in [element.get("id") for element in around]
    else:
        after = [element for element in place.itersiblings() if isinstance(element, HtmlElement)]
        assert [element for element in after if element.find_class("md-content__inner")]


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("nøgenbillede", "index"),
        ("deepfake", "index"),
        ("politi", "faser/anmeld"),
        ("screenshot", "faser/dokumenter"),
        ("forsikring", "faser/anmeld"),
        ("presse", "faser/behandl"),
        ("rygter", "faser/afslut"),
    ],
)
def test_search_finds_the_page_that_is_meant_by_a_reader_s_word(word: str, path: str, site: Path) -> None:
    rows = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    found = {
        row["location"].split("#")[0].rstrip("/") or "index"
        for row in rows
        if any(term.startswith(word) for term in re.findall(r"\w+", f"{row['title']} {row['text']}".lower()))
    }
    assert path in found


def _own_and_included(page: Page) -> tuple[list[Link], list[Anchor]]:
    """Return the links and ids written on the page and in the sections it takes in."""
    links = [link for link in page.links if link.kind is not LinkKind.CLICK]
    ids = list(page.anchors)
    for include in page.includes:
        source = _PROCEDURE.pages[f"docs/{include.path}"]
        section = source.section(include.section)
        assert section
        links += [link for link in source.links if section.holds(link.line)]
        ids += [anchor for anchor in source.anchors if section.holds(anchor.line)]
    return links, ids


def _address_read(page: Page, link: Link) -> str:
    address = destination(_PROCEDURE, page, link)
    if address.scheme:
        return link.target
    place = published_at(_PROCEDURE.pages[address.path]).removeprefix("docs/")
    return f"{_ORIGIN}{place}" + (f"#{address.fragment}" if address.fragment else "")


def _address_built(page: Page, written: str) -> str:
    address = urljoin(_ORIGIN + published_at(page).removeprefix("docs/"), written)
    return unquote(address) if urlsplit(address).netloc == urlsplit(_ORIGIN).netloc else address


def _built(site: Path, page: Page) -> HtmlElement:
    return _built_at(site / published_at(page).removeprefix("docs/"))


def _built_at(folder: Path) -> HtmlElement:
    tree = html.document_fromstring((folder / "index.html").read_text("utf-8"))
    assert isinstance(tree, HtmlElement)
    return tree


def _article(site: Path, page: Page) -> HtmlElement:
    """Return the page's article without what is generated, the links that headings get, and what old addresses get."""
    (article,) = _built(site, page).find_class("md-content__inner")
    for name in (*_GENERATED, "calls", "emergency", "page-list", "phase-ways", "spine", "moved"):
        for element in article.find_class(name):
            element.drop_tree()
    for old_id in article.xpath(".//span[@id][not(node())]"):
        old_id.drop_tree()
    return article
