"""The net of a definition (PNML, ISO/IEC 15909-2, place/transition nets): where a case may rest, and every way on.

A place for each state, one before the launch and one after the end; a transition for each way and each place it may
lead to, called as `Mined.way` calls what happened. What only time and conditions decide is left to them: the net allows
each way as often as it is offered. Tracks have nets of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from engine.core.definition import STAY, Definition, State, Transition

__all__ = ["designed", "nets"]

_NET = "http://www.pnml.org/version-2009/grammar/ptnet"
_START, _END = ".start", ".end"


def designed(definition: Definition) -> frozenset[str]:
    """Every way a case of this definition may go, as `Mined.way` calls it."""
    return frozenset(label for _, label, _ in _ways(definition) if label)


def nets(definition: Definition) -> dict[str, str]:
    """The nets of a definition and of its tracks, by digest."""
    found = {definition.digest: _pnml(definition)}
    for track in definition.tracks.values():
        found[track.digest] = _pnml(track)
    return found


def _pnml(definition: Definition) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">',
        f"  <net id={quoteattr('net-' + definition.digest.replace('#', '-'))} type={quoteattr(_NET)}>",
        f"    <name><text>{escape(definition.name)}</text></name>",
        '    <page id="page">',
        *(f"      {line}" for line in _places(definition)),
    ]
    for number, (source, label, target) in enumerate(dict.fromkeys(_ways(definition)), start=1):
        lines += [f"      {line}" for line in _transition(number, source, label, target)]
    lines += [
        "    </page>",
        f'    <finalmarkings><marking><place idref="{_id(_END)}"><text>1</text></place></marking></finalmarkings>',
        "  </net>",
        "</pnml>",
    ]
    return "\n".join(lines) + "\n"


def _places(definition: Definition) -> Iterator[str]:
    yield f'<place id="{_id(_START)}"><name><text>start</text></name>'
    yield "  <initialMarking><text>1</text></initialMarking></place>"
    for name in definition.states:
        yield f"<place id={quoteattr(_id(name))}><name><text>{escape(name)}</text></name></place>"
    yield f'<place id="{_id(_END)}"><name><text>end</text></name></place>'


def _ways(definition: Definition) -> Iterator[tuple[str, str, str]]:
    """Place, label and place of every transition; without a label nothing happens that anybody tells."""
    yield _START, f"/launched/{definition.initial}", definition.initial
    ended = [state.name for state in definition.states.values() if state.final == "ended"]
    for state in definition.states.values():
        if state.final is not None:
            yield state.name, "", _END
            continue
        for way in state.transitions:
            yield from _way(definition, state, way)
        yield state.name, f"{state.name}/cancelled/", _END
        for name in ended:
            yield state.name, f"{state.name}/ended/{name}", name


def _way(definition: Definition, state: State, way: Transition) -> Iterator[tuple[str, str, str]]:
    for to in (way.to, *((way.then,) if way.then is not None else ())):
        choice = definition.choices.get(to)
        for target in [row.to for row in choice.rows] if choice is not None else [to]:
            there = state.name if target == STAY else target
            yield state.name, f"{state.name}/{way.rule}/{there}", there
            if way.undo is not None and there != state.name:
                yield there, f"{there}/undone/{state.name}", state.name


def _transition(number: int, source: str, label: str, target: str) -> Iterator[str]:
    name = f"t{number}"
    if label:
        yield f'<transition id="{name}"><name><text>{escape(label)}</text></name></transition>'
    else:
        tool = '<toolspecific tool="ProM" version="6.4" activity="$invisible$"/>'
        yield f'<transition id="{name}"><name><text>{name}</text></name>{tool}</transition>'
    yield f'<arc id="{name}-in" source={quoteattr(_id(source))} target="{name}"/>'
    yield f'<arc id="{name}-out" source="{name}" target={quoteattr(_id(target))}/>'


def _id(place: str) -> str:
    return f"p{place}" if place.startswith(".") else f"p-{place}"
