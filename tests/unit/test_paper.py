"""A sheet as PDF: the same bytes for the same sheet, one page, and a reason where it cannot be made."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from procedure.derive.imprint import Imprint, imprint
from procedure.derive.published import version_mark
from procedure.derive.qr import qr_code
from procedure.derive.sheet_items import Item, Run
from procedure.derive.sheets import Sheet, sheets
from procedure.model import load_procedure
from procedure.outputs.pdf import PaperError, make_pdf
from procedure.source.ledger import Version
from procedure.words import DANISH

_PROCEDURE = load_procedure(Path(__file__).resolve().parents[1] / "cases/base")
_VERSION = Version(date(2026, 11, 22), "0f3a9c21d4be", "Første udgave")
_ROOT = "https://skolen.dk/sager/"


def _sheet() -> Sheet:
    return sheets(_PROCEDURE)[1]


def _addressed() -> Imprint:
    page = f"{_ROOT}tjeklister/en/"
    return Imprint(
        "Skolen", "Sager", _VERSION, _ROOT, page, f"{page}#{version_mark(DANISH, _VERSION)}", ("Ikke udgivet",), None
    )


def _with(text: str) -> Sheet:
    item = Item((Run(text, False, ""),), True, False, (), "docs/tjeklister/en.md", 11)
    return replace(_sheet(), tasks=(item,))


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def _targets(pdf: bytes) -> set[str]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def test_the_same_sheet_gives_the_same_bytes() -> None:
    own = _addressed()
    assert make_pdf(DANISH, [(_sheet(), own)], "Ark") == make_pdf(DANISH, [(_sheet(), own)], "Ark")


def test_links_on_paper_lead_to_whole_addresses() -> None:
    pdf, pages = make_pdf(DANISH, [(_sheet(), _addressed())], "Ark")
    assert pages == 1
    assert {f"{_ROOT}faser/en/#handl", f"{_ROOT}tjeklister/en/"} <= _targets(pdf)
    assert not [target for target in _targets(pdf) if not target.startswith(("https://", "tel:", "mailto:"))]


def test_without_the_sites_address_no_link_leads_into_it() -> None:
    pdf, _ = make_pdf(DANISH, [(_sheet(), imprint(_PROCEDURE, _sheet()))], "Ark")
    assert "Ring til ledelsen." in _text(pdf)
    assert not [target for target in _targets(pdf) if not target.startswith(("tel:", "mailto:"))]
    assert "http" not in _text(pdf)


def test_a_sheet_says_how_far_it_is_part_by_part() -> None:
    own = replace(_addressed(), status=("Udgave 22. november 2026", "Ikke afprøvet endnu"))
    assert "Udgave 22. november 2026 · Ikke afprøvet endnu" in _text(make_pdf(DANISH, [(_sheet(), own)], "Ark")[0])


def test_text_is_never_read_as_markup() -> None:
    written = "#pagebreak() *fed* _k_ $x$ <a> @b `c` \\n // d \"e\" 'f' [g] {h} = i ~ ~"
    pdf, pages = make_pdf(DANISH, [(_with(written), _addressed())], "Ark")
    assert pages == 1
    assert written in _text(pdf)


@pytest.mark.parametrize("text", ["æøåÆØÅ éüß – — … » « € § ½ ×", "e\u0301", "a\u00adb", "☐ ✓ → − \u00a0"])
def test_danish_text_and_common_signs_are_in_the_typeface(text: str) -> None:
    assert make_pdf(DANISH, [(_with(text), _addressed())], "Ark")[1] == 1


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Ring 🙂 nu", ("🙂",)),
        ("漢 og 🙂", ("漢", "🙂")),
        ("👩\u200d👧", ("👩", "\u200d", "👧")),
        ("a\u2011b", ("\u2011",)),
    ],
)
def test_a_character_that_the_typeface_lacks_is_named(text: str, lacking: tuple[str, ...]) -> None:
    with pytest.raises(PaperError) as error:
        make_pdf(DANISH, [(_with(text), _addressed())], "Ark")
    assert error.value.lacking == lacking


def test_what_else_typst_refuses_is_said_in_its_words() -> None:
    with pytest.raises(PaperError, match="title") as error:
        make_pdf(DANISH, [(_sheet(), _addressed())], "")
    assert error.value.lacking == ()


def test_a_text_that_is_too_long_is_counted_and_never_shrunk() -> None:
    _, pages = make_pdf(DANISH, [(_with("Tal med alle, der var med. " * 300), _addressed())], "Ark")
    assert pages > 1


def test_several_sheets_are_one_page_each() -> None:
    own = _addressed()
    pdf, pages = make_pdf(DANISH, [(sheet, own) for sheet in sheets(_PROCEDURE)], "Alle ark")
    assert pages == len(PdfReader(io.BytesIO(pdf)).pages) == 3


def test_a_qr_code_is_the_same_each_time_and_has_no_style_of_its_own() -> None:
    assert qr_code("https://skolen.dk/") == qr_code("https://skolen.dk/")
    assert "style=" not in qr_code("https://skolen.dk/")
