"""The national cycle as it is shipped: in every state it can be brought to, nobody finds a word they may not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from shutil import copyfile

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.core.definition import By
from engine.core.gather_acts import ANSWER
from engine.errors import SiklusError
from engine.runtime import CaseView, Engine
from engine.store import Database
from tests.api.conftest import STAFF, Travel
from tests.canaries.looking import Browser, looks
from tests.canaries.oracle import may_read
from tests.canaries.planting import Planter
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up

_DAY = 86_400_000_000


@dataclass
class Stand:
    """A case in some state: its database, its instant, and what was planted on the way there."""

    place: Path
    instant: int
    planter: Planter

    def opened(self) -> tuple[Engine, HandClock, str]:
        clock = HandClock()
        clock.instant = self.instant
        engine = Engine(Database(str(self.place)), clock)
        subject = next(one.key for one in engine.chart.segments if one.name.startswith(STAFF))
        return engine, clock, engine.cases(subject=subject)[0].id

    def copied(self, to: Path) -> Stand:
        copyfile(self.place, to)
        return Stand(to, self.instant, deepcopy(self.planter))


def acts(view: CaseView) -> Iterator[tuple[str, str, str]]:
    """What people may do in a state: trigger, form and the one who does it."""
    state, case = view.definition.states[view.case.state], view.case
    people = [one.holder for one in case.tasks]
    if state.gather is not None:
        form = state.gather.form or ""
        yield from (("sign" if state.gather.sign else ANSWER, form, one) for one in people)
    for way in state.transitions:
        if isinstance(way.trigger, By):
            form = way.form or (state.task.form if state.task is not None else "") or ""
            yield from ((way.name, form, one) for one in dict.fromkeys([*people, case.subject]))
            yield from ((way.name, "", one) for one in people if form)


def done(stand: Stand, trigger: str, form: str, person: str) -> str:
    """The state after an act with everything filled in; "" if it was refused."""
    engine, clock, case = stand.opened()
    clock.instant += 60_000_000
    view = engine.case(case, person)
    day = view.scene.calendar.date_of(clock.instant, view.case.zone)
    stand.planter.fresh.clear()
    forms = {form: stand.planter.form(view.definition, form, {}, [], day)} if form else {}
    written, said = list(stand.planter.fresh), stand.planter.word()
    gather = view.definition.states[view.case.state].gather
    to = ""
    with suppress(SiklusError, IndexError):
        came = engine.fire(
            case, trigger, actor=Actor(person=person), forms=forms, reason=said, seen=view.digest,
            files=stand.planter.files,
        )  # fmt: skip
        visit = view.case.visit if gather is not None and trigger == ANSWER else 0
        about = {"case": case, "seq": came.entries[0].seq, "by": person}
        stand.planter.fresh = [said]
        stand.planter.keep(name="", **about)
        stand.planter.fresh = written
        name = gather.name if visit and gather is not None else form
        stand.planter.keep(name=name, visit=visit, **about)
        assert () == engine.fire_due().failed
        to = engine.case(case, None).case.state
        stand.instant = clock.instant
    stand.planter.fresh.clear()
    engine.database.close()
    return to


def waited(stand: Stand) -> str:
    """The state that comes if nobody does anything; "" if nothing comes for more than a year."""
    engine, clock, case = stand.opened()
    before, to = engine.case(case, None).case.state, ""
    for _ in range(30):
        clock.instant += 14 * _DAY
        assert () == engine.fire_due().failed
        now = engine.case(case, None).case.state
        if now != before:
            to, stand.instant = now, clock.instant
            break
    engine.database.close()
    return to


def stands(folder: Path) -> dict[str, Stand]:
    """One way to each state that can be come to, each a step from another, tried one by one."""
    first = Stand(folder / "0.db", 0, Planter())
    clock = HandClock()
    engine = set_up(str(first.place), clock)
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    engine.database.close()
    first.instant = clock.instant
    engine, _, case = first.opened()
    found = {engine.case(case, None).case.state: first}
    engine.database.close()
    waiting, number = list(found.values()), 0

    def tried(stand: Stand, does: Callable[[Stand], str]) -> None:
        nonlocal number
        number += 1
        other = stand.copied(folder / f"{number}.db")
        to = does(other)
        if to and to not in found:
            found[to] = other
            waiting.append(other)
        else:
            other.place.unlink()

    while waiting:
        stand = waiting.pop(0)
        engine, _, case = stand.opened()
        view = engine.case(case, None)
        engine.database.close()
        if view.case.ended:
            continue
        for trigger, form, person in acts(view):
            tried(stand, lambda one, told=(trigger, form, person): done(one, *told))
        tried(stand, waited)
    return found


def line(folder: Path) -> Iterator[Stand]:
    """One way through the year, as the case stands after each step: no act is done twice in a state."""
    stand, tried = Stand(folder / "line.db", 0, Planter()), set()
    clock = HandClock()
    engine = set_up(str(stand.place), clock)
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    engine.database.close()
    stand.instant = clock.instant
    while True:
        engine, _, case = stand.opened()
        view = engine.case(case, None)
        engine.database.close()
        yield stand
        if view.case.ended:
            return
        for act in acts(view):
            if (view.case.state, act[0]) not in tried and done(stand, *act):
                tried.add((view.case.state, act[0]))
                break
        else:
            if not waited(stand):
                return


class Eyes:
    """An application on a case, and whoever looks at it."""

    def __init__(self, stand: Stand) -> None:
        self.engine, self.clock, self.case = stand.opened()
        app = create_app(self.engine, demo=Travel(self.engine, self.clock), settings=Settings())
        self.browser = Browser(app)

    def people(self) -> tuple[str, set[str], str]:
        """Whom the case is about, who has or had to do with it, and a colleague who never had."""
        case = self.engine.case(self.case, None).case
        acted = {one for told in case.acted.values() for one in told}
        near = {case.subject, *acted, *(one.holder for one in case.tasks)}
        colleague = next(
            one.key for one in self.engine.chart.segments if one.key not in near and not one.duties
        )
        return case.subject, near, colleague

    def leaks(self, stand: Stand, person: str, *, everywhere: bool) -> list[str]:
        """What somebody finds that they may not read, wherever they look or on the case itself."""
        self.clock.instant = stand.instant
        own, number = self.engine.case(self.case, person), self.engine.chart.history(person)[-1].person_id
        hidden = {one.text: one for one in stand.planter.planted if not may_read(own, person, one)}
        asked = re.compile("|".join(map(re.escape, hidden)) or "$^")
        if everywhere:
            shown = list(looks(self.browser, self.engine, self.case, person, number))
        else:
            self.browser.be(number)
            paths = (f"/cases/{self.case}", f"/api/v1/cases/{self.case}/history")
            shown = [(path, self.browser.get(path)) for path in paths]
        return [
            f"{own.case.state}: {person}: {where}: {hidden[text]}"
            for where, told in shown for text in set(asked.findall(told))
        ]  # fmt: skip


@pytest.mark.heavy
def test_along_the_year_nobody_finds_a_word_they_may_not_read(tmp_path: Path) -> None:
    """The employee and a colleague, when one way through all of it comes to a state for the first time."""
    steps = line(tmp_path)
    stand = next(steps)
    eyes, found, seen = Eyes(stand), [], set()
    for one in chain([stand], steps):
        state = eyes.engine.case(eyes.case, None).case.state
        if state not in seen:
            seen.add(state)
            subject, _, colleague = eyes.people()
            found += [leak for who in (subject, colleague) for leak in eyes.leaks(one, who, everywhere=False)]
    eyes.engine.database.close()
    assert [] == found
    assert 8 < len(seen), sorted(seen)
    assert 8 < len(stand.planter.planted)


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stand]:
    """A case in each state, made once; whoever looks takes a copy."""
    return stands(tmp_path_factory.mktemp("shipped"))


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_in_every_state_nobody_finds_a_word_they_may_not_read(
    reached: dict[str, Stand], tmp_path: Path
) -> None:
    """All who have to do with the case and a colleague, wherever they look."""
    found = []
    for name, one in reached.items():
        stand = one.copied(tmp_path / f"{name}.db")
        eyes = Eyes(stand)
        _, near, colleague = eyes.people()
        with eyes.browser:
            found += [
                leak for who in sorted({*near, colleague}) for leak in eyes.leaks(stand, who, everywhere=True)
            ]
        eyes.engine.database.close()
    assert [] == found
    assert 20 < len(reached), sorted(reached)
