"""O01: the contract's parts, end to end, are the source to the word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.findings import Finding
from procedure.model import SOURCE_PATH, Procedure
from procedure.source.contract import CONTRACT_PATH, Contract, Part
from procedure.source.words import Change, changes

# What a part of the source ends with where it is no title.
_ENDS = (".", "?", ":", ",", "–")


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check that no word of the source is missing, doubled, changed or moved."""
    contract = procedure.sound_contract
    if contract.phases and SOURCE_PATH not in procedure.damaged:
        yield from (finding for _, finding in compare(contract, procedure.source))


def compare(contract: Contract, source: str) -> Iterator[tuple[Part, Finding]]:
    """Yield where the parts are not the source, with the part it is in; only white space does not count."""
    for left_out in contract.left_out:
        # What is no part of the procedure may be written against a word of it.
        source = source.replace(left_out.quote, f" {left_out.quote} ")
    theirs = [(word, line) for line, text in enumerate(source.split("\n"), start=1) for word in text.split()]
    ours = [(word, part) for part in contract.parts() for word in part.quote.split()]
    found = changes([word for word, _ in theirs], [word for word, _ in ours])
    gone = {_words(theirs[c.old_start : c.old_end]): c for c in found}
    come = {_words(ours[c.new_start : c.new_end]) for c in found}
    for change in found:
        lost, added = _words(theirs[change.old_start : change.old_end]), _words(ours[change.new_start : change.new_end])
        if not added and lost in come:
            continue  # said once, where the words stand in the contract
        part = _part(ours, change, lost)
        origin = gone[added] if not lost and added in gone else change
        place = _place(theirs, origin)
        where = f"mellem {_neighbour(ours, change.new_start - 1, part)} og {_neighbour(ours, change.new_end, part)}"
        if origin is not change:
            message = f"»{added}« står {where}, men i kilden et andet sted ({place})."
        elif not added:
            message = f"»{lost}« mangler {where}; det står i kilden ({place})."
        elif not lost:
            message = f"»{added}« {where} står ikke i kilden ({place})."
        else:
            message = f"»{added}« {where} er »{lost}« i kilden ({place})."
        hint = "Skriv kildens egne ord, også dens slåfejl, i begge filer; det, der ikke er procedure, står under »left_out«."
        yield part, Finding(CONTRACT_PATH, part.line, "O01", message, hint)


def _part(ours: list[tuple[str, Part]], change: Change, lost: str) -> Part:
    """Return the part that the change is in; words lost between two belong to the first where they end a sentence."""
    at = change.new_start
    is_between = change.new_start == change.new_end and at > 0
    return ours[at - 1 if is_between and (at == len(ours) or lost.endswith(_ENDS)) else at][1]


def _place(theirs: list[tuple[str, int]], change: Change) -> str:
    """Return where in the source the change is: the words' line, or those of both neighbours where there are no words."""
    start, end = change.old_start, change.old_end
    words = theirs[start:end] or theirs[max(start - 1, 0) : start + 1]
    return " eller ".join(dict.fromkeys(f"{SOURCE_PATH}:{line}" for _, line in words)) or SOURCE_PATH


def _words(run: list[tuple[str, int]] | list[tuple[str, Part]]) -> str:
    return " ".join(word for word, _ in run)


def _neighbour(ours: list[tuple[str, Part]], at: int, part: Part) -> str:
    """Return a word beside a change, with its line where that is another part's."""
    if not 0 <= at < len(ours):
        return "begyndelsen" if at < 0 else "slutningen"
    word, own = ours[at]
    return f"»{word}«" if own == part else f"»{word}« ({CONTRACT_PATH}:{own.line})"
