"""Whatever lies in docs/, and whatever happens to the machine, a run ends within 30 s and 1 GB, and says one thing."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.project import content

_ROOT = Path(__file__).resolve().parents[2]
_BASE = _ROOT / "tests/cases/base"
_SECONDS = 30
_KILOBYTES = 1_000_000
_TEXT = "Ring, hvis du er i tvivl."


class _Run(NamedTuple):
    status: int
    said: str
    seconds: float
    kilobytes: int


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_BASE, tmp_path / "tree"))


def _command(root: Path, *arguments: str) -> list[str]:
    return [
        sys.executable, str(_ROOT / "scripts/build.py"), "--root", str(root), "--today", "2026-11-22", *arguments,
    ]  # fmt: skip


def _run(root: Path, *arguments: str) -> _Run:
    """Run the build to its end, and measure the processor's time (others may use the machine) and the most memory."""
    said = root.parent / "said.txt"
    with said.open("wb") as file:
        process = subprocess.Popen(_command(root, *arguments), stdout=file, stderr=file)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return _Run(process.returncode, said.read_text("utf-8"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def _check(run: _Run, status: int, says: str) -> None:
    print(f"{run.seconds:.1f} s, {run.kilobytes // 1000} MB: {run.said.splitlines()[0]}")
    assert "Traceback" not in run.said
    assert run.status == status, run.said[:1000]
    assert says in run.said.splitlines()[0]
    assert run.seconds < _SECONDS
    assert run.kilobytes < _KILOBYTES


def _in_contact_page(text: str) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        page = root / "docs/kontakt.md"
        page.write_text(page.read_text("utf-8").replace(_TEXT, text), "utf-8")

    return write


def _diagram(nodes: int) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        page = root / "docs/faser/en.md"
        steps = "\n\n".join(f"  noter --> mere{n}[Mere]" for n in range(nodes))
        page.write_text(page.read_text("utf-8").replace("  ring --> noter\n", f"{steps}\n  ring --> noter\n"), "utf-8")

    return write


def _pages(count: int) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        text = (root / "docs/kontakt.md").read_text("utf-8").split("```")[0]
        for number in range(count):
            (root / f"docs/mere/side{number}.md").write_text(text.replace("Kontakt", f"Side {number}"), "utf-8")
        config = root / "mkdocs.yml"
        entries = "".join(f"  - mere/side{number}.md\n" for number in range(count))
        config.write_text(config.read_text("utf-8").replace("nav:\n", f"nav:\n{entries}"), "utf-8")

    return write


def _file(path: str, text: str) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        (root / path).write_text(text, "utf-8")

    return write


# No two lines or words in a row alike: that is another finding.
_MANY = "\n\n".join(f"{_TEXT[:-1]} for {n}. gang." for n in range(11_000))
_OPEN = "\n\n".join(
    "".join(f"[ {part} ord{n} " for n in range(20)) + " ".join(f"ord{part}x{n}" for n in range(1_700))
    for part in range(25)
)
_HOSTILE: dict[str, tuple[Callable[[Path], None], int, str]] = {
    "page over 1 MB": (_in_contact_page(f"{_TEXT}\n\n" * 50_000), 1, "C40"),
    "50,000 open brackets": (_in_contact_page("[" * 50_000), 1, "C4"),
    "19,000 open brackets": (_in_contact_page("[" * 19_000), 1, "C43"),
    "paragraph of 400,000 letters": (_in_contact_page("a " * 200_000), 1, "C42"),
    "list 1,000 deep": (_in_contact_page("\n".join("    " * n + "- x" for n in range(480))), 1, "C4"),
    "1,000 marks on a line": (_in_contact_page("- " * 1_000 + "x"), 1, "C41"),
    "1,000 open blocks": (_in_contact_page("/// note | x\n\n" * 1_000), 1, "C41"),
    "part that takes itself": (
        _in_contact_page('<!-- --8<-- [start:a] -->\n\n--8<-- "kontakt.md:a"\n\n<!-- --8<-- [end:a] -->'), 1, "C44",
    ),
    "diagram of 10,000 nodes": (_diagram(10_000), 1, "S20"),
    "3,000 pages": (_pages(3_000), 2, "Der er plads til 300 sider"),
    "contract of 400,000 brackets": (_file("docs/procedure.yml", "[" * 400_000), 1, "C12"),
    "ledger of 400,000 letters": (_file("docs/ledger.txt", "/x/\n" * 100_000), 1, ""),
    # Just within what is taken: then all of the build is to be quick.
    "page of 460 KB": (_in_contact_page(_MANY), 0, "0 fejl"),
    "280 pages": (_pages(280), 0, "0 fejl"),
    "page of 20 open brackets in each paragraph": (_in_contact_page(_OPEN), 0, "0 fejl"),
}  # fmt: skip


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_input_ends_soon_in_little_memory_and_says_one_thing(name: str, tree: Path) -> None:
    write, status, says = _HOSTILE[name]
    write(tree)
    _check(_run(tree), status, says)


@contextmanager
def _disk(folder: Path, options: str) -> Iterator[Path]:
    """Give a small disk of its own, where this user may make one."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("only root can make a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("size", ["100k", "300k", "1m", "2m"])
def test_a_disk_that_is_full_is_one_sentence_and_leaves_the_site(size: str, tree: Path, tmp_path: Path) -> None:
    assert _run(tree).status == 0
    with _disk(tmp_path / "disk", f"size={size}") as disk:
        (disk / "fyld").write_bytes(b"x" * 60_000)
        run = _run(tree, "--site-dir", str(disk / "site"))
        _check(run, 2, "der er ikke mere plads på disken")
        assert run.said.count("\n") == 1
        assert [path.name for path in disk.iterdir()] == ["fyld"]


def test_a_disk_that_can_only_be_read_is_one_sentence(tree: Path, tmp_path: Path) -> None:
    with _disk(tmp_path / "disk", "size=20m") as disk:
        site = disk / "site"
        assert _run(tree, "--site-dir", str(site)).status == 0
        before = content(site)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        run = _run(tree, "--site-dir", str(site))
        _check(run, 2, "ligger på en disk, der kun kan læses")
        assert content(site) == before


def test_kill_at_any_moment_leaves_a_whole_site_and_the_next_run_works(tree: Path) -> None:
    assert _run(tree).status == 0
    page = tree / "docs/kontakt.md"
    original = page.read_text("utf-8")
    whole = {_kept(tree)}
    chance = random.Random(1)
    for number in range(40):
        page.write_text(original.replace(_TEXT, f"Ring {number} gange."), "utf-8")
        process = subprocess.Popen(_command(tree), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 4))
        process.kill()
        process.wait()
        text = (tree / "site/kontakt/index.html").read_text("utf-8")
        assert text.rstrip().endswith("</html>")
        assert _kept(tree) >= next(iter(whole))
    assert _run(tree).status == 0
    assert "Ring 39 gange." in (tree / "site/kontakt/index.html").read_text("utf-8")
    assert sorted(path.name for path in tree.iterdir()) == ["docs", "mkdocs.yml", "site"]


def _kept(root: Path) -> frozenset[str]:
    return frozenset(content(root / "site"))


def test_of_many_builds_at_once_each_ends_well_or_is_refused_in_a_sentence(tree: Path) -> None:
    runs = [
        subprocess.Popen(_command(tree), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for run in runs:
        _, complaint = run.communicate()
        assert run.returncode in (0, 2)
        assert not complaint or "allerede ved at blive bygget" in complaint
    assert 0 in {run.returncode for run in runs}
    assert sorted(path.name for path in tree.iterdir()) == ["docs", "mkdocs.yml", "site"]
