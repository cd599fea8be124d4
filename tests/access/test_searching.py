"""Entries looked up by auditors: every way of asking, by page and by lot; nobody else, never their own, always told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.core.codec import decode
from engine.core.command import Actor, Extend, Remind
from engine.core.mining import Trace
from engine.core.moments import Duration
from engine.runtime import Engine
from engine.sealer import Keyring, Memory, Sealer, trace_again, trace_leaves
from engine.store import queries, tracing
from engine.store.tracing import Wanted
from tests.runtime.conftest import Agency, agency, place
from tests.signing_in.conftest import STAFF, House, copied, founded, house, told

__all__ = ["agency", "copied", "founded", "house", "place"]

_DAY = 86_400_000_000
#: with a percent sign, which a pattern would take for anything
_NOTE = "Mohon 50% diselesaikan SEGERA"


def sealed(engine: Engine, folder: Path) -> int:
    """Everything sealed and ready to be looked up; how many leaves there are."""
    keyring = Keyring(folder / "search.key")
    if not keyring.path.exists():
        keyring.make("agency.example/search")
    Sealer(engine.database, keyring, Memory(folder / "search.signed"), "agency.example/search").seal(
        engine.now(), thorough=True
    )
    return trace_leaves(engine.database)


def lived(agency: Agency) -> None:
    """A while in which something happens by itself, somebody is reminded, and days are granted."""
    agency.hop_to(date(2026, 1, 5))
    desk = next(one.key for one in agency.engine.chart.segments if one.name.startswith("Zulkifli"))
    unit = agency.engine.chart.person(desk).unit
    cases = [one for one in agency.engine.cases(limit=200) if one.unit != unit and one.waiting]
    agency.engine.obey(cases[0].id, Remind(actor=Actor(person=desk), note=_NOTE))
    agency.engine.obey(
        cases[1].id,
        Extend(
            actor=Actor(person=desk), by=Duration(3, "working days"), ladder="kept", reason="cuti bersama"
        ),
    )
    agency.hop_to(date(2026, 1, 20))


def entries(engine: Engine) -> dict[int, tuple[str, int, dict[str, Any]]]:
    """All sealed entries by leaf: stream, instant, facts."""
    with engine.database.read() as view:
        rows = view.driver.rows(
            "SELECT leaf.idx, entry.stream, entry.at, entry.body FROM leaf JOIN entry"
            " ON entry.stream = leaf.stream AND entry.seq = leaf.seq"
        )
    return {leaf: (stream, at, decode(bytes(body))) for leaf, stream, at, body in rows}


def test_what_is_found_is_what_fits(agency: Agency, tmp_path: Path) -> None:
    """Each way of asking, alone and with another, against a reading of every entry."""
    lived(agency)
    leaves, engine = sealed(agency.engine, tmp_path), agency.engine
    known = entries(engine)
    units = {f"case/{one.id}": one.unit for one in engine.cases(limit=200)}
    before = {(stream, told["seq"]): at for stream, at, told in known.values()}
    some = engine.cases(limit=1)[0]
    actor = next(told["actor"]["person"] for _, _, told in known.values() if told["kind"] == "reminded")

    def silent(stream: str, at: int, told: dict[str, Any]) -> int:
        return (at - before.get((stream, told["seq"] - 1), at)) // _DAY

    fits: dict[str, tuple[Wanted, Callable[[str, int, dict[str, Any]], bool]]] = {
        "who": (Wanted(who=(actor,)), lambda _, __, t: actor in dict(t.get("actor", {})).values()),
        "subject": (Wanted(subject=some.subject), lambda _, __, t: t.get("subject") == some.subject),
        "besides": (Wanted(besides=some.subject), lambda _, __, t: t.get("subject") != some.subject),
        "stream": (Wanted(stream=some.stream), lambda s, _, __: s == some.stream),
        "unit": (Wanted(unit=some.unit), lambda s, _, __: units.get(s) == some.unit),
        "kind": (Wanted(kind="rung"), lambda _, __, t: t["kind"] == "rung"),
        "rule": (
            Wanted(rule="planning.default_draft"),
            lambda _, __, t: t.get("cause", {}).get("moment") == "planning.default_draft",
        ),
        "definition": (Wanted(definition=some.definition), lambda _, __, t: t.get("definition") == some.definition),
        "automatic": (Wanted(automatic=True), lambda _, __, t: bool(t.get("actor", {}).get("timer"))),
        "human": (Wanted(automatic=False), lambda _, __, t: not t.get("actor", {}).get("timer")),
        "override": (Wanted(override=True), lambda _, __, t: t["kind"] == "extended"),
        "silent": (Wanted(silent=8), lambda s, a, t: silent(s, a, t) >= 8),
        "reason": (Wanted(reason="50% DISELESAIKAN"), lambda _, __, t: t["kind"] == "reminded"),
        "period": (
            Wanted(first=engine.now() - 15 * _DAY, until=engine.now()),
            lambda _, a, __: engine.now() - 15 * _DAY <= a < engine.now(),
        ),
    }  # fmt: skip
    with engine.database.read() as view:
        for name, (wanted, fit) in fits.items():
            found = [one.leaf for one in tracing.found(view.driver, wanted, before=None, limit=10_000)]
            expected = sorted((leaf for leaf, one in known.items() if fit(*one)), reverse=True)
            assert expected == found, name
            assert expected, name
            for other, (more, too) in fits.items():
                both = _both(wanted, more)
                if both is not None:
                    found = [one.leaf for one in tracing.found(view.driver, both, before=None, limit=10_000)]
                    wished = [leaf for leaf in expected if too(*known[leaf])]
                    assert wished == found, (name, other)
    assert leaves == len(known)


def _both(one: Wanted, other: Wanted) -> Wanted | None:
    """What asks for both, if they do not say two things of one."""
    empty, said = Wanted(), {}
    for field in fields(Wanted):
        a, b, nothing = (getattr(each, field.name) for each in (one, other, empty))
        if nothing not in (a, b) and a != b:
            return None
        said[field.name] = b if a == nothing else a
    return Wanted(**said)


def test_pages_follow_one_another_without_gap_or_double(agency: Agency, tmp_path: Path) -> None:
    """By the leaf before which the next begins; entries told meanwhile are on no later page."""
    leaves = sealed(agency.engine, tmp_path)
    seen: list[int] = []
    before = None
    while True:
        page = agency.engine.search.page(Wanted(kind="launched"), before=before, limit=7)
        seen += [one.trace.leaf for one in page.found]
        before = page.following
        if before is None:
            break
        agency.hop_to(date(2025, 12, 20))
    whole = agency.engine.search.page(Wanted(kind="launched"), limit=1_000)

    assert [one.trace.leaf for one in whole.found] == seen
    assert (leaves, None) == (whole.leaves, whole.following)


def test_a_lot_is_drawn_alike_for_the_same_seed(agency: Agency, tmp_path: Path) -> None:
    """Of what was there then: later entries change nothing if the limit is said. Of each unit, if it is asked."""
    search, leaves = agency.engine.search, sealed(agency.engine, tmp_path)
    wanted = Wanted(kind="launched")

    def draw(seed: int, *, by_unit: bool = False) -> list[int]:
        page = search.sample(wanted, count=3, seed=seed, by_unit=by_unit, before=leaves)
        return [one.trace.leaf for one in page.found]

    first, of_units = draw(7), draw(7, by_unit=True)
    lived(agency)
    sealed(agency.engine, tmp_path)
    units = [
        one.trace.unit for one in search.sample(wanted, count=3, seed=7, by_unit=True, before=leaves).found
    ]
    sizes: dict[str, int] = {}
    for one in agency.engine.cases(limit=200):
        sizes[one.unit] = sizes.get(one.unit, 0) + 1

    assert (first, of_units) == (draw(7), draw(7, by_unit=True))
    assert 3 == len(first) == len(set(first))
    assert first != draw(8)
    assert {unit: min(3, count) for unit, count in sizes.items() if unit in units} == {
        unit: units.count(unit) for unit in units if unit
    }


def test_what_is_looked_in_can_be_made_again_from_the_entries(agency: Agency, tmp_path: Path) -> None:
    """It is no evidence, and whoever changed it has changed nothing else."""
    leaves = sealed(agency.engine, tmp_path)

    def rows() -> tuple[Trace, ...]:
        with agency.engine.database.read() as view:
            return tracing.found(view.driver, Wanted(), before=None, limit=10_000)

    honest = rows()
    with agency.engine.database.write() as unit:
        unit.driver.run("DELETE FROM trace WHERE leaf > 3")
        unit.driver.run("UPDATE trace SET actor = 'nobody'")

    assert leaves == trace_again(agency.engine.database)
    assert honest == rows()


def test_an_auditor_looks_entries_up_on_a_page_and_is_seen_to(house: House, tmp_path: Path) -> None:
    """By number, by rules, by what fits nothing; what is wrong is said; that they looked stands in the log."""
    auditor = house.account("audit", "auditor")
    client = house.signed_in(auditor, house.enrol(auditor))
    leaves = sealed(house.engine, tmp_path)
    number = house.engine.chart.person(house.key_of(STAFF)).person_id
    mine = client.get(f"/audit?subject={number}").text
    drawn = client.get("/audit?kind=launched&sample=2&seed=7&by_unit=1").text
    api = client.get(f"/api/v1/audit/entries?subject={number}&version=asn-tahunan@1&limit=1").json()

    assert f"{leaves} sealed entries" in told(client.get("/audit").text)
    assert (1, True) == (mine.count('<th scope="row">'), "Fadli Hunowu" in mine)
    assert "drawn by lot" in told(drawn).lower()
    assert ("☐" in drawn, "☐" in mine) == (True, False)
    assert ("launched", house.key_of(STAFF), None) == (
        api["entries"][0]["kind"], api["entries"][0]["subject"], api["next_before"],
    )  # fmt: skip
    assert "Fadli Hunowu" in api["entries"][0]["told"]
    assert "before=" in client.get("/audit?kind=launched").text
    assert "No entry fits" in client.get("/audit?kind=nothing").text
    assert [422, 422, 422] == [
        client.get(f"/audit?{one}").status_code for one in ("person=siapa", "first=kemarin", "gap=%D9%A3")
    ]
    assert [404, 422] == [
        client.get(f"/api/v1/audit/entries?{one}").status_code for one in ("version=x@9", "last=2026-13-01")
    ]
    house.engine.privacy.reads.flush()
    assert {auditor.id} == {one.actor for one in house.engine.privacy.reads.of("audit")}


def test_an_auditor_who_is_appraised_does_not_look_their_own_record_up(house: House, tmp_path: Path) -> None:
    """Whatever they ask: entries of cases about themselves are left out, by lot as well."""
    auditor = house.account("audit", "auditor", person=STAFF)
    client = house.signed_in(auditor, house.enrol(auditor))
    sealed(house.engine, tmp_path)
    own = house.key_of(STAFF)
    case = house.engine.cases(subject=own)[0].id

    for asked in (f"subject={own}", f"case={case}", f"case={case}&sample=5"):
        assert [] == client.get(f"/api/v1/audit/entries?{asked}").json()["entries"]
    assert 50 == len(client.get("/api/v1/audit/entries?kind=launched").json()["entries"])


@pytest.mark.parametrize("asked", ["/audit", "/api/v1/audit/entries?person=audit"])
def test_nobody_else_looks_entries_up(house: House, asked: str) -> None:
    """Not the personnel desk, not an administrator; what others did is not theirs to look through."""
    clerk = house.account("fadli", person=STAFF)

    assert 403 == house.signed_in(clerk).get(asked).status_code
    assert 403 == house.administrator()[0].get(asked).status_code
    with house.engine.database.read() as view:
        assert "audit.search" in {decode(one.body)["action"] for one in queries.history(view, "denials")}
