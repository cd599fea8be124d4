"""What people read: days, due times, reasons, what comes if nobody acts, and what has happened."""

import re
from dataclasses import replace
from datetime import date

import pytest

from engine.core.audit import entry
from engine.core.chart import Chart
from engine.core.command import Actor, Contents, Extend, Notice, Pause, Reassign, Remind, Resume
from engine.core.definition import At
from engine.core.moments import Duration
from engine.core.outlook import if_nobody_acts
from engine.core.telling import (
    Telling,
    say_consequences,
    say_day,
    say_due,
    say_entry,
    say_instant,
    say_list,
    say_name,
    tell_onlooker,
    tell_task,
)
from tests.worlds import OPENING, ZONE, World, calendar, chart, ordinary, plan

LANGUAGES = ("id", "en")
HOUR = 3_600_000_000


def name(world: World, key: str) -> str:
    """The name of a person of this world."""
    return world.chart.person(key).name


def personnel(world: World) -> Actor:
    """Somebody of the personnel desk whose case it is not."""
    staff = [one for one in world.chart.people(world.today) if "desk:personnel" in one.duties]
    return Actor(person=next(one.key for one in staff if one.serves_on(world.today)))


def coming(world: World):
    """What comes if nobody acts."""
    return if_nobody_acts(world.machine, world.case, Contents(forms=world.contents), world.scene)


def ahead(world: World, language: str, viewer: str | None = None) -> tuple[str, ...]:
    """What comes if nobody acts, in sentences."""
    definition = world.machine.definition
    return say_consequences(definition, world.case, coming(world), world.chart, language, viewer=viewer)


def told(world: World, language: str, task=None) -> Telling:
    """The open task, or another, as it explains itself."""
    return tell_task(
        world.machine.definition,
        world.case,
        task or world.case.task,
        coming(world),
        world.chart,
        calendar(),
        world.now,
        language,
    )


def history(world: World, language: str) -> list[str]:
    """Every entry so far as a sentence."""
    definition = world.machine.definition
    return [say_entry(definition, one.entry, world.chart, language) for one in world.steps]


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "Senin, 19 Januari 2026"), ("en", "Monday 19 January 2026")]
)
def test_a_day_has_its_weekday(language, expected):
    """A date is said with the day of the week, as people plan by it."""
    assert expected == say_day(date(2026, 1, 19), language)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "Senin, 19 Januari 2026 pukul 06.05 WIB"),
        ("Asia/Makassar", "Senin, 19 Januari 2026 pukul 07.05 WITA"),
        ("Asia/Jayapura", "Senin, 19 Januari 2026 pukul 08.05 WIT"),
    ],
)
def test_an_instant_is_told_in_the_zone_of_the_case(zone, expected):
    """The same instant has another hour in each zone, and the zone is named."""
    at = calendar().start_of(date(2026, 1, 19), "UTC") - HOUR + 5 * 60_000_000

    assert expected == say_instant(at, zone, calendar(), "id")


def test_the_hour_is_right_after_clocks_were_changed():
    """Hours are read off the clock on the wall, not counted from midnight."""
    noon = calendar().start_of(date(2026, 3, 30), "Europe/Berlin") - 12 * HOUR

    assert "Sunday 29 March 2026, 12:00 CEST" == say_instant(noon, "Europe/Berlin", calendar(), "en")


@pytest.mark.parametrize(
    ("today", "indonesian", "english"),
    [
        (date(2026, 1, 14), "2 hari kerja lagi", "2 working days left"),
        (date(2026, 1, 15), "1 hari kerja lagi", "1 working day left"),
        (date(2026, 1, 19), "hari ini", "today"),
        (date(2026, 1, 21), "terlambat 2 hari kerja", "2 working days late"),
    ],
)
def test_a_due_time_counts_the_days_of_the_office(today, indonesian, english):
    """The weekend and the holiday of 16 January are not counted."""
    due = date(2026, 1, 19)

    assert f"paling lambat Senin, 19 Januari 2026 pukul 24.00 WITA ({indonesian})" == say_due(
        due, ZONE, calendar(), today, "id"
    )
    assert f"by Monday 19 January 2026, 24:00 WITA ({english})" == say_due(due, ZONE, calendar(), today, "en")


def test_a_due_day_on_a_free_weekend_counts_calendar_days():
    """Where no working day is left, "0 working days" would say nothing."""
    said = say_due(date(2026, 1, 18), ZONE, calendar(), date(2026, 1, 17), "id")

    assert said.endswith("(1 hari kalender lagi)")


def test_a_due_day_in_a_year_without_decree_says_so():
    """Nobody plans on a working day that a decree may still take away."""
    said = say_due(date(2031, 3, 3), ZONE, calendar(), date(2031, 2, 27), "en")

    assert said.endswith("the holidays of 2031 are not decreed yet)")


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["A"], "A"), (["A", "B"], "A dan B"), (["A", "B", "C"], "A, B, dan C")]
)
def test_names_stand_in_a_row(names, expected):
    """As people write them."""
    assert expected == say_list(names, "id")


def test_a_person_nobody_knows_is_not_shown_as_a_key():
    """Somebody erased from the chart stays a person, not a code."""
    nobody = Chart(segments=(), version="chart:empty")

    assert "somebody no longer on record" == say_name(nobody, "p-9999", "en")


def test_a_task_explains_itself():
    """Why you, due when, what if ignored, which rule: all in one value."""
    world = World()
    subject = name(world, world.case.subject)
    rater = name(world, world.chart.superior(world.case.subject, world.today).key)

    explained = told(world, "id")

    assert f"Giliran Anda: Pegawai menyusun SKP – {subject}" == explained.title
    assert "Anda adalah pegawai yang dinilai dalam kasus ini." == explained.why
    assert "paling lambat Senin, 8 Desember 2025 pukul 24.00 WITA (5 hari kerja lagi)" == explained.due
    assert (
        "4 Des 2025: pengingat kepada Anda.",
        f"8 Des 2025: pengingat kepada Anda; {rater} (Pejabat penilai kinerja) diberi tahu.",
        f"10 Des 2025: {rater} (Pejabat penilai kinerja) diminta turun tangan.",
    ) == explained.ignored[:3]
    assert explained.ignored[3].startswith("14 Jan 2026: Penyusunan dialihkan kepada pengelola kinerja; ")
    assert "aturan asn-tahunan@1, butir “Pegawai menyusun SKP”" in explained.rule


def waiting_for_the_rater(*, substitute: bool) -> World:
    """A world whose task waits for a rater who has named a substitute, or nobody."""
    people = chart()
    subject = ordinary(people)
    rater = people.superior(subject.key, OPENING)
    free = (one for one in people.people(OPENING) if one.key not in {subject.key, rater.key})
    taker = next(one for one in free if one.kind == "PNS" and one.serves_on(OPENING) and not one.duties)
    named = taker.person_id if substitute else None
    segments = tuple(
        replace(one, substitute=named) if one.key == rater.key else one for one in people.segments
    )
    world = World(subject, people=Chart(segments=segments, version="chart:named"))
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    return world


def test_a_handed_over_task_says_whom_it_stands_in_for():
    """The substitute reads whose work this is, and the escalation whom it waits for."""
    world = waiting_for_the_rater(substitute=True)
    silent = name(world, world.case.task.holder)
    world.wait(10)
    taker = name(world, world.case.task.holder)

    task, escalation = told(world, "en"), told(world, "en", world.case.escalations[0])

    assert task.why.startswith(f"You stand in for {silent} in this task since ")
    assert f"The task has waited for {taker} since " in escalation.why
    assert escalation.title.startswith("Please step in: ")
    assert "working days late" in escalation.due


def test_nothing_automatic_is_said_to_be_so():
    """Where only reminders come by themselves, nobody hopes for a decision by silence."""
    world = World()
    quiet = _without_moments(world.machine.definition)
    rungs = [one for one in coming(world) if one.transition is None]

    nothing = say_consequences(quiet, world.case, (), world.chart, "en")
    reminders = say_consequences(quiet, world.case, rungs, world.chart, "en")

    assert ("Nothing happens by itself; the case waits until somebody acts.",) == nothing
    assert "Nothing is decided by itself; the case goes on waiting until somebody acts." == reminders[-1]


def _without_moments(definition):
    """The definition whose first state has no moment that moves it."""
    first = definition.states[definition.initial]
    ways = tuple(way for way in first.transitions if not isinstance(way.trigger, At))
    states = {**definition.states, first.name: replace(first, transitions=ways)}
    return replace(definition, states=states)


def test_a_paused_clock_is_told_and_its_days_are_not():
    """While the clock stands still nobody is called late."""
    world = World()
    world.wait(6)
    world.obey(Pause(kind="leave", actor=personnel(world), reason="cuti"))

    assert "the clock has been paused since 9 December 2025" == told(world, "en").due
    assert "The clock is paused; dates that hang on it are not certain yet." == told(world, "en").ignored[0]


def test_an_extension_reaches_whoever_was_asked_to_step_in():
    """The escalation tells the due day as it is now, not as it was when it was opened."""
    world = World()
    world.wait(8)
    world.obey(Extend(by=Duration(5, "working days"), actor=personnel(world), reason="sakit"))

    assert told(world, "id").due == told(world, "id", world.case.escalations[0]).due
    assert "15 Desember 2025" in told(world, "id").due


def test_an_onlooker_reads_whose_turn_it_is():
    """Somebody whose turn it is not learns who must act and by when, and that they are part of it."""
    world = World()
    world.fire("submit", plan=plan(100))
    definition, subject = world.machine.definition, world.case.subject
    holder = name(world, world.case.task.holder)

    mine = tell_onlooker(definition, world.case, coming(world), world.scene, "en", viewer=subject, roles=())
    other = tell_onlooker(definition, world.case, coming(world), world.scene, "en", viewer="x", roles=["hr"])

    assert "This case is about you." == mine.why
    assert mine.due.startswith(f"waiting for {holder}, by ")
    assert f"Your part in the case of {name(world, subject)}: Personnel office." == other.why


def test_a_closed_case_expects_nothing():
    """Neither a due time nor a consequence is left."""
    world = World()
    world.obey(Notice(fact="employee leaves", actor=personnel(world)))
    definition, subject = world.machine.definition, world.case.subject

    closed = tell_onlooker(definition, world.case, (), world.scene, "id", viewer=subject, roles=())

    assert "kasus sudah ditutup" == closed.due
    assert ("Kasus sudah ditutup; tidak ada lagi yang akan terjadi.",) == closed.ignored


def test_history_says_who_did_what():
    """An act of a person names the person, the button, the form, and whose turn it is then."""
    world = World()
    world.fire("submit", plan=plan(100))
    holder = name(world, world.case.task.holder)
    subject = name(world, world.case.subject)

    assert (
        f"{subject} chose “Submit the plan” with Plan (SKP); "
        f"now “Performance manager checks the plan”, waiting for {holder} (Performance manager)."
    ) == history(world, "en")[-1]


def test_history_signs_what_the_timer_did():
    """What happened by itself is the timer's, under a rule, and says what it counted from."""
    world = World()
    world.wait(4)

    silent = name(world, world.case.subject)
    assert (
        "Pengatur waktu, aturan asn-tahunan@1: 2 hari kerja sebelum tenggat tugas (8 Desember 2025): "
        f"pengingat kepada {silent}."
    ) == history(world, "id")[-1]


def test_a_hand_over_without_a_taker_is_not_hidden():
    """The rater has named no substitute: the forecast and the history both say that the task stays."""
    world = waiting_for_the_rater(substitute=False)
    foreseen = ahead(world, "en", viewer=world.case.task.holder)
    world.wait(10)

    assert any(line.endswith("nobody can take the task over, it stays with you.") for line in foreseen)
    assert history(world, "en")[-1].endswith("nobody can take the task over.")


def test_history_says_how_late_the_timer_was():
    """A heartbeat that was down for two hours is not hidden."""
    world = World()
    world.now = world.case.next_at + 2 * HOUR
    world.rest()

    assert history(world, "en")[-1].endswith(", recorded 2 hours late.")
    assert history(world, "id")[-1].endswith(", tercatat terlambat 2 jam.")


_EXTENDED = (
    "{who} granted 3 working days more: the due day moves from 8 December 2025 to 11 December 2025, "
    "the reminders go on as they were."
)


def test_every_act_of_steering_has_its_sentence():
    """More time, a pause, its end, a reminder, another holder: each names who did it and what changed."""
    world = World()
    actor = personnel(world)
    who = name(world, actor.person)
    silent = name(world, world.case.task.holder)
    world.wait(6)
    world.obey(Extend(by=Duration(3, "working days"), actor=actor, reason="sakit"))
    world.obey(Pause(kind="leave", actor=actor, reason="cuti"))
    world.wait(2)
    world.obey(Resume(actor=actor, reason="kembali"))
    world.obey(Remind(actor=actor, note="mohon diselesaikan"))
    world.fire("submit", plan=plan(100))
    before = name(world, world.case.task.holder)
    taken = (world.case.subject, world.case.task.holder)
    taker = next(
        one for one in world.chart.people(world.today) if one.key not in taken and one.serves_on(world.today)
    )
    world.obey(Reassign(to=taker.key, actor=actor, reason="beban kerja"))

    said = [
        line
        for line, one in zip(history(world, "en"), world.steps, strict=True)
        if one.entry.kind in {"extended", "paused", "resumed", "reminded", "reassigned"}
    ]

    assert [
        _EXTENDED.format(who=who),
        f"{who} paused the clock because of leave.",
        f"{who} let the clock run on; now due 15 December 2025.",
        f"{who} reminded {silent} with a note.",
        f"{who} gave the task from {before} to {taker.name}.",
    ] == said


def test_an_act_on_behalf_names_both():
    """Who pressed the button, and for whom."""
    world = World()
    world.fire("submit", plan=plan(100))
    body = {
        "actor": {"person": personnel(world).person, "behalf": world.case.task.holder},
        "cause": {"act": "manager_checks.pass"},
        "from": "manager_checks",
        "to": "rater_agrees",
        "subject": world.case.subject,
    }
    line = entry(world.case.stream, 9, "0" * 64, "moved", world.now, body)
    said = say_entry(world.machine.definition, line, world.chart, "en")

    pressed, held = name(world, personnel(world).person), name(world, world.case.task.holder)

    assert f"{pressed} on behalf of {held} chose “Pass to the rater”; now “{_label('rater_agrees')}”." == said


def _label(state: str) -> str:
    return World().machine.definition.texts.label("states", state).en


def test_a_refusal_is_told_without_its_code():
    """What was tried, and why not, in words."""
    world = World()
    body = {
        "case": world.case.id,
        "from": "employee_drafts",
        "visit": 1,
        "actor": {"person": world.case.subject},
        "refused": "guard_refused",
        "asked": "submit",
    }
    line = entry("refusals/c-1", 1, "0" * 64, "refused", world.now, body)
    who = name(world, world.case.subject)

    assert f"{who} mencoba “Ajukan SKP” tetapi ditolak: syaratnya belum terpenuhi." == say_entry(
        world.machine.definition, line, world.chart, "id"
    )


def test_an_entry_of_a_kind_not_known_is_still_a_sentence():
    """A log written by a later version is read, not broken."""
    world = World()
    line = entry(world.case.stream, 7, "0" * 64, "sparkled", world.now, {"actor": {"timer": True}})

    assert "Timer, rule asn-tahunan@1: event number 7." == say_entry(
        world.machine.definition, line, world.chart, "en"
    )


KEY = re.compile(r"\bp-\d{4}\b|\bc-1\b|[a-z]+_[a-z]+|[{}<>]|None|\bid-asn\b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_ever_reads_a_key_or_a_placeholder(language):
    """A whole silent year, told at each step: names and labels only, each a sentence."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    world.fire("agree")
    world.fire("sign")
    world.fire("set_plan")
    said: list[str] = []
    definition = world.machine.definition
    while not world.case.ended:
        said += ahead(world, language)
        for task in (world.case.task, *world.case.escalations):
            if task is not None:
                explained = told(world, language, task)
                said += [explained.title, explained.why, explained.due, *explained.ignored, explained.rule]
        seen = tell_onlooker(
            definition, world.case, coming(world), world.scene, language, viewer="x", roles=["reviewer"]
        )
        said += [seen.title, seen.why, seen.due]
        day = calendar().date_of(world.case.next_at, ZONE)
        world.wait_until(day)
    said += history(world, language)

    assert "unrated" == world.case.state
    assert [] == [line for line in said if KEY.search(line)]
    assert all(line.endswith(".") for line in history(world, language))


def test_the_two_languages_say_equally_much():
    """Neither language leaves out a line the other has."""
    world = World()
    world.wait(12)

    assert len(ahead(world, "id")) == len(ahead(world, "en"))
    assert all(one != other for one, other in zip(ahead(world, "id"), ahead(world, "en"), strict=True))


def test_a_chart_of_the_demo_has_both_languages():
    """Names are names in either language: labels change, persons do not."""
    world = World()
    lines = zip(history(world, "id"), history(world, "en"), strict=True)
    subject = chart().person(world.case.subject).name

    assert all(subject in one and subject in other for one, other in lines)
