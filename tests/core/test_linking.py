"""What a case has to do with others, purely: what it opens, what it waits for, whom it lets know, how it ends."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.codec import decode
from engine.core.command import TIMER, Actor, Contents, End, Fire, Notice
from engine.core.definition import Label
from engine.core.effects import Await, OpenCase, Signal, Step
from engine.core.machine import compile_machine
from engine.core.step import act_and_settle, step
from engine.core.telling import say_entry
from engine.errors import CaseClosed, GuardRefused, Refused
from tests.proof.grounds import changed
from tests.worlds import World

PLAN = {"goals": [{"title": "Pelayanan", "weight": 100}]}
SET = "superior reaches running"


def a_year() -> World:
    """A case of the linked year on 5 January, its plan just submitted."""
    world = World(definition="tests/definitions/linked/annual", on=date(2026, 1, 5))
    world.fire("submit", plan=PLAN)
    return world


def opened(steps: list[Step]) -> list[tuple[str, str]]:
    """What was opened, by link and part."""
    return [(one.link, one.part) for done in steps for one in done.effects if isinstance(one, OpenCase)]


def waits(done: Step) -> list[tuple[tuple[str, str], ...]]:
    return [one.waits for one in done.effects if isinstance(one, Await)]


def test_a_state_that_waits_for_another_case_says_for_what_and_where_it_is_heard() -> None:
    world = a_year()
    rater = world.chart.superior(world.case.subject, world.today)
    assert rater is not None
    assert [((SET, f"subject:annual:{rater.key}"),)] == waits(world.steps[-1])
    assert any(isinstance(one, Signal) for one in world.steps[-1].effects)


def test_a_fact_moves_the_case_that_waits_for_it_and_is_waited_for_no_longer() -> None:
    world = a_year()
    noticed = world.obey(Notice(fact=SET, actor=TIMER))
    assert [()] == waits(noticed)
    assert "running" == world.case.state
    assert SET in world.case.facts


@pytest.mark.parametrize("fact", ["unit reaches calibrated", "quarters closed", "employee is happy"])
def test_a_fact_the_case_does_not_wait_for_is_refused(fact: str) -> None:
    world = a_year()
    with pytest.raises(Refused, match="is no fact this case waits for"):
        step(world.machine, world.case, Notice(fact=fact, actor=TIMER), world.scene)


def test_nobody_tells_a_case_by_hand_what_became_of_another() -> None:
    world = a_year()
    hr = Actor(person=next(one.key for one in world.chart.segments if "desk:personnel" in one.duties))
    with pytest.raises(Refused, match="is no fact this case waits for"):
        step(world.machine, world.case, Notice(fact=SET, actor=hr), world.scene)


def test_quarters_that_have_begun_are_opened_at_once_and_the_others_on_their_first_day() -> None:
    world = a_year()
    world.obey(Notice(fact=SET, actor=TIMER))
    assert [("quarters", "2026-01-01")] == opened(world.steps)
    world.wait_until(date(2026, 3, 31))
    assert 1 == len(opened(world.steps))
    world.wait_until(date(2026, 4, 1))
    assert ("quarters", "2026-04-01") == opened(world.steps)[-1]
    assert {"part": "quarters:2026-04-01"} == world.facts("opened")[-1]["cause"]
    world.wait_until(date(2027, 1, 2))
    assert 4 == len(opened(world.steps)) == len(set(opened(world.steps)))


def test_an_act_that_would_open_one_more_than_may_be_is_refused_in_both_languages() -> None:
    world = a_year()
    world.obey(Notice(fact=SET, actor=TIMER))
    rater = world.chart.superior(world.case.subject, world.today)
    assert rater is not None
    actor = Actor(person=rater.key)
    act = Fire(trigger="improve", actor=actor, reason="perlu")
    assert [("improvement", "5")] == opened([step(world.machine, world.case, act, world.scene)])[-1:]
    full = Fire(
        trigger="improve", actor=actor, reason="perlu", contents=Contents(still_open={"improvement": 1})
    )
    with pytest.raises(GuardRefused, match="1 open already, which is the limit") as refused:
        step(world.machine, world.case, full, world.scene)
    label = refused.value.data["label"]
    assert isinstance(label, Label)
    assert label.id.endswith("sudah 1 yang terbuka, itulah batasnya")


def test_an_act_that_decides_something_else_is_not_refused_because_enough_is_open() -> None:
    """An act that leads to where an improvement begins is done all the same: the one that is open serves."""
    world = World(definition="tests/definitions/linked/annual", on=date(2026, 1, 5))
    begins = {"    waits_for_superior:\n": "    waits_for_superior:\n      starts: improvement\n"}
    world.machine = compile_machine(changed("tests/definitions/linked/annual", begins))
    submit = {"trigger": "submit", "actor": Actor(person=world.case.subject), "forms": {"plan": PLAN}}
    room = step(world.machine, world.case, Fire(**submit), world.scene)
    full = Contents(still_open={"improvement": 1})
    done = step(world.machine, world.case, Fire(**submit, contents=full), world.scene)
    assert ["improvement"] == [link for link, _ in opened([room])]
    assert ("waits_for_superior", []) == (done.case.state, opened([done]))
    assert "improvement" == decode(done.entry.body)["not_opened"][0][0]


def test_the_timer_goes_on_without_opening_one_too_many_and_the_history_says_so() -> None:
    world = a_year()
    limited = {"{workflow: quarter, every: quarter}": "{workflow: quarter, every: quarter, open_at_most: 1}"}
    world.machine = compile_machine(changed("tests/definitions/linked/annual", limited))
    contents = Contents(still_open={"quarters": 1})
    notice = Notice(fact=SET, actor=TIMER)
    done = act_and_settle(world.machine, world.case, notice, contents, world.scene)
    assert ("running", []) == (done[-1].case.state, opened(list(done)))
    assert [["quarters", "2026-01-01"]] == decode(done[-1].entry.body)["not_opened"]
    told = say_entry(world.machine.definition, done[-1].entry, world.chart, "en")
    assert "not opened, as many as may be are open: quarterly appraisals" in told


def test_who_moves_goes_on_in_a_next_segment_for_the_rest_of_the_period() -> None:
    world = a_year()
    world.obey(Notice(fact="employee moves", actor=TIMER))
    assert ("moved", "continued") == (world.case.state, world.case.ended)
    segment = next(one for one in world.steps[-1].effects if isinstance(one, OpenCase))
    assert (2, (date(2026, 1, 5), date(2026, 12, 31)), True) == (
        segment.segment,
        segment.period,
        segment.outlives,
    )


def test_a_case_ends_only_with_the_one_that_opened_it_and_once() -> None:
    world = World(definition="tests/definitions/linked/annual", on=date(2026, 1, 5))
    with pytest.raises(Refused, match="was not opened by c-9"):
        step(world.machine, world.case, End(parent="c-9"), world.scene)
    done = step(world.machine, world.case, End(parent=""), world.scene)
    assert ("left", "ended", "ended") == (done.case.state, done.case.ended, done.entry.kind)
    assert {"parent": ""} == decode(done.entry.body)["cause"]
    with pytest.raises(CaseClosed):
        step(world.machine, done.case, End(parent=""), world.scene)


def test_a_journal_of_a_case_is_open_in_the_case_alone_and_not_in_its_tracks() -> None:
    whole = changed(
        "tests/definitions/linked/tracked",
        {
            "\nfigures:\n": "\n  note: {what: {text: 200}}\njournals:\n  daily: {by: employee, form: note}\nfigures:\n",
            "\nvisibility:\n": "\nvisibility:\n  daily: {rater: always}\n",
        },
        {
            "\nforms:\n": (
                "\njournals:\n  daily: {id: Catatan harian, en: Daily log}\nforms:\n  note: {id: Catatan, en: Note}\n"
            ),
            "\nfields:\n": "\nfields:\n  note.what: {id: Isi, en: What}\n",
        },
    )
    assert ["daily"] == list(whole.journals)
    assert [[], []] == [list(track.journals) for track in whole.tracks.values()]
