"""The control flow as W3C State Chart XML (Recommendation of 1 September 2015), with the ECMAScript data model.

Events are named by what sets a way off: `act.<rule>` when a person acts, `time.<rule>` at a moment, `fact.<rule>`
upon a fact; whoever runs the chart raises them. Conditions read figures and forms that the host has to supply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from engine.core.definition import STAY, At, By, Definition, State, Transition
from engine.core.labels import window_labels
from engine.core.moments import describe

_IN = re.compile(r"([A-Za-z_][\w.]*)\s+in\s+(\[[^\]]*\])")
_EVENTS = {By: "act", At: "time"}


def scxml(definition: Definition) -> str:
    """The chart, one compound state for each phase, in the order of the definition."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {_comment(definition.texts.title.en)} ({definition.name}) -->",
        (
            '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript"'
            f" name={quoteattr(definition.workflow)} initial={quoteattr(definition.initial)}>"
        ),
        "  <datamodel>",
    ]
    capped = sorted(
        {way.rule for state in definition.states.values() for way in state.transitions if way.at_most}
    )
    lines.extend(f'    <data id={quoteattr(_counter(rule))} expr="0"/>' for rule in capped)
    read = [form.name for form in definition.forms.values() if not form.item_only]
    lines.extend(f'    <data id={quoteattr(name)} expr="{{}}"/>' for name in read)
    lines.extend(f"    <data id={quoteattr(name)}/>" for name in definition.figures if name not in read)
    lines.append("  </datamodel>")
    for phase in definition.phases.values():
        lines.append(f'  <state id="phase.{phase.name}">')
        for name in phase.states:
            lines.extend(f"    {line}" for line in _state(definition, definition.states[name]))
        lines.append("  </state>")
    return "\n".join([*lines, "</scxml>"]) + "\n"


def _state(definition: Definition, state: State) -> Iterator[str]:
    if state.final is not None:
        yield f"<final id={quoteattr(state.name)}/>"
        return
    yield f"<state id={quoteattr(state.name)}>"
    for way in state.transitions:
        for line in _way(definition, way):
            yield f"  {line}"
    yield "</state>"


def _way(definition: Definition, way: Transition) -> Iterator[str]:
    event = f"{_EVENTS.get(type(way.trigger), 'fact')}.{way.rule}"
    if isinstance(way.trigger, At):
        yield f"<!-- {_comment(describe(way.trigger.moment, 'en', window_labels(definition, 'en')))} -->"
    own = [_script(way.when.text)] if way.when is not None else []
    if way.at_most is None:
        yield from _targets(definition, way.to, event, own, "")
        return
    count = _counter(way.rule)
    more = f'<assign location="{count}" expr="{count} + 1"/>'
    yield from _targets(definition, way.to, event, [*own, f"{count} < {way.at_most}"], more)
    if way.then is not None:
        yield from _targets(definition, way.then, event, own, "")


def _targets(
    definition: Definition, to: str, event: str, conditions: list[str], inside: str
) -> Iterator[str]:
    choice = definition.choices.get(to)
    if choice is None:
        yield _transition(event, to, conditions, inside)
        return
    for row in choice.rows:
        if row.when is not None:
            yield _transition(event, row.to, [*conditions, _script(row.when.text)], inside)
    last = next(row for row in choice.rows if row.when is None)
    yield _transition(event, last.to, conditions, inside)


def _transition(event: str, to: str, conditions: list[str], inside: str) -> str:
    target = "" if to == STAY else f" target={quoteattr(to)}"
    joined = " && ".join(f"({one})" if len(conditions) > 1 else one for one in conditions)
    guard = f" cond={quoteattr(joined)}" if joined else ""
    head = f"<transition event={quoteattr(event)}{guard}{target}"
    return f"{head}>{inside}</transition>" if inside else f"{head}/>"


def _counter(rule: str) -> str:
    return "uses_" + rule.replace(".", "_")


def _script(condition: str) -> str:
    """CEL is ECMAScript here but for `in`, which asks a list and not its indexes."""
    return _IN.sub(r"\2.indexOf(\1) >= 0", condition)


def _comment(text: str) -> str:
    return escape(text).replace("--", "- -")
