"""C25–C27: whatever lies in `docs/` is published, so only what is meant to be may lie there.

C25 a file of a kind that is not published, or that nothing shows · C26 one too large, or that is not what its
name says · C27 a picture that says where it was taken.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
from collections.abc import Iterator
from datetime import date

from lxml import etree

from procedure.checks.destinations import destination
from procedure.derive.published import OWN_FILES, is_left_out
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.styles import addresses_in, is_code_address
from procedure.source.tree import LARGEST, TreeFile

_PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
_LOOKS = (".css", ".js")
_SVG = ".svg"
_ENDINGS = (*_PICTURES, *_LOOKS, _SVG)
# What a program leaves beside the file that is meant.
_LEFTOVER = re.compile(r"(^|/)(~\$|\.~|thumbs\.db$|desktop\.ini$)|(\.(bak|tmp|old|orig|swp)|~)$", re.IGNORECASE)
_QUOTED = re.compile(r"[\"']([\w./-]+\.\w+)[\"']")
_GPS = 0x8825
_XMP_GPS = b"GPSLatitude"


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check every file under `docs/` that is no page and that the generator would publish."""
    shown = _shown(procedure)
    by_program = _named_by_program(procedure)
    if CONFIG_PATH in procedure.damaged:
        # Which files it leaves out, and which pictures it shows, is not known.
        shown |= {file.path for file in procedure.assets if file.ending in (*_PICTURES, _SVG)}
    for file in procedure.assets:
        if is_left_out(procedure, file.path):
            continue
        if (fault := _unmeant(file, shown | by_program, by_program)) is not None:
            message, hint = fault
            yield Finding(file.path, 1, "C25", message, hint)
        else:
            yield from _check_content(file)


def _named_by_program(procedure: Procedure) -> frozenset[str]:
    """Return what the theme, `mkdocs.yml` and the engine name."""
    theme = {name for file in procedure.theme for name in _QUOTED.findall(file.content.decode("utf-8", "replace"))}
    settings = {value.text() for setting in procedure.settings.values() for value in setting.walk()}
    return frozenset(f"docs/{name}" for name in theme | settings | set(OWN_FILES))


def _shown(procedure: Procedure) -> frozenset[str]:
    """Return what a page shows or leads to, and what a stylesheet takes in."""
    by_pages = {destination(procedure, page, link).path for page in procedure.pages.values() for link in page.links}
    by_looks = {
        posixpath.normpath(posixpath.join(posixpath.dirname(file.path), address.text))
        for file in procedure.assets
        if file.ending == ".css"
        for address in addresses_in(file.content.decode("utf-8", "replace"))
    }
    return frozenset(by_pages | by_looks)


def _unmeant(file: TreeFile, shown: frozenset[str], by_program: frozenset[str]) -> tuple[str, str] | None:
    """Return a message and a hint where the file must not be published."""
    name = file.path.rsplit("/", 1)[-1]
    if _LEFTOVER.search(file.path):
        return f"»{name}« er en fil, som et program har efterladt, og den ville komme på nettet.", "Slet den."
    if file.ending not in _ENDINGS or (file.ending in _LOOKS and file.path not in by_program):
        kind = f"filer af typen {file.ending}" if file.ending else "filer uden en endelse"
        message = f"»{name}« ville komme på nettet, men {kind} hører ikke til i docs/."
        return message, "Flyt filen ud af docs/. Skal læsere se den, så skriv en side, eller link til, hvor den ligger."
    if file.path not in shown:
        message = f"»{name}« ville komme på nettet, men ingen side viser filen."
        return message, "Vis den på en side, fx ![tekst](…), eller flyt den ud af docs/."
    return None


def _check_content(file: TreeFile) -> Iterator[Finding]:
    if file.size > LARGEST:
        message = f"Filen fylder {file.size // 1000} KB; der er plads til {LARGEST // 1000}."
        yield Finding(file.path, 1, "C26", message, "Gør billedet mindre, før du lægger det her.")
    elif file.ending == _SVG:
        yield from _check_drawing(file)
    elif file.ending in _PICTURES:
        yield from _check_picture(file)


def _check_picture(file: TreeFile) -> Iterator[Finding]:
    from PIL import Image  # noqa: PLC0415  (only where there is a picture)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # A picture whose marks have been read is read whole, and cannot be verified any more.
            with Image.open(io.BytesIO(file.content), formats=(_PICTURES[file.ending],)) as picture:
                picture.verify()
            with Image.open(io.BytesIO(file.content), formats=(_PICTURES[file.ending],)) as picture:
                has_place = bool(picture.getexif().get_ifd(_GPS)) or _XMP_GPS in file.content
    except Exception:  # whatever the library meets in a picture that is none
        message = f"Filen er ikke et billede af typen {_PICTURES[file.ending]}, som navnet siger."
        yield Finding(
            file.path, 1, "C26", message, "Gem billedet igen som den type, eller giv filen den rigtige endelse."
        )
        return
    if has_place:
        message = "Billedet fortæller, hvor det er taget (GPS)."
        yield Finding(
            file.path,
            1,
            "C27",
            message,
            "Gem billedet uden oplysninger om sted, fx ved at tage et skærmbillede af det.",
        )


def _check_drawing(file: TreeFile) -> Iterator[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    hint = "Gem tegningen igen som ren SVG, uden programmer og uden henvisninger til andre steder."
    try:
        root = etree.fromstring(file.content, parser)
    except (etree.LxmlError, ValueError):
        yield Finding(file.path, 1, "C26", "Filen er ikke en SVG-tegning, som navnet siger.", hint)
        return
    tag = etree.QName(root).localname
    if tag != "svg" or root.getroottree().docinfo.internalDTD is not None:
        yield Finding(file.path, 1, "C26", "Filen er ikke en SVG-tegning, som navnet siger.", hint)
        return
    for element in root.iter():
        if fault := _runs(element):
            message = f"Tegningen har »{fault}«, som kan køre eller hente noget."
            yield Finding(file.path, _line(element), "C26", message, hint)


def _runs(element: etree._Element) -> str:
    """Return what in an element of a drawing can run or fetch something, or nothing."""
    if not isinstance(element.tag, str):
        return "" if isinstance(element, etree._Comment) else "<?…?>"
    name = etree.QName(element).localname
    if name in ("script", "foreignObject", "iframe", "object", "embed", "handler", "set", "animate"):
        return f"<{name}>"
    for key, value in ((str(key), str(value)) for key, value in element.attrib.items()):
        written = etree.QName(key).localname.lower()
        leads_out = written in ("href", "src") and not value.startswith("#")
        if leads_out or written.startswith("on") or is_code_address(value) or any(addresses_in(value)):
            return f"{written}="
    if name == "style" and any(addresses_in(element.text or "")):
        return "<style>"
    return ""


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1
