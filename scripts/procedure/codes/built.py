"""S: the built site."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "S01": Code(
        "Link på den byggede side, der ikke fører til noget",
        "Læseren ville møde siden »Findes ikke«, eller et billede eller script ville mangle.",
        "Ret linket i den fil under `docs/` eller `overrides/`, som siden er lavet af.",
    ),
    "S02": Code(
        "Link på den byggede side til et sted, der ikke er der",
        "Læseren ville komme til toppen af siden og ikke til det, der er ment.",
        "Ret det, der står efter `#`, til et id på siden.",
    ),
    "S03": Code(
        "Id, der står to gange på den byggede side",
        "Et link fører kun til det første.",
        "Giv det ene et andet id.",
    ),
    "S04": Code(
        "Side, der er tom eller ikke har netop én titel",
        "Den, der får siden læst op, finder titlen først. Med ingen eller to ved de ikke, hvor de er.",
        "Skriv `title` øverst på siden, og begynd dens overskrifter med `##`.",
    ),
    "S05": Code(
        "Side uden egen titel i browseren",
        "Titlen står på fanen og i bogmærket; to ens kan ikke kendes fra hinanden.",
        "Skriv en `title` øverst på siden, som ingen anden side har.",
    ),
    "S06": Code(
        "Side, der ikke siger, at den er på dansk",
        "Så læses den op, som var den engelsk.",
        "Skriv `language: da` under `theme` i `mkdocs.yml`.",
    ),
    "S07": Code(
        "Noget, der hentes fra en fremmed server",
        "Den fremmede får at vide, hvem der læser om en sag og hvornår.",
        "Læg filen i `docs/assets/`, eller fjern det, der henter den.",
    ),
    "S08": Code(
        "MkDocs melder om noget",
        "Det program, der bygger siderne, har fundet noget, som kontrollen før det ikke fandt.",
        "Ret det, meldingen nævner; den er på engelsk. Ofte er det en linje i `mkdocs.yml`.",
    ),
    "S09": Code(
        "Tegn, der ikke kan trykkes",
        "Arkenes skrift har det ikke, så der ville stå en tom firkant på papiret.",
        "Skriv det med bogstaver.",
    ),
    "S10": Code(
        "Udgivet adresse, der ikke virker på den byggede side",
        "Kilden har stedet, men den færdige side har det ikke. En håndbog, der linker dertil, ville føre til ingenting.",
        "Se efter i `overrides/` og `mkdocs.yml`, hvad der udelader det. Står et id som tekst på siden, er det et fund for sig (S12).",
    ),
    "S11": Code(
        "Siden viser andre ord, end der er ment",
        "Noget, der er skrevet for at blive læst, kan ikke ses, eller det står et andet sted, fx en liste, der bliver til en lang linje.",
        "Ret linjen, som meldingen siger. Ofte mangler der en tom linje før en liste, eller også er der et tegn, som siden læser på sin egen måde.",
    ),
    "S12": Code(
        "Læserne ser tegn, der hører til skrivemåden",
        "Der ville stå fx `{ data-req=… }`, `///` eller `[x]` midt i teksten, og det, tegnene skulle gøre, sker ikke.",
        "Sæt `{ … }` på en linje for sig under punktet, `{#id}` sidst på overskriftens linje, og blokke og tabeller med tomme linjer omkring.",
    ),
    "S13": Code(
        "Siden har en anden form, end der er ment",
        "Et punkt, en overskrift, en tabel, et link eller et spor hænger et andet sted på siden end i kilden. Så kan et krav mangle sit nummer eller stå i en forkert liste.",
        "Ret linjen, som meldingen siger. Punkter under et punkt rykkes ind med fire mellemrum.",
    ),
    "S14": Code(
        "Side, der ikke kan sættes op",
        "Det, der gør Markdown til en side, går i stå, så siden kan ikke kontrolleres.",
        "Ret `markdown_extensions` i `mkdocs.yml`, eller fjern det usædvanlige på siden.",
    ),
    "S20": Code(
        "Diagram, der er for stort",
        "Så stort et diagram kan ingen overskue, og det kan ikke tegnes.",
        "Del det i flere faser, hver med sit diagram.",
    ),
}
