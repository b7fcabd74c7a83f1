"""What is kept of each publication: read back as written, compared with today, and written anew only where it must."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.project import edit

import build
from procedure.checks import check_source
from procedure.derive.edition import edition
from procedure.model import Procedure, load_procedure
from procedure.source.edition import EDITIONS_FOLDER, read_editions
from procedure.source.ledger import LEDGER_PATH

_CASES = Path(__file__).resolve().parents[1] / "cases"
_DAY = date(2026, 11, 22)
_FIRST = f"{EDITIONS_FOLDER}/2026-11-22.json"
_FLOW = "docs/faser/en.md"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return the small project as it was published."""
    shutil.copytree(_CASES / "base", tmp_path / "tree")
    return Path(shutil.copytree(_CASES / "published", tmp_path / "tree", dirs_exist_ok=True))


def _found(tree: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in check_source(load_procedure(tree), _DAY)]


def _publish(tree: Path, change: str, day: str = "2026-11-22") -> int:
    return build.main(["--root", str(tree), f"--publish={change}", "--without-address", "--today", day])


def _editions(tree: Path) -> list[str]:
    return sorted(path.name for path in (tree / EDITIONS_FOLDER).iterdir())


def test_the_real_edition_is_read_back_as_it_was_written(procedure: Procedure) -> None:
    last = procedure.edition
    assert last is not None
    assert (procedure.root / last.path).read_text("utf-8") == last.as_text()


def test_the_real_edition_knows_every_row_of_the_ledger(procedure: Procedure) -> None:
    assert procedure.edition
    assert procedure.ledger
    rows = [entry.as_line() for entry in procedure.edition.ledger_entries()]
    assert rows == [entry.as_line() for entry in procedure.ledger.entries.values()]


def test_the_same_procedure_gives_the_same_edition(tree: Path) -> None:
    texts = set()
    for _ in range(2):
        procedure = load_procedure(tree)
        assert procedure.ledger
        texts.add(edition(procedure, procedure.ledger, _DAY, 1, "Første udgave").as_text())
    assert texts == {(tree / _FIRST).read_text("utf-8")}


def test_every_edition_is_read_the_newest_first(tree: Path) -> None:
    text = (tree / _FIRST).read_text("utf-8")
    for name, day in (("2026-11-22-2", "2026-11-22"), ("2026-11-22-10", "2026-11-22"), ("2026-09-30", "2026-09-30")):
        (tree / EDITIONS_FOLDER / f"{name}.json").write_text(text.replace('"2026-11-22",', f'"{day}",', 1), "utf-8")
    editions, findings = read_editions(tree)
    names = ["2026-11-22-10", "2026-11-22-2", "2026-11-22", "2026-09-30"]
    assert ([edition.name for edition in editions], findings) == (names, [])
    assert load_procedure(tree).edition == editions[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{", ""), ('"day": "2026-11-22"', '"day": "2026-11-21"'), ("procedure-edition/2", "procedure-edition/1"),
        ('"every_path": true', '"every_path": "ja"'), ('"nodes": {', '"noder": {'), ('"kind"', '"slags"'),
        ('"forms": ["ledelsen"]', '"forms": "ledelsen"'), ('"forms": ["ledelsen"]', '"forms": [1]'),
    ],
)  # fmt: skip
def test_an_edition_that_is_not_as_written_is_one_finding(tree: Path, old: str, new: str) -> None:
    text = (tree / _FIRST).read_text("utf-8")
    assert old in text
    (tree / _FIRST).write_text(text.replace(old, new, 1), "utf-8")
    assert [code for code, _ in _found(tree)] == ["L28"]


@pytest.mark.parametrize("text", ["", "[" * 100_000, "null", "[]", "\xff"])
def test_no_edition_stops_the_check_with_an_exception(tree: Path, text: str) -> None:
    (tree / _FIRST).write_bytes(text.encode("latin-1"))
    assert [code for code, _ in _found(tree)] == ["L28"]


@pytest.mark.parametrize(
    "written", ['{"by": "ledelsen" "day": "2026-11-22"},', '{"by": »ledelsen«},', '{"by": null, "day": "2026-11-22"},', '["ja"],', '""'],
)  # fmt: skip
def test_what_is_written_wrong_of_an_approval_is_found_at_its_line_and_spoils_nothing_else(
    tree: Path, written: str
) -> None:
    edit(tree, _FIRST, '{"by": "ukendt", "day": "ukendt"},', written)
    found = check_source(load_procedure(tree), _DAY)
    assert [(f.code, f.path, f.line) for f in found] == [("L30", _FIRST, 5)]
    assert load_procedure(tree).edition is not None


def test_a_contact_that_is_confirmed_makes_no_edition_and_no_finding(tree: Path) -> None:
    edit(tree, "docs/procedure.yml", "confirmed: 2026-11-01", "confirmed: 2026-11-20")
    assert _found(tree) == []
    before = (tree / _FIRST).read_bytes(), (tree / LEDGER_PATH).read_bytes()
    assert _publish(tree, "", "2026-11-30") == 0
    assert _editions(tree) == ["2026-11-22.json"]
    assert ((tree / _FIRST).read_bytes(), (tree / LEDGER_PATH).read_bytes()) == before


def test_a_review_makes_no_finding(tree: Path) -> None:
    edit(tree, _FLOW, "last_reviewed: 2026-11-22", "last_reviewed: 2026-11-21")
    assert _found(tree) == []


def test_what_is_said_wrong_can_be_said_again_the_same_day(tree: Path) -> None:
    edit(tree, "docs/tjeklister/to.md", "Følg op efter en uge.", "Følg op efter **en uge**.")
    assert _publish(tree, "Ugne er fremhævet", "2026-11-30") == 0
    assert _publish(tree, "Ugen er fremhævet", "2026-11-30") == 0
    assert _editions(tree) == ["2026-11-22.json", "2026-11-30.json"]
    ledger, last = (
        (tree / LEDGER_PATH).read_text("utf-8"),
        (tree / EDITIONS_FOLDER / "2026-11-30.json").read_text("utf-8"),
    )
    assert "Ugne" not in ledger + last
    assert ledger.count("Ugen er fremhævet") == 1
    assert ledger.count("Første udgave") == 2
    assert _found(tree) == []


def test_on_a_later_day_what_was_said_stays(tree: Path) -> None:
    assert _publish(tree, "Noget andet", "2026-11-30") == 0
    assert _editions(tree) == ["2026-11-22.json"]
    assert "Noget andet" not in (tree / LEDGER_PATH).read_text("utf-8")


def test_two_publications_of_one_day_are_two_editions(tree: Path) -> None:
    edit(tree, "docs/tjeklister/to.md", "Følg op efter en uge.", "Følg op efter **en uge**.")
    assert _publish(tree, "Ugen er fremhævet") == 0
    assert _editions(tree) == ["2026-11-22-2.json", "2026-11-22.json"]
    assert _found(tree) == []


def test_a_publication_says_what_is_new_what_to_keep_and_where_to_put_it(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(tree, "docs/tjeklister/to.md", "Følg op efter en uge.", "Følg op efter **en uge**.")
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", "## Ring {#ring}\n\nRing, hvis du er i tvivl.")
    assert _publish(tree, "Ugen er fremhævet", "2026-11-30") == 0
    told = capsys.readouterr().out.split("Siden ligger i")[1].split("\n", 1)[1]
    assert told == (
        "Udgivet som »Ugen er fremhævet«. Nyt siden udgaven fra 22. november 2026:\n"
        "  Adresser: /kontakt/#ring.\n"
        "  docs/tjeklister/to.md:11 Arket »Tjekliste 2: Afslut sagen« er ændret siden udgaven fra 2026-11-22: "
        "»Følg op efter en uge.« → »Følg op efter **en uge**.«.\n"
        "Gem det, du har rettet, og det, der nu er skrevet i docs/ledger.txt og docs/editions/2026-11-30.json: git add docs mkdocs.yml\n"
        f"Læg alt i {tree}/site/ på det sted, siden skal ligge.\n"
    )


def test_nothing_is_published_from_before_the_last_edition(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _publish(tree, "Nyt", "2026-11-21") == 1  # the pages are reviewed in the future
    edit(tree, "mkdocs.yml", "site_name: Sager", "site_name: Sagerne")
    for page in (tree / "docs").rglob("*.md"):
        page.write_text(
            page.read_text("utf-8").replace("22. november", "1. november").replace("-11-22", "-11-01"), "utf-8"
        )
    capsys.readouterr()
    assert _publish(tree, "Nyt", "2026-11-21") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_an_address_nothing_is_published_unless_it_is_said(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--root", str(tree), "--publish=Nyt", "--today", "2026-11-22"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("build.py: SITE_URL er ikke sat")
    assert error.count("\n") == 1
    assert not (tree / "site").exists()


def test_a_way_round_a_step_is_named_by_its_answers_and_the_step(tree: Path) -> None:
    edit(
        tree,
        "docs/procedure.yml",
        "quote: Lav et kort notat.\n            every_path: true",
        "quote: Lav et kort notat.",
    )
    edit(tree, _FLOW, "haster -->|Nej| noter[Lav et kort notat]", "haster -->|Nej| slut")
    edit(tree, _FLOW, "ring --> noter\n", "ring --> noter[Lav et kort notat]\n")
    told = dict(_found(tree))
    assert told["P40"].endswith("»Nej → Videre til fase 2: Afslut sagen« går ikke mere over »Lav et kort notat«.")
    assert told["P41"].startswith("Svaret »Nej« på »Haster sagen?« fører nu til »Videre til fase 2")
    assert set(told) == {"P40", "P41", "P43"}


def test_a_new_answer_is_a_new_way(tree: Path) -> None:
    edit(tree, _FLOW, "haster -->|Nej| noter", "haster -->|Ved ikke| ring\n  haster -->|Nej| noter")
    told = dict(_found(tree))
    assert told["P40"].endswith("»Ved ikke → Videre til fase 2: Afslut sagen« er ny.")
    assert told["P41"] == "Svaret »Ved ikke« på »Haster sagen?« er kommet til."


def test_a_lost_contact_is_told_beside_those_that_are_left(tree: Path) -> None:
    contract = (tree / "docs/procedure.yml").read_text("utf-8")
    row = '  - id: K9\n    name: Rådet\n    quote: Rådet, tlf. 11223344\n    phone: "11223344"\n    role: Råd\n    confirmed: 2026-11-01\n'
    edit(tree, "docs/procedure.yml", "\nactors:", f"{row}\nactors:")
    source = (tree / "docs/kilde.txt").read_text("utf-8")
    (tree / "docs/kilde.txt").write_text(source.rstrip("\n") + "\nRådet, tlf. 11223344\n", "utf-8")
    assert _publish(tree, "Rådet kan kontaktes") == 0
    (tree / "docs/procedure.yml").write_text(contract, "utf-8")
    (tree / "docs/kilde.txt").write_text(source, "utf-8")
    (finding,) = (f for f in check_source(load_procedure(tree), _DAY) if f.code == "P45")
    assert finding.message == "Kontakten »Rådet« er væk."
    assert contract.split("\n")[finding.line - 1] == "  - id: K1"


def test_an_item_that_is_gone_from_another_page_than_its_step_is_told(tree: Path) -> None:
    item = '\n\n- Spørg, hvad der er sket.\n  { data-req="A1" }'
    said = "Ring, hvis du er i tvivl."
    edit(tree, "docs/kontakt.md", said, f"{said}{item}")
    assert _publish(tree, "Et punkt mere") == 0
    edit(tree, "docs/kontakt.md", item, "")
    found = check_source(load_procedure(tree), _DAY)
    assert [(f.code, f.path) for f in found] == [("P47", "docs/kontakt.md")]
    assert "»A1«" in found[0].message


def _supplement(name: str, text: str) -> str:
    source = "Kilde: [Politiet](https://politi.dk/). Læst 22. november 2026. Tilføjet 22. november 2026."
    return (
        f"\n\n/// supplement | Tilføjet – afventer godkendelse\n    attrs: {{id: {name}}}\n\n{text}\n\n{source}\n\n///"
    )


def test_supplements_are_told_of_on_the_page_where_they_stand(tree: Path) -> None:
    first, second = _supplement("et", "Én ting."), _supplement("to", "En anden ting.")
    edit(tree, "docs/index.md", "Har du hørt om en sag?", f"Har du hørt om en sag?{_supplement('nul', 'Intet.')}")
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", f"Ring, hvis du er i tvivl.{first}{second}")
    assert _publish(tree, "To supplementer") == 0
    swapped = _supplement("to", "Én ting.") + _supplement("et", "En anden ting.")
    edit(tree, "docs/kontakt.md", first + second, swapped)
    found = [f for f in check_source(load_procedure(tree), _DAY) if f.code == "P48"]
    assert [(f.path, "/kontakt/#" in f.message) for f in found] == [("docs/kontakt.md", True)] * 2
    edit(tree, "docs/kontakt.md", swapped, second)
    (gone,) = (f for f in check_source(load_procedure(tree), _DAY) if f.code == "P48")
    assert (gone.path, gone.message) == ("docs/kontakt.md", "Supplementet »/kontakt/#et« er væk.")
    edit(tree, "docs/kontakt.md", second, "")
    found = [f for f in check_source(load_procedure(tree), _DAY) if f.code == "P48"]
    assert [f.path for f in found] == ["docs/kontakt.md"] * 2


def test_a_supplement_that_leads_to_a_step_now_is_gone_from_its_own_address(tree: Path) -> None:
    block, link = _supplement("et", "Én ting."), " [Mere](#et)"
    edit(tree, "docs/kontakt.md", "Ring, hvis du er i tvivl.", f"Ring, hvis du er i tvivl.{link}{block}")
    assert _publish(tree, "Et supplement") == 0
    edit(tree, "docs/kontakt.md", link + block, "")
    assert build.main(["--root", str(tree), "--retired", "/kontakt/#et", "/faser/en/#handl"]) == 0
    told = [message for code, message in _found(tree) if code in ("P47", "P48")]
    assert "Linket »Mere« til /kontakt/#et er væk." in told
    assert "Supplementet »/kontakt/#et« er væk." in told


def test_a_page_that_is_gone_is_not_taken_for_the_one_its_address_leads_to(tree: Path) -> None:
    page = (tree / "docs/kontakt.md").read_text("utf-8")
    extra = page.replace("title: Kontakt", "title: Mere").replace("```contacts\n```\n", "[Begynd forfra](index.md)\n")
    (tree / "docs/mere.md").write_text(extra, "utf-8")
    edit(tree, "mkdocs.yml", "  - Kontakt: kontakt.md\n", "  - Kontakt: kontakt.md\n  - Mere: mere.md\n")
    edit(tree, "docs/kontakt.md", "Ring, hvis", "[Mere](mere.md) Ring, hvis")
    assert _publish(tree, "En side mere") == 0
    (tree / "docs/mere.md").unlink()
    edit(tree, "mkdocs.yml", "  - Mere: mere.md\n", "")
    edit(tree, "docs/kontakt.md", "[Mere](mere.md) ", "")
    assert build.main(["--root", str(tree), "--retired", "/mere/", "/kontakt/"]) == 0
    assert _found(tree) == [("P47", "Linket »Mere« til /mere/ er væk.")]
