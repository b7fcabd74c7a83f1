"""The ready sheets, read back: one page each, for everybody, with what the page shows, and leading to the right place."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from lxml import html
from lxml.html import HtmlElement
from PIL import Image, ImageDraw
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from procedure.derive.imprint import Imprint, imprint
from procedure.derive.sheet_items import Box
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure
from procedure.phrases import contact_state
from procedure.words import DANISH
from tests.paper import unreadable
from tests.project import ADDRESS, content, edit, run_build

_NAMES = ("lige-nu", "vurder", "dokumenter", "haandter", "anmeld", "behandl", "afslut")
_FILES = (*(f"tjeklister/{name}.pdf" for name in _NAMES), "tjeklister.pdf")
_FORM = "tjeklister/afproevning.pdf"
# What a full sheet has no room for is set so that an x is 2.3 mm, and else 2.54.
_FULL, _LEAST, _LARGE = "lige-nu", 2.295, 2.53
_A4 = (595, 842)
_SIGNATURE = re.compile("Gjortaf:|Dato:")


def _sheet(procedure: Procedure, name: str) -> tuple[Sheet, Imprint]:
    sheet = next(sheet for sheet in sheets(procedure) if sheet.name == name)
    return sheet, imprint(procedure, sheet)


def _text(reader: PdfReader) -> str:
    return _plain(" ".join(page.extract_text() for page in reader.pages))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _targets(reader: PdfReader) -> set[str]:
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes if note["/Subtype"] == "/Link" and "/URI" in note.get("/A", {})}


def _codes(pdf: Path) -> list[str]:
    """Return what a camera reads from the QR codes on each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [_read(page.render(scale=3).to_pil()) for page in document]


def _read(picture: Image.Image) -> str:
    return " ".join(code.text for code in zxingcpp.read_barcodes(picture))


def _drawn(svg: HtmlElement) -> Image.Image:
    """Draw a QR code's only path as a browser does: strokes of one unit, right from where each begins."""
    width, height = (int(float(part)) for part in str(svg.get("viewbox")).split()[2:])
    (path,) = svg.findall("path")
    scale, x, y = 8, 0.0, 0.0
    picture = Image.new("L", (width * scale, height * scale), 255)
    draw = ImageDraw.Draw(picture)
    for command, written in re.findall(r"([Mmh])([^Mmh]*)", str(path.get("d"))):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", written)]
        if command == "h":
            draw.rectangle((x * scale, (y - 0.5) * scale, (x + numbers[0]) * scale - 1, (y + 0.5) * scale - 1), fill=0)
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    return picture


def _page(site: Path, address: str) -> HtmlElement:
    tree = html.document_fromstring((site / address.strip("/") / "index.html").read_text("utf-8"))
    assert isinstance(tree, HtmlElement)
    return tree


def _qr(element: HtmlElement) -> list[HtmlElement]:
    return [svg for svg in element.iter("svg") if "qr" in str(svg.get("class")).split()]


@pytest.mark.parametrize("name", _NAMES)
def test_each_sheet_is_one_a4_page(addressed_site: Path, name: str) -> None:
    pages = PdfReader(addressed_site / f"tjeklister/{name}.pdf").pages
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [_A4]


def test_all_sheets_in_one_file_are_a_page_each_in_order(addressed_site: Path) -> None:
    pages = PdfReader(addressed_site / "tjeklister.pdf").pages
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [_A4] * 7
    alone = [_text(PdfReader(addressed_site / f"tjeklister/{name}.pdf")) for name in _NAMES]
    assert [_plain(page.extract_text()) for page in pages] == alone


@pytest.mark.parametrize("file", _FILES)
def test_a_sheet_can_be_heard(addressed_site: Path, addressed_procedure: Procedure, file: str) -> None:
    reader = PdfReader(addressed_site / file)
    root: Any = reader.trailer["/Root"]
    assert reader.xmp_metadata is not None
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.rdf_root.toxml()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "da"
    title = f"{addressed_procedure.site.name}: alle tjeklister"
    if file != "tjeklister.pdf":
        title = _sheet(addressed_procedure, Path(file).stem)[0].title
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert {"/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/Link", "/Figure"} <= set(_roles(root["/StructTreeRoot"]))


def _roles(element: Any) -> Iterator[str]:
    """Yield the role of each element that a screen reader reads; a figure must have a text, and a label something in it."""
    element = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(element, list):
        for child in element:
            yield from _roles(child)
    elif isinstance(element, dict):
        if "/S" in element:
            assert element["/S"] != "/Figure" or element.get("/Alt")
            assert element["/S"] != "/Lbl" or element.get("/K")
            yield str(element["/S"])
        yield from _roles(element.get("/K"))


def _fonts(page: Any) -> list[Any]:
    return list(page["/Resources"]["/Font"].values())


@pytest.mark.parametrize("file", _FILES)
def test_a_sheet_carries_its_own_typeface_and_no_other(addressed_site: Path, file: str) -> None:
    fonts = [font.get_object() for page in PdfReader(addressed_site / file).pages for font in _fonts(page)]
    assert fonts
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+SourceSansPro-\w+(-Identity-H)?", font["/BaseFont"])
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("name", _NAMES)
def test_a_sheet_can_be_read_at_arms_length(addressed_site: Path, addressed_procedure: Procedure, name: str) -> None:
    sheet, own = _sheet(addressed_procedure, name)
    least = _LEAST if name == _FULL else _LARGE
    items = [item.text for item in (*sheet.tasks, *sheet.cautions)]
    assert unreadable((addressed_site / f"tjeklister/{name}.pdf").read_bytes(), items, least, own.address) == []


def test_the_form_to_try_a_sheet_with_is_one_page_that_can_be_heard_and_holds_blanks_alone(
    addressed_site: Path, addressed_procedure: Procedure
) -> None:
    reader = PdfReader(addressed_site / _FORM)
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages] == [_A4]
    assert unreadable((addressed_site / _FORM).read_bytes(), [], 0, ADDRESS) == []
    root: Any = reader.trailer["/Root"]
    assert {"/H1", "/H2", "/Lbl", "/Figure"} <= set(_roles(root["/StructTreeRoot"]))
    text = _text(reader)
    every = sheets(addressed_procedure)
    assert all(word in text for word in (DANISH.text("trial.title"), "Situationen", "sekunder", "manglede"))
    assert [sheet.title for sheet in every if sheet.title not in text] == []
    assert f"{max(len(sheet.tasks) for sheet in every)}." in text
    assert not re.search(r"\d{4}", text)
    assert "/AcroForm" not in root


@pytest.mark.parametrize("name", _NAMES)
def test_links_on_a_sheet_lead_where_the_page_says(
    addressed_site: Path, addressed_procedure: Procedure, name: str
) -> None:
    sheet, own = _sheet(addressed_procedure, name)
    written = {run.address for item in sheet.items for run in item.runs if run.address}
    expected = {f"{ADDRESS}{address[1:]}" if address.startswith("/") else address for address in written}
    for contact in sheet.contacts:
        expected |= {f"tel:+45{contact.phone}"} if contact.phone else set()
        expected |= {f"mailto:{contact.mail}"} if contact.mail else set()
    expected |= {f"tel:+45{call.phone}" for item in sheet.tasks for call in item.calls}
    assert _targets(PdfReader(addressed_site / f"tjeklister/{name}.pdf")) == expected | {own.address}


@pytest.mark.parametrize("name", _NAMES)
def test_a_sheet_says_all_that_is_on_it_and_nothing_else(
    addressed_site: Path, addressed_procedure: Procedure, name: str
) -> None:
    sheet, own = _sheet(addressed_procedure, name)
    assert own.version is not None
    # A line may break after a hyphen or a slash.
    rest = _squeezed(_text(PdfReader(addressed_site / f"tjeklister/{name}.pdf")))
    places = [rest.index(_squeezed(item.text)) for item in sheet.tasks]
    assert places == sorted(places)
    texts = [own.sender, own.site, sheet.place, sheet.title, sheet.begins, "Hvem du kan kontakte", sheet.doubt]
    texts += [
        *own.status,
        f"Ejer: {sheet.owner}",
        own.address,
        DANISH.text("sheet.qr_caption"),
        "Færdig:",
    ]
    texts += [end.whole for end in sheet.done]
    texts += [
        *([DANISH.text("supplement.awaiting")] if sheet.added else []),
        *sheet.added,
        *(box.title for box in sheet.boxes),
    ]
    texts += [item.text for item in sheet.items]
    texts += [f"{number}." for number in range(1, len(sheet.tasks) + 1)]
    texts += [f"Ring {DANISH.phone_number(call.phone)} {call.name}" for item in sheet.tasks for call in item.calls]
    texts += [contact_state(DANISH, sheet.contacts), *(f"{name}:" for name in sheet.own_contacts)]
    for contact in sheet.contacts:
        texts += [contact.name, contact.role, DANISH.phone_number(contact.phone), contact.mail]
    for text in sorted(map(_squeezed, filter(None, texts)), key=len, reverse=True):
        assert text in rest
        rest = rest.replace(text, " ", 1)
    rest, lines = _SIGNATURE.subn("", rest)
    assert lines == 2 * sum(item.signed for item in sheet.items)
    rest, answers = re.subn("".join(DANISH.lists["sheet.answers"]), "", rest)
    assert answers == sum(item.is_question for item in sheet.items)
    assert set(rest) <= set(" –·")


@pytest.mark.parametrize("name", _NAMES)
def test_the_page_has_the_same_items_as_the_sheet(
    addressed_site: Path, addressed_procedure: Procedure, name: str
) -> None:
    sheet, own = _sheet(addressed_procedure, name)
    page = _page(addressed_site, f"tjeklister/{name}")
    article = page.find(".//article")
    assert article is not None
    rows = article.find_class("task")
    labels = [_plain(next(row.iter("legend", "label")).text_content()) for row in rows]
    assert labels == [f"{number}. {item.text}" for number, item in enumerate(sheet.tasks, start=1)]
    assert [len(row.findall(".//input")) for row in rows] == [2 if item.is_question else 1 for item in sheet.tasks]
    signed = [label for row, label in zip(rows, labels, strict=True) if "done-by" in row.get("class", "").split()]
    assert signed == [label for label, item in zip(labels, sheet.tasks, strict=True) if item.signed]
    assert [item.text for item in sheet.lead] == [
        _plain(paragraph.text_content()) for paragraph in article.findall("p") if _is_lead(paragraph)
    ]
    (done,) = article.find_class("sheet-done")
    assert [_plain(end.text_content()) for end in done.iter("li")] == [end.whole for end in sheet.done]
    apart = [line.text for box in article.find_class("sheet-added") for line in box.findall("p")]
    assert apart == ([DANISH.text("supplement.awaiting"), *sheet.added] if sheet.added else [])
    (imprinted,) = article.find_class("sheet-imprint")
    for part in (sheet.doubt, *own.status, sheet.owner):
        assert part in imprinted.text_content()
    assert [span.text for span in imprinted.findall("p/span")] == [f"{name}:" for name in sheet.own_contacts]
    boxes = [box for box in article.iter("div") if "admonition" in str(box.get("class")).split()]
    assert [_box(box) for box in boxes] == [_read_box(box) for box in sheet.boxes]
    assert [link.get("href") for link in article.iter("a") if link.text == "Hent PDF"] == [f"../{name}.pdf"]
    assert own.address in article.text_content()


def _is_lead(paragraph: HtmlElement) -> bool:
    """Return whether the paragraph stands above the list, and says what the page is for."""
    following = [element.tag for element in paragraph.itersiblings()]
    return "ol" in following and paragraph.get("class") is None


def _box(box: HtmlElement) -> tuple[str, list[str], list[str]]:
    for calls in box.find_class("calls"):
        calls.drop_tree()
    title, *notes = [_plain(paragraph.text_content()) for paragraph in box.findall("p")]
    return title, [_plain(item.text_content()) for item in box.iter("li")], notes


def _read_box(box: Box) -> tuple[str, list[str], list[str]]:
    return box.title, [_plain(item.text) for item in box.items], [_plain(item.text) for item in box.notes]


@pytest.mark.parametrize("name", _NAMES)
def test_the_code_on_a_sheet_opens_its_page_and_names_its_version(
    addressed_site: Path, addressed_procedure: Procedure, name: str
) -> None:
    sheet, own = _sheet(addressed_procedure, name)
    assert own.version is not None
    expected = f"{ADDRESS}tjeklister/{name}/#udgave-{own.version.day}-{sheet.fingerprint[:8]}"
    assert _codes(addressed_site / f"tjeklister/{name}.pdf") == [expected]
    page = _page(addressed_site, f"tjeklister/{name}")
    assert [_read(_drawn(code)) for code in _qr(page)] == [expected]


def test_each_page_of_all_sheets_has_its_own_code(addressed_site: Path, addressed_procedure: Procedure) -> None:
    expected = [_sheet(addressed_procedure, name)[1].code_address for name in _NAMES]
    assert _codes(addressed_site / "tjeklister.pdf") == expected


def test_each_code_for_a_handbook_opens_the_address_beside_it(addressed_site: Path) -> None:
    rows = [row for row in _page(addressed_site, "links").iter("details") if _qr(row)]
    assert len(rows) > 30
    for row in rows:
        (code,) = _qr(row)
        address = next(row.iter("code")).text
        assert _read(_drawn(code)) == address
        path, _, fragment = str(address).removeprefix(ADDRESS).partition("#")
        assert not fragment or fragment in _page(addressed_site, path).xpath("//@id")


@pytest.mark.every
def test_a_second_build_gives_the_same_bytes(addressed_site: Path, tmp_path: Path) -> None:
    run = run_build(addressed_site.parent, "--site-dir", str(tmp_path / "site"), address=ADDRESS)
    assert run.returncode == 0, run.stdout
    for file in (*_FILES, _FORM):
        assert (tmp_path / "site" / file).read_bytes() == (addressed_site / file).read_bytes()


@pytest.mark.parametrize("file", (*_FILES, _FORM))
def test_without_the_sites_address_a_sheet_has_no_code_and_no_address(site: Path, file: str) -> None:
    reader = PdfReader(site / file)
    assert not re.search(r"https?:|www\.|adresse", _text(reader))
    assert set(_codes(site / file)) == {""}
    own = [target for target in _targets(reader) if re.search(r"/(tjeklister|faser|kontakt)/", target)]
    assert own == []


def test_without_the_sites_address_no_page_has_a_code_or_an_address(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = html.document_fromstring(file.read_text("utf-8"))
        assert isinstance(page, HtmlElement)
        assert _qr(page) == []
        assert [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"] == []
    for path in (*(f"tjeklister/{name}" for name in _NAMES), "links"):
        (article,) = _page(site, path).iter("article")
        assert not re.search(r"https?:|SITE_URL", article.text_content())


# What is added to a checklist before which line, and the findings.
@pytest.mark.parametrize(
    ("name", "mark", "added", "codes"),
    [
        (
            "vurder",
            "\n<!-- --8<-- [end:tjekliste] -->",
            '- [ ] Få et overblik over krænkelsen og dens alvorlighed.\n  { data-req="V1" }\n',
            ["C23", "P27"],
        ),
        pytest.param(
            "anmeld",
            "<!-- --8<-- [start:tjekliste] -->",
            " ".join(f"Til den, der anmelder, og til nummer {number}, der hjælper." for number in range(60)) + "\n\n",
            ["P33"],
            marks=pytest.mark.every,
        ),
    ],
)
def test_what_does_not_fit_a_sheet_is_found_where_it_is_and_publishes_nothing(
    addressed_tree: Path, tmp_path: Path, name: str, mark: str, added: str, codes: list[str]
) -> None:
    root = Path(shutil.copytree(addressed_tree, tmp_path / "project"))
    path = f"docs/tjeklister/{name}.md"
    line = (root / path).read_text("utf-8").split(mark)[0].count("\n") + 1
    edit(root, path, mark, f"{added}{mark}")
    before = content(root)
    run = run_build(root, "--publish=Et punkt mere", "--format=json", address=ADDRESS)
    assert run.returncode == 1
    findings = [finding for finding in json.loads(run.stdout)["findings"] if finding["severity"] == "error"]
    assert [(finding["code"], finding["path"], finding["line"]) for finding in findings] == [
        (code, path, line) for code in codes
    ]
    assert content(root) == before
