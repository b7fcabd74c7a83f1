"""The page that readers see, held against the one that was checked: S11–S14.

`expected` says what each page must show, from what the checks have read; `rendering` makes its HTML, `reading` says
what that shows, and `compare` where the two part, with the likely cause from `causes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from procedure.findings import Finding
from procedure.model import Procedure
from procedure.rendered.compare import compare
from procedure.rendered.expected import expected_leaves
from procedure.rendered.reading import read_fragment
from procedure.rendered.rendering import extensions_lines, prepare, rendered_page
from procedure.source.config import CONFIG_PATH
from procedure.source.fences import WHOLE
from procedure.source.page import Page
from procedure.source.text import one_line

# A fault of these already found this near is the same one, seen from its other side.
_SAME = re.compile(r"C(01|02|1[2-9]|2\d|3\d|44)|L(0[1-7]|1[12])|P35")
_NEAR = 1


def check_pages(procedure: Procedure, known: Sequence[Finding] = ()) -> list[Finding]:
    """Return where a page shows another thing than its source was read to say.

    Pages that could not be read whole are left out, and so is what one of the findings `known` says already.
    """
    if CONFIG_PATH in procedure.damaged or _has_other_extensions(procedure, known):
        return []
    places = {(f.path, f.line + near) for f in known if _SAME.fullmatch(f.code) for near in range(-_NEAR, _NEAR + 1)}
    try:
        prepare(procedure)
    except Exception as error:  # whatever an extension says to its settings
        message = f"Siderne kan ikke sættes op med udvidelserne i {CONFIG_PATH}: {one_line(str(error))}"
        return [
            Finding(CONFIG_PATH, extensions_lines(procedure)[0], "S14", message, "Ret eller slet den, der er tale om.")
        ]
    found: dict[tuple[str, int], Finding] = {}
    for page in sorted(procedure.sound_pages, key=_is_put_together):
        # What is wrong in a phase is wrong where the whole procedure is put together too: it is said once.
        told = {path for path, _ in found} if _is_put_together(page) else set()
        if _parts(procedure, page).isdisjoint(procedure.damaged | told):
            for finding in _check_page(procedure, page):
                found.setdefault((finding.path, finding.line), finding)
    return sorted(finding for place, finding in found.items() if place not in places)


def _has_other_extensions(procedure: Procedure, known: Iterable[Finding]) -> bool:
    """Return whether `mkdocs.yml` names other extensions than it must: then every page would show something else."""
    lines = extensions_lines(procedure)
    return any(f.path == CONFIG_PATH and f.code in ("C34", "C35") and f.line in lines for f in known)


def _is_put_together(page: Page) -> bool:
    return any(fence.language == WHOLE for fence in page.fences)


def _parts(procedure: Procedure, page: Page) -> set[str]:
    """Return the files that the page takes its text from, beside its own."""
    paths = {f"docs/{include.path}" for include in page.includes}
    if _is_put_together(page):
        paths |= {
            path
            for path in procedure.pages
            if path.startswith((f"{procedure.phases_folder}/", f"{procedure.checklists_folder}/"))
        }
    return paths


def _check_page(procedure: Procedure, page: Page) -> Iterator[Finding]:
    try:
        seen = read_fragment(rendered_page(procedure, page))
    except Exception as error:  # the library's fault is a finding, not a traceback
        message = f"Siden kan ikke sættes op: {type(error).__name__}: {one_line(str(error))}"
        hint = "Fjern det usædvanlige på siden, fx hvad der er sat ind i mange lag."
        yield Finding(page.path, 1, "S14", message, hint)
        return
    yield from compare(procedure, expected_leaves(procedure, page), seen, page.path)
