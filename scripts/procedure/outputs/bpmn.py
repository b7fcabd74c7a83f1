"""The flows as BPMN 2.0, which other systems show and run: `bpmn/<flow>.bpmn`, and `procedure.bpmn` for the whole.

What is in them is decided in `derive/process`, and where it stands in `bpmn_places`. An engine that keeps the name of
an answer (`ja`) in the variable of its question (`vurder_under`) goes the way that the guide goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from lxml import etree

from procedure.blocks.layout import DrawingError
from procedure.derive.guide import phase_flows
from procedure.derive.joined import by_address, published_flows, whole_flow
from procedure.derive.process import Connection, Element, Process, Type, group_id, process_of
from procedure.derive.published import WHOLE_BPMN, bpmn_address, file_at
from procedure.model import Procedure, remembered
from procedure.outputs.bpmn_places import Box, Places, flow_places, whole_places
from procedure.source.flow import Flow, Node
from procedure.words import Words

# What our own names in the files are under. A change that whoever reads them must know of is a new number.
_OURS = "urn:procedure:bpmn:1"
_OMG = "http://www.omg.org/spec"
_MODEL, _DI = f"{_OMG}/BPMN/20100524/MODEL", f"{_OMG}/BPMN/20100524/DI"
_DC, _LINES = f"{_OMG}/DD/20100524/DC", f"{_OMG}/DD/20100524/DI"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMESPACES = {"bpmn": _MODEL, "bpmndi": _DI, "dc": _DC, "di": _LINES, "xsi": _XSI}
# What the conditions are written in. Else they would be taken for XPath.
_EXPRESSIONS = "https://docs.python.org/3/reference/expressions.html"
_WHOLE_FILE = file_at(WHOLE_BPMN)
_REFERENCES = ("sourceRef", "targetRef", "bpmnElement", "messageRef", "categoryValueRef", "incoming", "outgoing")


def bpmn_files(procedure: Procedure, _: Path) -> tuple[str, ...]:
    """Return the files of the flows and of the whole, from the site's root."""
    return (*(_file(flow) for flow in published_flows(procedure)), _WHOLE_FILE)


def write_bpmn(procedure: Procedure, site_dir: Path) -> None:
    """Write every flow and the whole. A flow that cannot be drawn has no diagram in its file, nor has the whole then."""
    (site_dir / _file(published_flows(procedure)[0])).parent.mkdir()
    for name, flow, process, places in _all(procedure):
        groups = _groups(procedure) if name == _WHOLE_FILE else {}
        (site_dir / name).write_bytes(as_bpmn(procedure.words, flow, process, places, groups))


def check_bpmn(procedure: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield what is missing from a file, is there twice, or names what is not there."""
    for name, _, process, places in _all(procedure):
        try:
            root = etree.fromstring((site_dir / name).read_bytes())
        except etree.XMLSyntaxError:
            yield f"{name} kan ikke læses."
            continue
        every = list(root.iter("{*}*"))
        ids = Counter(element.get("id", "") for element in every if "id" in element.attrib)
        drawn = Counter(element.get("bpmnElement", "") for element in every)
        named = {value for element in every for value in _named(element)}
        wanted = [*(element.id for element in process.elements), *(way.id for way in process.connections)]
        yield from (f"{name}: {key} er der {count} gange." for key, count in ids.items() if count > 1)
        yield from (f"{name}: {key} er nævnt og findes ikke." for key in sorted(named - ids.keys()))
        yield from (f"{name}: {key} mangler." for key in wanted if key not in ids)
        yield from (f"{name}: {key} er tegnet {drawn[key]} gange." for key in wanted if places and drawn[key] != 1)


def as_bpmn(
    words: Words, flow: Flow, process: Process, places: Places | None, groups: Mapping[str, tuple[str, str]]
) -> bytes:
    """Return the flow as a file, without a diagram where it has no places.

    `groups` has the phase of each node, its id and its heading, where the flow is of several.
    """
    root = etree.Element(
        f"{{{_MODEL}}}definitions",
        {"id": f"definitions.{flow.id}", "targetNamespace": _OURS, "expressionLanguage": _EXPRESSIONS},
        nsmap=_NAMESPACES,
    )
    for element in process.elements:
        if element.by_message:
            _add(root, "message", id=_message(element), name=element.id)
    headings = dict(groups.values())
    if headings:
        category = _add(root, "category", id="category.phases")
        for group, heading in headings.items():
            _add(category, "categoryValue", id=_heading(group), value=heading)
    body = _add(root, "process", id=flow.id, name=flow.title, isExecutable="true")
    _document(body, flow.description)
    for element in process.elements:
        _add_element(words, body, element, process, groups)
    for way in process.connections:
        _add_connection(body, way)
    for group in headings:
        _add(body, "group", id=group, categoryValueRef=_heading(group))
    if places:
        _add_diagram(root, flow, process, places, headings)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _named(element: etree._Element) -> Iterator[str]:
    """Yield the ids that an element names, in its attributes or as its text."""
    yield from (str(value) for key, value in element.attrib.items() if key in _REFERENCES)
    if etree.QName(element).localname in _REFERENCES:
        yield element.text or ""


def _file(flow: Flow) -> str:
    return file_at(bpmn_address(flow))


@remembered
def _all(procedure: Procedure) -> tuple[tuple[str, Flow, Process, Places | None], ...]:
    """Return the file of each flow and of the whole, as a process and with its places, or None where it cannot be drawn."""
    flows = [(flow, process_of(procedure.words, by_address(flow))) for flow in published_flows(procedure)]
    whole = whole_flow(procedure)
    joined = process_of(procedure.words, whole)
    return (
        *((_file(flow), flow, process, _drawn(partial(flow_places, flow, process))) for flow, process in flows),
        (_WHOLE_FILE, whole, joined, _drawn(partial(whole_places, procedure, whole, joined))),
    )


def _drawn(places: Callable[[], Places]) -> Places | None:
    try:
        return places()
    except DrawingError:
        return None


def _groups(procedure: Procedure) -> Mapping[str, tuple[str, str]]:
    """Return the id and heading of the phase that each element stands for a node of, by the node's id."""
    return {
        node_id: (group_id(phase), phase.heading)
        for phase, flow in phase_flows(procedure)
        for node_id in by_address(flow).nodes
    }


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_MODEL}}}{tag}", attributes)


def _document(parent: etree._Element, text: str) -> None:
    if text:
        _add(parent, "documentation").text = text


def _message(element: Element) -> str:
    return f"message.{element.id}"


def _heading(group: str) -> str:
    return f"heading.{group}"


def _add_element(
    words: Words, body: etree._Element, element: Element, process: Process, groups: Mapping[str, tuple[str, str]]
) -> None:
    """Add a task, an event or a gateway, with what it is traced to, as the Mermaid text says it."""
    made = _add(body, element.type.value, id=element.id, **({"name": element.name} if element.name else {}))
    if element.node:
        _document(made, _traces(words, element.node))
    if element.node and element.id in groups:
        _add(made, "categoryValueRef").text = _heading(groups[element.id][0])
    for way in process.connections:
        if way.target == element.id:
            _add(made, "incoming").text = way.id
    for way in process.connections:
        if way.source == element.id:
            _add(made, "outgoing").text = way.id
    if element.by_message:
        _add(made, "messageEventDefinition", id=f"definition.{element.id}", messageRef=_message(element))


def _traces(words: Words, node: Node) -> str:
    said = (("bpmn.requirements", node.requirements), ("bpmn.completes", node.completes))
    return "\n".join(words.text(key, ids=" ".join(ids)) for key, ids in said if ids)


def _add_connection(body: etree._Element, way: Connection) -> None:
    name = {"name": way.name} if way.name else {}
    made = _add(body, "sequenceFlow", id=way.id, **name, sourceRef=way.source, targetRef=way.target)
    if way.condition:
        condition = _add(made, "conditionExpression", **{f"{{{_XSI}}}type": "bpmn:tFormalExpression"})
        condition.text = way.condition


def _add_diagram(root: etree._Element, flow: Flow, process: Process, places: Places, groups: Collection[str]) -> None:
    diagram = etree.SubElement(root, f"{{{_DI}}}BPMNDiagram", {"id": f"diagram.{flow.id}"})
    plane = etree.SubElement(diagram, f"{{{_DI}}}BPMNPlane", {"id": f"plane.{flow.id}", "bpmnElement": flow.id})
    gateways = {element.id for element in process.elements if element.type is Type.GATEWAY}
    for key in (*groups, *(element.id for element in process.elements)):
        marked = {"isMarkerVisible": "true"} if key in gateways else {}
        shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", {"id": f"shape.{key}", "bpmnElement": key, **marked})
        _add_bounds(shape, places.shapes[key])
        _add_name(shape, places.names.get(key))
    for way in process.connections:
        line = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", {"id": f"edge.{way.id}", "bpmnElement": way.id})
        for x, y in places.lines[way.id]:
            etree.SubElement(line, f"{{{_LINES}}}waypoint", {"x": str(round(x)), "y": str(round(y))})
        _add_name(line, places.names.get(way.id))


def _add_name(parent: etree._Element, box: Box | None) -> None:
    if box:
        _add_bounds(etree.SubElement(parent, f"{{{_DI}}}BPMNLabel"), box)


def _add_bounds(parent: etree._Element, box: Box) -> None:
    numbers = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
    etree.SubElement(parent, f"{{{_DC}}}Bounds", {key: str(round(value)) for key, value in numbers.items()})
