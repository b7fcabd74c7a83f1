"""Where the elements and the arrows of a process stand: as in the drawing of its flow, with room for the gateways.

A task has the place of its node; an event stands in the middle of it, with its name beside it. Under a question, and
over a node where ways meet, there is room for a gateway, and in each task for the mark that says what kind it is: what
stands below is that much lower than in the drawing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from procedure.blocks.layout import FONT_SIZE, Arrow, lay_out, text_width, wrap
from procedure.derive.guide import phase_flows
from procedure.derive.joined import by_address
from procedure.derive.process import Connection, Process, entry_id, fork_id, group_id, join_id, meets, only_way_id
from procedure.model import Procedure
from procedure.source.flow import Flow, Kind, Shape

# The sizes that tools for BPMN give gateways and events, and the letters of the names beside these and beside arrows.
_GATEWAY = 50
_EVENT = 36
_LETTERS = 11
_LINE = 14
# How wide a name beside an arrow may be, and how far a name stands from what it names.
_WIDEST = 90
_BESIDE = 6
# The letters in a task, the mark of its kind over them, and how near its sides they come.
_TASK_LETTERS = 12
_TASK_LINE = 14.4
_MARK = 25
_SIDE = 8
# Between two elements: an arrow and its head.
_GAP = 28
# In the whole: around a phase, over it for its heading, and between the arrows that lead from phase to phase.
_AROUND = 24
_HEADING = 44
_APART = 12

_PIECE = re.compile(r"([MLQA])([^MLQA]*)")
_PAIR = re.compile(r"(-?[\d.]+),(-?[\d.]+)")

Point = tuple[float, float]
Line = tuple[Point, ...]


@dataclass(frozen=True)
class Box:
    """A rectangle, by its upper left corner and its size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def x(self) -> float:
        """Its middle from side to side."""
        return self.left + self.width / 2

    @property
    def y(self) -> float:
        """Its middle from top to bottom."""
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        """Where it ends to the right."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.top + self.height


@dataclass
class Places:
    """Where all of a process stands: elements and groups by id, arrows by id, and the names that stand beside either."""

    shapes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    names: dict[str, Box] = field(default_factory=dict)

    def around(self) -> Box:
        """Return the rectangle that holds all of it."""
        boxes = (*self.shapes.values(), *self.names.values())
        xs = [x for box in boxes for x in (box.left, box.right)] + [x for line in self.lines.values() for x, _ in line]
        ys = [y for box in boxes for y in (box.top, box.bottom)] + [y for line in self.lines.values() for _, y in line]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def moved(self, x: float, y: float) -> Places:
        """Return all of it this much further to the right and further down."""

        def box(old: Box) -> Box:
            return Box(old.left + x, old.top + y, old.width, old.height)

        return Places(
            {key: box(shape) for key, shape in self.shapes.items()},
            {key: tuple((left + x, top + y) for left, top in line) for key, line in self.lines.items()},
            {key: box(name) for key, name in self.names.items()},
        )

    def add(self, part: Places) -> None:
        """Take in a part."""
        self.shapes |= part.shapes
        self.lines |= part.lines
        self.names |= part.names


def flow_places(flow: Flow, process: Process) -> Places:
    """Return where the process of one flow stands. Raises `DrawingError` where the flow cannot be drawn."""
    part = _part(flow, by_address(flow), process)
    around = part.around()
    return part.moved(_AROUND - around.left, _AROUND - around.top)


def whole_places(procedure: Procedure, whole: Flow, process: Process) -> Places:
    """Return where the process of the whole stands: the phases side by side, with arrows under and between them.

    Raises `DrawingError` where a flow cannot be drawn.
    """
    places = Places()
    ways_in: dict[str, list[Connection]] = {}
    inside = {edge for _, flow in phase_flows(procedure) for edge in by_address(flow).edges}
    joints = [(way, way.edge) for way in process.connections if way.edge and way.edge not in inside]
    for way, edge in joints:
        # What stands before the last hyphen is the flow: no node's own id has one.
        ways_in.setdefault(edge.target.rpartition("-")[0], []).append(way)
    right = 0.0
    rises: dict[str, float] = {}
    for phase, flow in phase_flows(procedure):
        part = _part(flow, whole, process)
        around = part.around()
        for way in ways_in.get(flow.id, ()):
            right += _APART
            rises[way.id] = right + _AROUND
        left = right + 2 * _AROUND
        places.add(part.moved(left + _AROUND - around.left, _AROUND + _HEADING - around.top))
        group = Box(left, _AROUND, around.width + 2 * _AROUND, around.height + _HEADING + _AROUND)
        places.shapes[group_id(phase)] = group
        places.names[group_id(phase)] = _beside(left + _AROUND, group.top + _AROUND, phase.heading, group.width)
        right = group.right
    depth = places.around().bottom + _AROUND
    for row, (way, _) in enumerate(joints):
        source, target = places.shapes[way.source], places.shapes[way.target]
        y, x = depth + row * _APART, rises[way.id]
        places.lines[way.id] = (
            (source.x, source.bottom), (source.x, y), (x, y), (x, target.y), (target.left, target.y),
        )  # fmt: skip
    return places


def _part(flow: Flow, whole: Flow, process: Process) -> Places:
    """Return where one flow stands, which is all of the process or a part of it."""
    layout, own = lay_out(flow), by_address(flow)
    drawn = dict(zip(own.nodes, (layout.boxes[node_id] for node_id in flow.nodes), strict=True))
    questions = [key for key, node in own.nodes.items() if own.kind(node) is Kind.QUESTION]
    meetings = [key for key in own.nodes if meets(whole, key)]
    taller = {
        key: max(0.0, _text_height(node.text, drawn[key].width) + 2 * _MARK - drawn[key].height)
        for key, node in own.nodes.items()
        if node.shape is not Shape.TERMINAL
    }
    lowered = _lowered(
        {drawn[key].top - 1: more for key, more in taller.items()},
        {drawn[key].top + drawn[key].height: float(_GATEWAY) for key in questions},
        {drawn[key].top - 1: float(_GAP + _GATEWAY) for key in meetings},
    )
    places, names = Places(), {element.id: element.name for element in process.elements}
    for key, node in own.nodes.items():
        box, y = drawn[key], lowered(drawn[key].y)
        if node.shape is Shape.TERMINAL:
            shape = _square(box.x, y, _EVENT)
            places.names[key] = _beside(shape.right + _BESIDE, y, node.text, box.width / 2 - _EVENT / 2 - _BESIDE)
        else:
            shape = Box(box.left, y - box.height / 2 - taller[key], box.width, box.height + taller[key])
        places.shapes[key] = shape
    for key in questions:
        above = places.shapes[key]
        fork = _square(above.x, above.bottom + _GAP + _GATEWAY / 2, _GATEWAY)
        places.shapes[fork_id(key)] = fork
        places.lines[only_way_id(key)] = ((above.x, above.bottom), (fork.x, fork.top))
        places.names[fork_id(key)] = _beside(fork.x + _GATEWAY / 4 + 2, fork.top + 2, names[fork_id(key)], _WIDEST)
    for key in meetings:
        below = places.shapes[key]
        join = _square(below.x, below.top - _GAP - _GATEWAY / 2, _GATEWAY)
        places.shapes[join_id(key)] = join
        places.lines[entry_id(key)] = ((join.x, join.bottom), (below.x, below.top))
    ways = {way.edge: way for way in process.connections}
    drawn_ways = ((ways[edge], arrow) for edge, arrow in zip(own.edges, layout.arrows, strict=True))
    _add_ways(places, drawn_ways, lowered)
    return places


def _add_ways(places: Places, ways: Iterable[tuple[Connection, Arrow]], lowered: Callable[[float], float]) -> None:
    """Add the arrows, each from side to side of what it joins, and the answers, each on the outer side of its arrow."""
    for way, arrow in ways:
        source, target = places.shapes[way.source], places.shapes[way.target]
        line = [(x, lowered(y)) for x, y in _corners(arrow.path)]
        line = _docked(_docked(line, source, 1)[::-1], target, -1)[::-1]
        places.lines[way.id] = tuple(line)
        if way.name:
            y = lowered(arrow.label_y)
            if arrow.label_x < source.x - 1:
                name = _beside(0, y, way.name, _WIDEST)
                places.names[way.id] = replace(name, left=arrow.label_x - _BESIDE - name.width)
            else:
                places.names[way.id] = _beside(arrow.label_x + _BESIDE, y, way.name, _WIDEST)


def _square(x: float, y: float, size: float) -> Box:
    return Box(x - size / 2, y - size / 2, size, size)


def _beside(left: float, y: float, name: str, room: float) -> Box:
    """Return the place of a name that begins here, in lines no longer than there is room for, or than its longest word."""
    scale = _LETTERS / FONT_SIZE
    lines = wrap(name, room / scale)
    height = len(lines) * _LINE
    # No two typefaces are equally wide: a name that broke elsewhere would be a line longer.
    width = max(text_width(line) for line in lines) * scale * 1.12 + 2
    return Box(left, y - height / 2, width, height)


def _text_height(text: str, width: float) -> float:
    """Return how high the text of a task is where tools set it."""
    return len(wrap(text, (width - 2 * _SIDE) * FONT_SIZE / _TASK_LETTERS)) * _TASK_LINE


def _lowered(*room: Mapping[float, float]) -> Callable[[float], float]:
    """Return where each height of the drawing is to be, with this much more room under each of these heights."""
    return lambda y: y + sum(more for heights in room for height, more in heights.items() if height <= y)


def _corners(path: str) -> list[Point]:
    """Return where a drawn arrow begins, turns and ends. A bend is rounded there, and is a corner here."""
    found: list[Point] = []
    for letter, numbers in _PIECE.findall(path):
        pairs = _PAIR.findall(numbers)
        # Of a bend the corner comes first; of a hop over another arrow the end comes last.
        x, y = (float(number) for number in pairs[-1 if letter == "A" else 0])
        if len(found) > 1 and any(_are_one(found[-2][axis], found[-1][axis], (x, y)[axis]) for axis in (0, 1)):
            found.pop()
        found.append((x, y))
    return found


def _are_one(*numbers: float) -> bool:
    return max(numbers) - min(numbers) < 0.5


def _docked(line: list[Point], shape: Box, down: int) -> list[Point]:
    """Return a line that begins at the shape, which it leaves downwards (1) or upwards (-1).

    A task it leaves where it did in the drawing; a gateway and an event are small: it leaves them at a corner.
    """
    edge = shape.bottom if down == 1 else shape.top
    if shape.width > _GATEWAY:
        return [(line[0][0], edge), *line[1:]]
    # The drawing bends the line at once where it is on its way to the side.
    x, rest = (line[2][0], line[3:]) if len(line) > 3 else (line[0][0], line[1:])
    if _are_one(x, shape.x):
        return [(shape.x, edge), *rest]
    if abs(x - shape.x) > shape.width / 2:
        return [(shape.left if x < shape.x else shape.right, shape.y), (x, shape.y), *rest]
    bend = edge + down * _BESIDE
    return [(shape.x, edge), (shape.x, bend), (x, bend), *rest]
