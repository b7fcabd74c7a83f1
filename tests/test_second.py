"""Another procedure, of an invented school and in another language, is built by the same engine.

`build.py --new` writes it from `tests/second` and this checkout's look and theme, as for a person who begins one
(`second_tree`).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from pypdf import PdfReader

from procedure.derive.guide import screens
from procedure.model import Procedure, load_procedure
from procedure.words import DANISH
from procedure.words.words import PLACEHOLDER
from tests.project import SECOND_ADDRESS, run_build

_PHASES = ("receive", "search", "close")
# Said alike in both languages.
_ALIKE = {"handbook.pdf", "places.links", "sections.diagram.id", "diagram.phase_routes", "phones.short_forms"}
# What a server reads, and whoever runs it; and the theme's own.
_NOT_FOR_READERS = re.compile(r"(.*/)?(nginx\.conf|web\.config|\.[\w-]+)|assets/(javascripts|stylesheets)/.*")
_PDFS = ("checklists.pdf", "checklists/trial-form.pdf", *(f"checklists/{name}.pdf" for name in ("right-now", *_PHASES)))


@pytest.fixture(scope="module")
def second(second_tree: Path) -> Procedure:
    """The second procedure as it was published."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SECOND_ADDRESS)
        return load_procedure(second_tree)


def _texts(site: Path) -> Iterator[tuple[str, str]]:
    """Yield all that a reader, or a reader's program, may be shown of the site, file by file."""
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if _NOT_FOR_READERS.fullmatch(name) or path.suffix in (".br", ".gz", ".png"):
            continue
        if path.suffix == ".pdf":
            pdf = PdfReader(path)
            alt = re.findall(r"/Alt \((.*?)\)", path.read_bytes().decode("latin-1"))
            yield name, "\n".join([*(page.extract_text() for page in pdf.pages), str(pdf.metadata), *alt])
        elif path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as copy:
                yield name, "\n".join(copy.namelist())
                [start] = [one for one in copy.namelist() if one.endswith("/start-here.html")]
                yield start, copy.read(start).decode()
        else:
            yield name, path.read_text("utf-8")


def _parts(text: str) -> list[str]:
    """Return what stands between the placeholders of a text and has a word in it."""
    return [part.strip() for part in PLACEHOLDER.split(text)[::2] if re.search(r"\w\w", part)]


def test_it_is_built_without_an_error_and_without_a_line_of_the_engine_changed(second_tree: Path) -> None:
    run = run_build(second_tree, "--check", "--today=2026-11-29", address=SECOND_ADDRESS)
    assert run.returncode == 0
    assert "0 fejl" in run.stdout
    # Its site has no page about the codes: a report leads to this checkout's.
    assert "docs/mere/fund-c.md#c09" in run.stdout


def test_it_says_all_of_it_in_words_of_its_own(second: Procedure) -> None:
    words = second.words
    every = {**DANISH.texts, **DANISH.lists}
    own = {**words.texts, **words.lists}
    assert {key for key in every if own[key] == every[key]} == _ALIKE


def test_no_danish_word_of_the_engine_is_left_in_a_page_a_paper_or_a_file(second_tree: Path, second: Procedure) -> None:
    words = second.words
    danish = {
        part
        for key, text in DANISH.texts.items()
        if words.texts[key] != text and key != "language"
        for part in _parts(text)
    }
    danish |= {row for key, rows in DANISH.lists.items() if words.lists[key] != rows for row in rows if row.isalpha()}
    danish -= {part for text in words.texts.values() for part in _parts(text)}
    danish -= {row for rows in words.lists.values() for row in rows}
    # English too.
    danish = {part for part in danish if part.lower() not in {"was", "supplement"}}
    assert len(danish) > 200
    patterns = [re.compile(rf"(?<![\w-]){re.escape(part)}(?![\w-])") for part in danish]
    left = [
        (name, pattern.pattern)
        for name, text in _texts(second_tree / "site")
        for pattern in patterns
        if pattern.search(text)
    ]
    assert not left, left


def test_no_danish_letter_is_in_what_the_site_brings_of_its_own(second_tree: Path) -> None:
    left = {
        name: found[0]
        for name, text in _texts(second_tree / "site")
        if (found := re.search(r".{0,20}[æøåÆØÅ].{0,20}", text))
    }
    assert left == {}


def test_each_page_says_which_language_it_is_in(second_tree: Path) -> None:
    pages = {path: html.parse(path) for path in (second_tree / "site").rglob("*.html")}
    assert {page.getroot().get("lang") for page in pages.values()} == {"en"}
    # Pages, the page for what is not found, and the short address.
    assert len(pages) == len(list((second_tree / "docs").rglob("*.md"))) + 2


@pytest.mark.parametrize("name", _PDFS)
def test_each_sheet_is_one_page_in_that_language(name: str, second_tree: Path) -> None:
    pdf = PdfReader(second_tree / "site" / name)
    assert len(pdf.pages) == (4 if name == "checklists.pdf" else 1)
    assert str(pdf.root_object["/Lang"]) == "en"


def test_a_sheet_says_its_own_words_and_numbers(second_tree: Path) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(second_tree / "site/checklists/search.pdf").pages)
    for said in (
        "Phase 2 of 3",
        "Use the sheet after phase 1",
        "Done by:",
        "Call 5550 0101",
        "Edition of 29 November 2026",
    ):
        assert said in " ".join(text.split())
    links = re.findall(r"tel:\+999\d+", (second_tree / "site/checklists/search.pdf").read_bytes().decode("latin-1"))
    assert links


def test_the_guide_leads_through_its_three_phases(second_tree: Path, second: Procedure) -> None:
    page = html.parse(second_tree / "site/guide/index.html").getroot()
    shown = [section.get("id") for section in page.find_class("guide-screen")]
    assert shown == [screen.id for screen in screens(second)]
    assert {screen.phase.id for screen in screens(second)} == set(_PHASES)
    (first,) = [section for section in page.find_class("guide-screen") if section.get("id") == "receive-name"]
    assert [" ".join(link.text_content().split()) for link in first.iterfind(".//*[@class='guide-ways']//a")] == [
        "Yes",
        "NoOn to phase 2: Search for its owner",
    ]
    assert "The procedure does not say that phase 2 and phase 3 exclude each other." in first.text_content()


def test_its_frame_and_its_styles_are_those_of_its_own_pages(second_tree: Path) -> None:
    guide, sheet, front = (
        html.parse(second_tree / "site" / path / "index.html").getroot() for path in ("guide", "checklists/search", "")
    )
    styles = [
        {Path(link.get("href")).name for link in page.iterfind(".//link[@rel='stylesheet']")}
        for page in (guide, sheet, front)
    ]
    assert [{"guide.css", "map.css", "sheet.css"} & names for names in styles] == [
        {"guide.css", "map.css"},
        {"sheet.css"},
        set(),
    ]
    assert [link.text for link in front.iterfind(".//footer//nav//a")][:2] == ["What do I do now?", "Step by step"]


def test_programs_get_it_too(second_tree: Path, second: Procedure) -> None:
    data = json.loads((second_tree / "site/procedure.json").read_bytes())
    assert [phase["id"] for phase in data["phases"]] == list(_PHASES)
    assert data["contacts"][-1]["mark"] == "Added – awaiting approval"
    assert {flow["address"] for flow in data["flows"]} == {"/overview/", *(f"/phases/{name}/" for name in _PHASES)}
    feed = etree.parse(second_tree / "site/editions.xml").getroot()
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert [title.text for title in feed.iter("{*}title")] == ["Editions: Lost property", "Edition of 29 November 2026"]
    process = etree.parse(second_tree / "site/bpmn/receive.bpmn").getroot()
    assert {gate.get("name") for gate in process.iter("{*}exclusiveGateway")} == {"Answer"}
    assert "Requirements: R3" in [one.text for one in process.iter("{*}documentation")]
    assert second.words.language == "en"


def test_the_short_address_leads_to_the_statement(second_tree: Path) -> None:
    page = html.parse(second_tree / "site/accessible/index.html").getroot()
    assert page.findtext(".//h1") == "The page is elsewhere"
    assert page.find(".//main//a").get("href") == "../more/accessibility/"


@pytest.mark.parametrize("name", ["file", "docs"])
def test_a_new_one_is_written_only_where_nothing_is(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    if name == "file":
        folder.write_text("", "utf-8")
    else:
        (folder / name).mkdir(parents=True)
    run = run_build(tmp_path, "--new", str(folder))
    assert (run.returncode, run.stderr) == (
        2,
        f"build.py: {folder} er ikke en tom mappe. Skriv en, der er tom, eller som ikke findes endnu.\n",
    )
    assert [path.name for path in tmp_path.rglob("*")] == (["mine"] if name == "file" else ["mine", "docs"])
