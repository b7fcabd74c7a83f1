"""Ready sheets as PDF: one A4 page each, tagged, and the same bytes for the same sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import font_source_sans_pro
import typst

from procedure.derive.edition import contact_line
from procedure.derive.imprint import Imprint
from procedure.derive.qr import qr_code
from procedure.derive.sheet_items import Item
from procedure.derive.sheets import Sheet, sheets
from procedure.model import Procedure
from procedure.phrases import contact_state
from procedure.words import Words

_SHEET = Path(__file__).with_name("sheet.typ")
_TRIAL_FORM = Path(__file__).with_name("trial.typ")
# What the templates say, by their own names and those among the words.
_SHEET_WORDS = {
    "tick": "names.tick", "done-by": "sheet.done_by", "day": "sheet.day", "contacts": "contacts.whom", "done": "sheet.done", "renewed": "sheet.renewed",
}  # fmt: skip
_TRIAL_WORDS = (
    "how", "sheet", "edition", "day", "who", "situation", "time", "first_begun", "last_reached", "item_by_item",
    "seconds", "what_went_wrong", "what_was_missing", "when_tried",
)  # fmt: skip
# What Typst says of a text that the typeface cannot show: it names each, and writes some as `\u{200d}`.
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# The sheets' typeface alone, read once, so that no machine's own fonts take part.
_FONTS = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(font_source_sans_pro.font_directory)]
)


class PaperError(Exception):
    """Raised where Typst cannot make the sheet: the message says why.

    `lacking` are the characters that the typeface does not have, where that is why.
    """

    def __init__(self, message: str, lacking: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.lacking = lacking


def make_pdf(words: Words, parts: Sequence[tuple[Sheet, Imprint]], title: str) -> tuple[bytes, int]:
    """Return the sheets as one PDF/UA-1 and its number of pages. Raises `PaperError`, also for a mere warning."""
    data = {
        "title": title,
        "language": words.language,
        "words": {name: words.text(key) for name, key in _SHEET_WORDS.items()},
        "sheets": [_data(words, *part) for part in parts],
    }
    return _compiled(_SHEET, data)


def make_trial_form(procedure: Procedure) -> tuple[bytes, int]:
    """Return the form to try a sheet with as one PDF/UA-1 and its number of pages. Raises as `make_pdf` does."""
    every, words = sheets(procedure), procedure.words
    data = {
        "title": words.text("trial.title"),
        "language": words.language,
        "words": {"tick": words.text("names.tick"), **{name: words.text(f"trial.{name}") for name in _TRIAL_WORDS}},
        "sender": procedure.site.sender,
        "site": procedure.site.name,
        "sheets": [sheet.title for sheet in every],
        "items": max((len(sheet.tasks) for sheet in every), default=1),
    }
    return _compiled(_TRIAL_FORM, data)


def _compiled(template: Path, data: Mapping[str, object]) -> tuple[bytes, int]:
    written = json.dumps(data, ensure_ascii=False)
    compiler = typst.Compiler(template, root=template.parent, font_paths=_FONTS, sys_inputs={"data": written})
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
        assert isinstance(pdf, bytes)
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
    except typst.TypstError as error:
        raise PaperError(error.message, _lacking(error.diagnostic)) from error
    if warnings:
        raise PaperError(warnings[0].message)
    return pdf, int(pages)


def _lacking(diagnostic: str) -> tuple[str, ...]:
    texts = dict.fromkeys(_LACKING.findall(diagnostic))
    return tuple(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) for text in texts)


def _data(words: Words, sheet: Sheet, imprint: Imprint) -> dict[str, object]:
    renewed = frozenset(imprint.last_change.items(words, sheet)) if imprint.last_change else frozenset()
    lines = imprint.last_change.lines if imprint.last_change else frozenset()
    set_item = partial(_item, words, imprint, renewed)
    return {
        "title": sheet.title,
        "owner": words.text("status.owner", owner=sheet.owner),
        "status": imprint.status,
        "place": sheet.place,
        "begins": sheet.begins,
        "done": [end.whole for end in sheet.done],
        "sender": imprint.sender,
        "site": imprint.site,
        "lead": [*map(set_item, sheet.lead)],
        "answers": words.lists["sheet.answers"],
        "tasks": [*map(set_item, sheet.tasks)],
        "boxes": [
            {
                "name": box.name,
                "title": box.title,
                "items": [*map(set_item, box.items)],
                "notes": [*map(set_item, box.notes)],
            }
            for box in sheet.boxes
        ],
        "added": {
            "title": words.text("supplement.awaiting"),
            "items": [{"text": line, "renewed": line in lines} for line in sheet.added],
        },
        "contacts": [
            {
                "name": contact.name,
                "role": contact.role,
                "phone": words.phone_number(contact.phone),
                "calls": words.phone_address(contact.phone),
                "mail": contact.mail,
                "renewed": contact_line(contact) in lines,
            }
            for contact in sheet.contacts
        ],
        "doubt": sheet.doubt,
        "contact-state": contact_state(words, sheet.contacts),
        "own-contacts": sheet.own_contacts,
        "address": imprint.address,
        "caption": words.text("sheet.qr_caption"),
        "qr-name": words.text("names.qr", address=imprint.address),
        "qr": qr_code(imprint.code_address) if imprint.code_address else None,
    }


def _item(words: Words, imprint: Imprint, renewed: frozenset[Item], item: Item) -> dict[str, object]:
    runs = [{"text": run.text, "bold": run.bold, "address": _full(run.address, imprint)} for run in item.runs]
    calls = [
        {
            "name": call.name,
            "phone": words.text("contacts.call", number=words.phone_number(call.phone)),
            "calls": words.phone_address(call.phone),
        }
        for call in item.calls
    ]
    return {
        "runs": runs,
        "signed": item.signed,
        "question": item.is_question,
        "calls": calls,
        "renewed": item in renewed,
    }


def _full(address: str, imprint: Imprint) -> str:
    """Return an address in full: paper is read away from the site, and without its address leads nowhere there."""
    if not address.startswith("/"):
        return address
    return f"{imprint.root}{address.removeprefix('/')}" if imprint.root else ""
