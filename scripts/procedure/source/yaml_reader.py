"""YAML with line numbers: plain Python values that remember where they stood."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml
from yaml.composer import Composer

from procedure.findings import Finding
from procedure.source.text import one_line, short

_MAX_DEPTH = 20
# What YAML itself takes a value for.
_STANDARD = "tag:yaml.org,2002:"
_KINDS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value"})


@dataclass(frozen=True)
class Value:
    """A YAML value and its line.

    `data` is `str` for every scalar (dates and numbers stay as written), a tuple of `Value`
    for a sequence, and a dict from key to `Value` for a mapping. Tags are not interpreted. `tag` is what
    YAML takes the value for (`str`, `bool`, `timestamp` …), or the tag that is written before it.
    """

    data: str | tuple[Value, ...] | dict[str, Value]
    line: int
    key_line: int
    tag: str = "str"

    def text(self) -> str:
        """Return the scalar, or an empty string where the value is a list or a mapping."""
        return self.data if isinstance(self.data, str) else ""

    def items(self) -> tuple[Value, ...]:
        """Return the sequence, or nothing where the value is no list."""
        return self.data if isinstance(self.data, tuple) else ()

    def mapping(self) -> dict[str, Value]:
        """Return the mapping, or nothing where the value is no mapping."""
        return self.data if isinstance(self.data, dict) else {}

    def walk(self) -> Iterator[Value]:
        """Yield this value and every value inside it, in the order they stand."""
        yield self
        inner = self.data.values() if isinstance(self.data, dict) else self.items()
        for value in inner:
            yield from value.walk()


def read_yaml(text: str, path: str, first_line: int = 1, tags: Collection[str] = ()) -> tuple[Value, list[Finding]]:
    """Read one YAML document.

    `first_line` is the line of the file on which `text` begins, and `tags` those that may be written before a value.
    What cannot be read, an alias, or a key that stands twice gives a finding (C12), any other tag one too (C33), a text
    that a "#" cuts short another (P38), and never an exception.
    """
    empty = Value({}, first_line, first_line)
    hint = "Ret linjen; ofte er det en indrykning, et kolon i en tekst uden anførselstegn eller et tabulatortegn."
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        # What is left open is noticed only later: there the place where it began is the fault's.
        left_open = error.context_mark and re.match(r"while (scanning|parsing a flow)", error.context or "")
        mark = error.context_mark if left_open else error.problem_mark
        line = first_line + (mark.line if mark else 0)
        return empty, [Finding(path, line, "C12", "Linjen kan ikke læses som YAML.", hint)]
    except (yaml.YAMLError, RecursionError):
        return empty, [Finding(path, first_line, "C12", "Teksten kan ikke læses som YAML.", hint)]
    if node is None:
        return empty, []
    reader = _Reader(path, first_line, text.split("\n"), tags)
    return reader.value(node, reader.line_of(node), 0), reader.findings


def compare_keys(
    fields: Collection[str], required: Collection[str], known: Collection[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the required keys that are missing, and the unknown ones with a hint for each.

    An unknown key may be a missing one misspelt: then the hint names it, and it is not counted as missing.
    """
    missing = [key for key in sorted(required) if key not in fields]
    unknown = [key for key in fields if key not in known]
    hint = f"Ret navnet til et af disse: {', '.join(missing or sorted(known))}."
    return [] if unknown else missing, dict.fromkeys(unknown, hint)


class _Loader(Composer, yaml.CSafeLoader):
    """Reads with libyaml, several times as fast; the nodes are put together in Python, which bears any depth."""

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)


def _compose(text: str) -> yaml.Node | None:
    """Return the document's node. Raises `yaml.YAMLError` and `RecursionError`.

    A tab in a text is a fault in `mkdocs.yml` to the generator, and none to libyaml; and where the text cannot be read,
    PyYAML's own reader says better where.
    """
    if "\t" not in text:
        with contextlib.suppress(yaml.YAMLError, RecursionError):
            return _Loader(text).get_single_node()
    return yaml.compose(text, Loader=yaml.SafeLoader)


class _Reader:
    """Turns composed nodes into values and gathers findings on the way."""

    def __init__(self, path: str, first_line: int, lines: list[str], tags: Collection[str]) -> None:
        self.path = path
        self.lines = lines
        self.first_line = first_line
        self._tags = tags
        self.findings: list[Finding] = []
        self._seen: set[int] = set()

    def line_of(self, node: yaml.Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def value(self, node: yaml.Node, key_line: int, depth: int) -> Value:
        line = self.line_of(node)
        if id(node) in self._seen or depth > _MAX_DEPTH:
            message = "Linjen henviser til en anden del af filen (YAML-alias) eller er indrykket for dybt."
            self.findings.append(Finding(self.path, key_line, "C12", message, "Skriv værdien ud, hvor den hører til."))
            return Value("", line, key_line)
        self._seen.add(id(node))
        tag = self._tag(node)
        if isinstance(node, yaml.MappingNode):
            return Value(self._mapping(node, depth), line, key_line, tag)
        if isinstance(node, yaml.SequenceNode):
            parts = tuple(self.value(part, self.line_of(part), depth + 1) for part in node.value)
            return Value(parts, line, key_line, tag)
        self._check_whole(node)
        return Value(_printable(str(node.value)), line, key_line, tag)

    def _tag(self, node: yaml.Node) -> str:
        tag = str(node.tag).removeprefix(_STANDARD)
        if tag not in _KINDS and tag not in self._tags:
            message = (
                f"Mærket »!{tag.lstrip('!')}« kan få programmet, der bygger siden, til at køre det, der står efter det."
            )
            hint = "Slet mærket, og skriv værdien, som den er."
            self.findings.append(Finding(self.path, self.line_of(node), "C33", one_line(message), hint))
        return tag

    def _check_whole(self, node: yaml.Node) -> None:
        """Report a text without quotes that is read only as far as a "#"."""
        end = node.end_mark
        rest = self.lines[end.line][end.column :].strip() if end.line < len(self.lines) else ""
        if not getattr(node, "style", None) and rest.startswith("#"):
            message = f"Teksten er afbrudt ved »#«: »{short(rest)}« læses som en bemærkning."
            hint = "Sæt hele teksten i anførselstegn, eller skriv bemærkningen på en linje for sig."
            self.findings.append(Finding(self.path, self.first_line + end.line, "P38", message, hint))

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key, line = _printable(str(getattr(key_node, "value", ""))), self.line_of(key_node)
            self._tag(key_node)
            if key in result:
                message = f"»{key}« står to gange samme sted (første gang i linje {result[key].key_line})."
                self.findings.append(Finding(self.path, line, "C12", message, "Behold den ene, og slet den anden."))
                continue
            result[key] = self.value(value_node, line, depth + 1)
        return result


def _printable(text: str) -> str:
    """Return the text without what no file can hold: an escape may write half a character."""
    return text.encode("utf-8", "replace").decode()
