"""Reads `mkdocs.yml`: the site, the navigation and the settings."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from procedure.findings import Finding
from procedure.source.text import one_line, read_text
from procedure.source.yaml_reader import Value, read_yaml

CONFIG_PATH = "mkdocs.yml"
# The site's address: short enough for a QR code, and of letters that every reader of one takes.
_ADDRESS = re.compile(r"https://(?=.{1,200}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
# What mkdocs.yml may say of a value: any other tag has the generator run what stands after it.
_TAGS = frozenset({"!ENV"})


@dataclass(frozen=True)
class NavEntry:
    """One page in the navigation of `mkdocs.yml`; `path` is relative to the project root."""

    title: str
    path: str
    line: int


@dataclass(frozen=True)
class Site:
    """What `mkdocs.yml` says of the site. `address` ends with a slash, or is empty where it is not set."""

    name: str
    sender: str
    address: str


def read_site_address(root: Path) -> str:
    """Return where the project under `root` is published, or nothing where that is not said or cannot be read."""
    address = read_config(root)[0].address
    return address if _ADDRESS.fullmatch(address) else ""


def read_config(root: Path) -> tuple[Site, tuple[NavEntry, ...], Mapping[str, Value], list[Finding]]:
    """Return what `mkdocs.yml` says of the site, the navigation, all settings by their keys, and what is wrong with it.

    That is what cannot be read (C11, C12, C33) and an address that is not whole (L22).
    """
    source, findings = read_text(root, CONFIG_PATH)
    config, yaml_findings = read_yaml(source.text, CONFIG_PATH, tags=_TAGS)
    values = config.mapping()
    name, sender = (values[key].text() if key in values else "" for key in ("site_name", "site_author"))
    address = from_environment(values["site_url"]) if "site_url" in values else ""
    site = Site(name, sender, f"{address.rstrip('/')}/" if address else "")
    nav = values.get("nav")
    if address and not _ADDRESS.fullmatch(address):
        message = f"Sidens adresse »{one_line(address)}« er ikke en hel https-adresse, så links og QR-koder ville føre forkert."
        hint = "Sæt SITE_URL til adressen på siden, fx https://skoler.kommunen.dk/procedure/, eller lad den være tom, til siden skal ud."
        findings = [*findings, Finding(CONFIG_PATH, values["site_url"].key_line, "L22", message, hint)]
    return site, tuple(_nav_entries(nav, "")) if nav else (), values, findings + yaml_findings


def from_environment(value: Value) -> str:
    """Return a setting written plainly, or as `!ENV NAME` or `!ENV [NAME, …, default]`; a name that says nothing is none."""
    if value.tag != "!ENV":
        return value.text()
    parts = [part.text() for part in value.items()] or [value.text()]
    *names, default = parts if len(parts) > 1 else [*parts, ""]
    return next(filter(None, map(os.environ.get, names)), default)


def _nav_entries(value: Value, title: str) -> list[NavEntry]:
    if isinstance(value.data, str):
        return [NavEntry(title, f"docs/{value.data}", value.line)]
    if isinstance(value.data, tuple):
        return [entry for part in value.data for entry in _nav_entries(part, title)]
    return [entry for key, part in value.data.items() for entry in _nav_entries(part, key)]
