"""A link to a node of a diagram, in three browsers: it lands on the node, which is marked."""

from __future__ import annotations

import json

import pytest

from tests.judges.engines import Engine
from tests.judges.sight import in_view

PHASES = ["vurder", "dokumenter", "haandter", "anmeld", "behandl", "afslut"]


@pytest.mark.parametrize("size", [(360, 640), (1280, 800)], ids=["phone", "desktop"])
@pytest.mark.parametrize("phase", PHASES)
def test_link_to_a_node_lands_on_it(engine: Engine, address: str, phase: str, size: tuple[int, int]) -> None:
    engine.open(f"{address}guide/", *size)
    nodes = engine.evaluate(
        f"[...document.querySelectorAll('.guide a[href*=\"faser/{phase}/#d-\"]')].map(link => link.hash)"
    )
    assert nodes

    engine.open(f"{address}faser/{phase}/{nodes[-1]}", *size)
    engine.wait(f"document.querySelector(':target')?.id === {json.dumps(nodes[-1][1:])}")
    for node in nodes:
        engine.evaluate(f"(location.hash = {json.dumps(node)}, null)")
        engine.wait(f"document.querySelector(':target')?.id === {json.dumps(node[1:])}")
        assert in_view(engine, node) == [True], node
