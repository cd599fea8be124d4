"""The practices are lived with a canary in every text, and whoever looks at a case finds none they may not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.codec import decode
from engine.core.definition import Definition
from engine.core.gather_acts import ANSWER
from engine.core.permitting import Option
from engine.runtime import CaseView, Fired
from tests.api.conftest import Travel
from tests.canaries.looking import Browser, looks
from tests.canaries.oracle import may_read
from tests.canaries.planting import Planter
from tests.practices.living import FEW, Life
from tests.practices.test_lives import FAMILIES, launched

#: of a hundred days, those on which somebody looks at a case
_OFTEN = 12


@dataclass
class Lookers:
    """A life in which every text is a canary, and some of its people look at cases as the days go by."""

    life: Life
    browser: Browser
    planter: Planter = field(default_factory=Planter)
    found: list[str] = field(default_factory=list)
    looked: int = 0
    hidden: int = 0

    def plant(self) -> None:
        """Let everything that is written from now on hold canaries."""
        life = self.life
        filled, tried, act = life.filled, life.tried, life.act
        doing: list[tuple[CaseView, str, str]] = []

        def with_canaries(view: CaseView, form: str) -> dict[str, Any]:
            made: dict[str, Any] = self._put(filled(view, form))
            return made

        def acting(view: CaseView, person: str, option: Option) -> None:
            doing.append((view, person, option.transition.name))
            act(view, person, option)
            doing.clear()

        def trying(what: str, does: Callable[[], Any]) -> bool:
            came: list[Any] = []
            done = tried(what, lambda: came.append(does()))
            if done and came and isinstance(came[0], Fired):
                self._keep(came[0], doing[-1] if doing else None)
            self.planter.fresh.clear()
            return done

        life.filled, life.tried, life.act = with_canaries, trying, acting  # type: ignore[method-assign]
        life.watch = self.look

    def _put(self, value: Any) -> Any:
        """The same values, with a word of its own for each text."""
        if isinstance(value, dict):
            return {name: self._put(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._put(inner) for inner in value]
        if isinstance(value, str) and value.startswith("words "):
            return self.planter.word()
        return f"https://{self.planter.word()}.example/" if str(value).startswith("https://") else value

    def _keep(self, done: Fired, doing: tuple[CaseView, str, str] | None) -> None:
        """Remember in which entry they were written, by whom, and as what."""
        entry = done.entries[0]
        facts = decode(entry.body)
        told = facts.get("entry", {})
        name = next((one for one in facts.get("content", {}) if one.isidentifier() and one != "reason"), "")
        visit, by = 0, facts.get("actor", {}).get("person") or ""
        if doing is not None:
            view, by, trigger = doing
            gather = view.definition.states[view.case.state].gather
            if trigger == ANSWER and gather is not None:
                name, visit = gather.name, view.case.visit
        self.planter.keep(
            name=told.get("journal") or name,
            case=done.case.id,
            seq=entry.seq,
            by=by,
            visit=visit,
            number=told.get("number", 0),
        )

    def look(self, life: Life) -> None:
        """Somebody looks at a case: the one it is about, whoever has work in it, their superior, anybody."""
        if life.dice.randrange(100) >= _OFTEN:
            return
        cases = [one for one in life.all_cases() if any(c.case == one.id for c in self.planter.planted)]
        if not cases:
            return
        case = life.dice.choice(cases)
        asked = {life.dice.choice(life.around(case)), *(task.holder for task in case.tasks[:1])}
        if not case.subject.startswith("unit:"):
            asked.add(case.subject)
        for person in sorted(asked):
            self._look(life, case.id, person)

    def _look(self, life: Life, case_id: str, person: str) -> None:
        view = life.engine.case(case_id, person)
        picked = _picked(view.definition)
        own = [one for one in self.planter.planted if one.case == case_id and one.name not in picked]
        hidden = {one.text: one for one in own if not may_read(view, person, one)}
        asked = re.compile("|".join(map(re.escape, hidden)) or "$^")
        number = life.engine.chart.history(person)[-1].person_id
        for where, told in looks(self.browser, life.engine, case_id, person, number):
            for text in set(asked.findall(told)):
                self.found.append(
                    f"{view.definition.workflow} {view.case.state}: {person}: {where}: {hidden[text]}"
                )
        self.looked += 1
        self.hidden += len(hidden)


def _picked(definition: Definition) -> set[str]:
    """The forms whose lists others pick from: what was picked is said again where it was picked."""
    fields = [field for form in definition.forms.values() for field in form.fields]
    inner = [one for field in fields for one in field.item]
    return {one.source.partition(".")[0] for one in (*fields, *inner) if one.kind == "pick"}


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("family", FAMILIES)
def test_nobody_is_shown_a_word_of_a_practice_they_may_not_read(tmp_path: Path, family: str) -> None:
    """Everybody of a small agency acts at random for as long as it lasts."""
    life = launched(tmp_path, family, people=FEW, seed=7)
    app = create_app(life.engine, demo=Travel(life.engine, life.clock), settings=Settings())
    with Browser(app) as browser:
        lookers = Lookers(life=life, browser=browser)
        lookers.plant()
        life.live(date(2030, 12, 31))
    life.engine.database.close()
    assert [] == lookers.found
    assert lookers.looked
    assert lookers.hidden
