"""Builds page elements whose text is taken as it is."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element; no Markdown is read in its text. A trailing `_` is dropped from attribute names."""
    element = SubElement(parent, tag, {name.rstrip("_"): value for name, value in attributes.items()})
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
