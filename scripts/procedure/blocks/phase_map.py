"""The map: the phases row by row, those of a fork side by side, with lines that divide and meet.

It is text in lists, drawn by CSS (`map.css`), so that it is never cut and is read in its order. Small it
stands beside the guide, where a script marks the way so far.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.danish import phase_label
from procedure.derive.phases import phase_rows
from procedure.model import Procedure


def small_map(procedure: Procedure) -> Element:
    """Return the map of the phases without anything to open; `data-phase` tells a script which is which."""
    element = Element("ol", {"class": "map"})
    for row in phase_rows(procedure.contract):
        for phase, place in zip(row, _places(element, len(row)), strict=True):
            add(place, "p", phase_label(phase), class_="map-box", **{"data-phase": phase.id})
    return element


def _places(parent: Element, count: int) -> list[Element]:
    """Add a row to the map, and return the place of each box in it."""
    row = add(parent, "li", class_="map-row")
    if count == 1:
        return [row]
    fork = add(row, "ul", class_="map-fork")
    return [add(fork, "li") for _ in range(count)]
