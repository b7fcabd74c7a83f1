"""Turns the model into page elements: the diagram, the contacts and the list of routes.

They are elements, not HTML text, so that the generator sees their ids and rewrites their links.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from procedure.blocks.drawing import draw
from procedure.blocks.markup import add, add_late, add_linked
from procedure.derive.addresses import href, resolve
from procedure.derive.guide import phase_flows
from procedure.derive.joined import whole_flow
from procedure.derive.routes import count_routes, routes
from procedure.derive.status import confirmation_due
from procedure.derive.text_version import rows
from procedure.model import Procedure
from procedure.phrases import confirmation, contact_state
from procedure.source.contract import Contact
from procedure.source.flow import Flow, Node
from procedure.source.mermaid import for_drawing
from procedure.words import Words


def diagram(procedure: Procedure, flow: Flow, folder: str | None = None, *, in_browser: bool = False) -> Element:
    """Return the flow as a text and as a drawing, each with a switch before it: which are shut at first, CSS says.

    `folder` is that of the page that shows it, where that is not the flow's own. The drawing scrolls in a frame of
    its own; it is never shrunk below what can be read.
    """
    page, words = procedure.pages[flow.path], procedure.words

    def link(node: Node) -> str | None:
        if folder is None or node.target is None:
            return node.target
        goal = resolve(page, node.target)
        return href(folder, goal.path, goal.fragment)

    # The search ends what it leaves out at the next end of a like-named element: no figure stands in this one.
    figure = Element("figure", {"class": "flow", "data-search-exclude": ""})
    # What a switch shows stands after it, not in it: only the newest browsers let a page show what is shut in one.
    add(add(figure, "details", class_="flow-switch"), "summary", words.text("diagram.as_text"))
    figure.append(_text_version(procedure, flow, link))
    switch = add(figure, "details", class_="flow-switch")
    add(switch, "summary", words.text("diagram.as_drawing"))
    named = words.text("diagram.name", title=flow.title)
    frame = add(figure, "div", class_="flow-frame", tabindex="0", role="region", aria_label=named)
    if in_browser:
        # Mermaid measures what it draws, so the frame must be in view.
        switch.set("open", "open")
        _add_mermaid(frame, flow)
    else:
        name = words.text("diagram.same_as_text", title=flow.title, name=words.text("diagram.as_text"))
        frame.append(draw(flow, name, link, words.text("diagram.here")))
    return figure


def _add_mermaid(frame: Element, flow: Flow) -> None:
    """Leave the flow as Mermaid, to be drawn in the browser, where links to its nodes lead."""
    for node_id in flow.nodes:
        add(frame, "span", id_=f"d-{flow.id}-{node_id}")
    add(frame, "div", for_drawing(flow.source), class_="mermaid")


def _text_version(procedure: Procedure, flow: Flow, link: Callable[[Node], str | None]) -> Element:
    """Return the flow's rows as text. What the drawing's nodes lead to is reached from here too, each place once."""
    text, words = Element("div", {"class": "flow-text"}), procedure.words
    steps = add(text, "ol")
    named: set[str] = set()
    for row in rows(flow):
        item = add(steps, "li", class_=f"flow-{row.kind.value}", id_=f"t-{flow.id}-{row.node.id}")
        address, heading = link(row.node), _heading(procedure, flow, row.node)
        if address and not heading:
            add(item, "a", row.node.text, href=address)
        else:
            add_linked(item, "span", row.node.text, procedure.contract.addresses)
        if row.node.completes:
            add(item, "small", f" {words.text('diagram.completion')}")
        if address and heading and address not in named:
            add(item, "a", words.text("diagram.read_step", heading=heading), href=address, class_="flow-more")
            named.add(address)
        if row.exits:
            exits = add(item, "ul")
            for way in row.exits:
                key = "diagram.answer_goes_on" if way.answer else "diagram.go_on"
                add(exits, "li", words.text(key, answer=way.answer, number=way.number))
    return text


def _heading(procedure: Procedure, flow: Flow, node: Node) -> str | None:
    """Return the heading that the node leads to, or None where it leads to a whole page or nowhere."""
    if node.target is None:
        return None
    goal = resolve(procedure.pages[flow.path], node.target)
    page = procedure.pages.get(goal.path)
    return next((h.text for h in page.headings if h.id == goal.fragment), None) if page and goal.fragment else None


def contact_list(procedure: Procedure) -> Element:
    """Return the contacts that have a number, with working links, and whether somebody has found them right."""
    contacts = Element("ul", {"class": "contacts"})
    for contact in procedure.contract.numbers:
        contacts.append(_contact(procedure.words, contact))
    if note := contact_state(procedure.words, procedure.contract.contacts):
        # On screen each contact says its own day: where all have one, only paper says it at the foot of the list.
        is_left = any(contact.confirmed is None for contact in procedure.contract.numbers)
        add(contacts, "li", note, class_="contact-note" if is_left else "contact-note contact-note-paper")
    return contacts


def _contact(words: Words, contact: Contact) -> Element:
    item = Element("li", {"class": "contact"})
    add(item, "strong", contact.name)
    add(item, "span", contact.role)
    if contact.phone:
        number = words.phone_number(contact.phone)
        add(item, "a", number, href=words.phone_address(contact.phone), aria_label=f"{contact.name} {number}")
    if contact.mail:
        add(item, "a", contact.mail, href=f"mailto:{contact.mail}")
    if contact.confirmed:
        add(item, "small", confirmation(words, contact))
    if due := confirmation_due(contact):
        add_late(item, "small", words.text("contacts.confirmed_long_ago"), due)
    return item


def route_list(procedure: Procedure) -> Element:
    """Return every way through every phase, from its start to each of its ends, and how many lead through them all."""
    lists, words = Element("div", {"class": "routes"}), procedure.words
    whole = whole_flow(procedure)
    if whole.cycle():
        add(lists, "p", words.text("diagram.ring"))
    else:
        add(lists, "p", words.text("diagram.all_routes", routes=words.count("diagram.routes", count_routes(whole))))
    place = words.text("places.routes")
    for phase, flow in phase_flows(procedure):
        every = routes(flow)
        heading = words.text(
            "diagram.phase_routes", phase=phase.heading, routes=words.count("diagram.routes", len(every))
        )
        add(lists, "h2", heading, id_=f"{place}-{phase.id}")
        for number, route in enumerate(every, start=1):
            named = words.text("diagram.route", phase=phase.number, number=number, count=len(every))
            add(lists, "h3", named, id_=f"{place}-{phase.id}-{number}")
            stops = add(lists, "ol")
            for stop in route:
                item = add(stops, "li", f"{stop.node.text} " if stop.answer else stop.node.text)
                if stop.answer:
                    add(item, "strong", stop.answer)
    return lists
