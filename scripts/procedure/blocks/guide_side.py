"""What stands beside the guide: the way so far, filled in by scripts, and the way as a page on paper.

Without a script nothing is known of the way, and none of it is shown.
"""

from __future__ import annotations

import functools
from xml.etree.ElementTree import Element

from procedure.blocks.drawing import draw
from procedure.blocks.elements import contact_list
from procedure.blocks.markup import add
from procedure.blocks.phase_map import small_map
from procedure.derive.guide import Caution, node_address, phase_flows
from procedure.model import Procedure
from procedure.source.flow import Flow, Node

# What guide-record.js says, each in an attribute of its name.
_FOR_SCRIPT = ("print", "as_text", "copy", "copied")


def side(procedure: Procedure, *, in_browser: bool) -> Element:
    """Return the map of the phases, room for the present phase's way, and the drawing that it is marked in.

    Where drawings are made in the browser, there is none here: Mermaid cannot draw what is hidden.
    """
    element, words = Element("div", {"class": "guide-side", "hidden": "hidden"}), procedure.words
    way = add(element, "div", class_="guide-way")
    add(way, "h2", words.text("guide.way"), id_="guide--way")
    phases = small_map(procedure)
    for name in ("passed", "here"):
        phases.set(f"data-{name}", words.text(f"guide.{name}"))
    way.append(phases)
    add(way, "ol", class_="guide-met")
    if not in_browser:
        drawing = add(way, "details", class_="guide-drawing")
        add(drawing, "summary", words.text("guide.show_diagram"))
        for phase, flow in phase_flows(procedure):
            frame = add(drawing, "div", class_="flow-frame", tabindex="0", role="region", data_flow=flow.id)
            frame.set("aria-label", words.text("diagram.name", title=phase.heading))
            as_text = words.text("diagram.as_text")
            name = words.text("diagram.same_on_phase_page", title=flow.title, name=as_text)
            frame.append(draw(flow, name, functools.partial(_screen_address, flow)))
    return element


def _screen_address(flow: Flow, node: Node) -> str:
    return f"#{node_address(flow, node.id)}"


def record(procedure: Procedure, block: Caution | None) -> Element:
    """Return the page that the way is printed on: whose it is, what must never be done, whom to call, and who did it."""
    page, words = Element("div", {"class": "guide-record", "hidden": "hidden"}), procedure.words
    for name in _FOR_SCRIPT:
        page.set(f"data-{name.replace('_', '-')}", words.text(f"guide.{name}"))
    sender = add(page, "p", class_="record-sender")
    add(sender, "strong", procedure.site.sender)
    add(sender, "span", procedure.site.name)
    add(page, "h2", words.text("record.title"), id_="guide--record")
    about = add(page, "p", class_="record-about")
    add(about, "strong", words.text("record.about"))
    add(about, "span", class_="record-day")
    add(page, "div", class_="record-way")
    if block:
        caution = add(page, "div", class_="record-caution")
        add(caution, "h3", block.title, id_="guide--caution")
        items = add(caution, "ul")
        for text in block.items:
            add(items, "li", text)
    contacts = add(page, "div", class_="record-contacts")
    add(contacts, "h3", words.text("record.contacts"), id_="guide--contacts")
    contacts.append(contact_list(procedure))
    lines = add(page, "p", class_="record-lines")
    for what in ("sheet.done_by", "sheet.day"):
        add(lines, "span", words.text(what))
    return page
