"""The site's wording of each requirement, accounted for against its quote.

A wording is written once: in the block under its step on the phase page. One block may hold several
requirements, where they make one sentence; then it is cut where the quotes are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procedure.model import Procedure, remembered
from procedure.source.contract import Contact, Difference, Requirement
from procedure.source.page import Page, Trace
from procedure.source.words import Change, Variants, changes, keys, places_of

Row = Requirement | Contact
# Changes with no more words between them than this are one: a word that has moved leaves two.
_NEAR = 4


@dataclass(frozen=True)
class Wording:
    """How the site says a requirement, and where that is written."""

    id: str
    text: str
    path: str
    line: int


@dataclass(frozen=True)
class Mismatch:
    """Words of a block that are not the quote's: `old` in the quote of `row` is `new` on the site.

    `can_differ` is whether the contract can say so: the words are one quote's, and others stand in their place.
    `instead_of` are the differences that the contract has for these words now.
    """

    row: Row
    old: str
    new: str
    can_differ: bool
    instead_of: tuple[Difference, ...]


@dataclass(frozen=True)
class Block:
    """Where the wording of `rows` is written. There are wordings where every word is accounted for, else mismatches."""

    path: str
    trace: Trace
    rows: tuple[Row, ...]
    wordings: tuple[Wording, ...]
    mismatches: tuple[Mismatch, ...]


@remembered
def blocks(procedure: Procedure) -> tuple[Block, ...]:
    """Return where each wording is written; a requirement that is written nowhere has no block."""
    variants = Variants(row.forms for row in procedure.contract.words.variants)
    return tuple(_read(page, trace, rows, variants) for page, trace, rows in written(procedure))


def wordings(procedure: Procedure) -> dict[str, Wording]:
    """Return the wordings whose every word is accounted for, by requirement, in the source's order."""
    found = {wording.id: wording for block in blocks(procedure) for wording in block.wordings}
    return {row_id: found[row_id] for row_id in procedure.contract.held_to_the_letter if row_id in found}


def written(procedure: Procedure) -> Iterator[tuple[Page, Trace, tuple[Row, ...]]]:
    """Yield each block that stands where a wording is written, with the rows it is traced to, in the source's order.

    That is under the requirement's step on the page of its phase, and on the page of contacts for a
    contact without a number. The same row may be written twice.
    """
    for phase in procedure.contract.phases:
        page = procedure.phase_page(phase.id)
        for step in phase.steps if page else ():
            own = {requirement.id: requirement for requirement in step.requirements}
            heading = page.heading(step.id) if page else None
            if page and heading:
                region = page.under_heading(heading)
                yield from _traced(page, [t for t in page.traces if region.holds(t.line)], own)
    page = procedure.pages.get(procedure.roles.contacts)
    if page:
        yield from _traced(page, page.traces, procedure.contract.sentences)


def _traced(
    page: Page, traces: Sequence[Trace], own: dict[str, Requirement] | dict[str, Contact]
) -> Iterator[tuple[Page, Trace, tuple[Row, ...]]]:
    for trace in traces:
        rows = tuple(row for row_id, row in own.items() if row_id in trace.requirements)
        if rows and len(rows) == len(trace.requirements):
            yield page, trace, rows


def applied(row: Row, variants: Variants) -> tuple[list[tuple[int, int, Difference]], list[Difference]]:
    """Return where in the quote's words each of the row's differences stands, and those that do not fit.

    One does not fit where its old words stand in the quote not at all or more than once, where another
    one has them already, or where it changes nothing.
    """
    quote = keys(variants.words_of(row.quote))
    placed: list[tuple[int, int, Difference]] = []
    misfits: list[Difference] = []
    for difference in row.differs:
        old, new = (keys(variants.words_of(text)) for text in (difference.old, difference.new))
        places = places_of(old, quote)
        taken = any(first < place + len(old) and place < last for place in places for first, last, _ in placed)
        if len(places) != 1 or taken or old == new:
            misfits.append(difference)
        else:
            placed.append((places[0], places[0] + len(old), difference))
    return sorted(placed, key=lambda place: place[0]), misfits


def _read(page: Page, trace: Trace, rows: tuple[Row, ...], variants: Variants) -> Block:
    comparison = _Comparison(rows, trace.text, variants)
    if {word.row for word in comparison.expected} != set(range(len(rows))):
        # A quote without words, or of which a difference leaves none, has a finding of its own.
        return Block(page.path, trace, rows, (), ())
    differing = _joined(changes(tuple(word.key for word in comparison.expected), keys(comparison.found)))
    if differing:
        return Block(page.path, trace, rows, (), tuple(comparison.mismatch(change) for change in differing))
    made = (Wording(row.id, text, page.path, trace.line) for row, text in zip(rows, comparison.cut(), strict=True))
    return Block(page.path, trace, rows, tuple(made), ())


def _joined(found: list[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in found:
        if joined and change.old_start - joined[-1].old_end <= _NEAR:
            first = joined.pop()
            joined.append(Change(first.old_start, change.old_end, first.new_start, change.new_end))
        else:
            joined.append(change)
    return joined


@dataclass(frozen=True)
class _Expected:
    """A word that a block must have, the number of its row, and the words of the quote it stands for."""

    row: int
    key: str
    first: int
    last: int


class _Comparison:
    """The words a block has beside those it must have."""

    def __init__(self, rows: tuple[Row, ...], text: str, variants: Variants) -> None:
        self._rows, self._text = rows, text
        self._quotes = [variants.words_of(row.quote) for row in rows]
        self._differences = [applied(row, variants)[0] for row in rows]
        self.found = variants.words_of(text)
        self.expected = [word for number, row in enumerate(rows) for word in self._words(number, variants)]

    def _words(self, number: int, variants: Variants) -> Iterator[_Expected]:
        quote = keys(self._quotes[number])
        position = 0
        for first, last, difference in self._differences[number]:
            yield from (_Expected(number, quote[i], i, i + 1) for i in range(position, first))
            yield from (_Expected(number, word.key, first, last) for word in variants.words_of(difference.new))
            position = last
        yield from (_Expected(number, quote[i], i, i + 1) for i in range(position, len(quote)))

    def cut(self) -> list[str]:
        """Return the text of each row, where every word is accounted for."""
        starts = [next(i for i, word in enumerate(self.expected) if word.row == n) for n in range(len(self._rows))]
        cuts = [0, *(self.found[start].start for start in starts[1:]), len(self._text)]
        return [self._text[first:last].strip() for first, last in itertools.pairwise(cuts)]

    def mismatch(self, change: Change) -> Mismatch:
        """Return the change in the words of the quote, wide enough to say which place in it is meant."""
        number = self.expected[min(change.old_start, len(self.expected) - 1)].row
        row, quote = self._rows[number], keys(self._quotes[number])
        first, last, new_first, new_last = change.old_start, change.old_end, change.new_start, change.new_end
        is_one_quote = all(word.row == number for word in self.expected[first:last])
        while is_one_quote:
            span = self.expected[first:last]
            is_place = (
                span and len(places_of(quote[span[0].first : span[-1].last], quote)) == 1 and new_first < new_last
            )
            may_go_left = first > 0 and new_first > 0 and self.expected[first - 1].row == number
            may_go_right = (
                last < len(self.expected) and new_last < len(self.found) and self.expected[last].row == number
            )
            if may_go_left and (self._is_cut(first) or (not is_place and not self._is_cut(last))):
                first, new_first = first - 1, new_first - 1
            elif may_go_right and (self._is_cut(last) or not is_place):
                last, new_last = last + 1, new_last + 1
            else:
                break
        old = " ".join(self._quoted(n, first, last) for n in range(len(self._rows))).strip()
        new = self._text[self.found[new_first].start : self.found[new_last - 1].end] if new_first < new_last else ""
        words = [i for word in self.expected[first:last] if word.row == number for i in range(word.first, word.last)]
        known = tuple(d for start, end, d in self._differences[number] if any(start <= i < end for i in words))
        return Mismatch(row, old, new, is_one_quote and bool(new), known)

    def _is_cut(self, at: int) -> bool:
        """Return whether a difference that the contract has would be cut in two before the word."""
        if not 0 < at < len(self.expected):
            return False
        before, after = self.expected[at - 1], self.expected[at]
        return (before.row, before.first) == (after.row, after.first)

    def _quoted(self, number: int, first: int, last: int) -> str:
        """Return what the row's quote says for the expected words, or nothing where they are another's."""
        span = [word for word in self.expected[first:last] if word.row == number]
        quote = self._quotes[number]
        return self._rows[number].quote[quote[span[0].first].start : quote[span[-1].last - 1].end] if span else ""
