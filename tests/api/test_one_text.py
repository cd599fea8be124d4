"""One text, wherever it is met: what a case says to somebody stands word for word on page, in API and in mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor, Pause
from engine.core.delegating import stand_ins_of
from engine.core.telling import Telling, held_by, tell
from engine.runtime import CaseView
from engine.store.values import Letter
from notifications.message import Mail
from notifications.parcels import matter_of
from notifications.render import render
from tests.api.conftest import Office, Travel
from tests.definitions_varied import SLEEPING, varied
from tests.gatherings import GATHERING, PLAN, people_file
from tests.promised import promised_cycle
from tests.runtime.conftest import NOBODY, OPENING, HandClock, import_people, set_up
from tests.worlds import ROOT, ordinary, plan

LANGUAGES = ("id", "en")
Open = Callable[..., Office]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens an agency with one cycle, launched on a day."""
    offices: list[Office] = []

    def opened(
        definition: str,
        workflow: str,
        on: date = OPENING,
        *,
        year: int | None = None,
        people: bytes | None = None,
        beside: Sequence[str] = (),
    ) -> Office:
        clock = HandClock()
        clock.put(on)
        engine = set_up(str(tmp_path / "siklus.db"), clock, definition=definition)
        for other in beside:
            rules, texts = (ROOT / f"{other}{end}" for end in (".yaml", ".texts.yaml"))
            engine.publish(
                rules.read_text("utf-8"),
                texts.read_text("utf-8"),
                name=rules.name,
                texts_name=texts.name,
                actor=NOBODY,
            )
        if people is not None:
            import_people(engine, people)
        engine.launch(workflow, opens=on, year=year, actor=NOBODY)
        travel = Travel(engine, clock)
        app = create_app(engine, demo=travel, settings=Settings())
        offices.append(Office(engine=engine, clock=clock, travel=travel, app=app))
        return offices[-1]

    yield opened
    for office in offices:
        office.engine.database.close()


def own_case(office: Office) -> str:
    """The ordinary employee's case."""
    found = office.engine.cases(subject=ordinary(office.engine.chart).key)
    return next(one.id for one in found if not one.parent)


def act(office: Office, trigger: str, **forms: Any) -> None:
    """An act by whoever the case waits for first."""
    case = own_case(office)
    holder = office.engine.case(case, None).case.waiting[0].holder
    office.engine.fire(case, trigger, actor=Actor(person=holder), forms=forms)


def drafting(opened: Open, _: Path) -> Office:
    """Reminders, notices, an escalation, a window that closes."""
    return opened("tests/definitions/alone/asn-tahunan", "asn-tahunan")


def raised(opened: Open, _: Path) -> Office:
    """A plan that nobody writes: the rater has been asked to step in."""
    office = opened("tests/definitions/alone/asn-tahunan", "asn-tahunan")
    office.wait(8)
    return office


def checking(opened: Open, _: Path) -> Office:
    """A silent rater: the task passes on, then the case moves."""
    office = opened("tests/definitions/small", "small", date(2026, 1, 5), year=2026)
    act(office, "submit", plan={"goals": [{"title": "Satu", "weight": 100}]})
    return office


def handed_over(opened: Open, folder: Path) -> Office:
    """The same, when it has passed."""
    office = checking(opened, folder)
    office.wait(6)
    return office


def on_leave(opened: Open, folder: Path) -> Office:
    """The clock stands still."""
    office = checking(opened, folder)
    case = office.engine.case(own_case(office), None)
    desk = next(one for one in office.engine.chart.people(OPENING) if "desk:personnel" in one.duties)
    office.engine.obey(
        case.case.id, Pause(kind="leave", actor=Actor(person=desk.key), reason="Cuti bersalin")
    )
    return office


def asleep(opened: Open, folder: Path) -> Office:
    """Launched before planning opens."""
    return opened(varied(folder, SLEEPING), "small", date(2025, 11, 3), year=2026)


def crowded(opened: Open, folder: Path) -> Office:
    """A ladder of more rungs than a list holds."""
    rungs = "".join(f"    - {{at: {days} working days after due, remind: holder}}\n" for days in range(2, 19))
    ladder = "    - {at: 2 working days after due, reassign: next_level}\n"
    late = "late: {at: 10 working days after due, to: checking}"
    definition = varied(folder, {ladder: rungs, late: late.replace("10", "30")})
    return opened(definition, "small", date(2026, 1, 5), year=2026)


def signing(opened: Open, _: Path) -> Office:
    """Two signatures are asked for."""
    office = opened(GATHERING, "gathering", people=people_file())
    act(office, "submit", plan=PLAN)
    return office


def answering(opened: Open, folder: Path) -> Office:
    """Answers without names, of which there will be too few."""
    office = signing(opened, folder)
    act(office, "sign")
    act(office, "sign")
    return office


def judging(opened: Open, folder: Path) -> Office:
    """A committee decides."""
    office = answering(opened, folder)
    office.wait(20)
    return office


def quarterly(opened: Open, folder: Path) -> Office:
    """A move that opens a part of the year."""
    office = opened(
        "tests/definitions/linked/annual",
        "annual",
        date(2026, 1, 5),
        year=2026,
        beside=["tests/definitions/linked/quarter", "tests/definitions/linked/improvement"],
    )
    act(office, "submit", plan={"goals": [{"title": "Satu", "weight": 100}]})
    return office


def running(opened: Open, folder: Path) -> Office:
    """Parts that open by themselves."""
    office = quarterly(opened, folder)
    office.wait(25)
    return office


def tracked(opened: Open, _: Path) -> Office:
    """A case on two tracks."""
    return opened("tests/definitions/linked/tracked", "tracked", date(2026, 1, 5))


def lent(opened: Open, folder: Path) -> Office:
    """The rater has delegated their work: the taker reads whose it is."""
    office = drafting(opened, folder)
    act(office, "submit", plan=plan(100))
    act(office, "pass")
    view = office.engine.case(own_case(office), None)
    giver = office.program(office.engine.chart.person(view.case.waiting[0].holder).name)
    days = {"first": "2025-12-01", "last": "2025-12-19"}
    offered = giver.get("/api/v1/delegations/candidates", params=days).json()
    taker = next(one["person"] for one in offered if one["why_not"] is None and one["covered"])
    body = {"taker": taker["person_id"], **days, "reason": "cuti tahunan"}
    assert 201 == giver.post("/api/v1/delegations", json=body).status_code
    return office


def promised(opened: Open, folder: Path) -> Office:
    """A promise that will not be kept if nobody acts."""
    return opened(promised_cycle(folder), "asn-tahunan")


def broken(opened: Open, folder: Path) -> Office:
    """The same when its day is over: the desk is asked to look at it."""
    office = promised(opened, folder)
    office.wait(5)
    return office


SCENES = {
    one.__name__: one
    for one in (
        drafting, raised, checking, handed_over, on_leave, asleep, crowded, signing, answering, judging, quarterly,
        running, tracked, lent, promised, broken,
    )
}  # fmt: skip
#: what a scene is there for: a piece of the English text that its lists of what is coming must have
SHOWS: Mapping[str, str] = {
    "drafting": "passes to the performance manager",
    "raised": "asked to step in on",
    "checking": "the task passes to",
    "handed_over": "Passed on without an answer",
    "on_leave": "the pause ends (leave); the clock runs again, due ",
    "asleep": "the case opens, waiting for",
    "crowded": "on more follows; here are the first 12.",
    "signing": "goes on to",
    "answering": "0 of 4 have answered: not enough answers",
    "judging": "a reminder goes to",
    "quarterly": "a case opens (",
    "running": "a case opens (",
    "tracked": "",
    "promised": "a promise is not kept: ",
    "broken": "is asked to look at",
    "lent": "you may do it on their behalf until 19 December 2025",
}


def readers(office: Office) -> dict[str, str]:
    """Somebody of each kind who reads the case: its holders, who was asked to step in, its subject, the desk."""
    view = office.engine.case(own_case(office), None)
    case = view.case
    desk = next(one for one in office.engine.chart.people(OPENING) if "desk:personnel" in one.duties)
    looking = {watch.task.holder: "asked to look" for watch in case.promises if watch.task is not None}
    holders = {task.holder: "holder" for task in case.waiting[:2]}
    asked = {task.holder: "asked to step in" for task in case.escalations}
    scene, definition = view.scene, view.definition
    takers = {
        key: "for another" for task in case.waiting for key in stand_ins_of(definition, case, task, scene)
    }
    return {desk.key: "desk", case.subject: "subject", **holders, **asked, **takers, **looking}


def truth(view: CaseView, reader: str, language: str) -> Telling:
    """What the case says to a reader."""
    return tell(view.standing, language, viewer=reader, roles=sorted(view.roles))  # type: ignore[arg-type]


def sentences(told: Telling) -> list[str]:
    """Everything a page says of it besides the state and whose turn it is, which have a form of their own there."""
    parts = (told.why, told.now, told.help, told.rule)
    return [one for one in (*parts, *told.ignored, *told.raised, *told.may, *told.lately) if one]


def text_of(page: str) -> str:
    """The words of a page's main part as they are read."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def missing(lines: list[str], text: str) -> list[str]:
    return [one for one in lines if " ".join(one.split()) not in text]


def mailed(office: Office, view: CaseView, reader: str, language: str) -> Mail:
    """A mail about the case as it stands, in a language."""
    task = held_by(view.standing, reader)
    letter = Letter(
        id=1, key="k", to=reader, kind="task" if task else "notice", case_id=view.case.id,
        task_id=task.id if task else None, data={"visit": view.case.visit, "state": view.case.state},
        created_at=office.clock.now(), read_at=None, attempts=1, fence="f", settled_at=None, outcome="",
    )  # fmt: skip
    person = replace(office.engine.chart.person(reader), language=language, email="ada@dinas.test")
    return render(letter, matter_of(view), person, "https://siklus.test/")


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_page_api_and_mail_say_the_same(opened: Open, tmp_path: Path, scene: str) -> None:
    """To each who reads it, in both languages: every sentence, word for word."""
    office = SCENES[scene](opened, tmp_path)
    case, engine = own_case(office), office.engine
    seen = ""
    for reader in readers(office):
        view = engine.case(case, reader)
        name = engine.chart.person(reader).name
        api = office.program(name).get(f"/api/v1/cases/{case}").json()["told"]
        coming = office.program(name).get(f"/api/v1/cases/{case}/if-nobody-acts").json()
        task = held_by(view.standing, reader)
        for language in LANGUAGES:
            told = truth(view, reader, language)
            lines = sentences(told)
            page = text_of(office.browser(name, language).get(f"/cases/{case}").text)
            mail = mailed(office, view, reader, language)
            html = text_of(mail.html)
            plain = " ".join(mail.text.split())

            assert [] == missing(lines, page)
            assert [] == missing([*lines, told.title, told.due, told.since], plain)
            assert [] == missing([*lines, told.title, told.due, told.since], html)
            assert list(told.ignored) == [one[language] for one in api["if_nobody_acts"]]
            assert list(told.raised) == [one[language] for one in api["raised"]]
            assert list(told.may) == [one[language] for one in api["may"]]
            assert list(told.lately) == [one[language] for one in api["lately"]]
            assert (told.title, told.why, told.due, told.rule) == tuple(
                api[part][language] for part in ("title", "why", "due", "rule")
            )
            assert (told.now, told.since, told.help) == tuple(
                api[part][language] if api[part] else "" for part in ("now", "since", "help")
            )
            if task is None or task.kind != "breach":  # looking at a promise has consequences of its own
                coming_said = [one["text"][language] for one in coming]
                assert [] == [one for one in coming_said if one not in told.ignored]
            if language == "en":
                seen += "\n".join(lines)

    assert SHOWS[scene] in seen


@pytest.mark.parametrize("scene", ["drafting", "raised", "handed_over", "answering", "on_leave", "lent"])
def test_a_row_of_the_inbox_and_of_the_api_say_the_same_as_the_page(
    opened: Open, tmp_path: Path, scene: str
) -> None:
    """Title, why, due, and what comes first; by the API also what brought it about, and what happened lately."""
    office = SCENES[scene](opened, tmp_path)
    case, engine = own_case(office), office.engine
    for reader, kind in readers(office).items():
        view = engine.case(case, reader)
        if held_by(view.standing, reader) is None:
            continue
        person = engine.chart.person(reader)
        rows = office.program(person.name).get(f"/api/v1/people/{person.person_id}/tasks").json()
        (row,) = [one for one in rows if one["case"]["id"] == case]
        for language in LANGUAGES:
            told = truth(view, reader, language)
            inbox = text_of(office.browser(person.name, language).get("/").text)
            # That a clock stands still is what its row says of the due day: it is not said once more there.
            coming = [one for one in told.ignored if told.due[1:] not in one]
            stands = coming != list(told.ignored)

            assert [] == missing([told.title, told.why, told.due], inbox), kind
            assert [] == missing(coming[:1], inbox) or (stands and missing(coming, inbox) != coming), kind
            assert list(told.ignored) == [one[language] for one in row["told"]["if_nobody_acts"]]
            assert list(told.may) == [one[language] for one in row["told"]["may"]]
            assert told.now == (row["told"]["now"] or {language: ""})[language] != ""
            assert list(told.lately) == [one[language] for one in row["told"]["lately"]]
            assert (told.title, told.why, told.due) == tuple(
                row["told"][part][language] for part in ("title", "why", "due")
            )


def test_who_was_asked_to_step_in_reads_what_they_may_do(opened: Open, tmp_path: Path) -> None:
    """The subject's own work is nobody else's: it can be neither taken over nor given away."""
    own = raised(opened, tmp_path)
    view = own.engine.case(own_case(own), None)
    (escalation,) = view.case.escalations
    told = truth(own.engine.case(view.case.id, escalation.holder), escalation.holder, "en")
    late = own.engine.chart.person(view.case.subject).name

    assert (f"remind {late} with a note", "grant days for the task") == told.may
    assert f"The task has waited for {late} since 1 December 2025 (8 working days)." in told.why


def test_a_check_of_a_journal_says_day_by_day_what_lapses(opened: Open, tmp_path: Path) -> None:
    """On the inbox row, in the API and in the mail of whoever checks."""
    monday = date(2026, 3, 2)
    office = opened("tests/definitions/journal", "journal-cycle", monday, year=2026)
    case, engine = own_case(office), office.engine
    subject = engine.case(case, None).case.subject
    name = engine.chart.person(subject).name
    for number, day in enumerate((monday, monday + timedelta(1))):
        office.hop_to(day)
        address = f"/cases/{case}/journals/daily"
        sent = office.browser(name).post(
            address, data={"op": "write", "work.what": "kunjungan", "key": f"k{number}"}
        )
        assert 303 == sent.status_code
    rater = engine.chart.superior(subject, monday)
    assert rater is not None
    view = engine.case(case, rater.key)
    told = truth(view, rater.key, "en")
    (row,) = office.program(rater.name).get(f"/api/v1/people/{rater.person_id}/tasks").json()

    assert (
        "5 Mar 2026: what is not checked by then (1) stays marked as unchecked.",
        "6 Mar 2026: what is not checked by then (1) stays marked as unchecked.",
    ) == told.ignored
    assert [one["en"] for one in row["told"]["if_nobody_acts"]] == list(told.ignored)
    assert [] == missing(
        [told.title, told.due, told.ignored[0]], text_of(office.browser(rater.name).get("/").text)
    )
    assert [] == missing(
        [*sentences(told), told.title], " ".join(mailed(office, view, rater.key, "en").text.split())
    )
