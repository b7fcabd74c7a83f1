"""The Python-Markdown extension that puts our elements into pages.

A fence with one of our names gives way to an element made from the model: ```` ```mermaid ````,
```` ```actors ````, ```` ```checklists ````, ```` ```contacts ````, ```` ```doers ````, ```` ```emergency ````, ```` ```guide ````, ```` ```links ````,
```` ```phase ````, ```` ```routes ````, ```` ```sheet ````, ```` ```source ````, ```` ```traceability ```` and ```` ```whole ````.
A list item that begins with `[ ]` gets a labelled check box, or two where it is a question. It works in any generator that runs Python-Markdown extensions.
"""

from __future__ import annotations

import functools
import itertools
import logging
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from procedure.blocks import elements, source_words
from procedure.blocks.approval import traceability
from procedure.blocks.calls import call_list, emergency_strip
from procedure.blocks.guide_page import guide
from procedure.blocks.handbook import handbook
from procedure.blocks.heard import Namer
from procedure.blocks.page_lists import checklist_list
from procedure.blocks.phase_map import large_map
from procedure.blocks.phase_page import phase_ways
from procedure.blocks.sheet_page import place_done, sheet_frame
from procedure.blocks.spine import spine
from procedure.checks import check_source
from procedure.checks.ledger import CHANGED_SHEET
from procedure.danish import ANSWERS
from procedure.derive.calls import calls
from procedure.derive.whole import whole_procedure
from procedure.findings import stops_publishing
from procedure.model import CHECKLISTS_FOLDER, OVERVIEW_PAGE, PHASES_FOLDER, Procedure, load_procedure
from procedure.source.contract import Phase
from procedure.source.page import Page

# Blocks that stand on one page; each is made for the folder of that page.
_PLACED: dict[str, Callable[[Procedure, str], Element]] = {
    "actors": source_words.actors,
    "checklists": checklist_list,
    "contacts": lambda procedure, _: elements.contact_list(procedure),
    "emergency": lambda procedure, _: emergency_strip(procedure),
    "links": lambda procedure, _: handbook(procedure),
    "routes": lambda procedure, _: elements.route_list(procedure),
    "source": source_words.source_document,
    "traceability": traceability,
}
# Blocks that name the page they stand on.
_NAMING: dict[str, Callable[[Procedure, str], Element]] = {"phase": phase_ways, "sheet": sheet_frame}
_NAMES = ("mermaid", "diagram", "doers", "guide", *_NAMING, *_PLACED)
# Where the pages with such a block stand: their items have their numbers.
_FRAMES = {"phase": PHASES_FOLDER, "sheet": CHECKLISTS_FOLDER}
_WHOLE = "whole"
_FENCE = re.compile(r"(`{3,}|~{3,})\s*([\w-]*)")
# The generator's own log: what we say there stops a strict build, also a plain one.
_log = logging.getLogger("mkdocs.procedure")


class BlocksExtension(Extension):
    """Adds the elements. `root` is the project folder, the one that holds `docs/`; `in_browser` draws no diagram."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "root": [".", "The folder that holds docs/."],
            "in_browser": [False, "Leave the diagrams as Mermaid, to be drawn in the reader's browser."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        """Register the parts: after included text is in place, before fences are read as code."""
        fences: list[tuple[str, str]] = []
        root = Path(os.fspath(self.getConfig("root")))
        md.preprocessors.register(_FenceFinder(md, fences, root), "procedure-fences", 28)
        replacer = _FenceReplacer(md.parser, fences, root, in_browser=self.getConfig("in_browser"))
        md.parser.blockprocessors.register(replacer, "procedure-blocks", 200)
        md.treeprocessors.register(_TaskLabeller(md), "procedure-tasks", 6)
        md.treeprocessors.register(Namer(md), "procedure-names", 4)
        md.treeprocessors.register(_Caller(md, fences, root), "procedure-calls", 5)


def makeExtension(**options: object) -> BlocksExtension:  # noqa: N802  (the library's name)
    """Return the extension; Python-Markdown calls this for `procedure.blocks`."""
    return BlocksExtension(**options)


class _FenceFinder(Preprocessor):
    """Takes our fences out of the text and leaves a mark where each stood."""

    def __init__(self, md: Markdown, fences: list[tuple[str, str]], root: Path) -> None:
        super().__init__(md)
        self._fences = fences
        self._root = root

    def run(self, lines: list[str]) -> list[str]:
        self._fences.clear()
        return self._without_fences(lines)

    def _without_fences(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        index = 0
        while index < len(lines):
            opening = _FENCE.match(lines[index])
            if opening is None:
                result.append(lines[index])
                index += 1
                continue
            end = index + 1
            while end < len(lines) and lines[end].strip() != opening[1]:
                end += 1
            if opening[2] == _WHOLE:
                result += self._without_fences(_whole_text(self._root))
            elif opening[2] in _NAMES:
                result += ["", f"\x02procedure:{len(self._fences)}\x03", ""]
                self._fences.append((opening[2], "\n".join(lines[index + 1 : end])))
            else:
                result += lines[index : end + 1]
            index = end + 1
        return result


class _FenceReplacer(BlockProcessor):
    """Puts an element where a mark stands."""

    _mark = re.compile(r"\x02procedure:(\d+)\x03$")

    def __init__(self, parser: BlockParser, fences: list[tuple[str, str]], root: Path, *, in_browser: bool) -> None:
        super().__init__(parser)
        self._fences = fences
        self._root = root
        self._in_browser = in_browser

    def test(self, parent: Element, block: str) -> bool:
        return self._mark.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = self._mark.match(blocks.pop(0))
        assert match is not None
        name, text = self._fences[int(match[1])]
        procedure = _sound_procedure(self._root)
        if procedure is None:
            _log.warning("Proceduren har fejl, så en »%s«-blok kan ikke vises. Kør make check, og ret dem.", name)
            return
        if name == "phase":
            # Where we are stands before all else on the page.
            parent.insert(0, spine(procedure, _phase(procedure, text), PHASES_FOLDER))
        parent.append(_element(procedure, name, text, in_browser=self._in_browser))


def _whole_text(root: Path) -> list[str]:
    """Return the Markdown that a `whole` fence stands for, or nothing where the procedure has errors."""
    procedure = _sound_procedure(root)
    page = _page_with(procedure, _WHOLE) if procedure else None
    return whole_procedure(procedure, page.folder) if procedure and page else []


def _page_with(procedure: Procedure, name: str) -> Page:
    return next(p for p in procedure.pages.values() if any(fence.language == name for fence in p.fences))


def _element(procedure: Procedure, name: str, text: str, *, in_browser: bool) -> Element:
    """Return the element for a fence; the procedure is without errors, so what it needs is there."""
    match name:
        case "mermaid":
            flow = next(flow for flow in procedure.flows if _same(flow.source, text))
            whole = large_map(procedure, flow) if flow.path == OVERVIEW_PAGE and not in_browser else None
            return whole if whole is not None else elements.diagram(procedure, flow, in_browser=in_browser)
        case "diagram":
            flow = next(flow for flow in procedure.flows if flow.id == text.strip())
            return elements.diagram(procedure, flow, _page_with(procedure, _WHOLE).folder, in_browser=in_browser)
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


def _sound_procedure(root: Path) -> Procedure | None:
    """Return the model of the files as they are now, read once for each state, or None where it has errors."""
    paths = sorted((*(root / "docs").rglob("*"), root / "mkdocs.yml"))
    stamps = tuple((str(path), stat.st_mtime_ns, stat.st_size) for path in paths for stat in [path.lstat()])
    return _sound_procedure_at(root, stamps)


@functools.lru_cache(maxsize=1)
def _sound_procedure_at(root: Path, _stamps: tuple[tuple[str, int, int], ...]) -> Procedure | None:
    procedure = load_procedure(root)
    # A preview shows a sheet that is newer than its published version, and there it says so itself.
    findings = [f for f in check_source(procedure, date.today()) if f.code != CHANGED_SHEET]
    return None if stops_publishing(findings) else procedure


class _TaskLabeller(Treeprocessor):
    """Gives list items that begin with `[ ]` a check box inside a label that holds the text; a question gets its answers.

    Their list is a numbered one.
    """

    def run(self, root: Element) -> None:
        questions = itertools.count(1)
        for parent in [*root.iter("ul"), *root.iter("ol")]:
            numbers = itertools.count(1)
            for item in parent.findall("li"):
                holder = item
                if not (item.text or "").strip() and len(item) and item[0].tag == "p":
                    holder = item[0]
                text = (holder.text or "").lstrip()
                if text.startswith("[ ] "):
                    _label(item, holder, text.removeprefix("[ ] "), f"{next(numbers)}. ", questions)
                    parent.tag = "ol"
        place_done(root)


class _Caller(Treeprocessor):
    """Puts the numbers where an item on a phase's page or a checklist says to contact somebody."""

    def __init__(self, md: Markdown, fences: list[tuple[str, str]], root: Path) -> None:
        super().__init__(md)
        self._fences = fences
        self._root = root

    def run(self, root: Element) -> None:
        folder = next((_FRAMES[name] for name, _ in self._fences if name in _FRAMES), None)
        procedure = _sound_procedure(self._root) if folder else None
        if folder is None or procedure is None:
            return
        for item in root.iter("li"):
            if every := calls(procedure, item.get("data-req", "").split()):
                item.append(call_list(every, folder))


def _label(item: Element, holder: Element, text: str, number: str, questions: Iterator[int]) -> None:
    """Put the item's number and text beside what can be ticked. `questions` are the page's, counted."""
    inline = [child for child in holder if child.tag not in ("ul", "ol", "p", "div", "figure")]
    words = Element("span")
    words.text = text.rstrip() if not len(holder) else text
    for child in inline:
        holder.remove(child)
        words.append(child)
    is_question = "".join(words.itertext()).rstrip().endswith("?")
    item.set("class", f"task {'question ' if is_question else ''}{item.get('class', '')}".strip())
    # The number belongs to the words: a mark of the list is not heard where one goes from box to box.
    if is_question:
        answers = Element("fieldset")
        legend = SubElement(answers, "legend")
        SubElement(legend, "b").text = number
        legend.append(words)
        name = f"svar-{next(questions)}"
        for answer in ANSWERS:
            label = SubElement(answers, "label")
            SubElement(label, "input", {"type": "radio", "name": name})
            SubElement(label, "span").text = answer
    else:
        answers = Element("label")
        SubElement(answers, "b").text = number
        SubElement(answers, "input", {"type": "checkbox"})
        answers.append(words)
    holder.text = None
    holder.insert(0, answers)
