"""The accessibility tree of a page, as Chromium gives it to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True)
class Heard:
    """One place in the tree: its role, its name, and its states; `within` are the places that hold it, outermost first."""

    role: str
    name: str
    states: dict[str, Any]
    within: tuple[Heard, ...]


def tree(page: Page) -> list[Heard]:
    """Return all that a screen reader meets on the page, in the order in which it is read."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    return list(_heard(nodes, root, ()))


def _heard(nodes: dict[str, Any], node: dict[str, Any], within: tuple[Heard, ...]) -> Iterator[Heard]:
    if not node["ignored"]:
        states = {state["name"]: state["value"].get("value") for state in node.get("properties", ())}
        place = Heard(node["role"]["value"], " ".join(node.get("name", {}).get("value", "").split()), states, within)
        yield place
        within = (*within, place)
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _heard(nodes, nodes[child], within)
