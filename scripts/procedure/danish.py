"""Days, numbers and contacts as they are written in Danish text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from procedure.source.contract import Contact, Phase
from procedure.source.text import read_date

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

# What a question on a sheet is answered with.
ANSWERS = ("Ja", "Nej")
# What is looked at where the ways part after a question.
ANSWER = "Svar"
# How a number or a fact that is not in the source is marked.
ADDED = "Tilføjet – afventer godkendelse"
# How a fact that is not in the source is marked when the municipality has approved it.
APPROVED = "Tilføjet – godkendt"
# What the code on a sheet is for.
QR_CAPTION = "Scan: Er arket den nyeste udgave?"
# Said by the reader's browser, once the day in question has passed.
REVIEW_LATE = "Den dag er forbi: Spørg ejeren, om siden stadig passer, eller om dette er en gammel kopi."
CONFIRMATION_LATE = "Det er over et år siden."
# Said where a node only completes an answer.
COMPLETION = "Ordene er sidens. Proceduren stiller kun spørgsmålet."


def danish_date(day: date) -> str:
    """Return the day as it is written in Danish text (`22. november 2026`)."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def ways(count: int) -> str:
    """Return the number of ways in words (`1 vej`, `96 veje`)."""
    return f"{count} {'vej' if count == 1 else 'veje'}"


def phone_number(digits: str) -> str:
    """Return eight digits in pairs (`21 62 16 91`), and a short number as it is."""
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2)) if len(digits) == 8 else digits


def phone_address(digits: str) -> str:
    """Return the address that calls the number; short ones are called as they are."""
    return f"tel:+45{digits}" if len(digits) == 8 else f"tel:{digits}"


def in_days(days: int) -> str:
    """Return how long there is to a day that is not past (`om 9 dage`)."""
    return f"om {days} dage" if days > 1 else ("i morgen" if days else "i dag")


def confirmation(contact: Contact) -> str:
    """Return when the contact was last found right, in words, or nothing where it never was."""
    return f"Bekræftet {danish_date(contact.confirmed)}" if contact.confirmed else ""


def contact_state(contacts: Iterable[Contact]) -> str:
    """Return whether somebody has found the contacts right: who is left, or since when; nothing where none has a number."""
    numbers = [contact for contact in contacts if contact.has_number]
    days = sorted({contact.confirmed for contact in numbers if contact.confirmed})
    left = [contact.name for contact in numbers if not contact.confirmed]
    if left:
        return f"Ikke efterprøvet: {', '.join(left)}." if days else "Navne og numre er ikke efterprøvet."
    return f"Bekræftet {danish_date(days[0])}{' eller senere' if days[1:] else ''}." if days else ""


def edition_state(day: date | None) -> str:
    """Return which edition something is of, from the day it was published, or that it was not."""
    return f"Udgave {danish_date(day)}" if day else "Ikke udgivet"


def review_state(last_reviewed: str) -> str:
    """Return whether the municipality has reviewed a page, from the day it gives, which may be empty."""
    day = read_date(last_reviewed)
    return f"Senest gennemgået {danish_date(day)}" if day else "Ikke gennemgået af kommunen"


def trial_state(tried: str) -> str:
    """Return whether a sheet has been tried, from the day it gives, which may be empty."""
    day = read_date(tried)
    return f"Afprøvet {danish_date(day)}" if day else "Ikke afprøvet endnu"


def phase_place(phase: Phase, phases: Sequence[Phase]) -> str:
    """Return where among the phases this one is (`Fase 2 af 6`)."""
    return f"Fase {phase.number} af {len(phases)}"


def phase_label(phase: Phase) -> str:
    """Return how a phase is named where a flow begins (`Fase 2: Dokumenter krænkelsen`)."""
    return f"Fase {phase.number}: {phase.title}"


def way_on(phase: Phase) -> str:
    """Return how an end names the phase that it leads to (`Videre til fase 2: Dokumenter krænkelsen`)."""
    return f"Videre til fase {phase.number}: {phase.title}"


def both_may_apply(phases: Iterable[Phase]) -> str:
    """Return what the source leaves open of the phases that a fork leads to."""
    names = " og ".join(f"fase {phase.number}" for phase in phases)
    return f"Proceduren siger ikke, at {names} udelukker hinanden."
