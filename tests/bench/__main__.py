"""Measures everything in one run, and writes the table of it into `benchmarks/`."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from tests.bench import faults, flowchart, pages
from tests.bench.timing import Cost, in_turns, run
from tests.conftest import ROOT

_PYTHON = sys.executable
_BUILD = (_PYTHON, ROOT / "scripts/build.py")
_COMMANDS = (_PYTHON, "-m", "tests.bench.commands")
_MKDOCS = (_PYTHON, "-m", "mkdocs", "build", "--quiet")
_LYCHEE = (Path(_PYTHON).parent / "lychee", "--offline", "--include-fragments", "--no-progress")
_TIMES = 5
# An answer with findings is one too.
_FOUND = (0, 1, 2)
# More pages than this the project does not take.
_BUILT, _PROOFED = 300, 150
_PROOFER = "  - htmlproofer:\n      validate_external_urls: false\n"


def main() -> None:
    """Measure, print each table as it comes, and keep them."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for line in _report(Path(folder)):
            print(line, flush=True)
            lines.append(line)
    file = ROOT / "benchmarks" / f"{date.today()}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join((*lines, "")), "utf-8")


def _report(folder: Path) -> Iterator[str]:
    yield f"# Measured on {date.today()}"
    yield ""
    yield f"{_machine()}. Medians of {_TIMES} runs in turns, after one that is not counted; where a figure is of fewer it says so."
    for part in (_of_build, _of_reading, _of_flowchart, _of_growth, _of_faults):
        yield ""
        yield from part(folder)


def _machine() -> str:
    """Return the machine and what runs on it, in one line."""
    model = next(
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return (
        f"Commit {commit.strip()} on {model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _of_build(folder: Path) -> Iterator[str]:
    site = folder / "site"
    cache = ROOT / ".cache/compressed"
    costs = in_turns(
        {
            "plain MkDocs": (*_MKDOCS, "--site-dir", folder / "plain"),
            "without compression": (*_COMMANDS, "without-compression", "--site-dir", site),
            "with it, pages new": (*_COMMANDS, "pages-new", cache, "--site-dir", site),
            "with it, nothing new": (*_BUILD, "--site-dir", site),
        },
        ROOT,
        _TIMES,
    )
    plain = costs["plain MkDocs"]
    goals = {"without compression": "1.5", "with it, pages new": "2.5", "with it, nothing new": "2.5"}
    yield "## The whole build, with all checks and outputs, against plain MkDocs of the same pages"
    yield ""
    yield from _table(
        ("build", "seconds", "processor seconds", "memory, MB", "÷ plain MkDocs", "goal"),
        [
            (
                name,
                f"{c.wall:.2f}",
                f"{c.processor:.2f}",
                f"{c.memory:.0f}",
                f"{c.wall / plain.wall:.2f}",
                goals.get(name, ""),
            )
            for name, c in costs.items()
        ],
    )
    yield ""
    yield "What each output took of it, in seconds, made and checked:"
    yield ""
    yield from _table(("output", "seconds"), _of_outputs(site))


def _of_outputs(site: Path) -> list[tuple[str, str]]:
    command = [*map(str, _COMMANDS), "each-output", "--site-dir", str(site)]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(_TIMES)]
    found: list[dict[str, float]] = [json.loads(run.stdout.splitlines()[-1]) for run in runs]
    seconds = {name: median(took[name] for took in found) for name in found[0]}
    return [(name, f"{took:.2f}") for name, took in sorted(seconds.items(), key=lambda row: -row[1])]


def _of_reading(folder: Path) -> Iterator[str]:
    site = pages.built_with(_BUILT, folder / "site", folder / "many")
    turns = [(_seconds(site), run((*_LYCHEE, "--root-dir", site, site), folder, _FOUND)) for _ in range(_TIMES + 1)]
    ours, lychee = zip(*turns[1:], strict=True)
    wall, processor = (median(cost[kind] for cost in ours) for kind in (0, 1))
    unproofed, proofed = (_built(folder, name, plugin) for name, plugin in (("plain", ""), ("proofed", _PROOFER)))
    peers = {
        "lychee": (median(cost.wall for cost in lychee), median(cost.processor for cost in lychee), "1"),
        f"mkdocs-htmlproofer (what it adds to a build of {_PROOFED} pages, as for {_BUILT}; one run)": (
            (proofed.wall - unproofed.wall) * _BUILT / _PROOFED,
            (proofed.processor - unproofed.processor) * _BUILT / _PROOFED,
            "",
        ),
    }
    yield f"## Reading {_BUILT} built pages: links, places, ids and the rest"
    yield ""
    yield from _table(
        ("reader", "seconds", "processor seconds", "ours ÷ it, seconds", "ours ÷ it, processor", "goal"),
        [
            ("ours", f"{wall:.2f}", f"{processor:.2f}", "", "", ""),
            *(
                (name, f"{w:.2f}", f"{p:.2f}", f"{wall / w:.2f}", f"{processor / p:.2f}", goal)
                for name, (w, p, goal) in peers.items()
            ),
        ],
    )


def _seconds(site: Path) -> tuple[float, float]:
    """Return what our reading of a built site took, on the clock and of all processors, without the start of a program."""
    command = [*map(str, _COMMANDS), "read-built", str(site)]
    wall, processor = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return float(wall), float(processor)


def _built(folder: Path, name: str, plugin: str) -> Cost:
    root = pages.project_with(_PROOFED, folder / name)
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("plugins:\n", f"plugins:\n{plugin}"), "utf-8")
    return run((*_MKDOCS, "--site-dir", folder / f"{name}-site"), root, _FOUND)


def _of_flowchart(folder: Path) -> Iterator[str]:
    ours, theirs = flowchart.measured(folder)
    yield "## A phase page with its flowchart, in Chromium, from nginx, precompressed, on a slow machine and line"
    yield ""
    yield flowchart.CONDITIONS
    yield ""
    yield from _table(
        ("page", "KB on the line", "seconds to a readable flowchart"),
        [
            ("ours", f"{ours.kilobytes:.1f}", f"{ours.seconds:.2f}"),
            ("the same, drawn by Mermaid in the browser", f"{theirs.kilobytes:.1f}", f"{theirs.seconds:.2f}"),
            (
                "ours ÷ it (goals 0.10 and 0.20)",
                f"{ours.kilobytes / theirs.kilobytes:.3f}",
                f"{ours.seconds / theirs.seconds:.3f}",
            ),
        ],
    )


def _of_growth(folder: Path) -> Iterator[str]:
    yield "## 1, 10 and 100 procedures' worth of pages"
    yield ""
    yield (
        "The check of the source, and the reading of the built pages, each of one run. A whole build is limited to 300 "
        "pages: the menu names every page on every page, so that the generator itself grows with the square."
    )
    yield ""
    rows = []
    for times in (1, 10, 100):
        count = times * pages.real_pages()
        root = pages.project_with(count, folder / f"source-{times}")
        check = run((*_COMMANDS, "without-limit", "--check", "--root", root), ROOT)
        site = pages.built_with(count, folder / "site", folder / f"built-{times}")
        read = run((*_COMMANDS, "read-built", site), ROOT)
        rows.append(
            (
                str(count),
                *(f"{1000 * cost.processor / count:.0f} ms, {cost.memory / count:.2f} MB" for cost in (check, read)),
                f"{check.memory:.0f} MB, {read.memory:.0f} MB",
            )
        )
        shutil.rmtree(root)
        shutil.rmtree(site)
    yield from _table(("pages", "check, for each page", "reading, for each page", "memory of each in all"), rows)


def _of_faults(_: Path) -> Iterator[str]:
    found = faults.found()
    names = [*faults.PEERS, "ours"]
    yield "## Which faults are found"
    yield ""
    yield from _table(
        ("fault", *names),
        [
            *((fault, *("yes" if by[name] else "no" for name in names)) for fault, by in found.items()),
            ("found", *(f"{sum(by[name] for by in found.values())} of {len(found)}" for name in names)),
        ],
    )


if __name__ == "__main__":
    main()
