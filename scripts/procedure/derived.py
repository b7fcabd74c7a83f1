"""What the build makes beside the pages: the sheets as PDF, and what keeps old addresses working."""

from __future__ import annotations

from pathlib import Path

from procedure.findings import Finding
from procedure.ledger import Ledger
from procedure.model import CHECKLISTS_FOLDER, Procedure
from procedure.paper import PaperError, make_pdf
from procedure.published import ALL_SHEETS, imprint, sheet_address
from procedure.redirects import write_redirects
from procedure.sheets import Sheet, sheets


def write_derived(procedure: Procedure, site_dir: Path) -> list[Finding]:
    """Write the PDFs and the redirects into a built site.

    A sheet of more than one page (P33), or one that Typst will not make (S09), is a finding.
    """
    every = [(sheet, imprint(procedure, sheet)) for sheet in sheets(procedure)]
    findings: list[Finding] = []
    for sheet, own in every:
        path = f"{CHECKLISTS_FOLDER}/{sheet.name}.md"
        try:
            pdf, pages = make_pdf([(sheet, own)], sheet.title)
        except PaperError as error:
            findings.append(Finding(path, 1, "S09", str(error), "Skriv teksten uden det tegn eller link, der nævnes."))
            continue
        if pages > 1:
            findings.append(_too_long(path, sheet))
        (site_dir / sheet_address(sheet).removeprefix("/")).write_bytes(pdf)
    if not findings:
        pdf, _ = make_pdf(every, f"{procedure.site.name}: alle tjeklister")
        (site_dir / ALL_SHEETS.removeprefix("/")).write_bytes(pdf)
        write_redirects(procedure.ledger or Ledger({}), site_dir)
    return findings


def _too_long(path: str, sheet: Sheet) -> Finding:
    longest = sorted(sheet.tasks, key=lambda item: -len(item.text))[:2]
    lines = " og ".join(str(item.line) for item in sorted(longest, key=lambda item: item.line))
    message = f"Arket »{sheet.title}« fylder mere end én side."
    return Finding(path, longest[0].line, "P33", message, f"Forkort de længste punkter, linje {lines}.")
