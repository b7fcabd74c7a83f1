"""Our reading and our drawing, held against Mermaid itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from procedure.blocks.drawing import draw
from procedure.findings import Finding
from procedure.model import load_procedure
from procedure.source.flow import Flow
from procedure.source.mermaid import read_flow
from tests.generated import HEADER, generated
from tests.reference import Reading, read_anew, readings, store, stored

# Each is put on line 14, after the header on line 11; Mermaid draws none of them.
_REJECTED = (
    "a[Ring --> b[B]",
    "a[Ring] --> b[B",
    "a([Begynd] --> b[B]",
    "a{{Haster det?} --> b[B]",
    'a["Ring] --> b[B]',
    "a[Ring (nu)] --> b[B]",
    "a[Ring [nu]] --> b[B]",
    "a[Ring {nu}] --> b[B]",
    'a[Ring "nu"] --> b[B]',
    "a[Ring | nu] --> b[B]",
    "a[ssp@skolen.dk] --> b[B]",
    "a[/Ring] --> b[B]",
    "a[] --> b[B]",
    'a[""] --> b[B]',
    "a[A] --> end",
    "end[A] --> b[B]",
    "graph[A] --> b[B]",
    "style[A] --> b[B]",
    "subgraph[A] --> b[B]",
    "constructor[A] --> b[B]",
    "a[A] -->",
    "--> b[B]",
    "a[A] -> b[B]",
    "a[A] --> --> b[B]",
    "a[A] -->|| b[B]",
    "a[A] -->|Ja b[B]",
    "a[A] -->|Ja (nu)| b[B]",
    "a[A] --> b[B] og så",
    "a[A] --> b[B] %% en kommentar",
    "a [A] --> b[B]",
    "en knude[A] --> b[B]",
    "Ring til ledelsen",
    'a["Ring\n%% nu"] --> b[B]',
    'click a ""',
)
# Mermaid draws these, but not as an editor would expect, or not in every version.
_REFUSED = (
    "a[1. Ring] --> b[B]",
    'a["- Ring"] --> b[B]',
    "a[ ] --> b[B]",
    'a["`Ring`"] --> b[B]',
    'a["<b>Ring</b>"] --> b[B]',
    'a["fa:fa-phone Ring"] --> b[B]',
    'a["$$Ring$$"] --> b[B]',
    'a["Ring %%{nu}%%"] --> b[B]',
    'a["Ring #foo; nu"] --> b[B]',
    'a["Ring &amp; gå"] --> b[B]',
    "a[Ring\n  nu] --> b[B]",
    "a[A] --- b[B]",
    "a[A] --> b[B];",
    "ål[A] --> b[B]",
    "A[A] --> b[B]",
    "%%",
    'a["Style"] --> b["classDef:#quot;B#quot;"]',
)
_DOCS = load_procedure(Path(__file__).resolve().parent.parent).flows


_FLOWS = {**{flow.id: flow.source for flow in _DOCS}, **{f"seed-{seed}": generated(seed) for seed in range(20)}}


@pytest.fixture(scope="module")
def reference(request: pytest.FixtureRequest) -> dict[str, Reading | None]:
    texts = [*_FLOWS.values(), *(HEADER + statement for statement in _REJECTED)]
    if request.config.getoption("--accept"):
        store(read_anew(dict.fromkeys(texts)))
    return readings(texts)


def _read(text: str) -> tuple[Flow, list[Finding]]:
    return read_flow(text, "flow", "docs/side.md", 10)


@pytest.mark.parametrize("name", _FLOWS)
def test_we_read_what_mermaid_reads(name: str, reference: dict[str, Reading | None]) -> None:
    flow, findings = _read(_FLOWS[name])
    assert findings == []
    nodes = {node.id: node.text for node in flow.nodes.values()}
    edges = sorted((f"{edge.source}_{edge.target}", edge.label or "") for edge in flow.edges)
    assert Reading(nodes, edges, flow.title, flow.description) == reference[_FLOWS[name]]


@pytest.mark.every
def test_what_mermaid_is_said_to_read_is_what_it_reads() -> None:
    """A few of the stored readings are read anew each time, and all of them with `--accept`."""
    known = stored()
    assert known, "Another Mermaid than the stored one: .venv/bin/pytest tests/test_reference.py --accept"
    some = list(known)[:: max(1, len(known) // 4)]
    assert {text: known[text] for text in some} == read_anew(some)


@pytest.mark.parametrize("name", _FLOWS)
def test_we_draw_what_mermaid_draws(name: str, reference: dict[str, Reading | None]) -> None:
    flow, _ = _read(_FLOWS[name])
    svg = _picture(flow)
    assert reference[_FLOWS[name]] == Reading(
        {_id(box): _shown(box) for box in _boxes(svg)},
        sorted(
            (f"{edge.source}_{edge.target}", answer)
            for edge, answer in zip(flow.edges, _answers(flow, svg), strict=True)
        ),
        svg.get("aria-label") or "",
        svg.findtext("desc") or "",
    )


@pytest.mark.parametrize("name", _FLOWS)
def test_each_arrow_runs_from_the_border_of_one_box_to_that_of_the_other(name: str) -> None:
    flow, _ = _read(_FLOWS[name])
    svg = _picture(flow)
    boxes = {_id(box): _extent(box[0]) for box in _boxes(svg)}
    arrows = [element for element in svg.iter() if element.get("class") == "flow-edge"]
    assert len(arrows) == len(flow.edges)
    for edge, arrow in zip(flow.edges, arrows, strict=True):
        numbers = _numbers(arrow.get("d", ""))
        assert _distance(numbers[:2], boxes[edge.source]) <= 1
        # The path stops short, to leave room for its head.
        assert _distance(numbers[-2:], boxes[edge.target]) <= 5


@pytest.mark.parametrize("statement", _REJECTED)
def test_what_mermaid_rejects_is_a_finding_on_its_line(statement: str, reference: dict[str, Reading | None]) -> None:
    assert reference[HEADER + statement] is None
    _, findings = _read(HEADER + statement)
    assert {finding.line for finding in findings} == {14}


@pytest.mark.parametrize("statement", _REFUSED)
def test_what_mermaid_may_show_otherwise_than_written_is_a_finding_on_its_line(statement: str) -> None:
    _, findings = _read(HEADER + statement)
    assert findings[0].line == 14


def _picture(flow: Flow) -> Element:
    return draw(flow, flow.title, lambda node: node.target, "Her")[0]


def _boxes(svg: Element) -> list[Element]:
    return [element for element in svg.iter() if "flow-node" in element.get("class", "")]


def _id(box: Element) -> str:
    return box.get("data-node", "").removeprefix("flow-")


def _shown(element: Element) -> str:
    """Return the text as drawn, each line of it in a row of its own."""
    return " ".join("".join(row.itertext()) for row in element.iter("tspan"))


def _answers(flow: Flow, svg: Element) -> Iterator[str]:
    """Return the drawn answer of each arrow; those without one have none drawn."""
    drawn = iter([element for element in svg.iter() if element.get("class") == "flow-answer"])
    for edge in flow.edges:
        yield _shown(next(drawn)) if edge.label else ""
    assert next(drawn, None) is None


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _extent(shape: Element) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of a box."""
    if shape.tag == "polygon":
        numbers = _numbers(shape.get("points", ""))
        return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
    left, top, width, height = (float(shape.get(name, "")) for name in ("x", "y", "width", "height"))
    return left, top, left + width, top + height


def _distance(point: list[float], extent: tuple[float, float, float, float]) -> float:
    """Return how far the point is from the border of the box, outside it or inside."""
    (x, y), (left, top, right, bottom) = point, extent
    outside = max(left - x, 0, x - right) + max(top - y, 0, y - bottom)
    return outside or min(x - left, right - x, y - top, bottom - y)
