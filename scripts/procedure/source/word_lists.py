"""The words of the contract: which count as the same, which carry the procedure, and which the site never uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Variant:
    """Forms that mean the same, the one that counts first."""

    forms: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class WordLists:
    """Which words count as the same, and which carry the procedure.

    `guarded` are words of force, condition, doer and deed: a wording changes one only with a reason. A quote that
    begins with one of the `imperatives` speaks to whoever has the case. A quote with one of the `contact` words says
    to turn to somebody. `lines` are those of the three lists by their names, and of the words in each.
    """

    variants: tuple[Variant, ...]
    guarded: tuple[str, ...]
    imperatives: tuple[str, ...]
    contact: tuple[str, ...] = ()
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class BannedWord:
    """A wording the site never uses, and what is written instead."""

    word: str
    instead: str
