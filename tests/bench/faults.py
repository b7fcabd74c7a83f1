"""Which faults each checker finds: the same faulty project, one fault at a time, given to all of them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.test_cases import TODAY, lay

# What an editor got wrong, and the case in `tests/cases/` that has it.
FAULTS = {
    "link to a page that is missing": "L01-page-missing",
    "link to a place that is missing, other page": "L02-anchor-missing-on-other-page",
    "link to a place that is missing, same page": "L02-anchor-missing-on-same-page",
    "link in other letters than the file's name": "L13-letter-case",
    "picture that is missing": "L03-image-missing",
    "`href` in HTML to a page that is missing": "L04-html-link-to-missing-page",
    "`src` in HTML to a picture that is missing": "L04-html-image-missing",
    "link without an address": "L05-link-without-address",
    "link without text": "L05-link-without-text",
    "picture without text": "L06-image-without-text",
    "reference that is not resolved": "L07-reference-unresolved",
    "mail address malformed": "L08-mail-malformed",
    "telephone number malformed": "L09-phone-malformed",
    "`http` where `https` is meant": "L10-http",
    "placeholder for an address": "L11-placeholder",
    "id twice on a page": "L15-id-twice",
    "page that is not in the menu": "P28-page-not-in-navigation",
    "menu leads to a page that is missing": "P29-navigation-to-missing-page",
    "published page gone": "L17-published-page-gone",
    "published place gone": "L17-published-anchor-gone",
    "a case file among the pages": "C25-case-file",
    "front matter misspelt": "C12-typo-in-front-matter",
    "arrow to nothing in a diagram": "F01-arrow-to-nothing",
    "answer missing in a diagram": "F05-answer-missing",
    "diagram leads to a page that is missing": "F15-click-to-missing-page",
    "phase without its checklist": "P09-checklist-missing",
    "step deleted": "P05-step-missing",
    "word of the instruction deleted": "O02-word-missing",
}
_PLUGINS, _BLOCKS = "plugins: []\n", "  - procedure.blocks\n"
# What our extension does that any project has.
_SNIPPETS = "  - pymdownx.snippets:\n      base_path: docs\n      check_paths: true\n"
_PROOFER = "plugins:\n  - htmlproofer:\n      raise_error: true\n      validate_external_urls: false\n"
_STRICT = """
validation:
  nav: {omitted_files: warn, not_found: warn, absolute_links: warn}
  links: {not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}
"""
_ANCHORS = "[AnchorCheck]\n"
_TOOLS = Path(sys.executable).parent
_BUILD = Path(__file__).parents[2] / "scripts/build.py"

# Says what a checker finds in a project, and in the site beside it that was built without checks.
_Ask = Callable[[Path], set[str]]


def _run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)


def _mkdocs(tree: Path) -> set[str]:
    run = _run(tree, _TOOLS / "mkdocs", "build", "--strict", "--site-dir", tree.parent / "checked")
    return {line for line in run.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))}


def _htmlproofer(tree: Path) -> set[str]:
    config = tree / "mkdocs.yml"
    plain = config.read_text("utf-8")
    config.write_text(plain.replace(_PLUGINS, _PROOFER), "utf-8")
    run = _run(tree, _TOOLS / "mkdocs", "build", "--site-dir", tree.parent / "checked")
    config.write_text(plain, "utf-8")
    return {line for line in run.stderr.splitlines() if "htmlproofer" in line or "invalid url" in line}


def _lychee(tree: Path) -> set[str]:
    options = ("--offline", "--include-fragments", "--no-progress", "--format", "json", "--root-dir", "site", "site")
    said = json.loads(_run(tree.parent, _TOOLS / "lychee", *options).stdout)
    return {f"{page} {fault['url']}" for page, faults in said["error_map"].items() for fault in faults}


def _linkchecker(tree: Path) -> set[str]:
    (tree.parent / "linkchecker").write_text(_ANCHORS, "utf-8")
    options = ("--config", "linkchecker", "--threads", "0", "--no-status", "--output", "csv", "site/index.html")
    said = _run(tree.parent, _TOOLS / "linkchecker", *options).stdout.splitlines()
    rows = csv.DictReader((line for line in said if not line.startswith("#")), delimiter=";")
    # An address that is wrong on many pages is told of on one of them, now this and now that.
    return {f"{row['url']} {row['result']} {row['warningstring']}" for row in rows}


def _ours(tree: Path) -> set[str]:
    run = _run(tree, sys.executable, _BUILD, "--check", "--root", tree, "--today", str(TODAY))
    return {line for line in run.stdout.splitlines() if line.startswith(("docs/", "mkdocs.yml"))}


PEERS: Mapping[str, _Ask] = {
    "mkdocs strict": _mkdocs,
    "htmlproofer": _htmlproofer,
    "lychee": _lychee,
    "linkchecker": _linkchecker,
}


def found() -> dict[str, dict[str, bool]]:
    """Return, for each fault, which checkers say anything of it that they do not say of the project without faults."""
    usual = _answers("base")
    return {
        fault: {name: bool(said - usual[name]) for name, said in _answers(case).items()}
        for fault, case in FAULTS.items()
    }


def _answers(case: str) -> dict[str, set[str]]:
    with tempfile.TemporaryDirectory() as folder:
        # LinkChecker looks at it as nobody in particular.
        Path(folder).chmod(0o755)
        tree = lay(case, Path(folder, "tree"), is_published=case.startswith("L17"))
        ours = _ours(tree)
        config = tree / "mkdocs.yml"
        plain = config.read_text("utf-8").replace(_BLOCKS, _SNIPPETS).replace("strict: true", "") + _STRICT
        config.write_text(plain, "utf-8")
        _run(tree, _TOOLS / "mkdocs", "build", "--site-dir", tree.parent / "site")
        said = {name: ask(tree) for name, ask in PEERS.items()} | {"ours": ours}
    return {name: {line.replace(folder, "") for line in lines} for name, lines in said.items()}
