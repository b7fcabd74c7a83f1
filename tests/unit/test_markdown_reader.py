"""A Markdown page taken apart, with the line of each part."""

from __future__ import annotations

from pathlib import Path

import pytest

from procedure.findings import Finding
from procedure.source.markdown_reader import read_page
from procedure.source.page import Anchor, Include, LinkKind, Page, Region


def _read(tmp_path: Path, text: str) -> tuple[Page, list[Finding]]:
    (tmp_path / "side.md").write_text(text, "utf-8")
    return read_page(tmp_path, "side.md")


def _page(tmp_path: Path, text: str) -> Page:
    page, findings = _read(tmp_path, text)
    assert findings == []
    return page


def _codes(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in findings]


def test_front_matter_is_read_with_its_lines(tmp_path: Path) -> None:
    page = _page(tmp_path, "---\ntitle: Kontakt\nowner: Skolen\n---\n\nTekst.\n")
    assert (page.field("title"), page.field_line("owner")) == ("Kontakt", 3)
    assert (page.field("findes-ikke"), page.field_line("findes-ikke")) == ("", 1)


def test_what_carries_no_requirement_is_the_page_s_own_text_with_its_line(tmp_path: Path) -> None:
    text = '## Trin {#trin}\n\nEt **afsnit**.\n\n- Sporet.\n  { data-req="A1" }\n- Ikke [sporet](b.md).\n\n```text\nKode\n```\n'
    page = _page(tmp_path, f"---\na: b\n---\n\n{text}")
    assert [(part.text, part.line) for part in page.texts] == [("Et afsnit.", 7), ("Ikke sporet.", 11)]
    assert [trace.text for trace in page.traces] == ["Sporet."]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("---\na: b\n---\nFørst.\n\nSå.\n\n## Trin {#trin}\n\nSidst.\n", ["Først.", "", "Så.", ""]),
        ("---\na: b\n---\nFørst.\n\n---\n\nSå.", ["Først.", "", "---", "", "Så."]),
        ("Først.\n\n---\n\n## Trin {#trin}\n", ["Først.", "", "---", ""]),
        ("## Trin {#trin}\n\nSidst.\n", []),
    ],
)
def test_a_page_s_lead_is_what_stands_above_its_first_heading(tmp_path: Path, text: str, lead: list[str]) -> None:
    page, _ = _read(tmp_path, text)
    assert list(page.lines[page.lead.first_line - 1 : page.lead.last_line]) == lead


def test_headings_have_level_text_id_and_line(tmp_path: Path) -> None:
    page = _page(tmp_path, "---\na: b\n---\n\n## Følg *op* {#foelg-op}\n\n### Uden id\n")
    assert [(h.level, h.text, h.id, h.line) for h in page.headings] == [
        (2, "Følg op", "foelg-op", 5),
        (3, "Uden id", None, 7),
    ]
    assert page.anchors == (Anchor("foelg-op", 5),)


def test_links_know_their_own_line_in_a_paragraph_of_several(tmp_path: Path) -> None:
    page = _page(tmp_path, "Først\n[et](a.md) og\n[to](b.md#c)  \nog ![tre](d.svg)\n")
    assert [(link.kind, link.target, link.text, link.line) for link in page.links] == [
        (LinkKind.LINK, "a.md", "et", 2),
        (LinkKind.LINK, "b.md#c", "to", 3),
        (LinkKind.IMAGE, "d.svg", "tre", 4),
    ]


def test_links_are_found_in_lists_quotes_tables_and_by_reference(tmp_path: Path) -> None:
    text = "- a\n    - [b](b.md)\n\n> [c](c.md)\n\n| x |\n| --- |\n| [d](d.md) |\n\n[e][f] og <https://g.dk>\n\n[f]: f.md\n"
    page = _page(tmp_path, text)
    assert [(link.target, link.line) for link in page.links] == [
        ("b.md", 2), ("c.md", 4), ("d.md", 8), ("f.md", 10), ("https://g.dk", 10),
    ]  # fmt: skip


def test_an_address_stays_as_it_is_written(tmp_path: Path) -> None:
    page = _page(tmp_path, "[a](javascript:x) [b](<faser/følg op.md>) [c](https://[x)\n")
    assert [link.target for link in page.links] == ["javascript:x", "faser/følg op.md", "https://[x"]


def test_nothing_is_a_link_in_code(tmp_path: Path) -> None:
    page = _page(tmp_path, "`[a](a.md)`\n\n```\n[b](b.md)\n[c][d]\n```\n\n    [e](e.md)\n")
    assert page.links == ()


def test_links_and_ids_in_raw_html_are_found_with_their_lines(tmp_path: Path) -> None:
    page = _page(
        tmp_path, '<p id="a">\n<a\n href="b/">b</a>\n<img src="c.svg" alt="C">\n</p>\n\nSe <a href="d/">d</a>\n'
    )
    assert page.anchors == (Anchor("a", 1),)
    assert [(link.kind, link.target, link.line) for link in page.links] == [
        (LinkKind.HTML, "b/", 2),
        (LinkKind.HTML_IMAGE, "c.svg", 4),
        (LinkKind.HTML, "d/", 7),
    ]


def test_click_lines_of_a_diagram_are_links(tmp_path: Path) -> None:
    page = _page(
        tmp_path,
        '```mermaid\nflowchart TD\naccTitle: T\naccDescr: D\na([A]) --> b([B])\nclick b "x.md"\n```\n',
    )
    assert [(link.kind, link.target, link.text, link.line) for link in page.links] == [(LinkKind.CLICK, "x.md", "B", 6)]
    assert [flow.line for flow in page.flows] == [1]


def test_a_block_is_a_region_with_its_name_title_and_id(tmp_path: Path) -> None:
    page = _page(
        tmp_path,
        "/// supplement | Tilføjet\n    attrs: {id: t2}\n\nTekst.\n\n/// note | Inde i\n\nMere.\n\n///\n\n///\n",
    )
    assert page.blocks == (Region("note", "Inde i", 6, 10), Region("supplement", "Tilføjet", 1, 12))
    assert page.anchors == (Anchor("t2", 2),)


def test_a_longer_fence_holds_a_block_of_its_own_length(tmp_path: Path) -> None:
    page = _page(tmp_path, "//// note | Ydre\n\n/// note | Indre\n\n///\n\n////\n")
    assert [(block.title, block.last_line) for block in page.blocks] == [("Indre", 5), ("Ydre", 7)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("/// note | A\n\nTekst.\n", "C14", 1),
        ("Tekst.\n\n///\n", "C14", 3),
        ("/// note | A\n\nTekst.\n///\n", "C14", 4),
        ("/// note | A\nTekst.\n\n///\n", "C14", 2),
        ("Tekst.\n/// note | A\n\n///\n", "C14", 2),
        ("/// Note | A\n\nTekst.\n", "C14", 1),
        ("<!-- --8<-- [start:a] -->\n\nTekst.\n", "C14", 1),
        ("Tekst.\n\n<!-- --8<-- [end:a] -->\n", "C14", 3),
        ("Tekst.\n\n```\nkode\n", "C15", 3),
        ("Tekst.\n\n~~~\nkode\n```\n", "C15", 3),
        ("---\ntitle: A\n", "C12", 1),
        ("---\n- a\n---\n\nTekst.\n", "C12", 2),
        ("Tekst\n[a][b].\n", "L07", 2),
        ("Tekst\n[a](b c.md).\n", "L11", 2),
    ],
)
def test_what_is_left_open_or_glued_is_one_finding_on_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    assert _codes(_read(tmp_path, text)[1]) == [(code, line)]


def test_a_section_is_the_lines_between_its_marks(tmp_path: Path) -> None:
    page = _page(tmp_path, "Før.\n\n<!-- --8<-- [start:akut] -->\n\nInde.\n\n<!-- --8<-- [end:akut] -->\n\nEfter.\n")
    section = page.section("akut")
    assert section == Region("akut", "", 3, 7)
    assert section.holds(5)
    assert not section.holds(9)
    assert page.section("andet") is None


def test_an_include_names_its_file_and_section(tmp_path: Path) -> None:
    page = _page(tmp_path, 'Tekst.\n\n--8<-- "tjeklister/en.md:tjekliste"\n\n--8<-- "mere/x.md"\n')
    assert page.includes == (Include("tjeklister/en.md", "tjekliste", 3), Include("mere/x.md", "", 5))


def test_a_trace_carries_its_ids_and_the_wording_above_it(tmp_path: Path) -> None:
    page = _page(tmp_path, '- Ring til **ledelsen**.\n  { data-req="V1 V2" }\n\nEt afsnit.\n{ data-req="K1" }\n')
    assert [(trace.requirements, trace.text, trace.line) for trace in page.traces] == [
        (("V1", "V2"), "Ring til ledelsen.", 1),
        (("K1",), "Et afsnit.", 4),
    ]


def test_a_task_is_an_item_that_can_be_ticked(tmp_path: Path) -> None:
    page = _page(tmp_path, '- [ ] Ring.\n  { data-req="V1" }\n- Læs.\n- [x] Skriv.\n')
    assert page.tasks == (1, 4)
    assert [(trace.text, trace.is_task) for trace in page.traces] == [("Ring.", True)]


def test_the_lines_under_a_heading_end_before_the_next_of_its_level(tmp_path: Path) -> None:
    page = _page(tmp_path, "## A {#a}\n\n### B {#b}\n\nTekst.\n\n## C {#c}\n\nSlut.\n")
    first, second, third = (page.under_heading(heading) for heading in page.headings)
    assert (first.first_line, first.last_line) == (1, 6)
    assert (second.first_line, second.last_line) == (3, 6)
    assert third.last_line == len(page.lines)


def test_windows_line_ends_and_a_byte_order_mark_move_no_line(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n\n## B {#b}\n\nSe\n[c](c.md)\n"
    plain = _page(tmp_path, text)
    (tmp_path / "side.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_page(tmp_path, "side.md") == (plain, [])


@pytest.mark.parametrize(
    "text", [">" * 3000 + " x", "- " * 2000 + "x", "[" * 3000, "*a " * 3000, "<a " * 500, "<![CDATA[", "&#xD800;"]
)
def test_nothing_written_makes_it_raise(tmp_path: Path, text: str) -> None:
    _read(tmp_path, text)
