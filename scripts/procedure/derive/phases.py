"""How the phases stand to each other: which follow which, and which stand side by side."""

from __future__ import annotations

from procedure.source.contract import Contract, Phase


def phase_rows(contract: Contract) -> tuple[tuple[Phase, ...], ...]:
    """Return the phases in the source's order, those that do not follow one another side by side in one row.

    A phase begins a new row where one in the row before it leads to it. So the phases that a fork leads
    to are never shown as if one came after the other.
    """
    rows: list[list[Phase]] = []
    for phase in contract.phases:
        if not rows or any(phase.id in before.following for before in rows[-1]):
            rows.append([phase])
        else:
            rows[-1].append(phase)
    return tuple(tuple(row) for row in rows)
