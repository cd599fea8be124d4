"""How a case stands now, in sentences: until when work is due, since when it waits, or why its clock stands still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.arming import TASK
from engine.core.calendar import Calendar
from engine.core.case import Case, Task
from engine.core.definition import Definition, Language
from engine.core.pausing import in_force
from engine.core.scene import Scene
from engine.core.telling_days import say_date, say_day, say_due, say_instant, say_moment, say_span
from engine.core.telling_gathering import say_progress, say_waiting
from engine.core.telling_names import say_list, say_name, say_pause, say_role, say_who
from engine.core.zones import local_date

__all__ = ["say_raised", "say_since", "say_standing", "say_stands", "say_task_due"]

_WORDS = {
    "id": {
        "no_due": "tanpa tenggat",
        "stands": "waktu berhenti ({why}) sejak {day}",
        "until": "{stands}, paling lama sampai {until}",
        "sleeps": "dibuka pada {day}",
        "turn": "giliran {holder}, {due}",
        "your_turn": "giliran Anda, {due}",
        "closed": "kasus sudah ditutup",
        "gathering": "{progress}; menunggu {holder}, {due}",
        "nobody": "tidak ada tugas yang menunggu siapa pun",
        "since": "sejak {instant} ({span})",
        "since_today": "sejak {instant}",
        "raised": "{who} diminta turun tangan pada {instant}.",
    },
    "en": {
        "no_due": "no due date",
        "stands": "the clock stands still ({why}) since {day}",
        "until": "{stands}, until {until} at the latest",
        "sleeps": "opens on {day}",
        "turn": "waiting for {holder}, {due}",
        "your_turn": "your turn, {due}",
        "closed": "the case is closed",
        "gathering": "{progress}; waiting for {holder}, {due}",
        "nobody": "no task waits for anybody",
        "since": "since {instant} ({span})",
        "since_today": "since {instant}",
        "raised": "{who} {was} asked to step in on {instant}.",
    },
}


def say_stands(definition: Definition, case: Case, language: Language) -> str:
    """That clocks stand still, why, since when, and until when at most; "" while all run."""
    stopped = [one for one in case.deadlines if one.paused_at is not None]
    if not stopped:
        return ""
    words = _WORDS[language]
    since = min(one.paused_at for one in stopped if one.paused_at is not None)
    holds = dict.fromkeys(kind for one in stopped for kind in one.holds)
    why = say_list((say_pause(definition, kind, language) for kind in holds), language)
    stands = words["stands"].format(why=why, day=say_date(local_date(since, case.zone), language))
    longest = [one.due_on for one in case.deadlines if any(alarm.kind == "resume" for alarm in one.alarms)]
    if set(holds) - set(in_force(case)) or not longest:
        return stands
    return words["until"].format(stands=stands, until=say_date(max(longest), language))


def say_task_due(
    definition: Definition, case: Case, task: Task, calendar: Calendar, today: date, language: Language
) -> str:
    """The due time of the work that waits: of an escalation, that of the delayed task as it stands now.

    Where its clock stands still, that is said instead: nobody is late meanwhile.
    """
    work = case.waiting[0] if case.waiting and task.kind == "escalation" else task
    if work.due_on is None:
        return _WORDS[language]["no_due"]
    if task.kind not in {"check", "superior"} and any(
        one.name == TASK and one.paused_at for one in case.deadlines
    ):
        return say_stands(definition, case, language)
    return say_due(work.due_on, case.zone, calendar, today, language)


def say_since(case: Case, opened_at: int | None, scene: Scene, language: Language) -> str:
    """Since which instant work has waited, and for how many working days: sejak Senin, ... (3 hari kerja)."""
    if opened_at is None:
        return ""
    calendar, today = scene.calendar, scene.today(case.zone)
    since = calendar.date_of(opened_at, case.zone)
    key = "since" if since < today else "since_today"
    instant = say_moment(opened_at, case.zone, language)
    return _WORDS[language][key].format(instant=instant, span=say_span(since, today, calendar, language))


def say_raised(
    definition: Definition, case: Case, scene: Scene, language: Language, viewer: str | None = None
) -> tuple[str, ...]:
    """Who was asked to step in, in which role and when: a sentence for each time it was raised."""
    times: dict[int, list[Task]] = {}
    for task in case.escalations:
        times.setdefault(task.opened_at, []).append(task)
    return tuple(
        _WORDS[language]["raised"].format(
            who=_asked(definition, tasks, scene, language, viewer),
            was="was" if len(tasks) == 1 and tasks[0].holder != viewer else "were",
            instant=say_instant(opened_at, case.zone, scene.calendar, language),
        )
        for opened_at, tasks in sorted(times.items())
    )


def say_standing(
    definition: Definition, case: Case, scene: Scene, language: Language, viewer: str | None = None
) -> str:
    """Whose turn it is and until when, how far a gathering has come, when a sleeping case opens, or that it closed."""
    words = _WORDS[language]
    if case.ended:
        return words["closed"]
    if case.sleeps_until is not None:
        day = scene.calendar.date_of(case.sleeps_until, case.zone)
        return words["sleeps"].format(day=say_day(day, language))
    if not case.waiting:
        return words["nobody"]
    today = scene.today(case.zone)
    due = say_task_due(definition, case, case.waiting[0], scene.calendar, today, language)
    if any(task.holder == viewer for task in case.waiting):
        return words["your_turn"].format(due=due)
    holder = say_waiting(definition, case, scene.chart, language)
    progress = say_progress(definition, case, language)
    return words["gathering" if progress else "turn"].format(progress=progress, holder=holder, due=due)


def _asked(
    definition: Definition, tasks: Sequence[Task], scene: Scene, language: Language, viewer: str | None
) -> str:
    """Those who were asked to step in, each with the role it was asked of; "you" needs none."""
    names = (
        say_name(scene.chart, task.holder, language, viewer)
        if task.holder == viewer
        else say_who(scene.chart, task.holder, language, say_role(definition, task.role, language))
        for task in tasks
    )
    told = say_list(names, language)
    return told[:1].upper() + told[1:]
