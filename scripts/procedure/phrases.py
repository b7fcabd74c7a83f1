"""What is said of contacts, phases and pages in more than one place, in the project's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from procedure.source.contract import Contact, Phase
from procedure.source.edition import Approval, Edition
from procedure.source.text import read_date
from procedure.words import Words


def confirmation(words: Words, contact: Contact) -> str:
    """Return when the contact was last found right, in words, or nothing where it never was."""
    return words.text("contacts.confirmed", day=words.day(contact.confirmed)) if contact.confirmed else ""


def contact_state(words: Words, contacts: Iterable[Contact]) -> str:
    """Return whether somebody has found the contacts right: who is left, or since when; nothing where none has a number."""
    numbers = [contact for contact in contacts if contact.has_number]
    days = sorted({contact.confirmed for contact in numbers if contact.confirmed})
    left = [contact.name for contact in numbers if not contact.confirmed]
    if left and days:
        return words.text("contacts.some_unconfirmed", names=", ".join(left))
    if left:
        return words.text("contacts.none_confirmed")
    said = "contacts.confirmed_or_later" if days[1:] else "contacts.all_confirmed"
    return words.text(said, day=words.day(days[0])) if days else ""


def edition_state(words: Words, day: date | None) -> str:
    """Return which edition something is of, from the day it was published, or that it was not."""
    return words.text("status.edition", day=words.day(day)) if day else words.text("status.no_edition")


def review_state(words: Words, last_reviewed: str) -> str:
    """Return when the municipality last reviewed a page, from the day it gives, or nothing where that is no day."""
    day = read_date(last_reviewed)
    return words.text("status.reviewed", day=words.day(day)) if day else ""


def approval_state(words: Words, approval: Approval | None, published: date | None) -> str:
    """Return whether the municipality has approved what is said: who did, on which day, or that nobody has.

    Where it was published again since, without other words, it is the words that are approved.
    """
    if approval is None:
        return words.text("status.not_approved")
    key = "status.words_approved" if published and approval.day < published else "status.approved"
    return words.text(key, day=words.day(approval.day), by=approval.by)


def edition_name(words: Words, edition: Edition) -> str:
    """Return what readers call an edition: its day, and its number where there was another that day."""
    key = "changes.edition_again" if edition.number > 1 else "changes.edition"
    return words.text(key, day=words.day(edition.day), number=edition.number)


def trial_state(words: Words, tried: str) -> str:
    """Return whether a sheet has been tried, from the day it gives, which may be empty."""
    day = read_date(tried)
    return words.text("status.tried", day=words.day(day)) if day else words.text("status.not_tried")


def phase_place(words: Words, phase: Phase, phases: Sequence[Phase]) -> str:
    """Return where among the phases this one is (`Fase 2 af 6`)."""
    return words.text("phases.place", number=phase.number, count=len(phases))


def phase_label(words: Words, phase: Phase) -> str:
    """Return how a phase is named where a flow begins (`Fase 2: Dokumenter krænkelsen`)."""
    return words.text("phases.label", number=phase.number, title=phase.title)


def way_on(words: Words, phase: Phase) -> str:
    """Return how an end names the phase that it leads to (`Videre til fase 2: Dokumenter krænkelsen`)."""
    return words.text("phases.way_on", number=phase.number, title=phase.title)


def both_may_apply(words: Words, phases: Iterable[Phase]) -> str:
    """Return what the source leaves open of the phases that a fork leads to."""
    names = words.text("phases.and").join(words.text("phases.numbered", number=phase.number) for phase in phases)
    return words.text("phases.both_may_apply", phases=names)
