"""Cases that hang together: a year with its quarters, an improvement that outlives it, a unit's session, tracks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.case_shapes import readable_reads
from engine.core.case import Case
from engine.core.command import OPERATOR, Actor, Fire, Notice
from engine.errors import GuardRefused, LaunchInvalid, Refused
from engine.runtime import Engine
from engine.runtime.reports import CaseView
from engine.store import Database
from tests.definitions_varied import varied
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, TWO_UNITS, Agency, HandClock, set_up
from tests.worlds import ROOT, ordinary

LINKED = ROOT / "tests/definitions/linked"
PLAN = {"goals": [{"title": "Pelayanan", "weight": 100}]}
FIRST = date(2026, 1, 5)


def publish(engine: Engine, *names: str) -> None:
    """Bring definitions of the linked folder into force."""
    for name in names:
        rules, texts = LINKED / f"{name}.yaml", LINKED / f"{name}.texts.yaml"
        engine.publish(
            rules.read_text(encoding="utf-8"),
            texts.read_text(encoding="utf-8"),
            name=rules.name,
            texts_name=texts.name,
            actor=NOBODY,
        )


@pytest.fixture
def year(place: str) -> Iterator[Agency]:
    """An agency on 5 January 2026 with everything published and the annual cycle launched."""
    clock = HandClock()
    clock.put(FIRST)

    def fill(to: str) -> None:
        engine = set_up(to, clock, definition="tests/definitions/linked/annual", people=TWO_UNITS)
        publish(engine, "quarter", "improvement", "unit-year")
        engine.launch("annual", opens=FIRST, actor=NOBODY)
        engine.database.close()

    furnish(place, "the linked year", fill)
    engine = Engine(Database(place), clock)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def person(agency: Agency) -> str:
    """Somebody in the middle of the chart."""
    return ordinary(agency.engine.chart).key


def own(agency: Agency, workflow: str = "annual", subject: str | None = None) -> Case:
    """The newest case of a workflow about somebody."""
    return cases_of(agency, workflow, subject)[-1]


def cases_of(agency: Agency, workflow: str, subject: str | None = None) -> list[Case]:
    found = agency.engine.cases(subject=subject or person(agency), limit=1_000)
    mine = [one for one in found if one.cycle.startswith(f"{workflow}-2026")]
    return sorted(mine, key=lambda one: (one.segment, one.period_from))


def act(
    agency: Agency, case: Case, trigger: str, by: str | None = None, reason: str = "", **forms: object
) -> Case:
    actor = by or (case.task.holder if case.task else "")
    return agency.engine.fire(
        case.id,
        trigger,
        actor=Actor(person=actor),
        forms=forms,
        reason=reason,  # type: ignore[arg-type]
    ).case


def kinds(agency: Agency, case: Case) -> list[str]:
    return [one.kind for one in agency.engine.history(case.id)]


def test_each_quarter_is_opened_on_its_first_day_and_the_year_waits_for_all(year: Agency) -> None:
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 2, 2))
    assert [date(2026, 1, 1)] == [one.period_from for one in cases_of(year, "quarter")]
    for number, day in enumerate(
        [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)], 1
    ):
        year.hop_to(day)
        quarters = cases_of(year, "quarter")
        assert min(number + 1, 4) == len(quarters)
        assert {own(year).id} == {one.parent for one in quarters}
        act(year, quarters[number - 1], "send", report={"achieved": "tercapai"})
    assert "rating_due" == own(year).state
    assert ["noticed", "moved"] == kinds(year, own(year))[-2:]


def test_a_quarter_wholly_past_is_not_opened(year: Agency) -> None:
    year.clock.put(date(2026, 6, 1))
    year.hop_to(date(2026, 6, 2))
    assert [date(2026, 4, 1)] == [one.period_from for one in cases_of(year, "quarter")]


def test_nothing_is_lost_and_nothing_done_twice_if_the_process_dies_after_the_commit(year: Agency) -> None:
    """The step is kept, with what it means for others beside it; the next beat of any process passes it on."""
    firing = year.engine._firing  # what a process does that dies before it passes anything on
    head = year.engine.chart.agency_head_post(FIRST)
    assert head is not None
    below = next(one for one in year.engine.chart.direct_reports(head.key, FIRST) if one.status == "active")
    for one in (below.key, head.key):
        case = own(year, subject=one)
        command = Fire(trigger="submit", actor=Actor(person=one), forms={"plan": PLAN})
        assert firing.fire(case.id, command).stirs
    assert "waits_for_superior" == own(year, subject=head.key).state
    other = year.another()
    for _ in range(3):
        assert () == other.fire_due().failed
        other.fire_due()
    other.database.close()
    assert {"running"} == {own(year, subject=one).state for one in (below.key, head.key)}
    assert 1 == len(cases_of(year, "quarter", head.key))
    assert 1 == kinds(year, own(year, subject=below.key)).count("noticed")
    assert [] == year.engine.verify()


def test_a_quarter_is_reported_after_the_one_before_it_and_the_first_waits_for_nobody(year: Agency) -> None:
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 4, 1))
    first = cases_of(year, "quarter")[0]
    assert "reporting" == first.state
    act(year, first, "send", report={"achieved": "tercapai"})
    year.hop_to(date(2026, 7, 1))
    assert "reporting" == cases_of(year, "quarter")[1].state


def test_a_quarter_whose_predecessor_ended_otherwise_goes_by_its_own_day(year: Agency) -> None:
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 7, 1))
    assert "missing" == cases_of(year, "quarter")[0].state
    assert "in_turn" == cases_of(year, "quarter")[1].state
    year.hop_to(date(2026, 7, 21))
    assert "reporting" == cases_of(year, "quarter")[1].state


def test_the_year_begins_when_the_superiors_has_begun(year: Agency) -> None:
    chart = year.engine.chart
    above = chart.superior(person(year), FIRST)
    assert above is not None
    case = act(year, own(year), "submit", plan=PLAN)
    assert "waits_for_superior" == case.state
    superior = own(year, subject=above.key)
    act(year, superior, "submit", plan=PLAN)
    year.hop_to(date(2026, 2, 1))
    assert "running" == own(year).state


def test_what_can_never_exist_counts_as_reached(year: Agency) -> None:
    head = year.engine.chart.agency_head_post(FIRST)
    assert head is not None
    case = act(year, own(year, subject=head.key), "submit", plan=PLAN)
    assert "running" == case.state


def test_a_superior_who_set_the_plan_is_heard_at_once(year: Agency) -> None:
    chart = year.engine.chart
    head = chart.agency_head_post(FIRST)
    assert head is not None
    below = next(one for one in chart.direct_reports(head.key, FIRST) if one.status == "active")
    waiting = act(year, own(year, subject=below.key), "submit", plan=PLAN)
    assert "waits_for_superior" == waiting.state
    act(year, own(year, subject=head.key), "submit", plan=PLAN)
    after = own(year, subject=below.key)
    assert "running" == after.state
    assert "noticed" in kinds(year, after)


def late_head(agency: Agency) -> tuple[Case, Case]:
    """The case of somebody who waits for the agency's head, whose time to plan has run out unseen; then the head's."""
    chart = agency.engine.chart
    head = chart.agency_head_post(FIRST)
    assert head is not None
    below = next(one for one in chart.direct_reports(head.key, FIRST) if one.status == "active")
    waiting = act(agency, own(agency, subject=below.key), "submit", plan=PLAN)
    agency.clock.put(date(2026, 1, 20))
    return waiting, own(agency, subject=head.key)


@pytest.fixture
def visited(place: str, tmp_path: Path) -> Iterator[Agency]:
    """The linked year with a clock of the whole case and with visitors, launched."""
    rules = {
        "\nroles:\n": "\ndue: 10 months\nroles:\n",
        "  hr: {desk": "  visitors: {outside: token, per: employee, once: false, cap: 3}\n  hr: {desk",
        "\nforms:\n": "\nforms:\n  visit: {says: {text: 200}}\n",
        "\nreads:\n": "\njournals:\n  visits: {by: visitors, form: visit, anonymous: 2}\nreads:\n",
        "  rating: {employee: disclosed}": "  rating: {employee: disclosed}\n  visits: {rater: always}",
    }
    texts = {
        "\nforms:\n": "\njournals:\n  visits: {id: Kunjungan, en: Visits}\nforms:\n"
        "  visit: {id: Kunjungan, en: Visit}\n",
        "\nroles:\n": "\nroles:\n  visitors: {id: Pengunjung, en: Visitors}\n",
        "\nfields:\n": "\nfields:\n  visit.says: {id: Kesan, en: Says}\n",
    }
    clock = HandClock()
    clock.put(FIRST)
    told = varied(tmp_path, rules, texts, of="linked/annual")
    engine = set_up(place, clock, definition=told, people=TWO_UNITS)
    publish(engine, "quarter", "improvement", "unit-year")
    engine.launch("annual", opens=FIRST, actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def test_what_was_overdue_before_an_outage_is_told_to_whoever_waits_for_it(visited: Agency) -> None:
    """No beat came in between: whoever declares it has the overdue step done, and what it means for others."""
    waiting, _ = late_head(visited)
    first, last = date(2026, 1, 14), date(2026, 1, 15)
    visited.engine.outages.begin("", first, last=last, actor=OPERATOR, reason="banjir")

    assert "running" == visited.engine.case(waiting.id, None).case.state


def test_what_was_overdue_before_an_invitation_is_told_to_whoever_waits_for_it(visited: Agency) -> None:
    """The desk makes a link in a case whose time had run out unseen."""
    waiting, late = late_head(visited)
    hr = next(one.key for one in visited.engine.chart.people(FIRST) if "desk:personnel" in one.duties)
    visited.engine.invite(late.id, "visits", actor=Actor(person=hr))

    assert "running" == visited.engine.case(waiting.id, None).case.state


def test_when_the_year_ends_its_open_quarters_end_too(year: Agency) -> None:
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 2, 2))
    hr = next(one.key for one in year.engine.chart.people(FIRST) if "desk:personnel" in one.duties)
    act(year, own(year), "exempt", by=hr, reason="tugas belajar")
    quarter = cases_of(year, "quarter")[0]
    assert ("stopped", "ended") == (quarter.state, quarter.ended)
    assert "ended" == kinds(year, quarter)[-1]
    year.hop_to(date(2026, 4, 2))
    assert 1 == len(cases_of(year, "quarter"))


def test_an_improvement_outlives_the_year_and_only_one_is_open(year: Agency) -> None:
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 2, 2))
    rater = year.engine.chart.superior(person(year), FIRST)
    assert rater is not None
    act(year, own(year), "improve", by=rater.key, reason="perlu perbaikan")
    with pytest.raises(GuardRefused, match="1 open already, which is the limit"):
        act(year, own(year), "improve", by=rater.key, reason="perlu perbaikan")
    improvements = cases_of(year, "improvement")
    assert [date(2026, 2, 2)] == [one.period_from for one in improvements]
    view = year.engine.case(own(year).id, None)
    assert ["opened"] == [one.outcome for one in view.linked if one.link == "improvement"]
    hr = next(one.key for one in year.engine.chart.people(FIRST) if "desk:personnel" in one.duties)
    act(year, own(year), "exempt", by=hr, reason="tugas belajar")
    assert "" == cases_of(year, "improvement")[0].ended


def _ready_for_session(year: Agency) -> tuple[str, list[str]]:
    """A unit whose members were all rated but the last, on 4 January 2027; the unit and its members' keys."""
    unit = year.engine.chart.person(person(year)).unit
    members = [one.subject for one in year.engine.cases(cycle="annual-2026", limit=1_000) if one.unit == unit]
    year.hop_to(date(2027, 1, 21))
    return unit, members


def test_a_units_session_waits_for_its_members_freezes_them_and_moves_them_on(year: Agency) -> None:
    year.engine.launch("unit-year", opens=FIRST, actor=NOBODY)
    unit, members = _ready_for_session(year)
    assert len(members) > 1
    session = own(year, "unit-year", f"unit:{unit}")
    assert "collecting" == session.state
    *early, late = members
    for key in early:
        case = own(year, subject=key)
        if not case.ended:
            act(year, case, "rate", rating={"result": "as"})
    assert "collecting" == own(year, "unit-year", f"unit:{unit}").state

    year.hop_to(date(2027, 2, 16))
    session = own(year, "unit-year", f"unit:{unit}")
    assert "session_open" == session.state
    listed = session.lists["members"].cases
    open_rated = [own(year, subject=key) for key in early if own(year, subject=key).state == "rated"]
    assert {one.id for one in open_rated} <= set(listed)
    assert own(year, subject=late).id not in listed

    assert session.task is not None
    seen = view_of(year, session, session.task.holder)
    published = seen.known.reads["members"]["rating"]
    assert len(open_rated) <= len(published)  # type: ignore[arg-type]
    counted = readable_reads(seen)["members.rating"]
    assert {"cases": len(published), "values": {}} == counted  # type: ignore[arg-type]

    act(year, session, "close", session={"minutes": "ditetapkan"})
    assert {"disclosed"} == {own(year, subject=one.subject).state for one in open_rated}


def test_a_session_opens_at_once_when_the_last_member_is_ready(year: Agency) -> None:
    year.engine.launch("unit-year", opens=FIRST, actor=NOBODY)
    unit, members = _ready_for_session(year)
    for key in members:
        case = own(year, subject=key)
        if not case.ended:
            act(year, case, "rate", rating={"result": "as"})
    assert "session_open" == own(year, "unit-year", f"unit:{unit}").state


def test_a_session_that_only_counts_its_members_freezes_them_too(year: Agency) -> None:
    """What its task shows is a figure of the members, never one of them; the list stands all the same."""
    rules, texts = (
        (LINKED / f"unit-year{end}").read_text(encoding="utf-8") for end in (".yaml", ".texts.yaml")
    )
    counting = (
        "figures:\n  good: {share: members.rating, where: \"result == 'above'\", decimals: 2}\nphases:\n"
    )
    rules = rules.replace("version: 1", "version: 2").replace("phases:\n", counting, 1)
    texts = f"{texts}figures:\n  good: {{id: Bagian yang baik, en: Share of good ones}}\n"
    year.engine.publish(
        rules.replace("shows: members.rating", "shows: good"),
        texts,
        name="u.yaml",
        texts_name="t.yaml",
        actor=NOBODY,
    )
    year.engine.launch("unit-year", opens=FIRST, actor=NOBODY)
    unit, _ = _ready_for_session(year)
    year.hop_to(date(2027, 2, 16))

    session = own(year, "unit-year", f"unit:{unit}")
    assert ("session_open", ["members"]) == (session.state, list(session.lists))


def test_of_a_unit_with_fewer_members_than_asked_not_even_their_number_is_shown(year: Agency) -> None:
    rules, texts = (
        (LINKED / f"unit-year{end}").read_text(encoding="utf-8") for end in (".yaml", ".texts.yaml")
    )
    small = rules.replace("version: 1", "version: 2").replace("period: same}", "period: same, least: 500}")
    year.engine.publish(small, texts, name="u.yaml", texts_name="t.yaml", actor=NOBODY)
    year.engine.launch("unit-year", opens=FIRST, actor=NOBODY)
    unit, members = _ready_for_session(year)
    first = own(year, subject=members[0])
    act(year, first, "rate", rating={"result": "as"})
    year.hop_to(date(2027, 2, 16))

    session = own(year, "unit-year", f"unit:{unit}")
    assert session.task is not None
    seen = view_of(year, session, session.task.holder)
    assert ("session_open", 1) == (session.state, len(seen.known.reads["members"]["rating"]))  # type: ignore[arg-type]
    assert "members.rating" not in readable_reads(seen)


def test_a_list_leaves_out_stragglers_of_what_was_waited_for_and_not_of_what_comes_later(
    year: Agency,
) -> None:
    """A unit that waits for two states of its members lists in between those that reached the first."""
    rules, texts = (
        (LINKED / f"unit-year{end}").read_text(encoding="utf-8") for end in (".yaml", ".texts.yaml")
    )
    first = rules.replace("version: 1", "version: 2").replace(
        "members reached rated", "members reached running"
    )
    twice = first.replace("at: 15 February next year", "at: 15 February").replace(
        "to: calibrated", "to: waiting"
    )
    second = (
        "    waiting:\n      transitions: {rated: {upon: members reached rated, to: calibrated}, "
        "over: {at: 15 February next year, to: calibrated}}\n  closed:"
    )
    state = "  waiting: {id: Menunggu penilaian, en: Waiting for ratings}\n  calibrated:"
    ways = "  rated: {id: Dinilai, en: Rated}\n  over: {id: Habis, en: Over}\n  unchanged:"
    told = texts.replace("  calibrated:", state).replace("  unchanged:", ways)
    whole = twice.replace("  closed:", second, 1)
    year.engine.publish(whole, told, name="u.yaml", texts_name="t.yaml", actor=NOBODY)
    year.engine.launch("unit-year", opens=FIRST, actor=NOBODY)
    unit = year.engine.chart.person(person(year)).unit
    year.hop_to(date(2026, 2, 20))

    session = own(year, "unit-year", f"unit:{unit}")
    members = {one.id for one in year.engine.cases(cycle="annual-2026", limit=1_000) if one.unit == unit}
    assert ("waiting", members) == (session.state, set(session.lists["members"].cases))


@pytest.fixture
def tracked(place: str) -> Iterator[Agency]:
    """An agency with a quarter whose work is done in two tracks, launched."""
    clock = HandClock()
    clock.put(FIRST)

    def fill(to: str) -> None:
        new = set_up(to, clock, definition="tests/definitions/linked/tracked", people=TWO_UNITS)
        new.launch("tracked", opens=FIRST, actor=NOBODY)
        new.database.close()

    furnish(place, "the quarter in tracks", fill)
    engine = Engine(Database(place), clock)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def view_of(agency: Agency, case: Case, viewer: str | None = None) -> CaseView:
    return agency.engine.case(case.id, viewer)


def test_tracks_run_side_by_side_and_their_case_shows_what_they_wrote(tracked: Agency) -> None:
    found = cases_of(tracked, "tracked")
    whole = next(one for one in found if not one.parent)
    behaviour, results = (next(one for one in found if one.link == link) for link in ("behaviour", "results"))
    assert ("rater_marks", "employee_enters") == (behaviour.state, results.state)

    act(tracked, behaviour, "mark", marks={"service": "high"})
    items = [{"title": "Pelayanan", "weight": 100}]
    act(tracked, results, "enter", results={"items": items})
    after = tracked.engine.case(whole.id, None).case
    assert "summing_up" == after.state
    assert after.task is not None
    seen = view_of(tracked, whole, after.task.holder)
    assert {"marks", "results"} <= seen.readable
    assert {"service": "high"} == seen.contents["marks"]
    assert "marks" in view_of(tracked, whole, whole.subject).readable
    done = act(tracked, after, "sum_up", summary={"says": "baik"})
    assert "done" == done.state


def test_a_track_ends_with_its_case(tracked: Agency) -> None:
    hr = next(one.key for one in tracked.engine.chart.people(FIRST) if "desk:personnel" in one.duties)
    whole = next(one for one in cases_of(tracked, "tracked") if not one.parent)
    act(tracked, whole, "exempt", by=hr, reason="tugas belajar")
    assert ["stopped"] * 3 == [one.state for one in cases_of(tracked, "tracked")]


def test_a_launch_is_refused_while_a_linked_workflow_is_missing_or_could_not_end(place: str) -> None:
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(place, clock, definition="tests/definitions/linked/annual", people=TWO_UNITS)
    with pytest.raises(LaunchInvalid, match="opens cases of quarter, which is not published"):
        engine.launch("annual", opens=FIRST, actor=NOBODY)
    publish(engine, "quarter")
    rules = (
        (LINKED / "improvement.yaml")
        .read_text(encoding="utf-8")
        .replace("workflow: improvement", "workflow: quarter")
    )
    texts = (LINKED / "improvement.texts.yaml").read_text(encoding="utf-8")
    engine.publish(
        rules.replace("version: 1", "version: 2"),
        texts,
        name="quarter.yaml",
        texts_name="texts",
        actor=NOBODY,
    )
    with pytest.raises(LaunchInvalid, match="quarter@2 has 0 states `final: ended`"):
        engine.launch("annual", opens=FIRST, actor=NOBODY)
    assert () == engine.cycles()
    engine.database.close()


@pytest.mark.parametrize(
    ("part", "cycle", "first"), [(None, "tracked-2026-q1", 1), (3, "tracked-2026-q3", 7)]
)
def test_a_quarter_is_launched_by_its_number_or_by_the_day_it_opens(
    tracked: Agency, part: int | None, cycle: str, first: int
) -> None:
    report = tracked.engine.launch(
        "tracked", opens=FIRST, year=2026 if part else None, part=part, actor=NOBODY
    )
    found = next(one for one in tracked.engine.cycles() if one.id == report.cycle)
    assert (cycle, date(2026, first, 1)) == (report.cycle, found.period_from)
    with pytest.raises(LaunchInvalid, match="there is no quarter 5 in 2026"):
        tracked.engine.launch("tracked", opens=FIRST, year=2026, part=5, actor=NOBODY)


def test_who_moves_has_a_next_segment_in_the_same_cycle_for_the_rest_of_the_year(year: Agency) -> None:
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 6, 15))
    year.engine.obey(own(year).id, Notice(fact="employee moves", actor=NOBODY))
    first, second = cases_of(year, "annual")
    assert ("continued", "drafting") == (first.ended, second.state)
    assert (first.cycle, first.id, "segment") == (second.cycle, second.parent, second.link)
    assert (date(2026, 6, 15), date(2026, 12, 31)) == (second.period_from, second.period_to)
    assert {"stopped", "missing", "closed_well"} >= {one.state for one in cases_of(year, "quarter")}
    act(year, second, "submit", plan=PLAN)
    year.hop_to(date(2026, 6, 17))
    assert [2] == [one.segment for one in cases_of(year, "quarter") if not one.ended]


def test_a_link_is_closed_only_when_all_its_parts_have_been(place: str) -> None:
    """The first quarter has ended and the second has not begun: the state that opens them is still open for three."""
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(place, clock, definition="tests/definitions/linked/quarter", people=TWO_UNITS)
    publish(engine, "improvement", "unit-year")
    rules = (LINKED / "annual.yaml").read_text(encoding="utf-8")
    before = "year_over: {at: period.to, to: last_quarter}"
    assert before in rules
    engine.publish(
        rules.replace(before, "year_over: {upon: quarters closed, to: last_quarter}"),
        (LINKED / "annual.texts.yaml").read_text(encoding="utf-8"),
        name="annual.yaml",
        texts_name="annual.texts.yaml",
        actor=NOBODY,
    )
    engine.launch("annual", opens=FIRST, actor=NOBODY)
    agency = Agency(url=place, clock=clock, engine=engine)
    act(agency, own(agency), "submit", plan=PLAN)
    agency.hop_to(date(2026, 2, 2))
    hr = next(one.key for one in engine.chart.people(FIRST) if "desk:personnel" in one.duties)
    act(agency, cases_of(agency, "quarter")[0], "exempt", by=hr, reason="cuti besar")
    agency.hop_to(date(2026, 2, 3))

    assert "running" == own(agency).state
    agency.hop_to(date(2026, 4, 2))
    assert 2 == len(cases_of(agency, "quarter"))
    agency.hop_to(date(2027, 2, 1))
    assert 4 == len(cases_of(agency, "quarter"))
    assert "last_quarter" in own(agency).reached
    engine.database.close()


def test_a_cancelled_year_takes_its_quarters_along_and_a_new_one_opens_others(year: Agency) -> None:
    """What was opened ends with what opened it; a cycle that others opened is cancelled with theirs, not by itself."""
    engine = year.engine
    act(year, own(year), "submit", plan=PLAN)
    year.hop_to(date(2026, 2, 2))
    before = cases_of(year, "quarter")
    assert [""] == [one.ended for one in before]
    assert engine.cancellations.preview("annual-2026").linked >= 1
    with pytest.raises(Refused, match="was not launched"):
        engine.cancellations.preview("quarter-2026-q1")

    done = engine.cancellations.ask("annual-2026", actor=OPERATOR, reason="salah tahun")
    engine.fire_due()
    assert ((), "done") == (done.failed, done.cancelling.state)
    assert {"cancelled"} == {one.ended for one in engine.cases(limit=1_000)}

    engine.launch("annual", opens=date(2026, 2, 3), year=2026, actor=NOBODY)
    year.hop_to(date(2026, 2, 4))
    again = next(one for one in cases_of(year, "annual") if not one.ended)
    act(year, again, "submit", plan=PLAN)
    year.hop_to(date(2026, 2, 10))

    opened = [one for one in cases_of(year, "quarter") if not one.ended]
    assert [("quarter-2026-q1.2", again.id)] == [(one.cycle, one.parent) for one in opened]
    assert [] == engine.verify()
