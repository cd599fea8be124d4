"""Erasing a case that others read: what would break is told, and what they kept of it goes with it."""

from __future__ import annotations

from engine.core.assigning import PERSONNEL
from engine.core.codec import decode
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from engine.store import queries
from tests.runtime.conftest import Agency
from tests.runtime.test_corrections import year
from tests.runtime.test_linked import act, own

__all__ = ["year"]


def evidence(agency: Agency, case: str) -> list[bytes]:
    """What a case keeps of what it read of others."""
    with agency.engine.database.read() as view:
        return [one.value for one in queries.written(view, case) if one.form.startswith("<")]


def others(agency: Agency, case: str) -> list[tuple[str, bytes]]:
    """What else was written in a case."""
    with agency.engine.database.read() as view:
        return [(one.form, one.value) for one in queries.written(view, case) if not one.form.startswith("<")]


def test_a_running_case_that_reads_it_stands_in_the_way_and_then_its_evidence_goes(year: Agency) -> None:
    """The allowance rests on the rating: while it runs nothing goes; once it is over, its copy goes too."""
    rooms, rated, allowance = year.engine.privacy, own(year, "rated"), own(year, "allowance")
    scope = Scope(cases=(rated.id,), classes=("forms", "evidence"))
    assert [("kin_runs", allowance.id)] == [
        (one.code, one.about) for one in rooms.erasures.plan(scope).hindrances
    ]
    act(year, allowance, "refuse", grant={"says": "tidak"})
    (kept,) = evidence(year, allowance.id)
    assert rated.id in str(decode(kept)["of"])
    assert () == rooms.erasures.plan(scope).hindrances
    own_words = others(year, allowance.id)

    first, second = [one.key for one in year.engine.chart.segments if PERSONNEL in one.duties][:2]
    asked = rooms.erasures.ask(scope, "order", who=Official(person=first), reason="Putusan")
    done = rooms.erasures.approve(asked.id, who=Official(person=second), reason="Sesuai")

    assert [] == evidence(year, allowance.id)
    assert {"forms": 1, "evidence": 1} == {name: done.counts[name] for name in ("forms", "evidence")}
    assert {f"case/{rated.id}", f"case/{allowance.id}"} == {
        stream for stream, _, _ in rooms.erasures.words_gone()[done.id]
    }
    assert [] == year.engine.verify()
    assert own_words == others(year, allowance.id)
