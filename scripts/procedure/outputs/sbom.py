"""`sbom.cdx.json`: what the site was built with, as a bill of materials (CycloneDX 1.6).

It names the packages that `requirements.txt` locks, as they are installed, and the libraries that the theme's own
scripts are put together of. It says nothing that differs between two machines which build the same commit: neither
Python's version nor the system's, no time but the day of the newest edition, and no serial number, which is to be a new
one each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from importlib.resources import files
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License, LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from procedure.derive.published import PACKAGES, file_at, lasting_name
from procedure.model import Procedure

# The engine's own, and not that of the project that it builds.
_LOCK = Path(__file__).parents[3] / "requirements.txt"
_LOCKED = re.compile(r"([a-z0-9.-]+)==(\S+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Whom a package is there for; the project itself stands there too, with the file it says so in.
_FOR = re.compile(r"#(?: via|  ) ([a-z0-9.-]+)")
_PROJECT = "procedure"
_THEME = "mkdocs-material"
_MODULE = re.compile(r"\bnode_modules/((?:@[\w.-]+/)?[\w.-]+)/")
_FROM_LOCK = "Installed from one of the files with these hashes, as locked in requirements.txt."
# What a package says of its licence where it says nothing.
_UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class Locked:
    """A package of the lock: the SHA-256 of each file it may be installed from, and the names of what needs it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]


def read_lock(text: str) -> list[Locked]:
    """Return the packages of a lock as `make lock` writes it."""
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    starts = [(named, part) for part in parts if (named := _LOCKED.match(part))]
    return [Locked(n[1], n[2], tuple(_HASH.findall(part)), tuple(_FOR.findall(part))) for n, part in starts]


def write_sbom(procedure: Procedure, site_dir: Path) -> None:
    """Write the bill of materials of what builds this site now. Raises `OSError` where the lock cannot be read."""
    locked = read_lock(_LOCK.read_text(encoding="utf-8"))
    (site_dir / file_at(PACKAGES)).write_text(f"{_as_json(procedure, locked)}\n", encoding="utf-8", newline="\n")


def check_sbom(_: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield what is named in the bill of materials and not described there.

    What an editor writes comes into it in two names only: that its form is CycloneDX's is left to the tests, where the
    library's own validator may take its time.
    """
    try:
        bill = json.loads((site_dir / file_at(PACKAGES)).read_bytes())
    except ValueError:
        yield f"{file_at(PACKAGES)} kan ikke læses."
        return
    described = {part["bom-ref"] for part in (bill["metadata"]["component"], *bill["components"])}
    named = {ref for row in bill["dependencies"] for ref in (row["ref"], *row.get("dependsOn", ()))}
    yield from (f"{ref} er ikke beskrevet." for ref in sorted(named - described))


def _as_json(procedure: Procedure, locked: list[Locked]) -> str:
    edition = procedure.edition
    site = Component(
        name=procedure.site.name,
        type=ComponentType.APPLICATION,
        version=edition.name if edition else None,
        bom_ref=lasting_name(procedure),
    )
    built_with = {package.name: component for package in locked if (component := _component(package))}
    bom = Bom(components=built_with.values())
    bom.metadata.component = site
    bom.register_dependency(site)
    for package in locked:
        if package.name in built_with:
            for name in package.needed_by:
                if whose := site if name == _PROJECT else built_with.get(name):
                    bom.register_dependency(whose, [built_with[package.name]])
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    # The library gives each one a serial number and the time that it is: another one each time.
    del written["serialNumber"]
    del written["metadata"]["timestamp"]
    if edition:
        written["metadata"]["timestamp"] = datetime.combine(edition.day, time(), UTC).isoformat()
    return json.dumps(written, ensure_ascii=False, indent=1)


def _component(package: Locked) -> Component | None:
    """Return a package as it is installed, or None where it is not: then nothing was built with it."""
    try:
        said = metadata(package.name)
    except PackageNotFoundError:
        return None
    version = said["Version"]
    url = PackageURL("pypi", name=package.name, version=version)
    # A release has files for each kind of machine, and nobody can say afterwards which one it was: so the hashes are
    # those of where it comes from, and not of what is installed.
    is_locked = version == package.version
    release = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(url)),
        comment=_FROM_LOCK if is_locked else None,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=h) for h in package.hashes] if is_locked else (),
    )
    return Component(
        name=package.name,
        version=version,
        type=ComponentType.LIBRARY,
        purl=url,
        bom_ref=str(url),
        licenses=_licences(said),
        external_references=[release],
        components=_of_theme() if package.name == _THEME else (),
    )


def _licences(said: PackageMetadata) -> Iterator[License]:
    """Yield what a package's metadata says of its licence, in the newest of the three ways in which it does."""
    classified = [row.rpartition(" :: ")[2] for row in said.get_all("Classifier", []) if row.startswith("License ::")]
    written = [*said.get_all("License-Expression", []), *said.get_all("License", [])]
    # Some have the whole text of the licence there.
    named = [text for text in written if text not in ("", _UNKNOWN) and "\n" not in text]
    for text in named[:1] or classified:
        yield LicenseFactory().make_from_string(text, license_acknowledgement=LicenseAcknowledgement.DECLARED)


def _of_theme() -> Iterator[Component]:
    """Yield the libraries in the theme's scripts. Its source maps name them, but say nothing of their versions."""
    scripts = Path(str(files("material"))) / "templates/assets/javascripts"
    maps = [json.loads(file.read_bytes()) for file in scripts.rglob("*.js.map")]
    for name in sorted({found[1] for one in maps for source in one["sources"] if (found := _MODULE.search(source))}):
        group, _, bare = name.rpartition("/")
        url = PackageURL("npm", namespace=group or None, name=bare)
        yield Component(name=bare, group=group or None, type=ComponentType.LIBRARY, purl=url, bom_ref=str(url))
