"""Reads the documented subset of Mermaid flowcharts.

The subset, one statement on a line (a quoted label may run over several):

    flowchart TD                    the first statement; the only direction
    accTitle: …   accDescr: …       the diagram's name and description
    id([Text])                      start or end
    id[Text]                        step
    id{{Text?}}                     question
    a --> b   a -->|Answer| b       arrow; the answer only on arrows out of a question
    click id "address"              step, question: "read more"; end: where it leads
    %% krav id: V1 V2               the requirements that the node stands for
    %% svar id: V8                  the node only completes an answer to the question of the requirement
    %% navn id: ja = Answer         the name of an answer in addresses, where its label gives another
    %% …                            a comment

An id is a to z, digits and `_`, and begins with a letter. A label is plain text, or text in double
quotes; `<br>` breaks a line and `#quot;` is a double quote. Whatever else stands in the text is a
finding (F01), never skipped. The tests hold this reading against Mermaid's own.
"""

from __future__ import annotations

import re

from procedure.findings import Finding
from procedure.source.answer_names import read_name_line
from procedure.source.flow import Edge, Flow, Gaps, Node, Shape
from procedure.source.mermaid_drawing import NODE_NAME, Drawing
from procedure.source.mermaid_text import OutsideSubsetError, decoded, read_label
from procedure.source.text import short

_SHAPES = {"([": ("])", Shape.TERMINAL), "{{": ("}}", Shape.QUESTION), "[": ("]", Shape.STEP)}
# Mermaid gives these words a meaning of their own: none of them can name a node.
_RESERVED = frozenset({
    "call", "class", "classdef", "click", "constructor", "default", "direction", "end", "flowchart", "graph", "href",
    "interpolate", "linkstyle", "style", "subgraph",
})  # fmt: skip
_ARROW = re.compile(r"[ \t]*-->[ \t]*")
_CLICK = re.compile(r'click[ \t]+(\S+)[ \t]+"([^"\n]+)"[ \t]*$')
_TRACE = re.compile(r"(\w+(?:-\w+)*)[ \t]*:((?:[ \t]+[A-Z][0-9]+)+)[ \t]*$")
_MOST_NODES = 100
_MOST_ARROWS = 150
_STYLE = re.compile(r"(?:style|classDef).*:\S*#.*;")


def read_flow(source: str, flow_id: str, path: str, fence_line: int) -> tuple[Flow, list[Finding]]:
    """Read the Mermaid text of one fence.

    `fence_line` is the line of the opening fence; the text begins on the next. Returns what could
    be read and the findings (F01, F12–F16, F18, F25, S20); what of the flow is then unsure stands in its gaps.
    """
    drawing = Drawing(path)
    header_seen = False
    for line, statement in _statements(source, fence_line + 1):
        try:
            if statement.startswith("%%"):
                _read_comment(statement, line, drawing)
            elif not header_seen:
                header_seen = True
                _read_header(statement)
            else:
                _read_statement(statement, line, drawing)
        except OutsideSubsetError as fault:
            drawing.report(line, "F01", fault.message, fault.hint)
            drawing.unread.append(statement)
    if not header_seen:
        drawing.report(
            fence_line, "F01", "Diagrammet er tomt.", "Skriv »flowchart TD« på første linje og derefter trin."
        )
    if len(drawing.nodes) > _MOST_NODES or len(drawing.edges) > _MOST_ARROWS:
        return _too_large(flow_id, source, fence_line, drawing)
    return drawing.finished(flow_id, source, fence_line), drawing.findings


def _too_large(flow_id: str, source: str, fence_line: int, drawing: Drawing) -> tuple[Flow, list[Finding]]:
    """Return a flow without nodes: nobody could read the drawing, and mmdr would not make it."""
    message = f"Diagrammet har {len(drawing.nodes)} felter og {len(drawing.edges)} pile."
    hint = f"Der er plads til {_MOST_NODES} felter og {_MOST_ARROWS} pile. Del det i flere faser."
    drawing.report(fence_line, "S20", message, hint)
    gaps = Gaps(names=frozenset(drawing.nodes))
    return Flow(flow_id, drawing.path, fence_line, source, "", fence_line, "", {}, (), gaps), drawing.findings


def for_drawing(source: str) -> str:
    """Return the Mermaid text without its click lines and comments: what is left is drawn."""
    statements = (text for _, text in _statements(source, 1) if not re.match(r"click\b|%%", text))
    return "\n".join(statements)


def _statements(source: str, first_line: int) -> list[tuple[int, str]]:
    """Return the statements with their lines; a line with an open quote goes on with the next."""
    statements: list[tuple[int, str]] = []
    lines = source.split("\n")
    index = 0
    while index < len(lines):
        line, text = first_line + index, lines[index].strip(" \t")
        index += 1
        if text and not text.startswith(("%%", "accTitle", "accDescr")):
            while text.count('"') % 2 and index < len(lines):
                text += "\n" + lines[index].strip()
                index += 1
        if text:
            statements.append((line, text))
    return statements


def _read_header(statement: str) -> None:
    if statement != "flowchart TD":
        raise OutsideSubsetError(
            f"Diagrammet begynder med »{short(statement)}«.", "Skriv »flowchart TD« på diagrammets første linje."
        )


def _read_comment(statement: str, line: int, drawing: Drawing) -> None:
    comment = statement[2:].strip()
    if not comment:
        raise OutsideSubsetError("Bemærkningen er tom, og det viser Mermaid som et felt.", "Slet linjen.")
    if comment.startswith("{"):
        raise OutsideSubsetError(
            "Linjen er en Mermaid-indstilling (%%{…}%%).", "Slet linjen; udseendet er ens overalt."
        )
    mark = re.match(r"(krav|svar|navn)\b", comment)
    if mark is None:
        return
    if mark[1] == "navn":
        drawing.answer_names.append(read_name_line(comment[mark.end() :], line))
        return
    match = _TRACE.match(comment[mark.end() :].strip())
    if match is None:
        message = f"Sporet »{short(statement)}« kan ikke læses."
        drawing.report(line, "F18", message, f"Skriv det som »%% {mark[1]} felt: V1 V2«.")
        drawing.unread_traces.append(comment[mark.end() :])
        return
    node_id, ids = match[1], match[2].split()
    for requirement_id in ids:
        drawing.traces[mark[1]].setdefault(node_id, {}).setdefault(requirement_id, line)


def _read_statement(statement: str, line: int, drawing: Drawing) -> None:
    if _STYLE.search(statement):
        raise OutsideSubsetError(
            "Mermaid læser »style…:#…;« som en stil og ikke som tekst.", "Sæt et mellemrum efter kolon."
        )
    name = re.match(r"(accTitle|accDescr)[ \t]*:", statement)
    if name:
        drawing.names[name[1]] = decoded(statement[name.end() :].strip()), line
    elif re.match(r"click\b", statement):
        _read_click(statement, line, drawing)
    elif re.match(r"subgraph\b", statement):
        drawing.open_subgraphs += 1
        raise OutsideSubsetError("Underdiagrammer bruges ikke.", "Slet linjen og den »end«, der hører til den.")
    elif statement == "end" and drawing.open_subgraphs:
        drawing.open_subgraphs -= 1
    else:
        _read_edges(statement, line, drawing)


def _read_click(statement: str, line: int, drawing: Drawing) -> None:
    match = _CLICK.match(statement)
    if match is None:
        raise OutsideSubsetError(f"»{short(statement)}« kan ikke læses.", 'Skriv det som »click felt "adresse"«.')
    if match[1] in drawing.clicks:
        message = f"»{match[1]}« har to click-linjer (den første i linje {drawing.clicks[match[1]][1]})."
        raise OutsideSubsetError(message, "Behold den ene.")
    drawing.clicks[match[1]] = (match[2], line)


def _read_edges(statement: str, line: int, drawing: Drawing) -> None:
    source, position = _read_node(statement, 0, line, drawing)
    while position < len(statement):
        arrow = _ARROW.match(statement, position)
        if arrow is None:
            rest = short(statement[position:].strip())
            raise OutsideSubsetError(
                f"»{rest}« hører ikke til det, et diagram kan indeholde.",
                "Skriv pile som »a --> b« eller »a -->|Svar| b«, én på hver linje og uden semikolon.",
            )
        label, position = _read_answer(statement, arrow.end())
        target, position = _read_node(statement, position, line, drawing)
        drawing.edges.append(Edge(source, target, label, line))
        source = target


def _read_answer(statement: str, position: int) -> tuple[str | None, int]:
    if not statement.startswith("|", position):
        return None, position
    text, position = read_label(statement, position + 1)
    closing = re.compile(r"\|[ \t]*").match(statement, position)
    if closing is None:
        raise OutsideSubsetError("Svaret på pilen mangler sin afsluttende streg.", "Skriv det som »a -->|Svar| b«.")
    return text, closing.end()


def _read_node(statement: str, position: int, line: int, drawing: Drawing) -> tuple[str, int]:
    match = NODE_NAME.match(statement, position)
    if match and match[0].lower() in _RESERVED:
        raise OutsideSubsetError(
            f"»{match[0]}« er et af Mermaids egne ord og kan ikke være navnet på et felt.",
            "Giv feltet et andet navn; stil, klasser og andre indstillinger bruges ikke og slettes.",
        )
    if match is None:
        rest = short(statement[position:].strip())
        raise OutsideSubsetError(
            f"»{rest}« kan ikke læses som et felt." if rest else "Pilen fører ikke til noget.",
            "Et felt begynder med et navn af små bogstaver (a–z), tal og _, fx »under{{Er der…?}}«.",
        )
    node_id, position = match[0], match.end()
    drawing.mentioned.setdefault(node_id, line)
    opening = next((mark for mark in _SHAPES if statement.startswith(mark, position)), None)
    if opening is None:
        if statement[position : position + 1] in ("(", "{", ">", "@"):
            raise OutsideSubsetError(
                f"Formen om »{node_id}« bruges ikke.",
                "Brug id([…]) til start og slut, id[…] til trin og id{{…?}} til spørgsmål.",
            )
        return node_id, position
    closing, shape = _SHAPES[opening]
    text, position = read_label(statement, position + len(opening))
    if not statement.startswith(closing, position):
        raise OutsideSubsetError(
            f"Teksten i »{node_id}« slutter ikke, som den skal, eller har et tegn, der kræver anførselstegn.",
            f'Sæt teksten i anførselstegn: {node_id}{opening}"…"{closing}',
        )
    node = Node(node_id, shape, text, line)
    known = drawing.nodes.setdefault(node_id, node)
    if (known.text, known.shape) != (text, shape):
        message = f"»{node_id}« har to tekster (den første i linje {known.line})."
        drawing.report(line, "F14", message, "Skriv teksten ét sted, og brug kun navnet de andre steder.")
        drawing.two_texts.add(node_id)
    return node_id, position + len(closing)
