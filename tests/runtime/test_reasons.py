"""The reasons somebody gave before, on both engines: their own, for the same act, of cases they may read."""

from __future__ import annotations

from engine.core.command import Actor
from tests.runtime.conftest import Agency
from tests.worlds import plan

ACT = "manager_checks.send_back"
MANAGER, FIRST, SECOND = "Ratna Dewi Lamusu", "Fadli Hunowu", "Iqbal Mantali"


def key(agency: Agency, name: str) -> str:
    return next(one.key for one in agency.engine.chart.segments if one.name.startswith(name))


def earlier(agency: Agency, name: str, *acts: str) -> list[str]:
    """The texts somebody is offered."""
    asker = agency.engine.access.asker(key(agency, name))
    found = agency.engine.reasons.earlier(asker, workflow="asn-tahunan", acts=acts, most=5)
    return [one.text for one in found]


def test_one_is_offered_ones_own_reasons_for_the_same_act(agency: Agency) -> None:
    engine = agency.engine
    for name, reason in ((FIRST, "Bobot 50 % belum_cukup"), (SECOND, "Indikator belum ada")):
        case = agency.case_of(name)
        engine.fire(case, "submit", actor=Actor(person=key(agency, name)), forms={"plan": plan(60, 40)})
        engine.fire(case, "send_back", actor=Actor(person=key(agency, MANAGER)), reason=reason)
        agency.clock.instant += 3_600_000_000

    assert ["Indikator belum ada", "Bobot 50 % belum_cukup"] == earlier(agency, MANAGER, ACT)
    assert [] == earlier(agency, MANAGER, "manager_checks.pass")
    assert [] == earlier(agency, FIRST, ACT)
    assert [] == earlier(agency, MANAGER)
