"""Days, numbers and contacts as they are written in Danish text."""

from __future__ import annotations

from datetime import date

from procedure.source.contract import Contact

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def danish_date(day: date) -> str:
    """Return the day as it is written in Danish text (`22. november 2026`)."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def phone_number(digits: str) -> str:
    """Return eight digits in pairs (`21 62 16 91`)."""
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def confirmation(contact: Contact) -> str:
    """Return when the contact was last found right, in words."""
    return f"Bekræftet: {danish_date(contact.confirmed)}" if contact.confirmed else "Ikke bekræftet"
