"""`--moved`, `--renamed` and `--retired`: say in the ledger where a published address leads now.

moved    a page, a place or a sheet is at another address; the places of a page follow it
renamed  a name in addresses is another (of a phase, a page, a heading, a node, an answer): every address it stands in
retired  what stood there is no more: it leads to what is said, or else to what is nearest above it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date

from procedure.checks import check_source
from procedure.derive.moves import changed_name, renamed, retired, with_moves
from procedure.derive.published import published_addresses
from procedure.findings import Severity
from procedure.model import Procedure
from procedure.publish.swap import PublishError, replace_file
from procedure.source.ledger import LEDGER_PATH, Ledger, ending

# What these commands mend, or that does not touch where an address leads.
_MENDED = frozenset({"L17", "L18"})
_NAME = re.compile(r"[A-Za-z0-9_-]+")


def say_where(procedure: Procedure, today: date, kind: str, names: Sequence[str]) -> list[str]:
    """Write where addresses lead now, and return the rows that were written. `kind` is one of `KINDS`.

    Raises `PublishError` where the source has other faults, and where what is said does not fit what is published.
    """
    other = [f for f in check_source(procedure, today) if f.severity is Severity.ERROR and f.code not in _MENDED]
    if other:
        first = min(other)
        raise PublishError(f"Ret først det andet, som make check finder, fx {first.path}:{first.line} {first.code}.")
    ledger, published = procedure.ledger or Ledger({}), published_addresses(procedure)
    moves = KINDS[kind](ledger, published, names)
    after = with_moves(ledger, moves)
    for address, target in moves.items():
        if after.destination(target, published) is None:
            raise PublishError(f"»{address}« kan ikke føre til »{target}«, som ikke findes.")
    replace_file(procedure.root / LEDGER_PATH, after.as_text().encode())
    return [row.as_line() for address, row in after.entries.items() if row != ledger.entries[address]]


def _moved(ledger: Ledger, published: Collection[str], names: Sequence[str]) -> dict[str, str]:
    old, new = names
    _refuse_what_is_there(ledger, published, old)
    _refuse_what_is_not(published, old, new)
    return {old: new}


def _renamed(ledger: Ledger, published: Collection[str], names: Sequence[str]) -> dict[str, str]:
    old, new = names
    if old.startswith("/"):
        _refuse_what_is_there(ledger, published, old)
        _refuse_what_is_not(published, old, new)
    changed = changed_name(old, new) if old.startswith("/") else (old, new)
    if changed is None or not all(map(_NAME.fullmatch, changed)):
        raise PublishError(f"»{old}« og »{new}« er ikke ens på nær ét navn. Er stedet flyttet, så brug --moved.")
    moves = renamed(ledger, published, *changed)
    if not moves:
        raise PublishError(f"Ingen udgiven adresse mangler, hvor »{changed[0]}« hedder »{changed[1]}« nu.")
    # What was named is meant, also where something shorter could be.
    return {**moves, **({old: new} if old.startswith("/") else {})}


def _retired(ledger: Ledger, published: Collection[str], names: Sequence[str]) -> dict[str, str]:
    if len(names) > 2:
        raise PublishError("--retired tager den gamle adresse og højst én, den fører hen til.")
    old, where = (*names, "")[:2]
    _refuse_what_is_there(ledger, published, old)
    if where:
        _refuse_what_is_not(published, old, where)
    return retired(ledger, published, old, where)


KINDS: dict[str, Callable[[Ledger, Collection[str], Sequence[str]], dict[str, str]]] = {
    "moved": _moved,
    "renamed": _renamed,
    "retired": _retired,
}


def _refuse_what_is_there(ledger: Ledger, published: Collection[str], old: str) -> None:
    known = old in ledger.entries or any(entry.target == old for entry in ledger.entries.values())
    if not known:
        raise PublishError(f"Adressen »{old}« er aldrig udgivet, så ingen linje skal skrives.")
    if old in published:
        raise PublishError(f"Adressen »{old}« findes stadig. Den kan først føre et andet sted hen, når stedet er væk.")


def _refuse_what_is_not(published: Collection[str], old: str, new: str) -> None:
    if new not in published:
        raise PublishError(f"Adressen »{new}« findes ikke på siden.")
    if (kind := ending(old)) and kind != ending(new):
        raise PublishError(f"»{old}« er en {kind}-fil og kan kun føre til en {kind}-fil.")
