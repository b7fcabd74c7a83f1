"""The source's own words as page elements: the whole text, whom it names, and who does what."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from procedure.blocks.markup import add, add_cell, add_table, after
from procedure.derive.addresses import href
from procedure.derive.sentences import naming, speaks_to_reader
from procedure.derive.wordings import Row, wordings
from procedure.model import Procedure
from procedure.source.contract import Requirement


def place_of(procedure: Procedure, row: Row, folder: str) -> str:
    """Return the address of where a requirement or a contact stands, as written on a page in `folder`."""
    if isinstance(row, Requirement):
        return href(folder, procedure.phase_path(row.phase), row.step)
    return href(folder, procedure.roles.contacts)


def source_document(procedure: Procedure, folder: str) -> Element:
    """Return the source word for word; each part is followed by a link to where the site says it."""
    contract, named = procedure.contract, procedure.words.text("places.source")
    document = Element("div", {"class": "source"})
    add(document, "p", contract.source, class_="source-title")
    for phase in contract.phases:
        add(document, "h2", phase.title, id_=f"{named}-{phase.id}")
        for step in phase.steps:
            paragraph = add(document, "p", id_=f"{named}-{phase.id}-{step.id}")
            add(paragraph, "strong", f"{step.title}:")
            for requirement in step.requirements:
                _add_part(paragraph, procedure, requirement, folder)
    paragraph = add(document, "p", id_=procedure.words.text("places.source_contacts"))
    for contact in contract.contacts:
        _add_part(paragraph, procedure, contact, folder)
        paragraph = add(document, "p")
    document.remove(paragraph)
    return document


def _add_part(paragraph: Element, procedure: Procedure, row: Row, folder: str) -> None:
    after(paragraph, f" {row.quote} ")
    link = add(paragraph, "a", row.id, href=place_of(procedure, row, folder), class_="source-place")
    link.set("aria-label", procedure.words.text("source.place", id=row.id))
    for left_out in procedure.contract.left_out:
        if left_out.after == row.id:
            add(after(paragraph, " "), "span", left_out.quote, class_="source-left-out")


def actors(procedure: Procedure, folder: str) -> Element:
    """Return, for each actor that the source names, its own sentences that do so, with links to where they stand."""
    element = Element("div", {"class": "actors"})
    for actor in procedure.contract.actors:
        add(element, "h2", actor.name, id_=actor.id)
        sentences = add(element, "ul")
        for sentence in naming(procedure.contract, actor):
            first = sentence.rows[0]
            item = add(sentences, "li", f"{sentence.text} ")
            link = add(item, "a", _place_name(procedure, first), href=place_of(procedure, first, folder))
            link.set("aria-label", f"{_place_name(procedure, first)}, {first.id}")
    return element


def _place_name(procedure: Procedure, row: Row) -> str:
    if not isinstance(row, Requirement):
        return procedure.pages[procedure.roles.contacts].field("title")
    phase = procedure.contract.phase(row.phase)
    step = next(step for step in phase.steps if step.id == row.step) if phase else None
    return procedure.words.text("phases.step", number=phase.number, step=step.title) if phase and step else ""


def doers(procedure: Procedure, text: str, folder: str) -> Element:
    """Return a table of who the source says does what. Each line of `text` is a row: ids of requirements."""
    known, requirements = wordings(procedure), procedure.contract.requirements
    element, words = Element("div", {"class": "doers"}), procedure.words
    body = add_table(element, *(words.text(f"source.{name}") for name in ("what", "who", "where")))
    for line in text.split("\n"):
        rows = [requirements[row_id] for row_id in line.split()]
        if rows:
            row = SubElement(body, "tr")
            add(row, "th", " ".join(known[requirement.id].text for requirement in rows), scope="row")
            doer = "source.reader" if speaks_to_reader(procedure.contract, rows[0]) else "source.nobody"
            add_cell(row, words.text("source.who"), words.text(doer))
            add(
                add_cell(row, words.text("source.where")),
                "a",
                _place_name(procedure, rows[0]),
                href=place_of(procedure, rows[0], folder),
            )
    return element
