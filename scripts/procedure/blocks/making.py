"""Makes each block's element from the model: what stands where a fence of ours was.

The extension imports it only where there is something to make: a check of the pages needs neither drawings nor codes.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from procedure.blocks import elements, source_words
from procedure.blocks.calls import call_list, emergency_strip
from procedure.blocks.change_marks import mark_phase, mark_sheet
from procedure.blocks.edition_list import edition_list
from procedure.blocks.guide_page import guide
from procedure.blocks.handbook import handbook
from procedure.blocks.markup import BLOCK
from procedure.blocks.page_lists import checklist_list
from procedure.blocks.phase_map import large_map
from procedure.blocks.phase_page import phase_ways
from procedure.blocks.sheet_page import place_done, sheet_frame
from procedure.blocks.spine import spine
from procedure.blocks.to_approve import to_approve
from procedure.blocks.traceability import traceability
from procedure.checks import check_source
from procedure.derive.calls import calls
from procedure.derive.sheets import sheets
from procedure.derive.whole import whole_procedure
from procedure.findings import stops_publishing
from procedure.model import SOURCES, Procedure, load_procedure
from procedure.source.contract import Phase
from procedure.source.fences import WHOLE
from procedure.source.page import Page
from procedure.source.tree import Stamp, read_stamps
from procedure.words import DANISH, Words

# Gives the procedure that elements are made from, or None where it has errors.
Model = Callable[[], Procedure | None]
# Blocks that stand on one page; each is made for the folder of that page.
_PLACED: dict[str, Callable[[Procedure, str], Element]] = {
    "actors": source_words.actors,
    "approval": to_approve,
    "checklists": checklist_list,
    "contacts": lambda procedure, _: elements.contact_list(procedure),
    "editions": edition_list,
    "emergency": lambda procedure, _: emergency_strip(procedure),
    "links": lambda procedure, _: handbook(procedure),
    "routes": lambda procedure, _: elements.route_list(procedure),
    "source": source_words.source_document,
    "traceability": traceability,
}
# Blocks that name the page they stand on.
_NAMING: dict[str, Callable[[Procedure, str], Element]] = {"phase": phase_ways, "sheet": sheet_frame}
# The generator's own log: what we say there stops a strict build, also a plain one.
_log = logging.getLogger("mkdocs.procedure")


# MkDocs turns an address from how it is written to where the page is shown with this processor. It reads only "a", and knows
# only files that are there: those that are made after the pages are written "A", as they are shown.
_TURNS = "relpath"


def put(model: Model, parent: Element, name: str, text: str, *, md: Markdown, in_browser: bool) -> None:
    """Put the element for a block into the page."""
    procedure = model()
    if procedure is None:
        _log.warning("Proceduren har fejl, så en »%s«-blok kan ikke vises. Kør make check, og ret dem.", name)
        return
    if name == "phase":
        # Where we are stands before all else on the page.
        place = spine(procedure, _phase(procedure, text), procedure.phases_folder)
        place.set(BLOCK, "")
        parent.insert(0, place)
    element = _element(procedure, name, text, in_browser=in_browser)
    element.set(BLOCK, name)
    if _TURNS not in md.treeprocessors:
        _as_written(procedure, name, list(element.iter("A")))
    parent.append(element)


def words_of(model: Model) -> Words:
    """Return the procedure's words, or the Danish ones where it has errors."""
    procedure = model()
    return procedure.words if procedure else DANISH


def _as_written(procedure: Procedure, name: str, links: list[Element]) -> None:
    """Write the links of a block as the page's own are written, where the generator turns all of them later.

    A page that is no index is shown in a folder of its own, one further down.
    """
    if links and (name in _NAMING or _page_with(procedure, name).name != "index"):
        for link in links:
            link.set("href", link.get("href", "").removeprefix("../") or ".")


def whole_text(model: Model) -> list[str]:
    """Return the Markdown that a `whole` fence stands for, or nothing where the procedure has errors."""
    procedure = model()
    page = _page_with(procedure, WHOLE) if procedure else None
    return whole_procedure(procedure, page.folder) if procedure and page else []


def _page_with(procedure: Procedure, name: str) -> Page:
    return next(p for p in procedure.pages.values() if any(fence.language == name for fence in p.fences))


def _element(procedure: Procedure, name: str, text: str, *, in_browser: bool) -> Element:
    """Return the element for a fence; the procedure is without errors, so what it needs is there."""
    match name:
        case "mermaid":
            flow = next(flow for flow in procedure.flows if _same(flow.source, text))
            whole = large_map(procedure, flow) if flow.path == procedure.roles.overview and not in_browser else None
            return whole if whole is not None else elements.diagram(procedure, flow, in_browser=in_browser)
        case "diagram":
            flow = next(flow for flow in procedure.flows if flow.id == text.strip())
            return elements.diagram(procedure, flow, _page_with(procedure, WHOLE).folder, in_browser=in_browser)
        case "doers":
            return source_words.doers(procedure, text, _page_with(procedure, name).folder)
        case "guide":
            return guide(procedure, _page_with(procedure, name).folder, in_browser=in_browser)
    if name in _NAMING:
        return _NAMING[name](procedure, text.strip())
    return _PLACED[name](procedure, _page_with(procedure, name).folder)


def _phase(procedure: Procedure, text: str) -> Phase:
    return next(phase for phase in procedure.contract.phases if phase.id == text.strip())


def _same(left: str, right: str) -> bool:
    """Return whether two fences say the same; the generator changes tabs and spaces at line ends."""
    return [line.split() for line in left.split("\n")] == [line.split() for line in right.split("\n")]


def sound_procedure(root: Path) -> Procedure | None:
    """Return the model of the files as they are now, read once for each state, or None where it has errors."""
    return _sound_procedure_at(root, frozenset(read_stamps(root, SOURCES).items()))


@functools.lru_cache(maxsize=1)
def _sound_procedure_at(root: Path, _stamps: frozenset[tuple[str, Stamp]]) -> Procedure | None:
    procedure = load_procedure(root)
    return None if stops_publishing(check_source(procedure, date.today())) else procedure


class DonePlacer(Treeprocessor):
    """Puts what a sheet says of being done where its list ends; runs when the items can be ticked."""

    def run(self, root: Element) -> None:
        """Move it, in place."""
        place_done(root)


class ItemCompleter(Treeprocessor):
    """Completes the items of a phase's page or a checklist: whose number it says to call, and whether it is new."""

    def __init__(self, md: Markdown, fences: list[tuple[str, str]], model: Model) -> None:
        super().__init__(md)
        self._fences = fences
        self._model = model

    def run(self, root: Element) -> None:
        """Add to them, in place."""
        name, text = next(((name, text) for name, text in self._fences if name in _NAMING), ("", ""))
        procedure = self._model() if name else None
        if procedure is None:
            return
        folder = procedure.phases_folder if name == "phase" else procedure.checklists_folder
        if name == "phase":
            mark_phase(root, procedure)
        else:
            mark_sheet(root, procedure, next(sheet for sheet in sheets(procedure) if sheet.name == text.strip()))
        for item in root.iter("li"):
            if every := calls(procedure, item.get("data-req", "").split()):
                numbers = call_list(procedure, every, folder)
                numbers.set(BLOCK, "")
                item.append(numbers)
