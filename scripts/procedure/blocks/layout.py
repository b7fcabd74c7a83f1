"""Where the nodes and arrows of a flow stand. mmdr decides it; we choose the width and take out the empty room.

mmdr's own SVG is ten times the size of ours, repeats ids, and loses spaces and quotes in labels; so only
positions, sizes and the arrows' paths are taken from it.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import mmdr

from procedure.source.flow import Flow, Kind

FONT_SIZE = 16
LINE_HEIGHT = 20
# Room for a reader who widens letters and words (WCAG 2.2, 1.4.12: 0.12 and 0.16 em).
TEXT_SPACING = 1.28
# On a phone of 360 px, at 14 px a letter, one box is in view from side to side; a desktop's frame holds the whole drawing.
_WIDEST_BOX = 400
_WIDEST_DRAWING = 678
_LINE_WIDTHS = range(320, 140, -20)
_ANSWER_WIDTH = 172
# A box can be hit (44 px) also where the drawing is at its smallest, on a phone.
_LOWEST_BOX = 52
_ABOVE_AND_BELOW = 10
# Between two rows: an arrow and its head.
_GAP = 28
# How wide mmdr takes an "n" to be, in pixels.
_STAND_IN_WIDTH = 6.4
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# A point of a path. What stands before it where an arrow hops over another is the size of the hop, and no place.
_POINT = re.compile(r"(A\S+ \S+ \S+ \S+ )?(-?[\d.]+),(-?[\d.]+)")
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
    """Where a node stands: its centre and its size, in the drawing's units (pixels at full size), and its lines."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def left(self) -> float:
        """Where the box begins from the left."""
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        """Where the box begins from above."""
        return self.y - self.height / 2


@dataclass(frozen=True)
class Arrow:
    """An edge's path, as points and the letters between them; where its answer stands, and the answer's lines."""

    path: str
    label_x: float
    label_y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Where everything in a flow stands. The arrows are in the order of the flow's edges."""

    left: float
    top: float
    width: float
    height: float
    boxes: dict[str, Box]
    arrows: tuple[Arrow, ...]


# A flow is drawn on up to four pages.
@functools.lru_cache(maxsize=64)
def lay_out(flow: Flow) -> Layout:
    """Return where all of the flow stands, with boxes as wide as a phone and a desktop's frame have room for.

    Raises `DrawingError` where the layout lacks a node or an arrow.
    """
    for line_width in _LINE_WIDTHS:
        layout = _from_mmdr(flow, line_width)
        widest = max(box.width for box in layout.boxes.values())
        if widest <= _WIDEST_BOX and layout.width <= _WIDEST_DRAWING:
            break
    return _without_empty_room(layout)


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
    return sum(_LETTER_WIDTHS.get(letter, 0.56) for letter in text) * FONT_SIZE


def short(number: float) -> str:
    """Return the number as it is written in the drawing."""
    return f"{round(number, 1):g}"


def _from_mmdr(flow: Flow, line_width: int) -> Layout:
    lines = {node.id: tuple(wrap(node.text, line_width)) for node in flow.nodes.values()}
    answers = [tuple(wrap(edge.label, _ANSWER_WIDTH)) if edge.label else () for edge in flow.edges]
    try:
        root = fromstring(mmdr.render(_plain_mermaid(flow, lines, answers)).svg())
    except (ValueError, RuntimeError, SyntaxError) as error:
        raise DrawingError(f"mmdr kan ikke tegne »{flow.id}«: {error}") from error
    names = _names(flow)
    by_name = dict(_read_boxes(root))
    boxes = {node_id: Box(*by_name[name], lines[node_id]) for node_id, name in names.items() if name in by_name}
    paths = {path.get("data-id"): path.get("d", "") for path in root.iter(f"{_SVG}path") if path.get("data-id")}
    places = dict(_read_label_places(root))
    arrows: list[Arrow] = []
    pairs: Counter[tuple[str, str]] = Counter()
    for edge, answer in zip(flow.edges, answers, strict=True):
        # Mermaid counts the arrows between the same two nodes 0, 2, 3 …
        before = pairs[edge.source, edge.target]
        key = f"L_{names[edge.source]}_{names[edge.target]}_{before + 1 if before else 0}"
        pairs[edge.source, edge.target] += 1
        if key not in paths:
            raise DrawingError(f"mmdr har ikke tegnet pilen fra »{edge.source}« til »{edge.target}« i »{flow.id}«.")
        arrows.append(Arrow(paths[key], *places.get(key, (0.0, 0.0)), answer))
    missing = flow.nodes.keys() - boxes.keys()
    if missing:
        raise DrawingError(f"mmdr har ikke tegnet {', '.join(sorted(missing))} i »{flow.id}«.")
    left, top, width, height = (float(n) for n in _NUMBER.findall(root.get("viewBox", "")))
    return Layout(left, top, width, height, boxes, tuple(arrows))


def _plain_mermaid(flow: Flow, lines: dict[str, tuple[str, ...]], answers: list[tuple[str, ...]]) -> str:
    """Return the flow as Mermaid with the line breaks that we draw, and no more than the layout needs."""
    names = _names(flow)
    written = [f"%%{{init: {json.dumps({'flowchart': {'htmlLabels': False}})}}}%%", "flowchart TD"]
    for node in flow.nodes.values():
        opening, closing = ("{{", "}}") if flow.kind(node) is Kind.QUESTION else ("[", "]")
        written.append(f'{names[node.id]}{opening}"{_stand_in(lines[node.id])}"{closing}')
    for edge, answer in zip(flow.edges, answers, strict=True):
        label = f'|"{_stand_in(answer)}"|' if answer else ""
        written.append(f"{names[edge.source]} -->{label} {names[edge.target]}")
    return "\n".join(written)


def _names(flow: Flow) -> dict[str, str]:
    """Return a name for each node in mmdr, which joins two with `_`: `a_b`, `c` and `a`, `b_c` would be one."""
    return {node_id: f"n{number}" for number, node_id in enumerate(flow.nodes)}


def _stand_in(lines: tuple[str, ...]) -> str:
    """Return a label that takes up the room our text needs: the same lines, as wide as the widest spaced out."""
    widest = max(text_width(line) for line in lines) * TEXT_SPACING
    return "<br/>".join(["n" * math.ceil(widest / _STAND_IN_WIDTH)] * len(lines))


def _read_boxes(root: Element) -> list[tuple[str, tuple[float, float, float, float]]]:
    boxes = []
    for group in root.iter(f"{_SVG}g"):
        match = _NODE_ID.search(group.get("id", ""))
        x, y = _translation(group)
        rect, polygon = group.find(f"{_SVG}rect"), group.find(f"{_SVG}polygon")
        if match and rect is not None:
            boxes.append((match[1], (x, y, float(rect.get("width", 0)), float(rect.get("height", 0)))))
        elif match and polygon is not None:
            numbers = [float(n) for n in _NUMBER.findall(polygon.get("points", ""))]
            xs, ys = numbers[::2], numbers[1::2]
            boxes.append((match[1], (x, y, max(xs) - min(xs), max(ys) - min(ys))))
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


def _without_empty_room(layout: Layout) -> Layout:
    """Return the layout with its rows as low as their texts allow, and no more than an arrow's length between them."""
    moved = _lowered(layout)

    def move_box(box: Box) -> Box:
        top, bottom = moved(box.top), moved(box.top + box.height)
        return replace(box, y=(top + bottom) / 2, height=bottom - top)

    def move_arrow(arrow: Arrow) -> Arrow:
        path = _POINT.sub(lambda p: f"{p[1] or ''}{short(float(p[2]))},{short(moved(float(p[3])))}", arrow.path)
        return replace(arrow, path=path, label_y=moved(arrow.label_y))

    top, bottom = moved(layout.top), moved(layout.top + layout.height)
    boxes = {node_id: move_box(box) for node_id, box in layout.boxes.items()}
    arrows = tuple(move_arrow(arrow) for arrow in layout.arrows)
    return replace(layout, top=top, height=bottom - top, boxes=boxes, arrows=arrows)


def _lowered(layout: Layout) -> Callable[[float], float]:
    """Return where each height of mmdr's is to be: rows are those of boxes and answers that stand beside each other."""
    spans: list[tuple[float, float, float]] = [
        (box.top, box.height, max(_LOWEST_BOX, len(box.lines) * LINE_HEIGHT + 2 * _ABOVE_AND_BELOW))
        for box in layout.boxes.values()
    ]
    for arrow in layout.arrows:
        answer = float(len(arrow.lines) * LINE_HEIGHT)
        if answer:
            spans.append((arrow.label_y - answer / 2, answer, answer))
    rows: list[tuple[float, float, float]] = []
    for top, height, wanted in sorted(spans):
        scale = wanted / height
        if rows and top <= rows[-1][1]:
            first, last, most = rows.pop()
            rows.append((first, max(last, top + height), max(most, scale)))
        else:
            rows.append((top, top + height, scale))
    knots = [(layout.top, layout.top)]
    end = layout.top + layout.height
    for first, last, scale in [*rows, (end, end, 1.0)]:
        start = knots[-1][1] + min(first - knots[-1][0], _GAP)
        knots += [(first, start), (last, start + (last - first) * scale)]

    def moved(y: float) -> float:
        (old, new), (next_old, next_new) = next(
            ((one, other) for one, other in pairwise(knots) if y <= other[0]), (knots[-2], knots[-1])
        )
        return new + (y - old) * (next_new - new) / (next_old - old) if next_old > old else new

    return moved
