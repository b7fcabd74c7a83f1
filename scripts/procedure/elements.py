"""Turns the model into page elements: the diagram, the contacts and the table of requirements.

They are elements, not HTML text, so that the generator sees their ids and rewrites their links.
"""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from procedure.contract import Contact, Requirement
from procedure.dates import danish_date
from procedure.drawing import draw
from procedure.flow import Flow
from procedure.model import PHASES_FOLDER, Procedure


def phone_number(digits: str) -> str:
    """Return eight digits in pairs (`21 62 16 91`)."""
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def diagram(flow: Flow) -> Element:
    """Return the flow's drawing in a frame that scrolls sideways where the page is narrow."""
    figure = Element("figure", {"class": "flow", "data-search-exclude": ""})
    frame = SubElement(
        figure, "div", {"class": "flow-frame", "tabindex": "0", "role": "region", "aria-label": flow.title}
    )
    frame.append(draw(flow))
    return figure


def contact_list(procedure: Procedure) -> Element:
    """Return the contacts with working links, and beside each when it was last found right."""
    contacts = Element("ul", {"class": "contacts"})
    for contact in procedure.contract.contacts:
        contacts.append(_contact(contact))
    return contacts


def _contact(contact: Contact) -> Element:
    item = Element("li", {"class": "contact"})
    _add(item, "strong", contact.name)
    _add(item, "span", contact.text)
    if contact.phone:
        _add(item, "a", phone_number(contact.phone), href=f"tel:+45{contact.phone}")
    if contact.mail:
        _add(item, "a", contact.mail, href=f"mailto:{contact.mail}")
    _add(item, "small", f"Bekræftet: {danish_date(contact.confirmed)}" if contact.confirmed else "Ikke bekræftet")
    return item


def traceability(procedure: Procedure, folder: str) -> Element:
    """Return every requirement with its section in the source, our wording, and a link to it.

    `folder` is the folder of the page that shows the table (`docs/mere`).
    """
    tables = Element("div", {"class": "traceability"})
    for phase in procedure.contract.phases:
        _add(tables, "h2", phase.heading, id=f"fase-{phase.id}")
        table = SubElement(tables, "table")
        row = SubElement(SubElement(table, "thead"), "tr")
        for heading in ("Krav", "Kildens afsnit", "Kilden siger", "Vi skriver", "Hvor"):
            _add(row, "th", heading, scope="col")
        body = SubElement(table, "tbody")
        for step in phase.steps:
            for requirement in step.requirements:
                body.append(_traceability_row(procedure, requirement, step.title, folder))
    return tables


def _traceability_row(procedure: Procedure, requirement: Requirement, step_title: str, folder: str) -> Element:
    row = Element("tr")
    page_path = f"{PHASES_FOLDER}/{requirement.phase}.md"
    page = procedure.pages.get(page_path)
    wordings = [t.text for t in page.traces if requirement.id in t.requirements] if page else []
    _add(row, "th", requirement.id, scope="row")
    _add(row, "td", step_title)
    _add(row, "td", requirement.text)
    _add(row, "td", " ".join(wordings))
    target = f"{posixpath.relpath(page_path, folder)}#{requirement.step}"
    _add(SubElement(row, "td"), "a", step_title, href=target)
    return row


def _add(parent: Element, tag: str, text: str, **attributes: str) -> None:
    """Add an element whose text is taken as it is: no Markdown is read in it."""
    SubElement(parent, tag, attributes).text = AtomicString(text)
