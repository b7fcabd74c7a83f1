"""The guide as page elements: one section for each screen, and plain links between them.

CSS shows one section at a time and needs no JavaScript. Without CSS the page reads as a text.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from procedure.blocks.calls import call_list
from procedure.blocks.guide_side import record, side
from procedure.blocks.markup import add, add_linked
from procedure.blocks.spine import spine
from procedure.derive.addresses import href, resolve
from procedure.derive.calls import calls
from procedure.derive.guide import Caution, Screen, answer_address, caution, decides_phase, node_address, screens
from procedure.derive.routes import last_choice
from procedure.derive.shared_addresses import shared_addresses
from procedure.model import Procedure
from procedure.phrases import both_may_apply, phase_label
from procedure.source.contract import Phase
from procedure.source.flow import Kind
from procedure.words import Words

# What guide.js says, each in an attribute of its name.
_FOR_SCRIPT = ("answers", "back", "change", "change_answer", "unknown_answer", "your_answer")


def guide(procedure: Procedure, folder: str, *, in_browser: bool = False) -> Element:
    """Return the guide for a page in `folder`: the screens, and what scripts show beside them and on paper."""
    element = Element("div", {"class": "guide"})
    for name in _FOR_SCRIPT:
        element.set(f"data-{name.replace('_', '-')}", procedure.words.texts[f"guide.{name}"])
    every, block = screens(procedure), caution(procedure)
    shared = shared_addresses(every)
    for screen in every:
        section = _add_screen(element, procedure, screen, folder, first=every[0], block=block)
        if screen is not every[0]:
            _add_ways_back(section, procedure.words, screen, every)
        places = Element("div")
        for address in (*screen.passed, *shared[screen.id]):
            add(places, "span", id_=address)
        section.insert(0, places)
    element.append(side(procedure, in_browser=in_browser))
    element.append(record(procedure, block))
    return element


def _add_screen(
    parent: Element, procedure: Procedure, screen: Screen, folder: str, *, first: Screen, block: Caution | None
) -> Element:
    closing, addresses, words = screen.closing, procedure.contract.addresses, procedure.words
    section = add(parent, "section", class_="guide-screen", id_=screen.id)
    section.set("data-node", f"{screen.flow.id}.{closing.id}")
    section.set("data-kind", screen.kind.value)
    section.append(spine(procedure, screen.phase, folder))
    # What stands before the question, in order: its heading is described by it, for whoever hears only that.
    before = [_add_phase_name(section, words, screen), *_add_answer_given(section, words, screen)]
    for node in screen.nodes:
        if node.completes:
            before.append(add(section, "h2", node.text, id_=f"{screen.id}--completion", class_="guide-completion"))
            add(section, "p", words.text("diagram.completion"), class_="guide-own")
            _add_calls(section, procedure, node.completes, folder)
    steps = [node for node in screen.nodes if screen.flow.kind(node) is Kind.STEP and not node.completes]
    if steps:
        before.append(add(section, "h2", words.text("guide.says"), id_=f"{screen.id}--steps", class_="guide-lead"))
        instructions = add(section, "ul", class_="guide-steps")
        for number, node in enumerate(steps, start=1):
            item = add(instructions, "li")
            if node is not closing:
                item.set("id", node_address(screen.flow, node.id))
            before.append(add_linked(item, "span", node.text, addresses, id_=f"{screen.id}--step-{number}"))
            _add_calls(item, procedure, node.requirements, folder)
    if screen.kind is Kind.END:
        add(section, "h2", closing.text, id_=f"{screen.id}--end", class_="guide-end")
    elif screen.kind is Kind.QUESTION:
        question = add(section, "h2", closing.text, id_=f"{screen.id}--question", class_="guide-question")
        question.set("aria-describedby", " ".join(str(element.get("id")) for element in before))
    _add_what_is_left_open(section, procedure, screen)
    _add_ways(section, procedure, screen)
    _add_caution(section, procedure, block, folder, in_view=screen is first)
    if screen.kind is Kind.QUESTION:
        _add_calls(section, procedure, closing.requirements, folder)
    _add_links(section, procedure, screen, folder)
    lead = procedure.contract.lead
    if lead:
        doubtful = "guide.in_doubt_else" if screen is first and block else "guide.in_doubt"
        doubt = add(section, "p", class_="guide-doubt")
        add(doubt, "a", words.text(doubtful, name=lead.name), href=href(folder, procedure.roles.contacts))
    return section


def _add_phase_name(section: Element, words: Words, screen: Screen) -> Element:
    start = screen.nodes[0]
    if screen.flow.kind(start) is Kind.START:
        return add(section, "p", start.text, class_="guide-phase", id_=node_address(screen.flow, start.id))
    return add(section, "p", phase_label(words, screen.phase), class_="guide-phase", id_=f"{screen.id}--phase")


def _add_answer_given(section: Element, words: Words, screen: Screen) -> list[Element]:
    """Say which answer leads here, where only one does: a step may lack the condition that was asked."""
    choice = last_choice(screen.flow, screen.nodes[0])
    if choice is None:
        return []
    said = words.text("guide.answered", question=choice.node.text, answer=choice.answer)
    return [add(section, "p", said, class_="guide-answered", id_=f"{screen.id}--given")]


def _add_calls(parent: Element, procedure: Procedure, requirements: tuple[str, ...], folder: str) -> None:
    if every := calls(procedure, requirements):
        parent.append(call_list(procedure, every, folder))


def _add_ways(section: Element, procedure: Procedure, screen: Screen) -> None:
    if not screen.ways:
        return
    group = add(section, "div")
    if screen.kind is Kind.QUESTION:
        group.set("role", "group")
        group.set("aria-labelledby", f"{screen.id}--question")
    ways = add(group, "ul", class_="guide-ways")
    following, words = _phase_after(procedure, screen), procedure.words
    onward = words.text("phases.go_to", number=following.number) if following else words.text("guide.go_on")
    for way in screen.ways:
        link = add(add(ways, "li"), "a", href=f"#{way.target}")
        link.set("data-answer", answer_address(screen.id, way.name) if way.name else screen.id)
        add(link, "span", way.answer or (way.past.text if way.past else onward))
        if way.answer and way.past:
            add(link, "small", way.past.text)


def _phase_after(procedure: Procedure, screen: Screen) -> Phase | None:
    """Return the phase that an end leads to, or None where the screen closes otherwise."""
    if screen.kind is not Kind.END or screen.closing.target is None:
        return None
    page = procedure.pages[screen.flow.path]
    goal = procedure.pages.get(resolve(page, screen.closing.target).path)
    return procedure.contract.phase(goal.name) if goal and goal.folder == procedure.phases_folder else None


def _add_what_is_left_open(section: Element, procedure: Procedure, screen: Screen) -> None:
    """Say what the source leaves open of the phases that this question, or the answer before this end, decides between."""
    following = [phase for phase in procedure.contract.phases if phase.id in screen.phase.following]
    if len(following) > 1 and screen.ways and decides_phase(screen):
        add(section, "p", both_may_apply(procedure.words, following), class_="guide-silent")


def _add_caution(section: Element, procedure: Procedure, block: Caution | None, folder: str, *, in_view: bool) -> None:
    """Add what must never be done: in full, or one tap away."""
    if block is None:
        return
    box = add(section, "div" if in_view else "details", class_="admonition danger" if in_view else "guide-caution")
    add(box, "p" if in_view else "summary", block.title, **({"class_": "admonition-title"} if in_view else {}))
    items = add(box, "ul")
    for trace in block.traces:
        item = add(items, "li")
        add_linked(item, "span", trace.text, procedure.contract.addresses)
        _add_calls(item, procedure, trace.requirements, folder)


def _add_ways_back(section: Element, words: Words, screen: Screen, every: tuple[Screen, ...]) -> None:
    """Lead to the screen before, where there is only one that leads here, and to the first."""
    back = add(section, "p", class_="guide-back")
    before = [other for other in every if any(way.target == screen.id for way in other.ways)]
    if len(before) == 1:
        add(back, "a", words.text("guide.back"), href=f"#{before[0].id}")
    add(back, "a", words.text("guide.restart"), href=f"#{every[0].id}", class_="guide-restart")


def _add_links(section: Element, procedure: Procedure, screen: Screen, folder: str) -> None:
    """Lead to the exact places on the phase page, to the screen's place in the diagram, and from an end further."""
    page, phase, words = procedure.pages[screen.flow.path], screen.phase, procedure.words
    headings = {heading.id: heading.text for heading in page.headings}
    fragments = [resolve(page, node.target).fragment for node in screen.nodes if node.target]
    links = [
        (words.text("diagram.read_step", heading=headings[fragment]), href(folder, page.path, fragment))
        for fragment in dict.fromkeys(fragments)
        if fragment in headings
    ]
    links.append((words.text("guide.in_diagram"), href(folder, page.path, f"d-{screen.flow.id}-{screen.closing.id}")))
    if screen.kind is Kind.END:
        links += [
            (words.text("phases.read", number=phase.number, title=phase.title), href(folder, page.path)),
            (words.text("phases.checklist", number=phase.number), href(folder, procedure.checklist_path(phase.id))),
            (words.text("contacts.whom"), href(folder, procedure.roles.contacts)),
        ]
    items = add(section, "ul", class_="guide-links")
    for text, address in links:
        add(add(items, "li"), "a", text, href=address)
