"""C: what a page says of itself, how old it is, and whether it can be read."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "C01": Code(
        "Overskrift uden id",
        "Id'et er den del af adressen, som håndbøger og andre sider linker til. Uden et laver siden selv et id af ordene, og det skifter, når ordene gør.",
        "Skriv et kort id efter overskriften: `## Trin {#trin}`.",
    ),
    "C02": Code(
        "Id med andre tegn end a–z, tal og bindestreg",
        "Sådan et id bliver lavet om på vejen gennem mail og håndbøger, og linket virker ikke.",
        "Skriv æ, ø og å som ae, oe og aa, og brug små bogstaver.",
    ),
    "C03": Code(
        "Noget, der ikke er en dato eller et antal måneder",
        "Så kan siden ikke sige, hvor gammel den er, og ingen får besked, når den skal læses igennem.",
        "Skriv dagen som `2026-11-22` og tiden mellem to gennemgange som `12 måneder`. Er en kontakt aldrig bekræftet, står der `ukendt`.",
    ),
    "C04": Code(
        "Dag i fremtiden",
        "En dag, hvor noget er skrevet, gennemgået, godkendt, bekræftet eller afprøvet, kan ikke ligge i fremtiden. Det er ofte et forkert årstal.",
        "Skriv den dag, det skete.",
    ),
    "C05": Code(
        "Supplement uden mærke, kilde eller dag",
        "Det, kommunens procedure ikke siger, skal kunne kendes fra den, og det skal kunne efterprøves.",
        "Giv blokken titlen »Tilføjet – afventer godkendelse«, og slut den med `Kilde: [navn](https://…). Læst 22. november 2026. Tilføjet 22. november 2026.`",
    ),
    "C06": Code(
        "Supplement inde i proceduren",
        "Mellem trin, i en tjekliste eller ved et diagram ville det blive læst som kommunens egne ord.",
        "Flyt blokken ned under trin, diagram og tjekliste, eller til siden Supplement, og før hen til den.",
    ),
    "C07": Code(
        "Ord, der ikke bruges her",
        "Ordet står under `banned_words` i `procedure.yml`, fordi det gør skade eller er forkert.",
        "Skriv det ord, der står i meldingen, i stedet.",
    ),
    "C08": Code(
        "Siden skal læses igennem",
        "Siden siger selv i `review_in`, hvor længe der må gå. Advarslen kommer 30 dage før. Er dagen forbi, siger siden det nederst til den, der læser den. Den kan stadig udgives.",
        "Læs siden igennem, ret den, og skriv dagen i `last_reviewed`.",
    ),
    "C09": Code(
        "Kontakt, som ingen har bekræftet",
        "Et forkert nummer opdages først, når nogen ringer i en sag. Det er kun en advarsel.",
        "Ring eller skriv til kontakten, og skriv dagen i `confirmed` i stedet for `ukendt`.",
    ),
    "C10": Code(
        "Kontakt, der skal bekræftes igen",
        "Navne og numre skifter, så en kontakt bekræftes hvert år. Advarslen kommer 30 dage før. Er året gået, siger siden det ved kontakten. Det er kun en advarsel.",
        "Ring eller skriv til kontakten, ret rækken, hvis den er ændret, og skriv dagen i `confirmed`.",
    ),
    "C11": Code(
        "Fil, der mangler eller ikke kan læses",
        "Filen er væk, tom, gemt i et andet tegnsæt end UTF-8 eller har et tegn, som ingen kan se. Resten af den er ikke kontrolleret.",
        "Hent filen igen, som den var, eller gem den som UTF-8. Et usynligt tegn er ofte kommet med fra en kopieret tekst: Skriv linjen igen.",
    ),
    "C12": Code(
        "Linje, der ikke kan læses",
        "Øverst på en side, i `procedure.yml` og i `mkdocs.yml` står der linjer som `felt: værdi`, skrevet på en bestemt måde (YAML). Kan én ikke læses, kendes de andre heller ikke. Rapporten `links-rapport.json` skrives af `make links` og aldrig i hånden.",
        "Se efter en indrykning med tabulator eller et forkert antal mellemrum, et kolon i en tekst uden anførselstegn, et anførselstegn uden det andet, eller en linje, der står to gange.",
    ),
    "C13": Code(
        "Overskrift på forkert niveau",
        "Den, der får siden læst op, går fra overskrift til overskrift. Springer et niveau over, ser det ud, som om noget mangler.",
        "Sidens titel står i `title` øverst. Begynd overskrifter med `##` og dem under dem med `###`.",
    ),
    "C14": Code(
        "Blok eller afsnit, der ikke er åbnet og lukket rigtigt",
        "Så slutter blokken et andet sted, end der er ment, og dens tegn kan stå som tekst på siden.",
        "Sæt `/// navn | Titel` og `///` på linjer for sig med en tom linje både før og efter. Til et `[start:navn]` hører ét `[end:navn]`.",
    ),
    "C15": Code(
        "Blok med accenter, der ikke er afsluttet",
        "Alt efter den bliver til kode: Resten af siden er væk for læseren.",
        "Afslut blokken med en linje, hvor der kun står de samme tre accenter, som den åbner med.",
    ),
    "C40": Code(
        "Fil, der er for stor",
        "En tekst på over en halv megabyte er næsten altid noget andet end en side, lagt det forkerte sted. Den er ikke læst.",
        "Del den i flere sider, eller tag det ud, der ikke hører til.",
    ),
    "C41": Code(
        "Indrykket for dybt",
        "Lister, citater og blokke inde i hinanden i så mange lag kan ingen læse, og det program, der laver siden, går i stå på dem. Ofte er en blok ikke lukket.",
        "Fjern indrykningerne, eller luk de blokke, der er åbne.",
    ),
    "C42": Code(
        "Afsnit, der er for langt",
        "Så meget tekst uden en tom linje kan det program, der laver siden, være flere minutter om.",
        "Del det i afsnit med tomme linjer imellem.",
    ),
    "C43": Code(
        "Mange parenteser, der ikke er lukket",
        "Det program, der laver siden, leder efter hver af dem til afsnittets slutning og kan være flere minutter om det.",
        "Luk parenteserne, eller slet dem.",
    ),
    "C44": Code(
        "Afsnit, der henter sig selv",
        "Et afsnit, der henter et andet, som igen henter det første, bliver aldrig færdigt. Siden ville mangle teksten, uden at nogen sagde det.",
        "Slet en af linjerne med `--8<--`, så teksten står ét sted.",
    ),
}
