"""The real thing: an engine on a real database with many small offices, and one case of each beside its model."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.core.case import Case
from engine.core.chart import Person
from engine.core.codec import decode
from engine.core.command import (
    Actor,
    Command,
    Extend,
    Fire,
    Notice,
    Pause,
    Reassign,
    Recount,
    Remind,
    Resume,
)
from engine.core.moments import Duration
from engine.core.roster import Roster
from engine.errors import Refused
from engine.runtime import Engine
from engine.runtime.delegating import Wish
from engine.store import Database, queries
from tests.model.asked import Act, Decree, Down, Event, Jump, Lend, People, Restart
from tests.model.clocks import HOURS
from tests.model.days import Days
from tests.model.life import Life, Line, World
from tests.model.office import BOSS, NAMES, Loan, Office

_HERE = Path(__file__).parent
_NOBODY = Actor(person=None)
_LONG_AGO = date(2020, 1, 1)
_DAY = timedelta(days=1)
#: years in which a run may lie, with the days off that everybody knows from the start
YEARS = range(2023, 2035)


class Unlike(AssertionError):
    """The engine and the model say different things of a case."""

    def __init__(self, case: int, said: str) -> None:
        super().__init__(said)
        self.case = case


class Died(Exception):
    """A process ended between its claim and its commit."""


class StageClock:
    """A clock that stands where it was put."""

    def __init__(self, instant: int = 0) -> None:
        self.instant = instant

    def now(self) -> int:
        return self.instant


def first_days_off() -> list[date]:
    """Days off of every year: a few alone, a few in a row each month, one on a Saturday."""
    feasts = ((1, 1), (2, 17), (3, 24), (5, 1), (6, 1), (6, 19), (8, 17), (12, 25), (12, 26))
    leave = [(month, day) for month in range(1, 13) for day in (10, 11, 12)]
    return [date(year, *day) for year in YEARS for day in (*feasts, *leave)]


def _decree(
    year: int, issued: date, added: Iterable[date], removed: Iterable[date], kind: str
) -> dict[str, object]:
    return {
        "kind": kind,
        "title": f"an invented decree of {issued}",
        "issued": issued.isoformat(),
        "year": str(year),
        "holidays": [{"date": day.isoformat(), "id": "libur", "en": "off"} for day in sorted(added)],
        "removes": [day.isoformat() for day in sorted(removed)],
    }


def first_decrees() -> list[dict[str, object]]:
    """The decrees every run begins with."""
    off = first_days_off()
    return [
        _decree(year, date(2022, 1, 1), [day for day in off if day.year == year], (), "whole")
        for year in YEARS
    ]


def calendar_of(decrees: list[dict[str, object]]) -> dict[str, object]:
    """A calendar file's values."""
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    return {"name": "model", "week": week, "decrees": decrees}


def furnish(url: str) -> None:
    """Make a database with calendar and definition, to be copied for each run."""
    with Database.create(url, "demo") as database:
        engine = Engine(database, StageClock(1_640_995_200_000_000))
        engine.add_calendar(calendar_of(first_decrees()))
        rules, texts = (_HERE / f"steered{end}" for end in (".yaml", ".texts.yaml"))
        engine.publish(
            rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"),
            name=rules.name, texts_name=texts.name, actor=_NOBODY,
        )  # fmt: skip


def copied(furnished: Path, to: Path) -> str:
    """A file like the furnished one."""
    shutil.copyfile(furnished, to)
    return str(to)


class Stage:
    """An installation and its model; every event is done to both, and they are compared."""

    def __init__(self, url: str, *, offices: int, opens: int, zone: str, world: World) -> None:
        self.url, self.zone, self.world = url, ZoneInfo(zone), world
        self.clock = StageClock(self.instant(opens))
        self._armed = False
        self.engine = Engine(self._database(), self.clock)
        self._decrees = first_decrees()
        self._issued = date(2022, 1, 1)
        self._offices = [Office() for _ in range(offices)]
        self._people = {one.person_id: one for number in range(offices) for one in _persons(number, zone)}
        self._people[BOSS] = _person(BOSS, None, "Outside", zone, kind="external")
        self._import(self._people.values())
        self.engine.launch("steered", opens=date.fromordinal(opens // HOURS), actor=_NOBODY)
        world.now = opens
        self.lives = [Life(world, office) for office in self._offices]
        found = {case.subject: case for case in self.engine.cases(limit=10_000)}
        self._ids = [found[f"{number}-e"].id for number in range(offices)]
        self._seqs = [0] * offices
        self._look()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.database.close()

    def instant(self, hour: float) -> int:
        """An hour on the offices' wall as an instant; half an hour before it stands for just before it."""
        if hour % 1:
            return self.instant(ceil(hour)) - 1
        hour = int(hour)
        midnight = datetime.combine(date.fromordinal(hour // HOURS), time(), tzinfo=self.zone)
        return (int(midnight.timestamp()) + hour % HOURS * 3_600) * 1_000_000

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

    def look_at_letters(self) -> None:
        """Compare what everybody was told, what waits for them, and the log with itself."""
        letters: dict[str, list[tuple[str, str]]] = {name: [] for name in self._ids}
        inboxes: dict[str, list[tuple[str, str]]] = {name: [] for name in self._ids}
        with self.engine.database.read() as view:
            for case, to, kind in view.driver.rows("SELECT case_id, recipient, kind FROM outbox ORDER BY id"):
                if case in letters:
                    letters[case].append((self._name(to), kind))
            for case, to, body in view.driver.rows("SELECT case_id, holder, body FROM task"):
                inboxes[case].append((self._name(to), decode(body)["kind"]))
        for number, life in enumerate(self.lives):
            told = [one for line in life.lines for one in line.told]
            self._unlike(number, "letters", sorted(told), sorted(letters[self._ids[number]]))
            waiting = [(life.holder, "act")] if life.holder else []
            waiting += [(life.helper, "escalation")] if life.helper else []
            self._unlike(number, "inboxes", sorted(waiting), sorted(inboxes[self._ids[number]]))
        assert [] == self.engine.verify()

    # --- events --------------------------------------------------------------------------------------------

    def _act(self, act: Act) -> None:
        number, before = act.case, len(self.lives[act.case].lines)
        expected = self.lives[number].act(act)
        try:
            if act.kind == "fire":
                done = self.engine.fire(
                    self._ids[number], act.what, actor=self._actor(act), reason="" if act.mute else "ada"
                )
            else:
                done = self.engine.obey(self._ids[number], self._command(act))
        except Refused as refused:
            if expected != refused.code:
                raise Unlike(
                    number, f"{act}: the model says {expected or 'yes'!r}, the engine {refused!r}"
                ) from None
            if len(self.lives[number].lines) > before:
                self._look(number)
            return
        if expected:
            raise Unlike(number, f"{act}: the model refuses with {expected!r}, the engine does it")
        self._compare(number, done.case, done.entries)

    def _jump(self, jump: Jump) -> None:
        self.world.now = jump.to
        self.clock.instant = self.instant(jump.to)
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
            life.follow()
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
                r, substitute=stand_in, valid_to=office.r_last, **_away(office.r_away)
            )
            self._people[s.person_id] = replace(s, **_away(office.s_away))
            self.world.seen[f"chart: {what}"] += 1
        offices = {number for number, _, _ in people.changes}
        self._import(self._people[f"{number}-{name}"] for number in offices for name in "ers")
        for life in self.lives:
            life.follow()
        self._look()

    def _lend(self, lend: Lend) -> None:
        office, number, now = self._offices[lend.case], lend.case, self.world.now
        new = Loan(lend.giver, lend.taker, lend.first, lend.last, now, lend.waiting, lend.roles)
        giver, taker = _key(number, lend.giver), _key(number, lend.taker)
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
        number, office, life = down.case, self._offices[down.case], self.lives[down.case]
        today, actor = date.fromordinal(self.world.now // HOURS), Actor(person=_key(down.case, "d"))
        if down.ends:
            if office.down is None:
                return
            known = [one for one in self.engine.outages.known() if one.lasts]
            name = next(one.outage.id for one in known if one.outage.unit == _unit(number))
            report = self.engine.outages.end(name, actor=actor, reason="surut")
            first, office.down = office.down, None
            life.come_up(first)
        else:
            late = down.first > today or (down.last or today) > today or (today - down.first).days > 20
            known_already = (down.first, down.last) in office.outages or (office.down and down.last is None)
            if late or known_already:
                return
            report = self.engine.outages.begin(
                _unit(number), down.first, last=down.last, actor=actor, reason="banjir"
            )
            office.outages.add((down.first, down.last))
            if down.last is None:
                office.down = down.first
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
            self._decrees.append(_decree(year, self._issued, added, removed, "amendment"))
        self.engine.add_calendar(calendar_of(self._decrees))
        self.world.days = Days((off | new) - gone)
        self.world.seen["decree"] += 1

    # --- asking the engine ---------------------------------------------------------------------------------

    def _database(self) -> Database:
        def failpoint(text: str) -> None:
            if self._armed and text.lstrip().upper().startswith(("UPDATE", "WITH", "INSERT")):
                raise Died

        return Database(self.url, failpoint=failpoint)

    def _actor(self, act: Act) -> Actor:
        behalf = _key(act.case, act.behalf) if act.behalf else None
        return Actor(person=_key(act.case, act.by), behalf=behalf)

    def _command(self, act: Act) -> Command:
        actor, reason = self._actor(act), "" if act.mute else "ada alasannya"
        match act.kind:
            case "notice":
                return Notice(fact=act.what, actor=actor)
            case "extend":
                by = Duration(act.amount, act.unit)
                return Extend(
                    by=by, actor=actor, reason=reason, ladder="restarted" if act.restarted else "kept"
                )
            case "pause":
                return Pause(kind=act.what, actor=actor, reason=reason)
            case "resume":
                return Resume(actor=actor, reason=reason)
            case "reassign":
                return Reassign(to=_key(act.case, act.what), actor=actor, reason=reason)
            case "remind":
                return Remind(actor=actor, note=reason)
            case "recount":
                return Recount(actor=actor, past=act.past)
            case "fire":
                return Fire(trigger=act.what, actor=actor)

    # --- comparing -----------------------------------------------------------------------------------------

    def _look(self, only: int | None = None) -> None:
        """Compare cases as they are stored, with all entries the model has not been compared by yet."""
        numbers = range(len(self.lives)) if only is None else (only,)
        with self.engine.database.read() as view:
            for number in numbers:
                case = view.load(self._ids[number])
                assert case is not None
                if only is not None or self._seqs[number] != max(case.seq, len(self.lives[number].lines)):
                    entries = queries.history(view, case.stream, after=self._seqs[number])
                    self._compare(number, case, entries)

    def _compare(self, number: int, case: Case, entries: Iterable[Any]) -> None:
        life, names = self.lives[number], self._name
        expected = life.lines[self._seqs[number] :]
        actual = [self._line(one) for one in entries]
        wanted = [self._in_words(line) for line in expected]
        self._unlike(number, "entries", wanted, actual)
        self._seqs[number] = len(life.lines)
        task = case.task
        self._unlike(
            number,
            "standing",
            (life.state, life.visit, life.holder, life.since if life.holder else "", life.helper),
            (
                case.state,
                case.visit,
                names(task.holder) if task else "",
                task.since if task else "",
                names(case.escalations[0].holder) if case.escalations else "",
            ),
        )
        self._unlike(number, "clocks", self._model_clocks(life), self._engine_clocks(case))
        if task is not None and life.task is not None:
            self._unlike(number, "the task's day", life.task.due, task.due_on)

    def _model_clocks(self, life: Life) -> list[object]:
        return [
            (
                one.name, one.due, [(self.instant(at), kind, what) for at, kind, what in one.alarms],
                tuple(one.fired), tuple(one.skipped), one.generation, tuple(one.missed), set(one.reasons),
                None if one.stopped is None else self.instant(one.stopped),
            )
            for one in sorted(life.clocks, key=lambda one: one.name)
        ]  # fmt: skip

    def _engine_clocks(self, case: Case) -> list[object]:
        return [
            (
                one.name, one.due_on, [(alarm.at, alarm.kind, alarm.what) for alarm in one.alarms],
                one.fired, one.skipped, one.generation, one.missed, set(one.holds), one.paused_at,
            )
            for one in sorted(case.deadlines, key=lambda one: one.name)
        ]  # fmt: skip

    def _in_words(self, line: Line) -> dict[str, object]:
        late = None if line.due_at is None else self.instant(line.due_at)
        return {"kind": line.kind, "told": line.told, "due at": late, "lateness": line.lateness}

    def _line(self, entry: Any) -> dict[str, object]:
        facts = decode(entry.body)
        told = tuple(sorted((self._name(to), kind) for to, kind in facts.get("told", ())))
        late = entry.at - facts["late_us"] if "late_us" in facts else None
        lateness: tuple[object, ...] = ()
        if "lateness" in facts:
            said = facts["lateness"]
            by = (
                (date.fromisoformat(said["due"]), said["working_days"], said["days"])
                if "due" in said
                else None
            )
            lateness = (tuple(date.fromisoformat(day) for day in said.get("missed", ())), by)
        return {"kind": entry.kind, "told": told, "due at": late, "lateness": lateness}

    def _name(self, key: str) -> str:
        return key.rpartition("-")[2]

    def _unlike(self, number: int, what: str, model: object, engine: object) -> None:
        if model != engine:
            raise Unlike(number, f"{what}\n  model:  {model}\n  engine: {engine}")


def _unit(number: int) -> str:
    return f"Unit {number}"


def _key(number: int, name: str) -> str:
    return BOSS if name == BOSS else f"{number}-{name}"


def _away(days: tuple[date, date] | None) -> dict[str, Any]:
    first, last = days or (None, None)
    return {"away_from": first, "away_to": last}


def _person(name: str, superior: str | None, unit: str, zone: str, **more: Any) -> Person:
    values: dict[str, Any] = {"kind": "staff", **more}
    return Person(
        key=name, person_id=name, name=name, unit=unit, position=f"Post of {name}", superior=superior,
        zone=zone, valid_from=_LONG_AGO, **values,
    )  # fmt: skip


def _persons(number: int, zone: str) -> list[Person]:
    unit = _unit(number)
    above = {"e": f"{number}-r", "h": BOSS}
    more: dict[str, dict[str, Any]] = {
        "e": {"kind": "PNS"},
        "h": {"duties": ("head",)},
        "d": {"duties": ("desk:personnel",)},
        "r": {"substitute": f"{number}-s"},
    }
    return [
        _person(f"{number}-{name}", above.get(name, f"{number}-h"), unit, zone, **more.get(name, {}))
        for name in NAMES
    ]
