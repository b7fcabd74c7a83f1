"""C44: a part of a page that takes in itself, at once or by way of others. The generator would leave it out unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.page import Include

# A part is its page's path and its own name.
_Part = tuple[str, str]


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Yield a finding for each ring, at the first of its lines."""
    taken = {
        (page.path, section.name): [
            (include, (other.path, region.name))
            for include in page.includes
            if section.holds(include.line) and (found := procedure.included(include))
            for other, region in [found]
        ]
        for page in procedure.sound_pages
        for section in page.sections
    }
    reported: set[_Part] = set()
    for part in taken:
        ring = _ring(part, taken)
        if ring and reported.isdisjoint(ring):
            reported.update(ring)
            include = next(line for line, target in taken[ring[0]] if target == (*ring[1:], ring[0])[0])
            way = " → ".join(f"{path}:{name}" for path, name in (*ring, ring[0]))
            message = f"Afsnittet henter sig selv: {way}."
            yield Finding(part[0], include.line, "C44", message, "Slet linjen, eller skriv teksten ét sted.")


def _ring(start: _Part, taken: Mapping[_Part, list[tuple[Include, _Part]]]) -> tuple[_Part, ...]:
    """Return the shortest way from a part back to itself, or nothing where there is none."""
    ways: list[tuple[_Part, ...]] = [(start,)]
    seen: set[_Part] = set()
    for way in ways:
        for _, target in taken.get(way[-1], ()):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()
