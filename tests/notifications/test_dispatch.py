"""The outbox is emptied once, by whoever holds it, and nothing is lost on the way."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from engine.core.codec import replace as replace_struct
from engine.core.command import Actor, Remind
from engine.core.telling import tell
from engine.store.values import Letter
from notifications.channels import KeptChannel, SmtpChannel
from notifications.composing import is_urgent
from notifications.dispatch import BACKOFF, LEASE
from notifications.parcels import matter_of, superseded
from tests.notifications.mail_host import MailHost
from tests.notifications.office import BUDI, DESK, HEAD, HOUR, MINUTE, SITI, by_smtp
from tests.worlds import World

FORMS = {"plan": {"goals": [{"title": "Laporan", "weight": 100}]}}


class DiesAfterSending(SmtpChannel):
    """Its worker is gone as soon as the server has taken the mail."""

    def send(self, mail) -> None:
        """Send, and die."""
        super().send(mail)
        self.hang_up()
        raise SystemExit


class Stalls(SmtpChannel):
    """Something happens between the server's answer and the settling."""

    meanwhile = staticmethod(lambda: None)

    def send(self, mail) -> None:
        """Send, and let it happen."""
        super().send(mail)
        self.meanwhile()


def ids(host: MailHost) -> list[str]:
    """The Message-ID of each mail that came."""
    return [mail["Message-ID"] for mail in host.mails]


def test_a_task_is_told_to_its_holder_once(office, host):
    """One mail, to the right person; a second pass finds nothing."""
    first = office.dispatch(by_smtp(host.port))
    second = office.dispatch(by_smtp(host.port))

    assert {"sent": 1} == first.outcomes
    assert (0, {}) == (second.claimed, second.outcomes)
    assert ["Siti Aminah <siti@dinas.test>"] == [mail["To"] for mail in host.mails]
    assert [("task", "sent")] == office.outcomes("SITI")


def test_what_a_dead_worker_left_is_sent_again_and_known_for_a_double(office, host):
    """At least once: the copy after a death between sending and settling has the same Message-ID."""
    with pytest.raises(SystemExit):
        office.dispatch(DiesAfterSending(by_smtp(host.port)._server))
    assert 0 == office.dispatch(by_smtp(host.port)).claimed
    office.clock.at += LEASE

    again = office.dispatch(by_smtp(host.port))

    assert {"sent": 1} == again.outcomes
    assert 2 == len(host.mails)
    assert 1 == len(set(ids(host)))
    assert host.mails[0].get_body().get_content() == host.mails[1].get_body().get_content()


def test_a_worker_that_outlives_its_lease_settles_nothing(office, host):
    """Another took over meanwhile; the slow one's word no longer counts."""
    slow = Stalls(by_smtp(host.port)._server)
    taken: list[object] = []

    def meanwhile() -> None:
        office.clock.at += LEASE
        taken.append(office.dispatch(by_smtp(host.port)))

    slow.meanwhile = meanwhile
    late = office.dispatch(slow)

    assert {"sent": 1} == taken[0].outcomes
    assert (1, {}) == (late.overtaken, late.outcomes)
    assert 1 == len(set(ids(host)))
    assert [("task", "sent")] == office.outcomes("SITI")


def test_a_slow_sender_holds_what_it_has_not_begun(opened, host):
    """Half of its lease is gone after the first mail: it renews, and nobody else takes the second meanwhile."""
    office = opened(HEAD, DESK, SITI, BUDI)
    slow = Stalls(by_smtp(host.port)._server)
    taken: list[object] = []

    def meanwhile() -> None:
        office.clock.at += LEASE - MINUTE + 1
        taken.append(office.dispatch(by_smtp(host.port)))

    slow.meanwhile = meanwhile
    done = office.dispatch(slow)

    assert ({"sent": 2}, 0) == (done.outcomes, done.left)
    assert [0] == [one.claimed for one in taken[:1]]
    assert 2 == len(set(ids(host))) == len(host.mails)


def test_a_sender_that_was_overtaken_begins_nothing_more(opened, host):
    """It stood still for longer than its lease: what it had not begun is another's, and sent once."""
    office = opened(HEAD, DESK, SITI, BUDI)
    slow = Stalls(by_smtp(host.port)._server)
    taken: list[object] = []

    def meanwhile() -> None:
        office.clock.at += LEASE + 1
        if not taken:
            taken.append(office.dispatch(by_smtp(host.port)))

    slow.meanwhile = meanwhile
    late = office.dispatch(slow)

    assert {"sent": 2} == taken[0].outcomes
    assert ({}, 1, 1) == (late.outcomes, late.overtaken, late.left)
    assert 2 == len(set(ids(host)))


def test_two_dispatchers_at_once_send_each_mail_once(opened, host):
    """While leases hold, a message is one dispatcher's alone."""
    people = [
        f"E{number:02d},Pegawai {number},Dinas,Analis,HEAD,WITA,e{number}@dinas.test,PNS,own,2020-01-01,,id"
        for number in range(24)
    ]
    office = opened(HEAD, DESK, *people)
    together = Barrier(2)

    def work(_: int) -> int:
        together.wait()
        return sum(office.dispatch(by_smtp(host.port), limit=5).outcomes.get("sent", 0) for _ in range(6))

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(work, range(2)))

    assert 24 == sum(sent)
    assert {1} == set(Counter(ids(host)).values())
    assert 24 == len(host.mails)


def test_a_server_that_is_down_loses_nothing(opened):
    """All wait; when it answers again all of it is sent, however long that took."""
    office = opened(HEAD, DESK, SITI, BUDI)
    host = MailHost()
    with host.up():
        pass
    down = office.dispatch(by_smtp(host.port))
    early = office.dispatch(by_smtp(host.port))
    for _ in range(50):
        office.clock.at += HOUR
        office.dispatch(by_smtp(host.port))
    office.clock.at += HOUR
    with host.up():
        up = office.dispatch(by_smtp(host.port))

    assert {"failed": 2} == down.outcomes
    assert {"mail_unreachable"} == {code for _, code in down.failures}
    assert 0 == early.claimed
    assert {"sent": 2} == up.outcomes
    assert 2 == len(host.mails)


def test_one_refused_mail_waits_longer_each_time_and_is_given_up(office, host):
    """A busy mailbox is tried again after 1, 5, 30 minutes, 2 and 12 hours; then the message stays on the page."""
    host.refuse["siti@dinas.test"] = "450 busy"
    outcomes = [office.dispatch(by_smtp(host.port)).outcomes]
    for wait in BACKOFF:
        office.clock.at += wait - 1
        assert 0 == office.dispatch(by_smtp(host.port)).claimed
        office.clock.at += 1
        outcomes.append(office.dispatch(by_smtp(host.port)).outcomes)

    assert [{"failed": 1}] * 5 + [{"given_up": 1}] == outcomes
    assert [("task", "given_up")] == office.outcomes("SITI")


def test_a_refusal_for_good_is_not_repeated(opened, host):
    """No such mailbox: given up at once, and the neighbours get theirs."""
    office = opened(HEAD, DESK, SITI, BUDI)
    host.refuse["siti@dinas.test"] = "550 no such user"
    done = office.dispatch(by_smtp(host.port))

    assert {"given_up": 1, "sent": 1} == done.outcomes
    assert ["mail_undelivered"] == [code for _, code in done.failures]
    assert ["Budi Santoso <budi@dinas.test>"] == [mail["To"] for mail in host.mails]


@pytest.mark.parametrize("address", ["", "siti", "siti@dinas.test@dinas.test"])
def test_who_has_no_address_is_not_written_to(opened, host, address):
    """The message stays on the page; the outbox says why no mail left."""
    office = opened(HEAD, DESK, SITI)
    _with_address(office, "SITI", address)
    done = office.dispatch(by_smtp(host.port))

    assert {"no_address": 1} == done.outcomes
    assert [] == host.mails


def _with_address(office, person_id: str, address: str) -> None:
    """Put an address into the chart as an older file may have left it, past today's checks."""
    people = office.engine.chart.segments
    with office.database.write() as unit:
        changed = [replace(one, email=address) if one.person_id == person_id else one for one in people]
        unit.put_people(changed, "chart:older")


def test_a_reminder_of_work_that_is_done_is_not_sent(office, host):
    """The task was finished between the rung and the pass: nobody is reminded of what they have done."""
    office.dispatch(by_smtp(host.port))
    office.pass_days(date(2026, 1, 10))
    plan = {"goals": [{"title": "Laporan", "weight": 100}]}
    office.engine.fire(
        office.case_of("SITI"), "submit", actor=Actor(person=office.keys["SITI"]), forms={"plan": plan}
    )
    office.dispatch(by_smtp(host.port))

    assert [("task", "sent"), ("reminder", "superseded")] == office.outcomes("SITI")
    assert [("task", "sent")] == office.outcomes("HEAD")


def test_a_task_that_went_to_somebody_else_is_told_to_them_alone(office, host):
    """The old holder learns that it is gone; the call to do it is no longer theirs."""
    plan = {"goals": [{"title": "Laporan", "weight": 100}]}
    office.engine.fire(
        office.case_of("SITI"), "submit", actor=Actor(person=office.keys["SITI"]), forms={"plan": plan}
    )
    office.pass_days(date(2026, 1, 20))
    office.dispatch(by_smtp(host.port))

    assert ("task", "superseded") in office.outcomes("HEAD")
    assert ("handed_over", "sent") in office.outcomes("HEAD")
    assert [("notice", "sent")] == office.outcomes("DESK")


def test_what_has_been_overtaken_is_not_told():
    """For each kind of message: what makes it void, and what does not."""
    world = World()
    world.wait(8)
    case = world.case
    mine = {"to": case.task.holder, "task_id": case.task.id}
    theirs = {"to": case.escalations[0].holder, "task_id": case.escalations[0].id}
    rest = {
        "id": 1,
        "key": "k",
        "case_id": "c-1",
        "created_at": 0,
        "read_at": None,
        "attempts": 1,
        "fence": "f",
    }
    rest |= {"settled_at": None, "outcome": ""}
    later = replace_struct(case, visit=case.visit + 1, task=None, escalations=(), phase="monitoring")
    closed = replace_struct(later, ended="complete")

    def void(kind: str, to: dict[str, str], **data: object) -> list[bool]:
        told = Letter(kind=kind, data={"visit": case.visit, **data}, **to, **rest)
        return [superseded(told, one) for one in (case, later, closed)]

    assert [False, True, True] == void("task", mine)
    assert [False, True, True] == void("reminder", mine)
    assert [True, True, True] == void("reminder", theirs | {"task_id": case.task.id})
    assert [False, True, True] == void("reminder", theirs, role="rater")
    assert [False, True, True] == void("escalated", mine)
    assert [False, True, True] == void("extended", mine)
    assert [False, True, True] == void("escalation", theirs)
    assert [False, True, True] == void("notice", theirs)
    assert [False, True, True] == void("notice", theirs, deadline="phase:planning")
    assert [False, False, True] == void("notice", theirs, deadline="case")
    assert [True, False, False] == void("handed_over", mine)
    assert [False, False, False] == void("moved", theirs)
    assert [False, False, False] == void("ended", mine)


def test_a_note_goes_with_a_reminder(office, host):
    """What the desk wrote is read in the mail, in its own place."""
    office.engine.obey(
        office.case_of("SITI"),
        Remind(actor=Actor(person=office.keys["DESK"]), note="Mohon hari ini, <b>ya</b>."),
    )
    office.dispatch(by_smtp(host.port))
    mail = host.mails[-1]

    assert "Ani Lestari mengingatkan Anda akan tugas ini." in mail.get_body(("plain",)).get_content()
    assert "Mohon hari ini, <b>ya</b>." in mail.get_body(("plain",)).get_content()
    assert "Mohon hari ini, &lt;b&gt;ya&lt;/b&gt;." in mail.get_body(("html",)).get_content()


def test_a_message_that_cannot_be_told_stops_no_other(opened, host):
    """One whose data make no sense waits; the rest leave."""
    office = opened(HEAD, DESK, SITI, BUDI)
    spoiled = b'{"role":"employee","deadline":"case","due_on":"never","state":"drafting","visit":1}'
    change = "UPDATE outbox SET kind = 'reminder', data = ? WHERE recipient = ?"
    with office.database.write() as unit:
        unit.driver.run(change, (spoiled, office.keys["SITI"]))
    done = office.dispatch(by_smtp(host.port))

    assert {"failed": 1, "sent": 1} == done.outcomes
    assert ["ValueError"] == [code for _, code in done.failures]


def test_in_a_demo_no_mail_leaves(opened, host):
    """The message is kept for the page, and says so."""
    office = opened(HEAD, DESK, SITI, kind="demo")
    done = office.dispatch(KeptChannel())

    assert {"kept": 1} == done.outcomes
    assert [("task", "kept")] == office.outcomes("SITI")
    assert [] == host.mails


def test_what_came_to_be_for_one_person_goes_in_one_mail(opened, host):
    """Two plans of January wait for the head: one mail lists both, each with what follows if nobody acts."""
    office = opened(HEAD, DESK, SITI, BUDI)
    office.dispatch(by_smtp(host.port))
    for who in ("SITI", "BUDI"):
        office.engine.fire(office.case_of(who), "submit", actor=Actor(person=office.keys[who]), forms=FORMS)
    done = office.dispatch(by_smtp(host.port))
    (mail,) = [one for one in host.mails if "yusuf@" in one["To"]]
    text = mail.get_body(("plain",)).get_content()
    view = office.engine.case(office.case_of("SITI"), office.keys["HEAD"])
    consequence = tell(view.standing, "en", viewer=office.keys["HEAD"]).ignored[0]

    assert {"sent": 2} == done.outcomes
    assert "2 messages from Siklus" == mail["Subject"]
    assert 2 == text.count("Open: https://siklus.test/cases/")
    assert f"If nobody acts: {consequence}" in text
    assert 2 == text.count("If nobody acts: ")
    assert [("task", "sent"), ("task", "sent")] == office.outcomes("HEAD")
    assert ["task", "task"] == [one.kind for one in office.engine.messages(office.keys["HEAD"])]


def test_what_is_due_within_a_day_and_what_asks_to_step_in_goes_alone(opened, host):
    """Both plans of the head lie until they are overdue: each reminder is a mail, and so is each call to step in."""
    office = opened(HEAD, DESK, SITI, BUDI)
    for who in ("SITI", "BUDI"):
        office.engine.fire(office.case_of(who), "submit", actor=Actor(person=office.keys[who]), forms=FORMS)
    office.dispatch(by_smtp(host.port))
    before = len(host.mails)
    office.pass_days(date(2026, 1, 9))
    done = office.dispatch(by_smtp(host.port))
    later = Counter(str(one["Subject"]).partition(" – ")[0] for one in host.mails[before:])

    assert {"sent": 6} == done.outcomes
    assert {"Reminder: Rater checks": 4, "Untuk diketahui: Penilai meninjau rencana": 2} == later


@pytest.mark.parametrize(
    ("kind", "alone"), [("escalation", True), ("breach", True), ("moved", False), ("ended", False)]
)
def test_what_is_asked_because_others_did_not_act_waits_for_no_other_message(office, kind, alone):
    """Whatever day it is due."""
    (letter,) = office.engine.messages(office.keys["SITI"])
    view = office.engine.case(letter.case_id, letter.to)

    assert alone == is_urgent(replace(letter, kind=kind), matter_of(view))
