"""Draws a flow: one small SVG that is a picture, and over it a place in HTML for each of its nodes.

The places carry the ids and the links. No browser but Chromium scrolls to an id inside an SVG, and what stands
in a picture is not read aloud: a link in it would be a stop without a name.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from procedure.blocks.layout import FONT_SIZE, LINE_HEIGHT, TEXT_SPACING, Arrow, Box, lay_out, short, text_width
from procedure.blocks.markup import add
from procedure.source.flow import Flow, Kind, Node

# What prints whole on an A4 page under its heading, with letters of 9 pt.
_TALLEST_ON_PAPER = 1230


def draw(flow: Flow, name: str, link: Callable[[Node], str | None], here: str = "") -> Element:
    """Return the flow as a picture called `name` with its places. The same flow gives the same element.

    Each place is a link where `link` says so, for a pointer: the keyboard and the tree have the text version. With
    `here`, what is said at the place that the address names, it has the id `d-<flow>-<node>`, and the frame begins at
    the start node. Raises `DrawingError` where the layout lacks a node or an arrow.
    """
    layout = lay_out(flow)
    canvas = Element("div", {"class": f"flow-canvas{' flow-tall' if layout.height > _TALLEST_ON_PAPER else ''}"})
    size = {"width": short(layout.width), "height": short(layout.height)}
    view = " ".join(short(n) for n in (layout.left, layout.top, layout.width, layout.height))
    svg = SubElement(canvas, "svg", {"viewBox": view, **size, "role": "img", "aria-label": name})
    description_id, arrow_id = (f"d-{flow.id}-{part}--" for part in ("description", "arrow"))
    svg.set("aria-describedby", description_id)
    SubElement(svg, "desc", {"id": description_id}).text = AtomicString(flow.description)
    # Not every browser leaves out what stands in an image.
    parts = SubElement(svg, "g", {"aria-hidden": "true"})
    marker = SubElement(
        parts, "marker", {"id": arrow_id, "viewBox": "0 0 8 8", "refX": "7", "refY": "4", "orient": "auto"}
    )
    marker.set("markerWidth", "8")
    marker.set("markerHeight", "8")
    SubElement(marker, "path", {"d": "M0 0L8 4L0 8z"})
    for arrow in layout.arrows:
        SubElement(parts, "path", {"class": "flow-edge", "d": arrow.path, "marker-end": f"url(#{arrow_id})"})
    for arrow in layout.arrows:
        if arrow.lines:
            _draw_answer(parts, arrow)
    places = add(canvas, "div", class_="flow-places", aria_hidden="true")
    for node in flow.nodes.values():
        box = layout.boxes[node.id]
        _draw_node(parts, flow, node, box)
        # No element may say where it stands (no inline style): an empty picture before it takes up the room.
        place = add(places, "div", class_="flow-place")
        _add_room(place, box.left - layout.left, box.top - layout.top)
        target = link(node)
        mark = add(place, "a", href=target, tabindex="-1") if target is not None else add(place, "span")
        if here:
            mark.set("id", f"d-{flow.id}-{node.id}")
            mark.set("data-here", here)
            if node is flow.starts[0]:
                mark.set("class", "flow-begin")
        _add_room(mark, box.width, box.height)
    return canvas


def _add_room(parent: Element, width: float, height: float) -> None:
    add(parent, "svg", width=short(width), height=short(height))


def _draw_answer(parent: Element, arrow: Arrow) -> None:
    width = max(text_width(line) for line in arrow.lines) * TEXT_SPACING + 8
    height = len(arrow.lines) * LINE_HEIGHT
    group = SubElement(parent, "g", {"class": "flow-answer"})
    shape = {"x": arrow.label_x - width / 2, "y": arrow.label_y - height / 2, "width": width, "height": height}
    SubElement(group, "rect", {key: short(value) for key, value in shape.items()})
    _draw_text(group, arrow.lines, arrow.label_x, arrow.label_y)


def _draw_node(parent: Element, flow: Flow, node: Node, box: Box) -> None:
    kind = flow.kind(node)
    group = SubElement(parent, "g", {"class": f"flow-node flow-{kind.value}", "data-node": f"{flow.id}-{node.id}"})
    if kind is Kind.QUESTION:
        slant = min(24.0, box.height / 3)
        right, bottom = box.left + box.width, box.top + box.height
        corners = (
            (box.left + slant, box.top),
            (right - slant, box.top),
            (right, box.y),
            (right - slant, bottom),
            (box.left + slant, bottom),
            (box.left, box.y),
        )
        SubElement(group, "polygon", {"points": " ".join(f"{short(x)},{short(y)}" for x, y in corners)})
    else:
        shape = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
        rect = SubElement(group, "rect", {key: short(value) for key, value in shape.items()})
        rect.set("rx", "4" if kind is Kind.STEP else short(min(box.height / 2, 28)))
    _draw_text(group, box.lines, box.x, box.y)


def _draw_text(parent: Element, lines: tuple[str, ...], x: float, y: float) -> None:
    text = SubElement(parent, "text", {"y": short(y - (len(lines) - 1) * LINE_HEIGHT / 2 + FONT_SIZE * 0.35)})
    for number, line in enumerate(lines):
        row = SubElement(text, "tspan", {"x": short(x)})
        if number:
            row.set("dy", str(LINE_HEIGHT))
        row.text = AtomicString(line)
