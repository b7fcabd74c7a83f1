"""Reads HTML as its reader meets it: leaf by leaf, our own blocks by their name only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree
from lxml.etree import _Element

from procedure.blocks.markup import BLOCK
from procedure.rendered.article import Builder, Leaf, attributes, mark

_LEAVES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd"}
_HOLDERS = {"ul", "ol", "blockquote", "table", "tr", "div", "section", "dl", "details", "figure", "aside", "nav"}
# They hold what they hold, and say nothing of it: the parts of a table, what a check box is made of.
_CLEAR = {"thead", "tbody", "label", "fieldset", "legend", "span", "article"}
_NEVER_SEEN = {"script", "style", "template", "input"}
# What code, and the theme's front page, stand in.
_FRAMES = (["highlight"], ["front"])
_OURS = ("task", "question")


def read_fragment(text: str) -> list[Leaf]:
    """Read what the Markdown library made of a page."""
    # The plain parser: lxml.html has Python choose a class for every element.
    return read_article(etree.fromstring(f"<html><body>{text}</body></html>", etree.HTMLParser())[0])


def read_article(article: _Element, address: Callable[[str], str] = lambda written: written) -> list[Leaf]:
    """Read the part of a page that is its text. `address` says where a link's address leads."""
    reader = _Reader(address)
    reader.read(article)
    return reader.builder.leaves


class _Reader:
    def __init__(self, address: Callable[[str], str]) -> None:
        self.builder = Builder()
        self._address = address
        self._text: list[str] = []
        self._kind = "p"

    def read(self, element: _Element) -> None:
        """Read what stands in an element that is no part of a sentence."""
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.get(BLOCK) is None:
                self._child(child)
            elif isinstance(child.tag, str) and child.get(BLOCK):
                self._flush()
                self.builder.add("block", str(child.get(BLOCK)))
            self._say(child.tail)
        if element.tag not in _CLEAR:
            self._flush()

    def _child(self, child: _Element) -> None:
        tag = str(child.tag)
        if tag in _CLEAR:
            self.read(child)
        elif tag in _LEAVES:
            self._leaf(child)
        elif tag == "li":
            self._item(child)
        elif tag in _HOLDERS:
            self._holder(child)
        elif tag == "pre":
            self._flush()
            self.builder.add("pre", "".join(map(str, child.itertext())))
        elif tag == "hr":
            self._flush()
            self.builder.add("hr", "")
        elif tag not in _NEVER_SEEN:
            self._inline(child)

    def _leaf(self, child: _Element) -> None:
        self._flush()
        classes = (child.get("class") or "").split()
        kind = "title" if "admonition-title" in classes else self._kind if child.tag == "p" else str(child.tag)
        pairs = [(key, value) for key, value in _attributes(child) if value != "admonition-title"]
        depth = self.builder.depth
        self.read_words(child)
        if self._has_words() or pairs or kind != "p":
            self._flush(kind, attributes(pairs), even_empty=True)
        self.builder.close(depth)

    def read_words(self, element: _Element) -> None:
        """Read the words of an element; a block of ours in it is cut out."""
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.get(BLOCK) is None:
                self._inline(child)
            self._say(child.tail)

    def _inline(self, child: _Element) -> None:
        tag = str(child.tag)
        if tag == "br":
            self._text.append(mark("br"))
        elif tag == "img":
            self._text.append(mark(f"img {self._address(child.get('src') or '')} {child.get('alt') or ''}"))
        elif tag not in _NEVER_SEEN:
            name = f"a {self._address(child.get('href') or '')}" if tag == "a" else tag
            extra = attributes(pair for pair in _attributes(child) if pair[0] not in ("href", "title"))
            self._text.append(mark(f"{name} {{{extra}}}" if extra else name) if tag not in _CLEAR else "")
            self.read_words(child)
            self._text.append(mark(f"/{tag}") if tag not in _CLEAR else "")

    def _item(self, child: _Element) -> None:
        self._flush()
        depth = self.builder.depth
        is_task = "task" in (child.get("class") or "").split()
        found = attributes(_attributes(child))
        self.builder.open(f"li {found}".strip())
        self._kind = "task" if is_task else "p"
        self.read(child)
        if self.builder.is_new:
            self.builder.add(self._kind, "")
        self._kind = "p"
        self.builder.close(depth)

    def _holder(self, child: _Element) -> None:
        classes = (child.get("class") or "").split()
        if child.tag == "div" and classes in _FRAMES:
            self.read(child)
            return
        self._flush()
        depth, kind = self.builder.depth, self._kind
        self._kind = "p"
        self.builder.open(_holder_name(child, classes))
        self.read(child)
        self._kind = kind
        self.builder.close(depth)

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text)

    def _has_words(self) -> bool:
        return bool("".join(self._text).strip(" \t\n"))

    def _flush(self, kind: str = "", found: str = "", *, even_empty: bool = False) -> None:
        if self._has_words() or even_empty:
            self.builder.add(kind or self._kind, "".join(self._text).strip(" \t\n"), found)
            self._kind = "p"
        self._text.clear()


def _holder_name(element: _Element, classes: list[str]) -> str:
    found = attributes(_attributes(element))
    if "admonition" in classes:
        name = " ".join(part for part in classes if part != "admonition")
        return f"block {name} {element.get('id') or ''}".strip()
    return f"{element.tag} {found}".strip()


def _attributes(element: _Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes that an editor can write; the others are the theme's and ours."""
    for key, value in element.items():
        if key == "class":
            yield key, " ".join(name for name in str(value).split() if name not in _OURS)
        elif key in ("id", "data-req", "start"):
            yield str(key), str(value)
