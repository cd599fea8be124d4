"""What an agency's years touched: every transition of every definition and track, and every rung of every ladder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from engine.core.codec import decode
from engine.core.correction_acts import corrections_of
from engine.core.definition import Definition
from engine.core.parse import read
from tests.practices.living import Life
from tests.workflows.families import FOLDER

#: by workflow: `rule`, `track: rule` and `ladder #rung`, rungs counted from 1
Parts = Mapping[str, frozenset[str]]


def shipped_definition(name: str) -> Definition:
    """A shipped definition as it is read."""
    rules, texts = (FOLDER / f"{name}{end}" for end in (".yaml", ".texts.yaml"))
    return read(rules.read_bytes(), texts.read_bytes(), name=rules.name, texts_name=texts.name)


def parts(definition: Definition) -> frozenset[str]:
    """Every transition and every rung of a definition."""
    found = set(_rules(definition))
    for name, track in definition.tracks.items():
        found |= {f"{name}: {rule}" for rule in _rules(track)}
    for ladder in definition.ladders.values():
        found |= {f"{ladder.name} #{number + 1}" for number in range(len(ladder.rungs))}
    return frozenset(found)


def _rules(definition: Definition) -> Iterator[str]:
    for state in definition.states.values():
        yield from (way.rule for way in state.transitions)
        yield from (way.rule for way in corrections_of(definition, state))


def touched(life: Life) -> Parts:
    """What the histories of all cases tell of, by workflow."""
    found: dict[str, set[str]] = defaultdict(set)
    for case in life.all_cases():
        definition = life.definition(case)
        _, _, track = case.definition.partition("#")
        before = f"{track}: " if track else ""
        for entry in life.engine.history(case.id):
            facts = decode(entry.body)
            cause = facts.get("cause", {})
            if entry.kind == "rung":
                found[definition.workflow].add(f"{cause['ladder']} #{cause['rung'] + 1}")
                continue
            named = cause.get("act") or cause.get("moment")
            source = facts.get("from") or ""
            if not named and cause.get("fact") and source in definition.states:
                ways = definition.states[source].transitions
                told = (way.rule for way in ways if cause["fact"] in getattr(way.trigger, "texts", ()))
                found[definition.workflow] |= {before + rule for rule in told}
            elif named:
                found[definition.workflow].add(before + str(named))
    return {name: frozenset(told) for name, told in found.items()}
