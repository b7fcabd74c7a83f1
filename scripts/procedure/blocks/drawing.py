"""Draws a flow as a small SVG. mmdr decides where things stand; the shapes and texts are our own.

mmdr's own SVG is ten times the size, repeats ids, and loses spaces and quotes in labels; so only
positions, sizes and the arrows' paths are taken from it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, fromstring

import mmdr
from markdown.util import AtomicString

from procedure.source.flow import Flow, Kind, Node

_FONT_SIZE = 16
_LINE_HEIGHT = 22
_LINE_WIDTH = 172
# Room for a reader who widens letters and words (WCAG 2.2, 1.4.12: 0.12 and 0.16 em).
_TEXT_SPACING = 1.28
# How wide mmdr takes an "n" to be, in pixels.
_STAND_IN_WIDTH = 6.4
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NODE_ID = re.compile(r"-flowchart-(\w+)-\d+$")
# Widths in em, as in Helvetica and its like; letters not named here are 0.56.
_LETTER_WIDTHS = {
    **dict.fromkeys("ijl|'.,:;!I/", 0.28),
    **dict.fromkeys("ft()r -", 0.32),
    **dict.fromkeys("mwæMWÆ", 0.86),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZØÅ", 0.7),
}


class DrawingError(Exception):
    """Raised where the layout does not hold what the flow holds: the renderer has failed us."""


@dataclass(frozen=True)
class Box:
    """Where a node stands: its centre and its size, in the drawing's units (pixels at full size)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Arrow:
    """An edge's path, and where its label stands."""

    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Layout:
    """Where everything in a flow stands."""

    left: float
    top: float
    width: float
    height: float
    boxes: dict[str, Box]
    arrows: tuple[Arrow, ...]


def draw(flow: Flow) -> Element:
    """Return the flow as an `svg` element. The same flow gives the same element.

    Every node has the id `d-<flow>-<node>` and is a link where the flow says so. Raises
    `DrawingError` where the layout lacks a node or an arrow.
    """
    layout = lay_out(flow)
    size = {"width": _short(layout.width), "height": _short(layout.height)}
    view = " ".join(_short(n) for n in (layout.left, layout.top, layout.width, layout.height))
    title_id, description_id, arrow_id = (f"d-{flow.id}-{name}--" for name in ("titel", "beskrivelse", "pil"))
    svg = Element("svg", {"viewBox": view, **size, "role": "group"})
    svg.set("aria-labelledby", title_id)
    svg.set("aria-describedby", description_id)
    SubElement(svg, "title", {"id": title_id}).text = AtomicString(flow.title)
    SubElement(svg, "desc", {"id": description_id}).text = AtomicString(flow.description)
    marker = SubElement(
        svg, "marker", {"id": arrow_id, "viewBox": "0 0 8 8", "refX": "7", "refY": "4", "orient": "auto"}
    )
    marker.set("markerWidth", "8")
    marker.set("markerHeight", "8")
    SubElement(marker, "path", {"d": "M0 0L8 4L0 8z"})
    for arrow in layout.arrows:
        SubElement(svg, "path", {"class": "flow-edge", "d": arrow.path, "marker-end": f"url(#{arrow_id})"})
    for edge, arrow in zip(flow.edges, layout.arrows, strict=True):
        if edge.label:
            _draw_label(svg, wrap(edge.label, _LINE_WIDTH), arrow)
    for node in flow.nodes.values():
        _draw_node(svg, flow, node, layout.boxes[node.id])
    return svg


def reach_of_start(flow: Flow, svg: Element) -> Element:
    """Return an element that reaches from the drawing's left edge to a little past its start node.

    A frame too narrow for the drawing is shown as far as this reaches, without a script (`.flow-reach` in site.css).
    """
    start = f"d-{flow.id}-{flow.starts[0].id}"
    shape = next(group[0] for group in svg if group.get("id") == start)
    right = float(shape.get("x", 0)) + float(shape.get("width", 0)) - float(svg.get("viewBox", "0").split()[0])
    reach = Element("div", {"class": "flow-reach", "aria-hidden": "true"})
    SubElement(reach, "svg", {"width": _short(right + 8), "height": "1"})
    return reach


def wrap(text: str, width: float) -> list[str]:
    """Break the text into lines of at most `width` pixels; a longer word stands alone on its line."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text_width(text: str) -> float:
    """Return about how wide the text is in the drawing, in pixels."""
    return sum(_LETTER_WIDTHS.get(letter, 0.56) for letter in text) * _FONT_SIZE


def lay_out(flow: Flow) -> Layout:
    """Ask mmdr where the nodes and arrows of the flow stand. Raises `DrawingError`."""
    try:
        root = fromstring(mmdr.render(_plain_mermaid(flow)).svg())
    except (ValueError, RuntimeError, SyntaxError) as error:
        raise DrawingError(f"mmdr kan ikke tegne »{flow.id}«: {error}") from error
    names = _names(flow)
    by_name = dict(_read_boxes(root))
    boxes = {node_id: by_name[name] for node_id, name in names.items() if name in by_name}
    paths = {path.get("data-id"): path.get("d", "") for path in root.iter(f"{_SVG}path") if path.get("data-id")}
    places = dict(_read_label_places(root))
    arrows: list[Arrow] = []
    pairs: Counter[tuple[str, str]] = Counter()
    for edge in flow.edges:
        # Mermaid counts the arrows between the same two nodes 0, 2, 3 …
        before = pairs[edge.source, edge.target]
        key = f"L_{names[edge.source]}_{names[edge.target]}_{before + 1 if before else 0}"
        pairs[edge.source, edge.target] += 1
        if key not in paths:
            raise DrawingError(f"mmdr har ikke tegnet pilen fra »{edge.source}« til »{edge.target}« i »{flow.id}«.")
        arrows.append(Arrow(_shorten_path(paths[key]), *places.get(key, (0.0, 0.0))))
    missing = flow.nodes.keys() - boxes.keys()
    if missing:
        raise DrawingError(f"mmdr har ikke tegnet {', '.join(sorted(missing))} i »{flow.id}«.")
    left, top, width, height = (float(n) for n in _NUMBER.findall(root.get("viewBox", "")))
    return Layout(left, top, width, height, boxes, tuple(arrows))


def _plain_mermaid(flow: Flow) -> str:
    """Return the flow as Mermaid with the line breaks that we draw, and no more than the layout needs."""
    settings = {
        "flowchart": {"htmlLabels": False, "wrappingWidth": 900, "padding": 12, "nodeSpacing": 30, "rankSpacing": 36}
    }
    names = _names(flow)
    lines = [f"%%{{init: {json.dumps(settings)}}}%%", "flowchart TD"]
    for node in flow.nodes.values():
        opening, closing = ("{{", "}}") if flow.kind(node) is Kind.QUESTION else ("[", "]")
        lines.append(f'{names[node.id]}{opening}"{_stand_in(wrap(node.text, _LINE_WIDTH))}"{closing}')
    for edge in flow.edges:
        label = f'|"{_stand_in(wrap(edge.label, _LINE_WIDTH))}"|' if edge.label else ""
        lines.append(f"{names[edge.source]} -->{label} {names[edge.target]}")
    return "\n".join(lines)


def _names(flow: Flow) -> dict[str, str]:
    """Return a name for each node in mmdr, which joins two with `_`: `a_b`, `c` and `a`, `b_c` would be one."""
    return {node_id: f"n{number}" for number, node_id in enumerate(flow.nodes)}


def _stand_in(lines: list[str]) -> str:
    """Return a label that takes up the room our text needs: the same lines, as wide as the widest spaced out."""
    widest = max(text_width(line) for line in lines) * _TEXT_SPACING
    return "<br/>".join(["n" * math.ceil(widest / _STAND_IN_WIDTH)] * len(lines))


def _read_boxes(root: Element) -> list[tuple[str, Box]]:
    boxes = []
    for group in root.iter(f"{_SVG}g"):
        match = _NODE_ID.search(group.get("id", ""))
        x, y = _translation(group)
        rect, polygon = group.find(f"{_SVG}rect"), group.find(f"{_SVG}polygon")
        if match and rect is not None:
            boxes.append((match[1], Box(x, y, float(rect.get("width", 0)), float(rect.get("height", 0)))))
        elif match and polygon is not None:
            numbers = [float(n) for n in _NUMBER.findall(polygon.get("points", ""))]
            xs, ys = numbers[::2], numbers[1::2]
            boxes.append((match[1], Box(x, y, max(xs) - min(xs), max(ys) - min(ys))))
    return boxes


def _read_label_places(root: Element) -> list[tuple[str, tuple[float, float]]]:
    places = []
    for group in root.iter(f"{_SVG}g"):
        if group.get("class") == "edgeLabel":
            label = group.find(f"{_SVG}g")
            if label is not None:
                places.append((label.get("data-id", ""), _translation(group)))
    return places


def _translation(group: Element) -> tuple[float, float]:
    numbers = _NUMBER.findall(group.get("transform", ""))
    return (float(numbers[0]), float(numbers[1])) if len(numbers) >= 2 else (0.0, 0.0)


def _draw_label(svg: Element, lines: list[str], arrow: Arrow) -> None:
    width = max(text_width(line) for line in lines) * _TEXT_SPACING + 8
    height = len(lines) * _LINE_HEIGHT
    group = SubElement(svg, "g", {"class": "flow-answer"})
    SubElement(
        group,
        "rect",
        {
            "x": _short(arrow.label_x - width / 2),
            "y": _short(arrow.label_y - height / 2),
            "width": _short(width),
            "height": _short(height),
        },
    )
    _draw_text(group, lines, arrow.label_x, arrow.label_y)


def _draw_node(svg: Element, flow: Flow, node: Node, box: Box) -> None:
    kind = flow.kind(node)
    attributes = {"id": f"d-{flow.id}-{node.id}", "class": f"flow-node flow-{kind.value}"}
    group = SubElement(svg, "a" if node.target is not None else "g", attributes)
    # The lines of the text have no space between them: the name is what is heard.
    group.set("aria-label", node.text)
    if node.target is not None:
        group.set("href", node.target)
    else:
        group.set("role", "img")
    left, top = box.x - box.width / 2, box.y - box.height / 2
    if kind is Kind.QUESTION:
        slant = min(24.0, box.height / 3)
        right, bottom = left + box.width, top + box.height
        corners = (
            (left + slant, top),
            (right - slant, top),
            (right, box.y),
            (right - slant, bottom),
            (left + slant, bottom),
            (left, box.y),
        )
        SubElement(group, "polygon", {"points": " ".join(f"{_short(x)},{_short(y)}" for x, y in corners)})
    else:
        shape = {"x": left, "y": top, "width": box.width, "height": box.height}
        rect = SubElement(group, "rect", {key: _short(value) for key, value in shape.items()})
        rect.set("rx", "4" if kind is Kind.STEP else _short(min(box.height / 2, 28)))
    _draw_text(group, wrap(node.text, _LINE_WIDTH), box.x, box.y)


def _draw_text(parent: Element, lines: list[str], x: float, y: float) -> None:
    text = SubElement(parent, "text", {"y": _short(y - (len(lines) - 1) * _LINE_HEIGHT / 2 + _FONT_SIZE * 0.35)})
    for number, line in enumerate(lines):
        row = SubElement(text, "tspan", {"x": _short(x)})
        if number:
            row.set("dy", str(_LINE_HEIGHT))
        row.text = AtomicString(line)


def _shorten_path(path: str) -> str:
    return _NUMBER.sub(lambda number: _short(float(number[0])), path)


def _short(number: float) -> str:
    return f"{round(number, 1):g}"
