"""P36, P37: whom a sentence says to contact has a number beside it, and an added number its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.danish import phone_address
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH
from procedure.source.words import keys, words_of

_SUPPLEMENT = "docs/mere/supplement.md"


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check that the contract says whose number stands by each such sentence, and that added ones are in the supplement."""
    contract = procedure.sound_contract
    for requirement in contract.requirements.values():
        said = set(keys(words_of(requirement.quote))) & set(contract.words.contact)
        if said and requirement.call is None:
            message = f"»{requirement.id}« siger, at nogen skal kontaktes, men ikke hvis nummer der skal stå."
            hint = "Tilføj linjen »call: [K2]« med kontakternes id'er, eller »call: []«, hvor kilden intet nummer har."
            yield Finding(CONTRACT_PATH, requirement.line, "P36", message, hint)
    page = procedure.pages.get(_SUPPLEMENT)
    linked = {link.target for link in page.links} if page else set()
    for contact in contract.added_contacts:
        for address in (phone_address(contact.phone), f"mailto:{contact.mail}" if contact.mail else ""):
            if address and address not in linked:
                message = f"»{contact.name}« har {address.partition(':')[2]}, som ikke står på supplementets side."
                hint = f"Skriv [nummeret]({address}) i {_SUPPLEMENT} med sin kilde, eller ret rækken."
                yield Finding(CONTRACT_PATH, contact.line, "P37", message, hint)
