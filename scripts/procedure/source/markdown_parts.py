"""What is being gathered while a Markdown page is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from procedure.findings import Finding
from procedure.source.flow import Flow
from procedure.source.page import Anchor, Fence, Heading, Include, Link, Mark, Region, Text, Trace


@dataclass
class Parts:
    """What has been found on a page so far, and what is open: a block with its marks, name, title and line."""

    path: str
    lines: tuple[str, ...]
    headings: list[Heading] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    tasks: list[int] = field(default_factory=list)
    blocks: list[Region] = field(default_factory=list)
    sections: list[Region] = field(default_factory=list)
    includes: list[Include] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    open_blocks: list[tuple[str, str, str, int]] = field(default_factory=list)
    open_sections: dict[str, int] = field(default_factory=dict)

    def report(self, line: int, code: str, message: str, hint: str) -> None:
        """Keep a finding on a line of the page."""
        self.findings.append(Finding(self.path, line, code, message, hint))
