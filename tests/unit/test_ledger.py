"""The ledger: what is written is read back, what cannot be read is a finding, and every move is followed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from procedure.derive.published import version_mark
from procedure.source.ledger import LEDGER_PATH, Entry, Ledger, Version, can_last, read_ledger
from procedure.words import DANISH

_VERSION = Version(date(2026, 11, 22), "0f3a9c21d4be", "Første udgave")


def _read(root: Path, text: str | bytes) -> tuple[Ledger | None, list[tuple[int, str]]]:
    file = root / LEDGER_PATH
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    ledger, findings = read_ledger(root)
    return ledger, [(finding.line, finding.code) for finding in findings]


def _ledger(**targets: str | None) -> Ledger:
    """Return a ledger of pages and places: `a` stands for `/a/`, and `a__b` for `/a/#b`."""
    entries = [Entry(_address(name), target and _address(target), None, 1) for name, target in targets.items()]
    return Ledger({entry.address: entry for entry in entries})


def _address(name: str) -> str:
    page, _, place = name.partition("__")
    return f"/{page}/#{place}" if place else f"/{page}/"


def test_without_a_file_nothing_was_published(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == (None, [])


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ledger = Ledger({}).with_addresses(["/b/", "/a/#sted", "/a/", "/"]).with_version("/a/x.pdf", _VERSION)
    text = ledger.as_text()
    again, faults = _read(tmp_path, text)
    assert faults == []
    assert again is not None
    assert again.as_text() == text
    assert list(again.entries) == ["/", "/a/", "/a/#sted", "/a/x.pdf", "/b/"]
    assert again.version("/a/x.pdf") == _VERSION
    assert again.version("/a/") is again.version("/c/") is None


@pytest.mark.parametrize("change", ["a | b", "a -> /b/", "# a", "| 2026-11-22 | 0f3a9c21d4be | a", "»ja« (måske)"])
def test_a_change_may_hold_what_means_something_in_a_line(tmp_path: Path, change: str) -> None:
    version = Version(date(2026, 11, 22), "0f3a9c21d4be", change)
    again, faults = _read(tmp_path, Ledger({}).with_version("/a/x.pdf", version).as_text())
    assert faults == []
    assert again is not None
    assert again.version("/a/x.pdf") == version


@pytest.mark.parametrize(
    "text", ["/a/\r\n/b/ -> /a/\r\n", "\ufeff/a/\n/b/ -> /a/\n", "/a/\n\n/b/->/a/  \n", "# x\n/a/\n/b/  ->  /a/"]
)
def test_line_ends_a_byte_order_mark_and_spaces_do_not_matter(tmp_path: Path, text: str) -> None:
    ledger, faults = _read(tmp_path, text)
    assert faults == []
    assert ledger is not None
    assert {entry.address: entry.target for entry in ledger.entries.values()} == {"/a/": None, "/b/": "/a/"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, "C11")]),
        (b"/a/\xff", [(1, "C11")]),
        ("/a/\n/a/\n", [(2, "L19")]),
        ("/b/\n/a/\n", [(2, "L19")]),
        ("/z/\n/a/\n/b/\n", [(2, "L19")]),
        ("/a/\n# x\n", [(2, "L19")]),
        ("/a/\n<<<<<<< HEAD\n/b/\n=======\n", [(2, "L19"), (4, "L19")]),
        ("a/\n/a\n/a//\n/A/\n/æ/\n/a b/\n", [(n, "L19") for n in range(1, 7)]),
        ("/a/ ->\n/b/ -> c\n/c/ -> /d/ -> /e/\n", [(1, "L19"), (2, "L19"), (3, "L19")]),
        ("/a.pdf | 2026-02-30 | 0f3a9c21d4be | x\n", [(1, "L19")]),
        ("/a.pdf | 2026-11-22 | 0f3a | x\n", [(1, "L19")]),
        ("/a.pdf | 2026-11-22 | 0f3a9c21d4be |\n", [(1, "L19")]),
    ],
)
def test_each_line_that_cannot_be_read_is_one_finding(
    tmp_path: Path, text: str | bytes, faults: list[tuple[int, str]]
) -> None:
    assert _read(tmp_path, text)[1] == faults


@pytest.mark.parametrize(
    "address", ["/../a/", "/a/../b/", "/./a/", "/assets/site.css", "/404.html", "//a/", "/a", "/.x/"]
)
def test_no_redirect_can_be_written_outside_the_site_or_over_its_files(tmp_path: Path, address: str) -> None:
    assert not can_last(address)
    assert _read(tmp_path, f"{address} -> /\n")[1] == [(1, "L19")]


def test_new_addresses_leave_what_is_there() -> None:
    ledger = _ledger(a="b").with_addresses(["/a/", "/c/"])
    assert {entry.address: entry.target for entry in ledger.entries.values()} == {"/a/": "/b/", "/c/": None}


def test_a_new_version_leaves_where_the_sheet_leads() -> None:
    moved = Ledger({"/a.pdf": Entry("/a.pdf", "/b.pdf", None, 1)}).with_version("/a.pdf", _VERSION)
    assert moved.entries["/a.pdf"].target == "/b.pdf"
    assert moved.version("/a.pdf") == _VERSION


@pytest.mark.parametrize(
    ("address", "destination"),
    [
        ("a", "a"),
        ("old", "a"),
        ("older", "a"),
        ("old__x", "a__x"),
        ("older__x", "a__x"),
        ("old__y", "a__x"),
        ("older__y", "a__x"),
        ("old__unknown", None),
        ("a__gone", None),
        ("a__z", "b__z"),
        ("part", "a__x"),
        ("part__x", "a__x"),
        ("lost", None),
        ("itself", None),
        ("ring", None),
        ("never", None),
    ],
)
def test_an_address_leads_through_every_move(address: str, destination: str | None) -> None:
    ledger = _ledger(
        a=None, a__gone=None, a__z="b__z", old="a", old__x=None, old__y="a__x", older="old", part="a__x",
        lost="nowhere", itself="itself", ring="round", round="ring",
    )  # fmt: skip
    published = {_address(name) for name in ("a", "a__x", "b", "b__z")}
    assert ledger.destination(_address(address), published) == (destination and _address(destination))


def test_a_version_is_named_by_its_day_and_what_is_on_it() -> None:
    assert version_mark(DANISH, _VERSION) == "udgave-2026-11-22-0f3a9c21"
