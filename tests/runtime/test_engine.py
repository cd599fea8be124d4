"""The engine on real databases: one transaction each, nothing twice, nobody blocked."""

from __future__ import annotations

import csv
import io
import threading
from datetime import date
from pathlib import Path

import pytest

from engine.core.codec import decode
from engine.core.command import Actor, Extend, Pause, Recount, Resume
from engine.core.moments import Duration
from engine.errors import (
    Conflict,
    IdempotencyMismatch,
    LaunchInvalid,
    NotFound,
    Refused,
    StaleVisit,
    WrongPerson,
)
from engine.runtime import Engine
from engine.store import Database, queries
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, import_people, set_up
from tests.worlds import HOUR, ROOT, ordinary, plan


def somebody(agency: Agency) -> tuple[str, str]:
    """An ordinary employee's key and case."""
    key = ordinary(agency.engine.chart).key
    return key, agency.engine.cases(subject=key)[0].id


def test_a_launch_covers_everybody_once_however_often_it_is_repeated(agency: Agency) -> None:
    """60 cases, the exempt one named with the reason; the second launch finds them all."""
    again = agency.engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    outside = [row for row in again.rows if row.outcome == "not_covered"]

    assert (0, 60) == (again.launched, again.existing)
    assert ["exempt: unpaid_leave"] == [row.why for row in outside]
    assert 60 == len(agency.engine.cases(limit=200))


def test_a_launch_that_was_interrupted_goes_on_where_it_was(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after the first chunk: the next launch adds the rest and doubles nobody."""
    monkeypatch.setattr("engine.runtime.launching._CHUNK", 25)
    clock = HandClock()
    engine = set_up(place, clock)

    def stop(done: int, _: int) -> None:
        if done >= 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY, progress=stop)
    report = engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)

    assert (35, 25) == (report.launched, report.existing)
    assert [] == engine.verify()
    engine.database.close()


def test_a_launch_without_people_or_workflow_says_what_is_missing(tmp_path: Path) -> None:
    """Neither makes half a cycle."""
    engine = Engine(Database.create(str(tmp_path / "a.db"), "demo"), HandClock())

    with pytest.raises(NotFound):
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    path = ROOT / "workflows/calendars/id-asn.yaml"
    from engine.core.source import read_yaml  # noqa: PLC0415

    engine.add_calendar(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
    rules, texts = (ROOT / f"tests/definitions/alone/asn-tahunan{end}" for end in (".yaml", ".texts.yaml"))
    engine.publish(
        rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"),
        name="a", texts_name="b", actor=NOBODY,
    )  # fmt: skip
    with pytest.raises(LaunchInvalid):
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    assert () == engine.cycles()
    engine.database.close()


def test_a_repeated_request_gets_the_first_answer_and_does_nothing(agency: Agency) -> None:
    """The same key, the same body: one move. Another body under that key is refused."""
    key, case_id = somebody(agency)
    who = Actor(person=key)
    first = agency.engine.fire(case_id, "submit", actor=who, forms={"plan": plan(100)}, key="k-1")
    again = agency.engine.fire(case_id, "submit", actor=who, forms={"plan": plan(100)}, key="k-1")

    assert (False, True) == (first.repeated, again.repeated)
    assert first.case == again.case
    assert first.entries == again.entries
    with pytest.raises(IdempotencyMismatch):
        agency.engine.fire(case_id, "submit", actor=who, forms={"plan": plan(60, 40)}, key="k-1")


def test_a_refusal_changes_nothing_and_is_an_entry_of_its_own(agency: Agency) -> None:
    """A stranger's try is remembered beside the case, not in it, and not more often than a score a minute."""
    key, case_id = somebody(agency)
    stranger = next(one.key for one in agency.engine.chart.segments if one.key != key and not one.duties)
    before = agency.engine.case(case_id, None).case
    for _ in range(30):
        with pytest.raises(WrongPerson):
            agency.engine.fire(case_id, "submit", actor=Actor(person=stranger), forms={"plan": plan(100)})
    with agency.engine.database.read() as view:
        refused = queries.history(view, f"refusals/{case_id}")

    assert before == agency.engine.case(case_id, None).case
    assert 20 == len(refused)
    assert "wrong_person" == decode(refused[0].body)["refused"]
    assert [] == agency.engine.verify()


def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(agency: Agency) -> None:
    """Eight threads send the same act: one moves the case, seven are refused, and the chain is whole."""
    key, case_id = somebody(agency)
    outcomes: list[str] = []
    ready = threading.Barrier(8)

    def act() -> None:
        ready.wait()
        try:
            agency.engine.fire(case_id, "submit", actor=Actor(person=key), forms={"plan": plan(100)}, visit=1)
            outcomes.append("moved")
        except (StaleVisit, Conflict) as refused:
            outcomes.append(refused.code)
        except Exception as other:  # noqa: BLE001 - told below
            outcomes.append(repr(other))

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == outcomes.count("moved")
    assert {"moved", "unknown_trigger", "stale_visit", "conflict"} >= {
        "unknown_trigger" if one.startswith("UnknownTrigger") else one for one in outcomes
    }
    assert [] == agency.engine.verify()


def test_an_act_after_the_moment_finds_the_timer_has_been_there(agency: Agency) -> None:
    """The heart stood still over a deadline; the next act first lets happen what was due."""
    key, case_id = somebody(agency)
    agency.clock.put(date(2026, 1, 20))

    with pytest.raises(WrongPerson):
        agency.engine.fire(case_id, "set", actor=Actor(person=key), forms={"plan": plan(100)})
    case = agency.engine.case(case_id, None).case

    assert "manager_sets" == case.state


def test_a_late_heart_loses_nothing(agency: Agency) -> None:
    """Three months without a beat, then one: every case has moved on, and a second beat finds nothing."""
    other = HandClock()
    agency.clock.put(date(2026, 3, 2))
    report = agency.engine.fire_due()
    states = {case.state for case in agency.engine.cases(limit=200)}

    assert ((), 60) == (report.failed, report.cases)
    assert {"manager_sets"} == states
    assert other.instant < agency.clock.instant
    assert (0, ()) == ((again := agency.engine.fire_due()).steps, again.failed)


def test_what_happened_to_a_clock_is_kept_with_its_case(agency: Agency) -> None:
    """Granted, stopped and run on in three transactions: each found what the one before had written."""
    engine = agency.engine
    _, case = somebody(agency)
    hr = next(one.key for one in engine.chart.segments if "desk:personnel" in one.duties)
    desk = Actor(person=hr)
    due = engine.case(case, None).case.task.due_on
    engine.obey(case, Extend(by=Duration(3, "working days"), actor=desk, reason="banjir"))
    engine.obey(case, Pause(kind="leave", actor=desk, reason="cuti"))
    agency.clock.put(date(2025, 12, 5))
    engine.obey(case, Resume(actor=desk, reason="kembali"))
    view = engine.case(case, None)
    clock = next(one for one in view.case.deadlines if one.name == "task")

    assert view.scene.calendar.add(due, 3 + 4, "working days") == clock.due_on
    assert ([3], ["leave"]) == ([one.amount for one in clock.grants], [one.kind for one in clock.stands])
    with pytest.raises(Refused, match="moves no clock"):
        engine.obey(case, Recount(actor=desk, reason="SKB baru"))
    assert [] == engine.verify()


def test_two_hearts_double_nothing(agency: Agency) -> None:
    """Two processes sweep the same storm at once: each rung once, each message once."""
    other = agency.another()
    agency.clock.put(date(2026, 1, 13))
    reports = []
    threads = [
        threading.Thread(target=lambda one=one: reports.append(one.fire_due()))
        for one in (agency.engine, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.database.close()
    rungs = []
    for case in agency.engine.cases(limit=200):
        for entry in agency.engine.history(case.id):
            if entry.kind == "rung":
                cause = decode(entry.body)["cause"]
                rungs.append(
                    (
                        case.id,
                        cause["deadline"],
                        cause["generation"],
                        decode(entry.body)["visit"],
                        cause["rung"],
                    )
                )

    assert 2 == len(reports)
    assert [(), ()] == [report.failed for report in reports]
    assert len(rungs) == len(set(rungs))
    assert rungs
    assert [] == agency.engine.verify()


def test_a_clock_that_steps_back_does_not_turn_time_in_a_case(agency: Agency) -> None:
    """The system clock is set back an hour: entries of a case still never run backwards."""
    key, case_id = somebody(agency)
    agency.engine.fire(case_id, "submit", actor=Actor(person=key), forms={"plan": plan(100)})
    agency.clock.instant -= HOUR
    holder = agency.engine.case(case_id, None).case.task.holder
    agency.engine.fire(case_id, "pass", actor=Actor(person=holder))
    times = [entry.at for entry in agency.engine.history(case_id)]

    assert times == sorted(times)


def test_a_case_that_cannot_be_stepped_blocks_nobody(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """One poisoned case is named; its 59 neighbours ring."""
    from engine.runtime import passing  # noqa: PLC0415

    _, poisoned = somebody(agency)
    real = passing.settle

    def settle(machine, case, contents, scene, *, until):
        if case.id == poisoned:
            raise ZeroDivisionError("spoilt")
        return real(machine, case, contents, scene, until=until)

    monkeypatch.setattr(passing, "settle", settle)
    agency.clock.put(date(2025, 12, 5))
    report = agency.engine.fire_due()

    assert [poisoned] == [case_id for case_id, _ in report.failed]
    assert 59 == report.steps


def test_a_batch_that_cannot_be_written_is_halved_until_the_spoiler_stands_alone(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses one case of a batch: the others are written all the same."""
    from engine.store.unit import Unit  # noqa: PLC0415

    _, poisoned = somebody(agency)
    real = Unit.save

    def save(self, steps) -> None:
        if any(step.case.id == poisoned for step in steps):
            raise Conflict("spoilt")
        real(self, steps)

    monkeypatch.setattr(Unit, "save", save)
    agency.clock.put(date(2025, 12, 5))
    report = agency.engine.fire_due()

    assert [poisoned] == [case_id for case_id, _ in report.failed]
    assert 59 == report.steps


def test_who_leaves_ends_their_case_and_who_follows_takes_the_task(agency: Agency) -> None:
    """A people file with a last day: the case closes as left; tasks of that person move to whoever leads now."""
    key, case_id = somebody(agency)
    chart = agency.engine.chart
    number = chart.person(key).person_id
    text = (ROOT / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        if row["nip"] == number:
            row["selesai"] = "2025-12-09"
    changed = io.StringIO()
    writer = csv.DictWriter(changed, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    agency.clock.put(date(2025, 12, 8))
    report = import_people(agency.engine, changed.getvalue().encode())
    before = agency.engine.case(case_id, None).case
    agency.clock.put(date(2025, 12, 10), hour=9)
    agency.engine.follow_chart()
    after = agency.engine.case(case_id, None).case

    assert (key,) == report.left
    assert "" == before.ended
    assert ("left", "ended") == (after.state, after.ended)
    assert [] == agency.engine.verify()


def test_steering_goes_through_the_same_door(agency: Agency) -> None:
    """An extension is a step with its entry, its reason and its idempotency key."""
    _, case_id = somebody(agency)
    hr = next(one.key for one in agency.engine.chart.segments if "desk:personnel" in one.duties)
    command = Extend(by=Duration(3, "working days"), actor=Actor(person=hr), reason="banjir")
    before = agency.engine.case(case_id, None).case
    done = agency.engine.obey(case_id, command, key="x-1")
    again = agency.engine.obey(case_id, command, key="x-1")

    assert before.task.due_on < done.case.task.due_on
    assert again.repeated


def test_a_published_version_never_changes(agency: Agency) -> None:
    """The same version with other content is refused with the next free number."""
    rules, texts = (
        (ROOT / f"tests/definitions/alone/asn-tahunan{end}").read_text(encoding="utf-8")
        for end in (".yaml", ".texts.yaml")
    )
    changed = rules.replace("at_most: 6", "at_most: 5")
    same = agency.engine.publish(rules, texts, name="a", texts_name="b", actor=NOBODY)

    assert 1 == len(agency.engine.definitions())
    assert same.digest == agency.engine.definitions()[0].digest
    with pytest.raises(Conflict, match="version: 2"):
        agency.engine.publish(changed, texts, name="a", texts_name="b", actor=NOBODY)


def test_left_alone_a_year_long_every_case_ends_and_the_log_is_whole(agency: Agency) -> None:
    """Nobody acts at all: 60 cases end by themselves, each by the day its definition names."""
    ends = {case.id: agency.engine.latest_end(case) for case in agency.engine.cases(limit=200)}
    agency.hop_to(date(2027, 2, 1))
    cases = agency.engine.cases(limit=200)

    assert {"incomplete"} == {case.ended for case in cases}
    assert all(date(2027, 2, 1) <= ends[case.id] for case in cases)
    assert None is agency.engine.next_at()
    assert [] == agency.engine.verify()
