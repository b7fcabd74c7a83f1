"""The whole procedure on one page: the phase pages put together as one Markdown text."""

from __future__ import annotations

import re
from collections.abc import Callable

from procedure.derive.addresses import href
from procedure.model import Procedure
from procedure.source.page import Page, Region

# What stands instead of a fence on a phase page: the ways on from there lead nowhere from here.
_FENCES: dict[str, Callable[[Page], list[str]]] = {
    "mermaid": lambda page: ["```diagram", page.name, "```"],
    "phase": lambda _: [],
}
_HEADING = re.compile(r"(#+)( .*?)\{#([\w-]+)\}\s*$")
_LINK = re.compile(r"\]\(([^)\s:]*)\)")


def whole_procedure(procedure: Procedure, folder: str) -> list[str]:
    """Return the lines of a page in `folder` that holds every phase: its lead, steps, checklist and diagram.

    Headings stand one level further down, with the phase in front of their ids; links lead to the
    pages they come from.
    """
    lines: list[str] = []
    parts = _parts(procedure)
    for phase in procedure.contract.phases:
        page = procedure.phase_page(phase.id)
        if page is None:
            continue
        lines += ["", f"## {phase.heading} {{#{phase.id}}}", ""]
        lines += _section(procedure, page, page.lead, folder)
        for heading in page.headings:
            if heading.level == 2 and heading.id in parts:
                if parts[heading.id] == "diagram":
                    # On paper steps and checklist share a page, and the drawing has one of its own.
                    lines += _checklist(procedure, phase.id, folder)
                lines += _part(parts[heading.id], _section(procedure, page, page.under_heading(heading), folder))
    return lines


def whole_anchors(procedure: Procedure) -> list[str]:
    """Return the ids that the page with the whole procedure gets from it."""
    anchors: list[str] = []
    checklist_id = procedure.words.text("sections.checklist.id")
    for phase in procedure.contract.phases:
        page = procedure.phase_page(phase.id)
        if page is None:
            continue
        regions = [page.under_heading(h) for h in page.headings if h.level == 2 and h.id in _parts(procedure)]
        inside = [h.id for h in page.headings for region in regions if h.id and region.holds(h.line)]
        checklist = procedure.checklist_page(phase.id)
        if checklist and checklist.section(checklist_id):
            inside.append(checklist_id)
        anchors += [phase.id, *(f"{phase.id}-{heading_id}" for heading_id in inside)]
        anchors += [
            f"{kind}-{flow.id}-{node_id}" for flow in page.flows for node_id in flow.nodes for kind in ("d", "t")
        ]
    return anchors


def _parts(procedure: Procedure) -> dict[str | None, str]:
    """Return the sections of a phase page that belong to the procedure itself, by id."""
    return {procedure.words.text(f"sections.{name}.id"): name for name in ("steps", "diagram")}


def _checklist(procedure: Procedure, phase_id: str, folder: str) -> list[str]:
    """Return the phase's checklist under a heading of its own."""
    checklist, words = procedure.checklist_page(phase_id), procedure.words
    section_id = words.text("sections.checklist.id")
    section = checklist.section(section_id) if checklist else None
    if not checklist or not section:
        return []
    inside = checklist.lines[section.first_line : section.last_line - 1]
    title = f"### {words.text('sections.checklist.title')} {{#{phase_id}-{section_id}}}"
    return _part("checklist", [title, "", *(_with_links(line, checklist, folder) for line in inside)])


def _part(name: str, lines: list[str]) -> list[str]:
    """Return a part in a block that the print keeps on one page where it fits."""
    return ["", f"//// whole-{name}", *lines, "", "////", ""]


def _section(procedure: Procedure, page: Page, region: Region, folder: str) -> list[str]:
    lines: list[str] = []
    fences = {fence.line: fence for fence in page.fences if fence.language in _FENCES}
    numbers = iter(range(region.first_line, region.last_line + 1))
    for number in numbers:
        fence = fences.get(number)
        if fence:
            lines += _FENCES[fence.language](page)
            for _ in range(fence.text.count("\n") + 2):
                next(numbers, None)
        else:
            lines.append(_with_links(_lowered(page.lines[number - 1], page), page, folder))
    return lines


def _lowered(line: str, page: Page) -> str:
    match = _HEADING.match(line)
    return f"#{match[1]}{match[2]}{{#{page.name}-{match[3]}}}" if match else line


def _with_links(line: str, page: Page, folder: str) -> str:
    def moved(match: re.Match[str]) -> str:
        path, _, fragment = match[1].partition("#")
        target = f"{page.folder}/{path}" if path else page.path
        return f"]({href(folder, target, fragment)})"

    return _LINK.sub(moved, line)
