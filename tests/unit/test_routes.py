"""Every way through a flow; those of the real flows are kept in `snapshots/routes.txt`."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable

import pytest
from tests.conftest import ROOT
from tests.generated import generated

from procedure.derive.guide import phase_flows
from procedure.derive.routes import Stop, count_routes, last_choice, routes
from procedure.model import Procedure, load_procedure
from procedure.source.answer_names import answer_name
from procedure.source.flow import Flow
from procedure.source.mermaid import read_flow

_SNAPSHOT = ROOT / "tests" / "snapshots" / "routes.txt"
_FLOWS = [*load_procedure(ROOT).flows, *(read_flow(generated(seed), str(seed), "", 1)[0] for seed in range(40))]


def _line(flow: Flow, route: tuple[Stop, ...]) -> str:
    """Return a route: node ids, each answer in its words, its name where they do not give it, and where the end leads."""
    stops = []
    for stop in route:
        names = {edge.label: edge.name for edge in flow.ways_out(stop.node.id)}
        said = f" »{stop.answer}«" if stop.answer else ""
        own_name = f" ({names[stop.answer]})" if stop.answer and names[stop.answer] != answer_name(stop.answer) else ""
        stops.append(f"{stop.node.id}{said}{own_name}")
    return f"{flow.id}: {' '.join(stops)} → {route[-1].node.target or 'færdig'}"


def _lines(flows: Iterable[Flow]) -> list[str]:
    return [_line(flow, route) for flow in flows for route in routes(flow)]


def _changed(flow: Flow, old: str, new: str) -> Flow:
    assert old in flow.source
    changed, findings = read_flow(flow.source.replace(old, new), flow.id, flow.path, flow.line)
    assert findings == []
    return changed


def test_the_routes_of_the_procedure_are_those_agreed_on(procedure: Procedure, request: pytest.FixtureRequest) -> None:
    lines = _lines([*(flow for _, flow in phase_flows(procedure)), *procedure.pages[procedure.roles.overview].flows])
    if request.config.getoption("--accept"):
        _SNAPSHOT.write_text("\n".join(lines) + "\n", "utf-8")
    agreed = _SNAPSHOT.read_text("utf-8").splitlines()
    if lines != agreed:
        difference = "\n".join(difflib.unified_diff(agreed, lines, "agreed", "now", lineterm="", n=0))
        pytest.fail(
            f"The ways through the procedure have changed. Right as they are now? Then run\n"
            f"    .venv/bin/pytest tests/unit/test_routes.py --accept\n{difference}",
            pytrace=False,
        )


@pytest.mark.parametrize(
    ("phase", "old", "new"),
    [
        ("vurder", "lavunder --> ledelse", "lavunder --> ssp"),
        ("anmeld", "Vejled ligeledes i", "Vejled også i"),
        ("behandl", 'click slut "afslut.md"', 'click slut "../kontakt.md"'),
    ],
)
def test_a_change_of_routing_shows_in_the_routes_and_one_of_wording_does_not(
    procedure: Procedure, phase: str, old: str, new: str
) -> None:
    page = procedure.phase_page(phase)
    assert page
    flow = page.flows[0]
    is_wording = old.startswith("Vejled")
    assert (_lines([flow]) == _lines([_changed(flow, old, new)])) is is_wording


def test_the_answers_change_places_in_the_routes_when_they_do_in_the_diagram() -> None:
    flow, _ = read_flow("flowchart TD\na{{A?}} -->|Ja| b([B])\na -->|Nej| c([C])", "f", "", 1)
    other, _ = read_flow("flowchart TD\na{{A?}} -->|Ja| c([C])\na -->|Nej| b([B])", "f", "", 1)
    assert _lines([flow]) == ["f: a »Ja« b → færdig", "f: a »Nej« c → færdig"]
    assert _lines([other]) == ["f: a »Ja« c → færdig", "f: a »Nej« b → færdig"]


def test_an_answer_s_words_show_in_the_routes_and_its_name_where_they_do_not_give_it() -> None:
    ways = "flowchart TD\na{{A?}} -->|Ja, straks| b([B])\na -->|Nej| c([C])\n"
    named, _ = read_flow(f"{ways}%% navn a: ja = Ja, straks", "f", "", 1)
    assert _lines([named])[0] == "f: a »Ja, straks« (ja) b → færdig"
    assert _lines([read_flow(ways, "f", "", 1)[0]])[0] == "f: a »Ja, straks« b → færdig"


@pytest.mark.parametrize("flow", _FLOWS, ids=lambda flow: flow.id)
def test_the_routes_are_every_way_from_a_start_to_an_end_once(flow: Flow) -> None:
    every = routes(flow)
    assert len(set(every)) == len(every) == sum(_ways_on(flow, start.id) for start in flow.starts)
    assert count_routes(flow) == len(every)
    edges = {(edge.source, edge.label, edge.target) for edge in flow.edges}
    walked = {(a.node.id, a.answer, b.node.id) for route in every for a, b in itertools.pairwise(route)}
    assert walked == edges
    assert {route[0].node for route in every} == set(flow.starts)
    assert {route[-1].node for route in every} == {node for node in flow.nodes.values() if not flow.ways_out(node.id)}


def test_routes_are_counted_and_not_walked() -> None:
    # Forty questions in a row: more ways than any machine could walk.
    ways = "\n".join(f"q{n}{{{{Q?}}}} -->|Ja| q{n + 1}\nq{n} -->|Nej| n{n}[N] --> q{n + 1}" for n in range(40))
    flow, _ = read_flow(f"flowchart TD\n{ways}\nq40([Slut])", "f", "", 1)
    assert count_routes(flow) == 2**40


@pytest.mark.parametrize("flow", _FLOWS, ids=lambda flow: flow.id)
def test_the_last_choice_before_a_node_is_the_one_that_every_route_to_it_makes_last(flow: Flow) -> None:
    for node in flow.nodes.values():
        choices = {_last_before(route, node.id) for route in routes(flow) if any(stop.node == node for stop in route)}
        expected = choices.pop() if len(choices) == 1 else None
        assert last_choice(flow, node) == expected


def _ways_on(flow: Flow, node_id: str) -> int:
    ways = flow.ways_out(node_id)
    return sum(_ways_on(flow, way.target) for way in ways) if ways else 1


def _last_before(route: tuple[Stop, ...], node_id: str) -> Stop | None:
    place = next(index for index, stop in enumerate(route) if stop.node.id == node_id)
    return next((stop for stop in reversed(route[:place]) if stop.answer is not None), None)
