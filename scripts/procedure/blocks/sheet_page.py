"""What a checklist's page holds beside the list: its tools on screen, and its imprint on paper."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from procedure.blocks.differing import add_change
from procedure.blocks.elements import contact_list
from procedure.blocks.markup import BLOCK, add, after
from procedure.blocks.spine import spine
from procedure.derive.addresses import href
from procedure.derive.imprint import Imprint, imprint
from procedure.derive.published import version_mark
from procedure.derive.qr import qr_code
from procedure.derive.sheet_versions import old_versions, same_versions
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure


def sheet_frame(procedure: Procedure, name: str) -> Element:
    """Return the frame of the checklist with this name: where we are, tools, how old a scanned sheet is, and what only paper shows."""
    sheet = next(sheet for sheet in sheets(procedure) if sheet.name == name)
    own, words = imprint(procedure, sheet), procedure.words
    about = words.text("sheet.about")
    frame = Element("aside", {"class": "sheet", "data-search-exclude": "", "aria-label": about})
    if here := next((phase for phase in procedure.contract.phases if phase.id == name), None):
        frame.append(spine(procedure, here, procedure.checklists_folder))
    tools = add(frame, "p", class_="sheet-tools")
    add(tools, "button", words.text("sheet.print"), type="button", hidden="hidden", class_="sheet-print")
    # The PDF is made after the pages, so it is not the generator's to look for: it reads only "a".
    add(tools, "A", words.text("sheet.pdf"), href=f"../{name}.pdf", class_="sheet-pdf")
    add(tools, "button", words.text("sheet.reset"), type="button", hidden="hidden", class_="sheet-reset")
    _add_versions(frame, procedure, sheet, own)
    if sheet.begins:
        add(frame, "p", sheet.begins, class_="sheet-begins")
    _add_done(frame, procedure, sheet)
    _add_paper(frame, procedure, sheet, own)
    return frame


def _add_versions(frame: Element, procedure: Procedure, sheet: Sheet, own: Imprint) -> None:
    """Add what is shown to whoever has scanned a sheet, by the version in its code: is it the one, or what is other since.

    How far this sheet is stands at the foot of the page, as on any other.
    """
    words = procedure.words
    for version in dict.fromkeys((*((own.version,) if own.version else ()), *same_versions(procedure, sheet))):
        add(frame, "p", words.text("sheet.is_current"), class_="sheet-version", id_=version_mark(words, version))
    news = [own.version.change] if own.version else []
    for old in old_versions(procedure, sheet):
        told = add(frame, "div", class_="sheet-version sheet-old", id_=version_mark(words, old.version))
        add(told, "p", words.text("sheet.is_old", day=words.day(old.version.day)))
        add(told, "p", " ".join(f"{change.removesuffix('.')}." for change in news))
        add(told, "p", words.text("sheet.changed_since" if old.changes else "sheet.same_words_since"))
        news.append(old.version.change)
        if old.changes:
            each = add(told, "ul", class_="differences")
            for before, now in old.changes:
                add_change(add(each, "li"), words, before, now)
    # Of a version that no edition here knows docs/assets/sheet.js says so.
    unknown = add(frame, "p", words.text("sheet.is_unknown"), class_="sheet-unknown sheet-old", role="status")
    unknown.set("hidden", "hidden")
    unknown.set("data-versions", f"{words.text('places.edition')}-")


def _add_done(frame: Element, procedure: Procedure, sheet: Sheet) -> None:
    if not sheet.done:
        return
    done = add(frame, "div", class_="sheet-done")
    add(done, "p", procedure.words.text("sheet.done"))
    ends = add(done, "ul")
    for end in sheet.done:
        item = add(ends, "li", end.lead)
        if end.phase:
            add(item, "a", end.text, href=href(procedure.checklists_folder, procedure.phase_path(end.phase.id)))
        else:
            after(item, end.text)


def place_done(root: Element) -> None:
    """Move what follows when a list is done to where the list ends; a page without a frame is left as it is."""
    frame = next((child for child in root if child.get("class") == "sheet"), None)
    done = next((child for child in frame if child.get("class") == "sheet-done"), None) if frame is not None else None
    tasks = [number for number, child in enumerate(root) if child.tag == "ol" and any(map(_is_task, child))]
    if frame is not None and done is not None and tasks:
        frame.remove(done)
        done.set(BLOCK, "")
        root.insert(tasks[-1] + 1, done)


def _is_task(item: Element) -> bool:
    return "task" in item.get("class", "").split()


def _add_paper(frame: Element, procedure: Procedure, sheet: Sheet, own: Imprint) -> None:
    """Add what only paper shows: the sender, added numbers, whom to call, the owner, the address and its QR code."""
    words = procedure.words
    add(frame, "p", " · ".join(filter(None, (own.sender, own.site, sheet.place))), class_="sheet-sender")
    if sheet.added:
        added = add(frame, "div", class_="sheet-added")
        add(added, "p", words.text("supplement.awaiting"))
        for line in sheet.added:
            add(added, "p", line)
    foot = add(frame, "div", class_="sheet-imprint")
    add(foot, "p", words.text("contacts.whom"), class_="sheet-contacts-title")
    add(foot, "p", sheet.doubt, class_="sheet-doubt")
    foot.append(contact_list(procedure))
    if sheet.own_contacts:
        lines = add(foot, "p", class_="sheet-own")
        for name in sheet.own_contacts:
            add(lines, "span", f"{name}:").tail = " "
    add(foot, "p", " · ".join(own.status))
    owner = words.text("status.owner", owner=sheet.owner)
    add(foot, "p", " · ".join(filter(None, (owner, own.address))), class_="sheet-owner")
    if own.address:
        code = add(frame, "div", class_="sheet-code")
        code.append(qr_picture(own.code_address, words.text("sheet.qr_name")))
        add(code, "p", words.text("sheet.qr_caption"))


def qr_picture(address: str, name: str) -> Element:
    """Return a QR code to the address as an `svg` element with a name."""
    code = fromstring(qr_code(address))
    svg = Element(
        "svg",
        {"class": "qr", "role": "img", "aria-label": name, "viewBox": f"0 0 {code.get('width')} {code.get('height')}"},
    )
    for path in code.iter("{http://www.w3.org/2000/svg}path"):
        add(svg, "path", d=str(path.get("d")), transform=str(path.get("transform", "")), class_="qr-dots")
    return svg
