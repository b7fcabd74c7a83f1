"""What is said to readers, by its name in `danish.yml`, and days and numbers as they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import yaml

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Words:
    """Texts and lists of texts, each by the keys that lead to it (`guide.back`)."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def text(self, key: str, **values: object) -> str:
        """Return the text with a value in place of each of its placeholders. Raises `KeyError` where there is none."""
        return PLACEHOLDER.sub(lambda found: str(values[found[1]]), self.texts[key])

    def count(self, key: str, count: int) -> str:
        """Return the text for one or for several (`1 vej`, `96 veje`), with the number in it."""
        return self.text(f"{key}.{'one' if count == 1 else 'other'}", count=count)

    @property
    def language(self) -> str:
        """The language that the words are in, as HTML names it."""
        return self.texts["language"]

    def day(self, day: date) -> str:
        """Return the day as it is written in a text (`22. november 2026`)."""
        return self.text("dates.day", day=day.day, month=self.lists["dates.months"][day.month - 1], year=day.year)

    def has_day(self, text: str, key: str) -> bool:
        """Return whether the words of `key` stand in the text, with what looks like a day in its place."""
        return self._dated(key).search(text) is not None

    def read_day(self, text: str, key: str, *, whole: bool = False) -> date | None:
        """Return the day that the words of `key` have in the text, or None where they do not stand there with a day.

        `whole`: the text says no more than that.
        """
        dated = self._dated(key)
        found = dated.fullmatch(text) if whole else dated.search(text)
        if found is None:
            return None
        try:
            return date(int(found["year"]), self.lists["dates.months"].index(found["month"]) + 1, int(found["day"]))
        except ValueError:
            return None

    def _dated(self, key: str) -> re.Pattern[str]:
        months = "|".join(map(re.escape, self.lists["dates.months"]))
        parts = {
            "day": "(?P<day>[1-9]|[12][0-9]|3[01])",
            "month": f"(?P<month>{months})",
            "year": "(?P<year>20[0-9]{2})",
        }
        named = {"day": _as_pattern(self.texts["dates.day"], parts), "by": r"\S.*"}
        return re.compile(rf"(?<!\w){_as_pattern(self.texts[key], named)}")

    def read_count(self, text: str, key: str) -> int | None:
        """Return the number in a text that says how many there are in the words of `key`, or None where it does not."""
        for form in ("one", "other"):
            pattern = _as_pattern(self.texts[f"{key}.{form}"], {"count": "(?P<count>[1-9][0-9]?)"})
            if found := re.fullmatch(pattern, text):
                return int(found["count"])
        return None

    def phone_number(self, digits: str) -> str:
        """Return the digits as they are written (`21 62 16 91`), or as they are where there is no such form."""
        form = next((form for form in self._phone_forms if form.count("0") == len(digits)), "")
        left = iter(digits)
        return "".join(next(left) if sign == "0" else sign for sign in form) if form else digits

    def phone_address(self, digits: str) -> str:
        """Return the address that calls the number; short ones are called as they are."""
        is_short = any(form.count("0") == len(digits) for form in self.lists["phones.short_forms"])
        return f"tel:{digits}" if is_short else f"tel:{self.texts['phones.country_code']}{digits}"

    def digits(self, written: str) -> str:
        """Return a number without the spaces and signs that stand between digits; what else is written stays."""
        between = "".join({sign for form in self._phone_forms for sign in form} - {"0"})
        return re.sub(rf"[\s{re.escape(between)}]", "", written)

    def read_phone(self, written: str, *, also_short: bool) -> str | None:
        """Return the digits of a number, or None where it is none; `also_short` takes those that are called as they are."""
        code = self.texts["phones.country_code"].removeprefix("+")
        digits = self.digits(re.sub(rf"^\s*(\+|00){code}", "", written))
        forms = self._phone_forms if also_short else self.lists["phones.forms"]
        return digits if re.fullmatch("[0-9]+", digits) and len(digits) in {form.count("0") for form in forms} else None

    @property
    def example_digits(self) -> str:
        """The digits of a number that hints show."""
        return "1234567890"[: self.lists["phones.forms"][0].count("0")]

    @cached_property
    def _phone_forms(self) -> tuple[str, ...]:
        return (*self.lists["phones.forms"], *self.lists["phones.short_forms"])


def leaves(node: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield each text and list under a mapping of mappings, by the keys that lead to it."""
    if not isinstance(node, Mapping):
        yield key, node
        return
    for name, value in node.items():
        yield from leaves(value, f"{key}.{name}" if key else name)


def _as_pattern(text: str, parts: Mapping[str, str]) -> str:
    """Return the regular expression of a text, with that of each placeholder in its place."""
    pieces = PLACEHOLDER.split(text)
    return "".join(parts[piece] if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))


def _read_danish() -> Words:
    written = yaml.load(Path(__file__).with_name("danish.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    every = dict(leaves(written))
    texts = {key: str(value) for key, value in every.items() if not isinstance(value, list)}
    lists = {key: tuple(map(str, value)) for key, value in every.items() if isinstance(value, list)}
    return Words(texts, lists)


DANISH = _read_danish()
