"""The guide as page elements: one section for each screen, and plain links between them.

CSS shows one section at a time and needs no JavaScript. Without CSS the page reads as a text.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.drawing import draw
from procedure.blocks.markup import add
from procedure.derive.addresses import href, resolve
from procedure.derive.guide import Screen, node_address, phase_flows, screens
from procedure.derive.routes import last_choice
from procedure.model import CHECKLISTS_FOLDER, CONTACT_PAGE, PHASES_FOLDER, Procedure
from procedure.source.contract import Requirement
from procedure.source.flow import Kind, Node


def guide(procedure: Procedure, folder: str, *, in_browser: bool = False) -> Element:
    """Return the guide for a page in `folder`: the screens, and each phase's drawing for the script to show.

    Where drawings are made in the browser, the guide has none: Mermaid cannot draw what is hidden.
    """
    element = Element("div", {"class": "guide"})
    every = screens(procedure)
    for screen in every:
        _add_screen(element, procedure, screen, folder, first=every[0])
    drawings = add(element, "div", class_="guide-drawings", hidden="hidden")
    for phase, flow in () if in_browser else phase_flows(procedure):
        drawing = add(drawings, "details", class_="guide-drawing", open="open", **{"data-flow": flow.id})
        add(drawing, "summary", f"Diagram: {phase.heading}")
        frame = add(drawing, "div", class_="flow-frame", tabindex="0", role="region")
        frame.set("aria-label", f"Diagram: {phase.heading}")
        svg = draw(flow)
        for link in svg.iter("a"):
            link.set("href", f"#{node_address(flow, str(link.get('id')).removeprefix(f'd-{flow.id}-'))}")
        frame.append(svg)
    return element


def _add_screen(parent: Element, procedure: Procedure, screen: Screen, folder: str, first: Screen) -> None:
    closing = screen.closing
    section = add(parent, "section", class_="guide-screen", id_=screen.id)
    section.set("data-node", f"{screen.flow.id}.{closing.id}")
    section.set("data-kind", screen.kind.value)
    _add_phase_name(section, screen)
    steps = [node for node in screen.nodes if screen.flow.kind(node) is Kind.STEP]
    if steps:
        add(section, "h2", "Det siger proceduren", id_=f"{screen.id}--trin", class_="guide-lead")
        instructions = add(section, "ul", class_="guide-steps")
        for node in steps:
            _add_step(instructions, screen, node)
    if screen.kind is Kind.END:
        _add_end(section, procedure, screen)
    elif screen.kind is Kind.QUESTION:
        add(section, "h2", closing.text, id_=f"{screen.id}--valg", class_="guide-question")
    _add_ways(section, screen)
    _add_links(section, procedure, screen, folder)
    _add_doubt(section, procedure, screen, folder)
    if screen is not first:
        add(add(section, "p", class_="guide-restart"), "a", "Start forfra", href=f"#{first.id}")


def _add_phase_name(section: Element, screen: Screen) -> None:
    start = screen.nodes[0]
    if screen.flow.kind(start) is Kind.START:
        add(section, "p", start.text, class_="guide-phase", id_=node_address(screen.flow, start.id))
    else:
        add(section, "p", f"Fase {screen.phase.number}: {screen.phase.title}", class_="guide-phase")


def _add_step(instructions: Element, screen: Screen, node: Node) -> None:
    item = add(instructions, "li", f"{node.text} ")
    if node is not screen.closing:
        item.set("id", node_address(screen.flow, node.id))
    traced = [requirement for requirement in screen.phase.requirements if requirement.id in node.requirements]
    concerned = list(dict.fromkeys(who for requirement in traced for who in requirement.concerns))
    if concerned:
        add(item, "small", f"Gælder: {', '.join(concerned)}", class_="guide-concerns")


def _add_ways(section: Element, screen: Screen) -> None:
    if not screen.ways:
        return
    answers = add(section, "ul", class_="guide-ways")
    for number, way in enumerate(screen.ways, start=1):
        text = way.answer or ("Gå til næste fase" if screen.kind is Kind.END else "Fortsæt")
        link = add(add(answers, "li"), "a", text, href=f"#{way.target}")
        link.set("data-answer", f"{screen.id}.{number}")


def _add_end(section: Element, procedure: Procedure, screen: Screen) -> None:
    """Say what was decided, and what the source does not say of it."""
    end, phase = screen.closing, screen.phase
    add(section, "h2", end.text, id_=f"{screen.id}--slut", class_="guide-end")
    choice = last_choice(screen.flow, end)
    if choice:
        add(section, "p", f"Det er afgjort: {choice.node.text} {choice.answer}.", class_="guide-decided")
    if choice and len(phase.following) > 1 and screen.ways:
        others = " og ".join(other.heading for other in procedure.contract.phases if other.id in phase.following)
        ask = procedure.contract.contacts[0].name
        silence = f"Proceduren siger ikke, om en sag kan høre til både {others}. Spørg {ask}."
        add(section, "p", silence, class_="guide-silent")


def _add_links(section: Element, procedure: Procedure, screen: Screen, folder: str) -> None:
    """Lead to the exact places on the phase page, to the screen's place in the diagram, and from an end further."""
    page, phase = procedure.pages[screen.flow.path], screen.phase
    headings = {heading.id: heading.text for heading in page.headings}
    fragments = [resolve(page, node.target).fragment for node in screen.nodes if node.target]
    links = [
        (f"Læs mere: {headings[fragment]}", href(folder, page.path, fragment))
        for fragment in dict.fromkeys(fragments)
        if fragment in headings
    ]
    links.append(("Vis i diagrammet", href(folder, page.path, f"d-{screen.flow.id}-{screen.closing.id}")))
    if screen.kind is Kind.END:
        links += [
            (f"Læs hele fase {phase.number}: {phase.title}", href(folder, page.path)),
            (f"Tjekliste til fase {phase.number}", href(folder, f"{CHECKLISTS_FOLDER}/{phase.id}.md")),
            ("Hvem du kan kontakte", href(folder, CONTACT_PAGE)),
        ]
    items = add(section, "ul", class_="guide-links")
    for text, address in links:
        add(add(items, "li"), "a", text, href=address)


def _add_doubt(section: Element, procedure: Procedure, screen: Screen, folder: str) -> None:
    known = procedure.contract.requirements
    special: dict[str, Requirement] = {r.in_doubt: known[r.in_doubt] for r in screen.requirements if r.in_doubt}
    for requirement in special.values():
        line = add(section, "p", class_="guide-doubt")
        address = href(folder, f"{PHASES_FOLDER}/{requirement.phase}.md", requirement.step)
        add(line, "a", requirement.text, href=address)
    line = add(section, "p", class_="guide-doubt")
    question = "Ellers i tvivl?" if special else "I tvivl?"
    add(line, "a", f"{question} Kontakt {procedure.contract.contacts[0].name}", href=href(folder, CONTACT_PAGE))
