"""Legal holds: what is held is held wherever something about it is kept, also when the erasure is about another."""

from __future__ import annotations

import pytest

from engine.core.assigning import PERSONNEL
from engine.core.command import Actor
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from engine.errors import Refused
from tests.privacy.conftest import Bureau
from tests.privacy.test_erasing import leave
from tests.privacy.test_erasing_linked import evidence
from tests.runtime.conftest import Agency
from tests.runtime.test_corrections import year
from tests.runtime.test_linked import act, own

__all__ = ["year"]


def codes(bureau: Bureau, scope: Scope) -> list[tuple[str, str]]:
    return [(one.code, one.about) for one in bureau.erasures.plan(scope).hindrances]


@pytest.mark.parametrize("kept", ["letters", "requests"])
@pytest.mark.parametrize("on", ["case", "person"])
def test_letters_and_answers_about_a_held_case_are_held_in_anybodys_hands(
    bureau: Bureau, kept: str, on: str
) -> None:
    """A superior has letters about the plan, and asked for things at it; the hold is on the case, or whose it is."""
    case = bureau.case_of(bureau.running)
    (task,) = bureau.engine.case(case, bureau.running).case.tasks
    superior = task.holder
    bureau.engine.fire(case, "return", actor=Actor(person=superior), key="k-superior", reason="Ya")
    scope = Scope(person=superior, classes=(kept,))
    assert "held" not in {code for code, _ in codes(bureau, scope)}
    hold = bureau.holds.put(
        case if on == "case" else bureau.running, who=bureau.desk, reason="Perkara 12/2026"
    )

    assert ("held", hold.id) in codes(bureau, scope)
    asked = bureau.erasures.ask(scope, "request", who=bureau.desk, reason="Permohonan")
    with pytest.raises(Refused, match=hold.id):
        bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")
    bureau.holds.lift(hold.id, who=bureau.second, reason="Perkara selesai")
    assert bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya").counts[kept] > 0


def test_what_another_case_keeps_of_a_held_one_is_held(year: Agency) -> None:
    """The allowance keeps the rating it read: its own erasure would take the only proof of it."""
    rated, allowance = own(year, "rated"), own(year, "allowance")
    act(year, allowance, "refuse", grant={"says": "tidak"})
    assert 1 == len(evidence(year, allowance.id))
    desk = Official(person=next(one.key for one in year.engine.chart.segments if PERSONNEL in one.duties))
    rooms = year.engine.privacy
    of_reader = Scope(cases=(allowance.id,), classes=("evidence",))
    of_read = Scope(cases=(rated.id,), classes=("evidence",))
    hold = rooms.holds.put(rated.id, who=desk, reason="Perkara")
    assert [("held", hold.id)] == [(one.code, one.about) for one in rooms.erasures.plan(of_reader).hindrances]
    rooms.holds.lift(hold.id, who=Official(account="a-1", roles=frozenset({"privacy"})), reason="Selesai")

    hold = rooms.holds.put(allowance.id, who=desk, reason="Perkara")
    assert ("held", hold.id) in [(one.code, one.about) for one in rooms.erasures.plan(of_read).hindrances]


def test_reasons_about_a_held_person_are_held_beside_any_other(bureau: Bureau) -> None:
    """One grant for two cases: its reason is about both, and one of the two is held."""
    leave(bureau, bureau.engine.chart.history(bureau.person)[-1].valid_from)
    cases = [bureau.case_of(bureau.person), bureau.case_of(bureau.running)]
    officer = Official(account="a-1", roles=frozenset({"privacy"}))
    asked = bureau.engine.privacy.glass.ask(
        officer, cases, ["read"], hours=1, who=bureau.desk, reason="Siti sakit"
    )
    bureau.engine.privacy.glass.refuse(asked.id, who=bureau.desk, reason="Tidak perlu")
    scope = Scope(cases=(cases[0],), classes=("reasons",))
    assert [] == codes(bureau, scope)
    hold = bureau.holds.put(cases[1], who=bureau.desk, reason="Perkara")

    assert [("held", hold.id)] == codes(bureau, scope)
