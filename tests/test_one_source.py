"""A new arrow in one Markdown file changes all that is made of it, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree, html

from tests.project import copy_project, edit, run_build

# The real project is built once more for them: they are seen among the judges.
pytestmark = pytest.mark.every

_CHANGED = (
    "faser/anmeld", "guide", "mere/samlet", "mere/sporbarhed", "mere/til-godkendelse", "mere/veje", "overblik",
)  # fmt: skip
_CHANGED_BESIDE = {
    "bpmn/anmeld.bpmn", "procedure.bpmn", "procedure.json", "procedure-offline.zip", "manifest.json",
}  # fmt: skip
# What a file is packed into changes with the file.
_PACKED = (".br", ".gz")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The site before and after the change, as if nothing was published: a page says so when it has changed since."""
    built = []
    for change in ("", "vil -->|Ved ikke| sparring\n  "):
        root = copy_project(tmp_path_factory.mktemp("project"))
        shutil.rmtree(root / "docs/editions")
        (root / "docs/ledger.txt").unlink()
        edit(root, "docs/faser/anmeld.md", "sparring --> forsikring", f"{change}sparring --> forsikring")
        run = run_build(root)
        assert run.returncode == 0, run.stdout
        built.append(root / "site")
    return built


def _files(site_dir: Path) -> dict[str, bytes]:
    return {path.relative_to(site_dir).as_posix(): path.read_bytes() for path in site_dir.rglob("*") if path.is_file()}


def _page(site_dir: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((site_dir / path / "index.html").read_bytes())


def test_only_the_phase_the_guide_the_lists_and_the_approver_s_page_change(sites: list[Path]) -> None:
    before, after = (_files(site_dir) for site_dir in sites)
    assert before.keys() == after.keys()
    differing = {name for name in before if before[name] != after[name] and not name.endswith(_PACKED)}
    assert differing == {f"{path}/index.html" for path in _CHANGED} | _CHANGED_BESIDE


@pytest.mark.parametrize(
    ("path", "class_name"),
    [
        ("faser/anmeld", "flow-frame"),
        ("faser/anmeld", "flow-text"),
        ("guide", "guide-screen"),
        ("guide", "guide-drawing"),
        ("mere/samlet", "flow-frame"),
        ("mere/samlet", "flow-text"),
        ("mere/sporbarhed", "traceability"),
        ("mere/til-godkendelse", "to-approve"),
        ("mere/veje", "routes"),
    ],
)
def test_all_that_is_made_of_the_diagram_changes(path: str, class_name: str, sites: list[Path]) -> None:
    before, after = ([etree.tostring(e) for e in _page(site, path).find_class(class_name)] for site in sites)
    assert before
    assert len(before) == len(after) or class_name == "guide-screen"
    assert before != after


@pytest.mark.parametrize("path", _CHANGED)
def test_nothing_else_on_those_pages_changes(path: str, sites: list[Path]) -> None:
    rest = []
    for site in sites:
        page = _page(site, path)
        for name in ("flow", "guide", "routes", "to-approve", "traceability"):
            for made in page.find_class(name):
                made.drop_tree()
        # The table of contents names each screen and route.
        for contents in page.find_class("md-nav--secondary") if path in ("guide", "mere/veje") else []:
            contents.drop_tree()
        rest.append(etree.tostring(page))
    assert rest[0] == rest[1]
