"""Staffed: does every role find somebody for every person, duties apart; and who may not be away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.core.chart import Chart
from engine.core.definition import Condition, Definition, Field, Gather, Link, State
from engine.core.people import Committee, Desk, NamedIn, Role, SuperiorOf, resolve
from engine.core.proof.crew import Roster
from engine.core.proof.finding import Finding, Proof
from engine.core.proof.staffing import prove_staffed
from engine.errors import NobodyFound
from tests.charts import AWAY, BASE, DAY, GONE
from tests.charts import chart as small_agency
from tests.proof.grounds import NATIONAL, SMALL, changed, ground, shipped
from tests.worlds import OPENING, chart


def staffed(definition: Definition, people: Chart) -> Proof:
    """The answer for an agency."""
    return prove_staffed(replace(ground(definition), chart=people))


def only(proof: Proof, code: str) -> Finding:
    """The one finding of a code."""
    (finding,) = [one for one in proof.findings if one.code == code]
    return finding


def alone(*keep: str, **changes: object) -> Chart:
    """The small agency with only some of its people."""
    kept = tuple(one for one in small_agency(**changes).segments if one.person_id in keep)
    return Chart(segments=kept, version="some")


@pytest.mark.parametrize("name", [NATIONAL, SMALL, "tests/definitions/whole"])
def test_the_demo_agency_is_staffed(name):
    """Every role finds somebody for all people of the demo, and nobody alone may not be away."""
    proof = staffed(changed(name), chart())

    assert ("proven", ()) == (proof.answer, proof.findings)


def test_nothing_is_claimed_without_people():
    """No people file, no answer."""
    assert "not_proven" == prove_staffed(ground(shipped())).answer


def test_nothing_is_claimed_of_nobody():
    """Where the definition covers none of the people, there is no answer."""
    small = changed(
        SMALL, {"covers: {who: \"employee.kind == 'PNS'\"": "covers: {who: \"employee.kind == 'PPPK'\""}
    )

    assert "not_proven" == staffed(small, small_agency()).answer


def test_nothing_is_claimed_of_units_that_get_no_case():
    """A cycle of units asks about those a launch gives a case, and no others."""
    small = changed(SMALL)
    covers = replace(small.covers, who=Condition(text="unit.rated_people >= 15"))
    leaver = next(one for one in chart().people(OPENING) if one.kind == "PPPK")
    left = Chart(segments=tuple(one for one in chart().segments if one.key != leaver.key), version="less")
    roster = Roster(replace(small, subject="unit", covers=covers), left, OPENING)

    assert {f"unit:{one}" for one in left.units(OPENING) if one != leaver.unit} == {
        group.one for group in roster.groups()
    }


def test_every_person_is_asked_about():
    """Those the chart treats alike are asked about once, and counted each."""
    facts = staffed(shipped(), chart()).facts
    covered = [
        one for one in chart().people(OPENING) if one.kind in {"PNS", "PPPK"} and one.status == "active"
    ]

    assert len(covered) == facts["people"]
    assert facts["groups"] < facts["people"]


def test_an_agency_without_anybody_above_has_nobody_for_a_role():
    """Fault: nobody outside, nobody on a desk: the head of the agency has no rater."""
    findings = staffed(changed(SMALL), alone("agency", "head", "siti")).findings
    lost = {one.facts["role"]: one.facts["people"] for one in findings if one.code == "nobody_for_role"}

    assert {"hr", "rater"} == set(lost)
    assert "p-agency" in lost["rater"]


def test_what_is_found_missing_is_missing():
    """The same question asked of the chart is refused."""
    people = alone("agency", "head", "siti")

    with pytest.raises(NobodyFound):
        resolve("rater", changed(SMALL).roles, people, "p-agency", {}, DAY)


def test_duties_of_one_desk_of_one_person_cannot_be_kept_apart():
    """Fault: who checks and who releases are the same desk, with one person on it and nobody beside."""
    small = changed(SMALL)
    roles = {
        **small.roles,
        "hr": Role(name="hr", query=Desk(name="personnel", of="employee"), exclude=("employee",)),
        "rater": Role(name="rater", query=Desk(name="personnel", of="employee"), exclude=("employee", "hr")),
    }
    people = alone("deputy", "siti", siti={"superior": None}, deputy={"superior": None})
    proof = staffed(replace(small, roles=roles), people)

    assert "refuted" == proof.answer
    assert {"nobody_for_role", "duties_not_apart"} & {one.code for one in proof.findings}


def test_two_desks_that_share_their_only_two_people_are_apart():
    """With a second person on the desk the duties can be kept apart, but neither may be away."""
    small = changed(SMALL)
    roles = {
        **small.roles,
        "hr": Role(name="hr", query=Desk(name="personnel", of="employee"), exclude=("employee",)),
        "rater": Role(name="rater", query=Desk(name="personnel", of="employee"), exclude=("employee", "hr")),
    }
    people = alone(
        "deputy", "other", "siti",
        siti={"superior": None}, deputy={"superior": None}, other={"superior": None, "duties": ("desk:personnel",)},
    )  # fmt: skip
    proof = staffed(replace(small, roles=roles), people)
    needed = {one[0]: one[1] for one in proof.facts["needed"]}

    assert {"p-deputy", "p-other"} <= set(needed)
    assert "nobody_stands_in" in {one.code for one in proof.findings}


def test_a_committee_needs_as_many_members_as_answers():
    """Fault: five answers are needed from a committee of one."""
    small = changed(SMALL)
    roles = {**small.roles, "panel": Role(name="panel", query=Committee(name="ethics", of="employee"))}
    waiting = replace(
        small.states["waiting"], gather=Gather(who=("panel",), name="views", form="plan", need=5)
    )
    gathering = replace(small, roles=roles, states={**small.states, "waiting": waiting})
    people = small_agency(other={"duties": ("committee:ethics",)})
    finding = only(staffed(gathering, people), "too_few_people")

    assert ("phases", "monitoring", "waiting") == finding.path
    assert "needs 5 answers" in finding.message.en


def test_people_named_in_a_form_must_be_enough():
    """Fault: ten colleagues are to be named where there are four."""
    small = changed(SMALL)
    roles = {**small.roles, "peers": Role(name="peers", query=NamedIn(path="plan.peers"))}
    waiting = replace(
        small.states["waiting"], gather=Gather(who=("peers",), name="views", form="plan", need=10)
    )
    gathering = replace(small, roles=roles, states={**small.states, "waiting": waiting})

    assert "p-siti" in only(staffed(gathering, small_agency()), "too_few_people").facts["people"]


def test_a_last_rung_that_finds_nobody_is_an_error():
    """Fault: it hands over to a substitute nobody named, and no moment moves on."""
    small = changed(SMALL)
    checking = small.states["checking"]
    kept = tuple(one for one in checking.transitions if one.name != "silent")
    ladder = small.ladders["standard"]
    last = replace(ladder.rungs[-1], reassign="substitute")
    rungless = replace(
        small,
        ladders={"standard": replace(ladder, rungs=(*ladder.rungs[:-1], last))},
        states={**small.states, "checking": replace(checking, transitions=kept)},
    )

    assert "p-siti" in only(staffed(rungless, small_agency()), "last_rung_reaches_nobody").facts["people"]


def test_pairs_who_may_not_be_away_together_really_stop_a_case():
    """Each pair told, both away on the real chart: some role of some case finds nobody, or its work falls together."""
    small = changed(SMALL)
    people = small_agency()
    pairs = staffed(small, people).facts["pairs"]

    assert pairs
    for one, other, _ in pairs:
        away = {key.removeprefix("p-"): AWAY for key in (one, other)}
        stopped = [
            role
            for role in ("rater", "hr")
            for person in BASE
            if person.kind == "PNS"
            and person.key not in {one, other}
            and not _found(role, small, small_agency(**away), person.key)
        ]
        assert stopped, (one, other)


def _found(role: str, definition: Definition, people: Chart, subject: str) -> bool:
    try:
        resolve(role, definition.roles, people, subject, {}, DAY)
    except NobodyFound:
        return False
    return True


def test_a_vacancy_is_filled_as_the_chain_says():
    """The head gone, the level above rates: no finding."""
    assert "proven" == staffed(changed(SMALL), small_agency(section=GONE)).answer


def test_days_still_to_come_are_read_today_and_said_so():
    """The rater is asked for as of the end of the year: read on the day of the proof."""
    facts = staffed(shipped(), chart()).facts

    assert (["rater"], "2025-12-01") == (facts["read_on_that_day"], facts["day"])


def test_a_role_that_starts_from_another_is_followed():
    """A reviewer above the rater is found for everybody, whoever the rater is."""
    small = changed(SMALL)
    roles = {
        **small.roles,
        "hr": Role(name="hr", query=SuperiorOf(role="rater"), exclude=("employee", "rater")),
    }

    assert "proven" == staffed(replace(small, roles=roles), chart()).answer


def gathering(need: int, *, exclude: tuple[str, ...] = ("employee",), peers: str = "") -> Definition:
    """The small definition with a panel, or named peers, that is asked for so many answers while it waits."""
    small = changed(SMALL)
    query = NamedIn(path=peers) if peers else Committee(name="ethics", of="employee")
    roles = {**small.roles, "panel": Role(name="panel", query=query, exclude=exclude)}
    asking = Gather(who=("panel",), name="views", form="plan", need=need)
    waiting = replace(small.states["waiting"], gather=asking)
    return replace(small, roles=roles, states={**small.states, "waiting": waiting})


def ethics(*members: str) -> dict[str, object]:
    """People of the small agency on its committee."""
    return {one: {"duties": ("committee:ethics",)} for one in members}


def test_members_of_a_committee_are_missed():
    """Two answers of three members: any one may be away, no two together."""
    facts = staffed(gathering(2), small_agency(**ethics("section", "other", "siti"))).facts
    pairs = {frozenset(one[:2]) for one in facts["pairs"]}

    assert {frozenset({"p-section", "p-other"}), frozenset({"p-section", "p-siti"})} <= pairs


def test_a_committee_without_a_member_to_spare_misses_each():
    """Fault: two answers of two members, neither of whom may be away."""
    findings = staffed(gathering(2), small_agency(**ethics("section", "other"))).findings
    needed = {one.facts["person"] for one in findings if one.code == "nobody_stands_in"}

    assert {"p-section", "p-other"} <= needed


def test_a_committee_is_kept_apart_from_whoever_comes_to_do_the_other_duty():
    """`not` holds for those who stand in as well: a member who rates is none of those who answer."""
    apart = Roster(gathering(2, exclude=("employee", "rater")), small_agency(), DAY).apart

    assert ("/waiting", "rater") in apart
    assert ("/waiting", "rater") not in Roster(gathering(2), small_agency(), DAY).apart


def test_colleagues_who_may_be_named_are_missed():
    """Three colleagues are to be named, and in a unit of four that is all of them."""
    facts = staffed(gathering(3, exclude=(), peers="plan.peers"), small_agency()).facts
    needed = {one[0]: one[1] for one in facts["needed"]}

    assert {"p-head", "p-section", "p-other", "p-siti"} <= set(needed)
    assert 3 == needed["p-siti"]  # of the other three; in her own case she is asked nothing


def test_who_is_kept_apart_is_not_among_those_to_be_named():
    """Fault: of three colleagues one is the rater, and three are to be named."""
    apart = gathering(3, exclude=("rater",), peers="plan.peers")

    assert "p-siti" in only(staffed(apart, small_agency()), "too_few_people").facts["people"]


def test_a_gathering_without_names_needs_as_many_as_hide_each_other():
    """Fault: fewer than three answers are never kept, and two members are all there is."""
    few = gathering(1)
    asking = replace(few.states["waiting"].gather, anonymous=3)
    hidden = replace(few, states={**few.states, "waiting": replace(few.states["waiting"], gather=asking)})

    assert "too_few_people" in {
        one.code for one in staffed(hidden, small_agency(**ethics("section", "other"))).findings
    }


@pytest.mark.parametrize(
    ("field", "severity"),
    [
        (Field(name="peers", kind="person", least=4, most=5, source="colleagues"), "error"),
        (
            Field(
                name="peers", kind="person", least=4, most=5, source="colleagues",
                needed=Condition(text="plan.note == 'x'"),
            ),
            "unproven",
        ),
        (Field(name="peers", kind="person", least=4, most=5, source="colleagues", optional=True), None),
        (Field(name="peers", kind="person", least=3, most=5, source="colleagues"), None),
    ],
    ids=["needed", "sometimes", "optional", "enough"],
)  # fmt: skip
def test_a_form_asks_for_no_more_colleagues_than_there_are(field, severity):
    """Fault: four colleagues are to be named in a unit of four, and nobody can send the form."""
    small = changed(SMALL)
    plan = small.forms["plan"]
    naming = replace(small, forms={**small.forms, "plan": replace(plan, fields=(*plan.fields, field))})
    people = alone("regent", "head", "section", "other", "siti", "deputy", head={"superior": "regent"},
                   deputy={"unit": "Dinas", "kind": "PPPK", "status": "unpaid_leave"})  # fmt: skip
    told = [one for one in staffed(naming, people).findings if one.code == "too_few_to_name"]

    assert [severity] * (severity is not None) == [one.severity for one in told]
    assert all("p-siti" in one.facts["people"] and ("forms", "plan", "peers") == one.path for one in told)


def test_duties_of_tracks_are_kept_apart():
    """Fault: what one track does and what another does must be different people's, and there is one."""
    tracked = changed("tests/definitions/linked/tracked")
    desk = Role(name="hr", query=Desk(name="personnel", of="employee"), exclude=("employee", "rater"))
    entering = tracked.tracks["results"].states["employee_enters"]
    by_desk = replace(entering, task=replace(entering.task, who="hr"))
    results = replace(
        tracked.tracks["results"],
        states={**tracked.tracks["results"].states, "employee_enters": by_desk},
        roles={**tracked.roles, "hr": desk},
    )
    parted = replace(tracked, roles=results.roles, tracks={**tracked.tracks, "results": results}, grants=())

    assert ("hr", "rater") in Roster(parted, chart(), DAY).apart
    assert ("hr", "rater") not in Roster(tracked, chart(), DAY).apart


def test_a_track_meets_what_its_case_does_and_not_what_it_never_comes_to():
    """What is opened on one branch runs beside that branch alone."""
    small = changed(SMALL)
    child = State(name="looking", phase="", task=replace(small.states["checking"].task, who="hr"))
    track = replace(small, states={"looking": child}, initial="looking", tracks={})
    parted = Role(name="hr", query=Desk(name="personnel", of="employee"), exclude=("rater",))
    opened = {}
    for name in ("left", "waiting"):
        states = {**small.states, name: replace(small.states[name], starts=("beside",))}
        away = {key: replace(one, transitions=tuple(way for way in one.transitions if way.rule != "anytime.exempt"))
                for key, one in states.items()}  # fmt: skip
        opened[name] = replace(
            small,
            roles={**small.roles, "hr": parted},
            states={key: one for key, one in away.items() if name != "left" or key != "checking"},
            linked={"beside": Link(name="beside", track="beside")},
            tracks={"beside": track},
        )

    assert (("hr", "rater"),) == Roster(opened["waiting"], chart(), DAY).apart
    assert () == Roster(opened["left"], chart(), DAY).apart


def test_people_named_in_items_are_counted_too():
    """Fault: each goal names five people, whether its fields are written apart or right there."""
    small = changed(SMALL)
    who = Field(name="helpers", kind="person", least=5, most=6, source="colleagues")
    goals = small.forms["plan"].fields[0]
    for item_form, path in (
        ("goal", ("forms", "goal", "helpers")),
        ("", ("forms", "plan", "goals", "list_of", "helpers")),
    ):
        listed = replace(goals, item=(*goals.item, who), item_form=item_form)
        plan = replace(small.forms["plan"], fields=(listed,))
        naming = replace(small, forms={**small.forms, "plan": plan})

        assert path == only(staffed(naming, small_agency()), "too_few_to_name").path
