"""`--reviewed`: write on pages that the municipality has read them today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from procedure.publish.swap import PublishError, replace_file

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*(\r?\n)((?:.*?\r?\n)??)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DAY = re.compile(rb"^(?:last_reviewed|written)[ \t]*:[^\r\n]*", re.MULTILINE)


def review(root: Path, pages: Sequence[str], today: date) -> list[str]:
    """Set `last_reviewed` to today on each page in place of `written`; return their paths from the root.

    Pages are given from the project's folder or from `docs/`. Raises `PublishError` where one is no page or has no
    front matter; then nothing is written.
    """
    found = [_page(root, page) for page in dict.fromkeys(pages)]
    new = {file: _reviewed(file, root, today) for file in dict.fromkeys(found)}
    for file, content in new.items():
        replace_file(file, content)
    return [file.relative_to(root).as_posix() for file in new]


def _page(root: Path, name: str) -> Path:
    docs = (root / "docs").resolve()
    for file in (root / name, docs / name):
        whole = file.resolve()
        if whole.suffix == ".md" and whole.is_file() and whole.is_relative_to(docs):
            return root / "docs" / whole.relative_to(docs)
    raise PublishError(f"»{name}« er ingen side i docs/. Skriv fx faser/vurder.md.")


def _reviewed(file: Path, root: Path, today: date) -> bytes:
    path = file.relative_to(root).as_posix()
    try:
        text = file.read_bytes()
    except OSError as error:
        raise PublishError(f"{path} kan ikke læses: {error.strerror}.") from error
    front = _FRONT.match(text)
    if not front:
        raise PublishError(f"{path} har ingen forreste del mellem to linjer med ---.")
    fields, line = front[2], f"last_reviewed: {today}".encode()
    first = _DAY.search(fields)
    if not first:
        fields = fields + line + front[1]
    else:
        after = re.sub(_DAY.pattern + rb"(?:\r?\n)?", b"", fields[first.end() :], flags=re.MULTILINE)
        fields = fields[: first.start()] + line + after
    return text[: front.start(2)] + fields + text[front.end(2) :]
