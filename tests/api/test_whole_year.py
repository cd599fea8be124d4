"""The main job through the API: sixty people's year, every act a request of the person whose turn it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from api.app import create_app
from api.demo_agency import settle_agency
from api.demo_report import drive_to_end
from api.settings import Settings
from api.wiring import assemble
from engine.core.chart import Chart
from engine.core.command import Actor, Command, Remind
from engine.runtime import Engine, Fired
from engine.store import Database
from tests.clients import Client


class OverHttp:
    """The engine as the demo's year asks it, except that whatever changes a case is sent as a request."""

    def __init__(self, engine: Engine, client: Client) -> None:
        self._engine, self._client = engine, client
        self._keys = (f"year-{number}" for number in count(1))
        self.requests = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    @property
    def chart(self) -> Chart:
        return self._engine.chart

    def fire(self, case_id: str, trigger: str, *, actor: Actor, forms: Any, reason: str, visit: int) -> Fired:
        return self._post(
            f"/api/v1/cases/{case_id}/acts/{trigger}", case_id, actor,
            {"forms": forms, "reason": reason}, {"If-Match": f'"{visit}"'},
        )  # fmt: skip

    def obey(self, case_id: str, command: Command) -> Fired:
        assert isinstance(command, Remind)
        return self._post(
            f"/api/v1/cases/{case_id}/steering/remind", case_id, command.actor, {"note": command.note}, {}
        )

    def _post(self, path: str, case_id: str, actor: Actor, body: Any, headers: dict[str, str]) -> Fired:
        person = self._engine.chart.person(actor.person or "").person_id
        said = {"X-Siklus-Persona": person, "Idempotency-Key": next(self._keys), **headers}
        answer = self._client.post(path, json=body, headers=said)
        assert 200 == answer.status_code, answer.text
        self.requests += 1
        return Fired(case=self._engine.case(case_id, None).case, entries=())


def test_sixty_people_go_through_their_year_over_http(tmp_path: Path) -> None:
    """At least 55 closed, 5 escalated, an objection decided, an improvement finished, somebody recognised."""
    house = assemble(Database.create(str(tmp_path / "demo.db"), "demo"), Settings(), worker="test")
    settle_agency(house.engine, told=lambda _: None)
    app = create_app(house.engine, demo=house.travel, settings=house.settings)
    with Client(app, base_url="http://127.0.0.1:8000") as client:
        remote = OverHttp(house.engine, client)
        report = drive_to_end(replace(house, engine=remote), lambda *_: None)
    house.close()

    assert [] == report.missed()
    assert remote.requests == report.acts + report.reminders
    assert report.closed >= 55
