"""What the last edition holds the procedure and the ledger to."""

from __future__ import annotations

from procedure.codes.code import Code

_SAY_IT = (
    "Er det meningen, så gør intet, før siden udgives; sig det dér: "
    '`make publish CHANGE="det, der er nyt, på én linje"`. Ellers ret det tilbage.'
)
ROWS = {
    "L25": Code(
        "Linje i ledger.txt, der mangler eller er en anden",
        "Adressen er udgivet, eller arket hænger et sted. Uden linjen bevogtes den ikke, eller arket siger, at det ikke er udgivet.",
        "Skriv linjen igen, som kontrollen viser den.",
    ),
    "L26": Code(
        "Den sidste udgave mangler",
        "Uden den ved ingen, hvad der er kommet, gået eller svækket.",
        'Hent filen i `docs/editions/` igen. Er den aldrig skrevet, så kør `make publish CHANGE="…"`.',
    ),
    "L27": Code(
        "Adresse, der aldrig er udgivet",
        "Filen holder styr på det, der er udgivet. En adresse, som ingen har, skal ikke stå i den.",
        "Slet linjen, eller ret adressen.",
    ),
    "L28": Code(
        "Udgave, der er rettet i hånden",
        "Det, en udgave sagde, kan ikke laves om bagefter.",
        "Hent filen igen, som den var, da den blev udgivet.",
    ),
    "L29": Code(
        "Adresse, der fører et andet sted hen end før",
        "Et link i en håndbog følger med. Det er kun en advarsel, til siden udgives.",
        f"{_SAY_IT}",
    ),
    "L30": Code(
        "Godkendelse af en udgave, der ikke kan læses",
        "Sider og ark siger selv, om det, der står på dem, er godkendt, af hvem og hvilken dag.",
        'Skriv begge dele efter `"approved"` i udgavens fil, fx `{"by": "skolechefen", "day": "2026-12-01"}`, eller lad der stå `"ukendt"` begge steder.',
    ),
    "P40": Code(
        "Vej gennem et diagram, der er kommet, væk eller en anden",
        "Den, der følger svarene, møder nu noget andet end i den sidste udgave.",
        _SAY_IT,
    ),
    "P41": Code(
        "Svar eller pil, der fører et andet sted hen",
        "Også to svar, der har byttet plads, ser rigtige ud i diagrammet.",
        _SAY_IT,
    ),
    "P42": Code(
        "Felt, der er kommet, væk eller en anden",
        "Det gælder feltets ord, det krav, det er sporet til, og det, det fører til.",
        _SAY_IT,
    ),
    "P43": Code(
        "Krav, der er kommet, væk eller svækket",
        "Uden `every_path` må en vej gå uden om kravet, og uden `call` står der intet nummer.",
        _SAY_IT,
    ),
    "P44": Code(
        "Fase eller trin, der er en anden",
        "Overskrifter og fasernes rækkefølge står mange steder og i håndbøger.",
        _SAY_IT,
    ),
    "P45": Code(
        "Kontakt, der er kommet, væk eller en anden",
        "Et forkert ciffer ser rigtigt ud. Dagen i `confirmed` tæller ikke med.",
        _SAY_IT,
    ),
    "P46": Code(
        "Ord, der ikke bevogtes mere",
        "Kontrollen ser kun efter de ord, listerne i `procedure.yml` nævner.",
        _SAY_IT,
    ),
    "P47": Code(
        "Link eller spor, der er væk eller et andet",
        "Læseren finder ikke vejen, eller en instruks er væk fra siden.",
        "Skriv det, som det var. " + _SAY_IT,
    ),
    "P48": Code(
        "Supplement, der er kommet, væk eller ændret",
        "Fakta uden for proceduren er læst på en dag og har en kilde.",
        _SAY_IT,
    ),
}
