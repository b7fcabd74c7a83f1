"""Where in the project the text of a built page is written, so that a finding says what to mend and not what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from procedure.derive.published import pages_by_file
from procedure.model import THEME_FOLDER, Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.ledger import LEDGER_PATH
from procedure.source.page import Page

_NOT_FOUND_PAGE = f"{THEME_FOLDER}/404.html"


class Place(NamedTuple):
    """A file of the project, and a line in it."""

    path: str
    line: int


class Sources:
    """Finds the places. `shown_as` is the built folder's name, for what no source is known of."""

    def __init__(self, procedure: Procedure, shown_as: str) -> None:
        self._procedure = procedure
        self._shown_as = shown_as
        self._pages = pages_by_file(procedure)
        self._theme = [(file.path, file.content.decode("utf-8", "replace").split("\n")) for file in procedure.theme]

    def place(self, name: str, built_line: int, *words: str) -> Place:
        """Return where the first of the words that can be found is written, for the built file `name`.

        It is looked for on the page itself, in what it takes in, in the theme and in the settings. Where none is
        found the page's first line is meant, and for a file without a page the built one.
        """
        page = self._pages.get(name)
        texts = [*(self._texts(page) if page else ()), *self._theme]
        for word in filter(None, words):
            for path, lines in texts:
                for number, line in enumerate(lines, start=1):
                    if word in line:
                        return Place(path, number)
        return Place(page.path, 1) if page else self._without_page(name, built_line)

    def title(self, name: str, built_line: int) -> Place:
        """Return where the title of a built page is written."""
        page = self._pages.get(name)
        return Place(page.path, page.field_line("title")) if page else self._without_page(name, built_line)

    def setting(self, key: str) -> Place:
        """Return where `mkdocs.yml` has a setting, or its first line."""
        value = self._procedure.settings.get(key)
        return Place(CONFIG_PATH, value.key_line if value else 1)

    def _texts(self, page: Page) -> Iterator[tuple[str, Sequence[str]]]:
        yield page.path, page.lines
        for include in page.includes:
            if source := self._procedure.pages.get(f"docs/{include.path}"):
                yield source.path, source.lines

    def _without_page(self, name: str, built_line: int) -> Place:
        if f"docs/{name}" in self._procedure.files:
            return Place(f"docs/{name}", built_line)
        if name == "404.html" and any(path == _NOT_FOUND_PAGE for path, _ in self._theme):
            return Place(_NOT_FOUND_PAGE, 1)
        address = f"/{name.removesuffix('index.html')}"
        entry = self._procedure.ledger.entries.get(address) if self._procedure.ledger else None
        return Place(LEDGER_PATH, entry.line) if entry else Place(f"{self._shown_as}/{name}", built_line)
