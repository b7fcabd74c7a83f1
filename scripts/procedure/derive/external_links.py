"""The addresses outside the site that its pages lead to, and how what they answered is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag

from procedure.danish import danish_date
from procedure.derive.addresses import resolve
from procedure.model import Procedure, remembered
from procedure.source.link_report import Answer, Asked
from procedure.source.page import Page

# How many are so, in a sentence.
_COUNTED = {
    Answer.WORKS: "virker",
    Answer.MOVED: "er flyttet",
    Answer.NOT_FOUND: "findes ikke",
    Answer.FAILED: "fejler",
    Answer.SILENT: "svarer ikke",
    Answer.REFUSED: "svarer ikke programmer",
    Answer.NOT_ASKED: "er ikke spurgt",
}
_SAID = {
    Answer.WORKS: "Virker.",
    Answer.MOVED: "Virker, men er flyttet.",
    Answer.NOT_FOUND: "Findes ikke.",
    Answer.FAILED: "Serveren fejlede.",
    Answer.SILENT: "Svarer ikke.",
    Answer.REFUSED: "Svarer ikke programmer. Se selv efter i en browser.",
    Answer.NOT_ASKED: "Er ikke spurgt: Det er ikke en adresse, som der kan spørges på.",
}
_NEW = "er nyt og ikke spurgt endnu", "er nye og ikke spurgt endnu"


@remembered
def external_links(procedure: Procedure) -> Mapping[str, Sequence[Page]]:
    """Return every web address that a page leads to, in order, each with the pages that do.

    A place on another's page is asked for with the page: what stands after "#" is sent to no server. An address that
    the contract makes a link where an instruction has it counts too.
    """
    found: dict[str, dict[str, Page]] = {}
    written = [address.text for address in procedure.sound_contract.addresses]
    for page in procedure.pages.values():
        targets = [link.target for link in page.links if resolve(page, link.target).scheme in ("http", "https")]
        said = [trace.text for trace in page.traces]
        said += [node.text for flow in page.flows for node in flow.nodes.values()]
        targets += [f"https://{address}" for address in written if any(address in text for text in said)]
        for target in targets:
            found.setdefault(urldefrag(target).url, {})[page.path] = page
    return {address: tuple(found[address].values()) for address in sorted(found)}


def answers(procedure: Procedure) -> Mapping[str, Asked | None]:
    """Return what each of the addresses answered when they were last asked; None for one that has come since."""
    report = procedure.link_report
    return {address: report.asked.get(address) if report else None for address in external_links(procedure)}


def summary(procedure: Procedure) -> str:
    """Return when the addresses were last asked, and how many work, in Danish."""
    known, report = answers(procedure), procedure.link_report
    if not known:
        return "Siden har ingen links ud af sig selv."
    links = f"{len(known)} {'adresse' if len(known) == 1 else 'adresser'} uden for siden."
    if report is None:
        return f"{links} Ingen har spurgt endnu, om de virker."
    counts = Counter(asked.answer if asked else None for asked in known.values())
    told = [f"{counts[answer]} {words}" for answer, words in _COUNTED.items() if counts[answer]]
    if new := counts[None]:
        told.append(f"{new} {_NEW[new > 1]}")
    return f"{links} Senest spurgt {danish_date(report.day)}: {', '.join(told)}."


def said_of(asked: Asked | None) -> str:
    """Return what an address answered, in Danish; None is one that has come since."""
    if asked is None:
        return "Er ikke spurgt endnu."
    since = f" Sådan har det været siden {danish_date(asked.since)}." if asked.since else ""
    return _SAID[asked.answer] + since
