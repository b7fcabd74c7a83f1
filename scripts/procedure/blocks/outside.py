"""The addresses outside the site: when they were last asked whether they work, and those that do not."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from procedure.blocks.markup import add, add_cell, add_table
from procedure.derive.addresses import href
from procedure.derive.external_links import answers, external_links, said_of, summary
from procedure.model import Procedure
from procedure.source.link_report import Answer


def add_external_links(element: Element, procedure: Procedure, folder: str) -> None:
    """Add what is known of them, for a page in `folder`."""
    add(element, "h2", "Eksterne links", id_="eksterne-links")
    add(element, "p", summary(procedure))
    told = [
        (address, asked) for address, asked in answers(procedure).items() if not asked or asked.answer != Answer.WORKS
    ]
    if procedure.link_report is None or not told:
        return
    body = add_table(element, "Adresse", "Svar", "Hvor")
    for address, asked in told:
        line = SubElement(body, "tr")
        add(add(line, "th", scope="row"), "a", address, href=address)
        cell = add_cell(line, "Svar", said_of(asked))
        if asked and asked.to:
            add(add(cell, "p", "Ny adresse: "), "a", asked.to, href=asked.to)
        if asked and asked.said:
            # In the server's or the asking program's own words.
            add(add(cell, "p", "Besked: ", class_="traceability-changes"), "span", asked.said, lang="en")
        where = add_cell(line, "Hvor")
        for page in external_links(procedure)[address]:
            title = page.field("title")
            add(add(where, "p"), "a", title, href=href(folder, page.path), aria_label=f"{title}: {address}")
