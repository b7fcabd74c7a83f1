"""O04: whatever is traced to a requirement outside its step says the wording, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from procedure.derive.wordings import Wording, wordings, written
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.source.flow import Flow, Kind, Node
from procedure.source.words import Word, keys, words_of

# How many words of a text are shown from where it goes wrong.
_SHOWN = 7


def check(procedure: Procedure, _today: date) -> Iterator[Finding]:
    """Check blocks, checklist items and every node that is no question; case, punctuation and bold do not count."""
    if not procedure.sound_contract.phases:
        return
    known, requirements = wordings(procedure), procedure.contract.requirements
    in_steps = {(page.path, trace.line) for page, trace, _ in written(procedure)}
    for page in procedure.sound_pages:
        if page.folder in (procedure.phases_folder, procedure.checklists_folder) and procedure.contract.phase(
            page.name
        ):
            # What is traced to another phase's requirement is a fault of its own (P24).
            own = {i: said for i, said in known.items() if i in requirements and requirements[i].phase == page.name}
        else:
            own = known
        for trace in (trace for trace in page.traces if trace.is_sound):
            said = [(own[row_id], False) for row_id in own if row_id in trace.requirements]
            if (page.path, trace.line) not in in_steps and said and len(said) == len(trace.requirements):
                yield from _compare(page.path, trace.line, "Punktet", trace.text, said)
        for flow in page.flows[:1]:
            yield from _check_flow(flow, own)


def _check_flow(flow: Flow, known: dict[str, Wording]) -> Iterator[Finding]:
    # Where ways are unsure, or go round, a question may decide what it does not seem to.
    is_unsure = bool(flow.gaps.names or flow.gaps.arrows or flow.gaps.traces or flow.cycle())
    for node in flow.nodes.values():
        if node.id in flow.gaps.labels | flow.gaps.traces:
            continue
        said = [
            (known[row_id], is_unsure or _is_asked(flow, node, row_id))
            for row_id in known
            if row_id in node.requirements
        ]
        if flow.kind(node) is not Kind.QUESTION and said and len(said) == len(node.requirements):
            yield from _compare(flow.path, node.line, "Feltet", node.text, said)


def _is_asked(flow: Flow, node: Node, row_id: str) -> bool:
    """Return whether a question traced to the requirement decides if the node is reached.

    It lies before the node on every way, and one of its answers leads past. A question whose answers all lead to the
    same place is a fault of its own (F04).
    """
    asking = {n.id for n in flow.nodes.values() if flow.kind(n) is Kind.QUESTION and row_id in n.requirements}
    is_before = not any(node.id in flow.reachable(start.id, without=asking) for start in flow.starts)
    ways = [edge.target for question in asking for edge in flow.ways_out(question)]
    return is_before and (len(set(ways)) == 1 or any(node.id not in flow.reachable(way) for way in ways))


def _compare(path: str, line: int, what: str, text: str, said: Sequence[tuple[Wording, bool]]) -> Iterator[Finding]:
    """Yield where the text is not the wordings one after the other; one that is asked for may lack its condition."""
    rest = words_of(text)
    for wording, may_lack_condition in said:
        forms = [wording.text]
        if may_lack_condition and ": " in wording.text:
            forms.append(wording.text.partition(": ")[2])
        # The form that goes on longest with the text is the one that is meant.
        form = max(forms, key=lambda form: _common(words_of(form), rest))
        expected = words_of(form)
        alike = _common(expected, rest)
        if alike < len(expected):
            written_at = f"{wording.path}:{wording.line}"
            message = (
                f"{what} er ikke ordene til »{wording.id}«: Her står »{_from(text, rest, alike)}«, "
                f"i {written_at} »{_from(form, expected, alike)}«."
            )
            yield Finding(
                path, line, "O04", message, f"Skriv det ord for ord som i {written_at}, eller ret ordene dér."
            )
            return
        rest = rest[alike:]
    if rest:
        last = said[-1][0]
        message = f"{what} siger mere end ordene til »{last.id}« ({last.path}:{last.line}): »{_from(text, rest, 0)}«."
        yield Finding(path, line, "O04", message, "Slet det; det, proceduren ikke siger, hører ikke til her.")


def _common(one: Sequence[Word], other: Sequence[Word]) -> int:
    """Return how many words the two begin with alike."""
    pairs = zip(keys(one), keys(other), strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _from(text: str, words: Sequence[Word], position: int) -> str:
    """Return what the text says from one of its words on, or that it says no more."""
    shown = words[position : position + _SHOWN]
    if not shown:
        return "intet mere"
    goes_on = position + _SHOWN < len(words)
    return text[shown[0].start : shown[-1].end] + ("…" if goes_on else "")
