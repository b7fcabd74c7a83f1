"""As many pages as are asked for, of the words that the real pages have."""

from __future__ import annotations

import re
import shutil
from itertools import count, islice
from pathlib import Path

from procedure.model import load_procedure
from tests.conftest import ROOT
from tests.project import copy_project

# Pages of words alone: no block of them may stand on one page only.
_WORDS = ("rediger", "opskrifter", "privatliv", "fund-p", "fund-o", "fund-f", "fund-l", "fund-c", "fund-s")
_TITLE = re.compile(r"^title: .*$", re.MULTILINE)
_NAV = "      - mere/rediger.md\n"


def real_pages() -> int:
    """Return how many pages the real project has."""
    return len(load_procedure(ROOT).pages)


def project_with(pages: int, folder: Path) -> Path:
    """Make a copy of the real project, with pages of words beside its own until it has that many."""
    root = copy_project(folder)
    names = []
    for number in islice(count(), max(0, pages - real_pages())):
        page = (root / f"docs/mere/{_WORDS[number % len(_WORDS)]}.md").read_text("utf-8")
        name = f"mere/side-{number}.md"
        (root / "docs" / name).write_text(_TITLE.sub(f"title: Side {number}", page, count=1), "utf-8")
        names.append(f"      - {name}\n")
    config = (root / "mkdocs.yml").read_text("utf-8")
    assert _NAV in config
    (root / "mkdocs.yml").write_text(config.replace(_NAV, _NAV + "".join(names)), "utf-8")
    return root


def built_with(pages: int, site: Path, folder: Path) -> Path:
    """Make a copy of a built site, with its pages over again until it has that many."""
    shutil.copytree(site, folder)
    found = sorted(path for path in site.rglob("index.html") if path.parent != site)
    for number in islice(count(), max(0, pages - len(list(site.rglob("*.html"))))):
        page = found[number % len(found)]
        copy = folder / page.parent.parent.relative_to(site) / f"{page.parent.name}-{number}" / "index.html"
        copy.parent.mkdir()
        # Each page has a title of its own.
        text = page.read_text("utf-8").replace("<title>", f"<title>{number} ", 1)
        copy.write_text(text, "utf-8")
    return folder
