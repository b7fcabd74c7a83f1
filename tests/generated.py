"""Flows made by chance, the same ones each time."""

from __future__ import annotations

import random
import re

HEADER = "flowchart TD\n  accTitle: Titel\n  accDescr: Beskrivelse\n"
_TEXT = (
    "sagen krænkelsen Ærø øjeblikkelig åben Åse forældrene SSP- og/eller (måske) [nu] {alt} #quot;hej#quot; »citat« "
    "politi.dk/anmeld a@b.dk 50 % & så, videre; 3. Fase: end graph click 100+ *vigtigt* _understreget_ ja?! osv. … – "
    "<br> <br/> kommunikationsafdelingskoordinering — 'enkelt' = ~ ^ | $5 2024: § é #35;1 style"
)
_WORDS = _TEXT.split()
_PLAIN_WORDS = [word for word in _WORDS if not re.search(r"[]()\[{}|#;@]", word)]


def generated(seed: int) -> str:
    """Return a flow without cycles: steps in chains, questions with two to four answers, and ways that meet."""
    chance = random.Random(seed)
    size = chance.randint(4, 14)
    ids = [f"{chance.choice(['a', 'o', 'x', 'knude_', 'td', 'v2_', 'endda'])}{number}" for number in range(size)]
    lines: list[str] = []
    written: set[str] = set()

    def node(number: int) -> str:
        name = ids[number]
        if name in written:
            return name
        written.add(name)
        if number in (0, size - 1):
            return f"{name}([{_label(chance)}])"
        return f"{name}{{{{{_label(chance)}}}}}" if number in questions else f"{name}[{_label(chance)}]"

    questions = {number for number in range(1, size - 2) if chance.random() < 0.4}
    chain = ""
    for number in range(size - 1):
        if number in questions:
            later = range(number + 1, size)
            targets = [number + 1, *chance.sample(later, min(len(later), chance.randint(1, 3)))]
            lines += [chain, *(f"{node(number)} -->|{_label(chance, 3)}| {node(target)}" for target in targets)]
            chain = ""
        else:
            chain = f"{chain or node(number)} --> {node(number + 1)}"
            if chance.random() < 0.5:
                lines.append(chain)
                chain = ""
    lines.append(chain)
    return HEADER + "\n".join(f"  {line}" for line in lines if line)


def _label(chance: random.Random, longest: int = 14) -> str:
    words = chance.choices(_WORDS if chance.random() < 0.6 else _PLAIN_WORDS, k=chance.randint(1, longest))
    text = " ".join(["Ord", *words])
    if any(word not in _PLAIN_WORDS for word in words):
        return f'"{text.replace(" ", chr(10), 1) if chance.random() < 0.2 else text}"'
    return text
