"""C01–C13, P19, P20, P28, P29: each page's front matter, headings, wording and place in the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from procedure.derive.status import confirmation_due, interval, review_due
from procedure.findings import Finding, Severity
from procedure.model import Procedure
from procedure.source.config import CONFIG_PATH
from procedure.source.contract import CONTRACT_PATH
from procedure.source.page import Page
from procedure.source.text import read_date
from procedure.source.yaml_reader import compare_keys

_FIELDS = ("title", "description", "owner", "review_in")
_OPTIONAL_FIELDS = ("written", "hide", "search")
# A day that something was done on the page, by its field.
_DONE = {"last_reviewed": "gennemgået", "written": "skrevet", "tried": "afprøvet"}
# Whoever is to review a page, or call a contact, hears of it so long before it is late.
_NOTICE = timedelta(days=30)


def check(procedure: Procedure, today: date) -> Iterator[Finding]:
    """Check every page that could be read whole, the navigation, and how old the contacts are."""
    for page in procedure.judged_pages:
        if page.path not in procedure.spoilt_fronts:
            yield from _check_front_matter(procedure, page, today)
        yield from _check_headings(page)
    yield from _check_wording(procedure)
    if CONFIG_PATH not in procedure.damaged:
        yield from _check_navigation(procedure)
    yield from _check_contacts(procedure, today)


def _check_front_matter(procedure: Procedure, page: Page, today: date) -> Iterator[Finding]:
    required = (*(("phase",) if page.folder == procedure.phases_folder else ()), *_FIELDS, _day_field(page))
    own = ("tried",) if page.folder == procedure.checklists_folder and page.name != "index" else ()
    missing, unknown = compare_keys(page.front, required, (*required, *_OPTIONAL_FIELDS, *own))
    if missing:
        names = ", ".join(f"»{key}«" for key in missing)
        hint = "Skriv hver som en linje, fx »owner: …«, mellem to linjer med --- øverst på siden."
        if "last_reviewed" in missing:
            hint += " Har ingen gennemgået siden, skrives »written: …« i stedet for »last_reviewed: …«."
        yield Finding(page.path, page.front_line, "P19", f"Sidens forreste del mangler {names}.", hint)
    for key in required:
        if key in page.front and not page.field(key).strip():
            message = f"»{key}« har ingen tekst."
            yield Finding(page.path, page.field_line(key), "P19", message, f"Skriv en tekst efter »{key}:«.")
    for key, hint in unknown.items():
        message = f"»{key}« kendes ikke i sidens forreste del."
        yield Finding(page.path, page.field_line(key), "P20", message, hint)
    yield from _check_review(procedure, page, today)
    if own:
        yield from _check_day(page, "tried", today)


def _day_field(page: Page) -> str:
    """Return which day the page gives: when it was last reviewed, or when it was written where nobody has reviewed it."""
    return "written" if "written" in page.front and "last_reviewed" not in page.front else "last_reviewed"


def _check_review(procedure: Procedure, page: Page, today: date) -> Iterator[Finding]:
    key = _day_field(page)
    yield from _check_day(page, key, today)
    if page.field("review_in") and interval(procedure, page) is None:
        message = f"»{page.field('review_in')}« er ikke et antal måneder."
        yield Finding(
            page.path,
            page.field_line("review_in"),
            "C03",
            message,
            f"Skriv det som »{procedure.words.count('status.months', 12)}«.",
        )
    day, due = read_date(page.field(key)), review_due(procedure, page)
    if day and due and day <= today and due - today <= _NOTICE:
        late = f"skulle være gennemgået senest {due}"
        message = f"Siden {late if due < today else f'skal gennemgås senest {due}, {_in_days((due - today).days)}'}."
        hint = "Læs siden igennem, ret den, og skriv dagen i »last_reviewed«."
        yield Finding(page.path, page.field_line(key), "C08", message, hint, Severity.WARNING)


def _check_day(page: Page, key: str, today: date) -> Iterator[Finding]:
    """Check that what the field says, if it is there, is a day that has been."""
    day, line = read_date(page.field(key)), page.field_line(key)
    if page.field(key) and day is None:
        yield Finding(page.path, line, "C03", f"»{page.field(key)}« er ikke en dato.", "Skriv dagen som 2026-11-22.")
    elif day and day > today:
        message = f"Siden er {_DONE[key]} {day}, og det er i fremtiden."
        yield Finding(page.path, line, "C04", message, f"Skriv den dag, siden sidst blev {_DONE[key]}.")


def _check_headings(page: Page) -> Iterator[Finding]:
    level = 1
    for heading in page.headings:
        if heading.id is None:
            message = f"Overskriften »{heading.text}« har intet id."
            yield Finding(page.path, heading.line, "C01", message, "Skriv et id efter den: {#kort-navn}.")
        elif not heading.has_sound_id:
            message = f"Id'et »{heading.id}« har andet end a–z, tal og bindestreg."
            yield Finding(
                page.path, heading.line, "C02", message, "Skriv æ, ø og å som ae, oe og aa, og brug små bogstaver."
            )
        if heading.level == 1:
            message = f"»{heading.text}« er skrevet som sidens titel."
            yield Finding(
                page.path, heading.line, "C13", message, "Titlen står i »title« øverst; begynd overskrifter med ##."
            )
        elif heading.level > level + 1:
            message = f"Overskriften »{heading.text}« springer et niveau over."
            yield Finding(page.path, heading.line, "C13", message, f"Begynd den med {'#' * (level + 1)}.")
        level = max(heading.level, 1)


def _check_wording(procedure: Procedure) -> Iterator[Finding]:
    for banned in procedure.sound_contract.banned_words:
        if not banned.word:
            continue
        for page in procedure.judged_pages:
            for number, line in enumerate(page.lines, start=1):
                if banned.word.lower() in line.lower():
                    message = f"Linjen har »{banned.word}«, som ikke bruges her."
                    yield Finding(page.path, number, "C07", message, f"Skriv »{banned.instead}« i stedet.")


def _check_navigation(procedure: Procedure) -> Iterator[Finding]:
    missing = {entry.path for entry in procedure.nav} - procedure.pages.keys() - procedure.expected_pages
    first: dict[str, int] = {}
    for entry in procedure.nav:
        if entry.path in missing:
            message = f"Menuen har {entry.path}, som ikke findes."
            yield Finding(CONFIG_PATH, entry.line, "P29", message, "Ret linjen under »nav«, eller slet den.")
        elif entry.path in first:
            message = f"Menuen har {entry.path} to gange (første gang i linje {first[entry.path]})."
            yield Finding(CONFIG_PATH, entry.line, "P29", message, "Slet den ene linje.")
        first.setdefault(entry.path, entry.line)
    # A line that leads to no page may be the misspelt one of the page without a line.
    for path, page in procedure.pages.items() if not missing else ():
        if path not in first and not procedure.is_stray(page):
            message = "Siden er ikke i menuen, så ingen kan finde den."
            yield Finding(path, 1, "P28", message, f"Tilføj den under »nav« i {CONFIG_PATH}.")


def _check_contacts(procedure: Procedure, today: date) -> Iterator[Finding]:
    hint = "Ring eller skriv, og skriv dagen i »confirmed«, når rækken passer."
    for contact in procedure.sound_contract.numbers:
        line, day = contact.confirmed_line, contact.confirmed
        if contact.never_confirmed:
            message = f"Kontakten »{contact.name}« er aldrig bekræftet."
            yield Finding(CONTRACT_PATH, line, "C09", message, hint, Severity.WARNING)
        elif day is None and not contact.confirmed_text:
            continue  # a field that is missing is a fault of its own (P30)
        elif day is None:
            message = f"»{contact.confirmed_text}« er ikke en dato."
            yield Finding(CONTRACT_PATH, line, "C03", message, "Skriv dagen som 2026-11-22, eller »ukendt«.")
        elif day > today:
            message = f"Kontakten »{contact.name}« er bekræftet {day}, og det er i fremtiden."
            yield Finding(CONTRACT_PATH, line, "C04", message, "Skriv den dag, rækken sidst blev bekræftet.")
        elif (due := confirmation_due(contact)) and due - today <= _NOTICE:
            soon = f"og skal bekræftes igen senest {due}, {_in_days((due - today).days)}"
            message = f"Kontakten »{contact.name}« er senest bekræftet {day}"
            message += ", for over et år siden." if due < today else f" {soon}."
            yield Finding(CONTRACT_PATH, line, "C10", message, hint, Severity.WARNING)


def _in_days(days: int) -> str:
    """Return how long there is to a day that is not past (`om 9 dage`)."""
    return f"om {days} dage" if days > 1 else ("i morgen" if days else "i dag")
