"""Runs MkDocs: the only module that knows the generator."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

# Material prints an advertisement for another product unless it is asked not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from procedure.findings import Finding
from procedure.model import CONFIG_PATH


def build_site(root: Path, site_dir: Path) -> list[Finding]:
    """Build the site of the project under `root` into `site_dir`.

    Whatever MkDocs warns of or stops at is a finding (S08). `site_dir` is emptied by MkDocs but for
    hidden files.
    """
    messages = _Messages()
    log = logging.getLogger("mkdocs")
    log.addHandler(messages)
    log.propagate = False
    try:
        config = load_config(str(root / CONFIG_PATH), site_dir=str(site_dir), strict=False)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        if not messages.texts:
            messages.texts.append(str(error))
    except Exception as error:  # a plugin's fault is a finding, not a traceback
        messages.texts.append(f"{type(error).__name__}: {error}")
    finally:
        log.removeHandler(messages)
    hint = "Ret det, MkDocs peger på; »make check« finder de fleste fejl før MkDocs."
    return [Finding(CONFIG_PATH, 1, "S08", f"MkDocs siger: {_one_line(text)}", hint) for text in messages.texts]


def serve_site(root: Path, site_dir: Path, rebuild: Callable[[], None]) -> None:
    """Show `site_dir` on this machine, and call `rebuild` whenever a source file is saved.

    Runs until it is stopped with Ctrl-C. Raises `OSError` where the port is taken.
    """
    server = LiveReloadServer(
        builder=rebuild, host="127.0.0.1", port=8000, root=str(site_dir), mount_path="/", shutdown_delay=0.25
    )
    for name in ("docs", "overrides", CONFIG_PATH):
        if (root / name).exists():
            server.watch(str(root / name))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()


class _Messages(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def _one_line(text: str) -> str:
    return " ".join(text.split())
