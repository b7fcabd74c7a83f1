"""`--reviewed`: the day is set, `written` goes, and not another byte is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from procedure.publish.reviewed import review
from procedure.publish.swap import PublishError

_DAY = date(2026, 12, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/faser").mkdir(parents=True)
    return tmp_path


def _page(root: Path, text: bytes, path: str = "docs/faser/en.md") -> Path:
    (root / path).write_bytes(text)
    return root / path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"title: A\nlast_reviewed: 2026-11-22\nowner: B\n", b"title: A\nlast_reviewed: 2026-12-01\nowner: B\n"),
        (b"title: A\nwritten: 2026-11-22\nowner: B\n", b"title: A\nlast_reviewed: 2026-12-01\nowner: B\n"),
        (b"written: 2026-11-22\nlast_reviewed: 2026-11-23\n", b"last_reviewed: 2026-12-01\n"),
        (b"last_reviewed: 2026-11-23\nowner: B\nwritten: 2026-11-22\n", b"last_reviewed: 2026-12-01\nowner: B\n"),
        (b"title: A\n", b"title: A\nlast_reviewed: 2026-12-01\n"),
        (b"", b"last_reviewed: 2026-12-01\n"),
        (b"title: A\r\nwritten: 2026-11-22\r\n", b"title: A\r\nlast_reviewed: 2026-12-01\r\n"),
    ],
)
def test_the_day_stands_where_a_day_stood(root: Path, before: bytes, after: bytes) -> None:
    end = b"\r\n" if b"\r\n" in before else b"\n"
    body = end + "Læst. ".encode() + b"\x00written: 1\r\n---\nlast_reviewed: 2" + end * 3
    page = _page(root, b"---" + end + before + b"---" + end + body)
    assert review(root, ["faser/en.md"], _DAY) == ["docs/faser/en.md"]
    assert page.read_bytes() == b"---" + end + after + b"---" + end + body


def test_several_pages_are_named_from_the_project_or_from_docs(root: Path) -> None:
    pages = [_page(root, b"---\ntitle: A\n---\n", path) for path in ("docs/faser/en.md", "docs/kontakt.md")]
    assert review(root, ["docs/faser/en.md", "kontakt.md", "kontakt.md"], _DAY) == [
        "docs/faser/en.md",
        "docs/kontakt.md",
    ]
    assert [page.read_bytes() for page in pages] == [b"---\ntitle: A\nlast_reviewed: 2026-12-01\n---\n"] * 2


@pytest.mark.parametrize("name", ["faser/to.md", "faser", "", "/etc/passwd", "../mkdocs.yml", "docs/procedure.yml"])
def test_one_wrong_name_is_one_sentence_and_nothing_is_written(root: Path, name: str) -> None:
    page = _page(root, b"---\ntitle: A\n---\n")
    with pytest.raises(PublishError, match="ingen side"):
        review(root, ["faser/en.md", name], _DAY)
    assert page.read_bytes() == b"---\ntitle: A\n---\n"


def test_a_page_without_front_matter_is_one_sentence(root: Path) -> None:
    _page(root, b"title: A\n---\nx\n---\n")
    with pytest.raises(PublishError, match="forreste del"):
        review(root, ["faser/en.md"], _DAY)
