"""The names that answers have in addresses: from the label, or from a line of its own where the label has changed.

    under -->|Ja, der skal laves en underretning| lavunder
    %% navn under: ja = Ja, der skal laves en underretning

An address with an answer is kept in handbooks and messages. So it holds a name and never a number: a number would
say the opposite as soon as two arrows change places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from procedure.findings import Finding
from procedure.source.flow import Edge
from procedure.source.text import one_line, short

_LINE = re.compile(r"([^\s:]+)[ \t]*:[ \t]*([^=\s][^=]*?)[ \t]*=[ \t]*(\S.*)")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True)
class NameLine:
    """What a `%% navn` line says: the answer with this label, out of this question, has this name.

    A line that cannot be read has no node.
    """

    node: str
    name: str
    label: str
    line: int


def answer_name(label: str) -> str:
    """Return the name that a label gives (`Nej, måske` → `nej-maaske`); empty where it has no letter and no digit."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", label).lower().translate(_LETTERS))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def read_name_line(text: str, line: int) -> NameLine:
    """Read what stands after `navn` in the comment."""
    match = _LINE.fullmatch(text.strip())
    return NameLine(match[1], match[2], one_line(match[3]), line) if match else NameLine("", "", one_line(text), line)


def with_names(edges: Collection[Edge], lines: Collection[NameLine]) -> tuple[Edge, ...]:
    """Return the arrows, each answer with its name; a name that cannot be used is left out."""
    given = {(said.node, said.label): said.name for said in lines if _NAME.fullmatch(said.name)}
    return tuple(
        replace(edge, name=given.get((edge.source, edge.label)) or answer_name(edge.label)) if edge.label else edge
        for edge in edges
    )


def check_names(path: str, edges: Collection[Edge], lines: Collection[NameLine]) -> Iterator[Finding]:
    """Yield F25 for each line that gives no name, and for each answer that has none. The arrows have their names."""
    labels: dict[str, list[str]] = {}
    for edge in edges:
        if edge.label:
            labels.setdefault(edge.source, []).append(edge.label)
        if edge.label and not edge.name:
            message = f"Svaret »{edge.label}« giver intet navn i en adresse."
            yield Finding(path, edge.line, "F25", message, f"Giv det et: %% navn {edge.source}: navn = {edge.label}")
    named: set[tuple[str, str]] = set()
    for said in lines:
        fault = _fault(said, labels.get(said.node, []), is_second=(said.node, said.label) in named)
        named.add((said.node, said.label))
        if fault:
            yield Finding(path, said.line, "F25", *fault)


def _fault(said: NameLine, labels: list[str], *, is_second: bool) -> tuple[str, str] | None:
    """Return what is wrong with the line, and how to mend it."""
    if not said.node:
        return f"Navnet »{short(said.label)}« kan ikke læses.", "Skriv det som »%% navn felt: navn = Svaret på pilen«."
    if not _NAME.fullmatch(said.name):
        message = f"»{said.name}« kan ikke være navnet på et svar."
        return message, "Brug små bogstaver (a–z), tal og bindestreg; skriv æ, ø og å som ae, oe og aa."
    if not labels:
        message = f"Navnet »{said.name}« gives et svar på »{said.node}«, som ikke er et spørgsmål."
        return message, "Ret navnet, eller slet linjen."
    if said.label not in labels:
        message = f"Navnet »{said.name}« gives svaret »{said.label}«, som »{said.node}« ikke har."
        answers = " eller ".join(f"»{label}«" for label in labels)
        return message, f"Skriv svaret, som det står på pilen: {answers}."
    if is_second:
        return f"Svaret »{said.label}« har to navne.", "Behold det, en udgivet adresse har."
    return None
