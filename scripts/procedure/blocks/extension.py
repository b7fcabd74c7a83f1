"""The Python-Markdown extension that puts our elements into pages.

A fence with one of our names gives way to an element made from the model: ```` ```mermaid ````,
```` ```actors ````, ```` ```approval ````, ```` ```checklists ````, ```` ```contacts ````, ```` ```doers ````, ```` ```editions ````, ```` ```emergency ````, ```` ```guide ````, ```` ```links ````,
```` ```phase ````, ```` ```routes ````, ```` ```sheet ````, ```` ```source ````, ```` ```traceability ```` and ```` ```whole ````.
A `/// rows` block, or another of our frames, is a `div` of that class.
A list item that begins with `[ ]` gets a labelled check box, or two where it is a question. A line `--8<-- "page.md:section"`
gives way to that section of another page. It works in any generator that runs Python-Markdown extensions.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension as LibraryBlocks
from pymdownx.blocks import BlocksProcessor
from pymdownx.blocks.block import Block
from pymdownx.snippets import SnippetExtension

from procedure.blocks.heard import Namer
from procedure.blocks.markup import BLOCK
from procedure.derive.sheet_items import SIGNED
from procedure.model import Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.fences import FRAMES, WHOLE, WHOLE_FRAMES, find_blocks
from procedure.words import DANISH, Words

_Put = Callable[[Element, str, str], None]


class BlocksExtension(Extension):
    """Adds the elements. `in_browser` draws no diagram.

    `procedure` is the model to make them from, of which it is known that it has no errors. Without it, it is read from
    the project folder `root`, the one that holds `docs/`; without that too, from the one we are in, or this checkout.
    """

    def __init__(self, **options: object) -> None:
        self.config = {
            "root": ["", "The folder that holds docs/."],
            "in_browser": [False, "Leave the diagrams as Mermaid, to be drawn in the reader's browser."],
            "procedure": [
                "",
                "The model; without it the one of the files under root, as they are when a page is made.",
            ],
            "only_places": [False, "Put an empty element in each place: no model is read."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        """Register the parts: after included text is in place, before fences are read as code."""
        fences: list[tuple[str, str]] = []
        _Frames().extendMarkdown(md)
        places = bool(self.getConfig("only_places"))
        given: Procedure | None = self.getConfig("procedure") or None
        root = given.root if given else Path(os.fspath(self.getConfig("root") or _project()))
        # A section that is missing is a finding of the checks (L16): they can go on without it.
        SnippetExtension(base_path=[str(root / "docs")], check_paths=not places).extendMarkdown(md)
        md.treeprocessors.register(_TraceMover(md), "procedure-traces", 7)
        if places:
            md.treeprocessors.register(_TaskLabeller(md, lambda: DANISH), "procedure-tasks", 6)
            self._register(md, fences, _place, lambda: [])
            return
        from procedure.blocks import making  # noqa: PLC0415  (a check of the pages makes no element)

        model: making.Model = (lambda: given) if given else partial(making.sound_procedure, root)
        words = partial(making.words_of, model)
        put = partial(making.put, model, md=md, in_browser=self.getConfig("in_browser"))
        self._register(md, fences, put, partial(making.whole_text, model))
        md.treeprocessors.register(_TaskLabeller(md, words), "procedure-tasks", 6)
        md.treeprocessors.register(making.DonePlacer(md), "procedure-done", 5.5)
        md.treeprocessors.register(making.ItemCompleter(md, fences, model), "procedure-calls", 5)
        md.treeprocessors.register(Namer(md, words), "procedure-names", 4)

    def _register(self, md: Markdown, fences: list[tuple[str, str]], put: _Put, whole: Callable[[], list[str]]) -> None:
        md.preprocessors.register(_FenceFinder(md, fences, whole), "procedure-fences", 28)
        md.parser.blockprocessors.register(_FenceReplacer(md.parser, fences, put), "procedure-blocks", 200)


def makeExtension(**options: object) -> BlocksExtension:  # noqa: N802  (the library's name)
    """Return the extension; Python-Markdown calls this for `procedure.blocks`."""
    return BlocksExtension(**options)


def _project() -> Path:
    """Return the working folder where it is a project, else the one that this engine lies in.

    No generator but one tells an extension where the settings lie.
    """
    here = Path.cwd()
    return here if (here / CONFIG_PATH).is_file() else Path(__file__).resolve().parents[3]


class _Frames(LibraryBlocks):  # type: ignore[misc]  # it has no types
    """Adds the blocks that only frame what stands in them: `/// rows` gives a `div` of the class `rows`."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802  (the library's name)
        for name in (*FRAMES, *WHOLE_FRAMES):
            block_mgr.register(type(name, (_Frame,), {"NAME": name}), {})


class _Frame(Block):  # type: ignore[misc]  # it has no types
    def on_create(self, parent: Element) -> Element:
        return SubElement(parent, "div", {"class": self.NAME})


class _FenceFinder(Preprocessor):
    """Takes our fences out of the text and leaves a mark where each stood."""

    def __init__(self, md: Markdown, fences: list[tuple[str, str]], whole: Callable[[], list[str]]) -> None:
        super().__init__(md)
        self._fences = fences
        self._whole = whole

    def run(self, lines: list[str]) -> list[str]:
        self._fences.clear()
        return self._without_fences(lines)

    def _without_fences(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        position = 0
        for block in find_blocks(lines):
            result += lines[position : block.first]
            if block.name == WHOLE:
                result += self._without_fences(self._whole())
            else:
                result += ["", f"\x02procedure:{len(self._fences)}\x03", ""]
                self._fences.append((block.name, block.text))
            position = block.after
        return result + lines[position:]


class _FenceReplacer(BlockProcessor):
    """Puts an element where a mark stands."""

    _mark = re.compile(r"\x02procedure:(\d+)\x03$")

    def __init__(self, parser: BlockParser, fences: list[tuple[str, str]], put: _Put) -> None:
        super().__init__(parser)
        self._fences = fences
        self._put = put

    def test(self, parent: Element, block: str) -> bool:
        return self._mark.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = self._mark.match(blocks.pop(0))
        assert match is not None
        self._put(parent, *self._fences[int(match[1])])


def _place(parent: Element, name: str, _text: str) -> None:
    """Put an empty element where a block stands."""
    SubElement(parent, "div", {BLOCK: name})


class _TraceMover(Treeprocessor):
    """Lets an item carry what its first paragraph does: between items with empty lines the library puts it there."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            if not (item.text or "").strip() and len(item) and item[0].tag == "p" and item[0].get("data-req"):
                for key in ("data-req", "class", "id"):
                    if value := item[0].attrib.pop(key, None):
                        item.set(key, value)


class _TaskLabeller(Treeprocessor):
    """Gives list items that begin with `[ ]` a check box inside a label that holds the text; a question gets its answers.

    Their list is a numbered one.
    """

    def __init__(self, md: Markdown, words: Callable[[], Words]) -> None:
        super().__init__(md)
        self._words = words

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
                    _label(item, holder, text.removeprefix("[ ] "), f"{next(numbers)}. ", questions, said=self._words())
                    parent.tag = "ol"


def _label(item: Element, holder: Element, text: str, number: str, questions: Iterator[int], *, said: Words) -> None:
    """Put the item's number and text beside what can be ticked. `questions` are the page's, counted."""
    inline = [child for child in holder if child.tag not in ("ul", "ol", "p", "div", "figure")]
    words = Element("span")
    words.text = text.rstrip() if not len(holder) else text
    for child in inline:
        holder.remove(child)
        words.append(child)
    is_question = "".join(words.itertext()).rstrip().endswith("?")
    item.set("class", f"task {'question ' if is_question else ''}{item.get('class', '')}".strip())
    is_signed = SIGNED in item.get("class", "").split()
    # The number belongs to the words: a mark of the list is not heard where one goes from box to box.
    if is_question:
        answers = Element("fieldset")
        legend = SubElement(answers, "legend")
        SubElement(legend, "b", {BLOCK: ""}).text = number
        legend.append(words)
        name = f"answer-{next(questions)}"
        for answer in said.lists["sheet.answers"]:
            label = SubElement(answers, "label", {BLOCK: ""})
            SubElement(label, "input", {"type": "radio", "name": name})
            SubElement(label, "span").text = answer
    else:
        answers = Element("label")
        SubElement(answers, "b", {BLOCK: ""}).text = number
        SubElement(answers, "input", {"type": "checkbox"})
        answers.append(words)
    if is_signed:
        # What stands before the lines that paper has for a pen.
        item.set("data-line", said.text("sheet.day"))
        for label in answers.iter("label"):
            label.set("data-line", said.text("sheet.done_by"))
    holder.text = None
    holder.insert(0, answers)
