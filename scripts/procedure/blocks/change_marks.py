"""Says beside what the last change put on a page that it is new or other: words on screen, a bar in the margin on paper."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from procedure.blocks.markup import BLOCK, add
from procedure.derive.addresses import href
from procedure.derive.anchors import edition_place, editions_page
from procedure.derive.edition import contact_line
from procedure.derive.history import history
from procedure.derive.imprint import imprint
from procedure.derive.published import sheet_address
from procedure.derive.sheet_versions import sheets_of_editions
from procedure.derive.sheets import Sheet
from procedure.model import Procedure
from procedure.source.edition import Edition
from procedure.source.ledger import Version

_LISTS = ("ul", "ol")


def mark_phase(root: Element, procedure: Procedure) -> None:
    """Mark on a phase's page what the last edition that changed words changed: items of requirements, nodes of the flow."""
    edition, renewed = next((row for row in history(procedure) if row[1]), (None, None))
    if edition is None or renewed is None:
        return
    changed = {row.key for row in renewed.differences if row.now}
    for item in root.iter("li"):
        if {*item.get("data-req", "").split(), item.get("id", "").removeprefix("t-")} & changed:
            _mark(item, procedure, edition, procedure.phases_folder)


def mark_sheet(root: Element, procedure: Procedure, sheet: Sheet) -> None:
    """Mark what is new or other on a sheet since the version of it that was published before."""
    own = imprint(procedure, sheet)
    if own.last_change is None:
        return
    lines = own.last_change.lines
    texts = {" ".join(item.text.split()) for item in own.last_change.items(procedure.words, sheet)}
    texts |= {line for line in sheet.added if line in lines}
    contacts = {contact.name for contact in sheet.contacts if contact_line(contact) in lines}
    edition = _brought(procedure, own.version, sheet)
    versions = {
        part for version in root.iter() if "sheet-version" in version.get("class", "") for part in version.iter()
    }
    for item in [element for element in root.iter() if element.tag in ("li", "p") and element not in versions]:
        if texts & set(_texts(item)) or (item.get("class") == "contact" and item.findtext("strong") in contacts):
            _mark(item, procedure, edition, procedure.checklists_folder)


def _brought(procedure: Procedure, version: Version | None, sheet: Sheet) -> Edition | None:
    """Return the edition that brought the sheet's version: the first that has it."""
    address = sheet_address(sheet)
    editions = zip(procedure.editions, sheets_of_editions(procedure), strict=True)
    having = [edition for edition, (_, versions) in editions if version and versions.get(address) == version]
    return having[-1] if having else None


def _texts(item: Element) -> Iterator[str]:
    """Yield what the item itself says, whole and in each of its parts: beside its words stand its number and its boxes."""
    own = [item.text or ""]
    for child in item:
        if child.tag in ("p", *_LISTS):
            # What stands in those is another's.
            own.append(child.tail or "")
            continue
        own += ["".join(child.itertext()), child.tail or ""]
        yield from (" ".join("".join(part.itertext()).split()) for part in child.iter())
    yield " ".join("".join(own).split())


def _mark(item: Element, procedure: Procedure, edition: Edition | None, folder: str) -> None:
    """Add to an item of a page in `folder` that it is changed, and on which day where that was published."""
    note = Element("small", {"class": "renewed", BLOCK: ""})
    # Before the items beneath it, which it says nothing of.
    item.insert(next((place for place, child in enumerate(item) if child.tag in _LISTS), len(item)), note)
    page, words = editions_page(procedure), procedure.words
    text = words.text("changes.on_day", day=words.day(edition.day)) if edition else words.text("changes.not_published")
    if page and edition:
        add(note, "a", text, href=href(folder, page.path, edition_place(words, edition)))
    else:
        note.text = text
