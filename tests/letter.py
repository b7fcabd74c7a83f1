"""Whatever can happen to one word, from the source to a checklist, and what the checks of words say of it.

A word of the source, of a quote, wording, node or item is deleted, doubled, swapped with the next or replaced, one at a
time and in memory. One in `share` of them is made: the same ones each time, chosen by what is changed.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from procedure.checks import elsewhere, source_text, wordings
from procedure.derive.wordings import written
from procedure.findings import Finding
from procedure.model import SOURCE_PATH, load_procedure
from procedure.source.contract import CONTRACT_PATH, Contract, Part
from procedure.source.flow import Kind
from procedure.source.page import Page
from procedure.source.words import keys, words_of
from tests.conftest import ROOT

_PROCEDURE = load_procedure(ROOT)
_TODAY = date(2026, 11, 25)
# What a word of force becomes; another word becomes one that stands nowhere.
_FORCE = {
    "skal": "bør", "bør": "skal", "kan": "skal", "må": "skal", "aldrig": "gerne", "altid": "aldrig", "ikke": "også",
    "straks": "senere", "eventuelt": "altid", "evt": "altid", "slettes": "gemmes", "slet": "gem", "gem": "slet",
    "hvis": "når", "de": "du", "dem": "dig", "man": "du", "du": "de", "og/eller": "og", "krænkede": "elev",
    "krænkeren": "eleven", "skoleledelsen": "læreren", "politiet": "forældrene", "forældrene": "skolen",
}  # fmt: skip


class Mutation(NamedTuple):
    """A text with one word of it changed, and how."""

    how: str
    text: str


def _mutations(text: str, share: int) -> Iterator[Mutation]:
    """Yield one in `share` of the texts with one word deleted, doubled, swapped with the next, or replaced."""
    return (mutation for mutation in _every_mutation(text) if not zlib.crc32(repr(mutation).encode()) % share)


def _every_mutation(text: str) -> Iterator[Mutation]:
    words = list(re.finditer(r"\S+", text))
    for number, match in enumerate(words):
        before, word, after = text[: match.start()], match[0], text[match.end() :]
        core = "".join(keys(words_of(word)))
        yield Mutation("delete", before + after)
        yield Mutation("double", f"{before}{word} {word}{after}")
        if number + 1 < len(words):
            other = words[number + 1]
            between = text[match.end() : other.start()]
            yield Mutation("swap", before + other[0] + between + word + text[other.end() :])
        instead = _FORCE.get(core, "hvidvin")
        yield Mutation("force" if core in _FORCE else "replace", f"{before}{instead}{after}")


class Outcome(NamedTuple):
    """What the checks said of one mutation: where it was made, as path and line, and their findings."""

    mutation: Mutation
    old: str
    place: tuple[str, int]
    findings: list[Finding]

    @property
    def is_placed(self) -> bool:
        """Whether a finding is on the line, or names it."""
        path, line = self.place
        return any((f.path, f.line) == self.place or f"{path}:{line}" in f.message for f in self.findings)


def _in_source(share: int) -> Iterator[Outcome]:
    """Mutate each line of `kilde.txt`."""
    lines = _PROCEDURE.source.split("\n")
    for number, line in enumerate(lines, start=1):
        for mutation in _mutations(line, share):
            source = "\n".join([*lines[: number - 1], mutation.text, *lines[number:]])
            findings = [finding for _, finding in source_text.compare(_PROCEDURE.contract, source)]
            yield Outcome(mutation, line, (SOURCE_PATH, number), findings)


def _in_quotes(share: int) -> Iterator[Outcome]:
    """Mutate each title, label, quote and what is left out, in the contract."""
    for number, part in enumerate(_PROCEDURE.contract.parts()):
        for mutation in _mutations(part.quote, share):
            if not mutation.text:
                continue  # a quote without a word is no contract (P30)
            contract = _Edited(_PROCEDURE.contract, number, mutation.text)
            findings = [finding for _, finding in source_text.compare(contract, _PROCEDURE.source)]  # type: ignore[arg-type]
            yield Outcome(mutation, part.quote, (CONTRACT_PATH, part.line), findings)


class _Edited:
    """A contract with other words in one of its parts."""

    def __init__(self, contract: Contract, number: int, text: str) -> None:
        self.left_out = contract.left_out
        self._parts = list(contract.parts())
        self._parts[number] = replace(self._parts[number], quote=text)

    def parts(self) -> list[Part]:
        """Return the parts."""
        return self._parts


def _in_wordings(share: int) -> Iterator[Outcome]:
    """Mutate each block that holds a wording."""
    for page, trace, _ in written(_PROCEDURE):
        for mutation in _mutations(trace.text, share):
            traces = tuple(replace(t, text=mutation.text) if t is trace else t for t in page.traces)
            procedure = replace(_PROCEDURE, pages={page.path: replace(page, traces=traces)})
            yield Outcome(mutation, trace.text, (page.path, trace.line), list(wordings.check(procedure, _TODAY)))


def _in_nodes(share: int) -> Iterator[Outcome]:
    """Mutate each node that is no question and is traced."""
    for page in _PROCEDURE.pages.values():
        for flow in page.flows:
            for node in flow.nodes.values():
                if flow.kind(node) is Kind.QUESTION or not node.requirements:
                    continue
                for mutation in _mutations(node.text, share):
                    nodes = {**flow.nodes, node.id: replace(node, text=mutation.text)}
                    edited = replace(page, flows=(replace(flow, nodes=nodes),))
                    yield Outcome(mutation, node.text, (page.path, node.line), _elsewhere(edited))


def _in_items(share: int) -> Iterator[Outcome]:
    """Mutate each checklist item and each other block outside the steps."""
    in_steps = {(page.path, trace.line) for page, trace, _ in written(_PROCEDURE)}
    for page in _PROCEDURE.pages.values():
        for trace in page.traces:
            for mutation in _mutations(trace.text, share) if (page.path, trace.line) not in in_steps else ():
                traces = tuple(replace(t, text=mutation.text) if t is trace else t for t in page.traces)
                edited = replace(page, traces=traces)
                yield Outcome(mutation, trace.text, (page.path, trace.line), _elsewhere(edited))


def _elsewhere(page: Page) -> list[Finding]:
    """Check one page against the wordings, which stand on the pages of the phases."""
    pages = {path: replace(other, flows=()) for path, other in _PROCEDURE.pages.items() if _holds_wordings(other)}
    return list(elsewhere.check(replace(_PROCEDURE, pages={**pages, page.path: page}), _TODAY))


def _holds_wordings(page: Page) -> bool:
    return page.path == _PROCEDURE.roles.contacts or page.folder == _PROCEDURE.phases_folder


_IN: dict[str, Callable[[int], Iterator[Outcome]]] = {
    "source": _in_source,
    "quote": _in_quotes,
    "wording": _in_wordings,
    "node": _in_nodes,
    "item": _in_items,
}
LEVELS = tuple(_IN)


def misses(level: str, share: int) -> tuple[str, list[tuple[str, int, str, list[int]]]]:
    """Return how many changes were found at a level, in a line, and those that were not found where they were made."""
    outcomes = list(_IN[level](share))
    assert outcomes
    rates = Counter((outcome.mutation.how, _fate(outcome)) for outcome in outcomes)
    missed = [outcome for outcome in outcomes if _fate(outcome) in ("silent", "misplaced")]
    return "; ".join(_rates(rates)), [(*o.place, o.mutation.text, [f.line for f in o.findings]) for o in missed]


def _says_the_same(outcome: Outcome) -> bool:
    """Return whether the mutation changed no word: two equal ones were swapped, or a lone dash was moved."""
    return keys(words_of(outcome.old)) == keys(words_of(outcome.mutation.text))


def _fate(outcome: Outcome) -> str:
    if outcome.is_placed:
        return "found"
    if _says_the_same(outcome):
        return "same words"
    return "misplaced" if outcome.findings else "silent"


def _rates(rates: Counter[tuple[str, str]]) -> Iterable[str]:
    for how in dict.fromkeys(how for how, _ in rates):
        fates = {fate: count for (other, fate), count in rates.items() if other == how}
        yield f"{how} {fates.get('found', 0)}/{sum(fates.values())}"
