"""The versions of a sheet that were published: what is other on it since each, and what its last change put on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from procedure.derive.comparison import listed, text_pairs, without_marks
from procedure.derive.edition import as_fields, boxed, said
from procedure.derive.published import published_addresses, sheet_address
from procedure.derive.renamed import under_new_names
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
class Renewal:
    """What a sheet's last change put on it: since which version, and the lines that are new or other, as editions keep them."""

    since: Version
    lines: frozenset[str]

    def items(self, words: Words, sheet: Sheet) -> Iterator[Item]:
        """Yield the items on the sheet that are new or other."""
        yield from (item for item in (*sheet.lead, *sheet.tasks) if said(words, item) in self.lines)
        for box in sheet.boxes:
            yield from (item for item in (*box.items, *box.notes) if boxed(words, box, item) in self.lines)


def old_versions(procedure: Procedure, sheet: Sheet) -> tuple[OldVersion, ...]:
    """Return each version of the sheet that was published and is not the one today, the newest first."""
    now = as_fields(procedure.words, sheet)
    versions = dict(reversed([*_published(procedure, sheet)]))
    return tuple(
        OldVersion(version, tuple(_changes(before, now)))
        for version, before in reversed(versions.items())
        if version.fingerprint != sheet.fingerprint
    )


def renewal(procedure: Procedure, sheet: Sheet) -> Renewal | None:
    """Return what the sheet's last change put on it, or None where it never changed since it was first published."""
    before = next(((v, f) for v, f in _published(procedure, sheet) if v.fingerprint != sheet.fingerprint), None)
    if before is None:
        return None
    version, fields = before
    return Renewal(version, frozenset(_lines(as_fields(procedure.words, sheet))) - frozenset(_lines(fields)))


def _lines(fields: Fields) -> Iterator[str]:
    for name in _WITH_BARS:
        yield from listed(fields[name])


def _changes(before: Fields, now: Fields) -> Iterator[tuple[str, str]]:
    """Yield what differs in readers' words; what only stands elsewhere on the sheet, or is marked otherwise, does not."""
    pairs = [
        (without_marks(old), without_marks(new))
        for name in now
        if before[name] != now[name]
        for old, new in text_pairs(before[name], now[name])
    ]
    gone, come = {old for old, new in pairs if not new}, {new for old, new in pairs if not old}
    moved = gone & come
    yield from (pair for pair in pairs if pair[0] != pair[1] and not moved & set(pair))


def _published(procedure: Procedure, sheet: Sheet) -> Iterator[tuple[Version, Fields]]:
    """Yield each edition's version of the sheet and what stood on it, the newest edition first."""
    address = sheet_address(sheet)
    for sheets, versions in _editions(procedure):
        if address in sheets and address in versions:
            yield versions[address], sheets[address]


@remembered
def _editions(procedure: Procedure) -> tuple[tuple[Mapping[str, Fields], Mapping[str, Version]], ...]:
    """Return of each edition the sheets and their versions, by the addresses that they have today."""
    ledger, published = procedure.ledger or Ledger({}), published_addresses(procedure)
    return tuple(
        (
            under_new_names(procedure, edition).sections["sheets"],
            {
                ledger.destination(entry.address, published) or entry.address: entry.version
                for entry in edition.ledger_entries()
                if entry.version
            },
        )
        for edition in procedure.editions
    )
