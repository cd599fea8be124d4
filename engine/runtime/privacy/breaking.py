"""Break-glass grants: asked by one, approved by another, told to everybody concerned, over by themselves.

Nobody opens their own case to themselves, nobody approves what they asked for or are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.assigning import PERSONNEL
from engine.core.audit import commitment
from engine.core.chart import Chart
from engine.core.codec import canonical, encode
from engine.core.definition import Label
from engine.core.glass import RIGHTS, Glass, Right
from engine.core.permitting import demand_reason
from engine.core.privacy.glass import GLASS, HOUR, LONGEST, MOST, Grant, grants_told
from engine.core.privacy.official import Official, in_office
from engine.errors import Conflict, NotFound, NotYours, Refused
from engine.runtime.identity.together import Together
from engine.runtime.library import GLASS_OPEN, Library
from engine.runtime.privacy.saying import today_of
from engine.store import accounts as filed
from engine.store import kin, queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["Breaking"]

NOT_TWO = Label(
    id="akun yang meminta atau yang menyetujui masih baru, atau akhir-akhir ini diurus oleh yang lain; mintalah orang"
    " lain menyetujuinya",
    en="the account that asked or the one that approves is new, or the other had a hand in it lately; let somebody else"
    " approve it",
)


class Breaking:
    """Asks for grants, decides them, ends them; tells which are open."""

    def __init__(self, database: Database, library: Library, together: Together) -> None:
        self._database = database
        self._library = library
        self._together = together

    def ask(
        self,
        to: Official,
        cases: Iterable[str],
        rights: Iterable[Right],
        *,
        hours: int,
        who: Official,
        reason: str,
    ) -> Grant:
        """Ask for named cases to be opened to somebody for some hours.

        Raises: NotFound, NotYours, ReasonMissing, Refused (everything that does not fit).
        """
        told, named = demand_reason(reason), tuple(sorted(set(cases)))
        asked = tuple(one for one in RIGHTS if one in set(rights))
        with self._database.write() as unit:
            unit.hold(GLASS)
            chart = self._library.chart(unit)
            self._demand_asker(chart, who)
            if not (named and asked and len(named) <= MOST and 1 <= hours <= LONGEST):
                raise _refusal(
                    Label(
                        id=f"Sebutkan 1–{MOST} kasus, hak membaca atau turun tangan, dan 1–{LONGEST} jam.",
                        en=f"name 1 to {MOST} cases, the right to read or to steer, and 1 to {LONGEST} hours",
                    )
                )
            self._demand_taker(unit, chart, to, named, asked)
            facts = {"to": to.facts(), "cases": list(named), "rights": list(asked), "hours": hours}
            seq = self._say(unit, "glass_asked", facts, who, told)
            return self._known(unit)[f"g-{seq}"]

    def approve(self, name: str, *, who: Official, reason: str) -> Grant:
        """Open the cases from now on. Raises: NotFound, NotYours, ReasonMissing, Conflict (decided already)."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            chart = self._library.chart(unit)
            self._demand_asker(chart, who)
            asked = _still_asked(self._named(unit, name))
            if who.same(asked.asked_by) or who.same(asked.to):
                raise NotYours(
                    "this was asked for by the same person, or is for them; another one approves it"
                )
            self._demand_two_people(unit, asked.asked_by, who)
            subjects = self._demand_taker(unit, chart, asked.to, asked.cases, asked.rights)
            if who.person in subjects:
                raise NotYours("this would open your own case; another one approves it")
            now = self._library.now()
            until_at = now + asked.hours * HOUR
            told_to = self._to_tell(unit, chart, asked, subjects)
            facts = {"glass": name, "until_at": until_at, "told": told_to}
            self._say(unit, "glass_given", facts, who, told)
            made = Glass(
                id=name, person=asked.to.person, account=asked.to.account, cases=asked.cases,
                rights=asked.rights, until_at=until_at,
            )  # fmt: skip
            still = tuple(one for one in self._library.glass(unit) if one.until_at > now)
            unit.put_meta(GLASS_OPEN, encode((*still, made)).decode())
            self._tell(unit, "glass_given", asked, told_to, until_at)
            return self._known(unit)[name]

    def refuse(self, name: str, *, who: Official, reason: str) -> Grant:
        """Say no; whoever asked may take it back so. Raises: NotFound, NotYours, ReasonMissing, Conflict."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            asked = self._named(unit, name)
            if not who.same(asked.asked_by):
                self._demand_asker(self._library.chart(unit), who)
            _still_asked(asked)
            self._say(unit, "glass_refused", {"glass": name}, who, told)
            return self._known(unit)[name]

    def end(self, name: str, *, who: Official, reason: str) -> Grant:
        """End a grant before its time: by its taker or anybody of the office. Raises: as `refuse`."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            found = self._named(unit, name)
            if not who.same(found.to):
                self._demand_asker(self._library.chart(unit), who)
            if found.state != "given":
                raise Conflict(f"{name} is not open: {found.state}")
            self._end(unit, found, {"glass": name}, who, told)
            return self._known(unit)[name]

    def tend(self) -> int:
        """Tell of grants whose time is over; how many. They had ended by themselves at their instant."""
        with self._database.read() as view:
            over = [one.id for one in self._library.glass(view) if one.until_at <= self._library.now()]
        if not over:
            return 0
        with self._database.write() as unit:
            unit.hold(GLASS)
            known = self._known(unit)
            done = [known[name] for name in over if known[name].state == "given"]
            for one in done:
                self._end(unit, one, {"glass": one.id, "by_itself": True}, None, "")
        return len(done)

    def known(self) -> tuple[Grant, ...]:
        """Every grant that was asked for, the latest first."""
        with self._database.read() as view:
            return tuple(reversed(self._known(view).values()))

    def open_now(self) -> tuple[Glass, ...]:
        """What is open at this moment."""
        with self._database.read() as view:
            return tuple(one for one in self._library.glass(view) if self._library.now() < one.until_at)

    def _end(
        self, unit: Unit, one: Grant, facts: Mapping[str, object], who: Official | None, reason: str
    ) -> None:
        chart = self._library.chart(unit)
        subjects = {case.subject for name in one.cases if (case := kin.peek(unit, name)) is not None}
        told_to = self._to_tell(unit, chart, one, subjects)
        self._say(unit, "glass_ended", {**facts, "told": told_to}, who, reason)
        left = tuple(other for other in self._library.glass(unit) if other.id != one.id)
        unit.put_meta(GLASS_OPEN, encode(left).decode() if left else "")
        self._tell(unit, "glass_ended", one, told_to, one.until_at)

    def _demand_asker(self, chart: Chart, who: Official) -> None:
        """Raises: NotYours, unless somebody is of the office, or an administrator."""
        if "administrator" not in who.roles and not in_office(
            chart, who, today_of(self._library, chart, who)
        ):
            raise NotYours(
                "break-glass is for the personnel desk, the data protection officer and administrators, by name"
            )

    def _demand_two_people(self, view: View, one: Official, other: Official) -> None:
        """Raises: NotYours, where one of two accounts is new, or the other had a hand in it lately."""
        accounts = [official.account for official in (one, other) if official.account]
        if not self._together.two_people(view, *accounts):
            raise NotYours(NOT_TWO.en, label=NOT_TWO)

    def _demand_taker(
        self, view: View, chart: Chart, to: Official, cases: Iterable[str], rights: Iterable[Right]
    ) -> set[str]:
        """The subjects of the cases. Raises: NotFound, NotYours (one's own case), Refused."""
        if to.person and not chart.history(to.person):
            raise NotFound("person", to.person)
        subjects = set()
        for name in cases:
            case = kin.peek(view, name)
            if case is None:
                raise NotFound("case", name)
            subjects.add(case.subject)
        if to.person in subjects:
            raise NotYours("nobody is given their own case to read or steer by break-glass")
        serving = chart.at(to.person, today_of(self._library, chart, to)) if to.person else None
        if not to.key or ("steer" in rights and serving is None):
            raise _refusal(
                Label(
                    id="Kemudi kasus hanya untuk pegawai yang bertugas; sebutkan siapa yang menerimanya.",
                    en="only somebody in service steers a case; name who is to have it",
                )
            )
        return subjects

    def _to_tell(self, unit: Unit, chart: Chart, one: Grant, subjects: Iterable[str]) -> list[str]:
        """Whom it concerns, by key: those it is about, the taker, the personnel desk, and administrators."""
        day = today_of(self._library, chart, one.to)
        desk = {
            person.key for person in chart.segments
            if PERSONNEL in person.duties and person.serves_on(day)
        }  # fmt: skip
        accounts = [filed.account_of(unit.driver, id=name) for name in filed.administrators(unit.driver)]
        administrators = {found.person for found in accounts if found is not None}
        return sorted(key for key in {*subjects, *desk, *administrators, one.to.person} if chart.history(key))

    def _tell(self, unit: Unit, kind: str, one: Grant, to: Iterable[str], until_at: int) -> None:
        subjects = {name: case.subject for name in one.cases if (case := unit.load(name, lock=False))}
        for person in to:
            # whom a case is about is told of their own, and of no colleague's
            own = [name for name, subject in subjects.items() if subject == person]
            data = {
                "glass": one.id, "to": one.to.key, "cases": own or list(one.cases), "rights": list(one.rights),
                "until_at": until_at,
            }  # fmt: skip
            unit.tell(person, kind, f"glass/{one.id}/{kind}/{person}", data, self._library.now())

    def _named(self, unit: Unit, name: str) -> Grant:
        unit.hold(GLASS)
        found = self._known(unit).get(name)
        if found is None:
            raise NotFound("break-glass grant", name)
        return found

    @staticmethod
    def _known(view: View) -> dict[str, Grant]:
        told = grants_told(queries.history(view, GLASS), view.statements(GLASS))
        return {one.id: one for one in told}

    def _say(
        self, unit: Unit, kind: str, facts: Mapping[str, object], who: Official | None, reason: str
    ) -> int:
        actor: Mapping[str, object] = {"timer": True} if who is None else who.facts()
        salt, told = self._library.salt(), {**facts, "actor": actor}
        if reason:
            told["content"] = {"reason": commitment("reason", canonical(reason), salt)}
        entry = unit.append(GLASS, kind, self._library.now(), told)
        if reason:
            unit.put_statement(GLASS, entry.seq, reason, salt)
        return entry.seq


def _still_asked(one: Grant) -> Grant:
    """It, if nobody has decided it. Raises: Conflict."""
    if one.state != "asked":
        raise Conflict(f"{one.id} was decided already: {one.state}")
    return one


def _refusal(why: Label) -> Refused:
    return Refused(f"this cannot be opened: {why.en}", label=why)
