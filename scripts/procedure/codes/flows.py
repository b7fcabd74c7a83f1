"""F: the diagrams."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "F01": Code(
        "Linje, der ikke hører til i et diagram",
        "Et diagram skrives med nogle få slags linjer. Alt andet afvises, så tegningen, guiden og listen over veje siger det samme.",
        "Skriv linjen som i skemaet under Diagrammer på siden Rediger proceduren. Har en tekst parenteser eller andre tegn, der kan misforstås, sættes den i anførselstegn.",
    ),
    "F02": Code(
        "Spørgsmål med færre end to svar",
        "Den, der svarer noget andet, kan ikke komme videre.",
        "Tilføj en pil med det svar, der mangler, eller gør spørgsmålet til et trin.",
    ),
    "F03": Code(
        "Spørgsmål uden spørgsmålstegn",
        "Så ligner det en instruks.",
        "Skriv det som et spørgsmål, eller brug `[ ]`, hvis feltet er et trin.",
    ),
    "F04": Code(
        "Alle svar fører samme sted hen",
        "Så er svaret uden betydning, og læseren tror, at det har en.",
        "Ret pilene, eller gør spørgsmålet til et trin.",
    ),
    "F05": Code(
        "Pil fra et spørgsmål uden svar",
        "I guiden ville der mangle en knap.",
        "Skriv svaret på pilen: `haster -->|Ja| ring`.",
    ),
    "F06": Code(
        "Samme svar to gange",
        "Læseren kan ikke se, hvilken af de to veje der er ment.",
        "Ret det ene svar.",
    ),
    "F07": Code(
        "Felt, som ingen pil fører til",
        "Ingen læser kan nå det, og det, det står for, bliver ikke gjort.",
        "Tilføj en pil til feltet, eller slet det.",
    ),
    "F08": Code(
        "Trin, der ikke fører videre",
        "Læseren ender midt i proceduren.",
        "Tilføj en pil til det næste felt.",
    ),
    "F09": Code(
        "Slut-felt, der ikke fører nogen steder hen",
        "Læseren skal kunne gå videre til en fase eller til kontaktsiden. Kun den sidste fase og hele forløbet må slutte.",
        'Tilføj linjen `click slut "næste-fase.md"` eller `click slut "../kontakt.md"`.',
    ),
    "F10": Code(
        "Diagram, der går i ring",
        "Guiden ville aldrig blive færdig.",
        "Fjern den pil, der fører tilbage.",
    ),
    "F11": Code(
        "Start, som intet fører til",
        "Et diagram har én start. En til skal være målet for et slut-felt i en anden fase.",
        "Slet den, eller lad et slut-felt i en anden fase føre til den.",
    ),
    "F12": Code(
        "Diagram uden titel",
        "Den, der får siden læst op, får ikke at vide, hvad diagrammet er.",
        "Skriv `accTitle: …` under `flowchart TD`.",
    ),
    "F13": Code(
        "Diagram uden beskrivelse",
        "Den, der får siden læst op, får ikke at vide, hvad diagrammet handler om.",
        "Skriv `accDescr: …` under `flowchart TD`.",
    ),
    "F14": Code(
        "Felt med to tekster",
        "Kun den ene ville blive vist.",
        "Skriv teksten ét sted, og brug kun feltets navn de andre steder.",
    ),
    "F15": Code(
        "`click` til noget, der ikke findes",
        "Linket i diagrammet og i guiden ville være dødt, eller linjen nævner et felt, som diagrammet ikke har.",
        "Ret adressen eller feltets navn i linjen.",
    ),
    "F16": Code(
        "Navn uden felt",
        "En pil fører til et navn, der ingen tekst har. Det er ofte en stavefejl.",
        "Ret navnet, eller giv feltet en tekst: `notat[Lav et notat]`.",
    ),
    "F17": Code(
        "Flere veje eller et svar fra noget, der ikke er et spørgsmål",
        "Læseren får et valg uden at blive spurgt.",
        "Behold én pil uden svar, eller gør feltet til et spørgsmål: `haster{{Haster sagen?}}`.",
    ),
    "F18": Code(
        "Spor, der ikke kan læses",
        "Så vides det ikke, hvilket krav feltet står for.",
        "Skriv det som `%% krav felt: V1 V2` med navnet på et felt i diagrammet.",
    ),
    "F19": Code(
        "Felt uden spor",
        "Ingen kan se, hvilke af kommunens ord feltet står for, og om det overhovedet er med i proceduren.",
        "Tilføj linjen `%% krav felt: V8` med det krav, feltet står for. Fuldfører feltet kun et svar, skrives `%% svar felt: V8`. Står det ikke for noget krav, er det ikke proceduren: Slet det, eller tilføj kravet i `procedure.yml`.",
    ),
    "F20": Code(
        "Diagram, der ikke begynder med en start",
        "Guiden ved ikke, hvor den skal begynde.",
        "Begynd med et start-felt: `begynd([Fase 1: …]) --> …`.",
    ),
    "F21": Code(
        "Slut-felt, der fører et forkert sted hen",
        "Et slut-felt fører til en fase, til et felt i en anden fases diagram eller til kontaktsiden.",
        'Ret linjen, fx `click slut "næste-fase.md"` eller `click slut "../kontakt.md"`.',
    ),
    "F22": Code(
        "Felt, der er mærket som et svar uden at være det",
        "Et felt med `%% svar` siger kun svaret på spørgsmålet lige før det. Ellers er det en instruks, og den skal have et spor.",
        "Lad kun svar på spørgsmålet føre til feltet, eller skriv `%% krav` i stedet for `%% svar`.",
    ),
    "F23": Code(
        "Start eller slut, der ikke nævner sin fase ved navn",
        "Den, der følger diagrammet, skal kunne finde fasen igen i menuen og på papiret. Skifter en fase navn, skifter det også her.",
        "Skriv navnet, som meldingen viser det.",
    ),
    "F24": Code(
        "To svar med samme navn i adresser",
        "Et link til det ene svar ville føre til det andet.",
        "Giv det ene et andet navn: `%% navn haster: navn = Svaret`.",
    ),
    "F25": Code(
        "Navn på et svar, der ikke kan bruges",
        "Navnet er den del af adressen, som et link til svaret bærer.",
        "Skriv linjen som `%% navn felt: navn = Svaret på pilen`, med små bogstaver, tal og bindestreg i navnet.",
    ),
    "F26": Code(
        "Start midt i diagrammet",
        "Et felt med runde hjørner er en start eller et slut. Midt i diagrammet ville guiden tage det for fasens navn.",
        "Skriv det som et trin, `navn[Tekst]`, eller slet den pil, der ikke skal være der.",
    ),
    "F27": Code(
        "Felt, der ikke fører til sit trin",
        "Den, der vil læse mere om et felt, skal komme til det trin, det er sporet til. Det første felt til et trin fører altid dertil; de andre gør det alle eller ingen af dem.",
        'Skriv linjen, som meldingen viser den: `click felt "#trin"`.',
    ),
    "F28": Code(
        "Hele forløbet mangler en fase, eller et felt fører ikke til sin",
        "Den, der ser hele forløbet, skal kunne gå ind i hver fase.",
        'Tilføj linjen `click felt "faser/navn.md"`, eller tilføj fasen.',
    ),
    "F29": Code(
        "For mange veje gennem et diagram",
        "Over 200 veje kan ingen læse igennem og godkende.",
        "Stil færre spørgsmål efter hinanden, eller del fasen i to.",
    ),
}
