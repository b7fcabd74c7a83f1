"""P40, P41: the ways through the flows since an edition: where answers and arrows lead, and the ways this gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procedure.derive.comparison import Change, Comparison, listed
from procedure.source.edition import Fields
from procedure.words import DANISH, Words

# More ways than this are counted, not told.
_MOST = 4


def where_ways_lead(comparison: Comparison) -> Iterator[Change]:
    """Yield each answer and arrow that is another, or leads elsewhere (P41)."""
    for key, before, now in comparison.both("ways"):
        if before["answer"] != now["answer"]:
            message = f"Et svar på »{comparison.text(_node(key))}« er nu »{now['answer']}«, før »{before['answer']}«."
            yield comparison.change("P41", "ways", key, message)
        if before["to"] != now["to"]:
            to, was = comparison.text(str(now["to"])), comparison.text(str(before["to"]))
            message = f"{_way(comparison, key, now)} fører nu til »{to}«, før til »{was}«."
            yield comparison.change("P41", "ways", key, message)
    for keys, what, sections in (
        (comparison.new("ways"), "kommet til", comparison.now),
        (comparison.gone("ways"), "væk", comparison.before),
    ):
        for key in keys:
            # That a node has come or gone is told as such.
            if _node(key) in comparison.now["nodes"] and _node(key) in comparison.before["nodes"]:
                message = f"{_way(comparison, key, sections['ways'][key])} er {what}."
                yield comparison.change("P41", "ways", key, message)


def _node(key: str) -> str:
    return key.partition("/")[0]


def _way(comparison: Comparison, key: str, way: Fields) -> str:
    node = comparison.text(_node(key))
    return f"Svaret »{way['answer']}« på »{node}«" if way["answer"] else f"Pilen fra »{node}«"


def routes_through(comparison: Comparison) -> Iterator[Change]:
    """Yield for each flow the ways that have come, gone or changed, in their answers' words (P40)."""
    for key, before, now in comparison.both("routes"):
        told = _told(comparison, DANISH, before, now)
        if not told:
            continue
        more = [f"Og {len(told) - _MOST} andre veje er ændret."] if len(told) > _MOST else []
        message = f"Vejene gennem {_where(comparison, DANISH, key)} er ændret. {' '.join([*told[:_MOST], *more])}"
        yield comparison.change("P40", "routes", key, message)


def changed_routes(comparison: Comparison, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield for each flow, also one that came or went, where it leads and a sentence for each way that has come, gone or changed."""
    for key in dict.fromkeys((*comparison.now["routes"], *comparison.before["routes"])):
        before, now = (sections["routes"].get(key, {"routes": ()}) for sections in (comparison.before, comparison.now))
        if told := _told(comparison, words, before, now):
            yield _where(comparison, words, key), tuple(told)


def _told(comparison: Comparison, words: Words, before: Fields, now: Fields) -> list[str]:
    was, walked = listed(before["routes"]), listed(now["routes"])
    old, new = [r for r in was if r not in walked], [r for r in walked if r not in was]
    return list(_told_routes(comparison, words, old, new))


def _where(comparison: Comparison, words: Words, key: str) -> str:
    phase = comparison.now["phases"].get(key)
    if phase:
        return words.text("phases.numbered", number=phase["number"])
    return words.text("changes.in_diagram", flow=key)


def _told_routes(comparison: Comparison, words: Words, old: list[str], new: list[str]) -> Iterator[str]:
    """Yield in words what has happened to the ways: the same answers may lead by other nodes than before."""
    before = {route: _in_words(route, comparison.before) for route in old}
    now = {route: _in_words(route, comparison.now) for route in new}
    for route, said in now.items():
        was = next((other for other, words_then in before.items() if words_then == said), None)
        if was is None:
            yield words.text("changes.route_new", route=said)
            continue
        del before[was]
        met, missed = (
            words.text("phases.and").join(
                words.text("changes.node_name", text=comparison.whole_text(node))
                for node in _nodes(one)
                if node not in _nodes(other)
            )
            for one, other in ((route, was), (was, route))
        )
        if met and missed:
            yield words.text("changes.route_over_others", route=said, nodes=met, others=missed)
        elif met or missed:
            key = "changes.route_over" if met else "changes.route_not_over"
            yield words.text(key, route=said, nodes=met or missed)
        else:
            yield words.text("changes.route_reordered", route=said)
    for said in before.values():
        yield words.text("changes.route_gone", route=said)


def _nodes(route: str) -> list[str]:
    return [_node(stop) for stop in route.split()]


def _in_words(route: str, sections: Mapping[str, Mapping[str, Fields]]) -> str:
    """Return the answers that a way takes, and its end (`Ja → Nej → Videre til fase 2: …`)."""
    stops = route.split()
    answers = [str(sections["ways"][stop]["answer"]) for stop in stops if "/" in stop]
    return " → ".join([*answers, str(sections["nodes"][stops[-1]]["text"])])
