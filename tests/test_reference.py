"""Our reading and our drawing, held against Mermaid itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from procedure.drawing import draw
from procedure.findings import Finding
from procedure.flow import Flow
from procedure.mermaid import read_flow
from procedure.model import load_procedure
from tests.reference import Reading, readings

_HEADER = "flowchart TD\n  accTitle: Titel\n  accDescr: Beskrivelse\n"
_TEXT = (
    "sagen krænkelsen Ærø øjeblikkelig åben Åse forældrene SSP- og/eller (måske) [nu] {alt} #quot;hej#quot; »citat« "
    "politi.dk/anmeld a@b.dk 50 % & så, videre; 3. Fase: end graph click 100+ *vigtigt* _understreget_ ja?! osv. … – "
    "<br> <br/> kommunikationsafdelingskoordinering — 'enkelt' = ~ ^ | $5 2024: § é #35;1 style"
)
_WORDS = _TEXT.split()
_PLAIN_WORDS = [word for word in _WORDS if not re.search(r"[]()\[{}|#;@]", word)]
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


def _generated(seed: int) -> str:
    """Return a flow without cycles: steps in chains, questions with two to four answers, and ways that meet."""
    chance = random.Random(seed)
    size = chance.randint(4, 14)
    ids = [f"{chance.choice(['a', 'o', 'x', 'knude_', 'td', 'v2_', 'endda'])}{number}" for number in range(size)]
    lines: list[str] = []
    written: set[str] = set()

    def node(number: int) -> str:
        name = ids[number]
        if name in written:
            return name
        written.add(name)
        if number in (0, size - 1):
            return f"{name}([{_label(chance)}])"
        return f"{name}{{{{{_label(chance)}}}}}" if number in questions else f"{name}[{_label(chance)}]"

    questions = {number for number in range(1, size - 2) if chance.random() < 0.4}
    chain = ""
    for number in range(size - 1):
        if number in questions:
            later = range(number + 1, size)
            targets = [number + 1, *chance.sample(later, min(len(later), chance.randint(1, 3)))]
            lines += [chain, *(f"{node(number)} -->|{_label(chance, 3)}| {node(target)}" for target in targets)]
            chain = ""
        else:
            chain = f"{chain or node(number)} --> {node(number + 1)}"
            if chance.random() < 0.5:
                lines.append(chain)
                chain = ""
    lines.append(chain)
    return _HEADER + "\n".join(f"  {line}" for line in lines if line)


def _label(chance: random.Random, longest: int = 14) -> str:
    words = chance.choices(_WORDS if chance.random() < 0.6 else _PLAIN_WORDS, k=chance.randint(1, longest))
    text = " ".join(["Ord", *words])
    if any(word not in _PLAIN_WORDS for word in words):
        return f'"{text.replace(" ", chr(10), 1) if chance.random() < 0.2 else text}"'
    return text


_FLOWS = {**{flow.id: flow.source for flow in _DOCS}, **{f"seed-{seed}": _generated(seed) for seed in range(20)}}


@pytest.fixture(scope="module")
def reference() -> dict[str, Reading | None]:
    broken = (_HEADER + statement for statement in _REJECTED)
    return readings([*_FLOWS.values(), *broken])


def _read(text: str) -> tuple[Flow, list[Finding]]:
    return read_flow(text, "flow", "docs/side.md", 10)


@pytest.mark.parametrize("name", _FLOWS)
def test_we_read_what_mermaid_reads(name: str, reference: dict[str, Reading | None]) -> None:
    flow, findings = _read(_FLOWS[name])
    assert findings == []
    nodes = {node.id: node.text for node in flow.nodes.values()}
    edges = sorted((f"{edge.source}_{edge.target}", edge.label or "") for edge in flow.edges)
    assert Reading(nodes, edges, flow.title, flow.description) == reference[_FLOWS[name]]


@pytest.mark.parametrize("name", _FLOWS)
def test_we_draw_what_mermaid_draws(name: str, reference: dict[str, Reading | None]) -> None:
    flow, _ = _read(_FLOWS[name])
    svg = draw(flow)
    assert reference[_FLOWS[name]] == Reading(
        {_id(box): box.get("aria-label", "") for box in _boxes(svg)},
        sorted(
            (f"{edge.source}_{edge.target}", answer)
            for edge, answer in zip(flow.edges, _answers(flow, svg), strict=True)
        ),
        svg.findtext("title") or "",
        svg.findtext("desc") or "",
    )
    for box in _boxes(svg):
        assert _shown(box) == box.get("aria-label")


@pytest.mark.parametrize("name", _FLOWS)
def test_each_arrow_runs_from_the_border_of_one_box_to_that_of_the_other(name: str) -> None:
    flow, _ = _read(_FLOWS[name])
    svg = draw(flow)
    boxes = {_id(box): _extent(box[0]) for box in _boxes(svg)}
    arrows = [element for element in svg if element.get("class") == "flow-edge"]
    assert len(arrows) == len(flow.edges)
    for edge, arrow in zip(flow.edges, arrows, strict=True):
        numbers = _numbers(arrow.get("d", ""))
        assert _distance(numbers[:2], boxes[edge.source]) <= 1
        # The path stops short, to leave room for its head.
        assert _distance(numbers[-2:], boxes[edge.target]) <= 5


@pytest.mark.parametrize("statement", _REJECTED)
def test_what_mermaid_rejects_is_a_finding_on_its_line(statement: str, reference: dict[str, Reading | None]) -> None:
    assert reference[_HEADER + statement] is None
    _, findings = _read(_HEADER + statement)
    assert {finding.line for finding in findings} == {14}


@pytest.mark.parametrize("statement", _REFUSED)
def test_what_mermaid_may_show_otherwise_than_written_is_a_finding_on_its_line(statement: str) -> None:
    _, findings = _read(_HEADER + statement)
    assert findings[0].line == 14


def _boxes(svg: Element) -> list[Element]:
    return [element for element in svg if "flow-node" in element.get("class", "")]


def _id(box: Element) -> str:
    return box.get("id", "").removeprefix("d-flow-")


def _shown(element: Element) -> str:
    """Return the text as drawn, each line of it in a row of its own."""
    return " ".join("".join(row.itertext()) for row in element.iter("tspan"))


def _answers(flow: Flow, svg: Element) -> Iterator[str]:
    """Return the drawn answer of each arrow; those without one have none drawn."""
    drawn = iter([element for element in svg if element.get("class") == "flow-answer"])
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
