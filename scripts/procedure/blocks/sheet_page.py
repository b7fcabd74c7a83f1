"""What a checklist's page holds beside the list: its tools on screen, and its imprint on paper."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from procedure.blocks.elements import contact_list
from procedure.blocks.markup import add
from procedure.danish import danish_date
from procedure.derive.published import Imprint, imprint
from procedure.derive.qr import qr_code
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure


def sheet_frame(procedure: Procedure, name: str) -> Element:
    """Return the frame of the checklist with this name: tools, version, and what only paper shows."""
    sheet = next(sheet for sheet in sheets(procedure) if sheet.name == name)
    own = imprint(procedure, sheet)
    frame = Element("aside", {"class": "sheet", "data-search-exclude": "", "aria-label": "Om arket"})
    tools = add(frame, "p", class_="sheet-tools")
    add(tools, "button", "Udskriv", type="button", hidden="hidden", class_="sheet-print")
    # The PDF is made after the pages, so it is not the generator's to look for: it reads only "a".
    add(tools, "A", "Hent PDF", href=f"../{name}.pdf", class_="sheet-pdf")
    add(tools, "button", "Nulstil", type="button", hidden="hidden", class_="sheet-reset")
    _add_version(frame, own)
    add(frame, "p", f"{own.sender} · {own.site}", class_="sheet-sender")
    _add_imprint(frame, procedure, sheet, own)
    return frame


def _add_version(frame: Element, own: Imprint) -> None:
    version = add(frame, "p", version_text(own), class_="sheet-version", role="status")
    if own.version:
        version.set("data-version", own.version.name)
        version.set("data-change", own.version.change.removesuffix("."))


def version_text(own: Imprint) -> str:
    """Return which version a sheet is, in words."""
    return f"Udgave {danish_date(own.version.day)}" if own.version else "Ikke udgivet"


def _add_imprint(frame: Element, procedure: Procedure, sheet: Sheet, own: Imprint) -> None:
    """Add whom to call, the version, the owner, the address and its QR code; only paper shows them."""
    foot = add(frame, "div", class_="sheet-imprint")
    add(foot, "p", "Hvem du kan kontakte", class_="sheet-contacts-title")
    add(foot, "p", sheet.doubt, class_="sheet-doubt")
    foot.append(contact_list(procedure))
    if sheet.own_contacts:
        lines = add(foot, "p", class_="sheet-own")
        for name in sheet.own_contacts:
            add(lines, "span", f"{name}:").tail = " "
    line = add(foot, "p", f"{version_text(own)} · Ejer: {sheet.owner} · {sheet.review}", class_="sheet-owner")
    line.tail = " "
    if own.address:
        add(foot, "p", own.address, class_="sheet-address")
        frame.append(qr_picture(own.code_address, "QR-kode til denne side"))


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
