"""Builds the same tree with each generator, and writes what they make of it into `benchmarks/portability.md`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from procedure.model import load_procedure
from tests.conftest import ROOT
from tests.portability import after
from tests.portability.compare import NORMALISATION, Difference, Site, differences, read_site
from tests.project import ADDRESS, copy_project

_KEPT = ROOT / "benchmarks/portability.md"
_OURS, _OTHERS = "mkdocs", ("properdocs", "zensical")
# Where the site is published; and neither generator is to print an advertisement for the other.
_ENVIRONMENT = {"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_SHOWN = 3


class Accepted(NamedTuple):
    """A difference that this project can do nothing about: whose it is, which comparison sees it, what it is, and why."""

    generator: str
    comparison: str
    what: str
    reason: str


_ZENSICAL = "zensical"
ACCEPTED = (
    Accepted(
        _ZENSICAL, "ids", r"\+ __skip$", "Its skip link leads to an anchor of its own, at the head of each article."
    ),
    Accepted(
        _ZENSICAL,
        "links",
        r"\+ .*#__skip$|− .*/#(ring|vurder-under--steps)$",
        "Its skip link leads to that anchor on each page, and Material's to the first heading with an id where there is "
        "no list of contents. `site.css` takes both away: ours stands above the header.",
    ),
    Accepted(
        _ZENSICAL,
        "search: what comes first",
        r"weighs",
        "Its index says nothing of `search: {boost: …}`, so that what is found comes in another order.",
    ),
    Accepted(
        _ZENSICAL,
        "requests",
        r"/assets/(stylesheets|javascripts)/[\w/]+\.[0-9a-f]{8}\.min\.(css|js)$",
        "The theme's own files, on the same host; Zensical has its colours in a file of their own even where `palette` is empty.",
    ),
)


def main() -> int:
    """Build, compare, print and keep the table; return 1 where something differs and no reason is known, else 0."""
    os.environ.update(_ENVIRONMENT)
    with tempfile.TemporaryDirectory() as folder:
        lines, unexplained = _report(Path(folder))
    text = "\n".join((*lines, ""))
    print(text, end="")
    _KEPT.parent.mkdir(exist_ok=True)
    _KEPT.write_text(text, "utf-8")
    return 1 if unexplained else 0


def _report(folder: Path) -> tuple[list[str], bool]:
    sites, seconds = {}, {}
    for generator in (_OURS, *_OTHERS):
        root = copy_project(folder / generator)
        seconds[generator] = _build(generator, root)
        sites[generator] = read_site(root / "site", ADDRESS)
    found = {other: differences(sites[_OURS], sites[other]) for other in _OTHERS}
    lines = [
        f"# The same tree with three generators, {date.today()}",
        "",
        f"`make portability` wrote this. Python-Markdown {version('markdown')}, pymdown-extensions "
        f"{version('pymdown-extensions')}; MkDocs with Material {version('mkdocs-material')}, and plain: without what only "
        "`scripts/build.py` adds (the line at the foot of each page, PDFs and the other outputs).",
        "",
        f"Of {_OURS}: how many pages, and parts of pages that search knows, there are. Of the others: how many are the same. "
        "Requests are those that the pages and their stylesheets name. An article is compared after this and nothing else:",
        "",
        *(f"- {rule}" for rule in NORMALISATION),
        "",
        f"| | {' | '.join(f'{name} {version(name)}' for name in (_OURS, *_OTHERS))} |",
        "|---|---|---|---|",
        f"| seconds to build, one run | {' | '.join(f'{seconds[name]:.1f}' for name in (_OURS, *_OTHERS))} |",
        *(
            f"| {comparison} | {count} | {' | '.join(_same(other, found[other][comparison]) for other in _OTHERS)} |"
            for comparison, (count, _) in found[_OTHERS[0]].items()
        ),
    ]
    unexplained: list[str] = []
    for other in _OTHERS:
        lines += ["", f"## Exceptions: {other}", "", *_exceptions(other, found[other], unexplained)]
    lines += ["", "## After the build", "", *_after_the_build(folder, sites[_OURS])]
    return lines, bool(unexplained)


def _after_the_build(folder: Path, ours: Site) -> Iterator[str]:
    """Yield what comes of it where the elements are put into the built pages, and no extension of ours is there."""
    root = copy_project(folder / "after")
    after.without_our_extension(root)
    _build(_OURS, root, strict=False)
    found = after.put_in(load_procedure(root), root / "site", ours.articles)
    yield (
        f"Built without our extension, {found.met} of {found.written} fences came out as code with their names, in their "
        f"order. With the elements put into the built pages, in {found.seconds:.1f} s of the processor, "
        f"{found.pages - len(found.others)} of {found.pages} articles are the same, element for element. The others: "
        f"{', '.join(f'`{path}`' for path in found.others)} (`docs/udvikling/next-generator.md` says why)."
    )


def _build(generator: str, root: Path, *, strict: bool = True) -> float:
    """Build the tree and return how long it took. Raises `RuntimeError` where it does not build, or warns."""
    command = [sys.executable, "-m", generator, "build", "--strict" if strict else "--no-strict"]
    begun = perf_counter()
    run = subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(f"{generator} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
    return perf_counter() - begun


def _same(generator: str, row: tuple[int, list[Difference]]) -> str:
    """Return on how many pages or parts all is the same, and on how many it is but for the exceptions."""
    count, found = row
    rest = [difference for difference in found if not _reason(generator, difference)]
    same, but_for = (count - len({difference.place for difference in rows}) for rows in (found, rest))
    return str(same) if same == but_for else f"{same} ({but_for} but for the exceptions)"


def _exceptions(
    generator: str, found: dict[str, tuple[int, list[Difference]]], unexplained: list[str]
) -> Iterator[str]:
    """Yield a row for each reason, and one for each difference without; the latter are added to `unexplained`."""
    places: dict[Accepted, list[Difference]] = defaultdict(list)
    rest: list[Difference] = []
    for difference in (difference for _, rows in found.values() for difference in rows):
        reason = _reason(generator, difference)
        (places[reason] if reason else rest).append(difference)
    if not places and not rest:
        yield "None."
    for row, seen in places.items():
        yield f"- {row.comparison}, on {len({difference.place for difference in seen})}: {row.reason} {_shown(seen)}"
    for difference in rest:
        unexplained.append(difference.what)
        yield f"- **No reason is known**: {difference.comparison}, `{difference.place}`: `{difference.what}`"


def _reason(generator: str, difference: Difference) -> Accepted | None:
    about = (row for row in ACCEPTED if (row.generator, row.comparison) == (generator, difference.comparison))
    return next((row for row in about if re.search(row.what, difference.what)), None)


def _shown(seen: Sequence[Difference]) -> str:
    """Return what was seen, without what it has more of than can be shown."""
    every = sorted({difference.what.replace(ADDRESS, "") for difference in seen})
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return f"Seen: {', '.join(f'`{what}`' for what in every[:_SHOWN])}{more}."


if __name__ == "__main__":
    sys.exit(main())
