"""The map: the phases row by row, those of a fork side by side, with lines that divide and meet.

It is text in lists, drawn by CSS (`map.css`), so that it is never cut and is read in its order. Small it
stands beside the guide, where a script marks the way so far; large it is the page with the whole course,
where a phase opens in place with its drawing.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.elements import diagram
from procedure.blocks.markup import add
from procedure.derive.addresses import resolve
from procedure.derive.phases import flow_rows, phase_rows
from procedure.model import Procedure
from procedure.phrases import phase_label
from procedure.source.contract import Phase
from procedure.source.flow import Flow, Kind, Node


def small_map(procedure: Procedure) -> Element:
    """Return the map of the phases without anything to open; `data-phase` tells a script which is which."""
    element = Element("ol", {"class": "map"})
    for row in phase_rows(procedure.contract):
        for phase, place in zip(row, _places(element, len(row)), strict=True):
            add(place, "p", phase_label(procedure.words, phase), class_="map-box", data_phase=phase.id)
    return element


def large_map(procedure: Procedure, flow: Flow) -> Element | None:
    """Return the flow as a map for its own page, or nothing where its nodes do not stand in rows (`flow_rows`).

    Every node has the id `d-<flow>-<node>`, and its words, as in a text version, `t-<flow>-<node>`. One that leads to a phase opens with that phase's drawing.
    """
    every = flow_rows(flow)
    if not every:
        return None
    # The search ends what it leaves out at the next end of a like-named element: no section stands in this one.
    element = Element("section", {"class": "map-whole", "aria-label": flow.title, "data-search-exclude": ""})
    add(element, "p", procedure.words.text("diagram.open_phase"), class_="map-hint")
    rows = add(element, "ol", class_="map")
    for number, row in enumerate(every, start=1):
        for node, place in zip(row, _places(rows, len(row)), strict=True):
            for edge in flow.ways_in(node.id):
                if edge.label:
                    add(place, "p", edge.label, class_="map-answer")
            phase = _phase_of(procedure, flow, node)
            if phase:
                _add_phase(place, procedure, flow, node, phase, name=f"{flow.id}-{number}" if len(row) > 1 else "")
            else:
                box = add(place, "p", class_=f"map-node map-{flow.kind(node).value}", id_=f"d-{flow.id}-{node.id}")
                words = add(box, "a" if node.target else "span", node.text, id_=f"t-{flow.id}-{node.id}")
                if node.target:
                    words.set("href", node.target)
    return element


def _phase_of(procedure: Procedure, flow: Flow, node: Node) -> Phase | None:
    """Return the phase whose page a step of the flow leads to, or None."""
    if flow.kind(node) is not Kind.STEP or node.target is None:
        return None
    address = resolve(procedure.pages[flow.path], node.target)
    page = procedure.pages.get(address.path)
    return (
        procedure.contract.phase(page.name) if page and page.folder == procedure.phases_folder and page.flows else None
    )


def _add_phase(place: Element, procedure: Procedure, flow: Flow, node: Node, phase: Phase, *, name: str) -> None:
    """Add the phase, shut; of those side by side only one is open, since its drawing takes the row's whole width."""
    opens = add(place, "details", class_="map-phase", id_=f"d-{flow.id}-{node.id}")
    if name:
        opens.set("name", name)
    add(opens, "summary", node.text, class_="map-box", id_=f"t-{flow.id}-{node.id}")
    inside = add(opens, "div", class_="map-open")
    whole = procedure.words.text("phases.read", number=phase.number, title=phase.title)
    add(add(inside, "p"), "a", whole, href=str(node.target))
    page = procedure.phase_page(phase.id)
    if page:
        figure = diagram(procedure, page.flows[0], procedure.pages[flow.path].folder)
        # What was opened to see the drawing does not hide it once more on a phone.
        list(figure.iter("details"))[-1].set("open", "open")
        inside.append(figure)


def _places(parent: Element, count: int) -> list[Element]:
    """Add a row to the map, and return the place of each box in it."""
    row = add(parent, "li", class_="map-row")
    if count == 1:
        return [row]
    fork = add(row, "ul", class_="map-fork")
    return [add(fork, "li") for _ in range(count)]
