"""Every sheet on paper: one page in each way a browser prints, all that the model holds, and nothing else."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from procedure.derive.imprint import imprint
from procedure.derive.published import sheet_address, version_mark
from procedure.derive.sheet_items import Item, Run
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure
from procedure.outputs.pdf import make_pdf
from procedure.phrases import contact_state
from procedure.words import DANISH
from tests.browser.stage import SCRIPT_OR_NONE, Among, Stage, first_of, restyle, served
from tests.conftest import ROOT
from tests.paper import MILLIMETRE, unreadable

_PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
_MARGINS = (6, 10, 16, 25)
_NAMES = tuple(sorted(path.stem for path in (ROOT / "docs/tjeklister").glob("*.md") if path.stem != "index"))
# The fullest may take a second page where less than this is inside the margins: on Letter, and with the widest on A4.
_FULLEST, _FULL_HEIGHT = "lige-nu", 263
# How high an x is, in millimetres: the least, and what a sheet has at the site's own margins where it is not the fullest.
_LEAST, _LARGE = 2.3, 2.54
# First the fullest, which says what must never be done; or first one with questions and lines to sign on.
_SHEETS = first_of("name", sorted(_NAMES, key=lambda name: name != _FULLEST))
_SHEETS_ASKING = first_of("name", sorted(_NAMES, key=lambda name: name != "vurder"))
_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_PIXELS = 96 / 25.4  # of the page as the browser lays it out
# How a sheet may grow: an item of few words, one of many, and one with lines for who did it and the date.
_GROWTH = {
    "short": ("Kort punkt nummer {}.", False),
    "long": (
        "Langt punkt nummer {}, som nogen har skrevet for at få det hele med på én gang, og lidt til. " * 3,
        False,
    ),
    "signed": ("Kort punkt nummer {}.", True),
}
# The print tells nothing of what is not on the sheet: the menu, the tools, the way on, the foot of the page.
_CHROME = ("Søg", "Menu", "Udskriv", "Hent PDF", "Nulstil", "Læs fase", "Hele forløbet", "Senest gennemgået", "#")

_GROW = """([text, signed, count]) => {
  const list = document.querySelector("ol:has(> .task)");
  const last = list.lastElementChild;
  for (let n = 0; n < count; n++) {
    const item = last.cloneNode(true);
    item.className = signed ? "task done-by" : "task";
    item.dataset.line = "Dato:";
    for (const label of item.querySelectorAll("label")) label.dataset.line = "Gjort af:";
    item.querySelector("span").textContent = text.replaceAll("{}", n + 1);
    list.append(item);
  }
}"""

# All text that print shows, with how it looks; also what style sheets add to it.
_TEXTS = """() => {
  const found = [];
  const add = (element, text, style) => found.push({ text, size: parseFloat(style.fontSize) * .75, color: style.color,
    family: style.fontFamily, on: element.tagName });
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const own = [...element.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (own.length) add(element, own.map((n) => n.data.trim()).join(" "), getComputedStyle(element));
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (/^".*[^ ].*"$/.test(style.content) && style.display !== "none") add(element, style.content, style);
    }
  }
  return found;
}"""

# Each box to tick: how big it is, its lines, and the text that it stands before. Lengths are in millimetres.
_BOXES = """() => [...document.querySelectorAll(".task input")].map((input) => {
  const style = getComputedStyle(input);
  const box = input.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(input.parentElement.querySelector("span"));
  const [line] = range.getClientRects();
  const mm = (pixels) => Math.round(pixels / 96 * 25.4 * 10) / 10;
  return {
    question: input.closest(".task").classList.contains("question"), text: range.toString().trim(),
    width: mm(box.width), height: mm(box.height), left: mm(box.left),
    line: mm(parseFloat(style.borderTopWidth)), style: style.borderStyle, color: style.borderColor, fill: style.backgroundColor,
    before: mm(line.left - box.right), off: mm(Math.abs((line.top + line.bottom - box.top - box.bottom) / 2)),
  };
})"""

# The empty lines: what they are for, how long and high they are, and whether anything is written on them.
_LINES = """() => [...document.querySelectorAll(".sheet-own span")].map((line) => {
  const { width, height } = line.getBoundingClientRect();
  const above = line.parentElement.previousElementSibling.getBoundingClientRect().bottom;
  const below = line.parentElement.nextElementSibling.getBoundingClientRect().top;
  const mm = (pixels) => pixels / 96 * 25.4;
  const { top, bottom } = line.getBoundingClientRect();
  return { text: line.textContent, width: mm(width), room: mm(bottom - above), apart: mm(below - bottom),
    border: getComputedStyle(line).borderBottomStyle };
})"""

# Every line that is not a frame: what is written at it, and how thick it is.
_RULES = """() => [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() || e.matches(".task label")).flatMap((e) =>
  [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(e, part);
    if (part && !/^".+"$/.test(style.content)) return [];
    const [top, right, bottom, left] = ["Top", "Right", "Bottom", "Left"].map((side) =>
      style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]));
    return left || right || !(top || bottom) ? [] : [[part ? style.content.slice(1, -1) : e.textContent, top || bottom]];
  }))"""

# The texts that stand, wholly or in part, where the code stands.
_ON_CODE = """() => {
  const code = document.querySelector(".qr").getBoundingClientRect();
  return [...document.querySelectorAll("main :is(h1, p, li, legend, span)")].filter((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return element.checkVisibility() && [...range.getClientRects()].some(({ left, top, right, bottom }) =>
      right > code.left && left < code.right && bottom > code.top && top < code.bottom);
  }).map((element) => element.textContent);
}"""

# Whatever print shows of colour behind text.
_FILLED = """() => [...document.querySelectorAll("*")].filter((e) => e.checkVisibility() &&
  !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(getComputedStyle(e).backgroundColor)).map((e) => e.className || e.tagName)"""


class Way(NamedTuple):
    """One way to print."""

    paper: str
    margin: int
    header: bool
    background: bool
    dark: bool


# Each paper with each margin and header; what changes no line of the page takes turns, so that all pairs meet.
_EVERY = tuple(
    Way(paper, margin, header, background=bool(turn % 2), dark=bool(turn // 2 % 2))
    for turn, (paper, margin, header) in enumerate(itertools.product(_PAPERS, _MARGINS, (True, False)), start=1)
)
_PLAIN = Way("A4", 16, header=False, background=False, dark=False)


class Press:
    """One page of the browser for each kind of reader, used for every sheet."""

    def __init__(self, stage: Stage) -> None:
        self.site = stage.site
        self._stage = stage
        self._pages: dict[tuple[bool, bool], Page] = {}

    def open(self, path: str, *, dark: bool = False, javascript: bool = True, width: int = 1280) -> Page:
        """Open a page anew, as a reader who sees light or dark, with or without JavaScript."""
        if (dark, javascript) not in self._pages:
            scheme = "dark" if dark else "light"
            self._pages[dark, javascript] = self._stage.page(color_scheme=scheme, javascript=javascript)
        page = self._pages[dark, javascript]
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(media="null")
        page.goto("about:blank")
        page.goto(path)
        return page


@pytest.fixture(scope="module")
def press(browser: Browser, addressed_site: Path) -> Iterator[Press]:
    """A press for the site that knows its address."""
    with served(addressed_site) as address:
        stage = Stage(browser, address, addressed_site)
        yield Press(stage)
        assert stage.close() == []


def _print(page: Page, way: Way) -> bytes:
    """Print as the browser does; the margin is set in the page's own rule, which beats what the print asks for."""
    restyle(page, f"@page {{ margin: {way.margin}mm !important; }}")
    return page.pdf(format=way.paper, display_header_footer=way.header, print_background=way.background)


def _pages(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def _text(pdf: bytes) -> str:
    [page] = pypdfium2.PdfDocument(pdf)
    return str(page.get_textpage().get_text_range())


def _words(text: str) -> Counter[str]:
    """Return the words; a bullet is none, and a line may break after a hyphen or a slash."""
    words = re.sub(r"([-/])", r"\1 ", text.replace("\ufffe", "-")).split()
    return Counter(word.casefold() for word in words if word not in ("•", "–", "·"))


def _picture(pdf: bytes, way: Way) -> Image.Image:
    """Return what lies inside the margins as a grey picture of 4 pixels a point."""
    [page] = pypdfium2.PdfDocument(pdf)
    whole: Image.Image = page.render(scale=2).to_pil().convert("L")
    edge = round(way.margin * MILLIMETRE * 2)
    return whole.crop((edge, edge, whole.width - edge, whole.height - edge))


def _sheet(procedure: Procedure, name: str) -> Sheet:
    return next(sheet for sheet in sheets(procedure) if sheet.name == name)


def _items(sheet: Sheet) -> list[Item]:
    """Return all that the sheet says, in the order it has on paper."""
    warnings = [item for box in sheet.boxes if box.name == "danger" for item in box.items]
    rest = [item for box in sheet.boxes if box.name != "danger" for item in (*box.items, *box.notes)]
    return [*sheet.lead, *warnings, *sheet.tasks, *rest]


def _expected(procedure: Procedure, sheet: Sheet) -> list[str]:
    """Return every text that belongs on the sheet, in order, from the model alone."""
    own = imprint(procedure, sheet)
    texts = [own.sender, own.site, sheet.place, sheet.title, sheet.begins]
    texts += [box.title for box in sheet.boxes]
    texts += [f"{number}." for number in range(1, len(sheet.tasks) + 1)]
    for item in _items(sheet):
        texts.append(item.text)
        if item.is_question:
            texts.append("Ja Nej")
        if item.signed:
            texts.append("Gjort af: Dato:")
        texts += [f"Ring {_spaced(call.phone)} {call.name}" for call in item.calls]
    texts += ["Færdig:", *(end.whole for end in sheet.done)]
    texts += ["Tilføjet – afventer godkendelse", *sheet.added] if sheet.added else []
    texts += ["Hvem du kan kontakte", sheet.doubt]
    for contact in sheet.contacts:
        texts.append(f"{contact.name} {contact.role} {_spaced(contact.phone)} {contact.mail}")
    texts += [contact_state(DANISH, sheet.contacts), *(f"{name}:" for name in sheet.own_contacts)]
    day = own.version.day if own.version else None
    texts.append(f"Udgave {day.day}. {_MONTHS[day.month - 1]} {day.year}" if day else "Ikke udgivet")
    texts += ["Ikke godkendt af kommunen endnu", "Ikke afprøvet endnu", f"Ejer: {sheet.owner}"]
    texts += [own.address, "Scan: Er arket den nyeste udgave?"] if own.address else []
    return texts


def _spaced(digits: str) -> str:
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def test_the_sheets_are_those_of_the_procedure(procedure: Procedure) -> None:
    assert sorted(sheet.name for sheet in sheets(procedure)) == list(_NAMES)
    assert len(_NAMES) == 7


@_SHEETS
def test_a_sheet_is_one_page_in_each_way_to_print(press: Press, name: str) -> None:
    pages: dict[Way, int] = {}
    for dark in (True, False):
        page = press.open(f"tjeklister/{name}/", dark=dark)
        pages |= {way: _pages(_print(page, way)) for way in _EVERY if way.dark is dark}
    assert len(pages) == 16
    most = {way: 2 if name == _FULLEST and _room(way) < _FULL_HEIGHT else 1 for way in _EVERY}
    assert {most[way] for way in _EVERY if (way.paper, way.margin) == ("A4", _PLAIN.margin)} == {1}
    assert {way: count for way, count in pages.items() if count > most[way]} == {}


def _room(way: Way) -> float:
    """Return how many millimetres of paper lie between the margins."""
    return _PAPERS[way.paper][1] - 2 * way.margin


def test_a_sheet_that_takes_two_pages_is_broken_before_the_contacts(press: Press, procedure: Procedure) -> None:
    page = press.open(f"tjeklister/{_FULLEST}/")
    sheet = _sheet(procedure, _FULLEST)
    for paper in _PAPERS:
        first, second = pypdfium2.PdfDocument(_print(page, _PLAIN._replace(paper=paper, margin=25)))
        texts = [_squeezed(part.get_textpage().get_text_range()) for part in (first, second)]
        assert [item.text for item in _items(sheet) if _squeezed(item.text) not in texts[0]] == []
        assert texts[1].startswith(_squeezed("Hvem du kan kontakte"))


@_SHEETS
def test_a_printed_sheet_can_be_read_at_arms_length(press: Press, addressed_procedure: Procedure, name: str) -> None:
    sheet = _sheet(addressed_procedure, name)
    items = [item.text for item in (*sheet.tasks, *sheet.cautions)]
    page = press.open(f"tjeklister/{name}/")
    own = page.pdf(format="A4")
    large = _LEAST if name == _FULLEST else _LARGE
    assert _pages(own) == 1
    assert unreadable(own, items, large, imprint(addressed_procedure, sheet).address) == []
    for paper, margin in itertools.product(_PAPERS, _MARGINS):
        pdf = _print(page, _PLAIN._replace(paper=paper, margin=margin))
        assert unreadable(pdf, items, _LEAST, imprint(addressed_procedure, sheet).address) == [], (paper, margin)


@_SHEETS
def test_the_only_thin_lines_on_a_sheet_are_to_write_on(press: Press, procedure: Procedure, name: str) -> None:
    page = press.open(f"tjeklister/{name}/")
    page.emulate_media(media="print")
    sheet = _sheet(procedure, name)
    lines = page.evaluate(_RULES)
    thin = [text for text, width in lines if width < 2]
    assert thin.count("Gjort af:") == thin.count("Dato:") == sum(item.signed for item in sheet.tasks)
    assert len(thin) == thin.count("Gjort af:") * 2 + len(sheet.own_contacts)
    assert len(lines) == len(thin) + 2


@_SHEETS
def test_the_ready_pdf_is_one_a4_page(press: Press, addressed_procedure: Procedure, name: str) -> None:
    ready = (press.site / sheet_address(_sheet(addressed_procedure, name)).removeprefix("/")).read_bytes()
    [sheet] = pypdfium2.PdfDocument(ready)
    assert [round(length / MILLIMETRE) for length in sheet.get_size()] == list(_PAPERS["A4"])


@_SHEETS
def test_a_sheet_prints_the_same_from_light_and_dark_with_and_without_background(press: Press, name: str) -> None:
    pictures = []
    for dark in (False, True):
        page = press.open(f"tjeklister/{name}/", dark=dark)
        page.locator(".task input[type=checkbox]").first.check()
        for answer in page.locator(".task input[type=radio]").all()[::2]:
            answer.check()
        for background in (False, True):
            way = _PLAIN._replace(dark=dark, background=background)
            pictures.append(_picture(_print(page, way), way))
    first, *others = pictures
    assert [ImageChops.difference(first, other).getbbox() for other in others] == [None] * 3
    assert 0.01 < sum(first.histogram()[:128]) / (first.width * first.height) < 0.12


@_SHEETS_ASKING
def test_every_box_is_an_outlined_square_with_its_text_beside_it(press: Press, procedure: Procedure, name: str) -> None:
    page = press.open(f"tjeklister/{name}/", dark=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((210 - 2 * 16) * _PIXELS), "height": 900})
    boxes = page.evaluate(_BOXES)
    sheet = _sheet(procedure, name)
    texts = [["Ja", "Nej"] if item.is_question else [item.text] for item in sheet.tasks]
    assert [box["text"] for box in boxes] == [text for group in texts for text in group]
    for box in boxes:
        assert (box["width"], box["height"]) == (5, 5), box
        assert (box["style"], box["color"], box["fill"]) == ("solid", "rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"), box
        assert box["line"] >= 0.3, box
        assert 1 <= box["before"] <= 5, box
        assert box["off"] <= 1, box
    # All that is alike stands in one column.
    for text in ("Ja", "Nej"):
        assert len({box["left"] for box in boxes if box["question"] and box["text"] == text}) <= 1
    (left,) = {box["left"] for box in boxes if not box["question"]}
    assert 0 < left < 9
    assert sum(box["question"] for box in boxes) == 2 * sum(item.is_question for item in sheet.tasks)


@_SHEETS_ASKING
def test_the_boxes_are_empty_and_ticks_made_on_screen_show(press: Press, procedure: Procedure, name: str) -> None:
    tasks = _sheet(procedure, name).tasks
    asked = sum(item.is_question for item in tasks)
    page = press.open(f"tjeklister/{name}/", dark=True)
    empty = _picture(_print(page, _PLAIN), _PLAIN)
    marked = {}
    for kind, (selector, count) in {
        "item": (".task > label > input", len(tasks) - asked),
        "Ja": (".task > fieldset > label:first-of-type > input", asked),
        "Nej": (".task > fieldset > label:last-of-type > input", asked),
    }.items():
        boxes = page.locator(selector)
        expect(boxes).to_have_count(count)
        for box in boxes.all():
            box.check()
        ticks = _inked(ImageChops.difference(empty, _picture(_print(page, _PLAIN), _PLAIN)))
        # Nothing was in a box where its tick is now.
        assert ImageChops.multiply(ticks, _inked(ImageChops.invert(empty))).getbbox() is None
        for box in boxes.all():
            box.evaluate("(input) => { input.checked = false; }")
        assert _inked(ImageChops.difference(empty, _picture(_print(page, _PLAIN), _PLAIN))).getbbox() is None
        if not count:
            assert ticks.getbbox() is None
            continue
        left, top, right, bottom = ticks.getbbox() or (0, 0, 0, 0)
        assert 2 * MILLIMETRE * 2 < right - left < 6 * MILLIMETRE * 2
        rows = [ticks.crop((left, row, right, row + 1)).getbbox() is not None for row in range(top, bottom)]
        assert len([list(group) for is_marked, group in itertools.groupby(rows) if is_marked]) == count
        marked[kind] = left
    assert list(marked) == (["item", "Ja", "Nej"] if asked else ["item"])
    assert list(marked.values()) == sorted(marked.values())
    assert marked["item"] < 14 * MILLIMETRE * 2


@_SHEETS
def test_there_is_room_to_write_whom_the_school_calls(press: Press, procedure: Procedure, name: str) -> None:
    page = press.open(f"tjeklister/{name}/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((210 - 2 * 25) * _PIXELS), "height": 900})
    lines = page.evaluate(_LINES)
    assert [line["text"] for line in lines] == [f"{own}:" for own in _sheet(procedure, name).own_contacts]
    assert len(lines) == 2
    for line in lines:
        assert line["border"] == "solid"
        assert line["width"] > 70
        assert line["room"] > 7
        assert line["apart"] > 1


@_SHEETS
def test_the_code_on_a_printed_sheet_can_be_read_and_nothing_stands_on_it(
    press: Press, addressed_procedure: Procedure, name: str
) -> None:
    own = imprint(addressed_procedure, _sheet(addressed_procedure, name))
    page = press.open(f"tjeklister/{name}/", dark=True)
    [sheet] = pypdfium2.PdfDocument(_print(page, _PLAIN))
    assert [code.text for code in zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())] == [own.code_address]
    page.emulate_media(media="print")
    for (paper, (width, _)), margin in itertools.product(_PAPERS.items(), _MARGINS):
        page.set_viewport_size({"width": int((width - 2 * margin) * _PIXELS), "height": 900})
        assert page.evaluate(_ON_CODE) == [], (paper, margin)


def _inked(picture: Image.Image) -> Image.Image:
    """Return the picture in black, and white where it was light."""
    return picture.point([0] * 128 + [255] * 128)


@_SHEETS
def test_nothing_on_a_sheet_lies_outside_the_margins(press: Press, name: str) -> None:
    for way in (_PLAIN._replace(margin=6, background=True), _PLAIN._replace(paper="Letter", margin=25, dark=True)):
        page = press.open(f"tjeklister/{name}/", dark=way.dark)
        for sheet in pypdfium2.PdfDocument(_print(page, way)):
            width, height = sheet.get_size()
            edge = way.margin * MILLIMETRE - 1
            picture = sheet.render(scale=2).to_pil().convert("L")
            frame = tuple(round(place * 2) for place in (edge, edge, width - edge, height - edge))
            picture.paste(255, frame)
            assert picture.getextrema() == (255, 255), way
        page.emulate_media(media="print")
        page.set_viewport_size({"width": int((_PAPERS[way.paper][0] - 2 * way.margin) * _PIXELS), "height": 900})
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), way


@_SHEETS
def test_text_is_black_sans_serif_and_at_least_11_and_a_half_points(press: Press, name: str) -> None:
    page = press.open(f"tjeklister/{name}/", dark=True)
    page.emulate_media(media="print")
    texts = page.evaluate(_TEXTS)
    assert len(texts) > 20
    assert [text for text in texts if text["size"] < 11.49] == []
    assert {text["color"] for text in texts} == {"rgb(0, 0, 0)"}
    assert {text["family"].split(",")[0] for text in texts} == {"Arial"}
    assert {text["family"].split(", ")[-1] for text in texts} == {"sans-serif"}
    assert page.evaluate(_FILLED) == []


@_SHEETS_ASKING
def test_browser_and_pdf_print_the_words_of_the_model_and_no_others(
    press: Press, addressed_procedure: Procedure, name: str
) -> None:
    sheet = _sheet(addressed_procedure, name)
    expected = _words(" ".join(_expected(addressed_procedure, sheet)))
    ready = (press.site / sheet_address(sheet).removeprefix("/")).read_bytes()
    for pdf in (_print(press.open(f"tjeklister/{name}/"), _PLAIN), ready):
        text = _text(pdf)
        assert _words(text) == expected
        assert [word for word in _CHROME if word in text] == []


@_SHEETS_ASKING
def test_browser_and_pdf_hold_the_same_items_in_the_order_of_the_sheet(
    press: Press, addressed_procedure: Procedure, name: str
) -> None:
    sheet = _sheet(addressed_procedure, name)
    own = imprint(addressed_procedure, sheet)
    landmarks = [sheet.title, sheet.begins, *(item.text for item in _items(sheet))]
    landmarks += ["Hvem du kan kontakte", sheet.doubt, *(contact.role for contact in sheet.contacts)]
    landmarks += ["Skoleledelse:", "Ikke afprøvet endnu", own.address]
    ready = (press.site / sheet_address(sheet).removeprefix("/")).read_bytes()
    for pdf in (_print(press.open(f"tjeklister/{name}/"), _PLAIN), ready):
        [page] = pypdfium2.PdfDocument(pdf)
        heights = [_height(page.get_textpage(), text) for text in landmarks]
        assert heights == sorted(heights, reverse=True)


def _height(text: pypdfium2.PdfTextPage, wanted: str) -> float:
    """Return how high on the page a text begins. A line may break anywhere in it."""
    chars = [(number, char) for number, char in enumerate(text.get_text_range()) if not char.isspace()]
    written = "".join(char for _, char in chars).replace("\ufffe", "-")
    place = written.find("".join(wanted.split()))
    assert place >= 0, wanted
    return round(float(text.get_charbox(chars[place][0], loose=True)[3]))


@pytest.mark.parametrize("growth", _GROWTH)
@_SHEETS
def test_a_list_too_long_for_a_page_goes_on_on_the_next_with_every_item_whole(
    press: Press, procedure: Procedure, name: str, growth: str
) -> None:
    text, signed = _GROWTH[growth]
    page = press.open(f"tjeklister/{name}/")
    page.evaluate(_GROW, [text.strip(), signed, 30])
    papers = [paper.get_textpage().get_text_range() for paper in pypdfium2.PdfDocument(_print(page, _PLAIN))]
    texts = [_squeezed(paper) for paper in papers]
    assert len(texts) > 1
    added = [text.strip().replace("{}", str(number)) for number in range(1, 31)]
    for item in (*(item.text for item in _items(_sheet(procedure, name))), *added):
        assert len([text for text in texts if _squeezed(item) in text]) == 1, item


@_SHEETS
def test_a_sheet_has_room_for_three_more_lines_before_the_build_refuses_it(
    addressed_procedure: Procedure, name: str
) -> None:
    sheet = _sheet(addressed_procedure, name)
    first, *rest = sheet.tasks
    lines = Run(" ".join(["Tre linjer mere på arket."] * 8), False, "")
    grown = replace(sheet, tasks=(replace(first, runs=(*first.runs, Run(" ", False, ""), lines)), *rest))
    assert make_pdf(DANISH, [(grown, imprint(addressed_procedure, sheet))], sheet.title)[1] == 1


def test_without_the_sites_address_a_sheet_says_nothing_of_it_and_has_no_code(
    stage: Stage, procedure: Procedure, among: Among
) -> None:
    page = stage.page()
    for name in among(_NAMES):
        page.goto(f"tjeklister/{name}/")
        sheet = _sheet(procedure, name)
        expected = _words(" ".join(_expected(procedure, sheet)))
        assert imprint(procedure, sheet).address == ""
        ready = (stage.site / sheet_address(sheet).removeprefix("/")).read_bytes()
        for pdf in (_print(page, _PLAIN), ready):
            assert _words(_text(pdf)) == expected
        assert page.locator("main").inner_text().count("SITE_URL") == 0
        expect(page.locator(".qr")).to_have_count(0)


@SCRIPT_OR_NONE
def test_print_and_pdf_are_one_tap_away_and_paper_is_not_on_screen(
    press: Press, javascript: bool, among: Among
) -> None:
    for name in among(_NAMES):
        page = press.open(f"tjeklister/{name}/", width=360, javascript=javascript)
        for tool in page.locator(".sheet-tools").locator("a, button").all():
            needs_script = tool.evaluate("(e) => e.tagName === 'BUTTON'")
            expect(tool).to_be_visible(visible=javascript or not needs_script)
            box = tool.bounding_box()
            assert box is None or (box["height"] >= 44 and box["y"] + box["height"] < 740)
        for other in (".sheet-imprint", ".sheet-sender", ".sheet-added", ".sheet-code"):
            expect(page.locator(other)).to_be_hidden()
        expect(page.locator(".status")).to_contain_text("Udgave")
        answer = page.request.get(str(page.locator(".sheet-pdf").evaluate("(e) => e.href")))
        assert answer.body().startswith(b"%PDF")


def test_the_print_button_prints(press: Press) -> None:
    page = press.open("tjeklister/vurder/")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator(".sheet-print").click()
    assert page.evaluate("window.printed")


def test_a_scanned_sheet_says_whether_it_is_the_current_one(
    press: Press, addressed_procedure: Procedure, among: Among
) -> None:
    for sheet in among(sheets(addressed_procedure)):
        version = imprint(addressed_procedure, sheet).version
        assert version is not None
        page = press.open(f"tjeklister/{sheet.name}/#{version_mark(DANISH, version)}")
        expect(page.locator(".sheet-version:visible")).to_contain_text("gældende")
        expect(page.locator(".sheet-old:visible")).to_have_count(0)
        page = press.open(f"tjeklister/{sheet.name}/#udgave-2020-01-01-0f3a9c21")
        old = page.locator(".sheet-old:visible")
        expect(old).to_contain_text("ikke kender")
        expect(old).to_have_css("border-left-width", "8px")


def test_the_whole_procedure_breaks_at_phases_and_keeps_checklists_and_drawings_whole(
    stage: Stage, procedure: Procedure
) -> None:
    page = stage.page()
    page.goto("mere/samlet/")
    for paper_name, margin in itertools.product(_PAPERS, (10, 25)):
        pdf = _print(page, _PLAIN._replace(paper=paper_name, margin=margin))
        texts = [_squeezed(sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(pdf)]
        for phase in procedure.contract.phases[1:]:
            assert [text for text in texts if text.startswith(_squeezed(phase.heading))], phase.heading
        for sheet in sheets(procedure)[1:]:
            tasks = {_squeezed(item.text) for item in sheet.tasks}
            assert [text for text in texts if all(task in text for task in tasks)], sheet.name
        for flow in procedure.flows:
            texts_of_nodes = {_squeezed(node.text) for node in flow.nodes.values()}
            if flow.path.startswith("docs/faser/"):
                assert [text for text in texts if all(node in text for node in texts_of_nodes)], flow.id
        for text in texts:
            assert not text.endswith(("Trin", "Tjekliste", "Beslutningsdiagram"))


def _squeezed(text: str) -> str:
    return "".join(text.replace("\ufffe", "-").split())
