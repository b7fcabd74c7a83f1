"""Where a published address that is gone leads now: what can be guessed, and the command that writes it in the ledger."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Iterator, Mapping

from procedure.source.ledger import Entry, Ledger, ending

# Findings print commands as they can be run in the project's folder.
COMMAND = ".venv/bin/python scripts/build.py"
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN = re.compile(r"[A-Za-z0-9_]+|[^A-Za-z0-9_]")


def lost(ledger: Ledger, published: Collection[str]) -> list[str]:
    """Return each address in the ledger that leads nowhere today."""
    return [address for address in ledger.entries if ledger.destination(address, published) is None]


def with_moves(ledger: Ledger, moves: Mapping[str, str]) -> Ledger:
    """Return the ledger in which each of these addresses leads to its new one, and whatever led to it too."""
    rows = dict(ledger.entries)
    for old, new in moves.items():
        for entry in [row for row in rows.values() if old in (row.address, row.target)]:
            rows[entry.address] = Entry(entry.address, new, entry.version, entry.line)
    return Ledger(rows)


def changed_name(old: str, new: str) -> tuple[str, str] | None:
    """Return the name that is another in two addresses or ids (`under`, `underret`), or None where more than one is."""
    before, after = (_TOKEN.findall(text) for text in (old, new))
    same = len([*itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))])
    ends = zip(reversed(before[same:]), reversed(after[same:]), strict=False)
    rest = len([*itertools.takewhile(lambda pair: pair[0] == pair[1], ends)])
    if same and min(len(before), len(after)) == same + rest:
        # One has something more: the name before it goes with it.
        same -= 1
        while same and not _NAME.fullmatch(before[same]):
            same -= 1
    names = "".join(before[same : len(before) - rest]), "".join(after[same : len(after) - rest])
    return names if all(map(_NAME.fullmatch, names)) else None


def renamed(ledger: Ledger, published: Collection[str], old: str, new: str) -> dict[str, str]:
    """Return where each lost address leads, if the name `old` in it is `new` now.

    Pages come first: their places follow, and need no row where they are still found.
    """
    gone = {address: _with_name(address, old, new) for address in lost(ledger, published)}
    found = {
        address: other for address, names in gone.items() if (other := next((n for n in names if n in published), ""))
    }
    pages = {address: other for address, other in found.items() if "#" not in address}
    after = with_moves(ledger, pages)
    return pages | {a: other for a, other in found.items() if "#" in a and after.destination(a, published) is None}


def retired(ledger: Ledger, published: Collection[str], old: str, where: str) -> dict[str, str]:
    """Return where the address and what is lost with it lead: the places of a page, a node's places and answers."""
    page, _, place = old.partition("#")
    own = place.removeprefix("d-")
    moves = {old: where or _instead(old, published)}
    for address in lost(ledger, published):
        other_page, mark, other = address.partition("#")
        other = other.removeprefix("d-")
        is_part = other_page == page and bool(mark) if not place else other == own or other.startswith(f"{own}/")
        if is_part and address != old:
            moves[address] = where or (moves[old] if not place else _instead(address, published))
    return moves


def command(ledger: Ledger, published: Collection[str], address: str) -> str:
    """Return the command that says where a lost address leads, where that can be guessed, or nothing."""
    new = _nearest(ledger, published, address)
    if not new:
        return ""
    name = changed_name(address, new)
    derived = renamed(ledger, published, *name) if name else {}
    follows = [other for other in derived if other.partition("#")[0] != address]
    is_renamed = derived.get(address) == new and ("#" in address or len(follows) > 0)
    return f"{COMMAND} --{'renamed' if is_renamed else 'moved'} {address} {new}"


def _nearest(ledger: Ledger, published: Collection[str], address: str) -> str:
    """Return the new address that is meant instead of the lost one, or nothing where none is like it.

    A place is looked for under its own name on another page, and then on its own page; a page is looked for among pages.
    """
    page, mark, place = address.partition("#")
    new = sorted(a for a in published if a not in ledger.entries and ending(a) == ending(address))
    now = ledger.destination(page, published) or page
    own = [a for a in new if a.partition("#")[0] == now] if mark else [a for a in new if "#" not in a]
    # An answer is never a node, nor the other way round.
    own = [a for a in own if ("/" in a.partition("#")[2]) == ("/" in place)]
    names = {a.partition("#")[2] or a: a for a in own}
    alike = difflib.get_close_matches(place or address, names, n=1, cutoff=0.6)
    elsewhere = [a for a in new if mark and a.partition("#")[2] == place]
    likely = [
        *(elsewhere if len(elsewhere) == 1 else []),
        *(names[name] for name in alike),
        *(own if len(own) == 1 else []),
    ]
    return likely[0] if likely else ""


def _with_name(address: str, old: str, new: str) -> Iterator[str]:
    """Yield the address with the name replaced, at as few of its places as can be first."""
    parts = re.split(rf"(?<![A-Za-z0-9_]){re.escape(old)}(?![A-Za-z0-9_])", address)
    gaps = range(len(parts) - 1)
    for count in gaps:
        for chosen in itertools.combinations(gaps, count + 1):
            names = [new if gap in chosen else old for gap in gaps]
            yield "".join(itertools.chain.from_iterable(zip(parts, [*names, ""], strict=True)))


def _instead(address: str, published: Collection[str]) -> str:
    """Return what stands nearest above a place that is gone: its question, its page, or the page above that."""
    if kind := ending(address):
        # What holds all of its kind stands above each of them.
        return min((a for a in published if ending(a) == kind), key=lambda a: (a.count("/"), a), default="/")
    page, mark, place = address.partition("#")
    if mark and "/" in place:
        question = f"{page}#{place.rpartition('/')[0]}"
        if question in published:
            return question
    while page != "/" and page not in published:
        page = page.rstrip("/").rpartition("/")[0] + "/"
    return page
