"""Builds page elements whose text is taken as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from procedure.source.contract import WebAddress

# What we put into a page has this attribute: the name of its block, or nothing where it belongs to an item of the page.
BLOCK = "data-block"


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element; no Markdown is read in its text.

    Attributes are named as in HTML, with `_` for `-`; a trailing `_` is dropped.
    """
    names = {name: name.rstrip("_").replace("_", "-") for name in attributes}
    element = SubElement(parent, tag, {names[name]: value for name, value in attributes.items()})
    if text:
        element.text = AtomicString(text)
    return element


def after(parent: Element, text: str) -> Element:
    """Add text after what the element holds already, and return the element."""
    if len(parent):
        parent[-1].tail = AtomicString(f"{parent[-1].tail or ''}{text}")
    else:
        parent.text = AtomicString(f"{parent.text or ''}{text}")
    return parent


def add_late(parent: Element, tag: str, text: str, last: date) -> Element:
    """Add an element that `docs/assets/late.js` shows in the reader's browser when the day is past."""
    return add(parent, tag, text, class_="late", hidden="hidden", data_after=str(last))


def add_linked(parent: Element, tag: str, text: str, addresses: Iterable[WebAddress], **attributes: str) -> Element:
    """Add an element whose text has links where it names one of the web addresses."""
    element = add(parent, tag, **attributes)
    written = [address.text for address in addresses]
    if not written:
        return after(element, text)
    for number, part in enumerate(re.split(f"({'|'.join(map(re.escape, written))})", text)):
        if number % 2:
            add(element, "a", part, href=f"https://{part}")
        elif part:
            after(element, part)
    return element


def add_table(parent: Element, *headings: str) -> Element:
    """Add a table with a row of headings, and return its body."""
    table = SubElement(parent, "table")
    row = SubElement(SubElement(table, "thead"), "tr")
    for heading in headings:
        add(row, "th", heading, scope="col")
    return SubElement(table, "tbody")


def add_cell(row: Element, label: str, text: str = "") -> Element:
    """Add a table cell; a narrow screen shows its column's name, `label`, in front of it."""
    return add(row, "td", text, **{"data-label": label})
