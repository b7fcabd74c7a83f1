"""Makes each page's HTML in memory, with the extensions that `mkdocs.yml` names, as the generator would."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from procedure.model import CONFIG_PATH, Procedure
from procedure.rendered.expected import source_text
from procedure.source.page import Page

# The generator has these even where mkdocs.yml does not name them.
_ALWAYS = ("toc", "tables", "fenced_code")
_OURS = "procedure.blocks"
_COLOURS = "pymdownx.highlight"
# What is missing has a finding of its own: here it must not stop the rest. Colours in code are no words.
_FORGIVING = {"pymdownx.snippets": {"check_paths": False}, _COLOURS: {"use_pygments": False}}


def rendered_page(procedure: Procedure, page: Page) -> str:
    """Return the HTML of a page, with an empty element where each block of ours stands."""
    config = (procedure.root / CONFIG_PATH).read_text("utf-8")
    included = tuple(
        source.lines for include in page.includes if (source := procedure.pages.get(f"docs/{include.path}"))
    )
    return _rendered(procedure.root, config, source_text(procedure, page), included)


def prepare(procedure: Procedure) -> None:
    """Set the Markdown library up. Raises whatever it, or an extension of it, says to settings it cannot use."""
    _library(procedure.root, (procedure.root / CONFIG_PATH).read_text("utf-8"))


def extensions_line(procedure: Procedure) -> int:
    """Return the line of `mkdocs.yml` under which the extensions are named, or the first."""
    lines = (procedure.root / CONFIG_PATH).read_text("utf-8").split("\n")
    return next((n for n, line in enumerate(lines, start=1) if line.startswith("markdown_extensions:")), 1)


@functools.lru_cache(maxsize=1024)
def _rendered(root: Path, config: str, text: str, _included: tuple[tuple[str, ...], ...]) -> str:
    return _library(root, config).reset().convert(text)


@functools.lru_cache(maxsize=4)
def _library(root: Path, config: str) -> Markdown:
    """Return the Markdown library, set up as `mkdocs.yml` says."""
    names: list[str] = list(_ALWAYS)
    options: dict[str, dict[str, Any]] = {}
    for name, settings in [*_extensions(root, config), (_COLOURS, {})]:
        names.append(name)
        options[name] = {**settings, **_FORGIVING.get(name, {})}
    if _OURS in options:
        options[_OURS] = {"only_places": True}
    return Markdown(extensions=list(dict.fromkeys(names)), extension_configs=options)


def _extensions(root: Path, config: str) -> list[tuple[str, dict[str, Any]]]:
    written = yaml.load(config, Loader=_loader(root)) or {}
    found: list[tuple[str, dict[str, Any]]] = []
    for row in written.get("markdown_extensions") or []:
        found += (
            [(name, dict(settings or {})) for name, settings in row.items()]
            if isinstance(row, Mapping)
            else [(row, {})]
        )
    return found


def _loader(root: Path) -> type[yaml.SafeLoader]:
    """Return a loader that knows the two tags the generator has for paths and for the environment."""

    class Loader(yaml.SafeLoader):
        """Reads `mkdocs.yml`."""

    def relative(loader: yaml.SafeLoader, node: yaml.Node) -> str:
        return str(root if getattr(node, "value", "") == "$config_dir" else root / "docs")

    def environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
        if not isinstance(node, yaml.SequenceNode):
            return os.environ.get(str(node.value))
        *names, default = (
            loader.construct_sequence(node) if len(node.value) > 1 else [*loader.construct_sequence(node), None]
        )
        return next((os.environ[name] for name in names if name in os.environ), default)

    Loader.add_constructor("!relative", relative)
    Loader.add_constructor("!ENV", environment)
    return Loader
