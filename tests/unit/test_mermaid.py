"""The Mermaid subset: what is read, and that all else is a finding on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from procedure.findings import Finding
from procedure.source.flow import Flow, Gaps, Shape
from procedure.source.mermaid import read_flow
from procedure.source.text import read_text

_NAMED = "flowchart TD\n  accTitle: Titel\n  accDescr: Beskrivelse\n"


def _read(statements: str) -> tuple[Flow, list[Finding]]:
    """Read statements that begin on line 14: after a fence on line 10, the header and the two names."""
    return read_flow(_NAMED + statements, "side", "docs/side.md", 10)


def _flow(statements: str) -> Flow:
    flow, findings = _read(statements)
    assert findings == []
    return flow


def test_each_shape_says_what_a_node_is() -> None:
    flow = _flow("a([Begynd]) --> b[Ring]\nb --> c{{Haster det?}}")
    assert [(node.id, node.shape, node.text) for node in flow.nodes.values()] == [
        ("a", Shape.TERMINAL, "Begynd"),
        ("b", Shape.STEP, "Ring"),
        ("c", Shape.QUESTION, "Haster det?"),
    ]


def test_a_chain_of_arrows_is_read_arrow_by_arrow() -> None:
    flow = _flow("a[A] --> b[B] --> c[C]")
    assert [(edge.source, edge.target) for edge in flow.edges] == [("a", "b"), ("b", "c")]


def test_an_answer_stands_on_its_arrow() -> None:
    flow = _flow('a{{A?}} -->|Ja| b[B]\na -->|"Nej (endnu)"| c[C]')
    assert [edge.label for edge in flow.edges] == ["Ja", "Nej (endnu)"]


def test_a_quoted_label_may_hold_brackets_breaks_and_entities() -> None:
    flow = _flow('a["Ring [nu] (igen)<br/>og sig #quot;hej#quot;; skriv {alt} #35;1"]')
    assert flow.nodes["a"].text == 'Ring [nu] (igen) og sig "hej"; skriv {alt} #1'


def test_a_quoted_label_may_run_over_lines() -> None:
    flow = _flow('a["Ring nu\n  til ledelsen"] --> b[B]\nb --> c[C]')
    assert flow.nodes["a"].text == "Ring nu til ledelsen"
    assert flow.nodes["c"].line == 16


def test_danish_letters_stand_in_labels_and_answers() -> None:
    flow = _flow("a{{Er krænkeren på skolen, så?}} -->|Både-og| b[Følg op]")
    assert flow.nodes["a"].text == "Er krænkeren på skolen, så?"
    assert flow.edges[0].label == "Både-og"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = _NAMED + "a([Begynd]) --> b[Følg op]"
    (tmp_path / "a.mmd").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    source, findings = read_text(tmp_path, "a.mmd")
    assert (source.text, findings) == (text, [])


def test_click_gives_a_node_its_address_and_line() -> None:
    node = _flow('a[A]\nclick a "../kontakt.md#hvem"').nodes["a"]
    assert (node.target, node.target_line) == ("../kontakt.md#hvem", 15)


def test_traces_of_several_lines_add_up_and_keep_their_lines() -> None:
    node = _flow("a[A]\n%% krav a: V1 V2\n%% krav a: V3 V1").nodes["a"]
    assert node.requirements == ("V1", "V2", "V3")
    assert node.requirement_lines == (15, 15, 16)


def test_a_node_that_only_completes_an_answer_is_no_requirement() -> None:
    node = _flow("a[A]\n%% svar a: V8\n%% svar a: V9 V8").nodes["a"]
    assert (node.completes, node.completes_line, node.requirements) == (("V8", "V9"), 15, ())


def test_nodes_and_edges_know_their_lines() -> None:
    flow = _flow("\na[A] --> b[B]\n\n%% en kommentar\nb --> c[C]")
    assert [node.line for node in flow.nodes.values()] == [15, 15, 18]
    assert [edge.line for edge in flow.edges] == [15, 18]


def test_title_and_description_are_read() -> None:
    flow = _flow("a[A]")
    assert (flow.title, flow.description) == ("Titel", "Beskrivelse")


@pytest.mark.parametrize(
    "statement",
    [
        "a(A)",
        "a((A))",
        "a{A}",
        "a>A]",
        "a[/A/]",
        "a[(A)]",
        "a[[A]]",
        "a@{ shape: rect }",
        "a[A];",
        "a[A] & b[B] --> c[C]",
        "a[A] --- b[B]",
        "a[A] ==> b[B]",
        "a[A] -.-> b[B]",
        "a[A] -- Ja --> b[B]",
        "a[A] ---> b[B]",
        "a[A] --x b[B]",
        "a[A] <--> b[B]",
        "a[A] -->",
        "a[A] -->|| b[B]",
        "a[]",
        'a[""]',
        'a["A]',
        'a["`A`"]',
        "a[A <b>fed</b>]",
        "a[1. A]",
        "a[A]:::rød",
        "subgraph a",
        "style a fill:#f00",
        "classDef rød fill:#f00",
        "class a rød",
        "linkStyle 0 stroke:#f00",
        "direction LR",
        "end[A]",
        "Graph[A]",
        "spørg[A]",
        "A[A]",
        "a-b[A]",
        "1a[A]",
        "%%{init: {}}%%",
        'click a href "x.md"',
        "click a x.md",
        'click a "x.md" "tip"',
        'click x "x.md"\nclick x "y.md"',
        "accTitle Titel",
        "flowchart TD",
        "Ring til ledelsen",
    ],
)
def test_what_is_outside_the_subset_is_one_finding_on_its_line(statement: str) -> None:
    _, findings = _read(f"x[X]\n{statement}\ny[Y]")
    assert [finding.code for finding in findings] == ["F01"]
    assert findings[0].line == 15 + statement.count("\n")


@pytest.mark.parametrize("header", ["graph TD", "flowchart LR", "flowchart TB", "sequenceDiagram", "flowchart"])
def test_only_a_flowchart_from_the_top_down_is_read(header: str) -> None:
    _, findings = read_flow(
        f"%% først en kommentar\n\n{header}\naccTitle: T\naccDescr: B\na[A]", "side", "docs/side.md", 10
    )
    assert [(finding.code, finding.line) for finding in findings] == [("F01", 13)]


@pytest.mark.parametrize(
    ("statement", "gaps"),
    [
        ("a -.-> b", Gaps(arrows=frozenset("ab"))),
        ("a --> q", Gaps(frozenset("q"), arrows=frozenset("a"))),
        ("b[Andet]", Gaps(labels=frozenset("b"))),
        ("click b to.md", Gaps(clicks=frozenset("b"))),
        ('click q "to.md"', Gaps(clicks=frozenset(["begynd", "a", "b", "slut"]))),
        ("%% krav b V1", Gaps(traces=frozenset("b"))),
        ("%% krav q: V1", Gaps(traces=frozenset(["begynd", "b", "slut"]))),
    ],
)
def test_what_cannot_be_read_makes_unsure_only_what_it_is_about(statement: str, gaps: Gaps) -> None:
    flow, findings = _read(f"begynd([B]) --> a[A]\na --> b[B]\nb --> slut([S])\n%% krav a: V1\n{statement}")
    assert len(findings) == 1
    assert flow.gaps == gaps


def test_an_arrow_to_no_node_may_be_the_one_that_another_node_lacks() -> None:
    flow, _ = _read("begynd([B]) --> a[A]\na --> q\nb[B] --> slut([S])")
    assert flow.gaps.arrows == {"a", "b"}


def test_an_empty_diagram_is_a_finding_on_its_fence() -> None:
    _, findings = read_flow("\n%% intet\n", "side", "docs/side.md", 10)
    assert [(finding.code, finding.line) for finding in findings] == [("F01", 10)]


def test_a_subgraph_is_one_finding_with_its_end() -> None:
    _, findings = _read("subgraph x\na[A]\nend\nb[B]")
    assert [(finding.code, finding.line) for finding in findings] == [("F01", 14)]


def test_a_bad_name_is_reported_where_it_first_stands_and_nowhere_else() -> None:
    _, findings = _read('spørg[A]\nspørg --> b[B]\nclick spørg "#x"\n%% krav spørg: V1')
    assert [(finding.code, finding.line) for finding in findings] == [("F01", 14)]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("a --> b[Anden tekst]", "F14"),
        ("a --> b{{B}}", "F14"),
        ('click c "x.md"', "F15"),
        ("a --> c", "F16"),
        ("%% krav a V1", "F18"),
        ("%% krav a: v1", "F18"),
        ("%% krav c: V1", "F18"),
        ("%% svar a V1", "F18"),
        ("%% svar a: v1", "F18"),
        ("%% svar c: V1", "F18"),
    ],
)
def test_lines_that_disagree_are_findings(statement: str, code: str) -> None:
    _, findings = _read(f"a[A] --> b[B]\n{statement}")
    assert [(finding.code, finding.line) for finding in findings] == [(code, 15)]


@pytest.mark.parametrize(("key", "code"), [("accTitle", "F12"), ("accDescr", "F13")])
def test_a_diagram_without_a_name_or_description_is_a_finding_on_its_fence(key: str, code: str) -> None:
    text = "\n".join(line for line in _NAMED.split("\n") if key not in line)
    _, findings = read_flow(text + "a[A]", "side", "docs/side.md", 10)
    assert [(finding.code, finding.line) for finding in findings] == [(code, 10)]
