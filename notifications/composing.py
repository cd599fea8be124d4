"""A message of the outbox in words, for the in-app list and for mail alike.

The subject says what to do (or what happened), about whom, and the date. What the case says of itself is
`engine.core.telling`'s, the same as on its page.
"""

from __future__ import annotations

from datetime import date, timedelta

from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import Definition, Language, Transition
from engine.core.promise_words import bare_promise
from engine.core.telling import (
    Telling,
    say_date,
    say_due,
    say_list,
    say_name,
    say_short,
    say_state,
    say_waiting,
    say_way,
    tell,
)
from engine.store.values import Letter
from notifications.letter_words import ABOUT_DUE, BEHALF, DUE, LEADS, LENT, SUBJECTS, WHOLE
from notifications.message import Matter, Told

__all__ = ["compose", "headline", "is_urgent"]

#: what is asked of somebody because others did not act: it waits for no other message
_AT_ONCE = frozenset({"escalation", "breach", "superior"})
_SOON = timedelta(days=1)

#: data that names another person, whichever the kind has
_OTHERS = ("about", "told", "before", "after", "by")
_NOBODY = ""


def headline(
    letter: Letter, definition: Definition, case: Case, calendar: Calendar, chart: Chart, language: Language
) -> str:
    """The one line of a message: in a list, and as the subject of a mail."""
    subjects = SUBJECTS[language]
    line = subjects.get(letter.kind, subjects[""]).format(
        thing=_thing(letter, definition, language),
        subject=say_name(chart, case.subject, language),
        other=_others(letter, chart, language),
        was="was" if len(_named(letter)) == 1 else "were",
        way=_way(letter, definition, language),
        journal=_journal(letter, definition, language),
        unit=_unit(letter, language),
        promise=_promise(letter, definition, language),
    )
    if "behalf" in letter.data:
        line = BEHALF[language].format(line=line, giver=say_name(chart, str(letter.data["behalf"]), language))
    due = _due_on(letter, case) if letter.kind in ABOUT_DUE else None
    if due is not None:
        return DUE[language].format(line=line, day=say_short(due, language))
    return f"{line}, {say_short(calendar.date_of(letter.created_at, case.zone), language)}"


def compose(letter: Letter, matter: Matter, language: Language) -> Told:
    """A message with everything it says: subject, lead, note, and the case's own telling to this person."""
    scene, case = matter.scene, matter.case
    return Told(
        subject=headline(letter, matter.definition, case, scene.calendar, scene.chart, language),
        lead=_lead(letter, matter, language),
        note=matter.note,
        telling=_telling(letter, matter, language),
    )


def is_urgent(letter: Letter, matter: Matter) -> bool:
    """Whether a message goes at once and alone: somebody is asked to step in, or something is due within a day."""
    if letter.kind in _AT_ONCE:
        return True
    due = _due_on(letter, matter.case) if letter.kind in ABOUT_DUE else None
    return due is not None and due <= matter.scene.today(matter.case.zone) + _SOON


def _telling(letter: Letter, matter: Matter, language: Language) -> Telling:
    role = letter.data.get("role")
    roles = (role,) if isinstance(role, str) and role in matter.definition.roles else tuple(matter.roles)
    return tell(matter.standing, language, viewer=letter.to, roles=roles, task_id=letter.task_id or "")


def _lead(letter: Letter, matter: Matter, language: Language) -> str:
    words, chart = LEADS[language], matter.scene.chart
    case, definition = matter.case, matter.definition
    state = str(letter.data["state"])
    pattern = words[_lead_key(letter, case)].format(
        other=_others(letter, chart, language),
        was="was" if len(_named(letter)) == 1 else "were",
        holder=say_waiting(definition, case, chart, language),
        subject=say_name(chart, case.subject, language),
        state=say_state(definition, state, language),
        way=_way(letter, definition, language),
        day=_told_day(letter, "due_on", language),
        journal=_journal(letter, definition, language),
        unit=_unit(letter, language),
        first=_told_day(letter, "first", language),
        last=_told_day(letter, "last", language),
        promise=_promise(letter, definition, language),
    )
    if "behalf" in letter.data:
        giver = say_name(chart, str(letter.data["behalf"]), language)
        pattern = LENT[language].format(giver=giver, lead=pattern)
    whole = _whole_due(letter, matter, language)
    missed = letter.data.get("missed")
    stood = words["missed"].format(count=len(missed)) if isinstance(missed, list | tuple) and missed else ""
    return " ".join(part for part in (pattern, whole, stood) if part)


def _lead_key(letter: Letter, case: Case) -> str:
    data = letter.data
    if letter.kind == "task" and data.get("before"):
        return "task_from"
    if letter.kind == "reminder" and data.get("by"):
        return "reminder_by"
    if letter.kind == "superior_answered":
        return f"superior_{data['outcome']}"
    if letter.kind == "outage" and data.get("last"):
        return "outage_past"
    waited_for = {task.holder for task in case.waiting}
    if letter.kind in {"reminder", "notice"} and waited_for and letter.to not in waited_for:
        return "waiting"
    if letter.kind == "notice":
        return "reminder" if waited_for else ""
    return letter.kind if letter.kind in LEADS["id"] else ""


def _whole_due(letter: Letter, matter: Matter, language: Language) -> str:
    """What a reminder of a phase's or the whole case's due time adds; "" for a task's own."""
    scope, _, phase = str(letter.data.get("deadline", "task")).partition(":")
    if scope not in {"phase", "case"}:
        return ""
    scene, case = matter.scene, matter.case
    due_on = date.fromisoformat(str(letter.data["due_on"]))
    due = say_due(due_on, case.zone, scene.calendar, scene.today(case.zone), language)
    return LEADS[language][scope].format(phase=_phase(matter.definition, phase, language), due=due)


def _thing(letter: Letter, definition: Definition, language: Language) -> str:
    """What a message is about: a step, or a whole phase whose due time it reminds of."""
    scope, _, phase = str(letter.data.get("deadline", "task")).partition(":")
    if scope == "phase":
        return _phase(definition, phase, language)
    return definition.texts.label("states", str(letter.data["state"]))[language]


def _phase(definition: Definition, phase: str, language: Language) -> str:
    labels = definition.texts.labels["phases"]
    return labels[phase][language] if phase in labels else ""


def _way(letter: Letter, definition: Definition, language: Language) -> str:
    """The words of the transition that a message tells of."""
    way = _transition(definition, str(letter.data.get("rule", "")))
    return say_way(definition, way, language) if way is not None else _thing(letter, definition, language)


def _journal(letter: Letter, definition: Definition, language: Language) -> str:
    """The words for the journal that a message tells of."""
    name = str(letter.data.get("journal", ""))
    return f"“{definition.texts.label('journals', name)[language]}”" if name in definition.journals else ""


def _promise(letter: Letter, definition: Definition, language: Language) -> str:
    """The sentence of the promise that a message tells of."""
    number = letter.data.get("promise")
    if not isinstance(number, int):
        return ""
    return f"“{bare_promise(definition, number, language)}”"


def _transition(definition: Definition, rule: str) -> Transition | None:
    for state in definition.states.values():
        for way in state.transitions:
            if way.rule == rule:
                return way
    return None


def _others(letter: Letter, chart: Chart, language: Language) -> str:
    """The other people a message names, as one reads them."""
    return say_list((say_name(chart, key, language) for key in _named(letter)), language)


def _named(letter: Letter) -> tuple[str, ...]:
    """The keys of the other people a message names; of several who were asked to step in, all."""
    named = next((letter.data[name] for name in _OTHERS if letter.data.get(name)), _NOBODY)
    return tuple(map(str, named)) if isinstance(named, list | tuple) else (str(named),)


def _due_on(letter: Letter, case: Case) -> date | None:
    """The due day a subject names: what the message says, else the open task's."""
    stated = letter.data.get("due_on")
    if isinstance(stated, str):
        return date.fromisoformat(stated)
    task = next((one for one in case.tasks if one.id == letter.task_id), None)
    return task.due_on if task is not None else None


def _told_day(letter: Letter, name: str, language: Language) -> str:
    stated = letter.data.get(name)
    return say_date(date.fromisoformat(stated), language) if isinstance(stated, str) else ""


def _unit(letter: Letter, language: Language) -> str:
    """The unit an outage is about."""
    return str(letter.data.get("unit", "")) or WHOLE[language]
