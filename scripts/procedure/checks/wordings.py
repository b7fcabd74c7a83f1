"""C24, O02, O03, O05: each wording is its quote's words, and what differs is written in the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from procedure.checks.source_text import compare
from procedure.derive.wordings import Block, Mismatch, applied, blocks, written
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH, Contract
from procedure.source.text import short
from procedure.source.words import Variants, keys, touched

# A difference of more letters than this is a text of its own, and not to be written as one.
_LONGEST_DIFFERENCE = 300
# Words are another requirement's where they are this like its quote, and this much more than like their own.
_NEAR, _MARGIN = 0.6, 0.3


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check that each wording stands once, says its quote, and that the contract's differences are fit to be shown."""
    contract = procedure.sound_contract
    if contract.phases:
        guard = _Guard(contract)
        yield from _check_differences(contract, guard)
        yield from _check_variants(contract)
        yield from _check_once(procedure)
        yield from _check_words(procedure, guard)


class _Guard:
    """Tells which words of force, condition, doer, deed, number and address a change touches."""

    def __init__(self, contract: Contract) -> None:
        self.variants = Variants(row.forms for row in contract.words.variants)
        names = [form for actor in contract.actors for form in actor.forms]
        self._phrases = [keys(self.variants.words_of(phrase)) for phrase in (*contract.words.guarded, *names)]

    def are_same(self, one: str, other: str) -> bool:
        """Return whether the two say the same words."""
        return keys(self.variants.words_of(one)) == keys(self.variants.words_of(other))

    def touched(self, old: str, new: str) -> str:
        """Return the words that are touched, ready for a sentence, or nothing."""
        before, after = (keys(self.variants.words_of(text)) for text in (old, new))
        return ", ".join(f"»{phrase}«" for phrase in touched(before, after, self._phrases))


def _check_differences(contract: Contract, guard: _Guard) -> Iterator[Finding]:
    for row in contract.held_to_the_letter.values():
        placed, misfits = applied(row, guard.variants)
        for difference in misfits:
            message = f"Forskellen »{difference.old} → {difference.new}« passer ikke til ordene i »{row.id}«."
            hint = "Ordene før pilen skal stå ét sted i citatet, og kun dér; ordene efter den skal være andre."
            yield Finding(CONTRACT_PATH, difference.line, "O03", message, hint)
        for _, _, difference in placed:
            words = guard.touched(difference.old, difference.new)
            if words and not difference.reason:
                message = f"Forskellen »{difference.old} → {difference.new}« rører {words} og har ingen grund."
                hint = f"Skriv den som {_with_reason(difference.old, difference.new)}."
                yield Finding(CONTRACT_PATH, difference.line, "O03", message, hint)


def _check_variants(contract: Contract) -> Iterator[Finding]:
    """No row makes two words the same that each carry the procedure: »skal« and »bør«."""
    plain = Variants(())
    guarded = {keys(plain.words_of(phrase)) for phrase in contract.words.guarded}
    for row in contract.words.variants:
        carrying = [form for form in row.forms if keys(plain.words_of(form)) in guarded]
        if len(carrying) > 1:
            message = f"»{'« og »'.join(carrying)}« regnes for det samme, men bærer hver sit."
            yield Finding(CONTRACT_PATH, row.line, "O03", message, "Slet rækken under »variants«.")


def _check_once(procedure: Procedure) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for page, trace, rows in written(procedure):
        for row in rows if page in procedure.sound_pages else ():
            if row.id in first:
                message = f"Ordene til »{row.id}« står to gange under trinnet (første gang i linje {first[row.id]})."
                yield Finding(page.path, trace.line, "O05", message, "Behold det ene sted.")
            first.setdefault(row.id, trace.line)


def _check_words(procedure: Procedure, guard: _Guard) -> Iterator[Finding]:
    sound = {page.path for page in procedure.sound_pages}
    # A quote that is not the source's has a finding of its own (O01): the wording may be right.
    not_quoted = {part.id for part, _ in compare(procedure.contract, procedure.source)}
    for block in blocks(procedure):
        other = _nearer(procedure, guard.variants, block) if block.mismatches else None
        if other and block.trace.is_sound and block.path in sound:
            names = " ".join(row.id for row in block.rows)
            message = f"Punktet er sporet til »{names}«, men har ordene til »{other}«."
            yield Finding(
                block.path, block.trace.line, "C24", message, f"Ret sporet til {other}, eller skriv ordene til {names}."
            )
        elif block.path in sound and block.trace.is_sound and not_quoted.isdisjoint(row.id for row in block.rows):
            for mismatch in block.mismatches:
                yield _not_the_quote(block.path, block.trace.line, mismatch, guard)


def _nearer(procedure: Procedure, variants: Variants, block: Block) -> str | None:
    """Return the requirement whose quote the block's words are far nearer than those of the ones it is traced to."""
    words = keys(variants.words_of(block.trace.text))
    own = [word for row in block.rows for word in keys(variants.words_of(row.quote))]
    traced = {row.id for row in block.rows}
    rows = [row for row in procedure.contract.held_to_the_letter.values() if row.id not in traced]
    others = {row.id: _alike(words, keys(variants.words_of(row.quote))) for row in rows}
    best = max(others, key=lambda row_id: others[row_id], default=None)
    return best if best and others[best] >= max(_NEAR, _alike(words, own) + _MARGIN) else None


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _not_the_quote(path: str, line: int, mismatch: Mismatch, guard: _Guard) -> Finding:
    old, new, row = mismatch.old, mismatch.new, mismatch.row
    known = " og ".join(f"»{difference.old} → {difference.new}«" for difference in mismatch.instead_of)
    place = f"under »differs« i {row.id} ({CONTRACT_PATH}:{row.line})"
    if guard.are_same(old, new):
        message = f"Ordene til »{row.id}« er kildens igen, men procedure.yml siger, at de er ændret: {known}."
        return Finding(path, line, "O02", message, f"Slet linjen med {known} {place}.")
    message = f"Ordene til »{row.id}« er ikke kildens: Kilden siger »{short(old, 100)}«, siden »{short(new, 100)}«."
    words = guard.touched(old, new)
    hint = "Skriv ordene, som de var." if known else "Skriv kildens ord."
    if mismatch.can_differ and len(f"{old}{new}") <= _LONGEST_DIFFERENCE:
        what = f"{words} må kun ændres med en grund, der står" if words else "Eller skriv forskellen"
        entry = _with_reason(old, new) if words else _quoted(f"{old} → {new}")
        hint += f" {what} {place}{f' i stedet for {known}' if known else ''}: - {entry}"
    return Finding(path, line, "O02", message, hint)


def _with_reason(old: str, new: str) -> str:
    return f'{{words: {_quoted(f"{old} → {new}")}, reason: "…"}}'


def _quoted(text: str) -> str:
    """Return the text in quotes, as YAML takes it."""
    return json.dumps(text, ensure_ascii=False)
