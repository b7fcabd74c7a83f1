"""What the site publishes: every address that a handbook may link to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from procedure.derive.addresses import site_address
from procedure.derive.anchors import anchors, edition_place
from procedure.derive.sheets import Sheet, sheets
from procedure.model import DEVELOPERS_FOLDER, Procedure, remembered
from procedure.source.flow import Flow
from procedure.source.ledger import Ledger, Version
from procedure.source.page import Page
from procedure.source.text import one_line
from procedure.words import Words

OFFLINE_COPY = "/procedure-offline.zip"
# The whole as BPMN 2.0: where no flow's can stand.
WHOLE_BPMN = "/procedure.bpmn"
# For other programs: the procedure and the form it is in, and what the site was built with.
DATA = "/procedure.json"
DATA_SCHEMA = "/procedure.schema.json"
PACKAGES = "/sbom.cdx.json"
# What all the files of a site are, and hold.
MANIFEST = "manifest.json"
# Names a folder as one that this program made, and so may replace.
MARK = ".made-by-procedure"
# The site's own look, under `docs/`, and what the page that leads on from a moved address needs of it.
LOOK = "assets/site.css"
OWN_FILES = (LOOK, "assets/mark.svg", "assets/redirect.css", "assets/redirect.js")
# Drawn once: the space that the names of procedures and their editions are made in.
_NAMES = UUID("1488b664-e1b2-412a-b67f-a322beba07e4")
# What the build reads and never publishes, under `docs/`.
KEPT_BACK = (
    "kilde.txt", "procedure.yml", "words.yml", "ledger.txt", "editions/", "links-rapport.json",
    DEVELOPERS_FOLDER.removeprefix("docs/"),
)  # fmt: skip


def is_left_out(procedure: Procedure, path: str) -> bool:
    """Return whether the generator publishes no file at this path: `exclude_docs` names it, or it is hidden."""
    inside = path.removeprefix("docs/")
    rows = (*left_out_rows(procedure), *KEPT_BACK)
    hidden = any(part.startswith(".") for part in inside.split("/"))
    return hidden or any(stands_for(row, inside) for row in rows)


def stands_for(row: str, inside: str) -> bool:
    """Return whether a row of `exclude_docs` names the file at a path inside `docs/`, or a folder (`name/`) that holds it."""
    return inside == row or (row.endswith("/") and inside.startswith(row))


@remembered
def left_out_rows(procedure: Procedure) -> Mapping[str, int]:
    """Return the rows of `exclude_docs`, each with its line in `mkdocs.yml`."""
    written = procedure.settings.get("exclude_docs")
    if written is None:
        return {}
    text = written.text()
    # A text of rows begins under its key.
    first = written.line + ("\n" in text)
    return {row.strip(): line for line, row in enumerate(text.split("\n"), start=first) if row.strip()}


def all_sheets_address(words: Words) -> str:
    """Return the address of all sheets in one PDF."""
    return f"/{words.text('files.every_sheet')}.pdf"


def trial_form_address(words: Words) -> str:
    """Return the address of the form to try a sheet with."""
    return f"/{words.text('folders.checklists')}/{words.text('files.trial')}.pdf"


def feed_address(words: Words) -> str:
    """Return the address of the editions as a feed."""
    return f"/{words.text('files.editions')}.xml"


def other_addresses(words: Words) -> dict[str, str]:
    """Return the addresses of what is for other systems than a browser, and for where there is no net, by their names."""
    return {
        "offline_copy": OFFLINE_COPY,
        "feed": feed_address(words),
        "data": DATA,
        "data_schema": DATA_SCHEMA,
        "whole_bpmn": WHOLE_BPMN,
        "packages": PACKAGES,
    }


def bpmn_address(flow: Flow) -> str:
    """Return the address of a flow as BPMN, from the site's root."""
    return f"/bpmn/{flow.id}.bpmn"


def sheet_address(sheet: Sheet) -> str:
    """Return the address of a sheet's PDF, from the site's root."""
    return f"{sheet.path.removeprefix('docs').removesuffix('.md')}.pdf"


@remembered
def pages_by_file(procedure: Procedure) -> Mapping[str, Page]:
    """Return every page by the file that the generator makes of it, from the built site's root."""
    return {f"{site_address(page.path).removeprefix('/')}index.html": page for page in procedure.pages.values()}


@remembered
def published_addresses(procedure: Procedure) -> frozenset[str]:
    """Return the addresses of all pages and of every place on them that has one, the short ones, and those of files."""
    words = procedure.words
    addresses = {
        all_sheets_address(words),
        trial_form_address(words),
        *other_addresses(words).values(),
        *(sheet_address(sheet) for sheet in sheets(procedure)),
        *(bpmn_address(flow) for flow in procedure.flows),
    }
    addresses.update(short_addresses(procedure))
    for page in procedure.pages.values():
        addresses.add(site_address(page.path))
        addresses.update(site_address(page.path, anchor) for anchor in _lasting(procedure, page))
    return frozenset(addresses)


def short_addresses(procedure: Procedure) -> dict[str, str]:
    """Return where each short address leads."""
    statement = procedure.roles.statement
    return (
        {f"/{procedure.words.text('files.statement')}/": site_address(statement)}
        if statement in procedure.pages
        else {}
    )


def _lasting(procedure: Procedure, page: Page) -> list[str]:
    """Return the ids on a page that the ledger guards.

    The numbered rows of the text versions follow the diagrams. The places of editions last as these do: in the ledger
    each edition would bring one that only the next one has.
    """
    others = {f"t-{flow.id}-{node_id}" for flow in procedure.flows for node_id in flow.nodes}
    others |= {edition_place(procedure.words, edition) for edition in procedure.editions}
    return [anchor for anchor, _ in anchors(procedure, page) if anchor not in others]


def published_files(procedure: Procedure) -> frozenset[str]:
    """Return the files that the site holds of `docs/`, from its root: the pages, and what stands beside them."""
    pages = {file_at(site_address(page.path)) for page in procedure.pages.values()}
    assets = {file.path.removeprefix("docs/") for file in procedure.assets if not is_left_out(procedure, file.path)}
    return frozenset(pages | assets)


def file_at(address: str) -> str:
    """Return the file at a lasting address, from the site's root."""
    inside = address.removeprefix("/")
    return f"{inside}index.html" if inside == "" or inside.endswith("/") else inside


def version_mark(words: Words, version: Version) -> str:
    """Return the version of a sheet as its QR code carries it (`udgave-2026-11-22-0f3a9c21`)."""
    return f"{words.text('places.edition')}-{version.day}-{version.fingerprint[:8]}"


def absolute_address(procedure: Procedure, address: str) -> str:
    """Return a site address in full, or nothing where the site's own is not set."""
    return f"{procedure.site.address}{address.removeprefix('/')}" if procedure.site.address else ""


def lasting_name(procedure: Procedure, *parts: str) -> str:
    """Return a name in the whole world, as a URN, of the procedure or of a part of it.

    It is made from the title of the source: it stays the same when the site gets an address, or another one.
    """
    return uuid5(_NAMES, "\n".join((procedure.contract.source, *parts))).urn


def updated_ledger(procedure: Procedure, today: date, change: str) -> Ledger:
    """Return the ledger with every address of today, and a new version of each sheet that has changed.

    `change` says what was changed, to whoever holds an older sheet; it becomes one line.
    """
    published = published_addresses(procedure)
    ledger = (procedure.ledger or Ledger({})).with_addresses(published)
    # A sheet with another address is the same version as long as the same stands on it.
    versions = {
        (ledger.destination(entry.address, published), entry.version.fingerprint): entry.version
        for entry in ledger.entries.values()
        if entry.version
    }
    for sheet in sheets(procedure):
        before = versions.get((sheet_address(sheet), sheet.fingerprint))
        if before:
            ledger = ledger.with_version(sheet_address(sheet), before)
        else:
            version = Version(
                today, sheet.fingerprint, one_line(change) or procedure.words.text("status.first_edition")
            )
            ledger = ledger.with_version(sheet_address(sheet), version)
    return ledger
