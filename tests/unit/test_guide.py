"""The guide: all flows joined, and cut into screens."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.project import edit

from procedure.derive.guide import Screen, Way, caution, node_address, phase_flows, screens
from procedure.model import Procedure, load_procedure
from procedure.source.flow import Kind

_BASE = ROOT / "tests" / "cases" / "base"


@pytest.fixture(scope="module")
def guide(procedure: Procedure) -> dict[str, Screen]:
    """The real screens by their ids."""
    every = screens(procedure)
    assert len({screen.id for screen in every}) == len(every)
    return {screen.id: screen for screen in every}


def _screens(tmp_path: Path, file: str, *changes: tuple[str, str]) -> dict[str, Screen]:
    """Return the screens of the small project with changes in one file."""
    root = shutil.copytree(_BASE, tmp_path / "project")
    text = (root / file).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / file).write_text(text, "utf-8")
    return {screen.id: screen for screen in screens(load_procedure(root))}


def test_every_node_lies_on_exactly_one_screen_or_leads_straight_to_one(
    procedure: Procedure, guide: dict[str, Screen]
) -> None:
    shown = Counter(node_address(screen.flow, node.id) for screen in guide.values() for node in screen.nodes)
    shown.update(address for screen in guide.values() for address in screen.passed)
    assert shown == {node_address(flow, node_id): 1 for _, flow in phase_flows(procedure) for node_id in flow.nodes}


def test_a_screen_has_no_fork_and_no_meeting_of_ways_inside(guide: dict[str, Screen]) -> None:
    for screen in guide.values():
        for before, after in zip(screen.nodes, screen.nodes[1:], strict=False):
            (way_out,), (way_in,) = screen.flow.ways_out(before.id), screen.flow.ways_in(after.id)
            assert way_out is way_in
            assert way_out.label is None


def test_a_screen_ends_only_at_a_question_an_end_or_where_ways_meet(guide: dict[str, Screen]) -> None:
    for screen in guide.values():
        if screen.kind in (Kind.STEP, Kind.START):
            (way,) = screen.flow.ways_out(screen.closing.id)
            assert len(screen.flow.ways_in(way.target)) > 1


def test_the_ways_on_are_the_arrows_in_their_order(guide: dict[str, Screen]) -> None:
    for screen in guide.values():
        arrows = screen.flow.ways_out(screen.closing.id)
        if arrows:
            assert [way.answer for way in screen.ways] == [arrow.label for arrow in arrows]
            first_nodes = [(way.past or guide[way.target].nodes[0]).id for way in screen.ways]
            assert first_nodes == [arrow.target for arrow in arrows]


def test_every_way_leads_to_a_screen_and_every_screen_is_reached_from_the_first(guide: dict[str, Screen]) -> None:
    reached: set[str] = set()
    waiting = [next(iter(guide))]
    while waiting:
        screen_id = waiting.pop()
        if screen_id not in reached:
            reached.add(screen_id)
            waiting += [way.target for way in guide[screen_id].ways]
    assert reached == set(guide)


def test_each_end_leads_where_its_click_says(procedure: Procedure, guide: dict[str, Screen]) -> None:
    phases = [phase.id for phase in procedure.contract.phases]
    ends = [screen for screen in guide.values() if screen.kind is Kind.END]
    assert len(ends) == 5
    for screen in ends:
        name = (screen.closing.target or "").removesuffix(".md")
        if name in phases:
            (way,) = screen.ways
            target = guide[way.target]
            assert (target.phase.id, target.nodes[0]) == (name, target.flow.starts[0])
        else:
            assert screen.closing.target in (None, "../kontakt.md")
            assert screen.ways == ()


def test_an_end_with_nothing_to_say_is_no_screen_and_leads_straight_on(guide: dict[str, Screen]) -> None:
    past = {
        (screen.id, way.answer, way.past.text, way.target)
        for screen in guide.values()
        for way in screen.ways
        if way.past
    }
    assert past == {
        ("haandter-kendt", "Ja", "Videre til fase 5: Behandl krænkelsen", "behandl-klasse"),
        ("haandter-hjaelp", None, "Videre til fase 5: Behandl krænkelsen", "behandl-klasse"),
        ("behandl-presse", "Nej", "Videre til fase 6: Afslut processen", "afslut-slut"),
        ("behandl-fagchef", None, "Videre til fase 6: Afslut processen", "afslut-slut"),
    }
    passed = {screen.id: screen.passed for screen in guide.values() if screen.passed}
    assert passed == {"behandl-klasse": ("haandter-slut",), "afslut-slut": ("behandl-slut",)}
    for screen in guide.values():
        assert screen.kind is not Kind.END or len(screen.nodes) > 1


def test_ends_that_lead_to_one_another_are_shown_and_never_a_ring(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "project"))
    edit(root, "docs/faser/en.md", "noter --> slut", "noter --> slut\n  haster -->|Ved ikke| slut")
    edit(root, "docs/faser/en.md", 'click slut "to.md"', 'click slut "to.md#d-to-slut"')
    edit(root, "docs/faser/to.md", "\n  %% krav", '\n  click slut "en.md#d-en-slut"\n  %% krav')
    guide = {screen.id: screen for screen in screens(load_procedure(root))}
    assert guide["en-slut"].ways == (Way(None, "to-slut"),)
    assert guide["to-slut"].ways == (Way(None, "en-slut"),)
    assert [way.past for screen in guide.values() for way in screen.ways if way.past] == []


def test_the_screens_follow_the_phases(procedure: Procedure, guide: dict[str, Screen]) -> None:
    in_order = [phase.id for phase in procedure.contract.phases]
    assert list(dict.fromkeys(screen.phase.id for screen in guide.values())) == in_order
    assert all(screen.flow.id == screen.phase.id for screen in guide.values())


def test_screens_are_named_after_the_node_that_closes_them(tmp_path: Path) -> None:
    guide = _screens(tmp_path, "docs/faser/en.md")
    assert {screen.id: [node.id for node in screen.nodes] for screen in guide.values()} == {
        "en-haster": ["begynd", "spoerg", "haster"],
        "en-ring": ["ring"],
        "en-slut": ["noter", "slut"],
        "to-slut": ["begynd", "foelg", "slut"],
    }
    assert guide["en-haster"].ways == (Way("Ja", "en-ring", "ja"), Way("Nej", "en-slut", "nej"))
    assert guide["en-ring"].ways == (Way(None, "en-slut"),)
    assert guide["en-slut"].ways == (Way(None, "to-slut"),)
    assert guide["to-slut"].ways == ()


def test_an_end_may_lead_into_the_middle_of_another_flow_and_a_screen_begins_there(tmp_path: Path) -> None:
    guide = _screens(tmp_path, "docs/faser/en.md", ('click slut "to.md"', 'click slut "to.md#d-to-foelg"'))
    assert guide["en-slut"].ways == (Way(None, "to-slut"),)
    assert [node.id for node in guide["to-slut"].nodes] == ["foelg", "slut"]
    assert [node.id for node in guide["to-begynd"].nodes] == ["begynd"]
    assert guide["to-begynd"].ways == (Way(None, "to-slut"),)


def test_the_first_block_of_what_must_never_be_done_is_the_one_that_is_shown(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "project"))
    assert caution(load_procedure(root)) is None
    for path, item in (("en", "- Lav et kort notat.\n"), ("to", "- Følg op efter en uge.\n")):
        edit(root, f"docs/faser/{path}.md", item, f"/// danger | Vigtigt {path}\n\n{item}")
    edit(root, "docs/faser/en.md", '{ data-req="A3" }\n', '{ data-req="A3" }\n\n///\n')
    edit(root, "docs/faser/to.md", '{ data-req="B1" }\n', '{ data-req="B1" }\n\n///\n')
    procedure = load_procedure(root)
    block = caution(procedure)
    assert block
    assert (block.title, block.items) == ("Vigtigt en", ("Lav et kort notat.",))
    assert [trace.requirements for trace in block.traces] == [("A3",)]


def test_the_real_block_is_the_one_of_the_procedure_and_its_three_lines(procedure: Procedure) -> None:
    block = caution(procedure)
    assert block
    assert [trace.requirements for trace in block.traces] == [("D5",), ("D6", "D9"), ("D7",)]
