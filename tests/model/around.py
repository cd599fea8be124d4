"""What happens around the cases: the chart changes, people delegate, units go down, decrees come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.roster import Roster
from engine.errors import Refused
from engine.runtime.delegating import Wish
from tests.model.asked import Decree, Down, Lend, People
from tests.model.clocks import HOURS
from tests.model.comparing import Compared, Unlike
from tests.model.days import Days
from tests.model.life import Life
from tests.model.office import HOME, Loan, Office
from tests.model.premises import away_of, calendar_of, decree_of, key_of, posts_of, unit_of

NOBODY = Actor(person=None)
_DAY = timedelta(days=1)


class Around(Compared):
    """An installation and its model, without the acts at its cases."""

    _offices: list[Office]
    _people: dict[str, Person]
    _decrees: list[dict[str, object]]
    #: the day of the latest decree
    _issued: date

    def _change(self, people: People) -> None:
        for number, what, value in people.changes:
            office = self._offices[number]
            office.change(what, value)
            r, s = (self._people[f"{number}-{name}"] for name in "rs")
            stand_in = f"{number}-{office.stand_in}" if office.stand_in else None
            self._people[r.person_id] = replace(
                r, substitute=stand_in, valid_to=office.r_last, **away_of(office.r_away)
            )
            self._people[s.person_id] = replace(s, **away_of(office.s_away))
            self.world.seen[f"chart: {what}"] += 1
        offices = {number for number, _, _ in people.changes}
        changed = [self._people[f"{number}-{name}"] for number in offices for name in "rs"]
        for number in offices:
            changed += posts_of(number, self._offices[number], self._people[f"{number}-e"])
        self._import(changed)
        self.engine.follow_chart()
        self._follow()
        self._look()

    def _follow(self) -> None:
        """Every case follows the chart; whoever moved has perhaps another that has to."""
        lives = [*self.lives]
        while True:
            moved = {life.case for life in [*lives] if life.follow()}
            self.world.kin.pass_on()
            lives = [one for one in self.lives if one.case in moved]
            if not moved:
                break
        self._pass_on()

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
        lives = [one.life for one in self._of(number) if one.life.unit == HOME]
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
        self._pass_on()
        self._look(number)

    def _cancel(self) -> None:
        cycle = self.engine.case(self._beside[0].id, None).case.cycle
        report = self.engine.cancellations.ask(cycle, actor=Actor(person=key_of(0, "d")), reason="salah")
        assert () == report.failed, report.failed
        told = {key_of(life.case, who) for life in self._to_cancel() for who in life.cancel()}
        with self.engine.database.read() as view:
            rows = view.driver.rows("SELECT recipient FROM outbox WHERE kind = 'cycle_cancelled'")
        self._unlike(0, "letters about the cancelling", sorted(told), sorted(to for (to,) in rows))
        self._look()

    def _to_cancel(self) -> list[Life]:
        """The open cases of the launch, each followed by the open ones it opened."""
        roots = [one for one in self.lives if one.link in {"", "next_part"} and not one.ended]
        found = [one for root in roots for one in (root, *root.children()) if not one.ended]
        return [one for number, one in enumerate(found) if one not in found[:number]]

    def _import(self, people: Iterable[Person]) -> None:
        self.engine.import_people(Roster(people=tuple(people)), actor=NOBODY)

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
