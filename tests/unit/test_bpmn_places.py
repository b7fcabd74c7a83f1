"""Where a process stands: as it is drawn on the site, and so that all of it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from math import dist

import pytest
from tests.conftest import ROOT
from tests.generated import generated

from procedure.blocks.layout import lay_out
from procedure.derive.guide import node_address, phase_flows
from procedure.derive.joined import WHOLE, by_address, published_flows, whole_flow
from procedure.derive.process import Process, Type, group_id, process_of
from procedure.model import Procedure, load_procedure
from procedure.outputs.bpmn_places import Box, Line, Places, flow_places, whole_places
from procedure.source.flow import Flow
from procedure.source.mermaid import read_flow
from procedure.words import DANISH

_NAMES = [*(flow.id for flow in published_flows(load_procedure(ROOT))), WHOLE]


def _all_of(flow: Flow) -> tuple[Process, Places]:
    process = process_of(DANISH, by_address(flow))
    return process, flow_places(flow, process)


@pytest.fixture(scope="module", params=_NAMES)
def drawn(request: pytest.FixtureRequest, procedure: Procedure) -> tuple[Process, Places]:
    if request.param == WHOLE:
        process = process_of(DANISH, whole_flow(procedure))
        return process, whole_places(procedure, whole_flow(procedure), process)
    return _all_of(next(flow for flow in published_flows(procedure) if flow.id == request.param))


def _touch(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _stretches(line: Line) -> Iterator[Box]:
    """Yield each straight piece of an arrow, but for its very ends."""
    for (x, y), (next_x, next_y) in pairwise(line):
        assert min(abs(x - next_x), abs(y - next_y)) < 0.6, "neither upright nor level"
        yield Box(min(x, next_x), min(y, next_y), abs(x - next_x) + 0.1, abs(y - next_y) + 0.1)


def test_nothing_lies_on_anything_else_and_no_arrow_goes_through_it(drawn: tuple[Process, Places]) -> None:
    process, places = drawn
    ends = {way.id: {way.source, way.target} for way in process.connections}
    solid = {element.id: places.shapes[element.id] for element in process.elements}
    everything = [*solid.items(), *((f"name of {key}", box) for key, box in places.names.items())]
    # The name of a gateway stands in a corner of its square, where the gateway is not.
    on_another = [(a, b) for (a, one), (b, other) in combinations(everything, 2) if _touch(one, other)]
    assert [(a, b) for a, b in on_another if b != f"name of {a}"] == []
    for key, line in places.lines.items():
        for stretch in _stretches(line):
            hit = {name for name, box in everything if _touch(stretch, box)} - ends[key]
            assert not hit, key


def test_an_arrow_begins_at_the_side_of_its_source_and_ends_at_that_of_its_target(
    drawn: tuple[Process, Places],
) -> None:
    process, places = drawn
    for way in process.connections:
        line = places.lines[way.id]
        for (x, y), box in ((line[0], places.shapes[way.source]), (line[-1], places.shapes[way.target])):
            is_on_side = x in (box.left, box.right) or y in (box.top, box.bottom)
            assert is_on_side, way
            assert box.left <= x <= box.right, way
            assert box.top <= y <= box.bottom, way


def test_an_event_and_a_gateway_are_left_and_reached_at_a_corner(drawn: tuple[Process, Places]) -> None:
    process, places = drawn
    small = {element.id for element in process.elements if element.type not in (Type.STEP, Type.QUESTION)}
    for way in process.connections:
        for point, key in ((places.lines[way.id][0], way.source), (places.lines[way.id][-1], way.target)):
            box = places.shapes[key]
            corners = ((box.x, box.top), (box.x, box.bottom), (box.left, box.y), (box.right, box.y))
            assert key not in small or min(dist(point, corner) for corner in corners) < 0.01, way


def test_what_stands_above_or_beside_in_the_drawing_does_here_too(procedure: Procedure) -> None:
    for flow in published_flows(procedure):
        _, places = _all_of(flow)
        boxes = lay_out(flow).boxes
        for one, other in combinations(flow.nodes, 2):
            a, b = (places.shapes[node_address(flow, node_id)] for node_id in (one, other))
            if boxes[one].top + boxes[one].height < boxes[other].top:
                assert a.bottom < b.top
            assert (boxes[one].x - boxes[other].x) == pytest.approx(a.x - b.x)


def test_a_phase_holds_its_own_nodes_and_no_others(procedure: Procedure) -> None:
    whole = whole_flow(procedure)
    places = whole_places(procedure, whole, process_of(DANISH, whole))
    for phase, flow in phase_flows(procedure):
        group = places.shapes[group_id(phase)]
        inside = {key for key in whole.nodes if _touch(group, places.shapes[key])}
        assert inside == set(by_address(flow).nodes)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_flow_is_like_no_element_lies_on_another_or_outside(seed: int) -> None:
    process, places = _all_of(read_flow(generated(seed), "flow", "", 1)[0])
    solid = {element.id: places.shapes[element.id] for element in process.elements}
    assert [(a, b) for (a, one), (b, other) in combinations(solid.items(), 2) if _touch(one, other)] == []
    around = places.around()
    assert min(around.left, around.top) > 0
    assert places.lines.keys() == {way.id for way in process.connections}
