"""Break-glass: two people, a reason and an end; named cases, named rights; loud everywhere, and over by itself."""

from __future__ import annotations

import pytest

from engine.core.codec import decode
from engine.core.command import Actor, Reassign, Remind
from engine.core.identity.account import Account
from engine.core.identity.expiry import DAY
from engine.core.privacy.glass import GLASS, HOUR
from engine.core.privacy.looks import READS
from engine.core.privacy.official import Official
from engine.core.telling import say_entry
from engine.errors import Conflict, NotFound, NotYours, ReasonMissing, Refused, WrongPerson
from engine.runtime.privacy.breaking import Breaking
from engine.store import accounts as filed
from engine.store import queries, together
from notifications.people_words import lead_beside, line_beside
from tests.privacy.conftest import OTHER, Bureau

OFFICER = Official(account="a-1", roles=frozenset({"privacy"}))


@pytest.fixture(autouse=True)
def accounts(bureau: Bureau) -> None:
    """The accounts of those who decide here, and one of a day ago."""
    now = bureau.clock.now()
    with bureau.engine.database.write() as unit:
        for name, at in (("a-1", 0), ("a-2", 0), ("a-3", now - DAY)):
            filed.put_account(unit.driver, Account(id=name, login=f"l{name}", name=name, created_at=at))


def glass(bureau: Bureau) -> Breaking:
    return bureau.engine.privacy.glass


def stranger(bureau: Bureau) -> str:
    """Somebody who has nothing to do with the case that runs."""
    case = bureau.engine.cases(subject=bureau.running)[0]
    taken = {case.subject, bureau.desk.person, bureau.second.person, bureau.person}
    taken |= {task.holder for task in case.tasks}
    return next(
        one.key for one in bureau.engine.chart.segments
        if one.key not in taken and not one.duties and not one.external
    )  # fmt: skip


def given(bureau: Bureau, rights=("read",), hours: int = 2, to: str = "") -> str:
    """A grant to a stranger for the case that runs."""
    who = Official(person=to or stranger(bureau))
    case = bureau.case_of(bureau.running)
    asked = glass(bureau).ask(who, [case], rights, hours=hours, who=bureau.desk, reason="Kasus macet")
    return glass(bureau).approve(asked.id, who=OFFICER, reason="Disetujui").id


def test_a_stranger_reads_a_named_case_for_as_long_as_was_said(bureau: Bureau) -> None:
    """Nothing before, everything any role may read meanwhile, nothing after: by the clock, and no beat is needed."""
    case, other, who = bureau.case_of(bureau.running), bureau.case_of(bureau.person), stranger(bureau)
    assert frozenset() == bureau.engine.case(case, who).readable
    name = given(bureau)
    view = bureau.engine.case(case, who)
    assert (name, OTHER) == (view.glass, view.contents["plan"]["goals"][0]["title"])
    assert "plan" in view.readable
    assert (frozenset(), "") == (
        bureau.engine.case(other, who).readable,
        bureau.engine.case(other, who).glass,
    )
    assert frozenset() == view.roles
    bureau.clock.instant += 2 * HOUR - 1
    assert "plan" in bureau.engine.case(case, who).readable
    bureau.clock.instant += 1
    assert (frozenset(), "") == (bureau.engine.case(case, who).readable, bureau.engine.case(case, who).glass)


def test_reading_is_not_steering_and_steering_not_reading(bureau: Bureau) -> None:
    case, who = bureau.case_of(bureau.running), stranger(bureau)
    remind = Remind(actor=Actor(person=who), note="Tolong diperiksa")
    given(bureau)
    assert not bureau.engine.case(case, who).may_steer
    with pytest.raises(WrongPerson):
        bureau.engine.obey(case, remind)
    name = given(bureau, ("steer",))
    assert bureau.engine.case(case, who).may_steer
    fired = bureau.engine.obey(case, remind)

    facts = decode(fired.entries[-1].body)
    view = bureau.engine.case(case, bureau.running)
    told = say_entry(view.definition, fired.entries[-1], view.scene.chart, "en")
    assert name == facts["glass"]
    assert f"by break-glass {name}" in told
    bureau.clock.instant += 3 * HOUR
    with pytest.raises(WrongPerson):
        bureau.engine.obey(case, remind)
    assert [] == bureau.engine.verify()


def test_two_people_open_it_and_neither_is_who_gets_it_or_whom_it_is_about(bureau: Bureau) -> None:
    case, who = bureau.case_of(bureau.running), Official(person=stranger(bureau))
    room = glass(bureau)
    with pytest.raises(NotYours):  # nobody asks who has no office
        room.ask(who, [case], ["read"], hours=1, who=who, reason="Ingin tahu")
    with pytest.raises(NotYours, match="own case"):
        room.ask(Official(person=bureau.running), [case], ["read"], hours=1, who=bureau.desk, reason="x")
    asked = room.ask(bureau.second, [case], ["read"], hours=1, who=bureau.desk, reason="Kasus macet")
    for nobody in (bureau.desk, bureau.second, Official(person=bureau.running), who, Official(account="a-9")):
        with pytest.raises(NotYours):
            room.approve(asked.id, who=nobody, reason="Ya")
    administrator = Official(account="a-2", roles=frozenset({"administrator"}))
    assert "given" == room.approve(asked.id, who=administrator, reason="Ya").state
    with pytest.raises(Conflict):
        room.approve(asked.id, who=OFFICER, reason="Ya")


def test_two_accounts_of_which_one_is_new_or_had_a_hand_in_the_other_are_no_two_people(
    bureau: Bureau,
) -> None:
    """Else whoever makes accounts, or invites and resets them, would be both."""
    case, to, room = bureau.case_of(bureau.running), Official(person=stranger(bureau)), glass(bureau)
    one, other, new = (
        Official(account=name, roles=frozenset({"administrator"})) for name in ("a-1", "a-2", "a-3")
    )
    asked = room.ask(to, [case], ["read"], hours=1, who=one, reason="Kasus macet")
    with pytest.raises(NotYours, match="is new"):
        room.approve(asked.id, who=new, reason="Ya")
    by_new = room.ask(to, [case], ["read"], hours=1, who=new, reason="Kasus macet")
    with pytest.raises(NotYours, match="is new"):
        room.approve(by_new.id, who=bureau.desk, reason="Ya")
    bureau.clock.instant += 7 * DAY
    with bureau.engine.database.write() as unit:
        together.lay_hand(unit.driver, "a-2", "a-1", bureau.clock.now() - DAY)
    with pytest.raises(NotYours, match="had a hand"):
        room.approve(asked.id, who=other, reason="Ya")
    assert "given" == room.approve(asked.id, who=bureau.desk, reason="Ya").state


def test_what_is_asked_has_bounds(bureau: Bureau) -> None:
    case, to = bureau.case_of(bureau.running), Official(person=stranger(bureau))
    for cases, rights, hours in (
        ([], ["read"], 1),
        ([case], [], 1),
        ([case], ["read"], 25),
        ([case], ["read"], 0),
    ):
        with pytest.raises(Refused):
            glass(bureau).ask(to, cases, rights, hours=hours, who=bureau.desk, reason="Kasus macet")
    with pytest.raises(NotFound):
        glass(bureau).ask(to, ["c-0"], ["read"], hours=1, who=bureau.desk, reason="Kasus macet")
    with pytest.raises(ReasonMissing):
        glass(bureau).ask(to, [case], ["read"], hours=1, who=bureau.desk, reason="")
    with pytest.raises(Refused):  # an account that is nobody in service steers nothing
        glass(bureau).ask(OFFICER, [case], ["steer"], hours=1, who=bureau.desk, reason="Kasus macet")


def test_everybody_concerned_is_told_when_it_opens_and_when_it_is_over(bureau: Bureau) -> None:
    """The one it is about, who got it, the desk: by letters, in both languages, with the end."""
    name, who = given(bureau), stranger(bureau)
    bureau.clock.instant += 2 * HOUR
    assert () == glass(bureau).open_now()
    assert (1, 0) == (glass(bureau).tend(), glass(bureau).tend())
    for person in (bureau.running, who, bureau.desk.person, bureau.second.person):
        told = [one for one in bureau.engine.messages(person, limit=500) if one.kind.startswith("glass")]
        assert ["glass_ended", "glass_given"] == [one.kind for one in told]
        chart = bureau.engine.chart
        assert name in line_beside(told[1], chart, "en")
        assert bureau.case_of(bureau.running) in lead_beside(told[1], chart, "id")
        assert "10.00" in line_beside(told[1], chart, "id")
    assert [] == [one for one in bureau.engine.messages(bureau.person, limit=500) if "glass" in one.kind]
    (one,) = glass(bureau).known()
    assert ("ended", False) == (one.state, one.is_open(bureau.clock.now()))
    assert [] == bureau.engine.verify()


def test_it_is_ended_early_by_who_has_it_or_by_the_office(bureau: Bureau) -> None:
    case, who = bureau.case_of(bureau.running), stranger(bureau)
    name = given(bureau)
    with pytest.raises(NotYours):
        glass(bureau).end(name, who=Official(person=bureau.running), reason="Tidak setuju")
    glass(bureau).end(name, who=Official(person=who), reason="Sudah selesai")
    assert "" == bureau.engine.case(case, who).glass
    with pytest.raises(Conflict):
        glass(bureau).end(name, who=bureau.desk, reason="Lagi")
    assert 0 == glass(bureau).tend()


def test_every_look_under_it_is_written_one_by_one(bureau: Bureau) -> None:
    """Before anything is shown; others' looks are gathered as always."""
    case, who, name = bureau.case_of(bureau.running), stranger(bureau), given(bureau)
    reads = bureau.engine.privacy.reads
    for _ in range(3):
        reads.seen(bureau.engine.case(case, who), who)
        reads.seen(bureau.engine.case(case, bureau.desk.person), bureau.desk.person)
        reads.seen(bureau.engine.case(case, bureau.running), bureau.running)
    with bureau.engine.database.read() as view:
        kinds = [line.kind for line in queries.history(view, READS)]
    reads.flush()

    assert ["looked_under"] * 3 == kinds
    assert {(who, name), (bureau.desk.person, "")} == {(one.actor, one.under) for one in reads.of(case)}
    assert {"forms", "log"} == {one.data for one in reads.of(case) if one.actor == who}


def test_the_log_says_who_asked_who_approved_and_why(bureau: Bureau) -> None:
    name = given(bureau)
    glass(bureau).refuse(
        glass(bureau).ask(
            bureau.second, [bureau.case_of(bureau.person)], ["read"], hours=1, who=bureau.desk, reason="Lagi"
        ).id,
        who=OFFICER, reason="Tidak perlu",
    )  # fmt: skip
    with bureau.engine.database.read() as view:
        told = [(one.kind, decode(one.body)) for one in queries.history(view, GLASS)]

    assert ["glass_asked", "glass_given", "glass_asked", "glass_refused"] == [kind for kind, _ in told]
    assert bureau.desk.facts() == told[0][1]["actor"]
    assert ({"account": "a-1"}, name) == (told[1][1]["actor"], told[1][1]["glass"])
    assert ["Kasus macet", "Lagi"] == [one.reason for one in reversed(glass(bureau).known())]
    assert all("reason" in facts["content"] for _, facts in told)


def test_what_it_opens_is_not_kept_by_taking_the_task(bureau: Bureau) -> None:
    """Who steers by it gives the task to others, never to themselves nor to whom it opens the case as well."""
    one = stranger(bureau)
    given(bureau, rights=("steer",), to=one)
    case = bureau.case_of(bureau.running)
    take = Reassign(to=one, actor=Actor(person=one), reason="Supaya cepat")
    with pytest.raises(Refused, match="ends with it"):
        bureau.engine.obey(case, take)
