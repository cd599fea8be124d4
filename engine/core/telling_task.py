"""A task told to its holder, a case to somebody whose turn it is not: why, since when, until when, what follows.

Whoever meets it, on the page, in a mail, through the API or on the command line, is told the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.audit import Entry
from engine.core.case import Task
from engine.core.definition import Definition, Language
from engine.core.delegating import held
from engine.core.journal_pages import checked_journal
from engine.core.promise_words import bare_promise
from engine.core.standing import Standing
from engine.core.telling_ahead import say_consequences
from engine.core.telling_days import say_date, say_short, say_span
from engine.core.telling_gathering import say_waiting
from engine.core.telling_lately import arrival, say_lately, say_now, since_when, work_since
from engine.core.telling_names import say_list, say_name, say_role, say_why, stands_in
from engine.core.telling_standing import say_raised, say_since, say_standing, say_task_due
from engine.core.telling_stepping_in import say_help, say_offers
from engine.core.telling_undo import say_undo
from engine.core.zones import local_date

__all__ = ["Telling", "held_by", "say_rule", "tell", "tell_onlooker", "tell_task"]

_WORDS = {
    "id": {
        "act": "Giliran Anda: {state} – {subject}",
        "answer": "Jawaban Anda diminta: {state} – {subject}",
        "sign": "Tanda tangan Anda diminta: {state} – {subject}",
        "escalation": "Mohon turun tangan: {state} – {subject}",
        "check": "Perlu Anda periksa: {journal} – {subject}",
        "breach": "Janji tidak ditepati: {promise} – {subject}",
        "superior": "Periksa siapa atasan {subject}",
        "breach_lost": "Janji tidak dapat ditepati lagi: {promise} – {subject}",
        "unseen": "Kasus tidak berubah karenanya; tugas ini tetap ada sampai Anda menyatakan apa yang sudah dilakukan.",
        "unanswered": "Kasus berjalan terus dengan atasan yang tercatat; tugas ini tetap ada sampai Anda menjawab.",
        "unchecked": "{day}: yang belum diperiksa ({count}) tetap tercatat sebagai tidak diperiksa.",
        "onlooker": "{state} – {subject}",
        "reassigned": "{why} Tugas ini dialihkan kepada Anda.",
        "followed": "{why} Tugas ini beralih kepada Anda karena susunan organisasi berubah.",
        "waiting": "{why} Tugas ini menunggu {holder} sejak {since} ({span}).",
        "lent": "Tugas ini dipegang {giver}; Anda dapat mengerjakannya atas namanya sampai {day}.",
        "lent_once": "Tugas ini dipegang {giver}, yang melimpahkannya kepada Anda.",
        "waiting_moved": "{why} Tugas ini menunggu sejak {since} ({span}), sekarang {holder}.",
        "waiting_today": "{why} Tugas ini menunggu {holder} sejak hari ini.",
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
        "breach": "Promise not kept: {promise} – {subject}",
        "superior": "Check who the superior of {subject} is",
        "breach_lost": "Promise that can no longer be kept: {promise} – {subject}",
        "unseen": "The case does not change by it; this task stays until you say what was done.",
        "unanswered": "The case goes on with the superior on record; this task stays until you answer.",
        "unchecked": "{day}: what is not checked by then ({count}) stays marked as unchecked.",
        "onlooker": "{state} – {subject}",
        "reassigned": "{why} The task was passed to you.",
        "followed": "{why} The task passed to you because the organisation changed.",
        "waiting": "{why} The task has waited for {holder} since {since} ({span}).",
        "lent": "This task is held by {giver}; you may do it on their behalf until {day}.",
        "lent_once": "This task is held by {giver}, who delegated it to you.",
        "waiting_moved": "{why} The task has waited since {since} ({span}), by now for {holder}.",
        "waiting_today": "{why} The task has waited for {holder} since today.",
        "subject": "This case is about you.",
        "role": "Your part in the case of {subject}: {roles}.",
        "other": "You may see the case of {subject}.",
        "rule": "rule {name}, item “{state}” ({basis})",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a task or a case says of itself.

    What it is, why you, why now, since when, due when, what happens if ignored, by which rule; who was asked to step in
    and when (`raised`), what you may do about somebody else's delay (`may`), who can help with your own (`help`), and
    what has happened lately. Each is "" or empty where there is nothing to say.
    """

    title: str
    why: str
    now: str
    since: str
    due: str
    ignored: tuple[str, ...]
    raised: tuple[str, ...]
    may: tuple[str, ...]
    help: str
    lately: tuple[str, ...]
    rule: str


def tell(
    standing: Standing, language: Language, *, viewer: str, roles: Sequence[str] = (), task_id: str = ""
) -> Telling:
    """A case told to one reader: as the task they hold (the one named, if they do), else as somebody else's."""
    task = held_by(standing, viewer, task_id)
    if task is not None:
        return tell_task(standing, task, language, viewer=viewer)
    return tell_onlooker(standing, language, viewer=viewer, roles=roles)


def held_by(standing: Standing, person: str, task_id: str = "") -> Task | None:
    """The open task somebody holds or may do for another: the one named, else work that waits before what is asked."""
    mine = held(standing.definition, standing.case, person, standing.scene)
    own = [one.task for one in mine]
    return next((task for task in own if task.id == task_id), own[0] if own else None)


def tell_task(standing: Standing, task: Task, language: Language, *, viewer: str | None = None) -> Telling:
    """A task told to its holder, or to a viewer who may do it for them.

    An escalation also says whom the delayed task waits for, and since when.
    """
    definition, case, scene = standing.definition, standing.case, standing.scene
    reader = viewer or task.holder
    own, escalation = task.kind in {"act", "answer"}, task.kind == "escalation"
    came = arrival(standing, task)
    return Telling(
        title=_title(standing, task, language),
        why=_why(standing, task, language, reader),
        now=_now(standing, came, language, reader),
        since=say_since(case, since_when(task, came), scene, language),
        due=say_task_due(definition, case, task, scene.calendar, scene.today(case.zone), language),
        ignored=_ignored(standing, task, language, reader),
        raised=say_raised(definition, case, scene, language, reader) if own or escalation else (),
        may=say_offers(definition, case, standing.offers, scene, language) if escalation else (),
        help=say_help(definition, case, task, scene, language, reader) if own else "",
        lately=say_lately(standing, came, language),
        rule=say_rule(definition, task.state, language),
    )


def tell_onlooker(
    standing: Standing, language: Language, *, viewer: str, roles: Sequence[str] = ()
) -> Telling:
    """A case told to somebody whose turn it is not: as what they see it, whose turn it is, and what comes by itself."""
    definition, case, scene = standing.definition, standing.case, standing.scene
    words = _WORDS[language]
    subject = say_name(scene.chart, case.subject, language)
    if viewer == case.subject:
        why = words["subject"]
    elif roles:
        named = say_list((say_role(definition, role, language) for role in roles), language)
        why = words["role"].format(roles=named, subject=subject)
    else:
        why = words["other"].format(subject=subject)
    came = arrival(standing, None)
    return Telling(
        title=words["onlooker"].format(state=_bare(definition, case.state, language), subject=subject),
        why=why,
        now=_now(standing, came, language, viewer),
        since=say_since(case, work_since(standing), scene, language),
        due=say_standing(definition, case, scene, language, viewer),
        ignored=say_consequences(
            definition, case, standing.consequences, scene.chart, language, viewer=viewer
        ),
        raised=say_raised(definition, case, scene, language, viewer),
        may=(),
        help="",
        lately=say_lately(standing, came, language),
        rule=say_rule(definition, case.state, language),
    )


def _now(standing: Standing, came: Entry | None, language: Language, reader: str) -> str:
    """What brought it about, and that it may still be taken back by somebody else than the reader."""
    one = standing.case.undoable
    open_still = say_undo(standing, language, reader) if one is not None and one.person != reader else ""
    return " ".join(part for part in (say_now(standing, came, language), open_still) if part)


def say_rule(definition: Definition, state: str, language: Language) -> str:
    """The rule a state stands in, by name, version and ground: aturan asn-tahunan@1, butir “...” (PP 30/2019)."""
    return _WORDS[language]["rule"].format(
        name=definition.name, state=_bare(definition, state, language), basis="; ".join(definition.basis)
    )


def _bare(definition: Definition, state: str, language: Language) -> str:
    return definition.texts.label("states", state)[language]


def _title(standing: Standing, task: Task, language: Language) -> str:
    definition = standing.definition
    watch = next(
        (one for one in standing.case.promises if one.task is not None and one.task.id == task.id), None
    )
    asks = "breach_lost" if watch is not None and watch.standing == "lost" else _asks(definition, task)
    return _WORDS[language][asks].format(
        promise=bare_promise(definition, watch.number, language) if watch is not None else "",
        state=_bare(definition, task.state, language),
        journal=_journal(definition, task, language),
        subject=say_name(standing.scene.chart, standing.case.subject, language),
    )


def _asks(definition: Definition, task: Task) -> str:
    """What a task asks of its holder: an act, an answer, a signature, a check, or to step in."""
    rule = definition.states[task.state].gather
    return "sign" if task.kind == "answer" and rule is not None and rule.sign is not None else task.kind


def _journal(definition: Definition, task: Task, language: Language) -> str:
    """What the journal is called whose entries are to be checked; "" for other tasks."""
    name = checked_journal(task) if task.kind == "check" else ""
    return definition.texts.label("journals", name)[language] if name else ""


def _why(standing: Standing, task: Task, language: Language, reader: str) -> str:
    """Why this person: as what they were found, whose work it is that they may do, and whom delayed work waits for."""
    words = _WORDS[language]
    why = say_why(task.why, standing.scene.chart, language)
    if reader != task.holder:
        why = _lent(standing, task, language, reader)
    elif task.since != "opened" and task.kind in {"act", "answer"} and not stands_in(task.why):
        why = words[task.since].format(why=why)
    return _waiting(standing, why, language, reader) if task.kind == "escalation" else why


def _lent(standing: Standing, task: Task, language: Language, reader: str) -> str:
    """Whose task it is that somebody may do for them, and until when."""
    scene = standing.scene
    giver = say_name(scene.chart, task.holder, language)
    ways = scene.chart.stood_in_for(task.holder, scene.now, scene.today(standing.case.zone))
    last = next((min(link.last for link in way) for way in ways if way[-1].taker == reader), None)
    if last is None:
        return _WORDS[language]["lent_once"].format(giver=giver)
    return _WORDS[language]["lent"].format(giver=giver, day=say_date(last, language))


def _ignored(standing: Standing, task: Task, language: Language, reader: str) -> tuple[str, ...]:
    """What happens if nobody acts. A check lapses entry by entry: whatever comes of it, the case does not move."""
    case = standing.case
    if task.kind in {"breach", "superior"}:
        return (_WORDS[language]["unseen" if task.kind == "breach" else "unanswered"],)
    if task.kind != "check":
        return say_consequences(
            standing.definition,
            case,
            standing.consequences,
            standing.scene.chart,
            language,
            viewer=reader,
        )
    book = case.journals[checked_journal(task)]
    days = sorted({one.due_on for one in book.unchecked if one.due_at > standing.scene.now})
    counts = {day: sum(one.due_on == day for one in book.unchecked) for day in days}
    return tuple(
        _WORDS[language]["unchecked"].format(day=say_short(day, language), count=count)
        for day, count in counts.items()
    )


def _waiting(standing: Standing, why: str, language: Language, reader: str) -> str:
    """The reason of an escalation, with whom the delayed work waits for and since when."""
    case, scene = standing.case, standing.scene
    assert case.waiting, "an escalation is about work that is open"
    opened = min(task.opened_at for task in case.waiting)
    since, today = local_date(opened, case.zone), scene.today(case.zone)
    moved = any(task.since != "opened" for task in case.waiting)
    key = "waiting_today" if since >= today else "waiting_moved" if moved else "waiting"
    return _WORDS[language][key].format(
        why=why,
        holder=say_waiting(standing.definition, case, scene.chart, language, reader),
        since=say_date(since, language),
        span=say_span(since, today, scene.calendar, language),
    )
