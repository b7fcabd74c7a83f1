"""Beside each text file lies what servers send instead of it, made once, and right whatever lies in the cache."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import brotli
import pytest
from tests.project import content

from procedure.model import Procedure
from procedure.outputs import compressed
from procedure.outputs.compressed import check_compressed, compressed_files, write_compressed

_UNPACKED: dict[str, Callable[[bytes], bytes]] = {".br": brotli.decompress, ".gz": gzip.decompress}
_TEXT = b"<p>Ring, og skriv det ned.</p>\n" * 40


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compressed, "_CACHE", tmp_path / ".cache/compressed")
    return tmp_path / ".cache/compressed"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "index.html").write_bytes(_TEXT)
    (site / "assets/site.css").write_bytes(_TEXT * 2)
    return site


def _replace(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any]) -> None:
    for name in ("_SMALLEST", "_NEARLY_AS_SMALL", "_QUICK", "_GZIP"):
        monkeypatch.setattr(compressed, name, change(vars(compressed)[name]))


def test_each_text_of_the_site_is_there_twice_more_and_nothing_else_is(site: Path, procedure: Procedure) -> None:
    files = content(site)
    packed = {name for name in files if name.endswith((".br", ".gz")) and name != "sitemap.xml.gz"}
    assert packed == compressed_files(procedure, site)
    for name in packed:
        whole, ending = name[:-3], name[-3:]
        assert _UNPACKED[ending](files[name]) == files[whole]
        assert len(files[name]) < len(files[whole])
    kinds = (".html", ".css", ".js", ".json", ".svg", ".xml", ".bpmn")
    texts = {name for name in files if name.endswith(kinds) and len(files[name]) > 255}
    assert packed == {f"{name}{ending}" for name in texts - {"manifest.json"} for ending in _UNPACKED}


def test_gzip_says_neither_when_nor_what_it_was_called(small: Path, procedure: Procedure, cache: Path) -> None:
    write_compressed(procedure, small)
    # RFC 1952: no flags, so no name, and no time.
    assert (small / "index.html.gz").read_bytes()[3:8] == bytes(5)


def test_what_is_known_is_not_compressed_again(
    small: Path, procedure: Procedure, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_compressed(procedure, small)
    first = content(small)

    def fails(_: bytes) -> bytes:
        raise AssertionError

    _replace(monkeypatch, lambda kind: kind._replace(pack=fails))
    write_compressed(procedure, small)
    assert content(small) == first


@pytest.mark.parametrize(
    "broken",
    [
        lambda _: b"",
        lambda packed: packed[:-1],
        lambda packed: packed + b"x",
        lambda packed: bytes(len(packed)),
        lambda _: brotli.compress(b"noget andet"),
        lambda _: gzip.compress(b"noget andet"),
    ],
    ids=["empty", "short", "long", "zeros", "other brotli", "other gzip"],
)
def test_what_is_broken_in_the_cache_does_not_reach_the_site_and_is_mended(
    small: Path, procedure: Procedure, cache: Path, broken: Callable[[bytes], bytes]
) -> None:
    write_compressed(procedure, small)
    right, kept = content(small), content(cache)
    for name, packed in kept.items():
        (cache / name).write_bytes(broken(packed))
    write_compressed(procedure, small)
    assert content(small) == right
    assert content(cache) == kept


def test_another_compressor_does_not_take_what_this_one_kept(
    small: Path, procedure: Procedure, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_compressed(procedure, small)
    _replace(monkeypatch, lambda kind: kind._replace(made_by=f"{kind.made_by}-ny"))
    write_compressed(procedure, small)
    assert len(content(cache)) == 2 * 2 * len(_UNPACKED)


@pytest.mark.parametrize(("pages", "quality"), [(1, "10"), (100, "9")])
def test_what_an_edit_changes_is_packed_quickly_and_the_more_so_the_more_pages_there_are(
    pages: int, quality: str, small: Path, procedure: Procedure, cache: Path
) -> None:
    for number in range(1, pages):
        (small / f"{number}.html").write_bytes(_TEXT)
    write_compressed(procedure, small)
    assert sorted(name.rpartition("-")[2] for name in content(cache) if "brotli" in name) == sorted([quality, "11"])


def test_a_cache_that_cannot_be_written_only_costs_time(small: Path, procedure: Procedure, cache: Path) -> None:
    cache.parent.write_text("en fil, hvor mappen skulle være")
    write_compressed(procedure, small)
    assert list(check_compressed(procedure, small)) == []


def test_what_no_build_has_used_for_a_month_is_thrown_away_and_what_is_used_is_kept(
    small: Path, procedure: Procedure, cache: Path
) -> None:
    write_compressed(procedure, small)
    used = set(content(cache))
    (cache / "glemt").write_bytes(b"x")
    (cache / "andres").write_bytes(b"x")
    before = time.time() - 31 * 24 * 60 * 60
    for name in {*used, "glemt"}:
        os.utime(cache / name, (before, before))
    write_compressed(procedure, small)
    assert set(content(cache)) == {*used, "andres"}


def test_builds_at_the_same_time_do_not_harm_one_another(
    small: Path, procedure: Procedure, cache: Path, tmp_path: Path
) -> None:
    sites = [tmp_path / f"site{number}" for number in range(4)]
    together = Barrier(len(sites))

    def build(site: Path) -> None:
        site.mkdir()
        for name, data in content(small).items():
            (site / name).parent.mkdir(exist_ok=True)
            (site / name).write_bytes(data)
        together.wait()
        for _ in range(5):
            write_compressed(procedure, site)

    builds = [Thread(target=build, args=(site,)) for site in sites]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    write_compressed(procedure, small)
    assert all(content(site) == content(small) for site in sites)
    assert len(content(cache)) == 2 * len(_UNPACKED)


def test_what_is_not_exactly_the_file_beside_it_is_said(small: Path, procedure: Procedure, cache: Path) -> None:
    write_compressed(procedure, small)
    (small / "index.html").write_bytes(_TEXT.replace(b"Ring", b"Skriv"))
    assert list(check_compressed(procedure, small)) == [
        "index.html.br er ikke index.html, når den pakkes ud.",
        "index.html.gz er ikke index.html, når den pakkes ud.",
    ]
