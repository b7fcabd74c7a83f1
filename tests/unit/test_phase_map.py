"""The whole course as a map: every node of its diagram, each phase to open, and the fork side by side."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.conftest import ROOT
from tests.project import edit

from procedure.blocks.phase_map import large_map
from procedure.model import Procedure, load_procedure

_BASE = ROOT / "tests" / "cases" / "base"


def _map(procedure: Procedure) -> Element | None:
    return large_map(procedure, procedure.pages[procedure.roles.overview].flows[0])


def _real(procedure: Procedure) -> Element:
    element = _map(procedure)
    assert element is not None
    return element


def test_every_node_of_the_diagram_is_in_the_map_with_its_words(procedure: Procedure) -> None:
    flow = procedure.pages[procedure.roles.overview].flows[0]
    words = {str(e.get("id")): "".join(e.itertext()) for e in _real(procedure).iter() if e.get("id")}
    assert {key: text for key, text in words.items() if key.startswith("t-overblik-")} == {
        f"t-overblik-{node.id}": node.text for node in flow.nodes.values()
    }
    assert {f"d-overblik-{node_id}" for node_id in flow.nodes} <= words.keys()


def test_a_phase_opens_with_its_own_drawing_and_a_way_to_its_page(procedure: Procedure) -> None:
    opened = {str(phase.get("id")): phase for phase in _real(procedure).iter("details") if phase.get("id")}
    assert len(opened) == 6
    for phase in procedure.contract.phases:
        inside = opened[f"d-overblik-f{phase.number}"]
        assert inside.get("open") is None
        assert f"faser/{phase.id}.md" in {link.get("href") for link in inside.iter("a")}
        page = procedure.phase_page(phase.id)
        assert page is not None
        ids = {element.get("id") for element in inside.iter()}
        assert {f"d-{phase.id}-{node_id}" for node_id in page.flows[0].nodes} <= ids


def test_the_phases_of_the_fork_share_a_row_with_the_answer_that_leads_to_each(procedure: Procedure) -> None:
    (fork,) = (element for element in _real(procedure).iter("ul") if element.get("class") == "map-fork")
    assert [
        [part.text for part in place.iter() if part.get("class") in ("map-answer", "map-box")] for place in fork
    ] == [
        ["Klares internt", "Fase 3: Håndter krænkelsen internt"],
        ["Skal politianmeldes", "Fase 4: Anmeld krænkelsen"],
    ]
    names = {place[1].get("name") for place in fork}
    assert len(names) == 1
    assert names != {None}


def test_a_diagram_that_stands_in_no_rows_is_no_map(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "tree"))
    assert _map(load_procedure(root)) is not None
    edit(
        root,
        "docs/overblik.md",
        "begynd([Du hører om en sag]) --> f1",
        "begynd{{Haster det?}} -->|Ja| f2\n  begynd -->|Nej| f1",
    )
    assert _map(load_procedure(root)) is None
