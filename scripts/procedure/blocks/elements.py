"""Turns the model into page elements: the diagram, the contacts and the list of routes.

They are elements, not HTML text, so that the generator sees their ids and rewrites their links.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.drawing import draw, reach_of_start
from procedure.blocks.markup import add
from procedure.danish import COMPLETION, confirmation, phone_address, phone_number, unconfirmed
from procedure.derive.addresses import href, resolve
from procedure.derive.guide import node_address, phase_flows
from procedure.derive.routes import routes
from procedure.derive.text_version import Row, rows
from procedure.model import GUIDE_PAGE, PHASES_FOLDER, Procedure
from procedure.source.contract import Contact
from procedure.source.flow import Flow, Kind
from procedure.source.mermaid import for_drawing


def diagram(procedure: Procedure, flow: Flow, folder: str | None = None, *, in_browser: bool = False) -> Element:
    """Return the flow as a drawing and as a text: on a phone the text is what is shown first.

    `folder` is that of the page that shows it, where that is not the flow's own. The drawing scrolls in a frame of its own; it is never shrunk below what can be read.
    """
    # The search ends what it leaves out at the next end of a like-named element: no figure stands in this one.
    figure = Element("figure", {"class": "flow", "data-search-exclude": ""})
    drawing = add(figure, "details", class_="flow-drawing")
    add(drawing, "summary", "Vis diagrammet som tegning")
    frame = add(drawing, "div", class_="flow-frame", tabindex="0", role="region")
    frame.set("aria-label", flow.title)
    if in_browser:
        # Mermaid measures what it draws, so the frame must be open.
        drawing.set("open", "open")
        _add_mermaid(frame, flow)
    else:
        svg = draw(flow)
        frame.append(svg)
        frame.append(reach_of_start(flow, svg))
    text = add(figure, "details", class_="flow-text", open="open")
    add(text, "summary", "Diagrammet som tekst")
    in_guide = flow.path.startswith(PHASES_FOLDER) and GUIDE_PAGE in procedure.pages
    page = procedure.pages[flow.path]
    steps = add(text, "ol")
    for row in rows(flow):
        leads_on = row.kind is Kind.END and row.node.target
        address = row.node.target
        if in_guide and not leads_on:
            address = href(page.folder, GUIDE_PAGE, node_address(flow, row.node.id))
        _add_row(steps, flow, row, address)
    if folder is not None:
        for link in figure.iter("a"):
            goal = resolve(page, str(link.get("href")))
            if not goal.fragment.startswith("t-"):
                link.set("href", href(folder, goal.path, goal.fragment))
    return figure


def _add_mermaid(frame: Element, flow: Flow) -> None:
    """Leave the flow as Mermaid, to be drawn in the browser, where links to its nodes lead."""
    for node_id in flow.nodes:
        add(frame, "span", id_=f"d-{flow.id}-{node_id}")
    add(frame, "div", for_drawing(flow.source), class_="mermaid")


def _add_row(steps: Element, flow: Flow, row: Row, address: str | None) -> None:
    item = add(steps, "li", class_=f"flow-{row.kind.value}", id_=f"t-{flow.id}-{row.node.id}")
    if address:
        add(item, "a", row.node.text, href=address)
    else:
        add(item, "span", row.node.text)
    if row.node.completes:
        add(item, "small", f" {COMPLETION}")
    if row.exits:
        exits = add(item, "ul")
        for way in row.exits:
            line = add(exits, "li", f"{way.answer}: " if way.answer else "")
            add(line, "a", f"Fortsæt ved {way.number}", href=f"#t-{flow.id}-{way.node.id}")


def contact_list(procedure: Procedure) -> Element:
    """Return the contacts that have a number, with working links, and which of them nobody has found right."""
    contacts = Element("ul", {"class": "contacts"})
    for contact in procedure.contract.numbers:
        contacts.append(_contact(contact))
    if note := unconfirmed(procedure.contract.contacts):
        add(contacts, "li", note, class_="contact-note")
    return contacts


def _contact(contact: Contact) -> Element:
    item = Element("li", {"class": "contact"})
    add(item, "strong", contact.name)
    add(item, "span", contact.role)
    if contact.phone:
        number = phone_number(contact.phone)
        add(item, "a", number, href=phone_address(contact.phone), aria_label=f"{contact.name} {number}")
    if contact.mail:
        add(item, "a", contact.mail, href=f"mailto:{contact.mail}")
    if contact.confirmed:
        add(item, "small", confirmation(contact))
    return item


def route_list(procedure: Procedure) -> Element:
    """Return every way through every phase, from its start to each of its ends."""
    lists = Element("div", {"class": "routes"})
    for phase, flow in phase_flows(procedure):
        every = routes(flow)
        add(lists, "h2", f"{phase.heading}: {len(every)} veje", id_=f"veje-{phase.id}")
        for number, route in enumerate(every, start=1):
            add(lists, "h3", f"Fase {phase.number}, vej {number} af {len(every)}", id_=f"veje-{phase.id}-{number}")
            stops = add(lists, "ol")
            for stop in route:
                item = add(stops, "li", f"{stop.node.text} " if stop.answer else stop.node.text)
                if stop.answer:
                    add(item, "strong", stop.answer)
    return lists
