"""Text as the words it says: case and punctuation aside, and forms that mean the same as one.

A word keeps its place in the text, so that what differs can be shown where it stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Marks inside a word belong to it (og/eller, politi.dk, 1/12, SSP-teams); at its ends they do not.
_WORD = re.compile(r"\w+(?:[^\w\s]+\w+)*")
_SIGNS = re.compile(r"\d|[^\W_][./@]+[^\W_]")


@dataclass(frozen=True)
class Word:
    """A word of a text, or several that mean the same as one: how it counts, and where it stands."""

    key: str
    start: int
    end: int


@functools.lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of the text; case and punctuation do not count."""
    return tuple(Word(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text))


def keys(words: Iterable[Word]) -> tuple[str, ...]:
    """Return how the words count."""
    return tuple(word.key for word in words)


class Variants:
    """Rows of forms that mean the same: `eventuelt` and `evt.`, `ud over` and `udover`."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        forms = {
            keys(words_of(form)): " ".join(keys(words_of(row[0]))) for row in rows for form in row if words_of(form)
        }
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        # The longest first: »ud over« before »ud«.
        for form, key in sorted(forms.items(), key=lambda form: -len(form[0])):
            self._by_first_word.setdefault(form[0], []).append((form, key))

    def words_of(self, text: str) -> tuple[Word, ...]:
        """Return the words of the text, each form as the one that counts."""
        words, found = words_of(text), []
        position = 0
        while position < len(words):
            first = words[position]
            for form, key in self._by_first_word.get(first.key, ()):
                run = words[position : position + len(form)]
                if keys(run) == form:
                    found.append(Word(key, first.start, run[-1].end))
                    position += len(form)
                    break
            else:
                found.append(first)
                position += 1
        return tuple(found)


def places_of(phrase: Sequence[str], words: Sequence[str]) -> list[int]:
    """Return every place where the phrase begins in the words."""
    size = len(phrase)
    return [i for i in range(len(words) - size + 1) if size and tuple(words[i : i + size]) == tuple(phrase)]


@dataclass(frozen=True)
class Change:
    """Words `old_start` to `old_end` of one text that are words `new_start` to `new_end` of another."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return where two texts' words differ; words that have moved are gone in one place and there in another."""
    if old == new:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [Change(*place) for tag, *place in matcher.get_opcodes() if tag != "equal"]


def touched(old: Sequence[str], new: Sequence[str], phrases: Iterable[Sequence[str]]) -> list[str]:
    """Return which phrases a change from `old` to `new` takes away, puts in or moves.

    A word with a digit, or with a mark inside as in an address or in »og/eller«, counts as one of them.
    """
    found: dict[str, None] = {}
    differing = changes(old, new)
    sides = (
        (old, {i for change in differing for i in range(change.old_start, change.old_end)}),
        (new, {i for change in differing for i in range(change.new_start, change.new_end)}),
    )
    phrases = list(phrases)
    for words, places in sides:
        for place in sorted(places):
            if _SIGNS.search(words[place]):
                found[words[place]] = None
        for phrase in phrases:
            if any(places & set(range(start, start + len(phrase))) for start in places_of(phrase, words)):
                found[" ".join(phrase)] = None
    return list(found)
