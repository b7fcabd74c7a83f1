"""`udgaver.xml`: every edition and what was said of it, as an Atom feed (RFC 4287), for whoever keeps a handbook.

An edition keeps its id when the site gets an address, or another one; only the links follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, indent, tostring

from procedure.derive.addresses import site_address
from procedure.derive.anchors import edition_place, editions_page
from procedure.derive.published import absolute_address, feed_address, file_at, lasting_name
from procedure.model import Procedure
from procedure.phrases import edition_name
from procedure.source.edition import Edition
from procedure.source.text import one_line

_ATOM = "http://www.w3.org/2005/Atom"
# Of a site that nobody has published, as the site map has it.
_NEVER = date(1970, 1, 1)


def write_feed(procedure: Procedure, site_dir: Path) -> None:
    """Write the feed into a built site."""
    (site_dir / _file(procedure)).write_bytes(_as_xml(procedure))


def check_feed(procedure: Procedure, site_dir: Path) -> Iterable[str]:
    """Return whether what was written can be read, and tells of every edition once."""
    file = _file(procedure)
    try:
        feed = fromstring((site_dir / file).read_bytes())
    except ParseError:
        return [f"{file} kan ikke læses."]
    told = [entry.findtext(f"{{{_ATOM}}}id") for entry in feed.iter(f"{{{_ATOM}}}entry")]
    there = [_id(procedure, edition) for edition in procedure.editions]
    return [] if told == there else [f"{file} har andre udgaver end docs/editions/."]


def feed_files(procedure: Procedure, _: Path) -> tuple[str]:
    """Return the name of the feed."""
    return (_file(procedure),)


def _file(procedure: Procedure) -> str:
    return file_at(feed_address(procedure.words))


def _id(procedure: Procedure, edition: Edition) -> str:
    return lasting_name(procedure, edition.name)


def _told_at(procedure: Procedure, edition: Edition) -> str:
    """Return the address of what the edition changed, or the front page's where no page says it."""
    page = editions_page(procedure)
    return site_address(page.path, edition_place(procedure.words, edition)) if page else "/"


def _as_xml(procedure: Procedure) -> bytes:
    words = procedure.words
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": procedure.words.language})
    # Whatever else changes, the feed keeps its id.
    _add(feed, "id", lasting_name(procedure, "udgaver"))
    _add(feed, "title", words.text("feed.title", site=procedure.site.name))
    _add(feed, "updated", _time(procedure.edition.day if procedure.edition else _NEVER))
    _add(SubElement(feed, "author"), "name", procedure.site.sender)
    _link(procedure, feed, "self", feed_address(words))
    _link(procedure, feed, "alternate", "/")
    for edition in procedure.editions:
        entry = SubElement(feed, "entry")
        _add(entry, "id", _id(procedure, edition))
        _add(entry, "title", edition_name(words, edition))
        _add(entry, "updated", _time(edition.day))
        _link(procedure, entry, "alternate", _told_at(procedure, edition))
        _add(entry, "content", edition.change)
    indent(feed)
    xml: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _add(parent: Element, name: str, text: str) -> None:
    """Add an element with a text, without what no XML can hold."""
    SubElement(parent, name).text = one_line(text)


def _time(day: date) -> str:
    return f"{day}T00:00:00Z"


def _link(procedure: Procedure, parent: Element, rel: str, address: str) -> None:
    """Add where something is, where the site knows its own address: one that is not whole would lead each reader elsewhere."""
    if href := absolute_address(procedure, address):
        SubElement(parent, "link", {"rel": rel, "href": href})
