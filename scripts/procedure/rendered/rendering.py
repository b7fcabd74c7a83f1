"""Makes each page's HTML in memory, with the extensions that `mkdocs.yml` names, as the generator would."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import yaml
from markdown import Extension, Markdown

from procedure.model import Procedure, remembered
from procedure.rendered.expected import source_text
from procedure.source.config import from_environment
from procedure.source.page import Page
from procedure.source.yaml_reader import Value

_SETTING = "markdown_extensions"
# The generator has these even where mkdocs.yml does not name them.
_ALWAYS = ("toc", "tables", "fenced_code")
_OURS = "procedure.blocks"
_COLOURS = "pymdownx.highlight"

# Each extension's name, and its options as JSON.
_Setup = tuple[tuple[str, str], ...]


def rendered_page(procedure: Procedure, page: Page) -> str:
    """Return the HTML of a page, with an empty element where each block of ours stands."""
    included = tuple(
        source.lines for include in page.includes if (source := procedure.pages.get(f"docs/{include.path}"))
    )
    return _rendered(_setup(procedure), source_text(procedure, page), included)


def prepare(procedure: Procedure) -> None:
    """Set the Markdown library up. Raises whatever it, or an extension of it, says to settings it cannot use."""
    _library(_setup(procedure))


def extensions_lines(procedure: Procedure) -> range:
    """Return the lines of `mkdocs.yml` on which the extensions are named, or the first."""
    written = procedure.settings.get(_SETTING)
    first = written.key_line if written else 1
    following = (value.key_line for value in procedure.settings.values() if value.key_line > first)
    return range(first, min(following, default=sys.maxsize))


@functools.lru_cache(maxsize=1024)
def _rendered(setup: _Setup, text: str, _included: tuple[tuple[str, ...], ...]) -> str:
    return _library(setup).reset().convert(text)


@functools.lru_cache(maxsize=4)
def _library(setup: _Setup) -> Markdown:
    """Return the Markdown library with its extensions."""
    configs = {name: json.loads(options) for name, options in setup}
    return _Library(extensions=list(configs), extension_configs=configs)


class _Library(Markdown):
    """Finds an extension by its name alone: the library would ask every installed package whether it knows that name."""

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        name = ext_name if "." in ext_name else f"markdown.extensions.{ext_name}"
        extension: Extension = import_module(name).makeExtension(**configs)
        return extension


@remembered
def _setup(procedure: Procedure) -> _Setup:
    """Return the extensions that the generator has, with what `mkdocs.yml` says to each."""
    found: dict[str, dict[str, Any]] = {name: {} for name in _ALWAYS}
    for name, options in _named(procedure):
        found[name] = options
    # Colours in code are no words.
    found.setdefault(_COLOURS, {})["use_pygments"] = False
    if _OURS in found:
        found[_OURS] = {"only_places": True, "root": str(procedure.root)}
    return tuple((name, json.dumps(options)) for name, options in found.items())


def _named(procedure: Procedure) -> Iterator[tuple[str, dict[str, Any]]]:
    written = procedure.settings.get(_SETTING)
    for row in written.items() if written else ():
        if row.mapping():
            yield from ((name, _option(options) or {}) for name, options in row.mapping().items())
        else:
            yield row.text(), {}


def _option(value: Value) -> Any:
    """Return an option as the generator gives it to an extension."""
    if value.tag == "!ENV":
        return from_environment(value)
    if isinstance(value.data, dict):
        return {key: _option(part) for key, part in value.data.items()}
    if isinstance(value.data, tuple):
        return [_option(part) for part in value.data]
    return value.data if value.tag == "str" else yaml.safe_load(value.data)
