"""The page of what has changed: every edition, and thing by thing what was added, gone or reworded in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.differing import add_change
from procedure.blocks.markup import add, after
from procedure.derive.addresses import href, source_path
from procedure.derive.anchors import edition_place
from procedure.derive.history import Renewed, history
from procedure.derive.published import published_addresses
from procedure.model import Procedure
from procedure.phrases import approval_state, edition_name


def edition_list(procedure: Procedure, folder: str) -> Element:
    """Return every edition, the newest first, for a page in `folder`."""
    element, words = Element("div", {"class": "editions"}), procedure.words
    for edition, renewed in history(procedure):
        place = edition_place(words, edition)
        add(element, "h2", edition_name(words, edition), id_=place)
        add(element, "p", f"{edition.change.removesuffix('.')}.", class_="edition-change")
        # An older one is no longer waited for.
        if edition.approval or edition is procedure.edition:
            add(element, "p", f"{approval_state(words, edition.approval, edition.day)}.")
        if renewed:
            _add_renewed(element, procedure, renewed, place, folder)
        else:
            add(element, "p", words.text("changes.first" if renewed is None else "changes.nothing"))
    if not procedure.editions:
        add(element, "p", words.text("changes.none_published"))
    return element


def _add_renewed(parent: Element, procedure: Procedure, renewed: Renewed, place: str, folder: str) -> None:
    """Add what was added, reworded and gone, each thing with a link to where it stands, and the routes and sheets.

    `place` is the edition's id, which those of its parts begin with.
    """
    words, rows = procedure.words, renewed.differences
    for part, found in (
        ("new", [row for row in rows if not row.before]),
        ("changed", [row for row in rows if row.before and row.now]),
        ("gone", [row for row in rows if not row.now]),
    ):
        if found:
            add(parent, "h3", words.text(f"changes.{part}"), id_=f"{place}-{part}")
            each = add(parent, "ul", class_="differences")
            for row in found:
                item = add(each, "li")
                add_place(add(item, "p"), procedure, row.name, row.address, folder)
                if row.before and row.now:
                    add_change(item, words, row.before, row.now)
                else:
                    add(item, "p", row.before or row.now)
    if renewed.routes:
        add(parent, "h3", words.text("changes.routes"), id_=f"{place}-routes")
        each = add(parent, "ul")
        for where, told in renewed.routes:
            for route in told:
                add(each, "li", words.text("changes.through", where=where, route=route))
    if renewed.sheets:
        add(parent, "h3", words.text("changes.sheets"), id_=f"{place}-sheets")
        each = add(parent, "ul")
        for sheet in renewed.sheets:
            item = add(each, "li")
            add_place(item, procedure, sheet.title, sheet.address, folder)
            what = "sheet_new" if sheet.is_new else "sheet_gone" if sheet.is_gone else "sheet_changed"
            after(item, words.text(f"changes.{what}"))


def add_place(parent: Element, procedure: Procedure, name: str, address: str, folder: str) -> None:
    """Add to a page in `folder` what a thing is called, as a link where it stands on the site today."""
    if address in published_addresses(procedure):
        path, fragment = source_path(procedure.pages, address), address.partition("#")[2]
        add(parent, "a", name, href=href(folder, path, fragment))
    else:
        after(parent, name)
