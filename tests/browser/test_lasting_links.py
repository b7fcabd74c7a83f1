"""What was published keeps working: a step, a question, a page and a sheet that have changed, at their old addresses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from procedure.derive.published import version_mark
from procedure.source.ledger import LEDGER_PATH, Ledger, Version, read_ledger
from procedure.words import DANISH
from tests.browser.stage import SCRIPT_OR_NONE, Among, Stage, served
from tests.project import ADDRESS, content, edit, run_build

# The project is published twice for them: they are seen among the judges.
pytestmark = pytest.mark.every

_SHEET = "/tjeklister/vurder.pdf"
_CHANGE = "Overblikket har linjer til, hvem der fik det, og hvornår"
# Where each lost address leads now. The places on a page that has moved follow it, and have no line.
_MOVED = {
    "/faser/vurder/#d-vurder-overblik": "/faser/vurder/#d-vurder-afdaekning",
    "/faser/vurder/#d-vurder-under": "/faser/vurder/#d-vurder-underret",
    "/faser/vurder/#inddrag": "/faser/vurder/#inddragelse",
    "/guide/#dokumenter-vej/klares-internt": "/guide/#dokumenter-vej/klares-paa-skolen",
    "/guide/#vurder-overblik": "/guide/#vurder-afdaekning",
    "/guide/#vurder-under": "/guide/#vurder-underret",
    "/guide/#vurder-under/ja": "/guide/#vurder-underret/ja",
    "/guide/#vurder-under/nej": "/guide/#vurder-underret/nej",
    "/mere/egne-ord/#ord-vurder-inddrag": "/mere/egne-ord/#ord-vurder-inddragelse",
    "/mere/samlet/#d-vurder-overblik": "/mere/samlet/#d-vurder-afdaekning",
    "/mere/samlet/#d-vurder-under": "/mere/samlet/#d-vurder-underret",
    "/mere/samlet/#vurder-inddrag": "/mere/samlet/#vurder-inddragelse",
    "/mere/veje/": "/mere/ruter/",
}


class Moved(NamedTuple):
    """The project after its changes, what the first build said of them, and the version of the sheet before."""

    root: Path
    lost: dict[str, str]
    before: dict[str, bytes]
    after_failure: dict[str, bytes]
    old: Version


@pytest.fixture(scope="module")
def moved(addressed_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    """Move things in a project that was published, and say in the ledger where they are."""
    root = Path(shutil.copytree(addressed_tree, tmp_path_factory.mktemp("moved") / "project"))
    old = _version(root)
    _move(root)
    before = content(root)
    failed = run_build(root, "--format=json", address=ADDRESS)
    assert failed.returncode == 1
    lost = {
        str(re.findall("»(.+?)«", finding["message"])[0]): finding["hint"]
        for finding in json.loads(failed.stdout)["findings"]
        if finding["code"] == "L17"
    }
    after_failure = content(root)
    for address, target in _MOVED.items():
        edit(root, LEDGER_PATH, f"\n{address}\n", f"\n{address} -> {target}\n")
    second = run_build(root, f"--publish={_CHANGE}", address=ADDRESS)
    assert second.returncode == 0, second.stdout + second.stderr
    return Moved(root, lost, before, after_failure, old)


def _move(root: Path) -> None:
    """Rename a step, a question, an instruction, an answer and a page, and change a sheet, as an editor would."""
    edit(root, "docs/procedure.yml", "- id: inddrag\n", "- id: inddragelse\n")
    for path in ("docs/faser/vurder.md", "docs/mere/spoergsmaal.md", "docs/index.md"):
        edit(root, path, "#inddrag", "#inddragelse")
    page = root / "docs/faser/vurder.md"
    text = page.read_text("utf-8")
    for old, new in (("under", "underret"), ("overblik", "afdaekning")):
        text = re.sub(rf"(?<=[ >]){old}(?=\{{\{{|\[| -->|:| \")", new, text)
    page.write_text(text, "utf-8")
    documents = "docs/faser/dokumenter.md"
    edit(root, documents, "|Klares internt|", "|Klares på skolen|")
    edit(root, documents, "|Skal politianmeldes|", "|Skal anmeldes|")
    edit(root, documents, "  %% krav vej:", "  %% navn vej: skal-politianmeldes = Skal anmeldes\n  %% krav vej:")
    (root / "docs/mere/veje.md").rename(root / "docs/mere/ruter.md")
    for path in ("mkdocs.yml", "docs/mere/index.md", "docs/mere/rediger.md"):
        edit(root, path, "veje.md", "ruter.md")
    edit(root, "docs/tjeklister/vurder.md", '{ data-req="V1" }', '{ .done-by data-req="V1" }')


def _ledger(root: Path) -> Ledger:
    ledger, findings = read_ledger(root)
    assert ledger is not None
    assert findings == []
    return ledger


def _version(root: Path) -> Version:
    version = _ledger(root).version(_SHEET)
    assert version is not None
    return version


@pytest.fixture
def stage(browser: Browser, moved: Moved) -> Iterator[Stage]:
    with served(moved.root / "site", urlsplit(ADDRESS).path) as address:
        stage = Stage(browser, address, moved.root / "site")
        yield stage
        assert stage.close() == []


def _open(stage: Stage, address: str, *, javascript: bool = True) -> Page:
    page = stage.page(javascript=javascript)
    page.goto(stage.address + address.removeprefix("/"))
    return page


def test_each_lost_address_is_one_finding_with_the_command_to_run(moved: Moved) -> None:
    assert set(moved.lost) == set(_MOVED)
    for address, hint in moved.lost.items():
        assert hint.endswith(f"--retired {address}")
    assert "--renamed /faser/vurder/#inddrag /faser/vurder/#inddragelse · " in moved.lost["/faser/vurder/#inddrag"]
    assert "--moved /mere/veje/ /mere/ruter/ · " in moved.lost["/mere/veje/"]


def test_an_answer_that_is_lost_may_keep_its_name(moved: Moved) -> None:
    hint = moved.lost["/guide/#dokumenter-vej/klares-internt"]
    assert "%% navn vej: klares-internt = " in hint
    assert "%% navn" not in moved.lost["/guide/#vurder-under/ja"]


@SCRIPT_OR_NONE
@pytest.mark.parametrize(
    ("address", "screen"),
    [
        ("/guide/#vurder-under/ja", "vurder-lavunder"),
        ("/guide/#dokumenter-vej/klares-internt", "dokumenter-slutintern"),
        ("/guide/#dokumenter-vej/skal-politianmeldes", "dokumenter-slutpoliti"),
    ],
)
def test_an_answer_is_at_its_old_address(stage: Stage, address: str, screen: str, javascript: bool) -> None:
    page = _open(stage, address, javascript=javascript)
    shown = page.locator(".guide > section[data-node]").locator("visible=true")
    expect(shown).to_have_id(screen)
    expect(page.locator(".guide-stopped")).to_have_count(0)


def test_answers_that_have_moved_are_known_wherever_they_stand_in_an_address(stage: Stage) -> None:
    page = _open(stage, "/guide/#vurder-under/nej/dokumenter-tilsendt/ja/dokumenter-vej/klares-internt")
    expect(page.locator(".guide > section[data-node]").locator("visible=true")).to_have_id("dokumenter-slutintern")
    expect(page.locator(".guide-log strong")).to_have_text(["Nej", "Ja", "Klares på skolen"])
    assert page.url.endswith("#vurder-underret/nej/dokumenter-tilsendt/ja/dokumenter-vej/klares-paa-skolen")


def test_until_the_ledger_says_where_it_leads_the_site_is_as_it_was(moved: Moved) -> None:
    assert moved.after_failure == moved.before


def test_what_is_new_is_published_beside_what_was(moved: Moved) -> None:
    entries = _ledger(moved.root).entries
    assert {address: entries[address].target for address in _MOVED} == _MOVED
    assert {target for target in _MOVED.values() if target in entries} == set(_MOVED.values())


@SCRIPT_OR_NONE
@pytest.mark.parametrize(
    ("address", "place"),
    [("/faser/vurder/#inddrag", "inddragelse"), ("/mere/samlet/#vurder-inddrag", "vurder-inddragelse")],
)
def test_a_renamed_step_is_shown_at_its_old_address(stage: Stage, address: str, place: str, javascript: bool) -> None:
    page = _open(stage, address, javascript=javascript)
    heading = page.locator(f"#{place}")
    expect(heading).to_be_in_viewport(ratio=1)
    expect(heading).to_contain_text("Inddrag")
    expect(heading.locator(":target")).to_have_id(address.partition("#")[2])
    assert heading.evaluate("heading => heading.getBoundingClientRect().top") < 200


@pytest.mark.parametrize("page_address", ["/faser/vurder/", "/mere/samlet/"])
def test_a_renamed_question_is_shown_in_the_drawing_at_its_old_address(stage: Stage, page_address: str) -> None:
    page = _open(stage, f"{page_address}#d-vurder-under")
    expect(page.locator("#d-vurder-underret")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('#d-vurder-underret > :target') !== null")


@SCRIPT_OR_NONE
def test_a_renamed_question_is_the_screen_that_the_guide_shows(stage: Stage, javascript: bool) -> None:
    page = _open(stage, "/guide/#vurder-under", javascript=javascript)
    expect(page.locator(".guide > section:visible")).to_have_count(1)
    expect(page.locator("#vurder-underret")).to_be_visible()
    expect(page.locator("#vurder-underret")).to_contain_text("Skal der laves en underretning?")


def test_a_renamed_instruction_keeps_its_words_in_the_way_as_text(stage: Stage) -> None:
    page = _open(stage, "/guide/#vurder-overblik")
    text = page.locator("#vurder-afdaekning").inner_text().split("\n")[0].strip()
    page.locator("section:visible [data-answer]").first.click()
    page.get_by_role("button", name="Forløbet som tekst").click()
    assert text
    expect(page.locator(".guide-text")).to_contain_text(f"- {text}")


@SCRIPT_OR_NONE
@pytest.mark.parametrize("address", ["/mere/veje/", "/mere/veje/#findes-ikke"])
def test_a_renamed_pages_old_address_arrives_at_the_page(stage: Stage, address: str, javascript: bool) -> None:
    page = _open(stage, address, javascript=javascript)
    page.wait_for_url(re.compile(r"/mere/ruter/(#.*)?$"))
    expect(page.locator("h1")).to_have_text("Alle veje")


@pytest.mark.parametrize("fragment", ["veje-anmeld", "veje%2Danmeld"])
def test_a_place_on_a_renamed_page_arrives_at_the_place(stage: Stage, fragment: str) -> None:
    page = _open(stage, f"/mere/veje/#{fragment}")
    page.wait_for_url(re.compile("/mere/ruter/#veje-anmeld$"))
    expect(page.locator("#veje-anmeld")).to_be_in_viewport()


def test_an_old_address_that_was_cut_off_still_arrives(stage: Stage) -> None:
    page = _open(stage, "/mere/veje/#%E0%A4%A")
    page.wait_for_url(re.compile("/mere/ruter/"))


def _moved_places(moved: Moved) -> Iterator[tuple[str, str]]:
    """Yield each place on a page that is still there, and where the ledger says that it leads now."""
    for address, entry in _ledger(moved.root).entries.items():
        if entry.target and "#" in address:
            yield address, entry.target


@SCRIPT_OR_NONE
def test_every_place_that_is_now_elsewhere_shows_one_line_that_leads_on(
    stage: Stage, moved: Moved, javascript: bool, among: Among
) -> None:
    page = stage.page(javascript=javascript)
    elsewhere = [(old, new) for old, new in _moved_places(moved) if old.split("#")[0] != new.split("#")[0]]
    assert len(elsewhere) > 5
    for address, target in among(elsewhere):
        page.goto("about:blank")
        page.goto(stage.address + address.removeprefix("/"))
        lines = page.locator(".moved").locator("visible=true")
        expect(lines, address).to_have_count(1)
        expect(lines).to_be_in_viewport(ratio=1)
        expect(lines).to_have_id(address.partition("#")[2])
        lines.get_by_role("link").click()
        page.wait_for_url(stage.address + target.removeprefix("/"))
        expect(page.locator("h1")).to_be_visible()


@SCRIPT_OR_NONE
def test_every_place_that_has_another_name_on_its_page_is_shown_there(
    stage: Stage, moved: Moved, javascript: bool, among: Among
) -> None:
    page = stage.page(javascript=javascript)
    here = [(old, new) for old, new in _moved_places(moved) if old.split("#")[0] == new.split("#")[0]]
    to_places = [(old, new) for old, new in here if "#" in new]
    to_pages = [(old, new) for old, new in here if "#" not in new]
    assert to_places
    assert to_pages
    for address, target in (*among(to_places), *among(to_pages)):
        place = target.partition("#")[2]
        page.goto("about:blank")
        page.goto(stage.address + address.removeprefix("/"))
        expect(page.locator(f'[id="{place}"]' if place else "h1"), address).to_be_in_viewport()
        expect(page.locator(".moved").locator("visible=true"), address).to_have_count(0)
        if not place:
            assert page.evaluate("document.querySelector(':target').nextElementSibling.localName") == "article"


def test_who_comes_by_the_pages_own_address_sees_nothing_of_what_has_moved(
    stage: Stage, moved: Moved, among: Among
) -> None:
    page = stage.page()
    lines = 0
    for path in among(sorted({address.split("#")[0] for address, _ in _moved_places(moved)})):
        page.goto(stage.address + path.removeprefix("/"))
        lines += page.locator(".moved").count()
        expect(page.locator(".moved").locator("visible=true"), path).to_have_count(0)
    assert lines >= among.least(6)


def _without_refresh(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=re.sub("<noscript>.*?</noscript>", "", response.text(), flags=re.DOTALL))


@pytest.mark.parametrize(("fragment", "arrives"), [("", ""), ("#veje-anmeld", "#veje-anmeld")])
def test_where_nothing_moves_the_reader_a_link_leads_to_the_page_or_the_place(
    stage: Stage, fragment: str, arrives: str
) -> None:
    page = stage.page(javascript=False)
    page.route("**/mere/veje/", _without_refresh)
    page.goto(f"{stage.address}mere/veje/{fragment}")
    expect(page.locator("h1")).to_have_text("Siden ligger et andet sted")
    links = page.locator("main a:visible")
    expect(links).to_have_count(2 if fragment else 1)
    links.last.click()
    page.wait_for_url(re.compile(f"/mere/ruter/{arrives}$"))


def _said(page: Page) -> str:
    """Return what the sheet's page says of the sheet that was scanned."""
    shown = page.locator(".sheet-version:visible, .sheet-unknown:visible")
    return " ".join(" ".join(shown.all_inner_texts()).split())


def _says_its_edition(page: Page, root: Path) -> None:
    expect(page.locator(".status")).to_contain_text(f"Udgave {DANISH.day(_version(root).day)}")


@SCRIPT_OR_NONE
def test_a_sheet_from_before_says_what_is_new_and_each_change_since(
    stage: Stage, moved: Moved, javascript: bool
) -> None:
    page = _open(stage, f"/tjeklister/vurder/#{version_mark(DANISH, moved.old)}", javascript=javascript)
    said = _said(page)
    assert said.startswith(f"Dit papir er fra udgaven {DANISH.day(moved.old.day)}. {_CHANGE}. Det er ændret siden:")
    shown = page.locator(".sheet-version:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_be_in_viewport()
    assert shown.locator("li").count() > 0


def test_a_sheet_of_today_says_that_it_is_current(stage: Stage, moved: Moved) -> None:
    version = _version(moved.root)
    assert version != moved.old
    page = _open(stage, f"/tjeklister/vurder/#{version_mark(DANISH, version)}")
    assert _said(page) == "Dit papir er den gældende udgave."


def test_a_second_sheet_scanned_into_the_same_page_is_told_anew(stage: Stage, moved: Moved) -> None:
    version = _version(moved.root)
    page = _open(stage, f"/tjeklister/vurder/#{version_mark(DANISH, moved.old)}")
    page.goto(f"{stage.address}tjeklister/vurder/#{version_mark(DANISH, version)}")
    assert _said(page) == "Dit papir er den gældende udgave."
    page.goto(f"{stage.address}tjeklister/vurder/#andet")
    assert _said(page) == ""


@pytest.mark.parametrize("fragment", ["udgave-", "udgave-2020-01-01-00000000", "udgave-%E0%A4%A", "udgave-<b>"])
def test_of_a_version_that_no_edition_has_the_page_says_so(stage: Stage, fragment: str) -> None:
    said = _said(_open(stage, f"/tjeklister/vurder/#{fragment}"))
    assert said == "Dit papir er fra en udgave, som siden ikke kender. Brug det, der står her."
