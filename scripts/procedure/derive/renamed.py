"""An edition in today's names: what the ledger says has moved is the same thing under another id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from procedure.derive.addresses import site_address
from procedure.derive.comparison import listed
from procedure.derive.published import published_addresses
from procedure.model import Procedure, remembered
from procedure.source.edition import Edition, Fields
from procedure.source.ledger import Ledger


@remembered
def editions_under_new_names(procedure: Procedure) -> tuple[Edition, ...]:
    """Return every edition, the newest first, each thing under the id that it has today."""
    return tuple(under_new_names(procedure, edition) for edition in procedure.editions)


def under_new_names(procedure: Procedure, edition: Edition) -> Edition:
    """Return one of the procedure's editions, each thing under the id that it has today."""
    return _Names(procedure, edition).edition()


class _Names:
    """Today's id of whatever an edition names."""

    def __init__(self, procedure: Procedure, edition: Edition) -> None:
        self._procedure, self._edition = procedure, edition
        self._ledger, self._published = procedure.ledger or Ledger({}), published_addresses(procedure)
        self._phases = {key: self._phase(key) for key in edition.sections["phases"]}
        self._steps = {key: self._step(key) for key in edition.sections["steps"]}
        self._nodes = {key: self._node(key, fields) for key, fields in edition.sections["nodes"].items()}
        self._ways = {key: self._way(key) for key in edition.sections["ways"]}

    def edition(self) -> Edition:
        keys: Mapping[str, Mapping[str, str]] = {
            "phases": self._phases,
            "steps": self._steps,
            "nodes": self._nodes,
            "ways": self._ways,
            "routes": self._phases,
            "supplements": {a: self._supplement(a) for a in self._edition.sections["supplements"]},
            **{name: {a: self._now(a) for a in self._edition.sections[name]} for name in ("sheets", "links")},
        }

        def own(name: str, key: str, rows: Mapping[str, Fields]) -> str:
            # What has gone out leads to something that was there beside it, and is not that.
            now = keys.get(name, {}).get(key, key)
            return key if now in rows else now

        return replace(
            self._edition,
            sections={
                name: {own(name, key, rows): self._fields(name, fields) for key, fields in rows.items()}
                for name, rows in self._edition.sections.items()
            },
        )

    def _fields(self, section: str, fields: Fields) -> Fields:
        told = {"phases": self._phase_fields, "nodes": self._node_fields, "links": self._link_fields}
        if section in told:
            return told[section](fields)
        if section == "requirements":
            return {**fields, "step": self._steps.get(str(fields["step"]), fields["step"])}
        if section == "ways":
            return {**fields, "to": self._nodes.get(str(fields["to"]), fields["to"])}
        if section == "routes":
            return {"routes": tuple(" ".join(map(self._stop, route.split())) for route in listed(fields["routes"]))}
        return fields

    def _phase_fields(self, fields: Fields) -> Fields:
        return {**fields, "next": tuple(self._phases.get(key, key) for key in listed(fields["next"]))}

    def _node_fields(self, fields: Fields) -> Fields:
        return {**fields, **{name: self._now(str(fields[name])) for name in ("page", "leads_to")}}

    def _link_fields(self, fields: Fields) -> Fields:
        links = (link.rpartition(" → ") for link in listed(fields["links"]))
        now = tuple(f"{text}{arrow}{self._now(address)}" for text, arrow, address in links)
        return {**fields, "links": now, "as_published": fields["links"]}

    def _now(self, address: str) -> str:
        return self._ledger.destination(address, self._published) or address

    def _supplement(self, address: str) -> str:
        """Return where a supplement is now; what has gone out leads to something else and keeps its own address."""
        now, page = self._now(address), self._now(address.partition("#")[0])
        return now if now.startswith(f"{page}#") else address

    def _phase(self, key: str) -> str:
        # What has gone out leads to something else, and keeps its own name.
        folder = site_address(self._procedure.phases_folder)
        inside, _, name = self._now(f"{folder}/{key}/").strip("/").rpartition("/")
        return name if f"/{inside}" == folder else key

    def _step(self, key: str) -> str:
        phase, _, step = key.partition("/")
        now = self._phases.get(phase, phase)
        page, _, place = self._now(site_address(self._procedure.phase_path(phase), step)).partition("#")
        return f"{now}/{place if place and page == site_address(self._procedure.phase_path(now)) else step}"

    def _node(self, key: str, fields: Fields) -> str:
        _, _, place = self._now(f"{fields['page']}#d-{key}").partition("#")
        return place.removeprefix("d-") if place.startswith("d-") else key

    def _way(self, key: str) -> str:
        node, slash, name = key.partition("/")
        now = self._nodes.get(node, node)
        _, _, place = self._now(site_address(self._procedure.roles.guide, key)).partition("#")
        return place if slash and place.startswith(f"{now}/") else f"{now}{slash}{name}"

    def _stop(self, stop: str) -> str:
        return (self._ways if "/" in stop else self._nodes).get(stop, stop)
