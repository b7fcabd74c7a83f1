"""Mermaid itself, as a reading of a diagram: what stands in the picture that it draws."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import mermaidx
from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
# What each text was read as, and by which Mermaid: the same one reads it so again, and half a second later.
_STORED = Path(__file__).parent / "snapshots" / "mermaid.json"
_MERMAID = version("mermaidx")


@dataclass(frozen=True)
class Reading:
    """The texts of a diagram's nodes by their ids, its arrows as `source_target` with their answers, and its names."""

    nodes: dict[str, str]
    edges: list[tuple[str, str]]
    title: str
    description: str


def readings(texts: Iterable[str]) -> dict[str, Reading | None]:
    """Return how Mermaid reads each text, or None where it rejects it; a text that it has read before is looked up."""
    distinct = list(dict.fromkeys(texts))
    known = stored()
    new = read_anew(text for text in distinct if text not in known)
    return {text: new[text] if text in new else known[text] for text in distinct}


def read_anew(texts: Iterable[str]) -> dict[str, Reading | None]:
    """Return how Mermaid reads each text. Takes about half a second a text on each core."""
    distinct = list(texts)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return dict(zip(distinct, pool.map(read, distinct), strict=True))


def stored() -> dict[str, Reading | None]:
    """Return what this version of Mermaid is known to read; nothing where another one read it."""
    file = json.loads(_STORED.read_text("utf-8"))
    if file["mermaid"] != _MERMAID:
        return {}
    return {row["text"]: _from_json(row["reading"]) for row in file["readings"]}


def store(known: dict[str, Reading | None]) -> None:
    """Keep what Mermaid reads each text as."""
    rows = [{"text": text, "reading": asdict(reading) if reading else None} for text, reading in known.items()]
    content = {"mermaid": _MERMAID, "readings": rows}
    _STORED.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _from_json(reading: dict[str, Any] | None) -> Reading | None:
    if reading is None:
        return None
    return Reading(**{**reading, "edges": [(arrow, answer) for arrow, answer in reading["edges"]]})


def read(text: str) -> Reading | None:
    """Draw the text with Mermaid and read the drawing, or return None where Mermaid rejects the text."""
    try:
        drawing = mermaidx.render(text).svg()
    except RuntimeError as error:
        assert "Mermaid rendering failed" in str(error)
        return None
    root = etree.fromstring(drawing.encode())
    for line_break in root.iter("{*}br"):
        line_break.tail = f" {line_break.tail or ''}"
    groups = [(group, (group.get("class") or "").split()) for group in root.iter(f"{_SVG}g")]
    labels = [group for group, classes in groups if "edgeLabel" in classes for group in group.iter(f"{_SVG}g")]
    answers = {label.get("data-id"): _text(label) for label in labels if label.get("data-id")}
    arrows = [str(path.get("data-id")) for path in root.iter(f"{_SVG}path") if path.get("data-id")]
    return Reading(
        {_node_id(str(group.get("id"))): _text(group) for group, classes in groups if "node" in classes},
        sorted((arrow.removeprefix("L_").rpartition("_")[0], answers[arrow]) for arrow in arrows),
        root.findtext(f"{_SVG}title") or "",
        root.findtext(f"{_SVG}desc") or "",
    )


def _node_id(written: str) -> str:
    """Return the id that an editor wrote: `my-svg-flowchart-a_b-3` is `a_b`."""
    return written.partition("-flowchart-")[2].rpartition("-")[0]


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
