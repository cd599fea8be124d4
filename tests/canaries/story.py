"""A year of one case in which every field holds a canary, with a stop wherever something may be hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.app import create_app
from api.settings import Settings
from engine.core.codec import decode
from engine.core.command import Actor, AddEntry, CheckEntries, ReleaseEntries
from engine.core.gather_acts import ANSWER
from engine.runtime import CaseView
from tests.api.conftest import Travel
from tests.canaries.looking import Browser, Seen, looks, refusals
from tests.canaries.oracle import may_read
from tests.canaries.planting import Planter
from tests.sighted import DESK, PEERS, RATER, REVIEWER, STRANGER, SUBJECT, Sighted, sighted

HEAD, COLLEAGUE, OFFICIAL = "Rusman Daeng Talaga", "Rizal Ahaya", "Haryo Lembayung Praja"
#: everybody who looks: who takes part, who has a duty, who serves beside them, and who has nothing to do with it
PEOPLE = (SUBJECT, RATER, REVIEWER, PEERS[0], DESK, HEAD, COLLEAGUE, OFFICIAL, STRANGER)


@dataclass
class Story:
    """The case, what was planted in it, and what its people see."""

    case: Sighted
    app: Any
    planter: Planter = field(default_factory=Planter)
    #: values that words do not show: two stories that differ in nothing else
    points: str = "61.73"
    level: str = "as"
    marks: int = 4

    @property
    def view(self) -> CaseView:
        return self.case.seen_by(None)

    def _filled(self, form: str) -> dict[str, Any]:
        case = self.case
        peers = [case.key(one) for one in PEERS]
        today = case.engine.now()
        day = self.view.scene.calendar.date_of(today, self.view.case.zone)
        made = self.planter.form(self.view.definition, form, {}, peers, day)
        if form == "rating":
            made |= {"points": self.points, "level": self.level}
            self.planter.fresh.append(self.points)
        if form in {"view", "visit_view"}:
            made["marks"] = self.marks
        return made

    def do(
        self, trigger: str, by: str, form: str = "", *, reason: bool = False, adds: tuple[str, int] = ("", 0)
    ) -> None:
        """An act with everything filled in; `adds` is the journal that gets its form, as the entry of which number."""
        case, before = self.case, self.view
        forms = {form: self._filled(form)} if form else {}
        actor = case.key(by)
        case.clock.instant += 60_000_000
        written = list(self.planter.fresh)
        self.planter.fresh.clear()
        said = self.planter.word() if reason else ""
        seen = case.engine.case(case.case_id, actor).digest if trigger == "sign" else ""
        done = case.engine.fire(
            case.case_id, trigger, actor=Actor(person=actor), forms=forms, reason=said, seen=seen,
            files=self.planter.files,
        )  # fmt: skip
        about = {"case": case.case_id, "seq": done.entries[0].seq, "by": actor}
        self.planter.keep(name="", **about)
        self.planter.fresh += written
        gather = before.definition.states[before.case.state].gather
        visit = before.case.visit if trigger == ANSWER else 0
        name = gather.name if visit and gather is not None else form
        journal, number = adds
        self.planter.keep(name=journal or name, visit=visit, number=number, **about)
        case.settle()

    def write(self, journal: str, by: str) -> None:
        """An entry of a journal."""
        case = self.case
        case.clock.instant += 60_000_000
        values = self._filled(self.view.definition.journals[journal].form)
        entry = AddEntry(
            journal=journal, values=values, actor=Actor(person=case.key(by)), files=self.planter.files
        )
        done = case.engine.obey(case.case_id, entry)
        number = decode(done.entries[0].body)["entry"]["number"]
        self.planter.keep(
            name=journal, case=case.case_id, seq=done.entries[0].seq, by=case.key(by), number=number
        )

    def visit(self) -> None:
        """Three people from outside answer."""
        case = self.case
        token = case.engine.invite(case.case_id, "visits", actor=Actor(person=case.key(DESK)))
        for number in (1, 2, 3):
            case.engine.answer(token, self._filled("visit_view"))
            self.planter.keep(name="visits", case=case.case_id, seq=0, by="", number=number)

    def check(self, mark: str, journal: str, *numbers: int) -> None:
        """The rater asks for more, with a note; the desk lets entries pass or withholds them, with a reason."""
        case = self.case
        if mark == "asked":
            note, by = self.planter.word(), case.key(RATER)
            told: Any = CheckEntries(
                journal=journal, numbers=numbers, actor=Actor(person=by), mark="asked", note=note
            )
            done = case.engine.obey(case.case_id, told)
        else:
            by = case.key(DESK)
            told = ReleaseEntries(
                journal=journal,
                numbers=numbers,
                actor=Actor(person=by),
                mark="withheld" if mark == "withheld" else "released",
                reason=self.planter.word() if mark == "withheld" else "",
            )
            done = case.engine.release(case.case_id, told)
        self.planter.keep(name="", case=case.case_id, seq=done.entries[0].seq, by=by)

    def lived(self) -> Iterator[str]:
        """The stations of the year, one after the other."""
        self.do("submit", SUBJECT, "plan")
        yield "a plan waits"
        self.do("return", RATER, reason=True)
        self.do("submit", SUBJECT, "plan")
        self.do("agree", RATER)
        self.write("daily", SUBJECT)
        self.check("asked", "daily", 1)
        self.write("remarks", RATER)
        self.write("remarks", COLLEAGUE)
        self.write("remarks", COLLEAGUE)
        self.check("released", "remarks", 1, 2)
        self.check("withheld", "remarks", 3)
        self.visit()
        self.do("observe", RATER, "note", adds=("remarks", 4))
        yield "at work"
        self.do("stop", RATER, reason=True)
        self.case.engine.release(
            self.case.case_id,
            ReleaseEntries(journal="visits", numbers=(1, 2, 3), actor=Actor(person=self.case.key(DESK))),
        )
        self.do("name", RATER, "nomination")
        self.do(ANSWER, PEERS[0], "view")
        yield "peers are asked"
        for peer in PEERS[1:]:
            self.do(ANSWER, peer, "view")
        self.do("rate", RATER, "rating")
        yield "rated"
        self.do("give_back", REVIEWER, reason=True)
        self.do("rate", RATER, "rating")
        self.do("seen", REVIEWER)
        yield "disclosed"
        self.do("reopen", DESK, reason=True)
        self.points = f"{int(self.points[:2]) - 3}.87"
        self.write("remarks", RATER)
        self.check("released", "remarks", 5)
        self.do("rate", RATER, "rating")
        yield "rated anew"
        self.do("seen", REVIEWER)
        self.do("object", SUBJECT, "objection")
        self.do(ANSWER, SUBJECT, "answer")
        yield "one side explained"
        self.do(ANSWER, RATER, "answer")
        self.do("rule", REVIEWER, "rating")
        yield "to be signed"
        for by in (SUBJECT, RATER):
            self.do("sign", by)
        yield "closed"

    def number(self, name: str) -> str:
        """The number somebody signs in with."""
        return next(one.person_id for one in self.case.engine.chart.segments if one.name.startswith(name))

    def shown(self, browser: Browser, name: str) -> Iterator[Seen]:
        """All that somebody is shown now."""
        engine, case_id, key = self.case.engine, self.case.case_id, self.case.key(name)
        yield from looks(browser, engine, case_id, key, self.number(name))
        yield from refusals(engine, case_id, key)

    def leaks(self, browser: Browser, name: str) -> Iterator[str]:
        """Where somebody reads what they may not; and every canary they do not find that they may read."""
        view = self.case.seen_by(name)
        person = self.case.key(name)
        hidden = {one.text: one for one in self.planter.planted if not may_read(view, person, one)}
        asked = re.compile("|".join(map(re.escape, hidden)) or "$^")
        for where, told in self.shown(browser, name):
            for text in set(asked.findall(told)) | set(asked.findall(told.replace(",", "."))):
                yield f"{view.case.state}: {name}: {where}: {hidden[text].name or 'reason'} {text}"

    def exported(self, browser: Browser, name: str, about: str) -> Iterator[str]:
        """What stands in the export of somebody's data that they may neither read nor have written; asked by `name`."""
        view, person = self.case.seen_by(about), self.case.key(about)
        hidden = {
            one.text: one for one in self.planter.planted
            if one.by != person and not may_read(view, person, one)
        }  # fmt: skip
        asked = re.compile("|".join(map(re.escape, hidden)) or "$^")
        browser.be(self.number(name))
        query = "" if name == about else f"?person={self.number(about)}&reason=permohonan"
        files = list(browser.packed(f"/api/v1/privacy/export{query}"))
        assert {"data.json", "index.html", "wrote.csv"} <= {one for one, _ in files}
        for file, told in files:
            for text in set(asked.findall(told)):
                yield f"{view.case.state}: {name}: export of {about}, {file}: {hidden[text].name or 'reason'} {text}"

    def reads(self, browser: Browser, name: str) -> set[str]:
        """The names of those canaries that somebody finds on the page of the case."""
        browser.be(self.number(name))
        page = browser.get(f"/cases/{self.case.case_id}")
        return {one.name for one in self.planter.planted if one.text in page}


def told(place: Path, **values: Any) -> Story:
    """A story on a new database."""
    case = sighted(place)
    app = create_app(case.engine, demo=Travel(case.engine, case.clock), settings=Settings())
    return Story(case=case, app=app, **values)
