"""C18–C20: the `{ data-req="…" }` that ties a block to requirements: one in each block, whole, under words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from procedure.source.text import short

# What may stand in `{ … }`; a class has the key `.`.
KEYS = ("id", ".", "data-req")
_KEY = "data-req"
_MEND = 'Skriv sporet på en linje for sig under punktet: { data-req="V1" }, og flere krav som { data-req="V1 V2" }.'
# A trace that lost a brace, or an id's; outside of braces nothing else looks so.
_BROKEN = re.compile(rf"{_KEY}|\{{\s*[#.]\w|\bdata[-_ ]?req\b")


class Fault(NamedTuple):
    """What is wrong with a block's trace: a code, a message and a hint."""

    code: str
    message: str
    hint: str


def trace_fault(attributes: Sequence[tuple[str, str]], text: str, outside: Sequence[str]) -> Fault | None:
    """Return what is wrong with what a block is traced to, or None.

    `text` is what it says, `outside` what is written there outside of code, before, between and after `{ … }`.
    """
    written = [value for key, value in attributes if key == _KEY]
    if _BROKEN.search(" ".join(outside)):
        return Fault("C18", "Klammen { … } er ikke hel, så læserne ser den, og den virker ikke.", _MEND)
    if any(not value.strip() for value in written):
        return Fault("C18", f"»{_KEY}« har ingen krav i anførselstegn lige efter lighedstegnet.", _MEND)
    if len(written) > 1 and (line := "".join(outside[1:-1]).strip()):
        message = f"»{short(line)}« bliver en del af punktet over, for linjen begynder ikke som et punkt."
        return Fault("C19", message, "Begynd linjen med »- «, eller med »- [ ] «, hvis den skal kunne krydses af.")
    if len(written) > 1:
        names = " og ".join(f"»{value}«" for value in written)
        message = (
            f"Punktet er sporet to gange, til {names}: Et punkts ord kan være slettet, så kun dets spor er tilbage."
        )
        return Fault("C19", message, "Skriv det punkt, der mangler, over sit spor, eller saml sporene i ét.")
    if written and not text:
        message = f"Sporet »{written[0]}« har ingen ord over sig: Punktets ord er væk."
        return Fault("C20", message, "Skriv punktets ord på linjen over, eller slet sporet.")
    return None


def is_whole(attributes: Sequence[tuple[str, str]]) -> bool:
    """Return whether all that stands in a block's `{ … }` is of a kind that we know."""
    return all(key in KEYS for key, _ in attributes)
