"""What is said of clocks that cannot be meant: each with its days and a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from engine.core.definition import Label, State
from engine.core.moment_words import describe
from engine.core.proof.arrivals import Arrival, way_to
from engine.core.proof.dated import both, rule_label, say_days, tell_dated
from engine.core.proof.entries import Entry, Year
from engine.core.proof.finding import Finding
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import say_state

__all__ = [
    "always_past",
    "born_late",
    "due_before_opening",
    "rung_never_rings",
    "timer_takes_work",
    "timers_coincide",
    "window_too_short",
]

_Cases = Sequence[tuple[Entry, Mapping[str, Arrival]]]


def rung_never_rings(year: Year, state: State, ladder: str, number: int, day: date) -> Finding:
    """A rung that would ring before the state is entered or after it was left, whenever that is."""
    rung = year.definition.ladders[ladder].rungs[number]
    when = Label(id="tenggat", en="due")
    if rung.offset is not None:
        side = ("sebelum tenggat", "before due") if rung.before else ("setelah tenggat", "after due")
        when = Label(
            id=f"{describe(rung.offset, 'id')} {side[0]}", en=f"{describe(rung.offset, 'en')} {side[1]}"
        )
    return Finding(
        code="rung_never_rings",
        question="on_time",
        severity="warning",
        path=state_path(year.definition, state.name),
        message=both(
            "anak tangga '{ladder}' ke-{number} ({when}) tidak pernah berbunyi pada “{state}”",
            "rung {number} of '{ladder}' ({when}) never rings in “{state}”",
            ladder=ladder,
            number=number + 1,
            when=when,
            state=say_state(year.definition, state.name),
        ),
        story=tell_dated(year.definition, ((state.name, day),)),
        suggestion=Label(
            id="pakai tangga lain, atau ubah jangka waktu tugas atau `at`",
            en="use another ladder, or change the time of the task or of the `at`",
        ),
        facts={"state": state.name, "ladder": ladder, "rung": number},
    )


def always_past(year: Year, state: State, rule: str, day: date) -> Finding:
    """A moment that lies before every day on which its state can be entered."""
    return Finding(
        code="always_past",
        question="on_time",
        severity="error",
        path=_way(year, state, rule),
        message=both(
            "“{way}” selalu sudah lewat ketika “{state}” dimasuki, paling cepat {day}",
            "“{way}” is always past when “{state}” is entered, on {day} at the soonest",
            way=rule_label(year.definition, state.name, rule),
            state=say_state(year.definition, state.name),
            day=day,
        ),
        story=tell_dated(year.definition, ((state.name, day),)),
        suggestion=Label(
            id="pakai tanggal sesudah keadaan itu dapat dimasuki (`next year`), atau tambahkan `at_least`",
            en="name a date after the state can be entered (`next year`), or add `at_least`",
        ),
        facts={"state": state.name, "rule": rule, "soonest": day.isoformat()},
    )


def due_before_opening(year: Year, state: State, day: date) -> Finding:
    """A task that is due before it opens, or before anybody can have it."""
    return Finding(
        code="due_before_opening",
        question="on_time",
        severity="error",
        path=state_path(year.definition, state.name),
        message=both(
            "tugas pada “{state}” selalu sudah lewat tenggat ketika terbuka, paling cepat {day}",
            "the task of “{state}” is always past its due day when it opens, on {day} at the soonest",
            state=say_state(year.definition, state.name),
            day=day,
        ),
        story=tell_dated(year.definition, ((state.name, day),)),
        suggestion=Label(
            id="undurkan `due`, majukan `not_before`, atau tambahkan `at_least`",
            en="move `due` later or `not_before` earlier, or add `at_least`",
        ),
        facts={"state": state.name, "soonest": day.isoformat()},
    )


def timers_coincide(year: Year, state: State, rule: str, other: str, days: Sequence[date]) -> Finding:
    """Two moments of one scope on one instant."""
    return Finding(
        code="timers_coincide",
        question="on_time",
        severity="error",
        path=_way(year, state, other),
        message=both(
            "“{one}” dan “{other}” jatuh pada saat yang sama bila “{state}” dimasuki {days}",
            "“{one}” and “{other}” fall on the same instant if “{state}” is entered {days}",
            one=rule_label(year.definition, state.name, rule),
            other=rule_label(year.definition, state.name, other),
            state=say_state(year.definition, state.name),
            days=say_days(days),
        ),
        story=tell_dated(year.definition, ((state.name, days[0]),)),
        suggestion=Label(
            id="hapus salah satu, atau beri saat yang tidak dapat bertemu",
            en="remove one of them, or give them moments that cannot meet",
        ),
        facts={"state": state.name, "rules": [rule, other], "days": [day.isoformat() for day in days]},
    )


def timer_takes_work(year: Year, state: State, rule: str, cases: _Cases) -> Finding:
    """A moment that ends a task before its due day, though everybody was on time."""
    days = [entry.day for entry, _ in cases]
    return Finding(
        code="timer_takes_work",
        question="on_time",
        severity="warning",
        path=_way(year, state, rule),
        message=both(
            "“{way}” mengambil tugas “{state}” sebelum tenggatnya bila kasus dibuka {days}",
            "“{way}” takes the task of “{state}” before it is due, if the case is opened {days}",
            way=rule_label(year.definition, state.name, rule),
            state=say_state(year.definition, state.name),
            days=say_days(days),
        ),
        story=_story(year, state, cases),
        suggestion=Label(
            id="perpanjang `at_least` atau saatnya, atau perpendek tugas sebelumnya",
            en="lengthen its `at_least` or the moment, or shorten the tasks before it",
        ),
        facts={"state": state.name, "rule": rule, "entry_days": [day.isoformat() for day in days]},
    )


def born_late(year: Year, state: State, cases: _Cases) -> Finding:
    """A due date that is past for those who begin late in the year."""
    days = [entry.day for entry, _ in cases]
    return Finding(
        code="born_late",
        question="on_time",
        severity="warning",
        path=state_path(year.definition, state.name),
        message=both(
            "tugas pada “{state}” sudah lewat tenggat ketika dimulai bila kasus dibuka {days}",
            "the task of “{state}” is past its due day when it begins, if the case is opened {days}",
            state=say_state(year.definition, state.name),
            days=say_days(days),
        ),
        story=_story(year, state, cases),
        suggestion=Label(id="tambahkan `at_least: 10 working days`", en="add `at_least: 10 working days`"),
        facts={"state": state.name, "entry_days": [day.isoformat() for day in days]},
    )


def window_too_short(path: tuple[str | int, ...], entered: date, named: date, pushed: date) -> Finding:
    """A date that its own minimum pushes later even for the first case of the year."""
    return Finding(
        code="window_too_short",
        question="on_time",
        severity="warning",
        path=path,
        message=both(
            "tanggal {named} tidak pernah berlaku: `at_least` dari {entered} sudah sampai {pushed}",
            "the date {named} never counts: `at_least` from {entered} already leads to {pushed}",
            named=named,
            entered=entered,
            pushed=pushed,
        ),
        story=(
            both(
                "Kasus pertama tahun itu mulai dihitung pada {entered}.",
                "The first case of the year counts from {entered}.",
                entered=entered,
            ),
            both("Waktunya sampai {pushed}.", "Its time runs until {pushed}.", pushed=pushed),
        ),
        suggestion=Label(
            id="perpendek `at_least`, atau undurkan tanggalnya", en="shorten `at_least`, or move the date"
        ),
        facts={"entered": entered.isoformat(), "date": named.isoformat(), "pushed_to": pushed.isoformat()},
    )


def _story(year: Year, state: State, cases: _Cases) -> tuple[Label, ...]:
    """The first such case, day by day, everybody being on time."""
    _, found = cases[0]
    known = dict(found)
    return tell_dated(
        year.definition, ((name, year.day(known[name].at)) for name in way_to(known, state.name))
    )


def _way(year: Year, state: State, rule: str) -> tuple[str | int, ...]:
    way = next(one for one in state.transitions if one.rule == rule)
    return way_path(year.definition, way)
