"""The ledger: every address ever published, where it leads today, and the version of each sheet.

One line for each address, sorted:

    /faser/vurder/
    /faser/vurder/#gammel -> /faser/vurder/#inddrag
    /tjeklister/vurder.pdf | 2026-11-22 | 0f3a9c21d4be | Første udgave

An address without an arrow leads where it says, or where its page has moved to. What stands after an
arrow may itself have moved since. After a sheet's address stand the day its version is from, a mark of
what is on it, and one line on what was changed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from procedure.findings import Finding
from procedure.source.text import read_date, read_text

LEDGER_PATH = "docs/ledger.txt"
# No dot but in what a file is called after: a redirect can be written neither outside the site nor over other files.
_NAME = "[a-z0-9][a-z0-9_-]*"
# A slash after the mark: the place is an answer (`/guide/#vurder-under/ja`).
_ADDRESS = (
    rf"/(?:{_NAME}/)*(?:{_NAME}\.(?:pdf|bpmn|json|schema\.json|cdx\.json|xml|zip)|#[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?"
)
_LINE = re.compile(rf"({_ADDRESS})(?:\s*->\s*({_ADDRESS}))?(?:\s+\|\s+(\S+)\s+\|\s+([0-9a-f]{{12}})\s+\|\s+(\S.*))?")
_HEADER = "# Hver adresse, der er udgivet. Skrives af make publish; ret kun det, der står efter en pil: gammel -> ny\n"


@dataclass(frozen=True)
class Version:
    """A sheet's version: the day that what is on it last changed, its mark, and what changed."""

    day: date
    fingerprint: str
    change: str


@dataclass(frozen=True)
class Entry:
    """One published address. `target` is where it leads now, or None where it leads to itself."""

    address: str
    target: str | None
    version: Version | None
    line: int

    def as_line(self) -> str:
        """Return the row as it stands in the file."""
        target = f" -> {self.target}" if self.target else ""
        version = f" | {self.version.day} | {self.version.fingerprint} | {self.version.change}" if self.version else ""
        return f"{self.address}{target}{version}"


@dataclass(frozen=True)
class Ledger:
    """The published addresses by address."""

    entries: dict[str, Entry]

    def version(self, address: str) -> Version | None:
        """Return the version last published at the address, or None."""
        entry = self.entries.get(address)
        return entry.version if entry else None

    def destination(self, address: str, published: Collection[str]) -> str | None:
        """Return which of the published addresses this one leads to today, through every move, or None."""
        last = self.way(address, published)[-1]
        return last if last in published else None

    def way(self, address: str, published: Collection[str]) -> list[str]:
        """Return the addresses that this one leads through, through every move, to a published one or as far as it goes."""
        way = [address]
        while way[-1] not in published:
            path, _, fragment = way[-1].partition("#")
            entry, page = self.entries.get(way[-1]), self.entries.get(path)
            if entry and entry.target:
                following = entry.target
            elif fragment and page and page.target:
                following = f"{page.target.partition('#')[0]}#{fragment}"
            else:
                break
            if following in way:
                break
            way.append(following)
        return way

    def with_addresses(self, addresses: Iterable[str]) -> Ledger:
        """Return the ledger with these addresses in it; what was in it stays as it is."""
        new = {address: Entry(address, None, None, 0) for address in addresses if address not in self.entries}
        return Ledger({**self.entries, **new})

    def with_version(self, address: str, version: Version) -> Ledger:
        """Return the ledger with this version of the sheet at the address."""
        entry = self.entries.get(address, Entry(address, None, None, 0))
        return Ledger({**self.entries, address: replace(entry, version=version)})

    def as_text(self) -> str:
        """Return the file's text."""
        lines = [self.entries[address].as_line() for address in sorted(self.entries)]
        return _HEADER + "".join(f"{line}\n" for line in lines)


def ending(address: str) -> str:
    """Return how the name of a file ends (`.pdf`), or nothing for a page or a place on one."""
    path, mark, _ = address.partition("#")
    return "" if mark else PurePosixPath(path).suffix


def can_last(address: str) -> bool:
    """Return whether the address is of letters that the ledger and a handbook can hold for years."""
    return re.fullmatch(_ADDRESS, address) is not None


def read_ledger(root: Path) -> tuple[Ledger | None, list[Finding]]:
    """Read the ledger; None where there is none yet.

    A line that cannot be read, stands twice or stands out of order is a finding (L19).
    """
    if not (root / LEDGER_PATH).exists():
        return None, []
    source, unreadable = read_text(root, LEDGER_PATH)
    findings = [replace(f, hint="Hent filen, som den var ved den sidste udgivelse.") for f in unreadable]
    entries: dict[str, Entry] = {}
    previous = ""
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not line.strip() or (number == 1 and line.startswith("#")):
            continue
        entry = _read_line(line.strip(), number)
        fault = _fault(entry, entries, previous) if entry else _unreadable(line)
        if fault:
            findings.append(Finding(LEDGER_PATH, number, "L19", *fault))
        if entry:
            entries.setdefault(entry.address, entry)
            previous = entry.address
    return Ledger(entries), findings


def _read_line(line: str, number: int) -> Entry | None:
    match = _LINE.fullmatch(line)
    day = read_date(match[3]) if match and match[3] else None
    if match is None or (match[3] and day is None):
        return None
    return Entry(match[1], match[2], Version(day, match[4], match[5]) if day else None, number)


def _unreadable(line: str) -> tuple[str, str]:
    if line.startswith("#"):
        return "Kun filens første linje kan være en bemærkning.", "Slet linjen; make publish ville tabe den."
    return "Linjen kan ikke læses.", "Skriv »/gammel/adresse/ -> /ny/adresse/«, og lad resten stå."


def _fault(entry: Entry, entries: dict[str, Entry], previous: str) -> tuple[str, str] | None:
    if entry.address in entries:
        return f"Adressen »{entry.address}« står to gange.", "Slet den ene linje."
    if entry.address < previous:
        message = f"Linjerne står ikke i alfabetisk orden: »{entry.address}« hører til før »{previous}«."
        return message, "Flyt den af de to linjer, der står forkert."
    return None
