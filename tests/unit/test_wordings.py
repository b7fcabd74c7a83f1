"""The wordings: where each is written, that its words are its quote's, and what is said where they are not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from tests.conftest import ROOT
from tests.project import SENTENCE, add_sentence, edit

from procedure.checks import check_source
from procedure.derive.wordings import Mismatch, Row, applied, blocks, wordings, written
from procedure.findings import Finding
from procedure.model import Procedure, load_procedure
from procedure.source.contract import Contact, Contract, Difference, Requirement
from procedure.source.words import Variants, keys, places_of

_Row = TypeVar("_Row", Requirement, Contact)
_TODAY = date(2026, 11, 22)
_RING = '- Haster sagen: Ring til ledelsen.\n  { data-req="A2" }\n'
_NOTE = '- Lav et kort notat.\n  { data-req="A3" }\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/cases/base", tmp_path / "tree"))


def _say(tree: Path, text: str, row_ids: str = "A2 A3") -> None:
    """Let one block hold the words of the whole step."""
    edit(tree, "docs/faser/en.md", _RING + _NOTE, f'- {text}\n  {{ data-req="{row_ids}" }}\n')


def _said(tree: Path) -> dict[str, str]:
    return {row_id: wording.text for row_id, wording in wordings(load_procedure(tree)).items()}


def _mismatches(tree: Path) -> list[tuple[str, str, str, bool]]:
    found = [mismatch for block in blocks(load_procedure(tree)) for mismatch in block.mismatches]
    return [(mismatch.row.id, mismatch.old, mismatch.new, mismatch.can_differ) for mismatch in found]


def test_a_wording_is_what_stands_under_its_step_in_the_source_s_order(tree: Path) -> None:
    procedure = load_procedure(tree)
    assert {row_id: wording.text for row_id, wording in wordings(procedure).items()} == {
        "A1": "Spørg, hvad der er sket.", "A2": "Haster sagen: Ring til ledelsen.", "A3": "Lav et kort notat.",
        "B1": "Følg op efter en uge.", "B2": "Ledelsen afslutter sagen.",
    }  # fmt: skip
    for row_id, wording in wordings(procedure).items():
        assert f'data-req="{row_id}"' in procedure.pages[wording.path].lines[wording.line]


def test_a_contact_without_a_number_has_its_wording_on_the_page_of_contacts(tree: Path) -> None:
    add_sentence(tree)
    wording = wordings(load_procedure(tree))["K2"]
    assert (wording.text, wording.path) == (SENTENCE, "docs/kontakt.md")
    assert "K1" not in _said(tree)


def test_what_is_traced_elsewhere_or_to_a_row_of_another_step_is_no_wording(tree: Path) -> None:
    edit(tree, "docs/faser/en.md", "Du er her,", '- Lav et notat.\n  { data-req="A3" }\n\nDu er her,')
    edit(tree, "docs/faser/en.md", '{ data-req="A1" }', '{ data-req="A1 A2" }')
    assert sorted(trace.line for _, trace, rows in written(load_procedure(tree)) if rows[0].id == "A3") == [26]
    assert "A1" not in _said(tree)


@pytest.mark.parametrize(
    ("text", "ring", "note"),
    [
        (
            "Haster sagen: Ring til ledelsen. Lav et kort notat.",
            "Haster sagen: Ring til ledelsen.",
            "Lav et kort notat.",
        ),
        ("haster sagen ring til ledelsen, lav et kort notat", "haster sagen ring til ledelsen,", "lav et kort notat"),
        (
            "»Haster sagen, ring til ledelsen!« Lav et kort notat",
            "»Haster sagen, ring til ledelsen!«",
            "Lav et kort notat",
        ),
    ],
)
def test_a_block_that_several_share_is_cut_where_the_next_quote_begins(
    tree: Path, text: str, ring: str, note: str
) -> None:
    _say(tree, text)
    assert (_said(tree)["A2"], _said(tree)["A3"]) == (ring, note)
    assert _mismatches(tree) == []


def test_the_cut_is_at_the_site_s_words_where_those_at_the_seam_differ(tree: Path) -> None:
    edit(
        tree,
        "docs/procedure.yml",
        "quote: Lav et kort notat.",
        'quote: Lav et kort notat.\n            differs: ["Lav → Skriv nu"]',
    )
    _say(tree, "Haster sagen: Ring til ledelsen. Skriv nu et kort notat.")
    assert (_said(tree)["A2"], _said(tree)["A3"]) == ("Haster sagen: Ring til ledelsen.", "Skriv nu et kort notat.")


def test_a_shared_block_says_its_rows_in_the_source_s_order_whatever_order_its_ids_are_in(tree: Path) -> None:
    _say(tree, "Haster sagen: Ring til ledelsen. Lav et kort notat.", "A3 A2")
    assert _said(tree)["A3"] == "Lav et kort notat."
    edit(
        tree,
        "docs/faser/en.md",
        "Haster sagen: Ring til ledelsen. Lav et kort notat.",
        "Lav et kort notat. Haster sagen: Ring til ledelsen.",
    )
    assert {row_id for row_id, *_ in _mismatches(tree)} <= {"A2", "A3"}
    assert not {"A2", "A3"} & _said(tree).keys()


def test_forms_that_mean_the_same_need_no_difference(tree: Path) -> None:
    edit(tree, "docs/procedure.yml", "variants: []", "variants: [[notat, referat], [kort, lille]]")
    edit(tree, "docs/faser/en.md", "- Lav et kort notat.", "- Lav et lille referat.")
    assert _mismatches(tree) == []
    assert _said(tree)["A3"] == "Lav et lille referat."


@pytest.mark.parametrize(
    ("text", "mismatch"),
    [
        ("Haster sagen: Ring til ledelsen. Lav et langt notat.", ("A3", "kort", "langt", True)),
        ("Haster sagen: Ring til ledelsen. Lav et notat.", ("A3", "et kort", "et", True)),
        ("Haster sagen: Ring til ledelsen. Lav et meget kort notat.", ("A3", "et", "et meget", True)),
        ("Haster sagen: Ring til ledelsen. Nu: Lav et kort notat.", ("A3", "Lav", "Nu: Lav", True)),
        ("Haster sagen: Ring til rektor. Lav et kort notat.", ("A2", "ledelsen", "rektor", True)),
        ("Haster sagen: Skriv til ledelsen. Lav et kort notat.", ("A2", "ringes", "Skriv", True)),
        ("Haster sagen: Ring til Lav et kort notat.", ("A2", "til ledelsen", "til", True)),
        ("Haster sagen: Ring til lav ledelsen et kort notat.", ("A2", "ledelsen Lav", "lav ledelsen", False)),
    ],
)
def test_words_that_are_not_the_quote_s_are_said_beside_those_that_are(
    tree: Path, text: str, mismatch: tuple[str, str, str, bool]
) -> None:
    _say(tree, text)
    assert _mismatches(tree) == [mismatch]
    assert not {"A2", "A3"} & _said(tree).keys()


def test_a_word_that_stands_twice_in_the_quote_is_said_with_its_neighbour(tree: Path) -> None:
    quote = "Lav et kort notat og et kort brev."
    edit(tree, "docs/procedure.yml", "quote: Lav et kort notat.", f"quote: {quote}")
    edit(tree, "docs/faser/en.md", "- Lav et kort notat.", "- Lav et kort notat og et langt brev.")
    ((row_id, old, new, can_differ),) = _mismatches(tree)
    assert quote.count(old) == 1
    assert (row_id, new.count("langt"), can_differ) == ("A3", 1, True)


_QUOTE = "Den krænkede og forældrene bør evt. ringe, og den krænkede bør skrive."


def _row(*differs: tuple[str, str]) -> Requirement:
    differences = tuple(Difference(old, new, "", line) for line, (old, new) in enumerate(differs, start=1))
    return Requirement("A1", _QUOTE, differences, "en", "lyt", False, 1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("læreren", "rektor"),
        ("bør", "skal"),
        ("ringe og forældrene", "ringe"),
        ("evt", "eventuelt"),
        ("Ringe,", "ringe"),
        ("–", "straks"),
    ],
)
def test_a_difference_fits_only_where_its_words_stand_once_and_others_take_their_place(old: str, new: str) -> None:
    row = _row(("skrive", "mødes"), (old, new))
    placed, misfits = applied(row, Variants([("eventuelt", "evt")]))
    assert [difference for *_, difference in placed] == [row.differs[0]]
    assert misfits == [row.differs[1]]


def test_differences_stand_in_the_quote_s_order_and_never_over_each_other() -> None:
    row = _row(
        ("bør skrive", "skriver"),
        ("forældrene bør evt", "forældrene kan"),
        ("evt. ringe", "ringer"),
        ("ringe", "skrive"),
    )
    placed, misfits = applied(row, Variants([]))
    assert placed == [(3, 6, row.differs[1]), (6, 7, row.differs[3]), (10, 12, row.differs[0])]
    assert misfits == [row.differs[2]]


def _proposed(findings: list[Finding], row_id: str) -> list[str]:
    hints = [re.search(rf"under »differs« i {row_id} \(\S+\): - (.+)$", finding.hint) for finding in findings]
    return [hint[1] for hint in hints if hint]


@pytest.mark.parametrize(
    ("note", "item"),
    [
        ("Lav et langt notat.", '- "kort → langt"'),
        ("Lav et notat.", '- "et kort → et"'),
        ("Lav aldrig et kort notat.", None),
        ("Lav et kort notat til ledelsen.", None),
        ("Lav 2 korte notater.", None),
    ],
)
def test_with_the_line_that_the_finding_proposes_there_is_no_finding(tree: Path, note: str, item: str | None) -> None:
    edit(tree, "docs/faser/en.md", "- Lav et kort notat.", f"- {note}")
    edit(tree, "docs/faser/en.md", "[Lav et kort notat]", f'["{note}"]')
    edit(tree, "docs/tjeklister/en.md", "- [ ] Lav et kort notat.", f"- [ ] {note}")
    findings = check_source(load_procedure(tree), _TODAY)
    assert [finding.code for finding in findings] == ["O02"]
    (line,) = _proposed(findings, "A3")
    if item:
        assert f"- {line}" == item
    else:
        # It touches a word that is guarded: there must be a reason, and the editor writes it.
        assert "…" in line
        line = line.replace("…", "Sådan gøres det her.")
    edit(
        tree,
        "docs/procedure.yml",
        "quote: Lav et kort notat.",
        f"quote: Lav et kort notat.\n            differs:\n              - {line}",
    )
    assert check_source(load_procedure(tree), _TODAY) == []
    assert _said(tree)["A3"] == note


@pytest.mark.parametrize("traced", ["A3 A3", "A3 K1", "K1 A3"])
def test_a_covered_requirement_has_its_words_or_a_finding(tree: Path, traced: str) -> None:
    edit(tree, "docs/faser/en.md", _NOTE, f'- Lav aldrig et notat.\n  {{ data-req="{traced}" }}\n')
    assert "error" in {finding.severity for finding in check_source(load_procedure(tree), _TODAY)}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/faser/en.md", _NOTE, f'{_NOTE}- Ring straks til alle.\n  {{ data-req="K1" }}\n'),
        ("docs/tjeklister/en.md", "- [ ] Lav", '- [ ] Ring straks til alle.\n  { data-req="K1" }\n- [ ] Lav'),
        ("docs/faser/en.md", "%% krav noter: A3", "%% krav noter: A3\n  %% krav ny: K1"),
    ],
)
def test_nothing_is_said_in_the_name_of_a_contact_with_a_number(tree: Path, path: str, old: str, new: str) -> None:
    edit(tree, path, old, new)
    if "ny: K1" in new:
        edit(tree, path, "noter --> slut", "noter --> ny[Ring straks til alle]\n  ny --> slut")
    assert "error" in {finding.severity for finding in check_source(load_procedure(tree), _TODAY)}


def test_a_difference_that_the_site_no_longer_makes_is_the_fault(tree: Path) -> None:
    edit(
        tree,
        "docs/procedure.yml",
        "quote: Lav et kort notat.",
        'quote: Lav et kort notat.\n            differs: ["kort → langt"]',
    )
    (finding,) = check_source(load_procedure(tree), _TODAY)
    assert "kort → kort" not in finding.hint


def _changed(text: str) -> Iterator[str]:
    """Yield the text with each of its words gone, said twice, another, and one place further on."""
    words = list(re.finditer(r"\S+", text))
    for match, following in zip(words, [*words[1:], None], strict=True):
        before, after = text[: match.start()], text[match.end() :]
        yield f"{before}{after.lstrip()}"
        yield f"{before}{match[0]} {match[0]}{after}"
        yield f"{before}andet{after}"
        if following:
            yield f"{before}{following[0]} {match[0]}{text[following.end() :]}"


def test_whatever_word_is_changed_the_words_given_for_it_account_for_the_change(procedure: Procedure) -> None:
    variants = Variants(row.forms for row in procedure.contract.words.variants)
    accounted = 0
    for page, trace, rows in written(procedure):
        for text in _changed(trace.text):
            edited = replace(trace, text=text)
            alone = replace(procedure, pages={page.path: replace(page, traces=(edited,))})
            (block,) = blocks(alone)
            if block.mismatches and all(mismatch.can_differ for mismatch in block.mismatches):
                mended = {row.id: _with_differences(row, block.mismatches, variants) for row in rows}
                (block,) = blocks(replace(alone, contract=_with_rows(procedure.contract, mended)))
                assert block.mismatches == (), text
                assert [applied(row, variants)[1] for row in mended.values() if applied(row, variants)[1]] == []
                accounted += 1
    assert accounted > 2000


def _with_differences(row: Row, mismatches: tuple[Mismatch, ...], variants: Variants) -> Row:
    """Return the row with the mismatches among its differences, in the place of those that say it otherwise."""
    own = [(m, *_place(m.old, row, variants)) for m in mismatches if m.row.id == row.id]
    kept = [d for first, last, d in applied(row, variants)[0] if not any(first < b and a < last for _, a, b in own)]
    new = [Difference(m.old, m.new, "", 1) for m, *_ in own if _keys(m.old, variants) != _keys(m.new, variants)]
    return replace(row, differs=(*kept, *new))


def _place(old: str, row: Row, variants: Variants) -> tuple[int, int]:
    (place,) = places_of(_keys(old, variants), _keys(row.quote, variants))
    return place, place + len(_keys(old, variants))


def _keys(text: str, variants: Variants) -> tuple[str, ...]:
    return keys(variants.words_of(text))


def _with_rows(contract: Contract, rows: dict[str, Row]) -> Contract:
    phases = tuple(
        replace(
            phase,
            steps=tuple(replace(s, requirements=tuple(_of(r, rows) for r in s.requirements)) for s in phase.steps),
        )
        for phase in contract.phases
    )
    return replace(contract, phases=phases, contacts=tuple(_of(contact, rows) for contact in contract.contacts))


def _of(row: _Row, rows: dict[str, Row]) -> _Row:
    new = rows.get(row.id, row)
    assert isinstance(new, type(row))
    return new
