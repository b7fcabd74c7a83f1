"""The addresses outside the site that its pages lead to, and how what they answered is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag

from procedure.derive.addresses import resolve
from procedure.model import Procedure, remembered
from procedure.source.link_report import Answer, Asked
from procedure.source.page import Page
from procedure.words import Words


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
    """Return when the addresses were last asked, and how many work."""
    known, report, words = answers(procedure), procedure.link_report, procedure.words
    if not known:
        return words.text("outside.none")
    links = words.count("outside.count", len(known))
    if report is None:
        return f"{links} {words.text('outside.never_asked')}"
    counts = Counter(asked.answer if asked else None for asked in known.values())
    told = [words.text(f"outside.counted.{_key(answer)}", count=counts[answer]) for answer in Answer if counts[answer]]
    if new := counts[None]:
        told.append(words.count("outside.counted.new", new))
    return f"{links} {words.text('outside.asked', day=words.day(report.day), counts=', '.join(told))}"


def said_of(words: Words, asked: Asked | None) -> str:
    """Return what an address answered; None is one that has come since."""
    if asked is None:
        return words.text("outside.said.new")
    since = f" {words.text('outside.since', day=words.day(asked.since))}" if asked.since else ""
    return f"{words.text(f'outside.said.{_key(asked.answer)}')}{since}"


def _key(answer: Answer) -> str:
    return answer.name.lower()
