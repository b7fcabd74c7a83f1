"""What a publication writes in the project, the ledger and an edition, and what it says of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from procedure.checks.changed import TO_BE_SAID
from procedure.derive.edition import edition
from procedure.derive.published import published_addresses, updated_ledger
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.publish.swap import PublishError
from procedure.source.edition import Edition
from procedure.source.ledger import LEDGER_PATH, Ledger
from procedure.source.text import one_line
from procedure.words import DANISH

# More new addresses than this are counted, not named.
_MOST = 8


@dataclass(frozen=True)
class Publication:
    """The files that a publication writes, by path from the project root, and what is new in it, line by line."""

    files: dict[str, bytes]
    news: tuple[str, ...]


def prepare(procedure: Procedure, today: date, change: str, changes: Iterable[Finding]) -> Publication:
    """Return the publication of today, in which `changes` are what has changed since the last edition.

    `change` says so in readers' words. On the day of the last edition, and with nothing changed since, it stands
    instead of what was said then. Raises `PublishError` where the last edition is from a day to come.
    """
    change, last = one_line(change), procedure.edition
    if last and last.day > today:
        raise PublishError(
            f"Den sidste udgave er fra {last.day}, som er efter {today}. Se efter, om maskinens dag er rigtig."
        )
    ledger = updated_ledger(procedure, today, change)
    # With nothing said, no more than addresses and links is new.
    said = change or procedure.words.text("status.addresses_only" if last else "status.first_edition")
    number = last.number + 1 if last and last.day == today else 1
    new = edition(procedure, ledger, today, number, said)
    if last and new.sections == last.sections:
        if not change or change == last.change or last.day != today:
            return Publication({}, (f"Intet er nyt siden udgaven fra {DANISH.day(last.day)}.",))
        ledger = _corrected(ledger, last, change)
        new = replace(edition(procedure, ledger, today, last.number, change), approval=last.approval)
    files = {LEDGER_PATH: ledger.as_text().encode(), new.path: new.as_text().encode()}
    return Publication(files, tuple(_news(procedure, new, changes)))


def _corrected(ledger: Ledger, last: Edition, change: str) -> Ledger:
    """Return the ledger in which the sheets of the last edition say `change`."""
    entries = {
        address: replace(entry, version=replace(entry.version, change=change))
        if entry.version and (entry.version.day, entry.version.change) == (last.day, last.change)
        else entry
        for address, entry in ledger.entries.items()
    }
    return Ledger(entries)


def _news(procedure: Procedure, new: Edition, changes: Iterable[Finding]) -> Iterator[str]:
    last, before = procedure.edition, procedure.ledger or Ledger({})
    since = f"siden udgaven fra {DANISH.day(last.day)}" if last else "i den første udgave"
    yield f"Udgivet som »{new.change}«. Nyt {since}:"
    come = sorted(published_addresses(procedure) - set(before.entries))
    more = f" og {len(come) - _MOST} til" if len(come) > _MOST else ""
    yield f"  Adresser: {', '.join(come[:_MOST])}{more}." if come else "  Adresser: ingen."
    told = sorted(
        f"  {finding.path}:{finding.line} {finding.message}" for finding in changes if finding.code in TO_BE_SAID
    )
    yield from told or ["  Ark, veje og krav: som før."]


def what_to_do(publication: Publication, site_dir: Path, address: str) -> Iterator[str]:
    """Yield what is new in a publication, and what remains to be done by hand."""
    yield from publication.news
    if publication.files:
        yield f"Gem det, du har rettet, og det, der nu er skrevet i {' og '.join(publication.files)}: git add docs mkdocs.yml"
    yield f"Læg alt i {site_dir}/ på {address or 'det sted, siden skal ligge'}."
