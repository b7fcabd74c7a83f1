"""Whose number stands where the procedure says to contact somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from procedure.model import Procedure
from procedure.source.page import Heading


@dataclass(frozen=True)
class Call:
    """Somebody to call or write to.

    `added` where the number is not in the source; `more` is then the heading on the supplement's page where
    there is more to read, or None.
    """

    name: str
    role: str
    phone: str
    mail: str
    added: bool
    more: Heading | None = None


def calls(procedure: Procedure, requirements: Collection[str]) -> tuple[Call, ...]:
    """Return whom these requirements say to contact, each once, in the contract's order: the added ones last."""
    contract, rows = procedure.contract, procedure.contract.requirements
    page = procedure.pages.get(procedure.roles.supplement)
    named = {called for row_id in requirements if row_id in rows for called in rows[row_id].call or ()}
    own = [Call(c.name, c.role, c.phone, c.mail, added=False) for c in contract.numbers if c.id in named]
    added = [
        Call(c.name, c.role, c.phone, c.mail, added=True, more=page.heading(c.more) if page else None)
        for c in contract.added_contacts
        if c.id in named
    ]
    return (*own, *added)
