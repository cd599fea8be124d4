"""The pages of a demo in which something is going on: plans, a rating session, journals, files, a link for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.app import create_app
from api.demo_agency import members, settle_agency
from api.officials import Official
from api.settings import Settings
from api.wiring import assemble
from engine.core.attachments import digest_of
from engine.core.case import Case
from engine.core.command import Actor, AddEntry
from engine.runtime import Engine
from engine.store import Database
from tests.boards import rate_all
from tests.browser.conftest import Demo, served
from tests.browser.doing import next_acts, year_of
from tests.browser.places import Place
from tests.runtime.conftest import NOBODY
from tests.worlds import ROOT, ZONE, calendar

#: rows of the demo's people: on the personnel desk; the head of a division, who rates others; and some employees
DESK, HEAD, DRAFTING, WAITING, RUNNING, CLOSED = 21, 1, 17, 9, 16, 33
#: what is launched besides the demo's own year
BESIDE = ("board/session", "board/member", "journal", "files")
DAY = date(2025, 12, 16)
CASE = "/cases/{case_id}"
#: what shows names of the code on purpose: to those who write programs, and to whoever reports a refusal
RAW = {"docs", "refused", "import-not-taken-back"}
#: pages without a part in their address: what they are called here, where they are, and who looks
PLAIN = (
    ("inbox", "/", DRAFTING), ("inbox-desk", "/", DESK), ("inbox-head", "/", HEAD),
    ("messages", "/messages", DRAFTING), ("year", "/year", DRAFTING), ("unit", "/unit", DESK),
    ("unit-head", "/unit", HEAD), ("cases", "/cases", DESK), ("cycles", "/cycles", DESK),
    ("definitions", "/definitions", DESK), ("calendars", "/calendars", DESK), ("people", "/people", DESK),
    ("people-import", "/people/import", DESK), ("promises", "/promises", DESK), ("outages", "/outages", DESK),
    ("parked", "/parked", DESK), ("trainings", "/trainings", DESK), ("delegations", "/delegations", HEAD),
    ("delegations-desk", "/delegations", DESK),
    ("handover", "/handover", HEAD), ("privacy", "/privacy", DRAFTING),
    ("privacy-classes", "/privacy/classes", DRAFTING), ("break-glass", "/break-glass", DRAFTING),
    ("docs", "/docs", 0),
)  # fmt: skip
PDF = b"%PDF-1.7 laporan"


@contextmanager
def lively_demo(place: Path) -> Iterator[Demo]:
    """The demo's agency with its cases in telling places, served."""
    house = assemble(Database.create(str(place), "demo"), Settings(), worker="browser")
    settle_agency(house.engine, told=lambda _: None)
    app = create_app(house.engine, demo=house.travel, settings=house.settings)
    people = {one.row: one for one in members(house.engine) if one.row}
    with served(app) as address:
        demo = Demo(address=address, house=house, people=people, app=app)
        brought_along(demo)
        for name in BESIDE:
            _launch(house.engine, name)
        rate_all(house.engine)
        _write(demo)
        yield demo
    house.close()


def brought_along(demo: Demo) -> dict[str, str]:
    """Cases in telling places: drafting, overdue and escalated, with the rater, disclosed, closed."""
    engine, travel = demo.house.engine, demo.house.travel
    assert travel is not None

    def do(row: int, until: str) -> None:
        for _ in range(20):
            case, task, act = next(next_acts(demo, row), (None, None, None))
            if case is None or task is None or act is None or case.state == until:
                return
            engine.fire(
                case.id, act.trigger, actor=Actor(person=task.holder), forms=act.forms, reason=act.reason
            )

    hr = next(one.key for one in engine.chart.segments if "desk:personnel" in one.duties)
    reason = "Cuti di luar tanggungan negara."
    engine.fire(year_of(demo, CLOSED).id, "exempt", actor=Actor(person=hr), reason=reason)
    do(WAITING, "rater_agrees")
    do(RUNNING, "")
    do(25, "")
    travel.go(calendar().start_of(DAY, ZONE))
    rows = {"drafting": DRAFTING, "waiting": WAITING, "running": RUNNING, "closed": CLOSED}
    return {name: year_of(demo, row).id for name, row in rows.items()}


def _launch(engine: Engine, name: str) -> None:
    rules, texts = (ROOT / f"tests/definitions/{name}{end}" for end in (".yaml", ".texts.yaml"))
    told = [one.read_text(encoding="utf-8") for one in (rules, texts)]
    done = engine.publish(*told, name=rules.name, texts_name=texts.name, actor=NOBODY)
    engine.launch(done.workflow, opens=DAY, year=2026, actor=NOBODY)


def of_workflow(engine: Engine, workflow: str, key: str) -> Case:
    found = engine.cases(subject=key)
    return next(one for one in found if one.cycle.startswith(workflow) and not one.parent)


def _write(demo: Demo) -> None:
    """Something in the journals, a report with a file, and a word of a superior who is not the right one."""
    engine = demo.house.engine
    employee = Actor(person=demo.people[WAITING].key)
    log = of_workflow(engine, "journal-cycle", employee.person)
    said = {"what": "Lima kunjungan rumah di Desa Bukit Intan."}
    engine.obey(log.id, AddEntry(journal="daily", values=said, actor=employee))
    report = {
        "achieved": "Selesai.",
        "proof": [{"name": "Laporan.pdf", "sha256": digest_of(PDF)}],
        "parts": [],
    }
    filed = of_workflow(engine, "filed", employee.person)
    engine.fire(filed.id, "send", actor=employee, forms={"report": report}, files={digest_of(PDF): PDF})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitors:
    """Who looks at what in one demo."""

    demo: Demo

    @property
    def desk(self) -> Actor:
        """Who sits on the personnel desk."""
        return Actor(person=self.demo.people[DESK].key)

    def place(
        self,
        name: str,
        route: str,
        row: int,
        /,
        *,
        query: str = "",
        status: int = 200,
        sent: Callable[[Any], None] | None = None,
        to: str = "",
        answers: int = 200,
        **asked: str,
    ) -> Place:
        """A page as the person of this row opens it; of row 0, as somebody who is nobody here."""
        who: Mapping[str, str] = {"persona": self.demo.people[row].person_id} if row else {}
        address = f"{self.demo.address}{route.format(**asked) if asked else route}{query}"
        return Place(
            name=name,
            route=route,
            address=address,
            cookies=who,
            status=status,
            raw=name in RAW,
            sent=sent,
            to=to,
            answers=answers,
        )

    def year(self, row: int) -> str:
        """The case of a year."""
        return year_of(self.demo, row).id


def demo_places(demo: Demo) -> Iterator[Place]:
    """Each page that a person of the agency opens, or somebody with a link."""
    of = Visitors(demo=demo)
    yield from (of.place(name, path, row) for name, path, row in PLAIN)
    yield from _cases(of)
    yield from _written(of)
    yield from _rules(of)


def _cases(of: Visitors) -> Iterator[Place]:
    engine = of.demo.house.engine
    for name, row, whose in (
        ("case-drafting", DRAFTING, DRAFTING),
        ("case-waiting", WAITING, WAITING),
        ("case-desk", DESK, WAITING),
        ("case-running", RUNNING, RUNNING),
        ("case-closed", DESK, CLOSED),
    ):
        yield of.place(name, CASE, row, case_id=of.year(whose))
    yield of.place("refused", CASE, DRAFTING, case_id=of.year(CLOSED), status=403)
    yield of.place("timeline", f"{CASE}/timeline", RUNNING, case_id=of.year(RUNNING))
    every = engine.cases(limit=500)
    session = next(one for one in every if one.cycle.startswith("session") and one.unit)
    member = next(one for one in every if one.cycle.startswith("member") and one.unit == session.unit)
    yield of.place("case-session", CASE, DESK, case_id=session.id)
    yield of.place("board", f"{CASE}/board", DESK, case_id=session.id)
    yield of.place("board-member", f"{CASE}/board", DESK, case_id=session.id, query=f"?member={member.id}")


def _written(of: Visitors) -> Iterator[Place]:
    engine, key = of.demo.house.engine, of.demo.people[WAITING].key
    log, filed = of_workflow(engine, "journal-cycle", key).id, of_workflow(engine, "filed", key).id
    rater = next(row for row, one in of.demo.people.items() if one.key == _rater(engine, key))
    token = engine.invite(log, "views", actor=of.desk)
    made = engine.privacy.documents.make(engine.case(filed, key), who=Official(person=key))
    journal, document = f"{CASE}/journals/{{name}}", "/documents/{number}/{digest}"
    known = {"number": str(made.entry.seq), "digest": made.made_from.digest}
    yield of.place("case-files", CASE, rater, case_id=filed)
    yield of.place("journal", journal, WAITING, case_id=log, name="daily")
    yield of.place("journal-rater", journal, rater, case_id=log, name="daily")
    yield of.place("outside", "/p/{token}", 0, token=token)
    yield of.place("document", document, 0, **known)
    yield of.place("document-unknown", document, 0, number="9", digest="0" * 64, status=404)


def _rules(of: Visitors) -> Iterator[Place]:
    engine = of.demo.house.engine
    rules, digest = "/definitions/{digest}", engine.in_force("asn-tahunan").digest
    yield of.place("definition", rules, DESK, digest=digest)
    yield of.place("definition-at", rules, RUNNING, digest=digest, query="?at=rater_agrees")
    yield of.place("matrix", f"{rules}/matrix", DESK, digest=digest)
    yield of.place("calendar", "/calendars/{name}", DRAFTING, name="id-asn", query="?year=2026")
    yield of.place("cycle-cancel", "/cycles/{cycle}/cancel", DESK, cycle=engine.cycles()[0].id)


def _rater(engine: Engine, key: str) -> str:
    above = engine.chart.superior(key, DAY)
    assert above is not None
    return above.key
