"""Reads a Markdown page into its parts, with the line of each.

The generator reads Markdown with Python-Markdown, which gives no line numbers. This reader uses
markdown-it-py, and a test holds its links and ids against those of the built pages.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown_it import MarkdownIt
from markdown_it.token import Token

from procedure.findings import Finding
from procedure.source.limits import check_lines
from procedure.source.markdown_blocks import close_regions, read_block_marks
from procedure.source.markdown_html import marks_in, read_html
from procedure.source.markdown_parts import Parts
from procedure.source.mermaid import read_flow
from procedure.source.page import (
    Anchor,
    Fence,
    Heading,
    Include,
    Link,
    LinkKind,
    Mark,
    MarkKind,
    Page,
    Text,
    Trace,
)
from procedure.source.text import read_text
from procedure.source.traces import is_whole, trace_fault
from procedure.source.yaml_reader import Value, read_yaml


class _Parser(MarkdownIt):
    """CommonMark with tables; any address is a link, and stays as written, so that the checks see it."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the library's name)
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (the library's name)
        return url


_PARSER = _Parser("commonmark").enable("table")
ATTRIBUTES = re.compile(r"\{:?[ ]*([^}\n]+?)[ ]*\}")
INCLUDE = re.compile(r'--8<--\s+"([^":]+)(?::([\w-]+))?"\s*$')
CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
TASK = re.compile(r"\[[ xX]\]\s")
_UNRESOLVED = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_SPACED_LINK = re.compile(r"\]\(([^()<>]*\s[^()]*)\)")


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Token, ...]:
    """Return the Markdown's tokens, each block with its lines; a hard space is read as a space (and found by C22).

    A text is read once for all who ask: nobody may change its tokens.
    """
    return tuple(_PARSER.parse(text.replace("\u00a0", " ").replace("\u202f", " ")))


def attributes_of(text: str) -> list[tuple[str, str]]:
    """Return what stands in `{ … }` in the text as pairs; a class has the key `.`."""
    # The library gives no value for a key with a space after its "=".
    found = [pair for match in ATTRIBUTES.finditer(text) for pair in get_attrs_and_remainder(match[1])[0]]
    return [(key, value or "") for key, value in found]


def read_page(root: Path, path: str) -> tuple[Page, list[Finding]]:
    """Read `root/path` into a page. Whatever cannot be read is a finding, never an exception."""
    source, findings = read_text(root, path)
    front, front_line, body, front_findings = _split_front_matter(source.text, path)
    parts = Parts(path, tuple(source.text.split("\n")), findings=findings + front_findings)
    too_much = list(check_lines(path, parts.lines))
    parts.findings += too_much
    tokens = () if too_much else parse(body)
    for index, token in enumerate(tokens):
        _read_token(token, tokens[index - 1] if index else None, parts)
    close_regions(parts)
    return Page(
        path,
        parts.lines,
        front,
        front_line,
        tuple(parts.headings),
        tuple(parts.anchors),
        tuple(parts.links),
        tuple(parts.traces),
        tuple(parts.texts),
        tuple(parts.tasks),
        tuple(parts.blocks),
        tuple(parts.sections),
        tuple(parts.includes),
        tuple(parts.fences),
        tuple(parts.flows),
        tuple(parts.marks),
    ), parts.findings


def _split_front_matter(text: str, path: str) -> tuple[dict[str, Value], int, str, list[Finding]]:
    """Return the front matter, its first line, and the text with the front matter blanked out."""
    lines = text.split("\n")
    if not text or lines[0].rstrip() != "---":
        return {}, 1, text, []
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        message = "Sidens forreste del har ingen afsluttende linje."
        return {}, 1, text, [Finding(path, 1, "C12", message, "Afslut den med en linje, hvor der kun står ---.")]
    value, findings = read_yaml("\n".join(lines[1:end]), path, first_line=2)
    if not findings and not isinstance(value.data, dict):
        message = "Sidens forreste del består ikke af linjer som »felt: værdi«."
        findings = [Finding(path, 2, "C12", message, "Skriv hver linje som »felt: værdi«.")]
    body = "\n".join([""] * (end + 1) + lines[end + 1 :])
    return value.mapping(), 1, body, findings


def _read_token(token: Token, previous: Token | None, parts: Parts) -> None:
    line = token.map[0] + 1 if token.map else 1
    if token.type == "inline" and previous is not None:
        _read_inline(token, previous, line, parts)
    elif token.type == "fence":
        _read_fence(token, line, parts)
    elif token.type == "html_block":
        parts.marks += marks_in(token.content, line)
        read_html(token.content, line, parts)


def _read_fence(token: Token, line: int, parts: Parts) -> None:
    language = token.info.split()[0] if token.info.split() else ""
    text = token.content.removesuffix("\n")
    last_line = parts.lines[token.map[1] - 1].strip() if token.map else ""
    if token.map and (token.map[1] == line or not last_line.startswith(token.markup)):
        parts.report(
            line, "C15", "Blokken er ikke afsluttet.", f"Afslut den med en linje, hvor der kun står {token.markup}."
        )
        return
    inner = enumerate(text.split("\n"), start=line + 1)
    begun = next((number for number, content in inner if re.match(rf"\s*{token.markup}+\s*\w", content)), None)
    if begun:
        message = f"Blokken er ikke afsluttet, før den næste begynder i linje {begun}."
        parts.report(line, "C15", message, f"Afslut den med en linje, hvor der kun står {token.markup}.")
        return
    parts.fences.append(Fence(language, text, line, token.map[1] if token.map else line, token.level > 0))
    if "{" in token.info:
        parts.marks.append(Mark(MarkKind.ATTRIBUTES, token.info.partition("{")[2].rstrip("} "), line))
    if language == "mermaid":
        name = parts.path.rsplit("/", 1)[-1].removesuffix(".md")
        flow, findings = read_flow(text, name, parts.path, line)
        parts.flows.append(flow)
        parts.findings.extend(findings)
        parts.links.extend(
            Link(LinkKind.CLICK, node.target, node.text, node.target_line)
            for node in flow.nodes.values()
            if node.target is not None
        )


def _read_inline(token: Token, opening: Token, line: int, parts: Parts) -> None:
    lines = token.content.split("\n")
    if any(text.lstrip().startswith("///") for text in lines):
        read_block_marks(lines, line, parts)
        return
    include = INCLUDE.match(token.content.strip())
    if include:
        parts.includes.append(Include(include[1], include[2] or "", line))
        return
    # As the generator takes them: before it knows what is bold or a link.
    outside_code = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), token.content)
    for match in ATTRIBUTES.finditer(outside_code):
        parts.marks.append(Mark(MarkKind.ATTRIBUTES, match[1], line + outside_code.count("\n", 0, match.start())))
    attributes, text = _read_children(token, line, parts)
    explicit_id = next((value for key, value in attributes if key == "id"), None)
    if opening.type == "heading_open":
        parts.headings.append(Heading(int(opening.tag[1:]), text, explicit_id, line))
    is_task = bool(TASK.match(token.content))
    if is_task:
        parts.tasks.append(line)
        text = text[3:].strip()
    written = " ".join(value for key, value in attributes if key == "data-req")
    ids = tuple(dict.fromkeys(written.split()))
    fault = trace_fault(attributes, text, ATTRIBUTES.split(outside_code)[::2])
    if fault:
        last = line + next((n for n in range(len(lines) - 1, -1, -1) if "{" in lines[n] or "data" in lines[n]), 0)
        parts.report(last, *fault)
    if ids or fault:
        parts.traces.append(Trace(ids, text, line, is_task, fault is None and is_whole(attributes)))
    elif opening.type == "paragraph_open" and text:
        parts.texts.append(Text(text, line, is_listed=token.level > 1))


def _read_children(token: Token, line: int, parts: Parts) -> tuple[list[tuple[str, str]], str]:
    """Read links, raw HTML and attributes; return the attributes and the plain text."""
    attributes: list[tuple[str, str]] = []
    text: list[str] = []
    open_link: tuple[str, int, int] | None = None
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            text.append(" ")
        elif child.type == "link_open":
            open_link = (str(child.attrGet("href") or ""), line, len(text))
        elif child.type == "link_close" and open_link is not None:
            target, link_line, position = open_link
            parts.links.append(Link(LinkKind.LINK, target, "".join(text[position:]).strip(), link_line))
            open_link = None
        elif child.type == "image":
            parts.links.append(Link(LinkKind.IMAGE, str(child.attrGet("src") or ""), child.content, line))
            text.append(child.content)
        elif child.type == "html_inline":
            # A mark in the middle of a line is shown by some readers and not by others.
            kind = MarkKind.COMMENT if child.content.startswith("<!--") else MarkKind.HTML
            parts.marks.append(Mark(kind, child.content, line))
            read_html(child.content, line, parts)
            line += child.content.count("\n")
        elif child.type == "code_inline":
            text.append(child.content)
        elif child.type == "text":
            text.append(_read_text(child.content, line, attributes, parts))
    return attributes, re.sub(r"\s+", " ", "".join(text)).strip()


def _read_text(content: str, line: int, attributes: list[tuple[str, str]], parts: Parts) -> str:
    found = attributes_of(content)
    attributes.extend(found)
    parts.anchors.extend(Anchor(value, line) for key, value in found if key == "id")
    for match in _UNRESOLVED.finditer(content):
        label = match[2] or match[1]
        parts.report(
            line, "L07", f"Linket [{match[1]}][{match[2]}] henviser til »{label}«, som ikke er forklaret på siden.",
            f"Skriv linket som [{match[1]}](side.md).",
        )  # fmt: skip
    for match in _SPACED_LINK.finditer(content):
        parts.report(
            line, "L11", f"Linkets adresse »{match[1].strip()}« har et mellemrum.",
            "Fjern mellemrummet.",
        )  # fmt: skip
    return ATTRIBUTES.sub("", content)
