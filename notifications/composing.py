"""A message of the outbox in words, for the in-app list and for mail alike.

The subject says what to do (or what happened), about whom, and the date. What the case says of itself is
`engine.core.telling`'s, the same as on its page.
"""

from __future__ import annotations

from datetime import date

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
from notifications.message import Matter, Told

__all__ = ["compose", "headline"]

_SUBJECTS = {
    "id": {
        "task": "Giliran Anda: {thing} – {subject}",
        "reminder": "Pengingat: {thing} – {subject}",
        "notice": "Untuk diketahui: {thing} – {subject}",
        "escalation": "Mohon turun tangan: {thing} – {subject}",
        "escalated": "{other} diminta turun tangan: {thing} – {subject}",
        "handed_over": "Tugas beralih kepada {other}: {thing} – {subject}",
        "moved": "Kabar kasus: “{way}” – {subject}",
        "extended": "Tenggat berubah: {thing} – {subject}",
        "lapsed": "Tanda tangan Anda gugur: {thing} – {subject}",
        "outage": "Gangguan layanan: hitungan tenggat {unit}",
        "outage_over": "Gangguan layanan selesai: hitungan tenggat {unit}",
        "ended": "Kasus ditutup: {thing} – {subject}",
        "corrected": "Hasil dikoreksi: {thing} – {subject}",
        "check": "Perlu Anda periksa: {journal} – {subject}",
        "breach": "Janji tidak ditepati: {promise} – {subject}",
        "asked_again": "{other} meminta catatan dilengkapi: {journal} – {subject}",
        "held": "Catatan perlu dilihat dahulu: {journal} – {subject}",
        "": "Kabar kasus: {thing} – {subject}",
    },
    "en": {
        "task": "Your turn: {thing} – {subject}",
        "reminder": "Reminder: {thing} – {subject}",
        "notice": "For your information: {thing} – {subject}",
        "escalation": "Please step in: {thing} – {subject}",
        "escalated": "{other} {was} asked to step in: {thing} – {subject}",
        "handed_over": "Task passed to {other}: {thing} – {subject}",
        "moved": "News of a case: “{way}” – {subject}",
        "extended": "New due day: {thing} – {subject}",
        "lapsed": "Your signature lapsed: {thing} – {subject}",
        "outage": "Outage: the due days of {unit}",
        "outage_over": "The outage is over: the due days of {unit}",
        "ended": "Case closed: {thing} – {subject}",
        "corrected": "Result corrected: {thing} – {subject}",
        "check": "For you to check: {journal} – {subject}",
        "breach": "Promise not kept: {promise} – {subject}",
        "asked_again": "{other} asks for more: {journal} – {subject}",
        "held": "An entry waits for a look: {journal} – {subject}",
        "": "News of a case: {thing} – {subject}",
    },
}
#: kinds whose subject ends with the due day; the others end with the day on which the message came to be
_DUE = {"id": "{line}, tenggat {day}", "en": "{line}, due {day}"}
#: what is told to somebody because they may do it for another
_BEHALF = {"id": "{line} (atas nama {giver})", "en": "{line} (on behalf of {giver})"}
_LENT = {
    "id": "{giver} melimpahkan pekerjaannya kepada Anda. {lead}",
    "en": "{giver} delegated their work to you. {lead}",
}
_ABOUT_DUE = frozenset({"task", "reminder", "notice", "escalation", "escalated", "extended", "lapsed"})
_LEADS = {
    "id": {
        "task": "Sebuah tugas menunggu Anda.",
        "task_from": "Sebuah tugas beralih kepada Anda dari {other}.",
        "reminder": "Tugas ini masih menunggu Anda.",
        "reminder_by": "{other} mengingatkan Anda akan tugas ini.",
        "waiting": "Tugas ini masih menunggu {holder}.",
        "missed": "Siklus sempat tidak berjalan; pesan ini juga mewakili {count} pesan yang tidak sampai.",
        "phase": "Tahap {phase} harus selesai {due}.",
        "case": "Kasus ini harus selesai {due}.",
        "escalation": "Tugas {other} belum selesai, dan Anda diminta turun tangan.",
        "escalated": "{other} diberi tahu bahwa tugas ini belum selesai, dan diminta turun tangan.",
        "handed_over": "Tugas ini beralih dari Anda kepada {other}. Anda tidak perlu melakukan apa pun lagi.",
        "moved": "“{way}”: kasus {subject} kini {state}.",
        "extended": "Tenggat tugas ini menjadi {day}.",
        "lapsed": "Naskah yang Anda tanda tangani berubah, sehingga tanda tangan Anda tidak berlaku lagi. "
        "Baca naskah yang baru, lalu tanda tangani bila Anda setuju dengannya.",
        "outage": "Tenggat kerja di {unit} berhenti dihitung sejak {first} karena gangguan layanan. "
        "Semua tugas Anda di sana mendapat kembali waktu yang hilang; tugas di bawah ini salah satunya.",
        "outage_past": "Karena gangguan layanan {first}–{last}, tugas Anda di {unit} mendapat kembali "
        "waktu yang hilang; tugas di bawah ini salah satunya.",
        "outage_over": "Gangguan layanan di {unit} selesai dan tenggat dihitung lagi. "
        "Tenggat baru setiap tugas Anda ada di Siklus; tugas di bawah ini salah satunya.",
        "ended": "Kasus {subject} ditutup dengan hasil {state}.",
        "corrected": "Hasil kasus {subject} yang sudah ditutup dikoreksi; sejak kini hasil koreksi itu yang berlaku. "
        "Hasil semula tetap dapat dibaca.",
        "check": "Ada catatan baru di {journal} yang menunggu pemeriksaan Anda.",
        "breach": "Dalam kasus {subject} ada janji yang tidak ditepati: {promise}. "
        "Mohon periksa, lalu nyatakan apa yang sudah dilakukan.",
        "asked_again": "{other} memeriksa {journal} dan meminta catatan Anda dilengkapi.",
        "held": "Sebuah catatan di {journal} belum dapat dibaca siapa pun sampai Anda melihatnya.",
        "": "Ada kabar tentang kasus {subject}: {state}.",
    },
    "en": {
        "task": "A task waits for you.",
        "task_from": "A task passed to you from {other}.",
        "reminder": "This task still waits for you.",
        "reminder_by": "{other} reminds you of this task.",
        "waiting": "This task still waits for {holder}.",
        "missed": "Siklus had stood still; this message also speaks for {count} that did not come.",
        "phase": "The phase {phase} must be finished {due}.",
        "case": "This case must be finished {due}.",
        "escalation": "The task of {other} is not done, and you are asked to step in.",
        "escalated": "{other} {was} told that this task is not done, and {was} asked to step in.",
        "handed_over": "This task passed from you to {other}. There is nothing more for you to do.",
        "moved": "“{way}”: the case of {subject} is now at {state}.",
        "extended": "This task is now due on {day}.",
        "lapsed": "The text you signed was changed, so your signature no longer stands. "
        "Read the new text, then sign it if it is as you want it.",
        "outage": "Because of an outage the due days of {unit} have stood still since {first}. "
        "All your tasks there get back the time that is lost; the task below is one of them.",
        "outage_past": "Because of an outage on {first}–{last} your tasks in {unit} get back the time that was lost; "
        "the task below is one of them.",
        "outage_over": "The outage of {unit} is over and time runs on. "
        "Siklus shows the new due day of each of your tasks; the task below is one of them.",
        "ended": "The case of {subject} closed with {state}.",
        "corrected": "The result of the closed case of {subject} was corrected; from now on the correction counts. "
        "What it was before can still be read.",
        "check": "New entries of {journal} wait for your check.",
        "breach": "In the case of {subject} a promise is not kept: {promise}. "
        "Please look at it, then say what was done.",
        "asked_again": "{other} checked {journal} and asks you to complete what you wrote.",
        "held": "An entry of {journal} can be read by nobody until you have looked at it.",
        "": "There is news of the case of {subject}: {state}.",
    },
}
#: data that names another person, whichever the kind has
_OTHERS = ("about", "told", "before", "after", "by")
_NOBODY = ""
#: an outage of no one unit
_WHOLE = {"id": "seluruh instansi", "en": "the whole agency"}


def headline(
    letter: Letter, definition: Definition, case: Case, calendar: Calendar, chart: Chart, language: Language
) -> str:
    """The one line of a message: in a list, and as the subject of a mail."""
    subjects = _SUBJECTS[language]
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
        line = _BEHALF[language].format(
            line=line, giver=say_name(chart, str(letter.data["behalf"]), language)
        )
    due = _due_on(letter, case) if letter.kind in _ABOUT_DUE else None
    if due is not None:
        return _DUE[language].format(line=line, day=say_short(due, language))
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


def _telling(letter: Letter, matter: Matter, language: Language) -> Telling:
    role = letter.data.get("role")
    roles = (role,) if isinstance(role, str) and role in matter.definition.roles else tuple(matter.roles)
    return tell(matter.standing, language, viewer=letter.to, roles=roles, task_id=letter.task_id or "")


def _lead(letter: Letter, matter: Matter, language: Language) -> str:
    words, chart = _LEADS[language], matter.scene.chart
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
        pattern = _LENT[language].format(giver=giver, lead=pattern)
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
    if letter.kind == "outage" and data.get("last"):
        return "outage_past"
    waited_for = {task.holder for task in case.waiting}
    if letter.kind in {"reminder", "notice"} and waited_for and letter.to not in waited_for:
        return "waiting"
    if letter.kind == "notice":
        return "reminder" if waited_for else ""
    return letter.kind if letter.kind in _LEADS["id"] else ""


def _whole_due(letter: Letter, matter: Matter, language: Language) -> str:
    """What a reminder of a phase's or the whole case's due time adds; "" for a task's own."""
    scope, _, phase = str(letter.data.get("deadline", "task")).partition(":")
    if scope not in {"phase", "case"}:
        return ""
    scene, case = matter.scene, matter.case
    due_on = date.fromisoformat(str(letter.data["due_on"]))
    due = say_due(due_on, case.zone, scene.calendar, scene.today(case.zone), language)
    return _LEADS[language][scope].format(phase=_phase(matter.definition, phase, language), due=due)


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
    return str(letter.data.get("unit", "")) or _WHOLE[language]
