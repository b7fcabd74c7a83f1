"""What other generators need of the settings and the theme, and how their pages are held against ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.portability.compare import differences, normalised, read_site

_ROOT = "https://eksempel.invalid/sted/"
_EXPRESSION = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
# What all three give the theme of a page, the menu and an entry in it.
_GIVEN = {
    "page": {"url", "title", "meta", "toc", "content", "canonical_url"},
    "nav": {"items", "homepage"},
    "item": {"url", "title", "children", "active"},
    "index": {"url", "title", "active"},
}
_PAGE = '<title>Side</title><article> {skip}<h1 id="a">Ord</h1><a href="{link}">Link</a></article>'


def _expressions(template: Path) -> list[str]:
    return [_TEXT.sub('""', text) for text in _EXPRESSION.findall(template.read_text("utf-8"))]


@pytest.mark.parametrize("template", sorted((ROOT / "overrides").rglob("*.html")), ids=lambda path: path.name)
def test_the_theme_asks_for_what_every_generator_gives_and_for_no_method_of_python(template: Path) -> None:
    said = "\n".join(_expressions(template))
    assert re.findall(r"\.\w+\(", said) == []
    for name, given in _GIVEN.items():
        assert set(re.findall(rf"\b{name}\.(\w+)", said)) <= given


def _site(folder: Path, *, link: str, skip: str = "", words: str = "Ord", boost: float = 1) -> Path:
    page = folder / "faser/en/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(_PAGE.format(link=link, skip=skip), "utf-8")
    (folder / "search").mkdir()
    part = {"location": "faser/en/", "title": "Side", "text": f"<p>{words}</p>", "boost": boost}
    (folder / "search/search_index.json").write_text(json.dumps({"docs": [part]}), "utf-8")
    return folder


def test_an_article_is_the_same_whatever_way_an_address_is_written_and_with_a_skip_anchor() -> None:
    ours = _PAGE.format(skip="", link="../../tjeklister/en.pdf")
    theirs = _PAGE.format(
        skip='<a id="__skip"></a> '.strip(), link="https://eksempel.invalid/sted/tjeklister/en.pdf"
    ).replace("<h1", '<h1 data-search-exclude=""')
    assert normalised(ours, f"{_ROOT}faser/en/") == normalised(theirs, f"{_ROOT}faser/en/")


def test_what_is_another_is_said_with_its_place(tmp_path: Path) -> None:
    ours = read_site(_site(tmp_path / "ours", link="../../en.pdf", boost=2), _ROOT)
    theirs = read_site(_site(tmp_path / "theirs", link="../../../en.pdf", words="Andre ord"), _ROOT)
    found = differences(ours, theirs)
    assert {name for name, (_, rows) in found.items() if rows} == {
        "articles",
        "links",
        "search: what is found",
        "search: what comes first",
    }
    assert [(row.place, row.what) for row in found["links"][1]] == [
        ("faser/en/", "+ https://eksempel.invalid/en.pdf"),
        ("faser/en/", "− https://eksempel.invalid/sted/en.pdf"),
    ]
    assert all(rows == [] for _, rows in differences(ours, ours).values())
