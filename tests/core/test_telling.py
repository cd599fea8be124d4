"""What people read of a task and of a case: why they, until when, and what comes if nobody acts."""

import re
from dataclasses import replace
from datetime import date

import pytest

from engine.core.assigning import personnel_desk
from engine.core.codec import replace as struct_replace
from engine.core.command import Extend, Follow, Notice, Pause
from engine.core.definition import Rung
from engine.core.moments import Duration
from engine.core.outlook import Consequence, silent_end
from engine.core.telling import (
    say_consequences,
)
from engine.core.telling_names import say_list
from engine.errors import GuardRefused
from tests.definitions_varied import forked
from tests.telling import (
    LANGUAGES,
    ahead,
    coming,
    history,
    name,
    personnel,
    seen,
    told,
    waiting_for_the_rater,
    without_moments,
)
from tests.worlds import ZONE, World, calendar, plan, without


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


def test_a_handed_over_task_says_whom_it_stands_in_for():
    """The substitute reads whose work this is, and the escalation whom it waits for."""
    world = waiting_for_the_rater(substitute=True)
    silent = name(world, world.case.task.holder)
    world.wait(10)
    taker = name(world, world.case.task.holder)

    task, escalation = told(world, "en"), told(world, "en", world.case.escalations[0])

    assert task.why.startswith(f"You stand in for {silent} in this task since ")
    assert "The task has waited since " in escalation.why
    assert f", by now for {taker}." in escalation.why
    assert escalation.title.startswith("Please step in: ")
    assert "working days late" in escalation.due


def test_a_task_waits_for_its_holder_since_it_came_to_them():
    """Not since it was opened for somebody else; how it came stands apart from what else happened."""
    world = waiting_for_the_rater(substitute=True)
    opened = told(world, "en")
    world.wait(10)
    passed = told(world, "en")
    other = seen(world, "en", world.case.subject)

    assert opened.since.startswith("since Monday 1 December 2025, 08:00 WITA")
    assert passed.since.startswith("since Friday 12 December 2025, 00:00 WITA (")
    assert passed.since == other.since
    assert "the task passes to" in passed.now
    assert passed.now not in "".join(passed.lately)
    assert 3 == len(passed.lately)


def test_who_does_the_work_by_now_is_not_asked_to_step_in_for_themselves():
    """Passed on to whoever was asked to step in: it is their task now, and nothing is said of the asking."""
    world = waiting_for_the_rater(substitute=False)
    world.wait(8)
    (escalation,) = world.case.escalations
    world.wait(12)

    assert escalation.holder == world.case.task.holder
    assert () == told(world, "en").raised
    assert () == told(world, "en").may


def test_nothing_automatic_is_said_to_be_so():
    """Where only reminders come by themselves, nobody hopes for a decision by silence."""
    world = World()
    quiet = without_moments(world.machine.definition)
    rungs = [one for one in coming(world) if one.transition is None]

    nothing = say_consequences(quiet, world.case, (), world.chart, "en")
    reminders = say_consequences(quiet, world.case, rungs, world.chart, "en")

    assert ("Nothing happens by itself; the case waits until somebody acts.",) == nothing
    assert "Nothing is decided by itself; the case goes on waiting until somebody acts." == reminders[-1]


def test_a_paused_clock_is_told_and_its_days_are_not():
    """While the clock stands still nobody is called late."""
    world = World()
    world.wait(6)
    world.obey(Pause(kind="leave", actor=personnel(world), reason="cuti"))

    held = "the clock stands still (leave) since 9 December 2025, until 9 June 2026 at the latest"
    stands, *_ = told(world, "en").ignored
    assert held == told(world, "en").due
    assert f"T{held[1:]}. The dates below assume that it lasts that long." == stands


def test_an_extension_reaches_whoever_was_asked_to_step_in():
    """The escalation tells the due day as it is now, not as it was when it was opened."""
    world = World()
    world.wait(8)
    world.obey(Extend(by=Duration(5, "working days"), actor=personnel(world), reason="sakit"))

    assert told(world, "id").due == told(world, "id", world.case.escalations[0]).due
    assert "18 Desember 2025" in told(world, "id").due


def test_an_onlooker_reads_whose_turn_it_is():
    """Somebody whose turn it is not learns who must act and by when, and that they are part of it."""
    world = World()
    world.fire("submit", plan=plan(100))
    subject = world.case.subject
    holder = name(world, world.case.task.holder)

    mine = seen(world, "en", subject)
    other = seen(world, "en", "x", ["hr"])

    assert "This case is about you." == mine.why
    assert mine.due.startswith(f"waiting for {holder}, by ")
    assert f"Your part in the case of {name(world, subject)}: Personnel office." == other.why


def test_a_person_whose_own_turn_it_is_reads_you():
    """Where one's own case waits for oneself, one is addressed and not named."""
    world = World()
    subject = world.case.subject
    said = {language: seen(world, language, subject).due for language in LANGUAGES}

    assert (
        "giliran Anda, paling lambat Senin, 8 Desember 2025 pukul 24.00 WITA (5 hari kerja lagi)"
        == said["id"]
    )
    assert "your turn, by Monday 8 December 2025, 24:00 WITA (5 working days left)" == said["en"]


def test_a_closed_case_expects_nothing():
    """Neither a due time nor a consequence is left."""
    world = World()
    world.obey(Notice(fact="employee leaves", actor=personnel(world)))
    subject = world.case.subject

    closed = seen(world, "id", subject)

    stranger = seen(world, "id", "x")

    assert "kasus sudah ditutup" == closed.due
    assert f"Anda boleh melihat kasus {name(world, subject)}." == stranger.why
    assert f"mencatat bahwa {name(world, subject)} berhenti sebagai pegawai." in history(world, "id")[-2]
    assert ("Kasus sudah ditutup; tidak ada lagi yang akan terjadi.",) == closed.ignored


def test_a_sleeping_case_says_when_it_opens():
    """Launched early, it waits for the day planning opens; then the timer opens it."""
    world = World(on=date(2025, 11, 3))
    subject = world.case.subject
    asleep = seen(world, "en", subject)
    launched = history(world, "en")[0]
    world.wait_until(date(2025, 12, 2))

    assert "opens on Monday 1 December 2025" == asleep.due
    assert "1 Dec 2025: the case opens, waiting for you." == asleep.ignored[0]
    assert launched.endswith("“Employee drafts the plan” opens on 1 December 2025.")
    assert (
        f"the case opens; now “Employee drafts the plan”, waiting for {name(world, subject)}"
        in history(world, "en")[1]
    )


def test_a_task_that_followed_the_chart_says_so():
    """A new superior reads why the task came, and the history who had it before."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    before = name(world, world.case.task.holder)
    world.chart = without(world.chart, world.case.task.holder, world.today)
    world.wait(1)
    world.obey(Follow())
    after = name(world, world.case.task.holder)

    assert told(world, "en").why.endswith("The task passed to you because the organisation changed.")
    assert (
        f"Timer, rule asn-tahunan@1: the organisation chart changed, the task passes from {before} to {after}"
        in history(world, "en")[-1]
    )


def test_a_task_that_went_up_says_that_it_was_passed_on():
    """One level higher, the reader learns both why them and that it was somebody else's."""
    world = waiting_for_the_rater(substitute=False)
    world.wait(20)

    assert told(world, "id").why.endswith(" Tugas ini dialihkan kepada Anda.")


def test_a_task_without_due_time_says_so():
    """Nobody has to guess whether a date was forgotten."""
    world = World()
    free = struct_replace(world.case.task, due_on=None, due_at=None)

    assert ("tanpa tenggat", "no due date") == (told(world, "id", free).due, told(world, "en", free).due)


def test_who_is_who_is_not_guessed():
    """When not everybody of a rung was found, names stand without roles; a move that stays says only itself."""
    world = World()
    definition, subject = world.machine.definition, world.case.subject
    some = Rung(notify=("rater", "hr"), remind=("holder",))
    ways = definition.states["running"].transitions
    way = replace(next(one for one in ways if one.name == "year_over"), to="stay")
    forecast = (
        Consequence(on=date(2026, 1, 5), at=0, rung=some, told=((subject, "notice"),)),
        Consequence(on=date(2026, 1, 6), at=0, rung=Rung(task="rater")),
        Consequence(on=date(2026, 1, 7), at=0, rung=Rung(notify=("hr",))),
        Consequence(on=date(2026, 1, 8), at=0, transition=way, to="running"),
    )
    said = say_consequences(definition, world.case, forecast, world.chart, "en")

    assert (
        f"5 Jan 2026: {name(world, subject)} is told.",
        "6 Jan 2026: nobody can be asked to step in.",
        "7 Jan 2026: nobody can be told.",
        "8 Jan 2026: The year is over.",
    ) == said


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
    while not world.case.ended:
        said += ahead(world, language)
        for task in (world.case.task, *world.case.escalations):
            if task is not None:
                explained = told(world, language, task)
                said += [explained.title, explained.why, explained.due, *explained.ignored, explained.rule]
        other = seen(world, language, "x", ["reviewer"])
        said += [other.title, other.why, other.due, other.now, other.since, *other.raised, *other.lately]
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


def test_a_move_that_cannot_choose_its_way_is_foretold_with_who_can_help(tmp_path):
    """The rater wrote nothing, and at the end of the year the fork reads what they wrote."""
    world = World(definition=forked(tmp_path))
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})
    before = world.case
    assert ["moves", "undecided"] == [one.kind for one in coming(world)][-2:]
    with pytest.raises(GuardRefused):
        world.wait(60)
    assert before.state != world.case.state == "waiting"
    desk = say_list([name(world, key) for key in personnel_desk(world.case, world.scene)], "en")
    meja = say_list([name(world, key) for key in personnel_desk(world.case, world.scene)], "id")
    (english,), (indonesian,) = ahead(world, "en"), ahead(world, "id")

    assert ["undecided"] == [one.kind for one in coming(world)]
    assert "what decides its way is missing or fits two ways; the case stays at " in english
    assert english.endswith(f"until it gets help from the personnel desk ({desk}).")
    assert "isian yang menentukan jalannya kosong" in indonesian
    assert indonesian.endswith(f"dibantu bagian kepegawaian ({meja}).")
    assert world.case == silent_end(world.machine, world.case, world.written, world.scene)[0]
