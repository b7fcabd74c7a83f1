"""Lists of pages: each a row with the page's title and one line that says what is there."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.derive.addresses import href
from procedure.derive.published import sheet_address
from procedure.derive.sheets import sheets
from procedure.model import Procedure


def checklist_list(procedure: Procedure, folder: str) -> Element:
    """Return the checklists for a page in `folder`, each with when it is used and its PDF."""
    element = Element("div", {"class": "page-list rows"})
    items = add(element, "ul")
    for sheet in sheets(procedure):
        item = add(items, "li", class_="rows-sheet")
        add(item, "a", sheet.title, href=href(folder, sheet.path))
        add(item, "span", sheet.begins)
        add_pdf(item, sheet.title, f"..{sheet_address(sheet)}")
    return element


def add_pdf(parent: Element, title: str, address: str) -> None:
    """Add the link to a checklist's PDF. It is made after the pages, so the generator, which reads only "a", must not look for it."""
    link = add(parent, "A", "PDF", href=address, class_="row-pdf")
    add(link, "span", f": {title}", class_="unseen")
