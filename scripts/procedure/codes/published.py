"""C25–C39 and S15–S19: only what is meant is published, as text, and nothing that readers' browsers run or fetch."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "C25": Code(
        "Fil i docs/, der ikke er ment til at komme på nettet",
        "Alt, hvad der ligger i `docs/`, kommer på nettet, også en sagsakt, en kopi, som et program har efterladt, og et billede, som ingen side viser.",
        "Flyt filen ud af `docs/`, eller slet den. Er det et billede, som læserne skal se, så vis det på en side: `![tekst](…)`.",
    ),
    "C26": Code(
        "Billede, der er for stort, er noget andet, end navnet siger, eller kan køre noget",
        "Et stort billede koster læserne ventetid. Er filen noget andet, end den giver sig ud for, ved ingen, hvad den gør hos læseren.",
        "Gem billedet igen, mindre og som den type, endelsen siger. En tegning (SVG) må kun være tegning: ingen programmer og intet, der hentes andre steder.",
    ),
    "C27": Code(
        "Billede, der fortæller, hvor det er taget",
        "En telefon skriver stedet (GPS) ind i billedet. Så kan enhver se, hvor det er taget, og måske hvis det er.",
        "Gem billedet uden oplysninger om sted, fx ved at tage et skærmbillede af det.",
    ),
    "C28": Code(
        "Genvej eller andet, der ikke er en almindelig fil",
        "En genvej (symlink) kan føre ud af mappen, og så bliver det, der ligger dér, udgivet.",
        "Læg selve filen her i stedet, eller slet den.",
    ),
    "C29": Code(
        "HTML i teksten",
        "Det, der står mellem `<` og `>`, bliver til HTML: Det vises ikke som tekst, og det kan køre noget hos læseren.",
        "Skriv det med Markdown. Er det tekst, der skal ses, så sæt den mellem to accenter.",
    ),
    "C30": Code(
        "Noget i klammer, som ikke hører til dér",
        "I klammer står et punkts eller en overskrifts id og krav, og det ses ikke. Andet kan køre noget hos læseren eller ændre siden, og ord i klammer forsvinder nogle steder.",
        'Skriv kun `#id`, `.done-by` og `data-req="…"` i klammer. Er det tekst, så skriv den i parentes.',
    ),
    "C31": Code(
        "Noget under en bloks første linje, som ikke hører til dér",
        "Det kan få blokken til at køre noget hos læseren.",
        "Slet linjen. Under en bloks første linje kan kun stå `attrs: {id: navn}`.",
    ),
    "C32": Code(
        "HTML i sidens titel",
        "Titlen vises også i søgningen, og den læser den som HTML. Så kan den køre noget hos læseren.",
        "Skriv titlen med ord, uden `<` og `&…;`.",
    ),
    "C33": Code(
        "Mærke, der får noget til at køre",
        "Et mærke som `!!python/…` før en værdi får programmet, der bygger siden, til at køre det, der står efter det.",
        "Slet mærket, og skriv værdien, som den er.",
    ),
    "C34": Code(
        "Noget, siden skal bruge, mangler i mkdocs.yml",
        "Det, kontrollen har læst, og det, der bliver bygget, er kun det samme, når `mkdocs.yml` siger det, den skal.",
        "Tilføj den linje, meldingen nævner, eller ret den til det, der står dér.",
    ),
    "C35": Code(
        "Noget i mkdocs.yml, som siden ikke kender",
        "En indstilling, et tillæg eller et program, der ikke hører til, kan få siden til at hente noget fra fremmede eller huske noget om læseren, fx `extra.analytics`.",
        "Slet linjen. Er det et navn, der er stavet forkert, så ret det.",
    ),
    "C36": Code(
        "Fil, som temaet eller mkdocs.yml nævner, og som ikke findes",
        "Så mangler et link, et billede eller sidens udseende, uden at nogen har bedt om det.",
        "Ret navnet, eller læg filen dér. Er en side slettet med vilje, så slet også linjen i `overrides/`, der nævner den.",
    ),
    "C37": Code(
        "Huskeseddel, som læserne kan se",
        "Der står `TODO`, `???` eller lignende i det, læserne ser. Det er kun en advarsel.",
        "Skriv det, der skal stå, eller skriv sedlen som en bemærkning, der ikke udgives: `<!-- bemærkning: … -->`.",
    ),
    "C38": Code(
        "Kommentar, der ikke er en bemærkning",
        "Kun en bemærkning, der er skrevet rigtigt, bliver taget ud, før siden udgives. Andre kommentarer kan læserne få at se.",
        "Skriv den på linjer for sig, med `bemærkning:` først: `<!-- bemærkning: … -->`.",
    ),
    "C39": Code(
        "Felt, der ikke læses som den tekst eller dag, der står",
        "Ord som `yes`, `no` og `on`, tal og klokkeslæt læses som noget andet end tekst, så siden ville vise fx »True« eller ingenting.",
        'Sæt teksten i anførselstegn: `title: "Yes"`. En dag skrives uden.',
    ),
    "S15": Code(
        "Fil i det byggede, som ingen har bedt om",
        "Den byggede mappe skal være sider, ark, temaet og det, siderne viser, og intet andet.",
        "Flyt filen ud af `docs/`, eller vis den på en side.",
    ),
    "S16": Code(
        "Noget på den byggede side, der kan køre, sende noget eller vise en anden side",
        "Læserens browser må kun køre sidens egne filer i `docs/assets/` og temaets.",
        "Ret det sted, meldingen nævner. Står det i sidens ramme, så ret det i `overrides/`.",
    ),
    "S17": Code(
        "Kommentar i det, der udgives",
        "Ingen ser den på siden, men enhver kan læse den i sidens kilde.",
        "Skriv den som en bemærkning på linjer for sig: `<!-- bemærkning: … -->`, eller slet den.",
    ),
    "S18": Code(
        "Det, en browser må hente og køre, er ikke det, siden bruger",
        "Hver side siger øverst, hvad en browser må hente og køre for den (Content Security Policy). Er det for lidt, virker siden ikke; er det for meget, kan fremmed kode køre.",
        'Bygningen skriver det selv. Se efter i `overrides/`, om der står en anden `Content-Security-Policy`, eller om `<meta charset="utf-8">` mangler.',
    ),
}
