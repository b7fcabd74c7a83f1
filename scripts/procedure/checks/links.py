"""L01–L16, L24, L30: every link leads to what is there, and says where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from procedure.checks.destinations import destination
from procedure.derive.addresses import Address
from procedure.derive.anchors import anchors, may_be_unread
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.contract import CONTRACT_PATH
from procedure.source.page import Link, LinkKind, Page
from procedure.words import Words

# A code, a message and a hint; the line is the link's.
_Fault = tuple[str, str, str]
_IMAGES = (LinkKind.IMAGE, LinkKind.HTML_IMAGE)
_MISSING = {LinkKind.IMAGE: "L03", LinkKind.HTML: "L04", LinkKind.HTML_IMAGE: "L04", LinkKind.CLICK: "F15"}
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?")
_MAILTO = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+(\?[^\s]*)?", re.ASCII)
_TEL = re.compile(r"tel:(\+[1-9][0-9]{7,14}|[0-9]{3,8})")
# A web address, a mail address or a number, as a reader sees it.
_WRITTEN_ADDRESS = re.compile(r"([\w.+-]+@)?[\w-]+(\.[\w-]+)*\.(dk|com|org|net|eu|uk)(/\S*)?|\d{3,8}")
_PLACEHOLDER = re.compile(r"\b(example\.(com|org|net|dk)|localhost|todo|xxx+|indsæt)\b", re.IGNORECASE)


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check every link, every id and every included section on the pages that could be read whole."""
    titles: dict[str, list[str]] = {}
    for page in procedure.pages.values():
        titles.setdefault(page.field("title"), []).append(page.path)
    for page in procedure.judged_pages:
        for link in page.links:
            yield from _check_link(procedure, page, link, titles)
        yield from _check_ids(procedure, page)
        yield from _check_includes(procedure, page)


def _check_link(procedure: Procedure, page: Page, link: Link, titles: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    faults = [
        fault
        for fault in (
            _text_fault(link),
            _target_fault(procedure, page, link),
            _other_address(procedure.words, link),
            _other_page(procedure, page, link, titles),
        )
        if fault
    ]
    for code, message, hint in faults:
        yield Finding(page.path, link.line, code, message, hint)


def _text_fault(link: Link) -> _Fault | None:
    if link.text.strip():
        return None
    if link.kind in _IMAGES:
        message = f"Billedet »{link.target}« har ingen tekst for dem, der ikke kan se det."
        return "L06", message, "Skriv, hvad billedet viser: ![tekst](billede.svg)."
    hint = "Skriv, hvor linket fører hen: [tekst](side.md)."
    return "L05", f"Linket til »{link.target}« har ingen tekst.", hint


def _other_address(words: Words, link: Link) -> _Fault | None:
    """Return a fault where the text is one address and the target another: a reader copies what they see."""
    text, target = (_bare(words, part) for part in (link.text, link.target))
    if not _WRITTEN_ADDRESS.fullmatch(text) or link.kind in _IMAGES or target.startswith(text):
        return None
    message = f"Linket »{link.text}« fører til en anden adresse: {link.target}."
    return "L24", message, "Skriv den adresse, linket fører til, eller skriv, hvad der er på siden."


def _other_page(procedure: Procedure, page: Page, link: Link, titles: Mapping[str, Sequence[str]]) -> _Fault | None:
    """Return a fault where the text is the title of one page and the link leads to another."""
    target, named = destination(procedure, page, link).path, titles.get(link.text, ())
    if not named or not link.target.strip() or target not in procedure.pages or target in named:
        return None
    message = f"Linket »{link.text}« har navnet på {named[0]}, men fører til {target}."
    return "L30", message, "Ret adressen, eller skriv navnet på den side, linket fører til."


def _bare(words: Words, address: str) -> str:
    """Return an address without what is not written when it is read aloud; a number as its digits."""
    code = re.escape(words.texts["phones.country_code"])
    address = re.sub(rf"^(https?://|mailto:|tel:({code})?)(www\.)?|^www\.", "", address.strip().lower()).rstrip("/")
    digits = words.digits(address)
    return digits if digits.isdecimal() else address


def _target_fault(procedure: Procedure, page: Page, link: Link) -> _Fault | None:
    if not link.target.strip():
        what = "Billedet" if link.kind in _IMAGES else "Linket"
        return "L05", f"{what} »{link.text}« har ingen adresse.", "Skriv adressen i parentesen, eller slet linket."
    if re.search(r"\s", link.target):
        return "L11", f"Adressen »{link.target}« har et mellemrum.", "Fjern mellemrummet."
    address = destination(procedure, page, link)
    if address.scheme:
        return _external_fault(procedure.words, address)
    fault = _internal_fault(procedure, page, link, address)
    if fault is None and _breaks_where_included(page, link):
        message = f"Linket »{link.target}« står i et afsnit, som andre sider viser, og vil ikke virke dér."
        return "L14", message, "Skriv det som ../mappe/fil.md."
    return fault


def _external_fault(words: Words, address: Address) -> _Fault | None:
    target = address.path
    match address.scheme:
        case "mailto" if not _MAILTO.fullmatch(target):
            return "L08", f"»{target}« er ikke en mailadresse.", "Skriv den som mailto:navn@kommunen.dk."
        case "tel" if not _TEL.fullmatch(target):
            hint = f"Skriv det som {words.phone_address(words.example_digits)}, uden mellemrum."
            return "L09", f"»{target}« er ikke et telefonnummer.", hint
        case "mailto" | "tel":
            return None
        case "http":
            return "L10", f"»{target}« er en usikker adresse (http).", "Skriv https i stedet for http."
        case "https" | "invalid":
            return _web_fault(target)
    hint = "Skriv et link inden for siden som ../mappe/fil.md og et link ud som https://…."
    return "L12", f"»{target}« kan ikke være et link her.", hint


def _web_fault(target: str) -> _Fault | None:
    host = re.sub(r"^[a-z]+://([^/?#]*).*", r"\1", target.lower(), flags=re.DOTALL)
    if not _HOST.fullmatch(host):
        return "L11", f"»{target}« er ikke en hel adresse.", "Skriv den, som den står i browserens adresselinje."
    if _PLACEHOLDER.search(target):
        return "L11", f"»{target}« er en pladsholder.", "Skriv den rigtige adresse, eller slet linket."
    return None


def _internal_fault(procedure: Procedure, page: Page, link: Link, address: Address) -> _Fault | None:
    missing_code = _MISSING.get(link.kind, "L01")
    path = address.path
    if path not in procedure.files:
        if path in procedure.expected_pages:
            return None
        twin = next((name for name in procedure.files if name.lower() == path.lower()), None)
        if twin:
            return (
                "L13",
                f"»{link.target}« er skrevet med andre store og små bogstaver end filen.",
                f"Filen hedder {twin}.",
            )
        message = f"»{link.target}« fører til {path}, som ikke findes."
        hint = "Ret adressen; den skrives fra den mappe, siden står i, og ender på .md, hvis den fører til en side."
        return missing_code, *(_no_page(link) or (message, hint))
    if address.fragment and path in procedure.pages and path not in procedure.damaged:
        target = procedure.pages[path]
        if CONTRACT_PATH in procedure.damaged and target.fences:
            return None  # what stands there is made from the contract
        ids = {anchor_id for anchor_id, _ in anchors(procedure, target)}
        ids |= _missing_steps(procedure, target)
        if address.fragment not in ids and not may_be_unread(procedure, address.fragment):
            code = missing_code if missing_code in ("L04", "F15") else "L02"
            where = "denne side" if target == page else target.path
            message = f"»{link.target}« fører til #{address.fragment}, som ikke findes på {where}."
            return code, message, "Ret det, der står efter #, til id'et i den overskrift, der menes: {#id}."
    return None


def _no_page(link: Link) -> tuple[str, str] | None:
    """Return what is wrong, and the mend, where what is written is meant as something else than a page of ours."""
    if link.text.startswith("^"):
        return f"»[{link.text}]« er en fodnote, og dem har siden ikke.", "Skriv noten i teksten, fx i parentes."
    if re.fullmatch(r"[^\s/@]+@[^\s/@]+", link.target):
        return f"»{link.target}« er en mailadresse uden »mailto:« foran.", f"Skriv den som mailto:{link.target}."
    if re.match(r"www\.|[\w.-]+\.(dk|com|org|net|eu|uk)(/|$)", link.target):
        return (
            f"»{link.target}« er en adresse ud af siden uden »https://« foran.",
            f"Skriv den som https://{link.target}.",
        )
    return None


def _missing_steps(procedure: Procedure, page: Page) -> set[str]:
    """Return the ids of the page's steps and sections, whose absence is a finding of its own (P05, P08)."""
    phase = procedure.sound_contract.phase(page.name) if page.folder == procedure.phases_folder else None
    sections = {procedure.words.text(f"sections.{name}.id") for name in ("steps", "diagram", "checklist", "next")}
    return {step.id for step in phase.steps} | sections if phase else set()


def _breaks_where_included(page: Page, link: Link) -> bool:
    inside = any(section.holds(link.line) for section in page.sections)
    return inside and re.fullmatch(r"\.\./[\w-]+/[\w.-]+(#[\w-]+)?", link.target) is None


def _check_ids(procedure: Procedure, page: Page) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for anchor_id, line in sorted(anchors(procedure, page), key=lambda anchor: anchor[1]):
        if anchor_id in first:
            message = f"Id'et »{anchor_id}« står to gange på siden (første gang i linje {first[anchor_id]})."
            yield Finding(page.path, line, "L15", message, "Giv det ene et andet id; links kan kun føre til ét sted.")
        first.setdefault(anchor_id, line)


def _check_includes(procedure: Procedure, page: Page) -> Iterator[Finding]:
    for include in page.includes:
        path = f"docs/{include.path}"
        source = procedure.pages.get(path)
        if source is None:
            if path not in procedure.expected_pages:
                message = f"Linjen henter tekst fra {path}, som ikke findes."
                yield Finding(page.path, include.line, "L16", message, 'Skriv den som --8<-- "mappe/fil.md:afsnit".')
        elif path not in procedure.damaged and source.section(include.section) is None:
            names = ", ".join(section.name for section in source.sections) or "ingen"
            message = f"Afsnittet »{include.section}« findes ikke i {path}."
            yield Finding(page.path, include.line, "L16", message, f"Afsnittene dér er: {names}.")
