"""Runs MkDocs: with the preview the only module that knows the generator."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from calendar import timegm
from pathlib import Path

# Material prints an advertisement for another product unless it is asked not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from procedure.blocks.status_line import status_lines
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.publish.messages import said, stopped
from procedure.publish.swap import PublishError, not_done
from procedure.source.config import CONFIG_PATH
from procedure.source.tree import files_under

_MERMAID = "assets/mermaid.js"
_BESIDE_PAGES = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})


def build_site(procedure: Procedure, site_dir: Path) -> list[Finding]:
    """Build the site of a procedure without errors into `site_dir`.

    Whatever MkDocs warns of or stops at is a finding (S08). `site_dir` is emptied by MkDocs but for
    hidden files. With `DIAGRAMS=browser` in the environment the diagrams are drawn in the reader's
    browser. Raises `PublishError` where that cannot be done.
    """
    root, mermaid = procedure.root, _mermaid()
    # What mkdocs.yml reads: MkDocs wants a plugin's `enabled` to be true or false.
    os.environ["DIAGRAMS_IN_BROWSER"] = str(mermaid is not None).lower()
    # The day that MkDocs writes into the site map. With the day of the build the same source would give other bytes.
    os.environ["SOURCE_DATE_EPOCH"] = str(_published_at(procedure))
    messages = _Messages()
    findings: list[Finding] = []
    log = logging.getLogger("mkdocs")
    log.addHandler(messages)
    log.propagate = False
    try:
        config = load_config(str(root / CONFIG_PATH), site_dir=str(site_dir), strict=False)
        # What was checked is what is shown: the pages are made from it, and not from a second reading.
        config.mdx_configs.setdefault("procedure.blocks", {})["procedure"] = procedure
        config.extra["status"] = status_lines(procedure)
        if mermaid:
            # Named here, mermaid2 asks for no Mermaid elsewhere, and finds no fault with one that is not in docs/.
            config.extra_javascript.append(_MERMAID)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        if mermaid:
            shutil.copyfile(mermaid, site_dir / _MERMAID)
    except (MkDocsException, SystemExit) as error:
        if not messages.texts:
            messages.texts.append(str(error))
    except OSError as error:
        raise PublishError(not_done(error, site_dir)) from error
    except Exception as error:  # a plugin's fault is a finding, not a traceback
        findings.append(stopped(root, error))
    finally:
        log.removeHandler(messages)
    return findings + [said(root, text) for text in messages.texts]


def _published_at(procedure: Procedure) -> int:
    """Return when the newest edition is from, in seconds since 1970, or 0 where nothing was published."""
    edition = procedure.edition
    return timegm(edition.day.timetuple()) if edition else 0


def theme_files() -> frozenset[str]:
    """Return the files that MkDocs and the theme put into every site, from its root."""
    package = importlib.util.find_spec("material")
    assets = Path(package.origin).with_name("templates") / "assets" if package and package.origin else Path()
    found = {f"assets/{name}" for name in files_under(assets)}
    return frozenset(found | _BESIDE_PAGES | ({_MERMAID} if _mermaid() else set()))


def _mermaid() -> Path | None:
    """Return the file of Mermaid where the diagrams are to be drawn in the browser, else None."""
    wish = os.environ.get("DIAGRAMS", "")
    if not wish:
        return None
    if wish != "browser":
        raise PublishError(f"DIAGRAMS kan kun være »browser« og ikke »{wish}«.")
    package = importlib.util.find_spec("mermaidx")
    if package is None or package.origin is None:
        raise PublishError("DIAGRAMS=browser kræver pakken mermaidx, der hentes, når du kører »make test« én gang.")
    return Path(package.origin).with_name("assets") / "mermaid.js"


class _Messages(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
