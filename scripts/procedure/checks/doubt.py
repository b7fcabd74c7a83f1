"""What is in doubt where something is wrong: an error may be why a thing seems lost or changed since it was published.

One fault is one finding, and none hides an unrelated one. So what was published is held against today's source
whatever else is found, but for what an error may be about. That is what stands in the same part of a file as an error
(a diagram, a section of a page, a row of the contract), and all of a file that cannot be read whole or, as an error
says, lacks something: then no line is that of what is lost. What is made of such a file is in doubt too.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from procedure.derive.addresses import source_path
from procedure.derive.anchors import is_made
from procedure.derive.edition import Fact
from procedure.derive.sheets import Sheet
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH
from procedure.source.edition import Edition, Fields

# Errors that say that something is not in its file or not under its own name, or that it cannot be read.
_TAKES_AWAY = re.compile(r"C(01|02|1[1245]|33|4[0-3])|L1[569]|P(0[125789]|1[0125])")
# A link that is gone may be the one that is wrong or has a phase by another name, or one that the page or a supplement lacks.
_OF_LINKS = re.compile(r"L\d\d|P03|P1[67]|C05")
_OF_CONTRACT = ("phases", "steps", "requirements", "contacts", "words")
_OF_FLOWS = ("nodes", "ways", "routes")
# What on a sheet does not come from its own page and those it takes in.
_SHEET_OF_FLOWS = frozenset({"begins", "done"})
_SHEET_OF_CONTRACT = frozenset({"place", "added", "doubt", "contacts", "own_contacts"})
# The part of a page that its diagram is.
_DIAGRAM = -1


class Doubt:
    """What cannot be judged in a procedure in which these findings were made."""

    def __init__(self, procedure: Procedure, found: Iterable[Finding]) -> None:
        self._procedure = procedure
        errors = [finding for finding in found if finding.severity is Severity.ERROR]
        self._places = {(finding.path, finding.line) for finding in errors}
        self._codes = {(finding.path, finding.code) for finding in errors}
        self._files = procedure.damaged | {path for path, code in self._codes if _TAKES_AWAY.fullmatch(code)}
        self._parts = {self._part(path, line) for path, line in self._places}
        self._missing = procedure.expected_pages - procedure.pages.keys()

    def line(self, path: str, line: int) -> bool:
        """Return whether an error stands on this very line."""
        return (path, line) in self._places

    def file(self, path: str) -> bool:
        """Return whether an error may have taken something away from the file, or the file itself."""
        return path in self._files or path in self._missing

    @property
    def edition(self) -> bool:
        """Whether the last edition is there and cannot be read (L28)."""
        return any(code == "L28" for _, code in self._codes)

    def address(self, address: str) -> bool:
        """Return whether an error may be why nothing is found at the address."""
        path, place = source_path(self._procedure.pages, address), address.partition("#")[2]
        page = self._procedure.pages.get(path)
        if address.endswith(".bpmn"):
            return PurePosixPath(address).stem in self.flows
        if page is None or address.endswith(".pdf"):
            return path in self._missing or (address.endswith(".pdf") and self.file(CONTRACT_PATH))
        sources = [path, *(f"docs/{include.path}" for include in page.includes)]
        return bool(place) and (any(map(self.file, sources)) or (is_made(page, place) and self._is_of_doubtful(place)))

    @cached_property
    def flows(self) -> frozenset[str]:
        """The ids of the flows in doubt, those that may be lost with their page among them."""
        paths = {flow.path for flow in self._procedure.flows if (flow.path, _DIAGRAM) in self._parts}
        drawn = {flow.path for flow in self._procedure.flows} | {self._procedure.roles.overview}
        paths |= {
            path
            for path in self._files | self._missing
            if path in drawn or path.startswith(f"{self._procedure.phases_folder}/")
        }
        return frozenset(_name(path) for path in paths)

    def without(self, edition: Edition, facts: Iterable[Fact]) -> tuple[Edition, list[Fact]]:
        """Return the edition and today's facts without the things that are in doubt."""
        today = list(facts)
        doubtful = {(fact.section, fact.key) for fact in today if self._is_doubtful(fact)}
        gone = edition.sections["supplements"].keys() - {fact.key for fact in today if fact.section == "supplements"}
        doubtful |= {("supplements", key) for key in gone if self._is_a_block_doubtful(key)}

        def is_sure(section: str, key: str) -> bool:
            return (section, key) not in doubtful and not self._may_be_lost(section, key)

        sections = {
            name: {key: fields for key, fields in rows.items() if is_sure(name, key)}
            for name, rows in edition.sections.items()
        }
        return replace(edition, sections=sections), [fact for fact in today if is_sure(fact.section, fact.key)]

    def sure_fields(self, sheet: Sheet, fields: Fields) -> Fields:
        """Return what is said on a sheet, but for what an error may have changed."""
        doubtful: set[str] = set()
        if self.flows or self.file(CONTRACT_PATH):
            doubtful |= _SHEET_OF_FLOWS
        if any(path in (CONTRACT_PATH, self._procedure.roles.contacts) for path, _ in self._codes):
            # The wording of a contact stands on the page of contacts.
            doubtful |= _SHEET_OF_CONTRACT
        if self.file(CONTRACT_PATH) or self._is_page_of_sheet_doubtful(sheet):
            doubtful |= fields.keys() - _SHEET_OF_FLOWS - _SHEET_OF_CONTRACT
        return {name: value for name, value in fields.items() if name not in doubtful}

    def _is_page_of_sheet_doubtful(self, sheet: Sheet) -> bool:
        page = self._procedure.pages[sheet.path]
        taken = {
            (source.path, part)
            for include in page.includes
            if (found := self._procedure.included(include))
            for source, part in [found]
        }
        return (
            any(path == sheet.path for path, _ in self._codes)
            or any(self.file(f"docs/{include.path}") for include in page.includes)
            or any(path == source and part.holds(line) for path, line in self._places for source, part in taken)
        )

    def _is_doubtful(self, fact: Fact) -> bool:
        if fact.section == "links":
            codes = (code for path, code in self._codes if path == fact.path)
            return self.file(fact.path) or any(_OF_LINKS.fullmatch(code) for code in codes)
        in_parts = fact.section in (*_OF_CONTRACT, "supplements")
        return in_parts and self._part(fact.path, fact.line) in self._parts

    def _may_be_lost(self, section: str, key: str) -> bool:
        """Return whether a thing with this id may be lost, or there under another, because of an error."""
        if section in _OF_FLOWS:
            # A node's id is its flow's and its own, which has no hyphen; an answer stands after it.
            return (key if section == "routes" else key.partition("/")[0].rpartition("-")[0]) in self.flows
        if section == "words" and (CONTRACT_PATH, "P30") in self._codes:
            return True
        if section == "supplements":
            return self.file(source_path(self._procedure.pages, key))
        return section in _OF_CONTRACT and self.file(CONTRACT_PATH)

    def _is_a_block_doubtful(self, address: str) -> bool:
        """Return whether an error stands in a block of the page: it may be the one with this address, under another or none."""
        page = self._procedure.pages.get(source_path(self._procedure.pages, address))
        if page is None:
            return False
        lines = [line for path, line in self._places if path == page.path]
        return any(block.holds(line) for block in page.blocks for line in lines)

    def _is_of_doubtful(self, place: str) -> bool:
        """Return whether a place that is made of the phases may be one of a phase in doubt."""
        phases = {
            _name(path) for path in self._files | self._missing if path.startswith(f"{self._procedure.phases_folder}/")
        }
        phase = place.removesuffix(f"-{self._procedure.words.text('sections.checklist.id')}")
        is_checklist = phase != place and self.file(self._procedure.checklist_path(phase))
        inside = f"-{place.replace('/', '-')}-"
        return is_checklist or self.file(CONTRACT_PATH) or any(f"-{name}-" in inside for name in phases | self.flows)

    def _part(self, path: str, line: int) -> tuple[str, int]:
        """Return in which part of its file a line stands: the line that the part begins on; of a diagram, none."""
        starts = self._starts.get(path, [])
        number = bisect.bisect(starts, line)
        return path, _DIAGRAM if (path, line) in self._drawn else starts[number - 1] if number else 0

    @cached_property
    def _drawn(self) -> frozenset[tuple[str, int]]:
        """The lines of all diagrams, with those around them."""
        return frozenset(
            (flow.path, flow.line + n) for flow in self._procedure.flows for n in range(flow.source.count("\n") + 3)
        )

    @cached_property
    def _starts(self) -> Mapping[str, list[int]]:
        """The lines on which the parts of each file begin: sections, and the rows of the contract."""
        starts = {
            page.path: sorted(heading.line for heading in page.headings if heading.level <= 2)
            for page in self._procedure.pages.values()
        }
        return {**starts, CONTRACT_PATH: sorted(self._procedure.contract.row_lines)}


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
