"""A foreign engine, SpiffWorkflow, that runs the flows as BPMN: where it goes is held against where we say that one goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from procedure.derive.process import variable
from procedure.derive.routes import routes
from procedure.source.flow import Flow, Kind

_SCHEMA = BpmnValidator()


def read_process(file: bytes) -> BpmnProcessSpec:
    """Return the process of a file as the engine reads it.

    Raises `ValidationException` where the file is not as the schema of BPMN says, or there is no process to run.
    """
    parser = BpmnParser(validator=_SCHEMA)
    parser.add_bpmn_str(file)
    (process,) = parser.get_process_ids()
    return parser.get_spec(process)


def walk(spec: BpmnProcessSpec, flow: Flow, start: str, answers: Iterable[str]) -> list[str]:
    """Return the nodes that the engine comes by, in its order, where the questions that it asks get these answers.

    An answer is given when its question is asked, and not before.
    """
    waiting = iter(answers)
    engine = BpmnWorkflow(spec)
    if start != flow.starts[0].id:
        while not engine.get_tasks(state=TaskState.WAITING):
            engine.get_tasks(state=TaskState.READY)[0].run()
        engine.catch(BpmnEvent(MessageEventDefinition(start)))
    walked: list[str] = []
    while ready := engine.get_tasks(state=TaskState.READY):
        # Beside the start that a message has called there is the usual one, and is given up.
        task = next((task for task in ready if task.task_spec.name == start), ready[0])
        name = task.task_spec.name
        if name in flow.nodes:
            walked.append(name)
            if flow.kind(flow.nodes[name]) is Kind.QUESTION:
                task.data[variable(name)] = next(waiting)
        task.run()
    assert engine.completed
    assert list(waiting) == []
    return walked


def strays(file: bytes, flow: Flow) -> Iterator[str]:
    """Yield the routes on which the engine goes another way than we say, and why it cannot read or go on."""
    names = {(edge.source, edge.label): edge.name for edge in flow.edges}
    try:
        spec = read_process(file)
        for route in routes(flow):
            expected = [stop.node.id for stop in route]
            answers = [names[stop.node.id, stop.answer] for stop in route if stop.answer]
            walked = walk(spec, flow, expected[0], answers)
            if walked != expected:
                yield f"{expected} is {walked}"
    except (ValidationException, WorkflowException) as error:
        yield str(error)
