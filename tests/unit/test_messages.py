"""What MkDocs says is said in Danish, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateError

from procedure.publish.messages import said, stopped


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/faser").mkdir(parents=True)
    (tmp_path / "docs/faser/en.md").write_text("---\ntitle: En\n---\n\n[Tre](tre.md) og [to](to.md#sted)\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: Sager\nnav:\n  - index.md\n  - tre.md\nvalidation: ja\n")
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides/main.html").write_text("<p>\n{{ ingen.ting }}\n</p>\n")
    (tmp_path / "overrides/404.html").write_text("<p>\n{% if %}\n")
    return tmp_path


@pytest.mark.parametrize(
    ("message", "place", "begins"),
    [
        ("Doc file 'faser/en.md' contains a link 'tre.md', but the target 'faser/tre.md' is not found among documentation files.", "docs/faser/en.md:5", "Linket »tre.md«"),
        ("Doc file 'faser/en.md' contains a link 'to.md#sted', but the doc 'faser/to.md' does not contain an anchor '#sted'.", "docs/faser/en.md:5", "Linket »to.md#sted« fører til et sted"),
        ("Doc file 'faser/en.md' contains an absolute link '/tre/', it was left as is.", "docs/faser/en.md:1", "Linket »/tre/«"),
        ("A reference to 'tre.md' is included in the 'nav' configuration, which is not found in the documentation files.", "mkdocs.yml:4", "Menuen har »tre.md«"),
        ("Config value 'validation': The configuration is invalid.", "mkdocs.yml:5", "MkDocs kan ikke bruge det, der står ved »validation«"),
        ("Excluding 'faser/en.md' from the site because it conflicts with 'faser/index.md'.", "docs/faser/en.md:1", "Siden bliver ikke udgivet"),
        ("Something about 'faser/en.md' that nobody has seen", "docs/faser/en.md:1", "MkDocs siger: Something"),
        ("Something else", "mkdocs.yml:1", "MkDocs siger: Something else"),
    ],
)  # fmt: skip
def test_a_message_is_said_in_danish_at_its_place(root: Path, message: str, place: str, begins: str) -> None:
    finding = said(root, message)
    assert f"{finding.path}:{finding.line}" == place
    assert finding.message.startswith(begins)


@pytest.mark.parametrize(
    ("name", "place"), [("main.html", "overrides/main.html:2"), ("404.html", "overrides/404.html:2")]
)
def test_a_fault_in_a_template_is_said_at_its_line(root: Path, name: str, place: str) -> None:
    with pytest.raises(TemplateError) as stop:
        Environment(loader=FileSystemLoader(root / "overrides")).get_template(name).render()
    finding = stopped(root, stop.value)
    assert f"{finding.path}:{finding.line}" == place
