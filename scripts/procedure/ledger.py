"""The ledger: every address ever published, where it leads today, and the version of each sheet.

One line for each address, sorted:

    /faser/vurder/
    /faser/vurder/#gammel -> /faser/vurder/#inddrag
    /tjeklister/vurder.pdf | 2026-11-22 | 0f3a9c21d4be | Første udgave

An address without an arrow leads where it says. After a sheet's address stand the day its version is
from, a mark of what is on it, and one line on what was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from procedure.contract import read_date
from procedure.findings import Finding
from procedure.text import read_text

LEDGER_PATH = "docs/ledger.txt"
_ADDRESS = r"/[a-z0-9/_.-]*(?:#[A-Za-z0-9_-]+)?"
_LINE = re.compile(rf"({_ADDRESS})(?: -> ({_ADDRESS}))?(?: \| (\S+) \| ([0-9a-f]{{12}}) \| (\S.*))?")
_HEADER = (
    "# Every address ever published, written by `make publish`. Edit only to say where one leads now: old -> new\n"
)


@dataclass(frozen=True)
class Version:
    """A sheet's version: the day that what is on it last changed, its mark, and what changed."""

    day: date
    fingerprint: str
    change: str

    @property
    def name(self) -> str:
        """The version as a QR code carries it (`udgave-2026-11-22-0f3a9c21`)."""
        return f"udgave-{self.day}-{self.fingerprint[:8]}"


@dataclass(frozen=True)
class Entry:
    """One published address. `target` is where it leads now, or None where it leads to itself."""

    address: str
    target: str | None
    version: Version | None
    line: int


@dataclass(frozen=True)
class Ledger:
    """The published addresses by address."""

    entries: dict[str, Entry]

    def version(self, address: str) -> Version | None:
        """Return the version last published at the address, or None."""
        entry = self.entries.get(address)
        return entry.version if entry else None

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
        lines = [_written(self.entries[address]) for address in sorted(self.entries)]
        return _HEADER + "".join(f"{line}\n" for line in lines)


def read_ledger(root: Path) -> tuple[Ledger | None, list[Finding]]:
    """Read the ledger; None where there is none yet. A line that cannot be read is a finding (L19)."""
    if not (root / LEDGER_PATH).exists():
        return None, []
    source, findings = read_text(root, LEDGER_PATH)
    entries: dict[str, Entry] = {}
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        day = read_date(match[3]) if match and match[3] else None
        if match is None or (match[3] and day is None) or match[1] in entries:
            again = match is not None and match[1] in entries
            message = f"Adressen »{match[1]}« står to gange." if match and again else "Linjen kan ikke læses."
            hint = "Slet den ene linje." if again else "Skriv »/gammel/adresse/ -> /ny/adresse/«, og lad resten stå."
            findings.append(Finding(LEDGER_PATH, number, "L19", message, hint))
            continue
        version = Version(day, match[4], match[5]) if day else None
        entries[match[1]] = Entry(match[1], match[2], version, number)
    return Ledger(entries), findings


def _written(entry: Entry) -> str:
    target = f" -> {entry.target}" if entry.target else ""
    version = f" | {entry.version.day} | {entry.version.fingerprint} | {entry.version.change}" if entry.version else ""
    return f"{entry.address}{target}{version}"
