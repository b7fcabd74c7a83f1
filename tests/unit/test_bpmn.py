"""The flows as BPMN: a foreign engine goes the ways of the guide, and foreign readers have nothing to say."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bpmn_io import BpmnModdle
from bpmn_io.lint import Linter
from bpmn_io.lint.resolver import NodeResolver
from lxml import etree
from tests.bpmn_engine import read_process, strays, walk
from tests.conftest import ROOT
from tests.generated import generated
from tests.project import edit

from procedure.blocks.layout import DrawingError
from procedure.derive.joined import WHOLE, by_address, published_flows, whole_flow
from procedure.derive.process import process_of
from procedure.derive.routes import count_routes, routes
from procedure.model import Procedure, load_procedure
from procedure.outputs import bpmn_places
from procedure.outputs.bpmn import as_bpmn, check_bpmn, write_bpmn
from procedure.outputs.bpmn_places import flow_places
from procedure.source.flow import Flow, Gaps
from procedure.source.mermaid import read_flow
from procedure.words import DANISH

_BASE = ROOT / "tests/cases/base"
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# Finding a rule takes longer than holding a file against it.
_RESOLVER: Any = NodeResolver()
_RESOLVER.resolve_rule = cache(_RESOLVER.resolve_rule)
# All rules but one: a task is as large as its words need, and no larger or smaller.
_RULES = {"extends": "bpmnlint:all", "rules": {"standard-size": "off"}}
_NAMES = [*(flow.id for flow in published_flows(load_procedure(ROOT))), WHOLE]


@pytest.fixture(scope="module")
def files(procedure: Procedure, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The real files by their names."""
    return _files(procedure, tmp_path_factory.mktemp("bpmn"))


def _files(procedure: Procedure, folder: Path) -> dict[str, bytes]:
    write_bpmn(procedure, folder)
    assert list(check_bpmn(procedure, folder)) == []
    return {file.stem: file.read_bytes() for file in folder.rglob("*.bpmn")}


def _lonely(flow: Flow) -> bytes:
    """Return a flow of no project as a file."""
    process = process_of(DANISH, by_address(flow))
    return as_bpmn(DANISH, by_address(flow), process, flow_places(flow, process), {})


def _project(tmp_path: Path, *changes: tuple[str, str, str]) -> Procedure:
    """Return the small project with changes: a phase, what its page says, and what it says instead."""
    root = Path(shutil.copytree(_BASE, tmp_path / "project"))
    for phase, old, new in changes:
        edit(root, f"docs/faser/{phase}.md", old, new)
    procedure = load_procedure(root)
    assert all(flow.gaps == Gaps() for flow in procedure.flows)
    return procedure


def _flow(procedure: Procedure, name: str) -> Flow:
    if name == WHOLE:
        return whole_flow(procedure)
    return by_address(next(flow for flow in published_flows(procedure) if flow.id == name))


def _said(file: bytes) -> list[object]:
    """Return all that bpmn-moddle and bpmnlint say of a file."""
    read = BpmnModdle().from_xml(file.decode())
    # A linter for each file: one of its rules remembers what it has seen.
    said = Linter(resolver=_RESOLVER).lint(read.root_element, _RULES)  # type: ignore[arg-type]
    return [*read.warnings, *said.items()]


@pytest.mark.parametrize("name", _NAMES)
def test_an_engine_goes_every_route_of_ours_to_the_same_nodes_and_the_same_end(
    name: str, procedure: Procedure, files: dict[str, bytes]
) -> None:
    flow = _flow(procedure, name)
    assert list(strays(files[name], flow)) == []


@pytest.mark.parametrize("name", _NAMES)
def test_readers_of_bpmn_have_nothing_to_say(name: str, files: dict[str, bytes]) -> None:
    assert _said(files[name]) == []


def test_the_whole_goes_from_the_first_phase_to_where_the_last_one_ends(procedure: Procedure) -> None:
    whole = whole_flow(procedure)
    every = routes(whole)
    assert len(every) == count_routes(whole) == 96
    assert {route[0].node.id for route in every} == {"vurder-begynd"}
    assert {route[-1].node.id for route in every} == {"afslut-slut"}
    assert {stop.node.id for route in every for stop in route} == whole.nodes.keys()


def _swap_conditions(root: etree._Element) -> None:
    first, second = root.findall(f".//{_BPMN}conditionExpression")[:2]
    first.text, second.text = second.text, first.text


def _lose_arrow(root: etree._Element) -> None:
    way = next(way for way in root.iter(f"{_BPMN}sequenceFlow") if way.get("name") == "Nej")
    way.getparent().remove(way)  # type: ignore[union-attr]


def _turn_arrow(root: etree._Element) -> None:
    ways = list(root.iter(f"{_BPMN}sequenceFlow"))
    after = next(way for way in ways if way.get("sourceRef") == "vurder-overblik")
    after.set("targetRef", "vurder-alvor")


def _lose_condition(root: etree._Element) -> None:
    condition = next(root.iter(f"{_BPMN}conditionExpression"))
    condition.getparent().remove(condition)  # type: ignore[union-attr]


@pytest.mark.parametrize("fault", [_swap_conditions, _lose_arrow, _turn_arrow, _lose_condition])
def test_a_fault_in_a_file_leads_the_engine_astray(
    fault: Callable[[etree._Element], None], procedure: Procedure, files: dict[str, bytes]
) -> None:
    root = etree.fromstring(files["vurder"])
    fault(root)
    assert list(strays(etree.tostring(root), _flow(procedure, "vurder")))


# The first phase may end in the middle of the second one, which may thus begin in two places.
_INTO_THE_MIDDLE = (
    ("en", "noter --> slut", 'haster -->|Ved ikke| midt([Midt])\n  click midt "to.md#d-to-midt"\n  noter --> slut'),
    ("to", "foelg --> slut", "midt([Fra fase 1]) --> foelg\n  foelg --> slut"),
)


_FIRST_PHASE = ["en-spoerg", "en-haster", "en-ring", "en-noter", "en-slut", "to-begynd"]


def test_a_phase_that_is_entered_in_its_middle_begins_there_by_message_and_in_the_whole_goes_on_there(
    tmp_path: Path,
) -> None:
    procedure = _project(tmp_path, *_INTO_THE_MIDDLE)
    files = _files(procedure, tmp_path)
    for name in ("en", "to", WHOLE):
        assert list(strays(files[name], _flow(procedure, name))) == []
        assert _said(files[name]) == []
    assert [route[0].node.id for route in routes(_flow(procedure, "to"))] == ["to-begynd", "to-midt"]
    ways = [[stop.node.id for stop in route] for route in routes(whole_flow(procedure))]
    assert ways[-1] == ["en-begynd", "en-spoerg", "en-haster", "en-midt", "to-midt", "to-foelg", "to-slut"]
    assert len(ways) == 3


@pytest.mark.parametrize(("goal", "again", "yes"), [("en.md", _FIRST_PHASE, 5), ("#d-to-foelg", [], 3)])
def test_an_end_that_leads_back_is_a_ring_that_the_engine_goes_as_often_as_it_is_told(
    goal: str, again: list[str], yes: int, tmp_path: Path
) -> None:
    more = (
        f'foelg --> mere{{{{Er der mere?}}}}\n  mere -->|Ja| om([Om igen])\n  click om "{goal}"\n  mere -->|Nej| slut'
    )
    procedure = _project(tmp_path, ("to", "foelg --> slut([Sagen er slut])", f"slut([Sagen er slut])\n  {more}"))
    files, whole = _files(procedure, tmp_path), whole_flow(procedure)
    assert whole.cycle()
    assert _said(files[WHOLE]) == []
    walked = walk(read_process(files[WHOLE]), whole, "en-begynd", [*["ja"] * yes, "nej"])
    back = ["to-mere", "to-om", *again, "to-foelg"]
    assert walked == ["en-begynd", *_FIRST_PHASE, "to-foelg", *back, *back, "to-mere", "to-slut"]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_flow_is_like_the_engine_goes_its_ways_and_readers_have_nothing_to_say(seed: int) -> None:
    read, _ = read_flow(generated(seed), "flow", "", 1)
    # Made by chance, answers may have one name, which is a finding.
    flow = replace(read, edges=tuple(replace(edge, name=f"svar-{n}") for n, edge in enumerate(read.edges)))
    file = _lonely(flow)
    assert _said(file) == []
    assert list(strays(file, by_address(flow))) == []


def test_a_flow_that_cannot_be_drawn_has_no_diagram_and_is_run_all_the_same(
    procedure: Procedure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Flow) -> None:
        raise DrawingError("mmdr kan ikke.")

    monkeypatch.setattr(bpmn_places, "lay_out", refuse)
    files = _files(load_procedure(ROOT), tmp_path)
    assert b"BPMNDiagram" not in files["vurder"] + files[WHOLE]
    assert list(strays(files["vurder"], _flow(procedure, "vurder"))) == []


def _first(root: etree._Element, tag: str) -> etree._Element:
    return next(root.iter(f"{{*}}{tag}"))


def _lose(tag: str) -> Callable[[etree._Element], None]:
    def lose(root: etree._Element) -> None:
        element = _first(root, tag)
        element.getparent().remove(element)  # type: ignore[union-attr]

    return lose


def _double(tag: str) -> Callable[[etree._Element], None]:
    return lambda root: _first(root, tag).addnext(deepcopy(_first(root, tag)))


def _misspell(tag: str, name: str) -> Callable[[etree._Element], None]:
    return lambda root: _first(root, tag).set(name, "vurder-ingen")


def _misspell_text(root: etree._Element) -> None:
    _first(root, "incoming").text = "vurder-ingen"


@pytest.mark.parametrize(
    "fault",
    [
        *(
            _lose(tag)
            for tag in ("manualTask", "userTask", "exclusiveGateway", "sequenceFlow", "BPMNShape", "BPMNEdge")
        ),
        *(_double(tag) for tag in ("manualTask", "sequenceFlow", "BPMNShape", "BPMNEdge")),
        *(_misspell("sequenceFlow", name) for name in ("id", "sourceRef", "targetRef")),
        _misspell("BPMNShape", "bpmnElement"),
        _misspell("BPMNEdge", "bpmnElement"),
        _misspell_text,
    ],
)
def test_what_is_lost_doubled_or_named_in_vain_is_found_in_what_was_written(
    fault: Callable[[etree._Element], None], procedure: Procedure, tmp_path: Path
) -> None:
    write_bpmn(procedure, tmp_path)
    file = tmp_path / "bpmn/vurder.bpmn"
    root = etree.fromstring(file.read_bytes())
    fault(root)
    file.write_bytes(etree.tostring(root))
    assert {said.split(":")[0] for said in check_bpmn(procedure, tmp_path)} == {"bpmn/vurder.bpmn"}


def test_a_file_says_what_the_diagram_and_its_nodes_say(procedure: Procedure, files: dict[str, bytes]) -> None:
    for name in _NAMES:
        flow, root = _flow(procedure, name), etree.fromstring(files[name])
        process = _first(root, "process")
        assert (process.get("id"), process.get("name"), process.get("isExecutable")) == (name, flow.title, "true")
        assert process.findtext(f"{_BPMN}documentation") == flow.description
        elements = {element.get("id"): element for element in process}
        for node in flow.nodes.values():
            assert elements[node.id].get("name") == node.text
            said = elements[node.id].findtext(f"{_BPMN}documentation") or ""
            assert [*node.requirements, *node.completes] == [word for word in said.split() if word[-1] != ":"]
        answers = {(edge.label, edge.name) for edge in flow.edges if edge.label}
        ways = [element for element in process if element.findtext(f"{_BPMN}conditionExpression")]
        assert answers == {(way.get("name"), str(way.get("id")).split(".")[1]) for way in ways}


def test_every_id_is_a_name_in_xml(files: dict[str, bytes]) -> None:
    for file in files.values():
        for element in etree.fromstring(file).iter("{*}*"):
            assert re.fullmatch(r"[A-Za-z_][\w.-]*", element.get("id", "_"), re.ASCII)
