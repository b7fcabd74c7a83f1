"""The procedure's words beside the site's, with every difference shown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from procedure.blocks.differing import add_differing
from procedure.blocks.markup import add, add_cell, add_table, after
from procedure.blocks.outside import add_external_links
from procedure.blocks.source_words import place_of
from procedure.derive.addresses import href
from procedure.derive.guide import phase_flows
from procedure.derive.wordings import Row, Wording, wordings
from procedure.model import Procedure
from procedure.source.contract import Contact
from procedure.source.flow import Flow, Kind, Node
from procedure.source.page import Page
from procedure.source.words import keys, words_of
from procedure.words import Words


def traceability(procedure: Procedure, folder: str) -> Element:
    """Return what an approver needs, for a page in `folder` (`docs/mere`)."""
    known = wordings(procedure)
    element = Element("div", {"class": "traceability"})
    contract, words = procedure.contract, procedure.words
    add(element, "p", words.text("approval.source", title=contract.source, year=contract.year))
    add(element, "p", _count(procedure, known), class_="traceability-count")
    for phase in contract.phases:
        add(element, "h2", phase.heading, id_=f"{words.text('places.phase')}-{phase.id}")
        body = _add_wordings(element, words)
        for step in phase.steps:
            for requirement in step.requirements:
                _add_row(body, procedure, requirement, known[requirement.id], place=step.title, folder=folder)
    _add_contacts(element, procedure, known, folder)
    _add_questions(element, procedure, known, folder)
    _add_own_sentences(element, procedure, folder)
    _add_left_out(element, procedure)
    _add_variants(element, procedure)
    add_external_links(element, procedure, folder)
    return element


def _count(procedure: Procedure, known: dict[str, Wording]) -> str:
    requirements = procedure.contract.requirements
    covered = [row for row_id, row in requirements.items() if row_id in known]
    changed = sum(keys(words_of(row.quote)) != keys(words_of(known[row.id].text)) for row in covered)
    return procedure.words.text("approval.count", all=len(requirements), covered=len(covered), changed=changed)


def _add_wordings(element: Element, words: Words) -> Element:
    """Add the table of quotes and wordings, and return its body."""
    headings = ("number", "quote", "wording", "where")
    return add_table(element, *(words.text(f"approval.{name}") for name in headings))


def _add_row(body: Element, procedure: Procedure, row: Row, wording: Wording, *, place: str, folder: str) -> None:
    words = procedure.words
    line = SubElement(body, "tr")
    add(line, "th", row.id, scope="row")
    quote, cell = add_cell(line, words.text("approval.quote")), add_cell(line, words.text("approval.wording"))
    add_differing(quote, row.quote, cell, wording.text)
    if row.differs:
        said = add(cell, "ul", class_="traceability-changes")
        for difference in row.differs:
            key = "approval.difference_with_reason" if difference.reason else "approval.difference"
            told = words.text(key, old=difference.old, new=difference.new, reason=difference.reason)
            add(said, "li", told)
    _add_where(line, procedure, row, place, folder)


def _add_where(line: Element, procedure: Procedure, row: Row, place: str, folder: str) -> None:
    cell = add_cell(line, procedure.words.text("approval.where"))
    add(cell, "a", place, href=place_of(procedure, row, folder), aria_label=f"{place}, {row.id}")


def _add_contacts(element: Element, procedure: Procedure, known: dict[str, Wording], folder: str) -> None:
    words = procedure.words
    add(element, "h2", words.text("approval.contacts"), id_=words.text("places.contacts"))
    body, called = _add_wordings(element, words), words.text("approval.contact")
    for contact in procedure.contract.contacts:
        if contact.id in known:
            _add_row(body, procedure, contact, known[contact.id], place=called, folder=folder)
            continue
        line = SubElement(body, "tr")
        add(line, "th", contact.id, scope="row")
        add_cell(line, words.text("approval.quote"), contact.quote)
        shown = [contact.name, contact.role, words.phone_number(contact.phone), contact.mail]
        cell = add_cell(line, words.text("approval.wording"), ", ".join(filter(None, shown)))
        state = "approval.contact_as_quoted" if is_as_quoted(contact) else "approval.contact_changed"
        add(cell, "p", words.text(state), class_="traceability-changes")
        _add_where(line, procedure, contact, called, folder)


def is_as_quoted(contact: Contact) -> bool:
    """Return whether the contact's name, role, number and mail address all stand in its quote."""
    shown = set(keys(words_of(f"{contact.name} {contact.role} {contact.phone} {contact.mail}")))
    # What the quote says besides is how it names them (»tel.«): small letters, and no digit or sign.
    named = {
        word.key
        for word in words_of(contact.quote)
        if not contact.quote[word.start : word.end].isalpha() or contact.quote[word.start].isupper()
    }
    return named <= shown <= set(keys(words_of(contact.quote)))


def is_recast(node: Node, known: dict[str, Wording]) -> bool:
    """Return whether a question is ours: it recasts a condition, and is not its requirements' wording."""
    said = " ".join(wording.text for row_id, wording in known.items() if row_id in node.requirements)
    return keys(words_of(node.text)) != keys(words_of(said))


def _add_questions(element: Element, procedure: Procedure, known: dict[str, Wording], folder: str) -> None:
    words = procedure.words
    add(element, "h2", words.text("approval.questions"), id_=words.text("places.questions"))
    add(element, "p", words.text("approval.about_questions"))
    headings = ("question", "answer", "quote", "where")
    body = add_table(element, *(words.text(f"approval.{name}") for name in headings))
    for flow, node, row_ids, answers in _own_words(procedure, known):
        line = SubElement(body, "tr")
        add(line, "th", node.text, scope="row")
        add_cell(line, words.text("approval.answer"), answers)
        quotes = add_cell(line, words.text("approval.quote"))
        for row_id in row_ids:
            add(quotes, "p", f"{row_id}: {procedure.contract.requirements[row_id].quote}")
        title = procedure.pages[flow.path].field("title")
        place = href(folder, flow.path, f"t-{flow.id}-{node.id}")
        add(add_cell(line, words.text("approval.where")), "a", title, href=place, aria_label=f"{title}: {node.text}")


def _own_words(procedure: Procedure, known: dict[str, Wording]) -> Iterator[tuple[Flow, Node, tuple[str, ...], str]]:
    """Yield each node in words of the site's own: the requirements it is about, and its answers or what it answers."""
    flows = [flow for _, flow in phase_flows(procedure)]
    flows += [flow for flow in procedure.flows if flow not in flows]
    nodes = [(flow, node) for flow in flows for node in flow.nodes.values()]
    for flow, node in nodes:
        if flow.kind(node) is Kind.QUESTION and is_recast(node, known):
            yield flow, node, node.requirements, " / ".join(str(way.label) for way in flow.ways_out(node.id))
    for flow, node in nodes:
        if node.completes:
            way = flow.ways_in(node.id)[0]
            question = flow.nodes[way.source].text
            completed = procedure.words.text("approval.completion", answer=way.label, question=question)
            yield flow, node, node.completes, completed


def _add_own_sentences(element: Element, procedure: Procedure, folder: str) -> None:
    """Add what the pages of the procedure say in words of their own, outside what is marked as added."""
    words = procedure.words
    add(element, "h2", words.text("approval.own_sentences"), id_=words.text("places.own_sentences"))
    body = add_table(element, words.text("approval.page"), words.text("approval.own_words"))
    for page in _procedure_pages(procedure):
        own = list(_own_texts(procedure, page))
        if own:
            line = SubElement(body, "tr")
            add(add(line, "th", scope="row"), "a", page.field("title"), href=href(folder, page.path))
            texts = add_cell(line, words.text("approval.own_words"))
            for text in own:
                add(texts, "p", text)


def _procedure_pages(procedure: Procedure) -> list[Page]:
    phases = [phase.id for phase in procedure.contract.phases]
    paths = [procedure.phase_path(phase) for phase in phases]
    paths += ["docs/index.md", procedure.roles.overview, procedure.roles.contacts]
    paths += [procedure.checklist_path(name) for name in (procedure.roles.right_now, *phases)]
    return [procedure.pages[path] for path in paths if path in procedure.pages]


def _own_texts(procedure: Procedure, page: Page) -> Iterator[str]:
    """Yield the page's own sentences and headings; what is only a link leads on and says nothing."""
    added = [block for block in page.blocks if block.name.startswith("supplement")]
    links = {(link.line, link.text) for link in page.links}
    # Every phase page has these.
    fixed = [procedure.words.text(f"sections.{name}.id") for name in ("steps", "diagram", "checklist", "next")]
    steps = page.heading(fixed[0])
    texts = [(text.line, text.text) for text in page.texts]
    texts += [(block.first_line, block.title) for block in page.blocks if block.title]
    texts += [
        (node.line, node.text)
        for flow in page.flows
        for node in flow.nodes.values()
        if _is_own(procedure, page, flow, node)
    ]
    texts += [
        (heading.line, heading.text)
        for heading in page.headings
        if heading.id not in fixed and not (steps and page.under_heading(steps).holds(heading.line))
    ]
    for line, text in sorted(texts):
        if (line, text) not in links and not any(block.holds(line) for block in added):
            yield text


def _is_own(procedure: Procedure, page: Page, flow: Flow, node: Node) -> bool:
    """Return whether a node begins or ends the flow in words of the site's own, not with the name of a phase."""
    kind = flow.kind(node)
    return (kind is Kind.END and node.target is None) or (kind is Kind.START and page.folder != procedure.phases_folder)


def _add_left_out(element: Element, procedure: Procedure) -> None:
    add(element, "h2", procedure.words.text("approval.left_out"), id_=procedure.words.text("places.left_out"))
    rows = add(element, "ul")
    for left_out in procedure.contract.left_out:
        item = add(rows, "li")
        add(item, "code", left_out.quote)
        after(item, procedure.words.text("approval.left_out_after", id=left_out.after, reason=left_out.reason))


def _add_variants(element: Element, procedure: Procedure) -> None:
    add(element, "h2", procedure.words.text("approval.variants"), id_=procedure.words.text("places.variants"))
    rows = add(element, "ul")
    for variant in procedure.contract.words.variants:
        add(rows, "li", " = ".join(variant.forms))
