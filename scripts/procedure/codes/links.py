"""L: the links, and the addresses that last."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "L01": Code(
        "Link til en side, der ikke findes",
        "Læseren ville møde siden »Findes ikke«.",
        "Ret adressen. Inden for siden skrives den fra den mappe, filen står i, og ender på `.md`; et link ud begynder med `https://`, en mailadresse med `mailto:`.",
    ),
    "L02": Code(
        "Link til et sted, der ikke findes på siden",
        "Læseren ville komme til toppen af siden og ikke til det, der er ment.",
        "Ret det, der står efter `#`, til id'et i den overskrift, der menes.",
    ),
    "L03": Code(
        "Billede, der ikke findes",
        "Der ville være et hul på siden.",
        "Ret adressen, eller læg billedet dér.",
    ),
    "L04": Code(
        "Link i HTML til noget, der ikke findes",
        "Links i HTML ser byggeriet ikke; de ville være døde, uden at nogen sagde det.",
        "Skriv linket i Markdown: `[tekst](../mappe/fil.md)`.",
    ),
    "L05": Code(
        "Link uden tekst eller adresse",
        "Et link uden tekst kan ingen se eller høre; et uden adresse fører ingen steder hen.",
        "Skriv det som `[tekst](side.md)`.",
    ),
    "L06": Code(
        "Billede uden tekst",
        "Den, der ikke kan se billedet, får ikke at vide, hvad det viser.",
        "Skriv, hvad det viser: `![Kort over skolen](kort.svg)`.",
    ),
    "L07": Code(
        "Henvisning uden mål",
        "Linket ville stå som tekst med kantede parenteser.",
        "Skriv adressen i linket: `[tekst](side.md)`.",
    ),
    "L08": Code(
        "Mailadresse, der ikke er en",
        "Den, der trykker, ville skrive til ingen.",
        "Skriv den som `mailto:navn@kommunen.dk`.",
    ),
    "L09": Code(
        "Telefonnummer, der ikke er et",
        "Den, der trykker, ville ringe til ingen.",
        "Skriv det som `tel:` med landets kode og tallene, uden mellemrum.",
    ),
    "L10": Code(
        "Link, der ikke er krypteret (http)",
        "Andre på nettet kan se og ændre det, læseren henter.",
        "Skriv `https` i stedet for `http`.",
    ),
    "L11": Code(
        "Adresse, der ikke er hel",
        "Den har et mellemrum, mangler noget eller er en pladsholder.",
        "Skriv den, som den står i browserens adresselinje.",
    ),
    "L12": Code(
        "Adresse, der ikke kan være et link her",
        "Den begynder med en skråstreg eller med noget, som siden ikke bruger.",
        "Skriv et link inden for siden som `../mappe/fil.md` og et link ud som `https://…`.",
    ),
    "L13": Code(
        "Store og små bogstaver er ikke filens",
        "På din egen maskine virker linket måske; på serveren gør det ikke.",
        "Skriv filens navn, som det er.",
    ),
    "L14": Code(
        "Link, der ikke virker, hvor afsnittet vises",
        "Afsnittet vises også på andre sider, i andre mapper. Linket skal virke begge steder.",
        "Skriv det som `../mappe/fil.md`, også til en side i samme mappe.",
    ),
    "L15": Code(
        "Id, der står to gange på siden",
        "Et link fører kun til det første.",
        "Giv det ene et andet id.",
    ),
    "L16": Code(
        "Tekst, der hentes fra noget, der ikke findes",
        "Linjen med `--8<--` viser et afsnit fra en anden side. Er det der ikke, mangler teksten.",
        "Ret filens eller afsnittets navn.",
    ),
    "L17": Code(
        "Udgivet adresse, der er forsvundet",
        "Nogen har linket til den i en håndbog, en mail eller på et ark. Den skal føre et sted hen i årevis.",
        "Kør den kommando, kontrollen viser: `--renamed`, når et navn er lavet om (alt, der følger af det, kommer med), `--moved`, når stedet har en anden adresse, `--retired`, når det er væk. Er det slettet ved en fejl, så skriv det igen.",
    ),
    "L18": Code(
        "Flyttet adresse, der ikke fører til noget",
        "Pilen i `docs/ledger.txt` peger på noget, der ikke findes, på sig selv eller fra en PDF til en side.",
        "Kør den kommando, kontrollen viser, med en adresse, der findes.",
    ),
    "L19": Code(
        "Linje i `docs/ledger.txt`, der ikke kan læses",
        "Så er adressen ikke bevogtet.",
        "Skriv den som `/gammel/adresse/ -> /ny/adresse/` på dens plads i alfabetet, og lad de andre linjer stå.",
    ),
    "L20": Code(
        "Flyttet adresse, der findes selv",
        "Filen siger, at adressen fører et andet sted hen, men der er en side på den.",
        "Giv et nyt sted et andet id, for gamle links mener det gamle. Er det gamle sted her igen, så slet pilen og det, der står efter den.",
    ),
    "L21": Code(
        "Intet er udgivet endnu",
        "Uden `docs/ledger.txt` bevogtes ingen adresse. Det er kun en advarsel.",
        "Kør `make publish`, når siden skal ud. Har den været udgivet, så hent filen igen, som den var.",
    ),
    "L22": Code(
        "Sidens adresse er ikke hel",
        "Den står på arkene og i deres QR-koder.",
        "Sæt `SITE_URL` til hele adressen, fx `https://skoler.kommunen.dk/procedure/`, eller lad den være tom, til siden skal ud.",
    ),
    "L23": Code(
        "Adresse, der ikke kan vare",
        "Filens navn eller et id har tegn, som ikke holder i en håndbog.",
        "Brug små bogstaver fra a til z, tal og bindestreg.",
    ),
    "L24": Code(
        "Link, der viser én adresse og fører til en anden",
        "Læseren skriver det af, der står.",
        "Skriv den adresse, linket fører til, eller skriv, hvad der er på siden.",
    ),
    "L30": Code(
        "Link med en anden sides navn",
        "Læseren vælger en side og får en anden.",
        "Ret adressen til den side, linket nævner, eller skriv navnet på den, det fører til.",
    ),
}
