"""A flow as a graph."""

from __future__ import annotations

from procedure.source.flow import Edge, Flow, Kind, Node, Shape
from procedure.source.mermaid import read_flow

_BRANCHING = """
begynd([Begynd]) --> a[A]
a --> haster{{Haster det?}}
haster -->|Ja| b[B]
haster -->|Nej| slut([Slut])
b --> andet([Andet])
"""


def _flow(statements: str) -> Flow:
    flow, _ = read_flow(f"flowchart TD\n{statements}", "side", "docs/side.md", 1)
    return flow


def test_a_terminal_is_a_start_or_an_end_by_its_arrows() -> None:
    flow = _flow(_BRANCHING)
    kinds = {node.id: flow.kind(node) for node in flow.nodes.values()}
    assert kinds == {
        "begynd": Kind.START, "a": Kind.STEP, "haster": Kind.QUESTION, "b": Kind.STEP, "slut": Kind.END, "andet": Kind.END,
    }  # fmt: skip


def test_starts_and_ends_come_in_the_order_they_are_written() -> None:
    flow = _flow(_BRANCHING + "ny([Ny]) --> a")
    assert [node.id for node in flow.starts] == ["begynd", "ny"]
    assert [node.id for node in flow.ends] == ["slut", "andet"]


def test_ways_in_and_out_are_the_arrows_of_a_node() -> None:
    flow = _flow(_BRANCHING)
    assert [edge.target for edge in flow.ways_out("haster")] == ["b", "slut"]
    assert [edge.source for edge in flow.ways_in("haster")] == ["a"]
    assert flow.ways_out("slut") == ()


def test_everything_is_reached_from_the_start() -> None:
    flow = _flow(_BRANCHING)
    assert flow.reachable("begynd") == set(flow.nodes)
    assert flow.reachable("b") == {"b", "andet"}


def test_what_may_not_be_entered_stops_the_way() -> None:
    flow = _flow(_BRANCHING)
    assert flow.reachable("begynd", without={"b"}) == {"begynd", "a", "haster", "slut"}
    assert flow.reachable("begynd", without={"begynd"}) == set()


def test_a_flow_where_ways_meet_again_has_no_cycle() -> None:
    assert _flow(_BRANCHING + "b --> slut").cycle() == ()


def test_a_cycle_is_given_in_the_order_it_is_walked() -> None:
    assert _flow("a[A] --> b[B]\nb --> c[C]\nc --> b").cycle() == ("b", "c")


def test_an_arrow_back_to_its_own_node_is_a_cycle() -> None:
    assert _flow("a[A] --> a").cycle() == ("a",)


def test_a_long_flow_is_walked_without_running_out_of_stack() -> None:
    nodes = {f"a{n}": Node(f"a{n}", Shape.STEP, "Trin", n) for n in range(1501)}
    arrows = tuple(Edge(f"a{n}", f"a{n + 1}", None, n) for n in range(1500))
    flow = Flow("side", "docs/side.md", 1, "", "", 1, "", nodes, arrows)
    assert flow.cycle() == ()
    assert len(flow.reachable("a0")) == 1501


def test_a_way_between_two_nodes_is_a_shortest_one_round_what_may_not_be_entered() -> None:
    flow = _flow(_BRANCHING)
    assert [edge.label for edge in flow.way("begynd", "slut")] == [None, None, "Nej"]
    assert [edge.target for edge in flow.way("begynd", "andet")] == ["a", "haster", "b", "andet"]
    assert flow.way("begynd", "andet", without={"b"}) == ()
