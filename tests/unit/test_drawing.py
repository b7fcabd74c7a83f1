"""The drawing holds what the flow holds, and nothing in it is wider than its box."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest

from procedure.blocks.drawing import draw, lay_out, text_width, wrap
from procedure.model import load_procedure
from procedure.source.flow import Flow
from procedure.source.mermaid import read_flow

_FLOWS = load_procedure(Path(__file__).parents[2]).flows
_IDS = [flow.id for flow in _FLOWS]
# A reader may widen letters and words this much (WCAG 2.2, 1.4.12).
_SPACED_OUT = 1.28
_each_flow = pytest.mark.parametrize("flow", _FLOWS, ids=_IDS)


def _of_class(svg: Element, name: str) -> list[Element]:
    return [element for element in svg.iter() if name in (element.get("class") or "").split()]


def _lines(element: Element) -> list[str]:
    return [(row.text or "").strip() for row in element.iter("tspan")]


@_each_flow
def test_every_node_is_drawn_once_with_its_whole_text(flow: Flow) -> None:
    drawn = {str(group.get("id")): " ".join(_lines(group)) for group in _of_class(draw(flow), "flow-node")}
    assert drawn == {f"d-{flow.id}-{node.id}": node.text for node in flow.nodes.values()}


@_each_flow
def test_every_arrow_is_drawn_once_with_its_answer(flow: Flow) -> None:
    svg = draw(flow)
    assert len(_of_class(svg, "flow-edge")) == len(flow.edges)
    assert all(edge.get("d") for edge in _of_class(svg, "flow-edge"))
    answers = [" ".join(_lines(group)) for group in _of_class(svg, "flow-answer")]
    assert answers == [edge.label for edge in flow.edges if edge.label]


@_each_flow
def test_a_node_is_a_link_exactly_where_the_flow_says_so(flow: Flow) -> None:
    links = {str(link.get("id")): link.get("href") for link in draw(flow).iter("a")}
    assert links == {f"d-{flow.id}-{node.id}": node.target for node in flow.nodes.values() if node.target is not None}


@_each_flow
def test_the_same_flow_gives_the_same_bytes(flow: Flow) -> None:
    assert tostring(draw(flow)) == tostring(draw(flow))


def test_no_id_is_used_twice_even_across_drawings() -> None:
    ids = [str(element.get("id")) for flow in _FLOWS for element in draw(flow).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@_each_flow
def test_every_line_fits_its_box_also_when_spaced_out(flow: Flow) -> None:
    boxes = lay_out(flow).boxes
    for group in _of_class(draw(flow), "flow-node"):
        box = boxes[str(group.get("id")).removeprefix(f"d-{flow.id}-")]
        lines = _lines(group)
        assert max(text_width(line) for line in lines) * _SPACED_OUT <= box.width, lines
        assert len(lines) * 22 <= box.height, lines


@_each_flow
def test_nothing_is_drawn_outside_the_picture(flow: Flow) -> None:
    layout = lay_out(flow)
    for box in layout.boxes.values():
        assert layout.left <= box.x - box.width / 2
        assert layout.top <= box.y - box.height / 2
        assert box.x + box.width / 2 <= layout.left + layout.width
        assert box.y + box.height / 2 <= layout.top + layout.height


@_each_flow
def test_no_two_boxes_overlap(flow: Flow) -> None:
    boxes = list(lay_out(flow).boxes.values())
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = abs(one.x - other.x) >= (one.width + other.width) / 2
            assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2


@_each_flow
def test_the_drawing_has_a_name_and_a_description(flow: Flow) -> None:
    svg = draw(flow)
    texts = {element.get("id"): element.text for element in svg if element.tag in ("title", "desc")}
    assert texts[svg.get("aria-labelledby")] == flow.title
    assert texts[svg.get("aria-describedby")] == flow.description


def test_a_text_is_broken_between_words_and_nothing_is_lost() -> None:
    text = "Forældremyndighedsindehavere bør involveres hurtigst muligt, eventuelt af ledelsen"
    lines = wrap(text, 120)
    assert " ".join(lines) == text
    assert all(text_width(line) <= 120 or " " not in line for line in lines)


def test_quotes_brackets_and_danish_letters_are_drawn_as_written() -> None:
    flow, findings = read_flow(
        'flowchart TD\naccTitle: T\naccDescr: D\na(["Sig #quot;nej#quot; <br>[nu] & (altid)"]) --> b{{Også på ærø?}}',
        "x", "docs/x.md", 1,
    )  # fmt: skip
    assert findings == []
    assert [" ".join(_lines(group)) for group in _of_class(draw(flow), "flow-node")] == [
        'Sig "nej" [nu] & (altid)',
        "Også på ærø?",
    ]


def test_two_arrows_between_the_same_nodes_are_both_drawn() -> None:
    flow, _ = read_flow("flowchart TD\na{{A?}} -->|Ja| b[B]\na -->|Nej| b", "x", "docs/x.md", 1)
    svg = draw(flow)
    assert [" ".join(_lines(group)) for group in _of_class(svg, "flow-answer")] == ["Ja", "Nej"]
    assert len({edge.get("d") for edge in _of_class(svg, "flow-edge")}) == 2


def test_ids_that_could_be_read_as_one_are_kept_apart() -> None:
    flow, _ = read_flow("flowchart TD\na_b[A] --> c[C]\na[B] --> b_c[D]", "x", "docs/x.md", 1)
    assert len(_of_class(draw(flow), "flow-edge")) == 2
