"""The drawing holds what the flow holds, and nothing in it is wider than its box."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest

from procedure.blocks.drawing import draw
from procedure.blocks.layout import lay_out, text_width, wrap
from procedure.model import load_procedure
from procedure.source.flow import Flow
from procedure.source.mermaid import read_flow

_FLOWS = load_procedure(Path(__file__).parents[2]).flows
_IDS = [flow.id for flow in _FLOWS]
# A reader may widen letters and words this much (WCAG 2.2, 1.4.12).
_SPACED_OUT = 1.28
_each_flow = pytest.mark.parametrize("flow", _FLOWS, ids=_IDS)


def _drawn(flow: Flow) -> Element:
    return draw(flow, flow.title, lambda node: node.target, "Her")


def _size(room: Element) -> list[float]:
    return [float(room.get(side, 0)) for side in ("width", "height")]


def _of_class(svg: Element, name: str) -> list[Element]:
    return [element for element in svg.iter() if name in (element.get("class") or "").split()]


def _lines(element: Element) -> list[str]:
    return [(row.text or "").strip() for row in element.iter("tspan")]


@_each_flow
def test_every_node_is_drawn_once_with_its_whole_text(flow: Flow) -> None:
    drawn = {str(group.get("data-node")): " ".join(_lines(group)) for group in _of_class(_drawn(flow), "flow-node")}
    assert drawn == {f"{flow.id}-{node.id}": node.text for node in flow.nodes.values()}


@_each_flow
def test_every_arrow_is_drawn_once_with_its_answer(flow: Flow) -> None:
    svg = _drawn(flow)
    assert len(_of_class(svg, "flow-edge")) == len(flow.edges)
    assert all(edge.get("d") for edge in _of_class(svg, "flow-edge"))
    answers = [" ".join(_lines(group)) for group in _of_class(svg, "flow-answer")]
    assert answers == [edge.label for edge in flow.edges if edge.label]


@_each_flow
def test_every_node_has_a_place_that_covers_it_and_is_a_link_exactly_where_the_flow_says_so(flow: Flow) -> None:
    layout = lay_out(flow)
    places = _of_class(_drawn(flow), "flow-place")
    assert [(place[1].tag, place[1].get("href")) for place in places] == [
        ("span" if node.target is None else "a", node.target) for node in flow.nodes.values()
    ]
    for place, box in zip(places, layout.boxes.values(), strict=True):
        offset = (box.x - box.width / 2 - layout.left, box.y - box.height / 2 - layout.top)
        assert _size(place[0]) == pytest.approx(offset, abs=0.1)
        assert _size(place[1][0]) == pytest.approx((box.width, box.height), abs=0.1)


@_each_flow
def test_the_picture_holds_no_link_and_no_place_is_a_stop_for_the_keyboard_or_in_the_tree(flow: Flow) -> None:
    picture, places = _drawn(flow)
    assert not list(picture.iter("a"))
    assert places.get("aria-hidden") == "true"
    assert {link.get("tabindex") for link in places.iter("a")} <= {"-1"}


def test_where_no_ids_are_wanted_no_place_has_one() -> None:
    _, places = draw(_FLOWS[0], "Navn", lambda node: f"#{node.id}")
    assert [link.get("href") for link in places.iter("a")] == [f"#{node}" for node in _FLOWS[0].nodes]
    assert not [element for element in places.iter() if element.get("id")]


@_each_flow
def test_the_same_flow_gives_the_same_bytes(flow: Flow) -> None:
    drawn = tostring(_drawn(flow))
    lay_out.cache_clear()
    assert tostring(_drawn(flow)) == drawn


def test_no_id_is_used_twice_even_across_drawings() -> None:
    ids = [str(element.get("id")) for flow in _FLOWS for element in _drawn(flow).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@_each_flow
def test_every_line_fits_its_box_also_when_spaced_out(flow: Flow) -> None:
    boxes = lay_out(flow).boxes
    for group in _of_class(_drawn(flow), "flow-node"):
        box = boxes[str(group.get("data-node")).removeprefix(f"{flow.id}-")]
        lines = _lines(group)
        assert max(text_width(line) for line in lines) * _SPACED_OUT <= box.width, lines
        assert len(lines) * 20 + 16 <= box.height, lines


@_each_flow
def test_a_box_is_in_view_on_a_phone_the_drawing_in_a_frame_and_each_can_be_hit(flow: Flow) -> None:
    layout = lay_out(flow)
    # A phone of 360 px at 14 px a letter, and the frame on a desktop.
    assert max(box.width for box in layout.boxes.values()) * 14 / 16 <= 352
    assert layout.width <= 678
    assert min(box.height for box in layout.boxes.values()) * 14 / 16 >= 44


def test_a_drawing_too_tall_for_a_sheet_of_paper_says_so_and_no_other_does() -> None:
    for flow in _FLOWS:
        assert ("flow-tall" in str(_drawn(flow).get("class"))) == (lay_out(flow).height > 1230)
    steps = "\n".join(f"n{n}[Trin {n}] --> n{n + 1}[Trin {n + 1}]" for n in range(16))
    flow, _ = read_flow(f"flowchart TD\n{steps}", "x", "docs/x.md", 1)
    assert "flow-tall" in str(_drawn(flow).get("class"))


def test_a_flow_of_many_ways_is_drawn_with_narrower_boxes() -> None:
    words = "Spørg ind til, hvad der er sket, hvem der er involveret, og hvor det er sket"

    def widest(ways: int) -> float:
        lines = "\n".join(f"a -->|Svar {way}| b{way}[{words}, {way}]" for way in range(ways))
        flow, _ = read_flow(f"flowchart TD\na{{{{Hvad?}}}}\n{lines}", "x", "docs/x.md", 1)
        return max(box.width for box in lay_out(flow).boxes.values())

    assert widest(2) > widest(3)


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
    picture = _drawn(flow)[0]
    assert (picture.get("role"), picture.get("aria-label")) == ("img", flow.title)
    (description,) = [element for element in picture if element.get("id") == picture.get("aria-describedby")]
    assert description.text == flow.description


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
    assert [" ".join(_lines(group)) for group in _of_class(_drawn(flow), "flow-node")] == [
        'Sig "nej" [nu] & (altid)',
        "Også på ærø?",
    ]


def test_two_arrows_between_the_same_nodes_are_both_drawn() -> None:
    flow, _ = read_flow("flowchart TD\na{{A?}} -->|Ja| b[B]\na -->|Nej| b", "x", "docs/x.md", 1)
    svg = _drawn(flow)
    assert [" ".join(_lines(group)) for group in _of_class(svg, "flow-answer")] == ["Ja", "Nej"]
    assert len({edge.get("d") for edge in _of_class(svg, "flow-edge")}) == 2


def test_ids_that_could_be_read_as_one_are_kept_apart() -> None:
    flow, _ = read_flow("flowchart TD\na_b[A] --> c[C]\na[B] --> b_c[D]", "x", "docs/x.md", 1)
    assert len(_of_class(_drawn(flow), "flow-edge")) == 2
