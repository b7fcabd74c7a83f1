"""The sheets as PDF, one by one and all in one, and the form to try a sheet with."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from procedure.derive.imprint import imprint
from procedure.derive.published import all_sheets_address, file_at, sheet_address, trial_form_address
from procedure.derive.sheets import Sheet, sheets
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.outputs.pdf import PaperError, make_pdf, make_trial_form
from procedure.source.config import CONFIG_PATH
from procedure.source.contract import CONTRACT_PATH
from procedure.source.edition import APPROVED_LINE


def sheet_files(procedure: Procedure, _: Path) -> frozenset[str]:
    """Return the files of the PDFs, from the site's root."""
    words = procedure.words
    own = map(sheet_address, sheets(procedure))
    return frozenset(map(file_at, (all_sheets_address(words), trial_form_address(words), *own)))


def write_sheets(procedure: Procedure, site_dir: Path) -> set[Finding]:
    """Write the PDFs into a built site.

    A sheet of more than one page (P33), or one that Typst will not make (S09), is a finding.
    """
    every = [(sheet, imprint(procedure, sheet)) for sheet in sheets(procedure)]
    findings: set[Finding] = set()
    words = procedure.words
    # Typst works beside the interpreter, so that several are made at once.
    with ThreadPoolExecutor() as workers:
        each = [(sheet, workers.submit(make_pdf, procedure.words, [(sheet, own)], sheet.title)) for sheet, own in every]
        whole = workers.submit(
            make_pdf, procedure.words, every, procedure.words.text("sheet.all", site=procedure.site.name)
        )
        form = workers.submit(make_trial_form, procedure)
    for sheet, made in each:
        try:
            pdf, pages = made.result()
        except PaperError as error:
            findings.update(_not_made(procedure, sheet, error))
            continue
        if pages > 1:
            findings.add(_too_long(sheet))
        (site_dir / file_at(sheet_address(sheet))).write_bytes(pdf)
    if not findings:
        for address, made in ((all_sheets_address(words), whole), (trial_form_address(words), form)):
            (site_dir / file_at(address)).write_bytes(made.result()[0])
    return findings


def _too_long(sheet: Sheet) -> Finding:
    longest = sorted(sheet.items, key=lambda item: -len(item.text))[:2]
    places = " og ".join(f"{item.path}:{item.line}" for item in sorted(longest, key=lambda i: (i.path, i.line)))
    message = f"Arket »{sheet.title}« fylder mere end én side."
    return Finding(longest[0].path, longest[0].line, "P33", message, f"Forkort de længste punkter: {places}.")


def _not_made(procedure: Procedure, sheet: Sheet, error: PaperError) -> Iterator[Finding]:
    """Yield a finding for each text with characters that the typeface lacks, or for whatever else Typst says."""
    found = False
    for path, line, text in _texts(procedure, sheet):
        lacking = [character for character in error.lacking if character in text]
        if lacking:
            found = True
            what = f"Tegnet »{lacking[0]}«" if len(lacking) == 1 else f"Tegnene »{'«, »'.join(lacking)}«"
            message = f"{what} findes ikke i arkenes skrift og kan ikke trykkes."
            yield Finding(path, line, "S09", message, "Skriv det med bogstaver.")
    if not found:
        message = f"Arket »{sheet.title}« kan ikke laves som PDF: {error}"
        yield Finding(sheet.path, 1, "S09", message, "Ret det sted på arket, som Typst nævner.")


def _texts(procedure: Procedure, sheet: Sheet) -> Iterator[tuple[str, int, str]]:
    """Yield every text on the sheet, and where it is written."""
    page = procedure.pages[sheet.path]
    yield sheet.path, page.field_line("title"), sheet.title
    yield sheet.path, page.field_line("owner"), sheet.owner
    yield CONFIG_PATH, 1, f"{procedure.site.sender} {procedure.site.name}"
    for edition in procedure.editions:
        if edition.approval:
            yield edition.path, APPROVED_LINE, edition.approval.by
    for contact in sheet.contacts:
        yield CONTRACT_PATH, contact.line, f"{contact.name} {contact.role} {contact.mail}"
    for box in sheet.boxes:
        first = next(iter((*box.items, *box.notes)))
        yield first.path, first.line, box.title
    for item in sheet.items:
        yield item.path, item.line, item.text
