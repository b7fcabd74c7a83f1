"""Why a page shows something else than what was meant: what editors write that the generator reads another way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Cause(NamedTuple):
    """A way of writing that is read two ways: where it stands is seen in a line and the one before."""

    line: str
    before: str
    why: str
    mend: str


_ANY = r""
_BLANK = r"\s*$"
_FILLED = r"\s*\S"
_ITEM = r"\s*([-*+]|\d+[.)])\s"
_NO_ITEM = rf"(?!{_ITEM})(?!\s*(#|\||>|///|$))\S"

# The first that fits the lines is named: what is particular comes before what is common.
_CAUSES = tuple(
    Cause(*row)
    for row in (
        (r".*[\u00a0\u2000-\u200f\u202f\u2060\ufeff\u00ad]", _ANY, "Linjen har et tegn, der ikke kan ses, fx et hårdt mellemrum.", "Skriv linjen igen uden tegnet."),
        (r"\s*[-*+]\s*\[[xX]\]", _ANY, "Et punkt, der kan krydses af, begynder ikke med [x].", "Skriv »- [ ] « foran teksten."),
        (r"\s*[-*+]\[|\s*[-*+]\s*\[\]", _ANY, "Et punkt, der kan krydses af, mangler sit mellemrum.", "Skriv »- [ ] « foran teksten."),
        (r"\s*(/{3,})\s*[\w-]+", _ANY, "Blokken har et navn, som siden ikke kender, eller den står ikke på linjer for sig.", "Brug danger, note, supplement, supplement-pointer, actions eller rows, med en tom linje før og efter."),
        (r"\s*#{1,6}\s.*\{[^}]*\}\s*\S", _ANY, "Der står noget efter { … } i overskriften.", "Lad { … } være det sidste på linjen."),
        (r"(?!\s*#).*\}\s*\S.*$", _ANY, "Der står ord efter { … } på samme linje.", "Sæt { … } på en linje for sig under punktet."),
        (r"(?!\s*#)\s*[^\s{].*\{\s*[.#:]?[\w-][^}]*\}\s*$", _ANY, "Der står ord på samme linje som { … }.", "Sæt { … } på en linje for sig under punktet, rykket ind som punktets tekst."),
        (r".*\{[^}]*[“”„»«’][^}]*\}", _ANY, "Anførselstegnene i { … } er ikke de lige.", 'Skriv dem som i { data-req="V1" }.'),
        (r"[^`]*\{[^}`]*$", _ANY, "Klammen { bliver ikke lukket på linjen.", 'Slut med }, som i { data-req="V1" }.'),
        (r"\s*\{.*\}\s*$", _BLANK, "Der er en tom linje mellem { … } og det, den hører til.", "Sæt { … } på linjen lige under punktet."),
        (rf"(?!{_ITEM})\s*\S", r"\s*\{.*\}\s*$", "Der står tekst lige under { … }.", "Lad { … } være punktets sidste linje."),
        (r"\{.*\}\s*$", r"\s*([-*+]|\d+[.)])\s.*", "{ … } er ikke rykket ind under sit punkt.", "Ryk linjen ind med to mellemrum."),
        (r"\s*[-*+]\s+\[ \]", _ANY, "»[ ]« står, hvor det ikke bliver til et felt at krydse af.", "Skriv »- [ ] « først i punktet og ét mellemrum før teksten, med en tom linje før listen."),
        (r"\s*--8<--", _FILLED, "Linjen, der henter et afsnit, står klistret til linjen over.", "Sæt en tom linje før og efter den."),
        (r".*\]\s+\(", _ANY, "Der er et mellemrum mellem ] og ( i linket.", "Skriv det som [tekst](side.md)."),
        (r"\s*\[[^\]]+\]:", _ANY, "Linjen er en henvisning, som andre links kan bruge.", "Skriv adressen i linket selv: [tekst](side.md)."),
        (r".*\[\^", _ANY, "Siden har ingen fodnoter.", "Skriv noten i teksten."),
        (r"\s*\*\[", _ANY, "Siden har ingen liste over forkortelser.", "Skriv ordet helt ud."),
        (r"\s*:\s", _ANY, "Siden har ingen lister af ord og forklaringer.", "Skriv det som et punkt: »- ord: forklaring«."),
        (r"\s*\d+\)\s", _ANY, "Et tal med ) laver ingen liste.", "Skriv tallet med punktum: »1. «."),
        (_ITEM, _NO_ITEM, "Listen står klistret til linjen over.", "Sæt en tom linje før listen."),
        (r" {1,3}([-*+]|\d+\.)\s", _ANY, "Punktet er rykket ind med færre end fire mellemrum.", "Ryk det ind med fire mellemrum, hvis det hører under punktet over; ellers slet dem."),
        (r"\s*[-*+](?![-*+])[^\s*]", _ANY, "Der mangler et mellemrum efter tegnet, der laver et punkt.", "Skriv »- « foran teksten."),
        (r"\s*(?!1\.)\d+\.\s", _ANY, "En liste med tal begynder altid med 1.", "Begynd listen med 1, eller skriv tallet i teksten."),
        (r".*\|", _ANY, "Tabellen mangler sin linje af streger, eller dens linjer har ikke lige mange felter.", "Skriv | --- | for hvert felt under tabellens øverste linje, og en tom linje før tabellen."),
        (r"\s*(`{3,}|~{3,})", _ANY, "Blokkens linjer er ikke ens.", "Åbn og luk den med de samme tre tegn yderst til venstre, hver på sin linje, med en tom linje før og efter."),
        (r".*<[a-zA-Z/!?]", _ANY, "Ord mellem < og > bliver ikke vist.", "Skriv dem uden < og >."),
        (r".*\\", _ANY, "Tegnet \\ bliver ikke læst, som det er ment.", "Skriv linjen uden \\."),
        (r".*&", _ANY, "Tegnet & bliver ikke læst, som det er ment.", "Skriv »og«."),
        (r"\s*>", _ANY, "Citatet bliver læst på to måder.", "Skriv det som et afsnit mellem »…«."),
        (r"\s*(=+|-{2,})\s*$", _FILLED, "Strege under en linje gør den til en overskrift.", "Skriv overskriften med ## foran, og slet stregerne."),
        (r"#{1,6}\S|#{1,6}\s", _ANY, "Overskriften er ikke skrevet som en linje for sig.", "Skriv »## Ord {#id}« yderst til venstre, med en tom linje før."),
        (r" {4}|\t", _ANY, "Linjen er rykket ind.", "Slet mellemrummene foran, eller ryk ind med fire, hvis den hører under et punkt."),
        (r".*(https?:|www\.)", _ANY, "En adresse i teksten bliver læst på to måder.", "Skriv den som [navn](https://…)."),
        (r".*!?\[", _ANY, "Linket er skrevet, så det kan læses på to måder.", "Skriv det som [tekst](side.md)."),
        (r".*[*_]", _ANY, "Tegnene for fed eller kursiv skrift kan læses på to måder.", "Skriv **ord** uden mellemrum indenfor og uden andre * og _ i nærheden."),
        (r".*`", _ANY, "Tegnet ` kan læses på to måder.", "Skriv `ord` med ét tegn på hver side."),
        (r"\S.*", r".*( {2}|\\)$", "Linjen over slutter med to mellemrum eller \\.", "Slet dem."),
    )
)  # fmt: skip
_OTHERWISE = Cause("", "", "Det er skrevet, så det kan læses på to måder.", "Skriv det enklere: tomme linjer før og efter lister, tabeller og blokke, og { … } på en linje for sig.")  # fmt: skip


def likely_cause(lines: Sequence[str], first: int, last: int) -> tuple[Cause, int]:
    """Return why lines `first` to `last` (counted from 1) are read two ways, and on which line; 0 where none is known."""
    numbers = range(max(first, 1), min(last, len(lines)) + 1)
    for cause in _CAUSES:
        for number in numbers:
            before = lines[number - 2] if number > 1 else ""
            if re.match(cause.line, lines[number - 1]) and re.match(cause.before, before):
                return cause, number
    return _OTHERWISE, 0
