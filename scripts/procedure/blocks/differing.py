"""Two texts side by side or one above the other, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from procedure.blocks.markup import add, after
from procedure.source.words import Change, Word, changes, keys, words_of
from procedure.words import Words


def add_differing(old_parent: Element, old: str, new_parent: Element, new: str) -> None:
    """Add each text to its element, what is gone from the old as `del` and what has come in the new as `ins`."""
    before, now = words_of(old), words_of(new)
    found: list[Change] = changes(keys(before), keys(now))
    _add_marked(old_parent, old, "del", before, _whole_numbers(before, [(c.old_start, c.old_end) for c in found]))
    _add_marked(new_parent, new, "ins", now, _whole_numbers(now, [(c.new_start, c.new_end) for c in found]))


def _whole_numbers(words: Sequence[Word], runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the runs of words with all of a number in which some digits differ: it is written in several words."""
    whole: list[tuple[int, int]] = []
    for first, last in runs:
        start, end = first, last
        while 0 < start < end and words[start].key.isdigit() and words[start - 1].key.isdigit():
            start -= 1
        while start < end < len(words) and words[end - 1].key.isdigit() and words[end].key.isdigit():
            end += 1
        if whole and start <= whole[-1][1] and start < end:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _add_marked(parent: Element, text: str, tag: str, words: Sequence[Word], runs: Iterable[tuple[int, int]]) -> None:
    """Add the text with each run of words inside an element of its own."""
    position = 0
    for first, last in runs:
        if first < last:
            start, end = words[first].start, words[last - 1].end
            after(parent, text[position:start])
            add(parent, tag, text[start:end])
            position = end
    after(parent, text[position:])


def add_change(parent: Element, words: Words, before: str, now: str) -> None:
    """Add what was and what is, each on a line of its own that says which; one of them may be empty."""
    if before and now:
        old, new = (add(parent, "p", words.text(f"changes.{key}")) for key in ("was", "now"))
        add_differing(old, before, new, now)
    elif before:
        add(parent, "p", words.text("changes.went", text=before))
    else:
        add(parent, "p", words.text("changes.come", text=now))
