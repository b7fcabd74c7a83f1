"""Bytes made by chance in a source file, the same ones each time, read and checked."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedure.checks import check_source
from procedure.findings import as_json, as_text
from procedure.model import load_procedure

_ROOT = Path(__file__).resolve().parent.parent
_CASES = Path(__file__).parent / "cases"
_PAGES = [path.read_bytes() for path in sorted((_ROOT / "docs").rglob("*.md"))]
_CONTRACT = [(_ROOT / "docs/procedure.yml").read_bytes(), (_CASES / "base/docs/procedure.yml").read_bytes()]
_CONFIG = [(_ROOT / "mkdocs.yml").read_bytes(), (_CASES / "base/mkdocs.yml").read_bytes()]
_WORDS = [(Path(__file__).parent / "second/docs/words.yml").read_bytes()]
_LEDGER = [
    b"# Every address\n/\n/faser/en/\n/faser/en/#lyt -> /faser/to/\n/tjeklister/en.pdf | 2026-11-22 | 0f3a9c21d4be | Ny\n"
]
_LINKS = [
    b'{\n  "format": "procedure-links/1",\n  "day": "2026-11-22",\n  "links": [\n    {\n      "address": "https://a.dk/",\n'
    b'      "answer": "moved",\n      "to": "https://a.dk/ny/"\n    }\n  ]\n}\n'
]
# What means something in Markdown, Mermaid and YAML, and so is worth putting where it does not belong.
_MARKS = [
    b"```", b"```mermaid\n", b"---\n", b"///", b"/// supplement | x\n", b'--8<-- "', b"<!-- --8<-- [start:a] -->", b"[", b"](",
    b"{{", b'"', b"{ #", b' data-req="', b"%% krav ", b"click ", b"-->", b"|", b"&a ", b"*a", b"? ", b": ", b"- ", b"\t", b"\xff",
    b"\x00", b"\xef\xbb\xbf", b"\r", b"<a href=", b"[x](https://[)\n", b"<a href='//['>", b"\\", b"&#xD800;", b'"\\uD800"', b"!!python/object:x ", b"'", b"> ",
]  # fmt: skip

# What may stand in each kind of file.
FILES = {
    "docs/kontakt.md": _PAGES,
    "docs/faser/en.md": _PAGES,
    "docs/procedure.yml": _CONTRACT,
    "docs/words.yml": _WORDS,
    "mkdocs.yml": _CONFIG,
    "docs/ledger.txt": _LEDGER,
    "docs/links-rapport.json": _LINKS,
}


def check_any_bytes(tree: Path, path: str, examples: int) -> None:
    """Put this many files made by chance in the place of one of the small project, as it was published, in the folder.

    Each is checked, and every finding is on a line.
    """
    for part in ("base", "published"):
        shutil.copytree(_CASES / part, tree, dirs_exist_ok=True)

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(data=_bytes_like(FILES[path]))
    def check(data: bytes) -> None:
        _check_with(tree, path, data)

    check()


@st.composite
def _mutated(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """Return one of the files with a few things cut, doubled, flipped or put in."""
    data = draw(st.sampled_from(originals))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        piece = data[start:end]
        replacements = [
            b"",
            piece * 3,
            piece[::-1],
            bytes(byte ^ 1 for byte in piece[:1]) + piece[1:],
            draw(st.sampled_from(_MARKS)),
            draw(st.binary(max_size=8)),
            draw(st.sampled_from(originals))[start:end],
        ]
        data = data[:start] + draw(st.sampled_from(replacements)) + data[end:]
    return data


def _bytes_like(originals: list[bytes]) -> st.SearchStrategy[bytes]:
    text = st.lists(st.sampled_from(_MARKS), max_size=30).map(b"\n".join)
    return st.one_of(_mutated(originals), _mutated(originals), st.binary(max_size=300), text)


def _check_with(tree: Path, path: str, data: bytes) -> None:
    (tree / path).write_bytes(data)
    findings = check_source(load_procedure(tree), date(2026, 11, 22))
    for report in (as_text(findings), as_json(findings)):
        report.encode()
    for finding in findings:
        source = tree / finding.path
        lines = (
            source.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1 if source.exists() else 1
        )
        assert 1 <= finding.line <= lines, finding
