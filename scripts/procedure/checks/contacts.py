"""P23, P36, P37: whom a sentence says to contact has a number beside it, and an added number its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH, Contract
from procedure.source.words import keys, words_of


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check whose number the contract puts by each such sentence, the added ones and the web addresses."""
    contract = procedure.sound_contract
    yield from _check_calls(contract)
    yield from _check_addresses(contract)
    yield from _check_added(procedure)


def _check_added(procedure: Procedure) -> Iterator[Finding]:
    page = procedure.pages.get(procedure.roles.supplement)
    linked = {link.target for link in page.links} if page else set()
    for contact in procedure.sound_contract.every_added:
        for address in (
            procedure.words.phone_address(contact.phone) if contact.phone else "",
            f"mailto:{contact.mail}" if contact.mail else "",
        ):
            if address and address not in linked:
                message = f"»{contact.name}« har {address.partition(':')[2]}, som ikke står på supplementets side."
                hint = f"Skriv [nummeret]({address}) i {procedure.roles.supplement} med sin kilde, eller ret rækken."
                yield Finding(CONTRACT_PATH, contact.line, "P37", message, hint)
        if contact.more and not (page and page.heading(contact.more)):
            message = f"»more« nævner »{contact.more}«, som ikke er en overskrift på supplementets side."
            hint = f"Skriv id'et på en overskrift i {procedure.roles.supplement}, eller slet linjen."
            yield Finding(CONTRACT_PATH, contact.line, "P37", message, hint)

    lacking = procedure.sound_contract.phases and procedure.sound_contract.emergency is None
    for other in procedure.sound_pages if lacking else ():
        for fence in other.fences:
            if fence.language == "emergency":
                message = "Blokken »emergency« kan ikke vises: procedure.yml har intet nummer til den."
                hint = "Skriv nummeret under »emergency« i procedure.yml, eller slet blokken."
                yield Finding(other.path, fence.line, "P37", message, hint)


def _check_calls(contract: Contract) -> Iterator[Finding]:
    with_numbers = [contact.id for contact in contract.numbers] + [added.id for added in contract.added_contacts]
    for requirement in contract.requirements.values():
        said = set(keys(words_of(requirement.quote))) & set(contract.words.contact)
        if said and requirement.call is None:
            message = f"»{requirement.id}« siger, at nogen skal kontaktes, men ikke hvis nummer der skal stå."
            hint = "Tilføj linjen »call: [K2]« med kontakternes id'er, eller »call: []«, hvor kilden intet nummer har."
            yield Finding(CONTRACT_PATH, requirement.line, "P36", message, hint)
        for called in requirement.call or ():
            if called not in with_numbers:
                message = f"»call« nævner »{called}«, som ikke er en kontakt med et nummer."
                hint = f"Slet id'et, hvis kontakten er væk, eller skriv et af disse: {', '.join(with_numbers)}."
                yield Finding(CONTRACT_PATH, requirement.call_line, "P23", message, hint)


def _check_addresses(contract: Contract) -> Iterator[Finding]:
    said = " ".join(requirement.quote for requirement in contract.requirements.values())
    for address in contract.addresses:
        if not address.text or address.text not in said:
            message = f"»addresses« nævner »{address.text}«, som intet citat har."
            hint = "Skriv adressen, som kilden gør, eller slet linjen."
            yield Finding(CONTRACT_PATH, address.line, "P23", message, hint)
