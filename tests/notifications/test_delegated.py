"""Mails about delegations: to those who are told of one, and to whoever may do a task for another."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.command import Actor, Remind
from engine.runtime.delegating import Wish
from tests.notifications.office import BUDI, DESK, HEAD, SITI, by_smtp

FORMS = {"plan": {"goals": [{"title": "Laporan", "weight": 100}]}}
AYU = "AYU,Ayu Lestari,Dinas,Sekretaris,HEAD,WITA,ayu@dinas.test,PNS,own,2020-01-01,,en"


@pytest.fixture
def lent(opened):
    """An office in which the head, whom Siti's plan waits for, let Ayu act for them in January."""
    office = opened(HEAD, DESK, SITI, BUDI, AYU)
    giver, taker = office.keys["HEAD"], office.keys["AYU"]
    wish = Wish(giver=giver, taker=taker, first=date(2026, 1, 5), last=date(2026, 1, 30))
    office.engine.delegating.give(wish, actor=Actor(person=giver), reason="dinas luar")
    return office


def texts(host) -> dict[str, tuple[str, str]]:
    """Subjects and texts of all mails to each address, the newest first."""
    told: dict[str, tuple[str, str]] = {}
    for mail in reversed(host.mails):
        to = str(mail["To"]).partition(" <")[2].strip(">")
        subjects, said = told.get(to, ("", ""))
        told[to] = f"{subjects}{mail['Subject']}\n", said + mail.get_body(("plain",)).get_content()
    return told


def test_taker_and_personnel_desk_get_a_mail_in_their_language(lent, host):
    """With both names and both days; the giver, who did it, gets none."""
    done = lent.dispatch(by_smtp(host.port))
    told = texts(host)

    assert not done.failures
    assert "Yusuf Hakim delegated their work to Ayu Lestari" in told["ayu@dinas.test"][0]
    assert "30 January 2026" in told["ayu@dinas.test"][0]
    assert "melimpahkan pekerjaannya" in told["ani@dinas.test"][0]
    assert "/delegations" in told["ayu@dinas.test"][1]
    assert [] == [kind for kind, _ in lent.outcomes("HEAD") if kind == "delegated"]


def test_a_reminder_goes_to_the_taker_too_and_says_for_whom(lent, host):
    """As long as the delegation runs; a mail about one that was ended is not sent any more."""
    case = lent.case_of("SITI")
    lent.engine.fire(case, "submit", actor=Actor(person=lent.keys["SITI"]), forms=FORMS)
    lent.engine.obey(case, Remind(actor=Actor(person=lent.keys["DESK"]), note="mohon dibaca"))
    lent.dispatch(by_smtp(host.port))
    _, text = texts(host)["ayu@dinas.test"]

    assert "Reminder: Rater checks – Siti Aminah (on behalf of Yusuf Hakim)" in text
    assert "Yusuf Hakim delegated their work to you." in text


def test_what_is_told_for_another_is_not_sent_once_the_delegation_is_over(lent, host):
    """The giver still gets theirs."""
    case = lent.case_of("SITI")
    lent.engine.fire(case, "submit", actor=Actor(person=lent.keys["SITI"]), forms=FORMS)
    name = lent.engine.delegating.known()[0].id
    lent.engine.delegating.end(name, actor=Actor(person=lent.keys["HEAD"]), reason="sudah kembali")
    lent.dispatch(by_smtp(host.port))

    assert ("task", "superseded") in lent.outcomes("AYU")
    assert ("task", "sent") in lent.outcomes("HEAD")
