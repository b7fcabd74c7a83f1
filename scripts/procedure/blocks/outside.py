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
    words = procedure.words
    add(element, "h2", words.text("outside.title"), id_=words.text("places.outside"))
    add(element, "p", summary(procedure))
    told = [
        (address, asked) for address, asked in answers(procedure).items() if not asked or asked.answer != Answer.WORKS
    ]
    if procedure.link_report is None or not told:
        return
    body = add_table(element, *(words.text(f"outside.{name}") for name in ("address", "answer", "where")))
    for address, asked in told:
        line = SubElement(body, "tr")
        add(add(line, "th", scope="row"), "a", address, href=address)
        cell = add_cell(line, words.text("outside.answer"), said_of(words, asked))
        if asked and asked.to:
            add(add(cell, "p", words.text("outside.new_address")), "a", asked.to, href=asked.to)
        if asked and asked.said:
            # In the server's or the asking program's own words.
            message = add(cell, "p", words.text("outside.message"), class_="traceability-changes")
            add(message, "span", asked.said, lang="en")
        where = add_cell(line, words.text("outside.where"))
        for page in external_links(procedure)[address]:
            title = page.field("title")
            add(add(where, "p"), "a", title, href=href(folder, page.path), aria_label=f"{title}: {address}")
