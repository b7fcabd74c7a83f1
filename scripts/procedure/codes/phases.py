"""P: what the procedure must contain, page by page, and the contract that says so."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "P01": Code(
        "Fase uden side",
        "Fasen står i `procedure.yml`, men ingen kan læse den.",
        "Opret siden, eller ret filens navn til det, meldingen nævner.",
    ),
    "P02": Code(
        "Side i `docs/faser/` uden fase",
        "Filens navn er fasens id i `procedure.yml`, og det er de ikke enige om.",
        "Er fasens side omdøbt ved en fejl, så giv filen sit navn igen. Skal fasen have et nyt id, så ret også id'et i `procedure.yml`. Er fasen ny, så tilføj den dér.",
    ),
    "P03": Code(
        "Fasens nummer eller titel, eller et trins, er ikke den samme to steder",
        "Læseren finder fasen ved nummer og navn i menuen, på siden og på papiret, og trinnet ved kommunens navn.",
        "Ret nummeret eller titlen det ene sted, som meldingen viser.",
    ),
    "P04": Code(
        "Id, der står to gange i `procedure.yml`",
        "Så vides det ikke, hvilken af de to et spor fører til.",
        "Giv det nye sit eget id. Et id, der har været brugt, bruges ikke igen.",
    ),
    "P05": Code(
        "Trin, der mangler på fasens side",
        "Dets krav ville ingen læse.",
        "Tilføj overskriften og trinnets punkter.",
    ),
    "P06": Code(
        "Trin i forkert rækkefølge",
        "Rækkefølgen er kommunens.",
        "Sæt trinnene i samme rækkefølge som i `procedure.yml`.",
    ),
    "P07": Code(
        "Overskrift blandt trinnene, der ikke er et trin",
        "Det ligner noget, kommunen har sagt.",
        "Ret overskriftens id til et af fasens trin, eller tilføj trinnet i `procedure.yml`.",
    ),
    "P08": Code(
        "Afsnit, der mangler på fasens side",
        "Alle faser har trin, diagram og det næste, med samme overskrifter og id'er.",
        "Tilføj overskriften, som meldingen viser den, og afsnittet.",
    ),
    "P09": Code(
        "Tjekliste, der mangler",
        "Hver fase har sin, og der er én til den, der lige har fået noget at vide.",
        "Opret filen, eller ret dens navn.",
    ),
    "P10": Code(
        "Tjekliste uden fase",
        "Filens navn er fasens id.",
        "Ret filens navn til et af dem, meldingen nævner.",
    ),
    "P11": Code(
        "Siden fører ikke til sin tjekliste, eller arket kan ikke laves",
        "Blokken `phase` på fasens side viser vej til guiden og tjeklisten; mærkerne `[start:tjekliste]` og `[end:tjekliste]` siger, hvad der kommer på arket.",
        "Skriv blokken én gang på fasens egen side, med fasens id i, og mærkerne om listen.",
    ),
    "P12": Code(
        "Diagram, der mangler",
        "Guiden, teksten under diagrammet og listen over veje laves af det.",
        "Tilføj en blok, der begynder med ```` ```mermaid ````.",
    ),
    "P13": Code(
        "Diagram, hvor der ikke kan stå et",
        "Kun faserne og hele forløbet har ét hver; guiden ville ikke vide, hvilket den skal følge.",
        "Slet det, eller flyt det.",
    ),
    "P15": Code(
        "Kontakter, der mangler",
        "Den, der er i tvivl, skal altid kunne finde en at ringe til.",
        "Skriv mindst én kontakt med nummer i `procedure.yml`, og vis dem på kontaktsiden med blokken `contacts`.",
    ),
    "P16": Code(
        "Side uden link til kontaktsiden",
        "Den, der er i tvivl midt i en fase, skal kunne finde en at ringe til.",
        "Tilføj et link til `../kontakt.md`.",
    ),
    "P17": Code(
        "Vejen til næste fase er en anden end i `procedure.yml`",
        "Fasens side og dens diagram fører til de faser, der står under `next`, og til ingen andre.",
        "Tilføj linket eller slut-feltet, eller ret `next`.",
    ),
    "P18": Code(
        "Næste fase, der ikke findes",
        "`next` nævner et id, som ingen fase har. Det er ofte en stavefejl.",
        "Skriv et af de id'er, meldingen nævner.",
    ),
    "P19": Code(
        "Felt, der mangler øverst på siden",
        "Titel, beskrivelse, ansvarlig og dag vises på siden.",
        "Skriv hvert felt på sin linje mellem to linjer med `---` øverst på siden.",
    ),
    "P20": Code(
        "Felt øverst på siden, der ikke kendes",
        "Det ville blive sprunget over, uden at nogen så det. Ofte er det en stavefejl.",
        "Ret feltets navn, eller slet linjen.",
    ),
    "P21": Code(
        "Krav, der ikke er dækket",
        "Kravet står i kilden og i `procedure.yml`, men ingen linje på siden er sporet til det. Enten mangler instruksen, eller også mangler dens spor.",
        'Skriv det som et punkt under sit trin, med sporet på linjen under: `{ data-req="V9" }`. Står punktet der, så se efter, om linjen er skrevet helt sådan.',
    ),
    "P22": Code(
        "Krav, der ikke står på fasens tjekliste",
        "Den, der følger papiret, ville ikke gøre det.",
        "Skriv det som et punkt på tjeklisten med sit spor; flere krav kan dele et punkt.",
    ),
    "P23": Code(
        "Id, der ikke er det, det bruges som",
        "Et spor, `call`, `after` eller `addresses` nævner noget, der ikke findes eller er af en anden slags. En kontakt med navn og nummer er ikke ord, der kan siges.",
        "Ret id'et. Kravenes id'er står på siden Procedurens ord ved siden af sidens ord; kontakternes i `procedure.yml`. Er kravet eller kontakten gået ud, så slet det, der nævner det.",
    ),
    "P24": Code(
        "Krav i en forkert fase eller et forkert trin",
        "Læseren gør det på et forkert tidspunkt.",
        "Ret id'et, eller flyt punktet til den fase og det trin, kravet hører til.",
    ),
    "P25": Code(
        "Vej gennem diagrammet uden om et krav",
        "`every_path: true` siger, at kravet gælder alle sager. Den, der svarer, som meldingen viser, ville ikke møde det.",
        "Lad vejen gå gennem et felt, der er sporet til kravet.",
    ),
    "P26": Code(
        "Tom tjekliste",
        "Arket ville være tomt.",
        "Skriv punkter, der begynder med `- [ ]`.",
    ),
    "P27": Code(
        "Tjekliste med for mange punkter",
        "Ti punkter og flere kan ingen holde rede på, og arket kan ikke læses.",
        "Lad to krav, der hører sammen, dele et punkt.",
    ),
    "P28": Code(
        "Side, der ikke er i menuen",
        "Ingen kan finde den.",
        "Tilføj den under `nav` i `mkdocs.yml`.",
    ),
    "P29": Code(
        "Linje i menuen til en side, der ikke findes eller står der i forvejen",
        "Læseren ville møde en død linje eller den samme to gange.",
        "Ret linjen under `nav` i `mkdocs.yml`, eller slet den.",
    ),
    "P30": Code(
        "Felt i `procedure.yml` eller `words.yml`, der er forkert skrevet",
        "Det mangler, kendes ikke, er tomt eller er af en anden slags, end det skal være.",
        "Skriv det som de andre samme sted. Meldingen siger, hvad der ventes.",
    ),
    "P31": Code(
        "Punkt uden spor",
        "Mellem trin og på en tjekliste er alt kommunens. Et punkt uden spor er enten et nyt krav, som ingen har besluttet, eller et, der har mistet sit spor.",
        'Skriv en linje som `{ data-req="V1" }` under punktet, med mellemrum foran, så den står under teksten. Det, kilden ikke siger, kan stå på siden Supplement.',
    ),
    "P32": Code(
        "Ark, der er ændret, siden det blev udgivet",
        "Der hænger et gammelt ark et sted. Den, der scanner det, skal kunne se, at der er et nyt.",
        'Det er kun en advarsel, til siden udgives: `make publish CHANGE="det, der er ændret, på én linje"`.',
    ),
    "P33": Code(
        "Ark, der fylder mere end én side",
        "Side to bliver væk.",
        "Forkort de punkter, meldingen nævner, uden at ændre, hvad de siger.",
    ),
    "P34": Code(
        "Blokken `sheet` mangler eller står forkert",
        "Den giver tjeklisten sine knapper, sin udgave og det, der kun står på papir.",
        "Skriv blokken én gang øverst på tjeklistens egen side, med dens navn i.",
    ),
    "P35": Code(
        "Noget på tjeklisten, der ikke kommer med på arket",
        "Papiret ville sige mindre end skærmen. På et ark står kun punkter og blokkene `danger` og `supplement`.",
        "Skriv det som et punkt, der begynder med `- [ ]`, eller flyt det ud af afsnittet.",
    ),
    "P36": Code(
        "Krav, der siger, at nogen skal kontaktes, uden at sige hvis nummer der skal stå",
        "Nummeret skal stå lige dér, hvor det bruges.",
        "Skriv `call: [K2]` under kravet, eller `call: []`, når kilden intet nummer har.",
    ),
    "P37": Code(
        "Tilføjet nummer uden kilde",
        "Et nummer, der ikke er kommunens, skal stå på siden Supplement med sin kilde, så det kan efterprøves.",
        "Skriv det på siden Supplement, eller ret rækken i `procedure.yml`.",
    ),
    "P38": Code(
        "Tekst, der er afbrudt af en havelåge midt i linjen",
        "Øverst på en side og i `procedure.yml` er alt efter et mellemrum og `#` en bemærkning. Resten af teksten ville mangle.",
        "Sæt hele teksten i anførselstegn, eller skriv bemærkningen på en linje for sig.",
    ),
}
