"""Reasons beside no case: of holds, break-glass, outages and erasures themselves; erased and handed out like others."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from engine.core.command import OPERATOR
from engine.core.privacy.beside import BESIDE
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from engine.errors import NotFound, NotYours, Refused
from tests.privacy.conftest import Bureau, years_later
from tests.privacy.test_erasing import stored

OFFICER = Official(account="a-1", roles=frozenset({"privacy"}))
GLASS, HELD, POWER = "Alasan-Safir-77", "Alasan-Nilam-88", "Alasan-Yakut-99"


def said(bureau: Bureau) -> tuple[bool, bool, bool]:
    told = stored(bureau)
    return GLASS.encode() in told, HELD.encode() in told, POWER.encode() in told


@pytest.fixture
def reasoned(bureau: Bureau) -> Bureau:
    """A grant and a hold that are over, about the one whose case is over; and an outage of everybody."""
    case, rooms = bureau.case_of(bureau.person), bureau.engine.privacy
    asked = rooms.glass.ask(OFFICER, [case], ["read"], hours=1, who=bureau.desk, reason=GLASS)
    rooms.glass.approve(asked.id, who=bureau.second, reason=GLASS)
    rooms.glass.end(asked.id, who=bureau.desk, reason=GLASS)
    hold = rooms.holds.put(bureau.person, who=bureau.desk, reason=HELD)
    rooms.holds.lift(hold.id, who=bureau.second, reason=HELD)
    today = date(2025, 12, 1)
    bureau.engine.outages.begin("", today, last=today, actor=OPERATOR, reason=POWER)
    assert (True, True, True) == said(bureau)
    return bureau


def test_reasons_about_somebody_go_with_theirs(reasoned: Bureau) -> None:
    """With the person both; with the case what was said of the case. What is about nobody stays."""
    case = reasoned.case_of(reasoned.person)
    done = reasoned.erased(Scope(cases=(case,), classes=("reasons",)))
    assert (False, True, True) == said(reasoned)
    assert 4 == done.counts["reasons"]  # three of the grant, one of the case
    reasoned.erased(Scope(person=reasoned.person, classes=("reasons",)))

    assert (False, False, True) == said(reasoned)
    assert [] == reasoned.engine.verify()
    assert ("", "") == (reasoned.engine.privacy.glass.known()[0].reason, reasoned.holds.known()[0].reason)


def test_what_is_about_nobody_is_named_to_be_erased(reasoned: Bureau) -> None:
    (outage,) = reasoned.engine.outages.known()
    scope = Scope(said=(outage.outage.id,), classes=("reasons",))
    with pytest.raises(NotYours):
        reasoned.erasures.ask(scope, "mistake", who=Official(person=reasoned.person), reason="Keliru")
    with pytest.raises(NotFound, match="outage-99"):
        reasoned.erasures.ask(
            Scope(said=("outage-99",), classes=("reasons",)), "mistake", who=reasoned.desk, reason="Keliru"
        )
    reasoned.erased(scope, "mistake")

    assert (True, True) == said(reasoned)[:2]
    assert "" == reasoned.engine.outages.known()[0].reason
    assert reasoned.erasures.known()[0].scope.said == (outage.outage.id,)
    assert [] == reasoned.engine.verify()


def test_every_room_that_keeps_reasons_beside_no_case_is_known() -> None:
    """Whoever writes to another stream has to say whom its reasons are about."""
    rooms = {
        path for path in Path("engine/runtime").rglob("*.py") if "put_statement(" in path.read_text("utf-8")
    }
    streams = {
        value for path in rooms
        for name, value in vars(import_module(".".join(path.with_suffix("").parts))).items()
        if name in {"STREAM", "_STREAM", "PRIVACY", "GLASS"}
    }  # fmt: skip
    assert streams == set(BESIDE)


def test_what_is_not_over_keeps_its_reason(bureau: Bureau) -> None:
    """A hold that stands is in the way; a request for erasure cannot take its own reason with it."""
    case = bureau.case_of(bureau.person)
    asked = bureau.engine.privacy.glass.ask(OFFICER, [case], ["read"], hours=1, who=bureau.desk, reason=GLASS)
    named = bureau.erasures.ask(
        Scope(said=(asked.id,), classes=("reasons",)), "mistake", who=bureau.desk, reason="Keliru"
    )
    with pytest.raises(Refused, match="not over"):
        bureau.erasures.approve(named.id, who=bureau.second, reason="Ya")
    bureau.erased(Scope(cases=(case,), classes=("reasons",)))

    assert GLASS == bureau.engine.privacy.glass.known()[0].reason
    assert ["Sesuai permohonan", "Keliru"] == [one.reason for one in bureau.erasures.known()]


def test_reasons_past_their_years_are_proposed_together(reasoned: Bureau) -> None:
    """All but those of erasures: why something was erased is kept for whoever doubts it."""
    years_later(reasoned, 6)
    room = reasoned.engine.privacy.retention
    assert ["g-1", "h-1", "outage-1"] == sorted(one.said for one in room.over() if one.said)
    asked = room.propose(who=reasoned.desk, reason="Masa simpan lewat")
    for one in asked:
        reasoned.erasures.approve(one.id, who=reasoned.second, reason="Ya")

    assert (False, False, False) == said(reasoned)
    assert [] == [one for one in room.over() if one.said]
    years_later(reasoned, 20)
    assert [] == [one for one in room.over() if one.said]
    assert [] == reasoned.engine.verify()


def test_reasons_one_gave_are_in_ones_export(reasoned: Bureau) -> None:
    """And those about oneself that one was told: of break-glass and erasures. Why there was a hold is the office's."""
    exports = reasoned.engine.privacy.exports
    desk = exports.gather(reasoned.desk.person, who=reasoned.desk, reason="")
    told = [(one.of, one.value) for one in desk.wrote if one.of]
    assert {("g-1", GLASS), ("h-1", HELD)} == set(told)
    mine = exports.gather(reasoned.person, who=Official(person=reasoned.person), reason="")

    assert [("g-1", GLASS)] == [(one.id, one.reason) for one in mine.glass]
    assert HELD not in str(mine.wrote)
