"""Our blocks put in after the build: the way on where no generator runs Python-Markdown (docs/udvikling/next-generator.md).

The same tree is built without our extension. Its fences come out as code, and give way to the elements in the built pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from lxml import etree, html
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from procedure.blocks import making
from procedure.blocks.extension import _TaskLabeller, _TraceMover
from procedure.blocks.heard import Namer
from procedure.blocks.markup import BLOCK
from procedure.derive.addresses import site_address
from procedure.derive.published import pages_by_file
from procedure.model import Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.fences import BLOCKS, WHOLE, find_blocks
from procedure.source.page import Page
from tests.portability.compare import normalised
from tests.project import ADDRESS

_OURS = re.compile(r"  - procedure\.blocks:\n(    .*\n?)+")
# Sections, which it takes in today; and a fence's name, which Pygments would not keep.
_INSTEAD = """  - pymdownx.snippets:
      base_path: docs
      check_paths: true
  - pymdownx.highlight:
      use_pygments: false
"""
_LANGUAGE = re.compile(r"language-([\w-]+)")


@dataclass(frozen=True)
class Found:
    """What came of it: fences written and met as code, in order; seconds of the processor; pages, and those that are another."""

    written: int
    met: int
    seconds: float
    pages: int
    others: tuple[str, ...]


def without_our_extension(root: Path) -> None:
    """Take our extension out of the settings of a project."""
    settings = root / CONFIG_PATH
    text, count = _OURS.subn(_INSTEAD, settings.read_text("utf-8"))
    assert count == 1
    settings.write_text(text, "utf-8")


def put_in(procedure: Procedure, site: Path, articles: Mapping[str, str]) -> Found:
    """Put the elements into the articles of a site that was built without them, and hold those against `articles`."""
    written, met, seconds, others = 0, 0, 0.0, []
    for name, page in pages_by_file(procedure).items():
        text = (site / name).read_text("utf-8")
        begun = process_time()
        article, fences = _finished(procedure, page, text)
        seconds += process_time() - begun
        names = [block.name for block in find_blocks(page.lines)]
        written += len(names)
        met += sum(left == right for left, right in zip(names, fences, strict=False))
        address = name.removesuffix("index.html")
        if _shape(normalised(f"<html><body>{article}</body></html>", ADDRESS + address)) != _shape(articles[address]):
            others.append(page.path)
    return Found(written, met, seconds, len(articles) - 1, tuple(others))


def _finished(procedure: Procedure, page: Page, text: str) -> tuple[str, list[str]]:
    """Return the article of a built page with all that the extension makes of it, and the fences that were there."""
    found = next(html.document_fromstring(text).iter("article"))
    article = ET.fromstring(etree.tostring(found, encoding="unicode", with_tail=False))
    parents = {child: parent for parent in article.iter() for child in parent}
    library = Markdown()
    # The generator has turned the page's own links: those of a file are put in as it is shown.
    library.treeprocessors.register(Treeprocessor(), "relpath", 0)
    fences: list[tuple[str, str]] = []
    for shown in list(article.iter("pre")):
        code = shown.find("code")
        language = _LANGUAGE.search(code.get("class", "")) if code is not None else None
        if code is None or not language or language[1] not in {*BLOCKS, WHOLE}:
            continue
        fences.append((language[1], "".join(code.itertext())))
        if language[1] != WHOLE:
            _replace(procedure, page, (article, parents[shown], shown), fences[-1], library)
    for processor in (
        _TraceMover(library),
        _TaskLabeller(library, lambda: procedure.words),
        making.DonePlacer(library),
        making.ItemCompleter(library, fences, lambda: procedure),
    ):
        processor.run(article)
    for element in article.iter():
        if element.get(BLOCK) == "":
            _turn(page, element)
    Namer(library, lambda: procedure.words).run(article)
    return ET.tostring(article, encoding="unicode", method="html"), [name for name, _ in fences]


def _replace(
    procedure: Procedure,
    page: Page,
    place: tuple[ET.Element, ET.Element, ET.Element],
    fence: tuple[str, str],
    library: Markdown,
) -> None:
    article, parent, shown = place
    holder = ET.Element("div")
    making.put(lambda: procedure, holder, *fence, md=library, in_browser=False)
    _turn(page, holder)
    *before, element = list(holder)
    element.tail = shown.tail
    parent[list(parent).index(shown)] = element
    # Where we are stands before all else on the page, after its title.
    for first in before:
        at = next(number for number, child in enumerate(article) if child.tag == "h1")
        article.insert(at + 1, first)


def _turn(page: Page, element: ET.Element) -> None:
    """Turn every address in an element from how it is written to where it leads: the model knows all of them."""
    for link in element.iter():
        address = link.get("href", "")
        if link.tag != "A" and address and not re.match(r"[a-z]+:|#", address):
            path, _, fragment = address.partition("#")
            target = site_address(posixpath.normpath(posixpath.join(page.folder, path)), fragment)
            link.set("href", urljoin(ADDRESS, target.removeprefix("/")))


def _shape(article: str) -> list[tuple[str, list[tuple[str, str]], str, str]]:
    """Return what an article is, element for element, without spaces and the colours of code."""
    tree = html.fragment_fromstring(article)
    for shown in list(tree.iter("pre")):
        around = shown.getparent()
        whole = around if around is not None and "highlight" in around.get("class", "") else shown
        text = whole.text_content()
        whole.clear(keep_tail=True)
        whole.tag, whole.text = "pre", text
    return [
        (
            str(element.tag),
            sorted((str(key), str(value)) for key, value in element.items() if key != BLOCK),
            "".join((element.text or "").split()),
            "".join((element.tail or "").split()),
        )
        for element in tree.iter("*")
    ]
