"""`procedure.json` as another program meets it: all that is asserted of the procedure is read from the file alone."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from tests.conftest import ROOT
from tests.project import ADDRESS, edit

from procedure.derive.published import file_at
from procedure.derive.routes import Stop, routes
from procedure.model import Procedure, load_procedure
from procedure.outputs.data import as_data, check_data, dangling
from procedure.source.flow import Flow

_CASES = ROOT / "tests/cases"

Data = dict[str, Any]


@pytest.fixture(scope="module")
def data(site: Path) -> Data:
    """What the real site holds. Nothing may be written in it."""
    read: Data = json.loads((site / "procedure.json").read_bytes())
    return read


@pytest.fixture(scope="module")
def schema(site: Path) -> Data:
    read: Data = json.loads((site / "procedure.schema.json").read_bytes())
    return read


def _by_id(rows: list[Data]) -> dict[str, Data]:
    return {row["id"]: row for row in rows}


def _walked(data: Data, flow: str) -> Iterator[tuple[list[str], str]]:
    """Yield each way through a flow as the ids of the ways taken, and of the node where none leads on."""
    nodes = [node["id"] for node in data["nodes"] if node["flow"] == flow]
    [start] = [node for node in nodes if not any(way["to"] == node for way in data["ways"])]

    def walk(node: str, taken: list[str]) -> Iterator[tuple[list[str], str]]:
        on = [way for way in data["ways"] if way["from"] == node]
        if not on:
            yield taken, node
        for way in on:
            yield from walk(way["to"], [*taken, way["id"]])

    return walk(start, [])


def _as_ids(flow: Flow, route: tuple[Stop, ...]) -> tuple[list[str], str]:
    names = {(edge.source, edge.label): f"/{edge.name}" if edge.name else "" for edge in flow.edges}
    ways = [f"{flow.id}-{stop.node.id}{names[stop.node.id, stop.answer]}" for stop in route[:-1]]
    return ways, f"{flow.id}-{route[-1].node.id}"


def test_every_flow_is_walked_along_every_route_to_the_ends_of_the_procedure(data: Data, procedure: Procedure) -> None:
    assert {flow["id"] for flow in data["flows"]} == {flow.id for flow in procedure.flows}
    nodes, ways = _by_id(data["nodes"]), _by_id(data["ways"])
    for flow in procedure.flows:
        meant = [_as_ids(flow, route) for route in routes(flow)]
        assert list(_walked(data, flow.id)) == meant
        told = [route for route in data["routes"] if route["flow"] == flow.id]
        assert [(route["ways"], route["end"]) for route in told] == meant
        for taken, end in meant:
            assert nodes[end]["kind"] == "end"
            asked = [ways[way] for way in taken if nodes[ways[way]["from"]]["kind"] == "question"]
            assert all(way["answer"] and way["id"].startswith(f"{way['from']}/") for way in asked)
        said = {node["id"]: node["text"] for node in data["nodes"] if node["flow"] == flow.id}
        assert said == {f"{flow.id}-{node.id}": node.text for node in flow.nodes.values()}


def test_the_whole_procedure_is_walked_from_the_first_phase_to_its_ends(data: Data) -> None:
    phases = [phase["id"] for phase in data["phases"]]
    entries = {phase["address"]: phase["id"] for phase in data["phases"]}
    entries |= {node["address"]: node["flow"] for node in data["nodes"] if node["flow"] in phases}
    nodes, reached, waiting = _by_id(data["nodes"]), set(), phases[:1]
    while waiting:
        phase = waiting.pop()
        if phase not in reached:
            reached.add(phase)
            ends = [nodes[end].get("leads_to") for _, end in _walked(data, phase)]
            following = {entries[address] for address in ends if address in entries}
            assert following == set(_by_id(data["phases"])[phase]["next"])
            waiting += following
    assert reached == set(phases)


def test_titles_and_quotes_end_to_end_are_the_source(data: Data, procedure: Procedure) -> None:
    said = [data["source"]["title"]]
    for phase in data["phases"]:
        said.append(phase["title"])
        for step in data["steps"]:
            if step["phase"] == phase["id"]:
                said.append(f"{step['title']}:")
                said += [row["quote"] for row in data["requirements"] if row["step"] == step["id"]]
    said += [contact["quote"] for contact in data["contacts"] if not contact["added"]]
    source = procedure.source
    for row in procedure.contract.left_out:
        source = source.replace(row.quote, "")
    assert " ".join(said).split() == source.split()


def test_each_difference_stands_between_a_quote_and_its_wording(data: Data) -> None:
    rows = [(row, difference) for row in data["requirements"] for difference in row["differs"]]
    assert len(rows) > 10
    for row, difference in rows:
        assert difference["quote"].lower() in row["quote"].lower()
        assert difference["wording"].split()[0].lower() in row["wording"].lower()
        assert "→" not in "".join(difference.values())


def test_every_address_is_one_that_the_site_holds(data: Data, site: Path) -> None:
    ids: dict[str, set[str]] = {}
    addresses = {*data["addresses"], *_addresses(data)}
    assert len(addresses) > 300
    for address in addresses:
        path, _, place = address.partition("#")
        file = site / file_at(path)
        assert file.is_file(), address
        if place:
            if path not in ids:
                ids[path] = set(map(str, html.parse(str(file)).xpath("//@id")))
            assert place in ids[path], address


def _addresses(value: object) -> Iterator[str]:
    """Yield every text in the file that is an address of the site."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _addresses(part)
    elif isinstance(value, str) and value.startswith("/"):
        yield value


def test_who_is_not_in_the_source_has_the_mark_that_says_so(data: Data, procedure: Procedure) -> None:
    added = {contact["id"]: contact for contact in data["contacts"] if contact["added"]}
    assert set(added) == {row.id for row in procedure.contract.every_added}
    shown = {block.title for block in procedure.pages[procedure.roles.supplement].blocks}
    assert {contact["mark"] for contact in added.values()} <= shown
    assert not any("mark" in contact for contact in data["contacts"] if contact["id"] not in added)


def test_the_schema_is_one_and_is_the_one_that_the_file_names(data: Data, schema: Data) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == data["schema"]
    assert schema["properties"]["version"]["const"] == data["version"]


def test_no_object_has_a_key_that_the_schema_does_not_describe_nor_lacks_one_that_it_asks_for(schema: Data) -> None:
    objects = [part for part in _objects(schema) if part.get("type") == "object"]
    assert len(objects) >= 12
    assert all(
        part["additionalProperties"] is False and set(part["required"]) <= set(part["properties"]) for part in objects
    )


def _objects(value: object) -> Iterator[Data]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(part)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("requirements", "id", "v1"),
        ("requirements", "quote", " "),
        ("requirements", "every_path", None),
        ("requirements", "ny", "x"),
        ("contacts", "phone", "1234"),
        ("contacts", "mail", "ingen"),
        ("contacts", "confirmed", "2026-02-30"),
        ("contacts", "added", True),
        ("nodes", "kind", "gateway"),
        ("nodes", "address", "https://x.dk/"),
        ("ways", "to", ""),
        ("routes", "ways", []),
    ],
)
def test_what_the_schema_does_not_allow_is_found(
    tmp_path: Path, site: Path, data: Data, section: str, key: str, value: object
) -> None:
    changed = copy.deepcopy(data)
    changed[section][1][key] = value
    shutil.copy(site / "procedure.schema.json", tmp_path)
    (tmp_path / "procedure.json").write_text(json.dumps(changed), "utf-8")
    found = list(check_data(load_procedure(_CASES / "base"), tmp_path))
    assert found
    assert all(said.startswith(f"$.{section}[1]") for said in found)


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("phases", "next"), ("phases", "address"), ("steps", "phase"), ("requirements", "step"),
        ("requirements", "call"), ("contacts", "more"), ("flows", "address"), ("nodes", "flow"),
        ("nodes", "requirements"), ("nodes", "leads_to"), ("nodes", "guide"), ("ways", "from"), ("ways", "to"),
        ("routes", "ways"), ("routes", "end"),
    ],
)  # fmt: skip
def test_what_is_named_and_is_not_there_is_found(data: Data, section: str, key: str) -> None:
    changed = copy.deepcopy(data)
    row = next(row for row in changed[section] if row.get(key))
    row[key] = ["væk"] if isinstance(row[key], list) else "væk"
    assert list(dangling(data)) == []
    assert [said for said in dangling(changed) if f"{key} nævner væk" in said]


def test_an_id_that_stands_twice_is_found(data: Data) -> None:
    changed = copy.deepcopy(data)
    changed["nodes"].append(changed["nodes"][0])
    assert list(dangling(changed)) == [f"nodes: {changed['nodes'][0]['id']} står 2 gange."]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small project as it was published."""
    shutil.copytree(_CASES / "base", tmp_path / "tree")
    return Path(shutil.copytree(_CASES / "published", tmp_path / "tree", dirs_exist_ok=True))


def test_an_edition_is_named_only_while_it_says_what_is_said(tree: Path) -> None:
    assert as_data(load_procedure(tree))["edition"] == {
        "name": "2026-11-22",
        "day": "2026-11-22",
        "approved": None,
    }
    approved = '{"by": "ledelsen", "day": "2026-11-23"}'
    edit(tree, "docs/editions/2026-11-22.json", '{"by": "ukendt", "day": "ukendt"}', approved)
    edition = as_data(load_procedure(tree))["edition"]
    assert isinstance(edition, dict)
    assert edition["approved"] == json.loads(approved)
    edit(tree, "docs/procedure.yml", '"12345678"', '"12345679"')
    assert as_data(load_procedure(tree))["edition"] is None
    shutil.rmtree(tree / "docs/editions")
    assert as_data(load_procedure(tree))["edition"] is None


def test_the_same_procedure_is_the_same_wherever_it_is_read_but_for_the_address(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = as_data(load_procedure(tree))
    shutil.move(tree, tmp_path / "andetsteds")
    assert as_data(load_procedure(tmp_path / "andetsteds")) == before
    edit(tmp_path / "andetsteds", "mkdocs.yml", "site_name", f"site_url: {ADDRESS}\nsite_name")
    with_address = as_data(load_procedure(tmp_path / "andetsteds"))
    assert with_address["site"] == {**dict(before["site"]), "address": ADDRESS}  # type: ignore[call-overload]
    assert {**with_address, "site": before["site"]} == before
