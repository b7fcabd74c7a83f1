"""F02–F24, P17: every way through a diagram can be followed, and ends where it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedure.derive.addresses import href, resolve
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.phrases import phase_label, way_on
from procedure.source.contract import Phase
from procedure.source.flow import Edge, Flow, Kind, Node
from procedure.source.words import keys, words_of


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check the graph of each flow; what is unsure in one, since something could not be read, is not judged."""
    entries = _entries_from_other_flows(procedure)
    for flow in procedure.flows:
        if flow.path not in procedure.damaged:
            yield from _check_answers(flow)
            yield from _check_ways(flow, entries)
            yield from _check_ends(procedure, flow)
            yield from _check_names(procedure, flow)
            yield from _check_completions(flow)


def _entries_from_other_flows(procedure: Procedure) -> set[tuple[str, str]]:
    """Return the nodes, as path and anchor, that an end of another flow goes to."""
    entries = set()
    for flow in procedure.flows:
        for end in flow.ends:
            if end.target:
                address = resolve(procedure.pages[flow.path], end.target)
                entries.add((address.path, address.fragment))
    return entries


def _check_answers(flow: Flow) -> Iterator[Finding]:
    for node in flow.nodes.values():
        if node.id in flow.gaps.labels:
            continue
        if flow.kind(node) is Kind.QUESTION:
            yield from _check_question(flow, node)
        else:
            yield from _check_single_way(flow, node)


def _check_single_way(flow: Flow, node: Node) -> Iterator[Finding]:
    out = flow.ways_out(node.id)
    if len(out) > 1:
        message = f"»{node.text}« har {len(out)} veje videre, men er ikke et spørgsmål."
        hint = f"Behold én pil, eller gør feltet til et spørgsmål: {node.id}{{{{…?}}}}."
        yield Finding(flow.path, out[1].line, "F17", message, hint)
    for edge in out:
        if edge.label:
            message = f"Pilen fra »{node.text}« har et svar, men feltet er ikke et spørgsmål."
            yield Finding(flow.path, edge.line, "F17", message, "Fjern svaret, eller gør feltet til et spørgsmål.")


def _check_question(flow: Flow, node: Node) -> Iterator[Finding]:
    out = flow.ways_out(node.id)
    if not node.text.endswith("?"):
        message = f"Spørgsmålet »{node.text}« slutter ikke med et spørgsmålstegn."
        yield Finding(flow.path, node.line, "F03", message, "Skriv det som et spørgsmål, eller brug [ ] til et trin.")
    if node.id in flow.gaps.arrows:
        pass
    elif len(out) < 2:
        count = "kun ét svar" if out else "ingen svar"
        message = f"Spørgsmålet »{node.text}« har {count}."
        yield Finding(flow.path, node.line, "F02", message, f"Tilføj en pil til: {node.id} -->|Svar| …")
    elif len({edge.target for edge in out}) == 1:
        message = f"Alle svar på »{node.text}« fører samme sted hen."
        yield Finding(flow.path, node.line, "F04", message, "Gør spørgsmålet til et trin, eller ret pilene.")
    seen: dict[str, int] = {}
    for edge in out:
        if not edge.label:
            message = f"En pil fra spørgsmålet »{node.text}« har intet svar."
            yield Finding(flow.path, edge.line, "F05", message, f"Skriv svaret: {edge.source} -->|Svar| {edge.target}")
        elif edge.label in seen:
            message = f"Spørgsmålet »{node.text}« har svaret »{edge.label}« to gange (første gang i linje {seen[edge.label]})."
            yield Finding(flow.path, edge.line, "F06", message, "Ret det ene svar.")
        else:
            yield from _check_name(flow, node, edge, [other for other in out if other.label in seen])
            seen[edge.label] = edge.line


def _check_name(flow: Flow, node: Node, edge: Edge, before: list[Edge]) -> Iterator[Finding]:
    """The name of an answer in addresses is that answer's alone."""
    for other in before:
        if edge.name and other.name == edge.name and other.label != edge.label:
            message = (
                f"Svarene »{other.label}« og »{edge.label}« på »{node.text}« har samme navn i adresser: {edge.name}."
            )
            hint = f"Giv det ene et andet: %% navn {node.id}: navn = {edge.label}"
            yield Finding(flow.path, edge.line, "F24", message, hint)
            return


def _check_ways(flow: Flow, entries: set[tuple[str, str]]) -> Iterator[Finding]:
    cycle = flow.cycle()
    if cycle:
        names = " → ".join(flow.nodes[node_id].text for node_id in (*cycle, cycle[0]))
        message = f"Diagrammet går i ring: {names}."
        line = next(e.line for e in flow.edges if e.source == cycle[-1] and e.target == cycle[0])
        yield Finding(flow.path, line, "F10", message, "Fjern den pil, der fører tilbage.")
    for index, node in enumerate(flow.sure_starts):
        has_entry = (flow.path, f"d-{flow.id}-{node.id}") in entries
        if flow.kind(node) is Kind.START and index and not has_entry:
            message = f"Intet fører til starten »{node.text}«."
            hint = "Et diagram har én start; en til skal være mål for et slut-felt i en anden fase. Slet den, eller forbind den."
            yield Finding(flow.path, node.line, "F11", message, hint)
        elif flow.kind(node) is not Kind.START and index:
            message = f"Ingen pil fører til »{node.text}«."
            yield Finding(flow.path, node.line, "F07", message, f"Tilføj en pil til {node.id}, eller slet feltet.")
        elif flow.kind(node) is not Kind.START:
            message = f"Diagrammet begynder med »{node.text}«, som ikke er et start-felt."
            yield Finding(flow.path, node.line, "F20", message, "Begynd med et start-felt: begynd([Fase …]) --> …")
    for node in flow.nodes.values():
        if flow.kind(node) is Kind.STEP and not flow.ways_out(node.id) and node.id not in flow.gaps.arrows:
            message = f"Trinnet »{node.text}« fører ingen steder hen."
            yield Finding(flow.path, node.line, "F08", message, f"Tilføj en pil: {node.id} --> …")


def _check_ends(procedure: Procedure, flow: Flow) -> Iterator[Finding]:
    phases = procedure.sound_contract.phases
    if not phases or procedure.is_stray(procedure.pages[flow.path]):
        return
    phase = next((phase for phase in phases if procedure.phase_path(phase.id) == flow.path), None)
    may_stop = procedure.roles.overview in (flow.path, "") or (phase is not None and not phase.following)
    contacts = href(procedure.pages[flow.path].folder, procedure.roles.contacts)
    for node in flow.ends:
        if node.target is None:
            if not may_stop and node.id not in flow.gaps.arrows | flow.gaps.clicks:
                message = f"Slut-feltet »{node.text}« fører ingen steder hen."
                hint = f'Skriv, hvor det fører hen: click {node.id} "næste-fase.md" eller "{contacts}".'
                yield Finding(flow.path, node.line, "F09", message, hint)
        elif not _is_goal(procedure, flow, node):
            message = f"Slut-feltet »{node.text}« fører til »{node.target}«, som hverken er en fase, et felt i et diagram eller kontaktsiden."
            yield Finding(flow.path, node.target_line, "F21", message, f'Skriv fx "næste-fase.md" eller "{contacts}".')
    if phase and flow == procedure.pages[flow.path].flows[0]:
        yield from _check_ways_on(procedure, phase, flow)


def _check_ways_on(procedure: Procedure, phase: Phase, flow: Flow) -> Iterator[Finding]:
    """The diagram leads to the phases that the contract names, and to no other."""
    page = procedure.pages[flow.path]
    known = {procedure.phase_path(other.id): other for other in procedure.sound_contract.phases}
    targets = {resolve(page, end.target).path: end for end in flow.ends if end.target}
    # An end that is lost may be the one that should have led to the missing phase.
    all_lead_on = all(end.target and _is_goal(procedure, flow, end) for end in flow.ends)
    all_lead_on = all_lead_on and not (flow.gaps.names or flow.gaps.arrows or flow.gaps.clicks)
    all_lead_on = all_lead_on and targets.keys() <= procedure.pages.keys() | procedure.expected_pages
    # A way on that is misspelt in the contract (P18) may be the unexpected one.
    all_known = set(phase.following) <= {other.id for other in known.values()}
    for path, other in known.items():
        if other.id in phase.following and path not in targets and all_lead_on:
            message = f"Intet i diagrammet fører videre til »{other.heading}«."
            hint = f'Lad et slut-felt føre derhen: click slut "{other.id}.md".'
            yield Finding(flow.path, flow.line, "P17", message, hint)
        elif other.id not in phase.following and path in targets and all_known:
            message = f"Diagrammet fører videre til »{other.heading}«, men det gør fasen ikke i procedure.yml."
            hint = "Ret linjen, eller ret »next« i procedure.yml."
            yield Finding(flow.path, targets[path].target_line, "P17", message, hint)


def _is_goal(procedure: Procedure, flow: Flow, end: Node) -> bool:
    address = resolve(procedure.pages[flow.path], end.target or "")
    if address.scheme:
        return False
    phase_paths = {procedure.phase_path(phase.id) for phase in procedure.contract.phases}
    if address.path not in procedure.pages or address.path == procedure.roles.contacts:
        # A page that is not there is reported with the links.
        return True
    if address.path in phase_paths and not address.fragment:
        return True
    target_flows = procedure.pages[address.path].flows
    return any(
        address.fragment == f"d-{other.id}-{node_id}"
        for other in target_flows
        for node_id in (*other.nodes, *other.gaps.names)
    )


def _check_names(procedure: Procedure, flow: Flow) -> Iterator[Finding]:
    """A start bears the name of its phase and nothing else, and what leads to a phase names it."""
    page = procedure.pages[flow.path]
    phases = {procedure.phase_path(phase.id): phase for phase in procedure.sound_contract.phases}
    for node in flow.nodes.values():
        if node.id in flow.gaps.labels:
            continue
        kind = flow.kind(node)
        target = resolve(page, node.target) if node.target else None
        if kind is Kind.START and flow.path in phases and flow.sure_starts[:1] == (node,):
            name = phase_label(procedure.words, phases[flow.path])
        elif target and target.path in phases and not target.fragment and kind is Kind.END:
            name = way_on(procedure.words, phases[target.path])
        elif target and target.path in phases and not target.fragment and kind is Kind.STEP:
            name = phase_label(procedure.words, phases[target.path])
        else:
            continue
        if keys(words_of(node.text)) != keys(words_of(name)):
            message = f"Feltet »{node.text}« nævner ikke sin fase ved navn."
            yield Finding(flow.path, node.line, "F23", message, f"Skriv »{name}«.")


def _check_completions(flow: Flow) -> Iterator[Finding]:
    """A node that only completes an answer stands right after the question, and is no instruction besides."""
    unsure = flow.gaps.labels | flow.gaps.arrows | flow.gaps.traces
    for node in flow.nodes.values():
        asking = [flow.nodes[edge.source] for edge in flow.ways_in(node.id)]
        follows = all(flow.kind(n) is Kind.QUESTION and set(node.completes) <= set(n.requirements) for n in asking)
        if not unsure.isdisjoint({node.id, *(n.id for n in asking)}):
            continue
        if node.completes and (node.requirements or flow.kind(node) is not Kind.STEP or not asking or not follows):
            message = (
                f"»{node.text}« er mærket som et svar, men følger ikke lige efter spørgsmålet eller er også et krav."
            )
            hint = f"Lad kun et svar på spørgsmålet føre til feltet, eller skriv »%% krav {node.id}: …«, hvis det er et krav."
            yield Finding(flow.path, node.completes_line, "F22", message, hint)
