"""What stands beside the guide: the way so far, filled in by scripts, and the way as a page on paper.

Without a script nothing is known of the way, and none of it is shown.
"""

from __future__ import annotations

import functools
from xml.etree.ElementTree import Element

from procedure.blocks.drawing import draw
from procedure.blocks.elements import TEXT_VERSION, contact_list
from procedure.blocks.markup import add
from procedure.blocks.phase_map import small_map
from procedure.derive.guide import Caution, node_address, phase_flows
from procedure.model import Procedure
from procedure.source.flow import Flow, Node


def side(procedure: Procedure, *, in_browser: bool) -> Element:
    """Return the map of the phases, room for the present phase's way, and the drawing that it is marked in.

    Where drawings are made in the browser, there is none here: Mermaid cannot draw what is hidden.
    """
    element = Element("div", {"class": "guide-side", "hidden": "hidden"})
    way = add(element, "div", class_="guide-way")
    add(way, "h2", "Vejen indtil nu", id_="guide--vejen")
    way.append(small_map(procedure))
    add(way, "ol", class_="guide-met")
    if not in_browser:
        drawing = add(way, "details", class_="guide-drawing")
        add(drawing, "summary", "Vis diagrammet")
        for phase, flow in phase_flows(procedure):
            frame = add(drawing, "div", class_="flow-frame", tabindex="0", role="region", data_flow=flow.id)
            frame.set("aria-label", f"Diagram: {phase.heading}")
            name = f"{flow.title}. Det samme står på fasens side under »{TEXT_VERSION}«."
            frame.append(draw(flow, name, functools.partial(_screen_address, flow), ids=False))
    return element


def _screen_address(flow: Flow, node: Node) -> str:
    return f"#{node_address(flow, node.id)}"


def record(procedure: Procedure, block: Caution | None) -> Element:
    """Return the page that the way is printed on: whose it is, what must never be done, whom to call, and who did it."""
    page = Element("div", {"class": "guide-record", "hidden": "hidden"})
    sender = add(page, "p", class_="record-sender")
    add(sender, "strong", procedure.site.sender)
    add(sender, "span", procedure.site.name)
    add(page, "h2", "Forløbet trin for trin", id_="guide--forloeb")
    about = add(page, "p", class_="record-about")
    add(about, "strong", "Vejledning – ikke et notat på sagen")
    add(about, "span", class_="record-day")
    add(page, "div", class_="record-way")
    if block:
        caution = add(page, "div", class_="record-caution")
        add(caution, "h3", block.title, id_="guide--vigtigt")
        items = add(caution, "ul")
        for text in block.items:
            add(items, "li", text)
    contacts = add(page, "div", class_="record-contacts")
    add(contacts, "h3", "Kontakt", id_="guide--kontakt")
    contacts.append(contact_list(procedure))
    lines = add(page, "p", class_="record-lines")
    for what in ("Gjort af:", "Dato:"):
        add(lines, "span", what)
    return page
