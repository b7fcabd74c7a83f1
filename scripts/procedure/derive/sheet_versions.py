"""The versions of a sheet that were published: what is other on it since each, and what its last change put on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from procedure.derive.comparison import listed, text_pairs, without_marks
from procedure.derive.edition import as_fields, boxed, said
from procedure.derive.published import published_addresses, sheet_address
from procedure.derive.renamed import editions_under_new_names
from procedure.derive.sheet_items import Item
from procedure.derive.sheets import Sheet
from procedure.model import Procedure, remembered
from procedure.source.edition import Fields
from procedure.source.ledger import Ledger, Version
from procedure.words import Words

# The parts of a sheet in which what is new has a bar in the margin: those that are lists of lines.
_WITH_BARS = ("lead", "tasks", "boxes", "added", "contacts")


@dataclass(frozen=True)
class OldVersion:
    """A version of a sheet that is no longer the one: what has changed since, as the words before and now.

    One of the two is empty for what has come or gone.
    """

    version: Version
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LastChange:
    """What a sheet's last change put on it: since which version, and the lines that are new or other, as editions keep them."""

    since: Version
    lines: frozenset[str]

    def items(self, words: Words, sheet: Sheet) -> Iterator[Item]:
        """Yield the items on the sheet that are new or other."""
        yield from (item for item in (*sheet.lead, *sheet.tasks) if said(words, item) in self.lines)
        for box in sheet.boxes:
            yield from (item for item in (*box.items, *box.notes) if boxed(words, box, item) in self.lines)


def old_versions(procedure: Procedure, sheet: Sheet) -> tuple[OldVersion, ...]:
    """Return each version of the sheet that was published and is not as today's, the newest first."""
    now = as_fields(procedure.words, sheet)
    versions: dict[Version, Fields] = {}
    for version, fields in _published(procedure, sheet):
        versions.setdefault(version, fields)
    return tuple(
        OldVersion(version, changed_lines(procedure.words, before, now))
        for version, before in versions.items()
        if version.fingerprint != sheet.fingerprint
    )


def same_versions(procedure: Procedure, sheet: Sheet) -> tuple[Version, ...]:
    """Return each version of the sheet that was published and is as today's: a change may have been taken back."""
    every = dict.fromkeys(version for version, _ in _published(procedure, sheet))
    return tuple(version for version in every if version.fingerprint == sheet.fingerprint)


def last_change(procedure: Procedure, sheet: Sheet) -> LastChange | None:
    """Return what the sheet's last change put on it, or None where it never changed since it was first published."""
    before = next(((v, f) for v, f in _published(procedure, sheet) if v.fingerprint != sheet.fingerprint), None)
    if before is None:
        return None
    version, fields = before
    return LastChange(version, frozenset(_lines(as_fields(procedure.words, sheet))) - frozenset(_lines(fields)))


def _lines(fields: Fields) -> Iterator[str]:
    for name in _WITH_BARS:
        yield from listed(fields[name])


def changed_lines(words: Words, before: Fields, now: Fields) -> tuple[tuple[str, str], ...]:
    """Return what differs between two versions of a sheet, as readers' words before and now, one of them maybe empty.

    What only stands elsewhere on the sheet, or is marked otherwise, or is now a part of another line, says the same.
    """
    pairs = [
        _as_read(words, old, new)
        for name in now
        if before[name] != now[name]
        for old, new in text_pairs(before[name], now[name])
    ]
    was, said = [old for old, _ in pairs if old], [new for _, new in pairs if new]
    return tuple(
        (old, new)
        for old, new in pairs
        if old != new and not (old and not new and _is_in(old, said)) and not (new and not old and _is_in(new, was))
    )


def _as_read(words: Words, old: str, new: str) -> tuple[str, str]:
    """Return two lines as readers know them: that one is to be signed is only said where that is what differs."""
    before, now = without_marks(words, old), without_marks(words, new)
    signed = f" {words.text('changes.signed')}"
    unsigned = before.replace(signed, ""), now.replace(signed, "")
    return (before, now) if unsigned[0] == unsigned[1] else unsigned


def _is_in(line: str, others: Iterable[str]) -> bool:
    return any(line in other for other in others)


def _published(procedure: Procedure, sheet: Sheet) -> Iterator[tuple[Version, Fields]]:
    """Yield each edition's version of the sheet and what stood on it, the newest edition first."""
    address = sheet_address(sheet)
    for sheets, versions in sheets_of_editions(procedure):
        if address in sheets and address in versions:
            yield versions[address], sheets[address]


@remembered
def sheets_of_editions(procedure: Procedure) -> tuple[tuple[Mapping[str, Fields], Mapping[str, Version]], ...]:
    """Return of each edition, the newest first, the sheets and their versions, by the addresses that they have today."""
    ledger, published = procedure.ledger or Ledger({}), published_addresses(procedure)
    return tuple(
        (
            named.sections["sheets"],
            {
                ledger.destination(entry.address, published) or entry.address: entry.version
                for entry in edition.ledger_entries()
                if entry.version
            },
        )
        for edition, named in zip(procedure.editions, editions_under_new_names(procedure), strict=True)
    )
