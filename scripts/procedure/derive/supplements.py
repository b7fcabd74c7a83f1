"""The supplements: what the site says that is not in the source, each block of it in one of three lasting states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from procedure.derive.addresses import site_address
from procedure.model import SUPPLEMENT_BLOCK, Procedure
from procedure.source.page import Page, Region


class State(Enum):
    """What the municipality has said of a supplement: nothing yet, that it may stand, or that it may not."""

    AWAITING = "awaiting"
    APPROVED = "approved"
    STRUCK = "struck"


@dataclass(frozen=True)
class Supplement:
    """A block of a page that says what is not in the source: its lasting address, its state, and its lines as written."""

    address: str
    state: State
    text: tuple[str, ...]
    page: Page
    block: Region


def states_by_mark(procedure: Procedure) -> dict[str, State]:
    """Return each state by the title of the blocks that have it."""
    return {procedure.words.text(f"supplement.{state.value}"): state for state in State}


def said_in(page: Page, block: Region) -> tuple[str, ...]:
    """Return the lines of a block as written, without its title, its id and what is empty."""
    lines = (line.strip() for line in page.lines[block.first_line : block.last_line - 1])
    return tuple(line for line in lines if line and not line.startswith("attrs:"))


def supplements(procedure: Procedure) -> Iterator[Supplement]:
    """Yield every supplement, page by page; one without a known mark awaits approval."""
    states = states_by_mark(procedure)
    for page in procedure.pages.values():
        for block in page.blocks:
            if block.name == SUPPLEMENT_BLOCK:
                named = next((anchor.id for anchor in page.anchors if block.holds(anchor.line)), "")
                yield Supplement(
                    site_address(page.path, named or f"linje-{block.first_line}"),
                    states.get(block.title, State.AWAITING),
                    said_in(page, block),
                    page,
                    block,
                )
