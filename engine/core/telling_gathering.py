"""Gatherings in words: how far one has come, whom it still waits for, and what came of it.

Where answers have no names, nobody is named who has or has not given one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import Definition, Language
from engine.core.telling_names import say_list, say_name

__all__ = ["hides_names", "say_asked", "say_outcome", "say_progress", "say_waiting"]

_WORDS = {
    "id": {
        "form": "{answered} dari {asked} sudah menjawab",
        "sign": "{answered} dari {asked} sudah menandatangani",
        "declined": "{count} tidak bersedia",
        "dropped": "{count} tidak lagi diminta",
        "unnamed": "mereka yang belum menjawab",
        "asked": "{count} orang diminta menjawab",
        "nobody": "tidak ada yang diminta",
        "not_enough": "jawaban tidak cukup",
    },
    "en": {
        "form": "{answered} of {asked} have answered",
        "sign": "{answered} of {asked} have signed",
        "declined": "{count} declined",
        "dropped": "{count} no longer asked",
        "unnamed": "those who have not answered yet",
        "asked": "{count} people are asked",
        "nobody": "nobody is asked",
        "not_enough": "not enough answers",
    },
}


def hides_names(definition: Definition, state: str) -> bool:
    """Whether a state gathers answers that have no names."""
    gather = definition.states[state].gather if state in definition.states else None
    return gather is not None and gather.anonymous > 0


def say_waiting(
    definition: Definition, case: Case, chart: Chart, language: Language, viewer: str | None = None
) -> str:
    """Whom the present work waits for, by name where names may be told."""
    if hides_names(definition, case.state):
        return _WORDS[language]["unnamed"]
    return say_list((say_name(chart, task.holder, language, viewer) for task in case.waiting), language)


def say_progress(definition: Definition, case: Case, language: Language) -> str:
    """How many of those asked have answered or signed; "" where nothing is gathered."""
    gathering, rule = case.gathering, definition.states[case.state].gather
    if gathering is None or rule is None:
        return ""
    told = {
        "answered": gathering.count("answered"),
        "asked": len(gathering.asked),
        "declined": gathering.count("declined"),
        "dropped": gathering.count("dropped"),
    }
    return _counted(told, "sign" if rule.sign is not None else "form", language)


def say_asked(count: int, language: Language) -> str:
    """How many people are asked, where they are not to be named."""
    words = _WORDS[language]
    return words["asked"].format(count=count) if count else words["nobody"]


def say_outcome(definition: Definition, state: str, told: Mapping[str, Any], language: Language) -> str:
    """What came of a gathering that ended: how many answered, and whether that is enough."""
    words = _WORDS[language]
    rule = definition.states[state].gather if state in definition.states else None
    signs = rule is not None and rule.sign is not None
    counted = _counted(told, "sign" if signs else "form", language)
    if signs:
        return counted
    return counted if told.get("enough") else f"{counted}: {words['not_enough']}"


def _counted(told: Mapping[str, Any], kind: str, language: Language) -> str:
    words = _WORDS[language]
    parts = [words[kind].format(answered=told["answered"], asked=told["asked"])]
    parts += [words[key].format(count=told[key]) for key in ("declined", "dropped") if told.get(key)]
    return ", ".join(parts)
