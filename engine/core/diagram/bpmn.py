"""The control flow as BPMN 2.0 XML (OMG formal/2011-01-03) with its drawing, for other people's modellers.

A state with work is a user task, one that waits a receive task, a choice an exclusive gateway, a final state an end
event. Acts leave a task through a gateway of its own; moments and facts are boundary events on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from engine.core.definition import STAY, At, By, Definition, Language, State, Transition
from engine.core.diagram.boxes import CARD, Box
from engine.core.diagram.layout import laid_out
from engine.core.diagram.picture import picture_of
from engine.core.labels import transition_label, window_labels
from engine.core.moments import describe

_SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EVENT = 36
_GATEWAY = 40


@dataclass(frozen=True, slots=True)
class _Place:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class _Writer:
    """Collects the elements, flows and places of one process."""

    def __init__(self, definition: Definition, language: Language) -> None:
        self.definition, self.language = definition, language
        self.process: list[str] = []
        self.flows: list[tuple[str, str, str, str]] = []
        self.places: dict[str, _Place] = {}
        layout = laid_out(picture_of(definition, language))
        self.boxes: dict[str, Box] = {box.card.key: box for box in layout.boxes}

    def element(
        self, tag: str, key: str, name: str, place: _Place, *, inside: str = "", more: str = ""
    ) -> None:
        """One node of the flow with its place on paper."""
        self.process.append(f"<{tag} id={quoteattr(key)} name={quoteattr(name)}{more}>{inside}</{tag}>")
        self.places[key] = place

    def flow(self, source: str, target: str, name: str = "", condition: str = "") -> None:
        """One sequence flow."""
        self.flows.append((source, target, name, condition))

    def write(self) -> str:
        """The whole document."""
        self._nodes()
        text = ['<?xml version="1.0" encoding="UTF-8"?>']
        name = escape(self.definition.name)
        text.append(
            f'<definitions {_SPACES} id="definitions" targetNamespace="urn:siklus:{self.definition.workflow}">'
        )
        title = quoteattr(f"{self.definition.texts.title[self.language]} ({name})")
        text.append(f'  <process id="process" name={title} isExecutable="false">')
        text.extend(f"    {line}" for line in self.process)
        text.extend(f"    {line}" for line in self._sequence())
        text.append("  </process>")
        text.append('  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="process">')
        text.extend(f"    {line}" for line in self._drawing())
        text.append("  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>")
        return "\n".join([*text, "</definitions>"]) + "\n"

    def _nodes(self) -> None:
        first = self.boxes[self.definition.initial]
        self.element("startEvent", "start", "", _Place(first.x - 60, first.port - 18, _EVENT, _EVENT))
        self.flow("start", f"state.{self.definition.initial}")
        for choice in self.definition.choices.values():
            box = self.boxes.get(choice.name)
            if box is None:
                continue
            key = f"choice.{choice.name}"
            self.element("exclusiveGateway", key, choice.name, _Place(box.x, box.y, _GATEWAY, _GATEWAY))
            for row in choice.rows:
                if row.to != STAY:
                    self.flow(key, f"state.{row.to}", "", row.when.text if row.when is not None else "")
        for state in self.definition.states.values():
            self._state(state)

    def _state(self, state: State) -> None:
        key, label = f"state.{state.name}", self.definition.texts.labels["states"][state.name][self.language]
        box = self.boxes[state.name]
        if state.final is not None:
            self.element("endEvent", key, label, _Place(box.x, box.y, _EVENT, _EVENT))
            return
        tag = "receiveTask" if state.task is None and state.gather is None else "userTask"
        self.element(tag, key, label, _Place(box.x, box.y, CARD, box.height))
        acts = [way for way in state.transitions if isinstance(way.trigger, By) and _goes(way)]
        if acts:
            fork = f"after.{state.name}"
            place = _Place(box.right + 8, box.y + box.height // 2 - _GATEWAY // 2, _GATEWAY, _GATEWAY)
            self.element("exclusiveGateway", fork, "", place)
            self.flow(key, fork)
            for way in acts:
                self._lead(fork, way)
        others = [way for way in state.transitions if not isinstance(way.trigger, By) and _goes(way)]
        for number, way in enumerate(others):
            self._boundary(box, key, state, way, number)

    def _boundary(self, box: Box, host: str, state: State, way: Transition, number: int) -> None:
        event = f"event.{state.name}.{way.rule}"
        words = transition_label(self.definition, way)[self.language]
        if isinstance(way.trigger, At):
            moment = escape(
                describe(way.trigger.moment, self.language, window_labels(self.definition, self.language))
            )
            date = f'<timeDate xsi:type="tFormalExpression">{moment}</timeDate>'
            inside = f"<timerEventDefinition>{date}</timerEventDefinition>"
        else:
            inside = "<messageEventDefinition/>"
        place = _Place(box.x + 8 + number * (_EVENT + 6), box.y + box.height - _EVENT // 2, _EVENT, _EVENT)
        self.element(
            "boundaryEvent", event, words, place, inside=inside, more=f" attachedToRef={quoteattr(host)}"
        )
        self._lead(event, way)

    def _lead(self, source: str, way: Transition) -> None:
        words = transition_label(self.definition, way)[self.language]
        condition = way.when.text if way.when is not None else ""
        for target in (way.to, way.then):
            if target is not None and target != STAY:
                kind = "choice" if target in self.definition.choices else "state"
                self.flow(source, f"{kind}.{target}", words, condition)

    def _sequence(self) -> Iterator[str]:
        for number, (source, target, name, condition) in enumerate(self.flows):
            inside = ""
            if condition:
                inside = f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}</conditionExpression>'
            yield (
                f'<sequenceFlow id="flow{number}" name={quoteattr(name)} sourceRef={quoteattr(source)}'
                f" targetRef={quoteattr(target)}>{inside}</sequenceFlow>"
            )

    def _drawing(self) -> Iterator[str]:
        for key, place in self.places.items():
            yield (
                f"<bpmndi:BPMNShape id={quoteattr('shape.' + key)} bpmnElement={quoteattr(key)}>"
                f'<dc:Bounds x="{place.x}"'
                f' y="{place.y}" width="{place.width}" height="{place.height}"/></bpmndi:BPMNShape>'
            )
        for number, (source, target, *_) in enumerate(self.flows):
            ends = (self.places[source].middle, self.places[target].middle)
            points = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in ends)
            yield f'<bpmndi:BPMNEdge id="edge{number}" bpmnElement="flow{number}">{points}</bpmndi:BPMNEdge>'


def bpmn(definition: Definition, language: Language = "en") -> str:
    """The process and its drawing as one document."""
    return _Writer(definition, language).write()


def _goes(way: Transition) -> bool:
    """Whether a way leaves its state at all: an act that stays is no flow."""
    return way.to != STAY or (way.then is not None and way.then != STAY)
