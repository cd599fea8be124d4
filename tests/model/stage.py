"""The real thing: an engine on a real database with many small offices, and one case of each beside its model."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from engine.core.zones import local_date
from engine.errors import NotFound, Refused
from engine.runtime import Engine
from engine.runtime.reports import Fired
from engine.store import Database
from tests.model.around import NOBODY, Around
from tests.model.asked import Act, Cancelled, Decree, Down, Event, Jump, Lend, People, Restart
from tests.model.clocks import HOURS, day_of
from tests.model.commands import actor_of, command_of, release_of, values_of
from tests.model.comparing import Beside, Unlike
from tests.model.life import Life
from tests.model.office import BOSS, Office
from tests.model.premises import StageClock, first_decrees, person_of, persons_of
from tests.model.rules import FORMS, STEERED
from tests.model.world import World


class Died(Exception):
    """A process ended between its claim and its commit."""


class Stage(Around):
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
        self.engine.launch("steered", opens=date.fromordinal(opens // HOURS), actor=NOBODY)
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
            case Cancelled():
                self._cancel()
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
        if self.world.kin.stirred:
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
                forms = {} if act.mute else FORMS.get(act.what, {})
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
        self._follow()
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

    def _database(self) -> Database:
        def failpoint(text: str) -> None:
            if self._armed and text.lstrip().upper().startswith(("UPDATE", "WITH", "INSERT")):
                raise Died

        return Database(self.url, failpoint=failpoint)
