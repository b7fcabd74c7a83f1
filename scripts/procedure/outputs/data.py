"""`procedure.json`: the procedure for other programs, in the form that `procedure.schema.json` beside it describes.

It is what an edition keeps of the procedure itself (`derive/edition`), in lists instead of the edition's short records,
and with the address of each thing. So whatever it tells of is guarded from one edition to the next.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from jsonschema import Draft202012Validator

from procedure.derive.addresses import site_address
from procedure.derive.comparison import listed
from procedure.derive.edition import Fact, facts
from procedure.derive.guide import phase_flows
from procedure.derive.published import DATA, DATA_SCHEMA, file_at, lasting_name, published_addresses
from procedure.model import Procedure
from procedure.source.edition import Edition, Fields

_SCHEMA = Path(__file__).with_name("procedure.schema.json")

_Object = dict[str, object]


def write_data(procedure: Procedure, site_dir: Path) -> None:
    """Write the procedure and its schema into a built site. The flows must be without errors."""
    text = json.dumps(as_data(procedure), ensure_ascii=False, indent=1)
    (site_dir / file_at(DATA)).write_text(f"{text}\n", encoding="utf-8", newline="\n")
    (site_dir / file_at(DATA_SCHEMA)).write_bytes(_SCHEMA.read_bytes())


def check_data(_: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield where what was written is not as its schema says, or names something that is not in it."""
    if (site_dir / file_at(DATA_SCHEMA)).read_bytes() != _SCHEMA.read_bytes():
        yield f"{file_at(DATA_SCHEMA)} er en anden."
    try:
        data = json.loads((site_dir / file_at(DATA)).read_bytes())
    except (ValueError, RecursionError):
        yield f"{file_at(DATA)} kan ikke læses."
        return
    schema = json.loads(_SCHEMA.read_bytes())
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]
    yield from faults or dangling(data)


def as_data(procedure: Procedure) -> _Object:
    """Return what is written: every section is a list in the procedure's order, and each thing in it has its lasting id."""
    of_phases = [flow for _, flow in phase_flows(procedure)]
    flows = [*of_phases, *(flow for flow in procedure.flows if flow not in of_phases)]
    order = [flow.path for flow in flows]
    told = sorted(facts(procedure), key=lambda fact: order.index(fact.path) if fact.section in _OF_FLOWS else -1)
    sections = {
        name: [{"id": fact.key, **shape(procedure, fact)} for fact in told if fact.section == name]
        for name, shape in _SECTIONS.items()
    }
    edition, site, contract = procedure.edition, procedure.site, procedure.contract
    is_published = edition is not None and all(
        edition.sections[name] == {fact.key: fact.fields for fact in told if fact.section == name}
        for name in (*_SECTIONS, "routes")
    )
    return {
        "$schema": file_at(DATA_SCHEMA),
        "schema": json.loads(_SCHEMA.read_bytes())["$id"],
        "version": 1,
        "namespace": lasting_name(procedure),
        "edition": _edition(edition) if edition and is_published else None,
        "site": _said({"name": site.name, "sender": site.sender, "address": site.address}),
        "source": {"title": contract.source, "year": contract.year},
        **sections,
        "flows": [{"id": flow.id, "title": flow.title, "address": site_address(flow.path)} for flow in flows],
        "routes": list(chain.from_iterable(_routes(fact) for fact in told if fact.section == "routes")),
        "addresses": sorted(published_addresses(procedure)),
    }


def _edition(edition: Edition) -> _Object:
    own = edition.approval
    approved = {"by": own.by, "day": str(own.day)} if own else None
    return {"name": edition.name, "day": str(edition.day), "approved": approved}


def _said(fields: Mapping[str, object]) -> _Object:
    """Return the fields without the texts that say nothing; lists and flags stand also where they are empty and off."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items() if value != ""}


def _phase(procedure: Procedure, fact: Fact) -> _Object:
    address = site_address(procedure.phase_path(fact.key))
    return {**_said(fact.fields), "number": int(str(fact.fields["number"])), "address": address}


def _step(procedure: Procedure, fact: Fact) -> _Object:
    phase, _slash, name = fact.key.partition("/")
    return {"phase": phase, **_said(fact.fields), "address": site_address(procedure.phase_path(phase), name)}


def _requirement(procedure: Procedure, fact: Fact) -> _Object:
    row = procedure.contract.requirements[fact.key]
    differs = [_said({"quote": d.old, "wording": d.new, "reason": d.reason}) for d in row.differs]
    return {**_said(fact.fields), "differs": differs}


def _contact(procedure: Procedure, fact: Fact) -> _Object:
    """The day somebody found it right is no part of an edition, but whoever calls the number must know whether one did."""
    confirmed = {row.id: str(row.confirmed or "") for row in procedure.contract.contacts}
    own: Fields = {
        **fact.fields,
        "more": site_address(procedure.roles.supplement, str(fact.fields["more"])) if fact.fields["more"] else "",
        "confirmed": confirmed.get(fact.key, ""),
        "mark": procedure.words.text("supplement.awaiting") if fact.fields["added"] else "",
    }
    return _said(own)


def _node(procedure: Procedure, fact: Fact) -> _Object:
    own: Fields = {name: value for name, value in fact.fields.items() if name != "page"}
    page = str(fact.fields["page"])
    return {
        "flow": page.rstrip("/").rpartition("/")[2],
        **_said(own),
        "address": f"{page}#d-{fact.key}",
        **_in_guide(procedure, fact.key),
    }


def _way(procedure: Procedure, fact: Fact) -> _Object:
    return {"from": fact.key.partition("/")[0], **_said(fact.fields), **_in_guide(procedure, fact.key)}


def _in_guide(procedure: Procedure, place: str) -> _Object:
    address = site_address(procedure.roles.guide, place)
    return {"guide": address} if address in published_addresses(procedure) else {}


def _routes(fact: Fact) -> Iterator[_Object]:
    for route in listed(fact.fields["routes"]):
        *ways, end = route.split()
        yield {"flow": fact.key, "ways": ways, "end": end}


# What of an edition is the procedure itself, and how each is told.
_SECTIONS: Mapping[str, Callable[[Procedure, Fact], _Object]] = {
    "phases": _phase,
    "steps": _step,
    "requirements": _requirement,
    "contacts": _contact,
    "nodes": _node,
    "ways": _way,
}
_OF_FLOWS = ("nodes", "ways", "routes")

# What each field names: the section that has it.
_NAMES = {
    "phases": {"next": "phases", "address": "addresses"},
    "steps": {"phase": "phases", "address": "addresses"},
    "requirements": {"step": "steps", "call": "contacts"},
    "contacts": {"more": "addresses"},
    "flows": {"address": "addresses"},
    "nodes": {
        "flow": "flows", "requirements": "requirements", "completes": "requirements",
        "leads_to": "addresses", "address": "addresses", "guide": "addresses",
    },
    "ways": {"from": "nodes", "to": "nodes", "guide": "addresses"},
    "routes": {"flow": "flows", "ways": "ways", "end": "nodes"},
}  # fmt: skip


def dangling(data: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[str]:
    """Yield each id and address of the written procedure that stands twice, or that is named and is not in it."""
    ids = {name: [row["id"] for row in data[name]] for name in (*_SECTIONS, "flows")}
    ids["addresses"] = list(data["addresses"])
    for name, own in ids.items():
        yield from (f"{name}: {one} står {times} gange." for one, times in Counter(own).items() if times > 1)
    for section, fields in _NAMES.items():
        for number, row in enumerate(data[section]):
            for field, target in fields.items():
                value = row.get(field, [])
                for one in value if isinstance(value, list) else [value]:
                    if one not in ids[target]:
                        yield f"{section} {row.get('id', number)}: {field} nævner {one}, som ikke er der."
