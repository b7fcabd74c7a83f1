"""The guide's addresses with answers: what each shows and says, also when the answers change places."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

from tests.conftest import ROOT

from procedure.derive.guide import phase_flows, screens
from procedure.derive.published import published_addresses
from procedure.derive.shared_addresses import MOST, shared_addresses
from procedure.model import Procedure, load_procedure
from procedure.source.flow import Flow, Kind
from procedure.source.mermaid import read_flow

_Meaning = tuple[str, tuple[tuple[str, str | None], ...]]


def _meanings(procedure: Procedure) -> dict[str, _Meaning]:
    """Return for each shared address the screen it shows, and the questions with the answers it says were given."""
    every = screens(procedure)
    ways = {(screen.id, way.name): (screen.closing.text, way.answer) for screen in every for way in screen.ways}
    return {
        address: (
            shown,
            tuple(ways[pair] for pair in zip(address.split("/")[::2], address.split("/")[1::2], strict=False)),
        )
        for shown, addresses in shared_addresses(every).items()
        for address in addresses
    }


def _with_answers_in_order(flow: Flow, question: str, order: tuple[int, ...]) -> Flow:
    """Return the flow read anew from its text, with the arrows out of a question in another order."""
    lines = flow.source.split("\n")
    places = [edge.line - flow.line - 1 for edge in flow.ways_out(question)]
    arrows = [lines[place] for place in places]
    for place, index in zip(places, order, strict=True):
        lines[place] = arrows[index]
    permuted, findings = read_flow("\n".join(lines), flow.id, flow.path, flow.line)
    assert findings == []
    return permuted


def _with_flow(procedure: Procedure, flow: Flow) -> Procedure:
    page = replace(procedure.pages[flow.path], flows=(flow,))
    return replace(procedure, pages={**procedure.pages, flow.path: page})


def test_no_shared_address_changes_its_meaning_when_the_answers_of_a_question_change_places(
    procedure: Procedure,
) -> None:
    before, published = _meanings(procedure), published_addresses(procedure)
    asked = 0
    for _, flow in phase_flows(procedure):
        for node in flow.nodes.values():
            if flow.kind(node) is Kind.QUESTION:
                asked += 1
                for order in itertools.permutations(range(len(flow.ways_out(node.id)))):
                    permuted = _with_answers_in_order(flow, node.id, order)
                    assert [edge.label for edge in permuted.ways_out(node.id)] == [
                        flow.ways_out(node.id)[index].label for index in order
                    ]
                    after = _with_flow(procedure, permuted)
                    assert _meanings(after) == before
                    assert published_addresses(after) == published
    assert asked == 8
    assert len(before) > 500


def test_every_answer_of_every_question_is_a_lasting_address_and_none_is_a_number(procedure: Procedure) -> None:
    answers = {f"{s.id}/{way.name}" for s in screens(procedure) if s.kind is Kind.QUESTION for way in s.ways}
    published = {address.removeprefix("/guide/#") for address in published_addresses(procedure)}
    assert answers == {address for address in published if "/" in address and address[0] != "/"}
    assert "vurder-under/ja" in answers
    assert not [address for address in answers if any(letter.isdigit() for letter in address)]


def test_an_address_leads_where_its_last_answer_leads_or_to_the_screen_it_ends_with(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "tests/cases/base", tmp_path / "tree"))
    assert shared_addresses(screens(load_procedure(root))) == {
        "en-haster": [],
        "en-ring": ["en-haster/ja"],
        "en-slut": ["en-haster/ja/en-slut", "en-haster/nej"],
        "to-slut": ["en-haster/ja/to-slut", "en-haster/nej/to-slut"],
    }


def test_an_address_may_begin_at_any_question(procedure: Procedure) -> None:
    starts = {address.split("/")[0] for address in _meanings(procedure)}
    assert starts == {screen.id for screen in screens(procedure) if screen.kind is Kind.QUESTION}


def test_only_so_many_addresses_are_written_and_those_with_the_fewest_answers_first(procedure: Procedure) -> None:
    every = screens(procedure)
    lengths = {
        most: sorted(len(a.split("/")) // 2 for part in shared_addresses(every, most).values() for a in part)
        for most in (100, MOST)
    }
    assert lengths[100] == lengths[MOST][:100]
    assert len(lengths[100]) == 100
    assert len(lengths[MOST]) < MOST
