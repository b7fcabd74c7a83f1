"""What a screen reader needs a name for: the blocks, so that their end is heard, and whose number a link calls."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from procedure.words import Words


class Namer(Treeprocessor):
    """Names the page's blocks and phone links; runs when all that is Markdown has become elements."""

    def __init__(self, md: Markdown, words: Callable[[], Words]) -> None:
        super().__init__(md)
        self._words = words

    def run(self, root: Element) -> None:
        """Name what stands under `root`, in place."""
        # Asked for once: without a model that is given, all sources are looked at each time.
        words = self._words()
        # The guide shows one of its sections at a time: there each is a page of its own.
        for part in (*root.iter("section"), root):
            _name_blocks(
                words,
                [div for div in part.iter("div") if "admonition" in _classes(div) and not div.get("role")],
            )
        for holder in root.iter():
            _name_numbers(words, holder)


def _name_blocks(words: Words, blocks: list[Element]) -> None:
    """Make each block a region with its title as its name; where several have one title, the name counts them."""
    titles = ["".join(block[0].itertext()) for block in blocks]
    for number, (block, title) in enumerate(zip(blocks, titles, strict=True)):
        same = titles.count(title)
        block.set("role", "region")
        counted = words.text("names.repeated", title=title, number=titles[:number].count(title) + 1, count=same)
        block.set("aria-label", counted if same > 1 else title)
        # What only points out of the procedure is no answer to a search: it leads to what it points at.
        if "supplement-pointer" in _classes(block):
            block.set("data-search-exclude", "true")


def _name_numbers(words: Words, holder: Element) -> None:
    """Let a link that is a bare number, and has no name yet, be heard with the words before it, which say whose it is."""
    before = holder.text or ""
    for child in holder:
        number = child.text or ""
        is_bare = child.get("href", "").startswith("tel:") and words.digits(number).isdecimal()
        if is_bare and not child.get("aria-label"):
            child.set("aria-label", f"{before.strip()} {number}".strip())
        before += "".join(child.itertext()) + (child.tail or "")


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()
