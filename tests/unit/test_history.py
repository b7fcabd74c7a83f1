"""What each edition changed, as readers are told it, and what a paper from an earlier one is shown."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest
from pypdf import PdfReader
from tests.project import add_sentence, edit

import build
from procedure.blocks.change_marks import mark_phase, mark_sheet
from procedure.blocks.differing import add_differing
from procedure.blocks.edition_list import add_place, edition_list
from procedure.blocks.sheet_page import sheet_frame
from procedure.blocks.to_approve import to_approve
from procedure.derive.approvals import approval
from procedure.derive.history import Renewed, history, since, since_nothing
from procedure.derive.imprint import imprint
from procedure.derive.published import updated_ledger, version_mark
from procedure.derive.renamed import under_new_names
from procedure.derive.sheet_versions import old_versions
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure, load_procedure
from procedure.outputs.pdf import make_pdf
from procedure.source.edition import Approval
from procedure.words import DANISH

_CASES = Path(__file__).resolve().parents[1] / "cases"
_FLOW, _SHEET, _CONTRACT = "docs/faser/en.md", "docs/tjeklister/to.md", "docs/procedure.yml"
_MORE = "docs/mere"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small project, as it was published on 22 November 2026."""
    root = Path(shutil.copytree(_CASES / "base", tmp_path / "tree"))
    return Path(shutil.copytree(_CASES / "published", root, dirs_exist_ok=True))


def _publish(tree: Path, change: str, day: str) -> None:
    assert build.main(["--root", str(tree), f"--publish={change}", "--without-address", "--today", day]) == 0


def _new_number(tree: Path, number: str) -> None:
    text = (tree / _CONTRACT).read_text("utf-8")
    before = text.split('phone: "')[1].split('"')[0]
    edit(tree, _CONTRACT, f'phone: "{before}"', f'phone: "{number}"')


def _reword(tree: Path) -> None:
    """Say a requirement otherwise wherever it is said, with the difference in the contract."""
    for page in (tree / "docs").rglob("*.md"):
        text = page.read_text("utf-8")
        page.write_text(text.replace("Lav et kort notat", "Lav straks et kort notat"), "utf-8")
    edit(
        tree,
        _CONTRACT,
        "quote: Lav et kort notat.\n",
        "quote: Lav et kort notat.\n            differs:\n              - Lav et → Lav straks et\n",
    )


def _newest(procedure: Procedure) -> Renewed:
    renewed = history(procedure)[0][1]
    assert renewed is not None
    return renewed


def _sheet(procedure: Procedure, name: str = "to") -> Sheet:
    return next(sheet for sheet in sheets(procedure) if sheet.name == name)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_first_edition_changed_nothing(tree: Path) -> None:
    procedure = load_procedure(tree)
    assert [renewed for _, renewed in history(procedure)] == [None]
    assert procedure.edition
    assert not since(procedure, procedure.edition)


def test_a_requirement_that_is_reworded_is_told_with_its_words_before_and_now(tree: Path) -> None:
    _reword(tree)
    _publish(tree, "Notatet laves straks", "2026-11-30")
    (told,) = _newest(load_procedure(tree)).differences
    assert (told.section, told.key, told.address) == ("requirements", "A3", "/faser/en/#handl")
    assert (told.before, told.now) == ("Lav et kort notat.", "Lav straks et kort notat.")


def test_a_number_that_is_another_is_told_as_the_contacts(tree: Path) -> None:
    _new_number(tree, "87654321")
    _publish(tree, "Nyt nummer", "2026-11-30")
    renewed = _newest(load_procedure(tree))
    (told,) = renewed.differences
    assert told.section == "contacts"
    assert "12 34 56 78" in told.before
    assert "87 65 43 21" in told.now
    assert {sheet.address for sheet in renewed.sheets} >= {"/tjeklister/to/"}


def test_what_has_come_has_no_words_before_and_what_is_gone_none_now(tree: Path) -> None:
    add_sentence(tree)
    _publish(tree, "Rådet kan spørges", "2026-11-30")
    (told,) = [row for row in _newest(load_procedure(tree)).differences if row.section == "contacts"]
    assert (told.before, told.now) == ("", "Er du stadig i tvivl, så spørg Rådet.")
    for path in ("docs/kilde.txt", _CONTRACT, "docs/kontakt.md"):
        shutil.copy(_CASES / "base" / path, tree / path)
    _publish(tree, "Rådet er væk", "2026-12-01")
    (told,) = [row for row in _newest(load_procedure(tree)).differences if row.section == "contacts"]
    assert (told.before, told.now) == ("Er du stadig i tvivl, så spørg Rådet.", "")


def test_a_new_answer_is_told_as_a_question_with_its_answers_and_as_a_way(tree: Path) -> None:
    edit(tree, _FLOW, "haster -->|Nej| noter", "haster -->|Ved ikke| ring\n  haster -->|Nej| noter")
    _publish(tree, "Man kan svare »Ved ikke«", "2026-11-30")
    renewed = _newest(load_procedure(tree))
    (told,) = renewed.differences
    assert (told.before.count(" / "), told.now.count(" / ")) == (1, 2)
    assert renewed.routes == (("fase 1", ("»Ved ikke → Videre til fase 2: Afslut sagen« er ny.",)),)


def test_a_phase_with_a_new_id_is_no_other_thing(tree: Path) -> None:
    _reword(tree)
    _publish(tree, "Notatet laves straks", "2026-11-30")
    edit(tree, _CONTRACT, "id: handl", "id: goer")
    edit(tree, _FLOW, "{#handl}", "{#goer}")
    for page in (tree / "docs").rglob("*.md"):
        page.write_text(page.read_text("utf-8").replace("#handl", "#goer"), "utf-8")
    assert build.main(["--root", str(tree), "--renamed", "/faser/en/#handl", "/faser/en/#goer"]) == 0
    _publish(tree, "Trinnet hedder et andet i adresser", "2026-12-01")
    newest, before, first = history(load_procedure(tree))
    assert newest[1] is not None
    assert before[1] is not None
    assert (newest[1].differences, first[1]) == ((), None)
    assert [row.address for row in before[1].differences] == ["/faser/en/#goer"]


def test_all_of_it_is_new_since_nothing(tree: Path) -> None:
    procedure = load_procedure(tree)
    rows = since_nothing(procedure).differences
    assert {row.key for row in rows if row.section == "requirements"} == set(procedure.contract.requirements)
    assert not [row for row in rows if row.before]
    assert [where for where, _ in since_nothing(procedure).routes][:2] == ["fase 1", "fase 2"]


def test_the_page_says_first_what_was_said_of_an_edition_and_marks_the_words(tree: Path) -> None:
    _reword(tree)
    _publish(tree, "Notatet laves straks", "2026-11-30")
    page = edition_list(load_procedure(tree), _MORE)
    headings = [(str(h.get("id")), _text(h)) for h in page.iter("h2")]
    assert headings == [
        ("udgave-2026-11-30", "Udgave 30. november 2026"),
        ("udgave-2026-11-22", "Udgave 22. november 2026"),
    ]
    assert _text(next(page.iter("p"))) == "Notatet laves straks."
    assert [mark.text for mark in page.iter("ins")] == ["straks"]
    assert "../faser/en.md#handl" in [link.get("href") for link in page.iter("a")]


def test_an_edition_that_is_told_of_is_nothing_new_to_publish(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", "Ring, hvis du er i tvivl.\n\n```editions\n```")
    _new_number(tree, "87654321")
    _publish(tree, "Nyt nummer", "2026-11-30")
    capsys.readouterr()
    _publish(tree, "", "2026-11-30")
    assert "Intet er nyt siden udgaven fra 30. november 2026." in capsys.readouterr().out
    assert len(load_procedure(tree).editions) == 2


def test_a_thing_that_is_gone_from_the_site_is_named_without_a_link(tree: Path) -> None:
    parent = Element("p")
    add_place(parent, load_procedure(tree), "Supplement", "/mere/supplement/#x", _MORE)
    assert (_text(parent), len(parent)) == ("Supplement", 0)


def test_a_paper_is_shown_what_has_changed_since_its_own_edition(tree: Path) -> None:
    edit(tree, _SHEET, "Følg op efter en uge.", "Følg op efter **en uge**.")
    _publish(tree, "Ugen er fremhævet", "2026-11-30")
    _new_number(tree, "87654321")
    _publish(tree, "Nyt nummer", "2026-12-01")
    procedure = load_procedure(tree)
    last, first = old_versions(procedure, _sheet(procedure))
    assert (str(last.version.day), str(first.version.day)) == ("2026-11-30", "2026-11-22")
    # What is only marked otherwise says the same.
    assert last.changes == first.changes
    ((before, now),) = first.changes
    assert "12 34 56 78" in before
    assert "87 65 43 21" in now
    frame = sheet_frame(procedure, "to")
    versions = [part for part in frame if "sheet-version" in str(part.get("class"))]
    assert procedure.ledger
    current = procedure.ledger.version("/tjeklister/to.pdf")
    assert current
    marks = [version_mark(procedure.words, version) for version in (current, last.version, first.version)]
    assert [part.get("id") for part in versions] == marks
    assert "Nyt nummer. Ugen er fremhævet." in _text(versions[2])
    assert "fremhævet" not in _text(versions[1])


def test_that_an_item_is_to_be_signed_is_told_where_nothing_else_of_it_is_new(tree: Path) -> None:
    page = "docs/tjeklister/en.md"
    edit(tree, page, '{ data-req="A3" }', '{ .done-by data-req="A3" }')
    procedure = load_procedure(tree)
    (old,) = old_versions(procedure, _sheet(procedure, "en"))
    assert old.changes == (("Lav et kort notat.", "Lav et kort notat. (gjort af)"),)


def test_what_only_stands_elsewhere_on_a_sheet_is_no_change_of_words(tree: Path) -> None:
    text = (tree / "docs/tjeklister/en.md").read_text("utf-8")
    _, first, second, _ = text.split("- [ ] ")
    moved = text.replace(f"{first}- [ ] {second}", f"{second}- [ ] {first}")
    assert moved != text
    (tree / "docs/tjeklister/en.md").write_text(moved, "utf-8")
    procedure = load_procedure(tree)
    (old,) = old_versions(procedure, _sheet(procedure, "en"))
    assert old.changes == ()


def test_bars_stand_beside_what_the_last_change_put_on_a_sheet_and_nothing_else(tree: Path) -> None:
    assert imprint(load_procedure(tree), _sheet(load_procedure(tree))).last_change is None
    _new_number(tree, "87654321")
    _publish(tree, "Nyt nummer", "2026-11-30")
    edit(tree, _SHEET, "Følg op efter en uge.", "Følg op efter **en uge**.")
    _publish(tree, "Ugen er fremhævet", "2026-12-01")
    procedure = load_procedure(tree)
    sheet = _sheet(procedure)
    own = imprint(procedure, sheet)
    assert own.last_change is not None
    assert [item.text for item in own.last_change.items(DANISH, sheet)] == ["Følg op efter en uge."]
    assert own.status[-1] == "Streg i margen: ændret siden 30. november 2026"
    other = imprint(procedure, _sheet(procedure, "en"))
    assert other.last_change is not None
    # The other sheet has not changed since: its bars stay.
    assert str(other.last_change.since.day) == "2026-11-22"
    assert any("87654321" in line for line in other.last_change.lines)


def test_a_bar_is_heard_in_the_pdf(tree: Path) -> None:
    edit(tree, _SHEET, "Følg op efter en uge.", "Følg op efter **en uge**.")
    _publish(tree, "Ugen er fremhævet", "2026-11-30")
    procedure = load_procedure(tree)
    heard = []
    for sheet in sheets(procedure):
        pdf, pages = make_pdf(procedure.words, [(sheet, imprint(procedure, sheet))], sheet.title)
        assert pages == 1
        heard.append(_alternatives(pdf).count("Ændret:"))
    assert heard == [0, 0, 1]


def test_a_name_that_no_sheet_can_print_is_found_where_it_is_written(tree: Path) -> None:
    approved = '{"by": "☃", "day": "2026-11-23"}'
    edit(tree, "docs/editions/2026-11-22.json", '{"by": "ukendt", "day": "ukendt"}', approved)
    found = build.build(tree, tree / "site", date(2026, 11, 23))
    assert {(f.path, f.line, f.code) for f in found} == {("docs/editions/2026-11-22.json", 5, "S09")}
    assert not (tree / "site").exists()


def _alternatives(pdf: bytes) -> list[str]:
    """Return what is said in the place of each picture."""
    found: list[str] = []
    for number in range(1, len((reader := PdfReader(BytesIO(pdf))).xref[0]) + 1):
        thing = reader.get_object(number) if number in reader.xref[0] else None
        if isinstance(thing, dict) and "/Alt" in thing:
            found.append(str(thing["/Alt"]))
    return found


def test_a_phase_page_says_which_day_its_items_and_nodes_changed(tree: Path) -> None:
    _reword(tree)
    edit(tree, _FLOW, "haster -->|Nej| noter", "haster -->|Ved ikke| ring\n  haster -->|Nej| noter")
    _publish(tree, "Notatet laves straks", "2026-11-30")
    procedure, root = load_procedure(tree), Element("div")
    for attributes in ({"data-req": "A3"}, {"data-req": "A1"}, {"id": "t-en-haster"}, {"id": "t-en-ring"}):
        root.append(Element("li", attributes))
    mark_phase(root, procedure)
    assert [_text(item) for item in root] == ["Ændret 30. november 2026", "", "Ændret 30. november 2026", ""]
    # An edition of links alone leaves that as it is.
    edit(tree, "docs/index.md", "](kontakt.md)", "](overblik.md)")
    _publish(tree, "Et link", "2026-12-01")
    item = SubElement(Element("div"), "li", {"data-req": "A3"})
    mark_phase(item, load_procedure(tree))
    assert _text(item) == "Ændret 30. november 2026"


def test_what_is_said_of_an_item_stands_before_the_items_beneath_it(tree: Path) -> None:
    _reword(tree)
    _publish(tree, "Notatet laves straks", "2026-11-30")
    procedure, root = load_procedure(tree), Element("div")
    item = SubElement(root, "li", {"data-req": "A3"})
    SubElement(SubElement(item, "ul"), "li").text = "Lav straks et kort notat."
    mark_phase(root, procedure)
    assert [child.tag for child in item] == ["small", "ul"]
    item.remove(item[0])
    mark_sheet(root, procedure, _sheet(procedure, "en"))
    assert [child.tag for child in item] == ["ul"]
    assert "Ændret" in _text(item[0])


def test_a_checklist_says_it_beside_the_items_that_have_a_bar(tree: Path) -> None:
    _reword(tree)
    _publish(tree, "Notatet laves straks", "2026-11-30")
    procedure, root = load_procedure(tree), Element("div")
    for number, text in (
        ("3. ", "Lav straks et kort notat."),
        ("1. ", "Spørg, hvad der er sket."),
        ("4. ", "Straks et kort notat."),
    ):
        label = SubElement(SubElement(root, "li"), "label")
        SubElement(label, "b").text = number
        SubElement(label, "span").text = text
    mark_sheet(root, procedure, _sheet(procedure, "en"))
    assert ["Ændret 30. november 2026" in _text(item) for item in root] == [True, False, False]


def _tables(page: Element) -> dict[str, list[str]]:
    """Return the first cell of each row by the id of the heading over it."""
    found: dict[str, list[str]] = {}
    for element in page:
        if element.tag == "h2":
            heading = str(element.get("id"))
            found[heading] = []
        if element.tag == "table":
            found[heading] = [_text(row) for row in element.iter("tr")][1:]
    return found


def test_while_nothing_is_approved_all_of_it_is_to_be(tree: Path) -> None:
    procedure = load_procedure(tree)
    tables = _tables(to_approve(procedure, _MORE))
    assert len(tables["ord"]) == len(procedure.contract.requirements)
    assert len(tables["supplement"]) == 1
    assert all(tables[name] for name in ("faser", "spoergsmaal", "kontakter", "veje"))


def test_only_what_differs_from_the_approved_edition_is_to_be_approved_and_what_awaits(tree: Path) -> None:
    approved = '{"by": "ledelsen", "day": "2026-11-23"}'
    edit(tree, "docs/editions/2026-11-22.json", '{"by": "ukendt", "day": "ukendt"}', approved)
    page = to_approve(load_procedure(tree), _MORE)
    assert "af ledelsen. Intet er ændret siden." in _text(page)
    assert {name: len(rows) for name, rows in _tables(page).items() if rows} == {"supplement": 1}
    _reword(tree)
    _publish(tree, "Notatet laves straks", "2026-11-30")
    page = to_approve(load_procedure(tree), _MORE)
    assert {name: len(rows) for name, rows in _tables(page).items() if rows} == {"ord": 1, "ark": 1, "supplement": 1}
    (row,) = _tables(page)["ord"]
    assert row.count("straks") == 2
    assert "A3, proceduren: Lav et kort notat." in row
    assert b"<del" not in tostring(page)


def _approve(tree: Path, name: str) -> None:
    approved = '{"by": "ledelsen", "day": "2026-12-01"}'
    edit(tree, f"docs/editions/{name}.json", '{"by": "ukendt", "day": "ukendt"}', approved)


def test_a_number_that_is_no_longer_shown_is_told_and_takes_the_approval_away(tree: Path) -> None:
    told = "quote: Haster sagen, ringes til ledelsen.\n"
    edit(tree, _CONTRACT, told, f"{told}            call: [K1]\n")
    _publish(tree, "Nummeret vises", "2026-11-30")
    _approve(tree, "2026-11-30")
    assert approval(load_procedure(tree)) is not None
    edit(tree, _CONTRACT, "            call: [K1]\n", "            call: []\n")
    procedure = load_procedure(tree)
    assert approval(procedure) is None
    assert procedure.edition
    (row,) = since(procedure, procedure.edition).differences
    assert ("Nummer: Ledelsen" in row.before, "Nummer" in row.now) == (True, False)


def test_a_requirement_that_stands_under_another_step_is_told(tree: Path) -> None:
    contract = (tree / _CONTRACT).read_text("utf-8")
    moved = "          - id: A3\n            quote: Lav et kort notat.\n            every_path: true\n"
    assert moved in contract
    other = "  - number: 2\n    id: to\n    title: Afslut sagen\n    next: []\n    steps:\n"
    step = f"      - id: noter\n        title: Noter\n        requirements:\n{moved}"
    (tree / _CONTRACT).write_text(contract.replace(moved, "").replace(other, f"{other}{step}"), "utf-8")
    procedure = load_procedure(tree)
    assert procedure.edition
    (row,) = [row for row in since(procedure, procedure.edition).differences if row.key == "A3"]
    assert row.before == "Fase 1, Handl: Lav et kort notat."
    assert row.now == "Fase 2, Noter: Lav et kort notat."


def test_what_is_changed_on_a_sheet_alone_is_to_be_approved(tree: Path) -> None:
    _approve(tree, "2026-11-22")
    edit(tree, _SHEET, "Tjekliste 2: Afslut sagen", "Ny tjekliste 2: Afslut sagen")
    tables = _tables(to_approve(load_procedure(tree), _MORE))
    assert [name for name, rows in tables.items() if rows] == ["ark", "supplement"]
    assert "Nu: Ny tjekliste 2" in tables["ark"][0]
    assert approval(load_procedure(tree)) is None


def test_a_link_that_is_gone_and_answers_in_another_order_leave_the_approval(tree: Path) -> None:
    _approve(tree, "2026-11-22")
    flow = (tree / _FLOW).read_text("utf-8")
    yes, no = "  haster -->|Ja| ring[Ring til ledelsen]\n", "  haster -->|Nej| noter[Lav et kort notat]\n"
    assert yes + no in flow
    (tree / _FLOW).write_text(flow.replace(yes + no, no + yes), "utf-8")
    edit(tree, "docs/index.md", "](kontakt.md)", "](overblik.md)")
    procedure = load_procedure(tree)
    assert procedure.edition
    assert not since(procedure, procedure.edition)
    assert approval(procedure) is not None


def test_paper_that_is_as_todays_sheet_is_current_whatever_its_day(tree: Path) -> None:
    for day, number in (("2026-11-30", "87654321"), ("2026-12-01", "12345678")):
        _new_number(tree, number)
        _publish(tree, "Nummeret", day)
    procedure = load_procedure(tree)
    frame = sheet_frame(procedure, "to")
    shown = {part.get("id"): _text(part) for part in frame if "sheet-version" in str(part.get("class"))}
    days = {str(name)[len("udgave-") :][:10]: "gældende" in text for name, text in shown.items()}
    assert days == {"2026-12-01": True, "2026-11-22": True, "2026-11-30": False}


def test_a_sheet_at_another_address_with_the_same_on_it_keeps_its_version(tree: Path) -> None:
    before = load_procedure(tree)
    (tree / "docs/ledger.txt").write_text(
        (tree / "docs/ledger.txt")
        .read_text("utf-8")
        .replace("/tjeklister/to.pdf |", "/tjeklister/tidl.pdf -> /tjeklister/to.pdf |"),
        "utf-8",
    )
    assert before.ledger
    old = before.ledger.version("/tjeklister/to.pdf")
    ledger = updated_ledger(load_procedure(tree), date(2026, 12, 1), "Nyt navn")
    assert ledger.version("/tjeklister/to.pdf") == old


def test_what_is_said_again_of_an_edition_keeps_its_approval(tree: Path) -> None:
    _new_number(tree, "87654321")
    _publish(tree, "Nyt numer", "2026-12-01")
    _approve(tree, "2026-12-01")
    _publish(tree, "Nyt nummer", "2026-12-01")
    edition = load_procedure(tree).edition
    assert edition
    assert (edition.change, edition.approval) == ("Nyt nummer", Approval("ledelsen", date(2026, 12, 1)))


def test_a_phase_whose_address_leads_out_of_the_phases_keeps_its_own_name(tree: Path) -> None:
    ledger = (tree / "docs/ledger.txt").read_text("utf-8")
    ledger = ledger.replace("/faser/to/\n", "/faser/to/ -> /\n")
    (tree / "docs/ledger.txt").write_text(ledger, "utf-8")
    (tree / "docs/faser/to.md").unlink()
    procedure = load_procedure(tree)
    assert procedure.edition
    named = under_new_names(procedure, procedure.edition)
    assert set(named.sections["phases"]) == {"en", "to"}
    assert set(named.sections["routes"]) >= {"en", "to"}


def test_the_mark_leads_to_the_edition_that_brought_the_version(tree: Path) -> None:
    _new_number(tree, "87654321")
    _publish(tree, "Nyt nummer", "2026-12-01")
    edit(tree, "docs/mere/supplement.md", "Akut fare: Ring", "I akut fare: Ring")
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", "Ring, hvis du er i tvivl.\n\n```editions\n```")
    _publish(tree, "Andre ord", "2026-12-01")
    procedure = load_procedure(tree)
    root = sheet_frame(procedure, "to")
    mark_sheet(root, procedure, _sheet(procedure))
    links = {link.get("href") for note in root.iter("small") for link in note.iter("a")}
    assert links == {"../kontakt.md#udgave-2026-12-01"}


def test_a_number_is_marked_whole(tree: Path) -> None:
    old, new = Element("p"), Element("p")
    add_differing(old, "Ring 21 62 16 91 i dag", new, "Ring 21 62 16 99 i dag")
    assert ([mark.text for mark in old], [mark.text for mark in new]) == (["21 62 16 91"], ["21 62 16 99"])
