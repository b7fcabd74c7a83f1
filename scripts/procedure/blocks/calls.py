"""Buttons to call, where the procedure says to contact somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.derive.addresses import href
from procedure.derive.calls import Call
from procedure.model import Procedure
from procedure.words import Words


def call_list(procedure: Procedure, every: Collection[Call], folder: str) -> Element:
    """Return the numbers as large links, for a page in `folder`; those that are added stand apart, marked so."""
    element, words = Element("div", {"class": "calls"}), procedure.words
    of_the_source = [call for call in every if not call.added]
    added = [call for call in every if call.added]
    if of_the_source:
        _add_list(element, words, of_the_source)
    if added:
        apart = add(element, "div", class_="calls-added")
        add(apart, "p", words.text("supplement.awaiting"))
        _add_list(apart, words, added)
        for heading in dict.fromkeys(call.more for call in added if call.more):
            address = href(folder, procedure.roles.supplement, str(heading.id))
            add(apart, "a", words.text("contacts.more", heading=heading.text), href=address)
    return element


def emergency_strip(procedure: Procedure) -> Element:
    """Return the number to call in an emergency, as a strip that says it is added."""
    contact, words = procedure.contract.emergency, procedure.words
    assert contact is not None, "a page with this block and no such number is a finding (P37)"
    strip = Element("p", {"class": "emergency"})
    add(strip, "strong", f"{contact.name}:").tail = " "
    link = add(strip, "a", class_="call", href=words.phone_address(contact.phone))
    add(link, "strong", words.text("contacts.call", number=words.phone_number(contact.phone)))
    link.tail = " "
    add(strip, "small", words.text("supplement.awaiting"))
    return strip


def _add_list(parent: Element, words: Words, every: Iterable[Call]) -> None:
    items = add(parent, "ul")
    for call in every:
        item = add(items, "li")
        if call.phone:
            link = add(item, "a", class_="call", href=words.phone_address(call.phone))
            number = words.text("contacts.call", number=words.phone_number(call.phone))
            add(link, "strong", number).tail = " "
            whose = add(link, "span", call.name)
            if call.role:
                add(whose, "span", f", {call.role}")
        if call.mail:
            add(item, "a", words.text("contacts.write", mail=call.mail), href=f"mailto:{call.mail}")
