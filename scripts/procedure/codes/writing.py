"""C16–C24, C45: what is written so that it says something else than it looks like."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "C16": Code(
        "Punkt uden for det afsnit, som andre sider viser",
        "Punktet står på siden, men mangler på arket eller på de sider, der henter afsnittet.",
        "Flyt punktet ind mellem linjerne med `[start:…]` og `[end:…]`.",
    ),
    "C17": Code(
        "Blok med et navn eller en titel, som ikke kendes",
        "Læserne ville se stregerne, eller intet, i stedet for det, blokken skulle vise, eller det vigtigste under et andet navn.",
        "Ret navnet til et af dem på [Rediger proceduren](rediger.md#blokke), og skriv blokken yderst til venstre.",
    ),
    "C18": Code(
        "Spor, der ikke er skrevet helt",
        "Klammen ville stå som tekst på siden, og punktet ville ikke være sporet til noget.",
        'Skriv det på en linje for sig under punktet: `{ data-req="V1" }`.',
    ),
    "C19": Code(
        "Punkt med to spor",
        "Oftest er et punkts ord slettet, mens dets spor er blevet stående. Så mangler instruksen på siden.",
        'Skriv det punkt, der mangler, eller saml sporene i ét: `{ data-req="V1 V2" }`.',
    ),
    "C20": Code(
        "Spor uden ord",
        "Instruksen er væk, men dens spor er blevet stående.",
        "Skriv punktets ord på linjen over sporet, eller slet sporet.",
    ),
    "C21": Code(
        "Adresse, henvisning eller fodnote, der ikke bliver til et link",
        "Læseren ser adressen, men kan ikke følge den, eller ser tegnene for en note, som ikke er der.",
        "Skriv adressen som `[navn](https://…)` og noten i teksten.",
    ),
    "C22": Code(
        "Tegn, der ikke kan ses",
        "Et hårdt mellemrum eller et usynligt tegn skiller ord et andet sted, end det ser ud til. En overskrift kan miste sit id, og en søgning finder ikke ordet.",
        "Slet tegnet, og skriv et almindeligt mellemrum. Det er oftest kommet med fra en kopieret tekst.",
    ),
    "C23": Code(
        "Samme sætning to gange på en side",
        "Læseren tror, at der er to ting at gøre. Oftest er en linje kopieret og ikke rettet.",
        "Behold sætningen ét sted.",
    ),
    "C24": Code(
        "Ord, der hører til et andet krav end sporet",
        "Den, der godkender, ville få vist ordene ved siden af et forkert citat.",
        "Ret sporet til det krav, ordene hører til, eller byt de to punkters spor.",
    ),
    "C45": Code(
        "De samme ord to gange lige efter hinanden",
        "Læseren standser og tror, at der mangler noget imellem. Oftest er en linje eller et ord kopieret ved en fejl.",
        "Slet det ene sted.",
    ),
}
