"""Buttons to call, where the procedure says to contact somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.danish import ADDED, phone_address, phone_number
from procedure.derive.addresses import href
from procedure.derive.calls import Call
from procedure.model import SUPPLEMENT_PAGE, Procedure


def call_list(every: Collection[Call], folder: str) -> Element:
    """Return the numbers as large links, for a page in `folder`; those that are added stand apart, marked so."""
    element = Element("div", {"class": "calls"})
    of_the_source = [call for call in every if not call.added]
    added = [call for call in every if call.added]
    if of_the_source:
        _add_list(element, of_the_source)
    if added:
        apart = add(element, "div", class_="calls-added")
        add(apart, "p", ADDED)
        _add_list(apart, added)
        for heading in dict.fromkeys(call.more for call in added if call.more):
            address = href(folder, SUPPLEMENT_PAGE, str(heading.id))
            add(apart, "a", f"Mere: {heading.text}", href=address)
    return element


def emergency_strip(procedure: Procedure) -> Element:
    """Return the number to call in an emergency, as a strip that says it is added."""
    contact = procedure.contract.emergency
    assert contact is not None, "a page with this block and no such number is a finding (P37)"
    strip = Element("p", {"class": "emergency"})
    add(strip, "strong", f"{contact.name}:").tail = " "
    link = add(strip, "a", class_="call", href=phone_address(contact.phone))
    add(link, "strong", f"Ring {phone_number(contact.phone)}")
    link.tail = " "
    add(strip, "small", ADDED)
    return strip


def _add_list(parent: Element, every: Iterable[Call]) -> None:
    items = add(parent, "ul")
    for call in every:
        item = add(items, "li")
        if call.phone:
            link = add(item, "a", class_="call", href=phone_address(call.phone))
            add(link, "strong", f"Ring {phone_number(call.phone)}").tail = " "
            whose = add(link, "span", call.name)
            if call.role:
                add(whose, "span", f", {call.role}")
        if call.mail:
            add(item, "a", f"Skriv til {call.mail}", href=f"mailto:{call.mail}")
