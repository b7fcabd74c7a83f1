"""The ways through the guide as the model gives them: what the browser must show is never read from the page."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass

from procedure.derive.guide import Screen, Way, node_address, phase_flows, screens
from procedure.derive.routes import routes
from procedure.model import Procedure
from procedure.source.flow import Flow


@dataclass(frozen=True)
class Choice:
    """A screen, and which of its ways on is taken (counted from 1)."""

    screen: Screen
    number: int

    @property
    def way(self) -> Way:
        return self.screen.ways[self.number - 1]

    @property
    def answer(self) -> str:
        """The way as the page names it: an answer with its question, else the screen it leads on from."""
        return f"{self.screen.id}/{self.way.name}" if self.way.name else self.screen.id


@dataclass(frozen=True)
class Walk:
    """The choices from a flow's first screen through one of its ends, and on from there; `last` is the last screen of the flow."""

    name: str
    choices: tuple[Choice, ...]
    last: Screen

    @property
    def first(self) -> Screen:
        return self.choices[0].screen if self.choices else self.last


def screens_by_id(procedure: Procedure) -> dict[str, Screen]:
    """Return every screen under its id, the guide's first one first."""
    return {screen.id: screen for screen in screens(procedure)}


def nodes(procedure: Procedure) -> dict[str, Screen]:
    """Return the address of every node, with the screen that it is shown by."""
    every = screens(procedure)
    held = {node_address(screen.flow, node.id): screen for screen in every for node in screen.nodes}
    return held | {end: screen for screen in every for end in screen.passed}


def walks(procedure: Procedure) -> tuple[Walk, ...]:
    """Return a walk for every route through every flow."""
    by_id = screens_by_id(procedure)
    return tuple(
        _walk(flow, f"{flow.id}-{number}", [(node_address(flow, s.node.id), s.answer) for s in route], by_id)
        for _, flow in phase_flows(procedure)
        for number, route in enumerate(routes(flow), start=1)
    )


def _walk(flow: Flow, name: str, stops: list[tuple[str, str | None]], by_id: dict[str, Screen]) -> Walk:
    met = [(by_id[address], answer) for address, answer in stops if address in by_id]
    choices = []
    for (screen, answer), (following, _) in itertools.zip_longest(met, met[1:], fillvalue=(None, None)):
        assert screen is not None
        if screen.ways:
            [number] = [
                number
                for number, way in enumerate(screen.ways, 1)
                if way.answer == answer and (following is None or way.target == following.id)
            ]
            choices.append(Choice(screen, number))
    assert met[-1][0].flow is flow
    return Walk(name, tuple(choices), met[-1][0])


def shortest(procedure: Procedure) -> dict[str, tuple[Choice, ...]]:
    """Return for every screen the fewest choices that lead to it from the guide's first screen."""
    by_id = screens_by_id(procedure)
    first = next(iter(by_id))
    found: dict[str, tuple[Choice, ...]] = {first: ()}
    waiting = deque([first])
    while waiting:
        screen = by_id[waiting.popleft()]
        for number in range(1, len(screen.ways) + 1):
            choice = Choice(screen, number)
            if choice.way.target not in found:
                found[choice.way.target] = (*found[screen.id], choice)
                waiting.append(choice.way.target)
    assert found.keys() == by_id.keys()
    return found


def address(choices: tuple[Choice, ...], screen_id: str) -> str:
    """Return the guide's address of a screen after these choices: the answers, and the screen where they do not lead to it."""
    answered = [choice for choice in choices if choice.way.name]
    parts = [choice.answer for choice in answered]
    if not answered or answered[-1].way.target != screen_id:
        parts.append(screen_id)
    return "guide/#" + "/".join(parts)
