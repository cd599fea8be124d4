"""The application as a whole: what it refuses to serve, where it serves what, and that it asks nobody else."""

from __future__ import annotations

import re

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from engine.store import Database
from tests.clients import Client
from tests.runtime.conftest import HandClock


def test_a_real_database_has_no_clock_to_move_and_nobody_to_be(office, tmp_path) -> None:
    """Handing over a travelling clock does not make it a demo."""
    with Database.create(str(tmp_path / "real.db"), "real") as database:
        app = create_app(Engine(database, HandClock()), demo=office.travel, settings=Settings())
        paths = {getattr(one, "path", "") for one in app.routes}
        client = Client(app, base_url="http://127.0.0.1:8000", follow_redirects=False)
        page = client.get("/")

    assert not {path for path in paths if path.startswith("/demo")}
    assert "/sign-in?next=%2F" == page.headers["location"]


def test_without_a_clock_nothing_can_move_it(office) -> None:
    """The address is not there at all."""
    app = create_app(office.engine, demo=None, settings=Settings())
    office.app = app
    client = office.browser("Fadli Hunowu")

    assert 404 == client.post("/demo/clock", data={"kind": "day"}).status_code
    assert "/demo/clock" not in client.get("/").text


def test_the_documentation_names_no_outside_host(office) -> None:
    """It opens on a machine without the internet."""
    client = office.stranger()
    page = client.get("/docs").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)

    assert [] == [address for address in loaded if not address.startswith(("/", "#"))]
    for address in loaded:
        assert 200 == client.get(address, follow_redirects=True).status_code, address
    assert "<script>" not in page


def test_no_page_loads_anything_from_elsewhere(office) -> None:
    """Style, icon and nothing else, all from here."""
    page = office.browser("Fadli Hunowu").get("/").text

    assert [] == re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
    assert [] == re.findall(r"<style|<script|\sstyle=|\son[a-z]+=", page)


def test_the_description_of_the_api_covers_every_route(office) -> None:
    """What a program can do, a program can read about."""
    told = office.stranger().get("/api/v1/openapi.json").json()["paths"]

    assert {
        "/api/v1/break-glass", "/api/v1/break-glass/{name}/{decision}", "/api/v1/privacy/classes",
        "/api/v1/privacy/erasures", "/api/v1/privacy/erasures/{name}/{decision}", "/api/v1/privacy/export",
        "/api/v1/privacy/holds", "/api/v1/privacy/holds/{name}/lift", "/api/v1/privacy/looks",
        "/api/v1/privacy/over", "/api/v1/privacy/over/propose",
        "/api/v1/audit/entries", "/api/v1/denials", "/api/v1/outages", "/api/v1/outages/{name}/end",
        "/api/v1/calendars", "/api/v1/calendars/apply", "/api/v1/calendars/preview", "/api/v1/calendars/{name}",
        "/api/v1/cases", "/api/v1/cases/{case_id}", "/api/v1/cases/{case_id}/acts",
        "/api/v1/cases/{case_id}/acts/{trigger}", "/api/v1/cases/{case_id}/acts/{trigger}/preview",
        "/api/v1/cases/{case_id}/journals", "/api/v1/cases/{case_id}/journals/{journal}",
        "/api/v1/cases/{case_id}/journals/{journal}/checks", "/api/v1/cases/{case_id}/journals/{journal}/link",
        "/api/v1/cases/{case_id}/journals/{journal}/releases",
        "/api/v1/cases/{case_id}/files/{sha256}", "/api/v1/cases/{case_id}/undo",
        "/api/v1/cases/{case_id}/history", "/api/v1/cases/{case_id}/if-nobody-acts",
        "/api/v1/cases/{case_id}/steering/extend", "/api/v1/cases/{case_id}/steering/pause",
        "/api/v1/cases/{case_id}/steering/reassign", "/api/v1/cases/{case_id}/steering/remind",
        "/api/v1/cases/{case_id}/steering/resume", "/api/v1/cycles", "/api/v1/definitions",
        "/api/v1/definitions/{digest}", "/api/v1/definitions/{digest}/approve",
        "/api/v1/definitions/{digest}/withdraw", "/api/v1/definitions/{digest}/texts", "/api/v1/health",
        "/api/v1/clock", "/api/v1/clock/accept", "/api/v1/bulk",
        "/api/v1/cancellings", "/api/v1/cancellings/{name}/{decision}", "/api/v1/cycles/{cycle}/cancelling",
        "/api/v1/delegations", "/api/v1/delegations/candidates", "/api/v1/delegations/{name}/end",
        "/api/v1/people", "/api/v1/people/import", "/api/v1/people/preview", "/api/v1/people/undo",
        "/api/v1/people/{person_id}/messages", "/api/v1/people/{person_id}/messages/read",
        "/api/v1/people/{person_id}/tasks", "/api/v1/promises", "/api/v1/promises/counts",
        "/api/v1/cases/{case_id}/promises/{number}/acknowledge",
        "/api/v1/cases/{case_id}/superior",
        "/api/v1/cases/{case_id}/superior/answer",
        "/api/v1/people/{person_id}/handover",
        "/api/v1/trainings",
    } == set(told)  # fmt: skip
    assert "application/problem+json" in str(told["/api/v1/cases"]["get"]["responses"]["403"])
