"""P40, P41: the ways through the flows since an edition: where answers and arrows lead, and the ways this gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procedure.derive.comparison import Change, Comparison, listed
from procedure.source.edition import Fields

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
        was, walked = listed(before["routes"]), listed(now["routes"])
        old, new = [r for r in was if r not in walked], [r for r in walked if r not in was]
        told = list(_told_routes(comparison, old, new))
        if told:
            more = [f"Og {len(told) - _MOST} andre veje er ændret."] if len(told) > _MOST else []
            phase = comparison.now["phases"].get(key)
            where = f"fase {phase['number']}" if phase else f"diagrammet »{key}«"
            message = f"Vejene gennem {where} er ændret. {' '.join([*told[:_MOST], *more])}"
            yield comparison.change("P40", "routes", key, message)


def _told_routes(comparison: Comparison, old: list[str], new: list[str]) -> Iterator[str]:
    """Yield in words what has happened to the ways: the same answers may lead by other nodes than before."""
    before = {route: _in_words(route, comparison.before) for route in old}
    now = {route: _in_words(route, comparison.now) for route in new}
    for route, words in now.items():
        was = next((other for other, said in before.items() if said == words), None)
        if was is None:
            yield f"»{words}« er ny."
            continue
        del before[was]
        met, missed = (
            [n for n in _nodes(one) if n not in _nodes(other)] for one, other in ((route, was), (was, route))
        )
        parts = [f"nu over {_quoted_nodes(comparison, met)}"] if met else []
        parts += [f"ikke mere over {_quoted_nodes(comparison, missed)}"] if missed else []
        yield f"»{words}« går {' og '.join(parts) or 'nu i en anden rækkefølge'}."
    for words in before.values():
        yield f"»{words}« er væk."


def _nodes(route: str) -> list[str]:
    return [_node(stop) for stop in route.split()]


def _quoted_nodes(comparison: Comparison, nodes: list[str]) -> str:
    return " og ".join(f"»{comparison.text(node)}«" for node in nodes)


def _in_words(route: str, sections: Mapping[str, Mapping[str, Fields]]) -> str:
    """Return the answers that a way takes, and its end (`Ja → Nej → Videre til fase 2: …`)."""
    stops = route.split()
    answers = [str(sections["ways"][stop]["answer"]) for stop in stops if "/" in stop]
    return " → ".join([*answers, str(sections["nodes"][stops[-1]]["text"])])
