"""The real thing: an engine on a real database with many small offices, and one case of each beside its model."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.roster import Roster
from engine.core.zones import local_date
from engine.errors import NotFound, Refused
from engine.runtime import Engine
from engine.runtime.delegating import Wish
from engine.runtime.reports import Fired
from engine.store import Database, kin
from tests.model.asked import Act, Decree, Down, Event, Jump, Lend, People, Restart
from tests.model.clocks import HOURS, day_of
from tests.model.commands import actor_of, command_of, release_of, values_of
from tests.model.comparing import Beside, Compared, Unlike
from tests.model.days import Days
from tests.model.life import Life
from tests.model.office import BOSS, Loan, Office
from tests.model.premises import (
    StageClock,
    away_of,
    calendar_of,
    decree_of,
    first_decrees,
    key_of,
    person_of,
    persons_of,
    unit_of,
)
from tests.model.rules import FORMS, STEERED
from tests.model.standing import World

_HERE = Path(__file__).parent
_NOBODY = Actor(person=None)
_LONG_AGO = date(2020, 1, 1)
_DAY = timedelta(days=1)
YEARS = range(2023, 2035)


class Died(Exception):
    """A process ended between its claim and its commit."""


class Stage(Compared):
    """An installation and its model; every event is done to both, and they are compared."""

    def __init__(self, url: str, *, offices: int, opens: int, zone: str, world: World) -> None:
        self.url, self.zone, self.world = url, ZoneInfo(zone), world
        self.clock = StageClock(self.instant(opens))
        self._armed = False
        self.engine = Engine(self._database(), self.clock)
        self._decrees = first_decrees()
        self._issued = date(2022, 1, 1)
        self._offices = [Office() for _ in range(offices)]
        self._people = {one.person_id: one for number in range(offices) for one in persons_of(number, zone)}
        self._people[BOSS] = person_of(BOSS, None, "Outside", zone, kind="external")
        self._import(self._people.values())
        self.engine.launch("steered", opens=date.fromordinal(opens // HOURS), actor=_NOBODY)
        world.now = opens
        for number, office in enumerate(self._offices):
            world.kin.add(Life(world, office, STEERED, case=number))
        found = {case.subject: case for case in self.engine.cases(limit=10_000)}
        self._beside = [Beside(life, found[f"{life.case}-e"].id) for life in world.kin.lives]
        self._look()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.database.close()

    def do(self, event: Event) -> None:
        """Do it to the engine and to the model. Raises: Unlike."""
        match event:
            case Act():
                self._act(event)
            case Jump():
                self._jump(event)
            case People():
                self._change(event)
            case Decree():
                self._put_decree(event)
            case Lend():
                self._lend(event)
            case Down():
                self._go_down(event)
            case Restart():
                self._again()

    def _act(self, act: Act) -> None:
        one = next((one for one in self._of(act.case) if one.life.part == act.part), None)
        if one is None:
            return  # of a run told short, what opened it may have been left out
        life, number, before = one.life, act.case, len(one.life.lines)
        self.world.kin.stirred = False
        expected = life.act(act)
        try:
            done = self._ask(one, act)
        except (Refused, NotFound) as refused:
            if expected != refused.code:
                raise Unlike(
                    number, f"{act}: the model says {expected or 'yes'!r}, the engine {refused!r}"
                ) from None
            if len(life.lines) > before:
                self._look(number)
            return
        if expected:
            raise Unlike(number, f"{act}: the model refuses with {expected!r}, the engine does it")
        if self.world.kin.stirred and act.kind not in {"invite", "show"}:
            self._pass_on()
        if done is None or one.seq + len(done.entries) != len(
            life.lines
        ):  # others told it something since it was looked at
            self._look(number)
        else:
            self._compare(one, done.case, done.entries)

    def _ask(self, one: Beside, act: Act) -> Fired | None:
        """Ask the engine; what came of it, where it says so."""
        match act.kind:
            case "fire":
                form = "" if act.mute else FORMS.get(act.what, "")
                forms = {form: {"points": 80}} if form else {}
                reason = "" if act.mute else "ada"
                return self.engine.fire(one.id, act.what, actor=actor_of(act), reason=reason, forms=forms)
            case "invite":
                one.tokens.append(self.engine.invite(one.id, act.what, actor=actor_of(act)))
                return None
            case "visit":
                self.engine.answer(one.token(before=act.again), values_of(act))
                return None
            case "show":
                return self.engine.release(one.id, release_of(act))
            case _:
                return self.engine.obey(one.id, command_of(act, day_of(self.world.now)))

    def _jump(self, jump: Jump) -> None:
        before, self.world.now = self.world.now, jump.to
        self.clock.instant = self.instant(jump.to)
        if jump.policy and before < jump.to:
            with self.engine.database.write() as unit:
                unit.put_beat("work", self.instant(before))
            self.engine.standstills.notice("work", self.clock.instant, longer_than=0, policy=jump.policy)
            self.world.still = before, jump.to, jump.policy
            self.world.seen[f"a standstill: {jump.policy}"] += 1
            if jump.policy == "extend":
                first = local_date(self.instant(before), "UTC")
                for life in self.lives:
                    life.make_up(first, before, jump.to)
                self._look()
        if not jump.beat and not jump.dies:
            return
        if jump.dies:
            self._die()
        report = self.engine.fire_due()
        assert () == report.failed, report.failed
        self.engine.follow_chart()
        for life in self.lives:
            done = life.pass_time(jump.to)
            if done and jump.dies:
                self.world.seen["a restart between claim and commit"] += 1
        for life in self.lives:
            life.tell_voices()
        self.world.kin.pass_on()
        for life in self.lives:
            life.follow()
        self._pass_on()
        self._look()

    def _die(self) -> None:
        """A beat whose process ends after its claim, before its commit; another process opens the database."""
        self._armed = True
        with suppress(Died):
            self.engine.fire_due()
        self._armed = False
        self._again()

    def _again(self) -> None:
        self.engine.database.close()
        self.engine = Engine(self._database(), self.clock)
        self.world.seen["restart"] += 1

    def _change(self, people: People) -> None:
        for number, what, value in people.changes:
            setattr(self._offices[number], what, value)
            e, r, s = (self._people[f"{number}-{name}"] for name in "ers")
            office = self._offices[number]
            stand_in = f"{number}-{office.stand_in}" if office.stand_in else None
            self._people[e.person_id] = replace(e, superior=f"{number}-{office.superior}")
            self._people[r.person_id] = replace(
                r, substitute=stand_in, valid_to=office.r_last, **away_of(office.r_away)
            )
            self._people[s.person_id] = replace(s, **away_of(office.s_away))
            self.world.seen[f"chart: {what}"] += 1
        offices = {number for number, _, _ in people.changes}
        self._import(self._people[f"{number}-{name}"] for number in offices for name in "ers")
        for life in self.lives:
            life.follow()
        self.engine.follow_chart()
        self._pass_on()
        self._look()

    def _lend(self, lend: Lend) -> None:
        office, number, now = self._offices[lend.case], lend.case, self.world.now
        new = Loan(lend.giver, lend.taker, lend.first, lend.last, now, lend.waiting, lend.roles)
        giver, taker = key_of(number, lend.giver), key_of(number, lend.taker)
        actor = Actor(person=giver)
        given = [one for one in office.loans if (one.giver, one.taker) == (lend.giver, lend.taker)]
        if lend.ends:
            if given and given[-1].ended_at is None and date.fromordinal(now // HOURS) <= given[-1].last:
                known = [
                    one for one in self.engine.delegating.known() if (one.giver, one.taker) == (giver, taker)
                ]
                self.engine.delegating.end(
                    next(one.id for one in known if one.first == given[-1].first and not one.ended_at),
                    actor=actor,
                    reason="kembali",
                )
                given[-1].ended_at = now
                self.world.seen["delegation ended"] += 1
            return
        wish = Wish(
            giver=giver, taker=taker, first=lend.first, last=lend.last, waiting=lend.waiting, roles=lend.roles
        )  # fmt: skip
        expected = office.refuses(new, now)
        try:
            self.engine.delegating.give(wish, actor=actor, reason="dinas luar")
        except Refused as refused:
            if not expected:
                raise Unlike(number, f"{lend}: the model says yes, the engine {refused!r}") from None
            self.world.seen["delegation refused"] += 1
            return
        if expected:
            raise Unlike(number, f"{lend}: the model refuses, the engine does it")
        office.loans.append(new)
        self.world.seen["delegation"] += 1

    def _go_down(self, down: Down) -> None:
        number, office = down.case, self._offices[down.case]
        lives = [one.life for one in self._of(number)]
        today, actor = date.fromordinal(self.world.now // HOURS), Actor(person=key_of(down.case, "d"))
        if down.ends:
            if office.down is None:
                return
            known = [one for one in self.engine.outages.known() if one.lasts]
            name = next(one.outage.id for one in known if one.outage.unit == unit_of(number))
            report = self.engine.outages.end(name, actor=actor, reason="surut")
            first, office.down = office.down, None
            for life in lives:
                life.come_up(first)
        else:
            late = down.first > today or (down.last or today) > today or (today - down.first).days > 20
            known_already = (down.first, down.last) in office.outages or (office.down and down.last is None)
            if late or known_already:
                return
            report = self.engine.outages.begin(
                unit_of(number), down.first, last=down.last, actor=actor, reason="banjir"
            )
            office.outages.add((down.first, down.last))
            if down.last is None:
                office.down = down.first
            office.declared += 1
            for life in lives:
                life.go_down(down.first, down.last)
        assert () == report.failed, report.failed
        self._look(number)

    def _import(self, people: Iterable[Person]) -> None:
        self.engine.import_people(Roster(people=tuple(people)), actor=_NOBODY)

    def _put_decree(self, decree: Decree) -> None:
        today, off = date.fromordinal(self.world.now // HOURS), self.world.days.off
        # Of a run told short, other decrees may have been left out.
        new, gone = set(decree.added) - off, set(decree.removed) & off
        self._issued = max(self._issued + _DAY, today)
        for year in sorted({day.year for day in new | gone}):
            added, removed = ([day for day in days if day.year == year] for days in (new, gone))
            self._decrees.append(decree_of(year, self._issued, added, removed, "amendment"))
        self.world.days = Days((off | new) - gone)
        self.world.seen["decree"] += 1
        values = calendar_of(self._decrees)
        if not decree.applied:
            self.engine.add_calendar(values)
            return
        desk = Actor(person=key_of(0, "d"))
        report = self.engine.calendars.apply(values, actor=desk, reason="keputusan", past=decree.applied)
        assert () == report.failed, report.failed
        self.world.seen["a calendar applied"] += 1
        for life in self.lives:
            life.count_again(decree.applied)
        self._pass_on()
        self._look()

    @property
    def lives(self) -> list[Life]:
        """Every case as the model has it."""
        return self.world.kin.lives

    def _pass_on(self) -> None:
        """What cases have to tell one another is told: find those that were opened by it."""
        self.world.kin.pass_on()
        begun = self.lives[len(self._beside) :]
        if not begun:
            return
        known = {one.id for one in self._beside}
        with self.engine.database.read() as view:
            for life in begun:
                assert life.parent is not None
                parent = next(one.id for one in self._beside if one.life is life.parent)
                found = [one for one in kin.children(view, parent, life.link) if one.id not in known]
                if len(found) != 1:
                    raise Unlike(life.case, f"{life.link}: one is opened, the engine opened {found}")
                self._beside.append(Beside(life, found[0].id))
                known.add(found[0].id)

    def _database(self) -> Database:
        def failpoint(text: str) -> None:
            if self._armed and text.lstrip().upper().startswith(("UPDATE", "WITH", "INSERT")):
                raise Died

        return Database(self.url, failpoint=failpoint)
