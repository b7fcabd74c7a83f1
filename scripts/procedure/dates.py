"""Days as they are written in Danish text."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def danish_date(day: date) -> str:
    """Return the day as it is written in Danish text (`22. november 2026`)."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
