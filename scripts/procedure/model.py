"""The whole procedure in one immutable picture: everything reads this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from procedure.findings import Finding
from procedure.source.config import CONFIG_PATH, NavEntry, Site, read_config
from procedure.source.contract import CONTRACT_PATH, Contract, Phase, Roles
from procedure.source.contract_reader import read_contract
from procedure.source.edition import Edition, read_editions
from procedure.source.flow import Flow
from procedure.source.ledger import Ledger, read_ledger
from procedure.source.link_report import LinkReport, read_link_report
from procedure.source.markdown_reader import read_page
from procedure.source.os_error import reason
from procedure.source.own_words import read_words
from procedure.source.page import Include, Page, Region
from procedure.source.text import read_text
from procedure.source.tree import TreeFile, list_files, read_file
from procedure.source.yaml_reader import Value
from procedure.words import Words

THEME_FOLDER = "overrides"
# All that the site is made from.
SOURCES = ("docs", THEME_FOLDER, CONFIG_PATH)
SOURCE_PATH = "docs/kilde.txt"
# What is written for developers: no pages, and never published.
DEVELOPERS_FOLDER = "docs/udvikling/"
# The kind of block that says what must never be done.
CAUTION_BLOCK = "danger"
# The kind of block that says something the source does not.
SUPPLEMENT_BLOCK = "supplement"

# Faults after which a file is not what the editor meant.
_DAMAGE = frozenset({"C11", "C12", "C14", "C15", "C33", "C40", "C41", "C42", "C43", "P03", "P04", "P30"})
# Of these, what may lie in a page's front matter, and what leaves the sections before it as they were written.
_OF_FRONT = frozenset({"C12", "C33"})
_IN_SECTION = frozenset({"C14", "C15"})

# Seven times what there is today; with more, a build takes minutes and gigabytes.
_MOST_PAGES = 300
_MOST_TEXT = 3_000_000


class UnreadableTreeError(Exception):
    """Raised where the root holds no project: the message is one Danish sentence."""


# What follows from a procedure is derived once: each check asks for it anew. A few procedures are remembered, not all.
remembered = lru_cache(maxsize=4)


@dataclass(frozen=True, eq=False)
class Procedure:
    """What stands in the project: the source, the contract, the pages, the navigation and the file names.

    `words` are what the engine itself says to readers, and `source` is the text of the procedure as the municipality
    wrote it. `settings` are those of `mkdocs.yml`, `assets` the files under `docs/` that are no pages, and `theme` those of the theme. `ledger` is None where nothing
    was ever published, `editions` are those kept, the newest first, and `link_report` is None where nobody has asked
    the addresses outside the site. `findings` are the faults met while reading; the checks add theirs.
    """

    root: Path
    words: Words
    source: str
    contract: Contract
    pages: Mapping[str, Page]
    site: Site
    nav: tuple[NavEntry, ...]
    settings: Mapping[str, Value]
    files: frozenset[str]
    assets: tuple[TreeFile, ...]
    theme: tuple[TreeFile, ...]
    ledger: Ledger | None
    editions: tuple[Edition, ...]
    link_report: LinkReport | None
    findings: tuple[Finding, ...]

    @property
    def edition(self) -> Edition | None:
        """The newest edition, or None where nothing was published."""
        return self.editions[0] if self.editions else None

    @property
    def roles(self) -> Roles:
        """Which page has which role."""
        return self.contract.roles

    @property
    def phases_folder(self) -> str:
        """Where the pages of the phases stand."""
        return f"docs/{self.words.text('folders.phases')}"

    @property
    def checklists_folder(self) -> str:
        """Where the pages of the checklists stand."""
        return f"docs/{self.words.text('folders.checklists')}"

    def phase_path(self, phase_id: str) -> str:
        """Return where the page of a phase stands, or would."""
        return f"{self.phases_folder}/{phase_id}.md"

    def checklist_path(self, name: str) -> str:
        """Return where the page of a checklist stands, or would."""
        return f"{self.checklists_folder}/{name}.md"

    def phase_page(self, phase_id: str) -> Page | None:
        """Return the page of a phase, or None."""
        return self.pages.get(self.phase_path(phase_id))

    def checklist_page(self, name: str) -> Page | None:
        """Return the page of a checklist, or None."""
        return self.pages.get(self.checklist_path(name))

    def included(self, include: Include) -> tuple[Page, Region] | None:
        """Return the section that the line takes in, and the page it stands on, or None where it is not there."""
        page = self.pages.get(f"docs/{include.path}")
        section = page.section(include.section) if page else None
        return (page, section) if page and section else None

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Every flow, page by page."""
        return tuple(flow for page in self.pages.values() for flow in page.flows)

    @cached_property
    def damaged(self) -> frozenset[str]:
        """Files whose text could not be read whole: what they hold is not judged before they are mended."""
        return frozenset(f.path for f in self.findings if f.code in _DAMAGE and not self._is_apart(f))

    def _is_apart(self, finding: Finding) -> bool:
        """Return whether the fault spoils a part of its file that the rest does not stand on.

        That is a page's front matter, but for one that is not closed, and a row of the contract outside the phases.
        """
        page = self.pages.get(finding.path)
        if page is not None:
            return finding.code in _OF_FRONT and finding.line > page.front_line
        lines = self.contract.phase_lines
        return finding.path == CONTRACT_PATH and finding.code == "P30" and bool(lines) and finding.line not in lines

    @cached_property
    def spoilt_fronts(self) -> frozenset[str]:
        """Pages whose front matter could not be read: what it says is not judged."""
        return frozenset(f.path for f in self.findings if f.code in _OF_FRONT and f.path in self.pages)

    @cached_property
    def sound_pages(self) -> tuple[Page, ...]:
        """The pages that could be read whole."""
        return tuple(page for page in self.pages.values() if page.path not in self.damaged)

    @cached_property
    def read_to(self) -> Mapping[str, int]:
        """The line to which each page is read whose text is spoilt in a section: where that section begins."""
        whole = {f.path for f in self.findings if f.code in _DAMAGE - _IN_SECTION and not self._is_apart(f)}
        starts: dict[str, int] = {}
        for finding in self.findings:
            page = self.pages.get(finding.path)
            if page and finding.code in _IN_SECTION and page.path not in whole:
                before = [h.line for h in page.headings if h.level <= 2 and h.line <= finding.line]
                start = max(before, default=page.lead.first_line)
                starts[page.path] = min(start, starts.get(page.path, start))
        return starts

    @cached_property
    def judged_pages(self) -> tuple[Page, ...]:
        """The pages that could be read whole, or to the section where they could not (`read_to`)."""
        return tuple(page for page in self.pages.values() if page.path in self.read_to or page.path not in self.damaged)

    @cached_property
    def sound_phases(self) -> tuple[tuple[Phase, Page], ...]:
        """The phases whose page could be read whole, with the page; none where the contract is damaged."""
        pages = {page.path: page for page in self.sound_pages}
        paths = ((phase, self.phase_path(phase.id)) for phase in self.sound_contract.phases)
        return tuple((phase, pages[path]) for phase, path in paths if path in pages)

    @cached_property
    def sound_contract(self) -> Contract:
        """The contract, or an empty one where it could not be read whole."""
        return Contract.empty() if CONTRACT_PATH in self.damaged else self.contract

    @cached_property
    def expected_pages(self) -> frozenset[str]:
        """The pages that the contract asks for: the absence of one is a finding of its own (P01, P09, P12, P15)."""
        names, roles = [phase.id for phase in self.sound_contract.phases], self.roles
        checklists = [*names, *filter(None, [roles.right_now])]
        return frozenset(
            {self.phase_path(name) for name in names}
            | {self.checklist_path(name) for name in checklists}
            | {*filter(None, [roles.contacts, roles.overview])}
        )

    def is_stray(self, page: Page) -> bool:
        """Return whether the page stands among the phases or the checklists and is none (P02, P10)."""
        if not self.sound_contract.phases or page.path in self.expected_pages:
            return False
        is_checklist = page.folder == self.checklists_folder and page.name != "index"
        return page.folder == self.phases_folder or (is_checklist and bool(self.roles.right_now))


def load_procedure(root: Path) -> Procedure:
    """Read the project under `root`.

    Raises `UnreadableTreeError` where there is no `docs/` or no `mkdocs.yml`. All other faults are
    findings in the result.
    """
    for name in ("docs", CONFIG_PATH):
        if not (root / name).exists():
            raise UnreadableTreeError(f"{root} er ikke et projekt: der er ingen {name}.")
    source, findings = read_text(root, SOURCE_PATH)
    findings = [replace(f, hint="Hent kildens tekst igen, som kommunen har skrevet den.") for f in findings]
    words, words_findings = read_words(root)
    contract, contract_findings = read_contract(root, words)
    findings += words_findings + contract_findings
    try:
        files, stray = list_files(root, "docs")
        theme_files, theme_stray = list_files(root, THEME_FOLDER) if (root / THEME_FOLDER).exists() else ([], [])
        assets = tuple(read_file(root, path) for path in files if not _is_page(path))
        theme = tuple(read_file(root, path) for path in theme_files)
    except OSError as error:
        raise UnreadableTreeError(f"{error.filename} kan ikke læses: {reason(error)}.") from error
    findings += stray + theme_stray
    _refuse_too_much(root, [path for path in files if _is_page(path)])
    pages: dict[str, Page] = {}
    for path in files:
        if _is_page(path):
            pages[path], page_findings = read_page(root, path)
            findings += page_findings
    ledger, ledger_findings = read_ledger(root)
    editions, edition_findings = read_editions(root)
    link_report, report_findings = read_link_report(root)
    site, nav, settings, config_findings = read_config(root)
    return Procedure(
        root, words, source.text, contract, pages, site, nav, settings, frozenset(files), assets, theme, ledger,
        tuple(editions), link_report,
        tuple(findings + ledger_findings + edition_findings + report_findings + config_findings),
    )  # fmt: skip


def _is_page(path: str) -> bool:
    return path.endswith(".md") and not path.startswith(DEVELOPERS_FOLDER)


def _refuse_too_much(root: Path, pages: list[str]) -> None:
    """Raise `UnreadableTreeError` where there are more pages than can be built in a minute or two."""
    size = sum((root / path).stat().st_size for path in pages)
    if len(pages) > _MOST_PAGES or size > _MOST_TEXT:
        raise UnreadableTreeError(
            f"docs/ har {len(pages)} sider på {size // 1000} KB. "
            f"Der er plads til {_MOST_PAGES} sider på {_MOST_TEXT // 1000} KB i alt."
        )
