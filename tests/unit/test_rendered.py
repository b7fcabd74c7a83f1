"""Every way an editor may write Markdown is read alike by the checks and by the site, or there is a finding: no third."""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown
from markdown_it import MarkdownIt

import build
from procedure.checks.built.reading import read_tree
from procedure.findings import Finding
from procedure.model import Procedure, load_procedure
from procedure.rendered.built import check_built_page

_BASE = Path(__file__).parent.parent / "cases" / "base"
_FORMS = Path(__file__).parent.parent / "markdown_forms.txt"
_PAGE = "docs/kontakt.md"
_TODAY = date(2026, 11, 22)
# What neither library knows by itself.
_OWN = re.compile(r"\{|///|\[ \]|8<")


@lru_cache
def _forms() -> dict[str, tuple[str, str]]:
    """Return each form's outcome and Markdown.

    In the file stands `== what it is: outcome` and then the Markdown. `alike` is that both read it so; else the codes
    of the findings.
    """
    parts = re.split(r"^== (.+): ([\w ]+)\n", _FORMS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {name: (outcome, text) for name, outcome, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each form's tree is laid over the one before: in one place what they have alike is rendered once."""
    return tmp_path_factory.mktemp("forms")


def _tree(folder: Path, text: str) -> Path:
    shutil.copytree(_BASE, folder / "tree", dirs_exist_ok=True)
    config = folder / "tree" / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  - attr_list\n", "  - attr_list\n  - tables\n"), "utf-8")
    page = folder / "tree" / _PAGE
    page.write_text(page.read_text("utf-8") + "\n" + text, "utf-8")
    return folder / "tree"


def _words(shown: str) -> str:
    """Return the letters and digits that a reader of the HTML meets."""
    return re.sub(r"\W+", "", "".join(html.fragment_fromstring(shown, create_parent="div").itertext()))


def _findings(tree: Path) -> list[Finding]:
    return [finding for finding in build.check(tree, _TODAY) if finding.path == _PAGE]


def test_there_are_at_least_as_many_forms_as_differed_when_they_were_first_counted() -> None:
    assert len(_forms()) >= 147


@pytest.mark.parametrize("name", _forms())
def test_a_form_is_read_alike_or_is_a_finding(name: str, folder: Path) -> None:
    outcome, text = _forms()[name]
    tree = _tree(folder, text)
    codes = sorted({finding.code for finding in _findings(tree)})
    assert " ".join(codes) == ("" if outcome == "alike" else outcome)


@pytest.mark.parametrize(
    "name", [name for name, (outcome, text) in _forms().items() if outcome == "alike" and not _OWN.search(text)]
)
def test_what_is_called_alike_shows_the_same_words_in_each_library_by_itself(name: str) -> None:
    text = _forms()[name][1]
    library = Markdown(extensions=["tables", "pymdownx.superfences"])
    assert _words(library.convert(text)) == _words(str(MarkdownIt("commonmark").enable("table").render(text)))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Vend sagen med", "Drop sagen med", "S11"),
        (' data-req="V9"', "", "S13"),
        ('id="inddrag"', 'id="andet"', "S13"),
        ("</article>", "<p>Mere</p></article>", "S11"),
        ('href="../../mere/egne-ord/#ord-vurder"', 'href="../../mere/egne-ord/#ord-anmeld"', "S13"),
    ],
)
def test_what_the_theme_changes_on_a_page_is_found(old: str, new: str, code: str, site: Path, tmp_path: Path) -> None:
    procedure = load_procedure(Path(__file__).parent.parent.parent)
    assert _said(procedure, site) == []
    name = "faser/vurder/index.html"
    text = (site / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
    (finding,) = _said(procedure, tmp_path)
    assert (finding.path, finding.code) == ("docs/faser/vurder.md", code)


def _said(procedure: Procedure, site: Path) -> list[Finding]:
    trees = {file.relative_to(site).as_posix(): read_tree(file) for file in site.rglob("*.html")}
    return [f for name, tree in trees.items() if tree is not None for f in check_built_page(procedure, name, tree)]
