"""Every id a built page has from its source: what a link can lead to."""

from __future__ import annotations

import functools
from collections.abc import Callable

from procedure.derive.guide import answer_address, node_address, phase_flows
from procedure.derive.whole import whole_anchors
from procedure.model import Procedure
from procedure.source.edition import Edition
from procedure.source.page import Page
from procedure.words import Words


def anchors(procedure: Procedure, page: Page) -> list[tuple[str, int]]:
    """Return the ids on the page, each with the line it comes from: its own, the included and the generated."""
    found = [(anchor.id, anchor.line) for anchor in page.anchors]
    for include in page.includes:
        if taken := procedure.included(include):
            source, section = taken
            found += [(anchor.id, include.line) for anchor in source.anchors if section.holds(anchor.line)]
    for flow in page.flows[:1]:
        for node in flow.nodes.values():
            found += [(f"{kind}-{flow.id}-{node.id}", node.line) for kind in ("d", "t")]
    # A second block of the same kind is a fault of its own.
    for fence in {fence.language: fence for fence in reversed(page.fences)}.values():
        if fence.language in _GENERATED:
            found += [(anchor, fence.line) for anchor in _GENERATED[fence.language](procedure)]
    return found


def is_made(page: Page, place: str) -> bool:
    """Return whether a place on the page is made of something else than the page's own text, or may be."""
    made = _GENERATED.keys() - {"phase"}
    return place.startswith(("d-", "t-")) or any(fence.language in made for fence in page.fences)


def editions_page(procedure: Procedure) -> Page | None:
    """Return the page that tells of every edition, or None where no page does."""
    return next((p for p in procedure.pages.values() if any(f.language == "editions" for f in p.fences)), None)


def edition_place(words: Words, edition: Edition) -> str:
    """Return the id of an edition on that page."""
    return f"{words.text('places.edition')}-{edition.name}"


def may_be_unread(procedure: Procedure, fragment: str) -> bool:
    """Return whether a diagram's node or answer has this id, or could have it: it stands in what could not be read."""
    place, is_answer, _ = fragment.partition("/")
    unsure = {
        f"{flow.id}-{node_id}"
        for flow in procedure.flows
        for node_id in flow.gaps.names | (flow.gaps.arrows | flow.gaps.labels if is_answer else frozenset())
    }
    return place.removeprefix("d-").removeprefix("t-") in unsure


def _of_phases(place: str, procedure: Procedure) -> list[str]:
    before = procedure.words.text(f"places.{place}")
    return [f"{before}-{phase.id}" for phase in procedure.contract.phases]


def _places(procedure: Procedure, *names: str) -> list[str]:
    return [procedure.words.text(f"places.{name}") for name in names]


def _of_source(procedure: Procedure) -> list[str]:
    (before,) = _places(procedure, "source")
    steps = [f"{before}-{phase.id}-{step.id}" for phase in procedure.contract.phases for step in phase.steps]
    return [*_of_phases("source", procedure), *steps, *_places(procedure, "source_contacts")]


def _of_guide(procedure: Procedure) -> list[str]:
    flows = [flow for _, flow in phase_flows(procedure)]
    places = [node_address(flow, node_id) for flow in flows for node_id in flow.nodes]
    answers = [(node_address(flow, edge.source), edge.name) for flow in flows for edge in flow.edges if edge.name]
    # Two answers of one name are a fault of their own.
    return places + list(dict.fromkeys(answer_address(question, name) for question, name in answers))


# The ids in the element that a fence of each name gives way to.
_GENERATED: dict[str, Callable[[Procedure], list[str]]] = {
    "actors": lambda procedure: [actor.id for actor in procedure.contract.actors],
    "approval": lambda procedure: _places(
        procedure, "phases", "wordings", "questions", "contacts", "routes", "sheets", "supplements", "signature"
    ),
    "editions": lambda procedure: [edition_place(procedure.words, edition) for edition in procedure.editions],
    "guide": _of_guide,
    "links": lambda procedure: [
        *_places(procedure, "ways_in", "checklists"),
        *_of_phases("links", procedure),
        *_places(procedure, "files"),
    ],
    "phase": lambda procedure: [procedure.words.text("sections.checklist.id")],
    "routes": functools.partial(_of_phases, "routes"),
    "source": _of_source,
    "traceability": lambda procedure: [
        *_of_phases("phase", procedure),
        *_places(procedure, "contacts", "questions", "own_sentences", "left_out", "variants", "outside"),
    ],
    "whole": whole_anchors,
}
