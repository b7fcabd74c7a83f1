"""All that `mkdocs.yml` may say, and when it must."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from procedure.derive.published import LOOK

Place = tuple[str, ...]


class When(Enum):
    """When a setting must be there."""

    NEVER = auto()
    ALWAYS = auto()
    THEME = auto()
    SITE = auto()
    TABLES = auto()
    NOTES = auto()


class Setting(NamedTuple):
    """A setting that is known: its place, when it must be there, what it may say (anything, where empty), and why."""

    place: Place
    when: When
    values: tuple[str, ...] = ()
    why: str = ""


EXTENSIONS, PLUGINS, STYLES = "markdown_extensions", "plugins", "extra_css"
# What stands for a text of the procedure's own: the language of its words, and where its pages are.
LANGUAGE, GUIDE, OVERVIEW, CHECKLISTS = "{language}", "{guide}", "{overview}", "{checklists}"
_IN_BROWSER = "!ENV [DIAGRAMS_IN_BROWSER, false]"
_ONE_READING = "Uden den bliver siderne til noget andet end det, kontrollen har læst."
SETTINGS = (
    Setting(("site_name",), When.ALWAYS, why="Det er det navn, der står øverst på hver side."),
    Setting(("site_author",), When.SITE, why="Uden den står der ingen afsender på siderne."),
    Setting(("site_description",), When.SITE, why="Uden den har sider som »Findes ikke« ingen beskrivelse."),
    Setting(("site_url",), When.SITE, why="Uden den kender ark og QR-koder ikke sidens adresse."),
    Setting(("docs_dir",), When.NEVER, ("docs",), "Kontrollen læser mappen docs."),
    Setting(("site_dir",), When.NEVER, ("site",), "Siden bygges i mappen site."),
    Setting(("use_directory_urls",), When.NEVER, ("true",), "Ellers får alle sider andre adresser."),
    Setting(("strict",), When.ALWAYS, ("true",), "Ellers stopper MkDocs ikke ved en fejl."),
    Setting(("nav",), When.NEVER),
    Setting(("validation",), When.NEVER),
    Setting(("exclude_docs",), When.NEVER),
    Setting(("theme", "name"), When.ALWAYS, ("material",), "Siderne er lavet til det tema."),
    Setting(("theme", "language"), When.ALWAYS, (LANGUAGE,), "Ellers siger siderne, at de er på et andet sprog."),
    Setting(("theme", "font"), When.ALWAYS, ("false",), "Ellers henter siderne skrift fra en fremmed server."),
    Setting(("theme", "custom_dir"), When.THEME, ("overrides",), "Ellers bruges siderne i overrides/ ikke."),
    Setting(("theme", "favicon"), When.SITE, why="Ellers vises temaets mærke."),
    Setting(("theme", "logo"), When.SITE, why="Ellers vises temaets mærke."),
    Setting(("theme", "palette"), When.SITE, ("{}",), "Ellers læser temaet i browserens lager."),
    Setting(("theme", "features", "search.suggest"), When.NEVER),
    Setting(("theme", "features", "toc.follow"), When.NEVER),
    Setting((STYLES, LOOK), When.SITE, why="Det er sidernes udseende, også på papir."),
    Setting(("extra", "generator"), When.NEVER),
    Setting(("extra", "pages", "guide"), When.SITE, (GUIDE,), "Ellers får guiden ikke sit udseende."),
    Setting(("extra", "pages", "overview"), When.SITE, (OVERVIEW,), "Ellers får hele forløbet ikke sit udseende."),
    Setting(("extra", "pages", "checklists"), When.SITE, (CHECKLISTS,), "Ellers får arkene ikke deres udseende."),
    Setting(("extra", "words"), When.SITE, why="Det er det, rammen om siderne siger."),
    Setting(("extra", "shortcuts"), When.SITE, why="Det er linkene nederst på siderne."),
    Setting(("extra", "not_found"), When.SITE, why="Det er linkene på siden »Findes ikke«."),
    Setting((PLUGINS, "search"), When.SITE, why="Uden den kan læserne ikke søge."),
    Setting((PLUGINS, "search", "lang"), When.SITE, (LANGUAGE,), "Ellers søges der, som om ordene var på et andet sprog."),
    Setting((PLUGINS, "search", "separator"), When.NEVER),
    Setting((PLUGINS, "mermaid2"), When.SITE, why="Den tegner diagrammerne, hvis tegneren svigter."),
    Setting((PLUGINS, "mermaid2", "enabled"), When.SITE, (_IN_BROWSER,), "Ellers henter den Mermaid fra en fremmed server."),
    Setting((PLUGINS, "mermaid2", "arguments", "securityLevel"), When.NEVER, ("strict",), "Ellers kan et diagram køre noget."),
    Setting((PLUGINS, "mermaid2", "arguments", "theme"), When.NEVER),
    Setting((PLUGINS, "mermaid2", "arguments", "flowchart"), When.NEVER),
    Setting((EXTENSIONS, "attr_list"), When.ALWAYS, why="Uden den står { … } som tekst på siderne."),
    Setting((EXTENSIONS, "tables"), When.TABLES, why="Uden den står tabellernes streger som tekst."),
    Setting((EXTENSIONS, "toc"), When.SITE, why="Uden den har »På denne side« intet navn."),
    Setting((EXTENSIONS, "toc", "title"), When.SITE, why="Det er navnet på listen over sidens overskrifter."),
    Setting((EXTENSIONS, "toc", "toc_depth"), When.NEVER),
    Setting((EXTENSIONS, "pymdownx.superfences"), When.ALWAYS, why=_ONE_READING),
    Setting((EXTENSIONS, "pymdownx.blocks.admonition"), When.ALWAYS, why="Uden den står /// som tekst på siderne."),
    Setting((EXTENSIONS, "pymdownx.blocks.admonition", "types"), When.ALWAYS, why="Uden den står /// som tekst på siderne."),
    Setting((EXTENSIONS, "pymdownx.striphtml"), When.NOTES, why="Uden den bliver bemærkninger udgivet."),
    Setting((EXTENSIONS, "procedure.blocks"), When.ALWAYS, why="Uden den vises hverken diagrammer, kontakter, tjeklister eller afsnit fra andre sider."),
    Setting((EXTENSIONS, "procedure.blocks", "in_browser"), When.SITE, (_IN_BROWSER,), "Ellers kan DIAGRAMS=browser ikke bruges."),
)  # fmt: skip
