"""Where we are among the phases: one small row of them all, the same on phase pages, in the guide and on sheets."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.markup import add
from procedure.derive.addresses import href
from procedure.derive.phases import phase_rows
from procedure.model import Procedure
from procedure.phrases import phase_place
from procedure.source.contract import Phase


def spine(procedure: Procedure, here: Phase, folder: str) -> Element:
    """Return the phases as numbered links for a page in `folder`, those side by side that do not follow one another."""
    contract, words = procedure.contract, procedure.words
    place = phase_place(words, here, contract.phases)
    nav = Element("nav", {"class": "spine", "aria-label": words.text("phases.all", place=place)})
    add(nav, "p", place, class_="spine-place")
    rows = add(nav, "ol")
    for row in phase_rows(contract):
        item = add(rows, "li")
        for phase in row:
            link = add(item, "a", href=href(folder, procedure.phase_path(phase.id)), aria_label=phase.heading)
            if phase is here:
                link.set("aria-current", "step")
            add(link, "span", str(phase.number))
    return nav
