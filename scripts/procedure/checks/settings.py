"""C34–C36: `mkdocs.yml` says what the engine and the theme need, and nothing that they do not know.

C34 a setting that is missing or says something else · C35 a setting that is not ours · C36 a file that the
settings or the theme name and that is not there. `known_settings` is the whole of what may be set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from procedure.checks.known_settings import (
    CHECKLISTS,
    EXTENSIONS,
    GUIDE,
    LANGUAGE,
    OVERVIEW,
    PLUGINS,
    SETTINGS,
    STYLES,
    Place,
    Setting,
    When,
)
from procedure.derive.addresses import site_address, source_path
from procedure.derive.published import KEPT_BACK, LOOK, left_out_rows, stands_for
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.fences import BOXES
from procedure.source.page import MarkKind
from procedure.source.yaml_reader import Value

_KNOWN = {setting.place: setting for setting in SETTINGS}
# Settings whose parts are rows with a hyphen.
_LISTS = frozenset({PLUGINS, EXTENSIONS, "features", STYLES, "types"})
_TYPES = (EXTENSIONS, "pymdownx.blocks.admonition", "types")
_TABLE_LINE = re.compile(r"\|?(:?-+:?\|)+(:?-+:?)?")
# A file that the theme names, or the address of a page.
_NAMED = re.compile(r"[\"'](assets/[\w./-]+|(?:[\w-]+/)+)[\"']")


class _Written(NamedTuple):
    text: str
    line: int


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check the settings, where they could be read, and what they and the theme name."""
    if CONFIG_PATH not in procedure.damaged:
        written = _flattened(procedure.settings)
        yield from _check_unknown(written)
        yield from _check_needed(procedure, written)
        yield from _check_left_out(procedure)
        yield from _check_menu(procedure)
        yield from _check_files(procedure, written)
    yield from _check_theme(procedure)


def _flattened(settings: Mapping[str, Value]) -> dict[Place, _Written]:
    """Return every setting by its place, rows of a list as parts of it; what has parts is there too, without a text."""
    found: dict[Place, _Written] = {}

    def add(place: Place, value: Value, line: int) -> None:
        if value.mapping():
            found.setdefault(place, _Written("", line))
            for key, part in value.mapping().items():
                add((*place, key), part, part.key_line)
        elif value.items() and value.tag == "seq":
            found.setdefault(place, _Written("", line))
            for part in value.items():
                if part.mapping():
                    add(place, part, part.line)
                else:
                    found[(*place, part.text())] = _Written("", part.line)
        else:
            found[place] = _Written(_text(value), line)

    for key, value in settings.items():
        add((key,), value, value.key_line)
    return found


def _text(value: Value) -> str:
    if value.data == {}:
        return "{}"
    text = f"[{', '.join(part.text() for part in value.items())}]" if isinstance(value.data, tuple) else value.text()
    return f"{value.tag} {text}" if value.tag.startswith("!") else text


def _is_free(place: Place) -> bool:
    """Return whether anything may stand under the place: it is known, and no part of it is."""
    return place in _KNOWN and not any(other[: len(place)] == place for other in _KNOWN if other != place)


def _check_unknown(written: Mapping[Place, _Written]) -> Iterator[Finding]:
    reported: set[Place] = set()
    for place in written:
        for size in range(1, len(place) + 1):
            part = place[:size]
            if _is_free(part) or part[0] == STYLES:
                break
            if not any(known[:size] == part for known in _KNOWN):
                if part not in reported:
                    yield _unknown(part, written)
                reported.add(part)
                break


def _unknown(place: Place, written: Mapping[Place, _Written]) -> Finding:
    lost = [s.place[-1] for s in _lost_beside(place, written)]
    message = f"»{'.'.join(place)}« hører ikke til i mkdocs.yml; den kan få siden til at hente eller køre noget andet."
    hint = f"Er det »{'« eller »'.join(lost)}«, så ret navnet. Ellers slet linjen." if lost else "Slet linjen."
    line = min(row.line for at, row in written.items() if at[: len(place)] == place)
    return Finding(CONFIG_PATH, line, "C35", message, hint)


def _lost_beside(place: Place, written: Mapping[Place, _Written]) -> list[Setting]:
    """Return what must always be there beside the place and is not: it may be a misspelt one of them."""
    beside = (
        s for s in SETTINGS if s.when is When.ALWAYS and len(s.place) == len(place) and s.place[:-1] == place[:-1]
    )
    return [setting for setting in beside if setting.place not in written]


def _check_needed(procedure: Procedure, written: Mapping[Place, _Written]) -> Iterator[Finding]:
    needed, own = _needed(procedure), _own_texts(procedure)
    strange = {place[:-1] for place in written if not any(known[: len(place)] == place for known in _KNOWN)}
    for setting in SETTINGS:
        place, parent = setting.place, setting.place[:-1]
        there = written.get(place)
        values = [own.get(value, value) for value in setting.values]
        if "" in values:
            continue  # the procedure has no such page
        if there is not None and values and there.text not in values:
            message = f"»{'.'.join(place)}« er »{there.text}«. {setting.why}"
            yield Finding(CONFIG_PATH, there.line, "C34", message, f"Skriv »{_line_for(setting, own)}«.")
        misspelt = setting.when is When.ALWAYS and parent in strange
        follows_from_parent = len(place) > 2 and parent not in written
        if there is None and setting.when in needed and not misspelt and not follows_from_parent:
            message = f"mkdocs.yml mangler »{'.'.join(place)}«. {setting.why}"
            where = f" under »{parent[-1]}«" if parent else ""
            yield Finding(
                CONFIG_PATH,
                _nearest_line(place, written),
                "C34",
                message,
                f"Tilføj linjen »{_line_for(setting, own)}«{where}.",
            )
    for name, path in _block_kinds(procedure).items():
        if _TYPES in written and (*_TYPES, name) not in written:
            message = f"»types« mangler »{name}«, så blokken i {path} står som tekst på siden."
            yield Finding(CONFIG_PATH, written[_TYPES].line, "C34", message, f"Tilføj »{name}« i listen »types«.")


def _own_texts(procedure: Procedure) -> dict[str, str]:
    """Return what each mark in the settings stands for; nothing for a page that the procedure does not have."""
    roles = procedure.roles
    pages = {GUIDE: roles.guide, OVERVIEW: roles.overview, CHECKLISTS: f"{procedure.checklists_folder}/index.md"}
    return {
        LANGUAGE: procedure.words.language,
        **{mark: site_address(path).removeprefix("/") for mark, path in pages.items()},
    }


def _needed(procedure: Procedure) -> frozenset[When]:
    pages = procedure.pages.values()
    needs = {
        When.ALWAYS: True,
        When.THEME: bool(procedure.theme),
        When.SITE: f"docs/{LOOK}" in procedure.files,
        When.TABLES: any(
            "|" in line and _TABLE_LINE.fullmatch("".join(line.split())) for page in pages for line in page.lines
        ),
        When.NOTES: any(mark.kind is MarkKind.NOTE for page in pages for mark in page.marks),
    }
    return frozenset(when for when, is_so in needs.items() if is_so)


def _block_kinds(procedure: Procedure) -> dict[str, str]:
    """Return the kinds of block of ours on the pages, each with a page that has one."""
    return {block.name: page.path for page in procedure.pages.values() for block in page.blocks if block.name in BOXES}


def _line_for(setting: Setting, own: Mapping[str, str]) -> str:
    """Return the line to write, with what must stand under it; `own` are the texts of the procedure's own."""
    name = setting.place[-1]
    parts = [s for s in SETTINGS if s.place[:-1] == setting.place and s.when is not When.NEVER and s.values]
    value = setting.values[0] if setting.values else ""
    if parts:
        value = f"{{{', '.join(f'{part.place[-1]}: {own.get(part.values[0], part.values[0])}' for part in parts)}}}"
    value = own.get(value, value)
    if len(setting.place) > 1 and setting.place[-2] in _LISTS:
        return f"- {name}: {value}" if value else f"- {name}"
    return f"{name}: {value or '…'}"


def _nearest_line(place: Place, written: Mapping[Place, _Written]) -> int:
    return next((written[place[:size]].line for size in range(len(place), 0, -1) if place[:size] in written), 1)


def _check_left_out(procedure: Procedure) -> Iterator[Finding]:
    setting, rows = procedure.settings.get("exclude_docs"), left_out_rows(procedure)
    line = setting.key_line if setting else 1
    for name in KEPT_BACK:
        if name not in rows and _is_there(procedure, name):
            message = f"»exclude_docs« mangler »{name}«, og så ville docs/{name} komme på nettet."
            yield Finding(CONFIG_PATH, line, "C34", message, f"Tilføj linjen »{name}« under »exclude_docs«.")
    for row, at in rows.items():
        if re.search(r"[*?\[!#\\]|^/", row):
            message = f"»{row}« under »exclude_docs« er et mønster, så ingen kan se, hvad der ikke udgives."
            yield Finding(CONFIG_PATH, at, "C35", message, "Skriv hver fil for sig, fra mappen docs/.")
        elif row not in KEPT_BACK and not _is_there(procedure, row):
            message = f"»{row}« under »exclude_docs« er hverken en fil eller en mappe i docs/."
            yield Finding(CONFIG_PATH, at, "C35", message, "Ret navnet, eller slet linjen.")


def _is_there(procedure: Procedure, row: str) -> bool:
    """Return whether a row of `exclude_docs` stands for a file of the project."""
    return any(stands_for(row, path.removeprefix("docs/")) for path in procedure.files)


def _check_menu(procedure: Procedure) -> Iterator[Finding]:
    """Check that no group holds a group: the menu would show its name, and lead nowhere."""
    menu = procedure.settings.get("nav")
    groups = [value for row in (menu.items() if menu else ()) for value in row.mapping().values()]
    for row in (row for group in groups for row in group.items()):
        for name, value in row.mapping().items():
            if value.items():
                message = f"»{name}« under »nav« er en gruppe inde i en gruppe, og dens sider kommer ikke med i menuen."
                hint = "Ryk dens sider ud til gruppen uden om den, og slet linjen."
                yield Finding(CONFIG_PATH, value.key_line, "C35", message, hint)


def _check_files(procedure: Procedure, written: Mapping[Place, _Written]) -> Iterator[Finding]:
    named = [(place[1], row.line) for place, row in written.items() if place[0] == STYLES and len(place) == 2]
    named += [
        (written[place].text, written[place].line)
        for place in (("theme", "favicon"), ("theme", "logo"))
        if place in written
    ]
    for value in _shortcuts(procedure):
        if source_path(procedure.files, value.text()) not in procedure.files | procedure.expected_pages:
            message = f"mkdocs.yml nævner »{value.text()}«, som ikke findes i docs/."
            yield Finding(CONFIG_PATH, value.line, "C36", message, "Ret adressen, eller slet linjen.")
    for name, line in named:
        if f"docs/{name}" not in procedure.files:
            message = f"mkdocs.yml nævner »{name}«, som ikke findes i docs/."
            yield Finding(CONFIG_PATH, line, "C36", message, "Ret navnet, eller læg filen dér.")

    folder = ("theme", "custom_dir")
    if folder in written and not procedure.theme:
        message = f"mkdocs.yml nævner mappen »{written[folder].text}«, som ikke findes eller er tom."
        yield Finding(CONFIG_PATH, written[folder].line, "C36", message, "Hent mappen igen, som den var.")


def _shortcuts(procedure: Procedure) -> Iterator[Value]:
    """Yield the addresses of the pages that the frame leads to."""
    extra = procedure.settings.get("extra")
    for name in ("shortcuts", "not_found"):
        group = extra.mapping().get(name) if extra else None
        yield from (row.mapping()["address"] for row in (group.items() if group else ()) if "address" in row.mapping())


def _check_theme(procedure: Procedure) -> Iterator[Finding]:
    for file in procedure.theme:
        for number, line in enumerate(file.content.decode("utf-8", "replace").split("\n"), start=1):
            for name in _NAMED.findall(line):
                path = source_path(procedure.files, name) if name.endswith("/") else f"docs/{name}"
                if path not in procedure.files | procedure.expected_pages:
                    message = f"Temaet nævner »{name}«, som ikke findes i docs/."
                    hint = "Ret navnet, slet linjen, eller læg filen dér, hvis den er forsvundet."
                    yield Finding(file.path, number, "C36", message, hint)
