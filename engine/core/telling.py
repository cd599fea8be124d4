"""What Siklus says to people, in Indonesian and English: the one source of its sentences.

Pages and mails call the same functions, so that a task reads the same wherever it is met. Everything here is pure:
the instant, the calendar and the chart are arguments. Names are put in for keys, labels for names of a definition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.arming import TASK
from engine.core.calendar import Calendar
from engine.core.case import Case, Task
from engine.core.chart import Chart
from engine.core.definition import Definition, Language
from engine.core.journal_pages import checked_journal
from engine.core.outlook import Consequence
from engine.core.scene import Scene
from engine.core.telling_ahead import say_consequences
from engine.core.telling_days import say_date, say_day, say_due, say_instant, say_left, say_short, say_span
from engine.core.telling_gathering import say_progress, say_waiting
from engine.core.telling_names import (
    say_list,
    say_name,
    say_role,
    say_state,
    say_via,
    say_way,
    say_who,
    say_why,
    stands_in,
    way_of,
)
from engine.core.telling_past import say_entry

__all__ = [
    "Telling",
    "say_consequences",
    "say_date",
    "say_day",
    "say_due",
    "say_entry",
    "say_instant",
    "say_left",
    "say_list",
    "say_name",
    "say_progress",
    "say_role",
    "say_rule",
    "say_short",
    "say_span",
    "say_state",
    "say_via",
    "say_waiting",
    "say_way",
    "say_who",
    "say_why",
    "tell_onlooker",
    "tell_task",
    "way_of",
]

_WORDS = {
    "id": {
        "act": "Giliran Anda: {state} – {subject}",
        "answer": "Jawaban Anda diminta: {state} – {subject}",
        "sign": "Tanda tangan Anda diminta: {state} – {subject}",
        "escalation": "Mohon turun tangan: {state} – {subject}",
        "check": "Perlu Anda periksa: {journal} – {subject}",
        "unchecked": "Yang tidak diperiksa sampai saat itu tetap tercatat sebagai belum diperiksa.",
        "onlooker": "{state} – {subject}",
        "reassigned": "{why} Tugas ini dialihkan kepada Anda.",
        "followed": "{why} Tugas ini beralih kepada Anda karena susunan organisasi berubah.",
        "waiting": "{why} Tugas ini menunggu {holder} sejak {since} ({span}).",
        "lent": "Tugas ini dipegang {giver}; Anda dapat mengerjakannya atas namanya sampai {day}.",
        "lent_once": "Tugas ini dipegang {giver}, yang melimpahkannya kepada Anda.",
        "waiting_today": "{why} Tugas ini menunggu {holder} sejak hari ini.",
        "no_due": "tanpa tenggat",
        "paused": "penghitungan waktu dihentikan sementara sejak {day}",
        "sleeps": "dibuka pada {day}",
        "turn": "giliran {holder}, {due}",
        "your_turn": "giliran Anda, {due}",
        "closed": "kasus sudah ditutup",
        "gathering": "{progress}; menunggu {holder}, {due}",
        "nobody": "tidak ada tugas yang menunggu seseorang",
        "subject": "Kasus ini tentang Anda.",
        "role": "Peran Anda dalam kasus {subject}: {roles}.",
        "other": "Anda boleh melihat kasus {subject}.",
        "rule": "aturan {name}, butir “{state}” ({basis})",
    },
    "en": {
        "act": "Your turn: {state} – {subject}",
        "answer": "Your answer is asked for: {state} – {subject}",
        "sign": "Your signature is asked for: {state} – {subject}",
        "escalation": "Please step in: {state} – {subject}",
        "check": "For you to check: {journal} – {subject}",
        "unchecked": "What is not checked by then stays marked as unchecked.",
        "onlooker": "{state} – {subject}",
        "reassigned": "{why} The task was passed to you.",
        "followed": "{why} The task passed to you because the organisation changed.",
        "waiting": "{why} The task has waited for {holder} since {since} ({span}).",
        "lent": "This task is held by {giver}; you may do it on their behalf until {day}.",
        "lent_once": "This task is held by {giver}, who delegated it to you.",
        "waiting_today": "{why} The task has waited for {holder} since today.",
        "no_due": "no due date",
        "paused": "the clock has been paused since {day}",
        "sleeps": "opens on {day}",
        "turn": "waiting for {holder}, {due}",
        "your_turn": "your turn, {due}",
        "closed": "the case is closed",
        "gathering": "{progress}; waiting for {holder}, {due}",
        "nobody": "no task waits for anybody",
        "subject": "This case is about you.",
        "role": "Your part in the case of {subject}: {roles}.",
        "other": "You may see the case of {subject}.",
        "rule": "rule {name}, item “{state}” ({basis})",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a task or a case says of itself: what it is, why you, due when, what happens if ignored, by which rule."""

    title: str
    why: str
    due: str
    ignored: tuple[str, ...]
    rule: str


def tell_task(  # noqa: PLR0913, PLR0917 - all of it surrounds a task, and pages and mails must say the same of it
    definition: Definition,
    case: Case,
    task: Task,
    consequences: Sequence[Consequence],
    chart: Chart,
    calendar: Calendar,
    now: int,
    language: Language,
    *,
    viewer: str | None = None,
) -> Telling:
    """A task told to its holder, or to a viewer who may do it for them.

    An escalation also says whom the delayed task waits for, and since when.
    """
    words = _WORDS[language]
    if task.kind == "check":
        return _check(definition, case, task, chart, calendar, now, language)
    why = say_why(task.why, chart, language)
    if task.kind == "escalation":
        why = _waiting(definition, case, why, chart, calendar, now, language)
    elif task.since != "opened" and not stands_in(task.why):
        why = words[task.since].format(why=why)
    if viewer not in {None, task.holder}:
        why = _lent(case, task, viewer or "", chart, calendar, now, language)
    subject = say_name(chart, case.subject, language)
    return Telling(
        title=words[_asks(definition, task)].format(
            state=_bare(definition, task.state, language), subject=subject
        ),
        why=why,
        due=_due(case, task, calendar, now, language),
        ignored=say_consequences(
            definition, case, consequences, chart, language, viewer=viewer or task.holder
        ),
        rule=say_rule(definition, task.state, language),
    )


def _lent(  # noqa: PLR0917 - as `tell_task`
    case: Case, task: Task, viewer: str, chart: Chart, calendar: Calendar, now: int, language: Language
) -> str:
    """Whose task it is that somebody may do for them, and until when."""
    words = _WORDS[language]
    giver = say_name(chart, task.holder, language)
    ways = chart.stood_in_for(task.holder, now, calendar.date_of(now, case.zone))
    last = next((min(link.last for link in way) for way in ways if way[-1].taker == viewer), None)
    if last is None:
        return words["lent_once"].format(giver=giver)
    return words["lent"].format(giver=giver, day=say_date(last, language))


def _check(  # noqa: PLR0917 - as `tell_task`
    definition: Definition,
    case: Case,
    task: Task,
    chart: Chart,
    calendar: Calendar,
    now: int,
    language: Language,
) -> Telling:
    """A check of a journal's entries: whatever comes of it, the case does not move."""
    words = _WORDS[language]
    journal = definition.texts.label("journals", checked_journal(task))[language]
    today = calendar.date_of(now, case.zone)
    return Telling(
        title=words["check"].format(journal=journal, subject=say_name(chart, case.subject, language)),
        why=say_why(task.why, chart, language),
        due=say_due(task.due_on, case.zone, calendar, today, language) if task.due_on else words["no_due"],
        ignored=(words["unchecked"],),
        rule=say_rule(definition, task.state, language),
    )


def tell_onlooker(
    definition: Definition,
    case: Case,
    consequences: Sequence[Consequence],
    scene: Scene,
    language: Language,
    *,
    viewer: str,
    roles: Sequence[str],
) -> Telling:
    """A case told to somebody whose turn it is not: as what they see it, whose turn it is, and what comes by itself."""
    words, chart = _WORDS[language], scene.chart
    subject = say_name(chart, case.subject, language)
    if viewer == case.subject:
        why = words["subject"]
    elif roles:
        named = say_list((say_role(definition, role, language) for role in roles), language)
        why = words["role"].format(roles=named, subject=subject)
    else:
        why = words["other"].format(subject=subject)
    return Telling(
        title=words["onlooker"].format(state=_bare(definition, case.state, language), subject=subject),
        why=why,
        due=_standing(definition, case, scene, language, viewer),
        ignored=say_consequences(definition, case, consequences, chart, language, viewer=viewer),
        rule=say_rule(definition, case.state, language),
    )


def say_rule(definition: Definition, state: str, language: Language) -> str:
    """The rule a state stands in, by name, version and ground: aturan asn-tahunan@1, butir “...” (PP 30/2019)."""
    return _WORDS[language]["rule"].format(
        name=definition.name, state=_bare(definition, state, language), basis="; ".join(definition.basis)
    )


def _bare(definition: Definition, state: str, language: Language) -> str:
    return definition.texts.label("states", state)[language]


def _asks(definition: Definition, task: Task) -> str:
    """What a task asks of its holder: an act, an answer, a signature, or to step in."""
    rule = definition.states[task.state].gather
    return "sign" if task.kind == "answer" and rule is not None and rule.sign is not None else task.kind


def _waiting(  # noqa: PLR0917 - all of it surrounds the delayed task
    definition: Definition,
    case: Case,
    why: str,
    chart: Chart,
    calendar: Calendar,
    now: int,
    language: Language,
) -> str:
    """The reason of an escalation, with whom the delayed work waits for and since when."""
    assert case.waiting, "an escalation is about work that is open"
    opened = min(task.opened_at for task in case.waiting)
    since, today = calendar.date_of(opened, case.zone), calendar.date_of(now, case.zone)
    key = "waiting" if since < today else "waiting_today"
    return _WORDS[language][key].format(
        why=why,
        holder=say_waiting(definition, case, chart, language),
        since=say_date(since, language),
        span=say_span(since, today, calendar, language),
    )


def _due(case: Case, task: Task, calendar: Calendar, now: int, language: Language) -> str:
    """The due time of the work that waits: of an escalation, that of the delayed task as it stands now."""
    work = case.waiting[0] if case.waiting and task.kind == "escalation" else task
    if work.due_on is None:
        return _WORDS[language]["no_due"]
    stopped = next((one.paused_at for one in case.deadlines if one.name == TASK and one.paused_at), None)
    if stopped is not None:
        day = say_date(calendar.date_of(stopped, case.zone), language)
        return _WORDS[language]["paused"].format(day=day)
    return say_due(work.due_on, case.zone, calendar, calendar.date_of(now, case.zone), language)


def _standing(definition: Definition, case: Case, scene: Scene, language: Language, viewer: str) -> str:
    words, calendar = _WORDS[language], scene.calendar
    if case.ended:
        return words["closed"]
    if case.sleeps_until is not None:
        return words["sleeps"].format(day=say_day(calendar.date_of(case.sleeps_until, case.zone), language))
    if not case.waiting:
        return words["nobody"]
    due = _due(case, case.waiting[0], calendar, scene.now, language)
    if any(task.holder == viewer for task in case.waiting):
        return words["your_turn"].format(due=due)
    holder = say_waiting(definition, case, scene.chart, language)
    progress = say_progress(definition, case, language)
    return words["gathering" if progress else "turn"].format(progress=progress, holder=holder, due=due)
