"""The guide's addresses with answers in them: `vurder-under/ja/dokumenter-tilsendt/nej`.

An address holds the questions met and the name of each answer, in pairs, and last the screen where the reader is,
where that is not the one the last answer leads to. It may begin at any question.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from procedure.derive.guide import Screen, answer_address

# Ways double at each question. These are the shortest; what is longer opens the guide's first screen without script.
MOST = 2000


def shared_addresses(screens: Iterable[Screen], most: int = MOST) -> dict[str, list[str]]:
    """Return for each screen the addresses with answers that show it, the `most` with the fewest answers."""
    by_id = {screen.id: screen for screen in screens}
    found: dict[str, list[str]] = {screen_id: [] for screen_id in by_id}
    count = 0
    waiting = deque(("", screen) for screen in by_id.values())
    while waiting:
        before, asked = waiting.popleft()
        for way in (way for way in asked.ways if way.name):
            answered = f"{before}{answer_address(asked.id, way.name)}"
            for address, screen in _until_a_question(answered, way.target, by_id):
                if count == most:
                    return found
                found[screen.id].append(address)
                count += 1
                if any(onward.name for onward in screen.ways):
                    waiting.append((f"{answered}/", screen))
    return found


def _until_a_question(answered: str, target: str, by_id: dict[str, Screen]) -> Iterator[tuple[str, Screen]]:
    """Yield the screens that follow an answer, each with its address: to the next question, or where the ways end."""
    address, screen = answered, by_id[target]
    yield address, screen
    while screen.ways and not screen.ways[0].name:
        screen = by_id[screen.ways[0].target]
        address = f"{answered}/{screen.id}"
        yield address, screen
