"""The stylesheets without what no page uses: the same look, and half of what readers would load.

Of the theme's own a rule is left out where it is for a class that stands on no page and in no script, or for a page that
is written from right to left where none is; and so is a custom property (`--name`) that nothing reads. Whatever else a
selector asks for is taken to be met. Ours lose their comments, and keep their lines: a finding names those. Source of
the names: W3C, CSS Syntax Module Level 3; Selectors Level 4.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import tinycss2
from tinycss2 import ast

from procedure.model import Procedure

_SCRIPTS = ("assets/*.js", "assets/javascripts/*.js")
# The name has a hash of what it holds.
_STYLES, _OURS = "assets/stylesheets/*.css", "assets/*.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RIGHT_TO_LEFT = "[dir=rtl]"
_CLASSES = re.compile(r'\sclass="?([^">]*)')
_WORD = re.compile(r"-{0,2}[A-Za-z_][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
# What stands in these parts of a selector says what is not asked for, or one of many things.
_ALTERNATIVES = frozenset({"not", "is", "where", "has"})
_NESTING = frozenset({"media", "supports", "layer", "container"})


@dataclass(frozen=True)
class _Rule:
    """A rule: what it is for, and its declarations or the rules in it."""

    head: str
    parts: list[str | _Rule]


def style_files(_: Procedure, site_dir: Path) -> set[str]:
    """Return the theme's stylesheets, from the site's root."""
    return {file.relative_to(site_dir).as_posix() for file in site_dir.glob(_STYLES)}


def write_styles(_: Procedure, site_dir: Path) -> None:
    """Write the stylesheets anew in a built site, the theme's with what its pages and scripts use of them."""
    pages = {file: file.read_bytes() for file in site_dir.rglob("*.html")}
    scripts = [file.read_text("utf-8") for pattern in _SCRIPTS for file in site_dir.glob(pattern)]
    styles = {file: file.read_text("utf-8") for file in site_dir.rglob("*.css")}
    words = {word for text in scripts for word in _WORD.findall(text)}
    classes = words.union(*(found.split() for text in pages.values() for found in _CLASSES.findall(text.decode())))
    if any(b'dir="rtl"' in text for text in pages.values()):
        classes.add(_RIGHT_TO_LEFT)
    names = {}
    for file in sorted(site_dir.glob(_STYLES)):
        read = words.union(*(_READ.findall(css) for other, css in styles.items() if other != file))
        css = trimmed(styles[file], classes, read)
        names[file.name] = f"{file.name.partition('.')[0]}.{sha256(css.encode()).hexdigest()[:8]}.min.css"
        file.unlink()
        file.with_name(names[file.name]).write_text(css, "utf-8", newline="\n")
    for old, new in names.items():
        pages = {page: content.replace(old.encode(), new.encode()) for page, content in pages.items()}
    for page, content in pages.items():
        page.write_bytes(content)
    for file in site_dir.glob(_OURS):
        css = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), styles[file])
        file.write_text(css, "utf-8", newline="\n")


def trimmed(css: str, classes: Collection[str], read: Collection[str]) -> str:
    """Return a stylesheet without the rules for other classes, and the properties that neither it nor `read` names.

    `classes` has `[dir=rtl]` too, where a page is written from right to left.
    """
    rules = list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), classes))
    declared = list(_declarations(rules))
    found = set(read).union(*(_READ.findall(part) for part in declared if not part.startswith("--")))
    while True:
        # A property that only one reads that nothing reads is not read either.
        more = found.union(*(_READ.findall(part) for part in declared if part.partition(":")[0] in found))
        if more == found:
            return "".join(_as_text(rules, found))
        found = more


def _rules(nodes: Iterable[ast.Node], classes: Collection[str]) -> Iterator[str | _Rule]:
    for node in nodes:
        if isinstance(node, ast.QualifiedRule):
            selectors = [selector for selector in _selectors(node.prelude) if _named(selector) <= set(classes)]
            if selectors:
                content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                yield _Rule(",".join(map(tinycss2.serialize, selectors)), [part.serialize() for part in content])
        elif isinstance(node, ast.AtRule) and node.content is not None and node.lower_at_keyword in _NESTING:
            inside = list(_rules(tinycss2.parse_rule_list(node.content, skip_whitespace=True), classes))
            if inside:
                yield _Rule(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", inside)
        else:
            yield node.serialize()


def _declarations(parts: Iterable[str | _Rule]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, _Rule):
            yield from _declarations(part.parts)
        else:
            yield part


def _as_text(parts: Iterable[str | _Rule], read: Collection[str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, _Rule):
            inside = "".join(_as_text(part.parts, read))
            if inside:
                yield f"{part.head}{{{inside.removesuffix(';')}}}"
        elif not part.startswith("--") or part.partition(":")[0] in read:
            yield part if part.startswith("@") else f"{part};"


def _selectors(prelude: Iterable[ast.Node]) -> list[list[ast.Node]]:
    """Return the selectors of a rule, which stand with commas between them."""
    selectors: list[list[ast.Node]] = [[]]
    for node in prelude:
        if isinstance(node, ast.LiteralToken) and node.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return selectors


def _named(selector: Iterable[ast.Node]) -> set[str]:
    """Return the classes that an element and those around it must have for the selector to be for it."""
    found: set[str] = set()
    before: ast.Node | None = None
    for node in selector:
        if isinstance(node, ast.IdentToken) and isinstance(before, ast.LiteralToken) and before.value == ".":
            found.add(node.value)
        elif isinstance(node, ast.SquareBracketsBlock) and node.serialize() == _RIGHT_TO_LEFT:
            found.add(_RIGHT_TO_LEFT)
        elif isinstance(node, ast.FunctionBlock) and node.lower_name not in _ALTERNATIVES:
            found |= _named(node.arguments)
        before = node
    return found
