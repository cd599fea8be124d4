"""Persons, roles, states and ways out by the names people know them by: never by a key.

Labels come from the definition's own texts, in which the reader has found every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.assigning import PERSONNEL
from engine.core.case_lists import Why
from engine.core.chain import UNIT_KEY, is_unit
from engine.core.chart import Chart
from engine.core.correction_acts import own_acts
from engine.core.definition import HOLDER, Definition, Language, Transition
from engine.core.labels import transition_label
from engine.core.role_words import day_text, explain
from engine.core.roles import Resolution, retrace
from engine.core.telling_past_words import PAUSES

__all__ = [
    "say_list",
    "say_name",
    "say_pause",
    "say_role",
    "say_state",
    "say_via",
    "say_way",
    "say_who",
    "say_why",
    "stands_in",
    "way_of",
]

_STRANGER = {"id": "seseorang yang tidak tercatat lagi", "en": "somebody no longer on record"}
_YOU = {"id": "Anda", "en": "you"}
_HOLDER = {"id": "pemegang tugas", "en": "holder of the task"}
_PERSONNEL = {"id": "petugas kepegawaian", "en": "personnel desk"}
_AND = {"id": "dan", "en": "and"}
#: by which way somebody other than the holder of a post came to a role
_VIA = {
    "id": {
        "acting": "pelaksana tugas",
        "substitute": "pengganti",
        "next_level": "pejabat satu jenjang di atasnya",
        "desk": "petugas kepegawaian",
        "external": "pejabat di luar instansi",
        "member": "anggota",
    },
    "en": {
        "acting": "acting head",
        "substitute": "substitute",
        "next_level": "next level up",
        "desk": "personnel desk",
        "external": "official outside the agency",
        "member": "member",
    },
}
_STANDS_IN = {
    "id": "Anda menggantikan {of} dalam tugas ini sejak {day}.",
    "en": "You stand in for {of} in this task since {day}.",
}


def say_name(chart: Chart, key: str, language: Language, viewer: str | None = None) -> str:
    """A person's name; "Anda" or "you" for the one who reads. A unit's own name for a case about a unit."""
    if key == viewer:
        return _YOU[language]
    if is_unit(key):
        return key.removeprefix(UNIT_KEY)
    known = chart.history(key)
    return known[-1].name if known else _STRANGER[language]


def say_who(chart: Chart, key: str, language: Language, *parts: str, viewer: str | None = None) -> str:
    """A person's name with what they are here: Budi Santoso (pejabat penilai kinerja, pengganti)."""
    told = ", ".join(part for part in parts if part)
    name = say_name(chart, key, language, viewer)
    return f"{name} ({told})" if told else name


def say_role(definition: Definition, role: str, language: Language) -> str:
    """What a role of the definition is called."""
    if role == HOLDER:
        return _HOLDER[language]
    if role == PERSONNEL:
        return _PERSONNEL[language]
    return definition.texts.label("roles", role)[language]


def say_pause(definition: Definition, kind: str, language: Language) -> str:
    """For what reason a clock stands still: by the definition's own name, or the one everybody knows."""
    own = definition.texts.labels["pauses"].get(kind)
    known = PAUSES[language]
    return own[language] if own else known.get(kind, known[""])


def say_state(definition: Definition, state: str, language: Language) -> str:
    """What a state is called, quoted: states are named by sentences."""
    return f"“{definition.texts.label('states', state)[language]}”"


def say_way(definition: Definition, transition: Transition, language: Language) -> str:
    """What a way out is called: the button people press, or what happens by itself."""
    return transition_label(definition, transition)[language]


def way_of(definition: Definition, state: str, rule: str) -> Transition | None:
    """The way out of a state with this rule; None when the state has none."""
    if state not in definition.states:
        return None
    ways = (*own_acts(definition, definition.states[state]), *definition.states[state].transitions)
    return next((way for way in ways if way.rule == rule), None)


def say_via(via: str, language: Language) -> str:
    """How somebody other than the holder of the post came to a role; "" for the holder."""
    return _VIA[language].get(via, "")


def say_why(why: Why | Resolution, chart: Chart, language: Language) -> str:
    """One sentence to the person found: why this role fell to them."""
    if stands_in(why):
        of = say_name(chart, retrace(why.path).of, language)
        return _STANDS_IN[language].format(of=of, day=day_text(why.as_of, language))
    return explain(why, chart, language)


def stands_in(why: Why | Resolution) -> bool:
    """Whether a task was given to this person in the place of whoever held it."""
    return why.via == "substitute" and retrace(why.path).query == "substitute_of"


def say_list(names: Iterable[str], language: Language) -> str:
    """Names in a row: A; A dan B; A, B, dan C."""
    told = list(dict.fromkeys(names))
    if len(told) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(told)
    comma = "," if len(told) > 2 else ""  # noqa: PLR2004 - three names need commas
    return f"{', '.join(told[:-1])}{comma} {_AND[language]} {told[-1]}"
