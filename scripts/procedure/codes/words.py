"""O: the words, from the source to every place that says them."""

from __future__ import annotations

from procedure.codes.code import Code

ROWS = {
    "O01": Code(
        "Citat, der ikke er kildens ord",
        "Titel, overskrifter og citater i `procedure.yml` er tilsammen `docs/kilde.txt`, ord for ord, også dens slåfejl. Ellers holdes siden op mod noget, kommunen ikke har skrevet.",
        "Skriv kildens egne ord i citatet. Er det kilden, der er skrevet om, så ret begge filer. Det, der ikke er procedure, står under `left_out` med en grund.",
    ),
    "O02": Code(
        "Sidens ord er ikke citatets",
        "Under trinnet siger siden kravet med citatets ord. Det, der er anderledes, skal den kunne se, der godkender.",
        "Skriv kildens ord, eller skriv forskellen under `differs` ved kravet. Meldingen har linjen, som den skal stå.",
    ),
    "O03": Code(
        "Forskel, der ikke kan vises eller mangler sin grund",
        "Ordene før pilen skal stå ét sted i citatet, og en forskel, der rører et ord, som proceduren hviler på (skal, bør, aldrig, straks …), skal have en grund.",
        "Ret ordene før pilen, eller skriv forskellen med sin grund, som meldingen viser.",
    ),
    "O04": Code(
        "Felt eller punkt, der ikke siger sidens ord",
        "Felter i diagrammer, punkter på tjeklister og forsiden siger det samme som trinnet, ord for ord. Ellers får to lærere to forskellige instrukser.",
        "Skriv ordene, som de står på fasens side, eller ret dem dér, og så alle steder.",
    ),
    "O05": Code(
        "Ordene til et krav står to gange under trinnet",
        "Sidens ord står ét sted; ellers kan de to komme til at sige hver sit.",
        "Behold det ene sted, og slet det andet.",
    ),
}
