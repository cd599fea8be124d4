"""Scripts: whatever is typed into any field, no page runs it, in a real browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.pages import rendering
from tests.api.conftest import MANAGER, RATER, STAFF, Office
from tests.attacks.attackers import routes_of
from tests.browser.conftest import served
from tests.worlds import ROOT, on_desk, plan

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: one text that is markup in a text, in an attribute of either quotes, in a script, in a style and in an address
EVIL = (
    "</textarea></title></style></script>'\"><img data-owned src=/none onerror=window.owned=1>"
    "<script data-owned>window.owned=1</script><svg data-owned onload=window.owned=1>"
    "<a data-owned href=javascript:window.owned=1>x</a>{{7*7}}{%if 1%}"
)
SHORT = "<img data-owned src=/none onerror=window.owned=1>"
#: the same beside a name, as a people file takes it
NAMED = "<svg/data-owned/onload=window.owned=1>"


@dataclass(frozen=True)
class Seen:
    """What a browser found on the pages it opened."""

    pages: int
    ran: list[str]
    marked: list[str]
    refused: list[str]


def sown(office: Office) -> str:
    """An office in which everybody writes something hostile wherever they may; the case it is about."""
    _people(office)
    case, client = office.case_of(), office.program(desk_of(office))
    given = plan(60, 40)
    for name in ("behaviour", "resources", "consequences"):
        given[name] = EVIL
    for row in given["results"]:
        row["title"] = SHORT
        for one in row["indicators"]:
            one["target"] = SHORT
    sent = [
        client.post("/api/v1/outages", json={"unit": "", "first": "2025-12-01", "reason": EVIL}),
        client.post(
            "/api/v1/definitions",
            json={
                "rules": Path(ROOT, "tests/definitions/small.yaml").read_text(encoding="utf-8"),
                "texts": _hostile_texts(),
                "reason": EVIL,
            },
        ),
        office.program(STAFF).post(f"/api/v1/cases/{case}/acts/submit", json={"forms": {"plan": given}}),
        client.post(f"/api/v1/cases/{case}/steering/remind", json={"note": EVIL}),
        client.post(f"/api/v1/cases/{case}/steering/extend", json={"amount": 2, "reason": EVIL}),
        office.program(RATER).post("/api/v1/delegations", json={
            "taker": office.id_of(MANAGER), "first": "2026-01-05", "last": "2026-12-31", "reason": EVIL}),
        office.program(MANAGER).post(f"/api/v1/cases/{case}/acts/send_back", json={"reason": EVIL}),
    ]  # fmt: skip
    assert [True] * 5 == [one.status_code < 300 for one in sent[:5]], [
        one.json() for one in sent if one.status_code >= 300
    ]
    return case


def _people(office: Office) -> None:
    """Everybody's name, post and unit is markup as well."""
    text = Path(ROOT, "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    own = office.id_of(desk_of(office))  # nobody administers their own record
    for row in (one for one in rows if one["nip"] != own):
        row["nama"] = f"{row['nama']} {NAMED}"
        row["jabatan"] = f"{row['jabatan']} {NAMED}"
    told = io.StringIO()
    writer = csv.DictWriter(told, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    done = office.program(desk_of(office)).post("/api/v1/people/import", json={"file": told.getvalue()})
    assert 201 == done.status_code, done.text[:500]


def _hostile_texts() -> str:
    lines = Path(ROOT, "tests/definitions/small.texts.yaml").read_text(encoding="utf-8").splitlines()
    return "\n".join(
        one if "'" in one or '"' in one else one.replace("en: ", f"en: {NAMED} ", 1) for one in lines
    )


def looked_at(chromium: Any, office: Office, tour: Sequence[tuple[str, str]], *, bare: bool = False) -> Seen:
    """These pages as these people, with a browser that would run what it is given; `bare`: without our policy."""
    seen = Seen(len(tour), [], [], [])

    def noted(said: Any) -> None:
        if "Content Security Policy" in said.text:
            seen.refused.append(said.text)

    with served(office.app) as address:
        context = chromium.new_context(bypass_csp=bare, base_url=address)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", noted)
        page.on("dialog", lambda dialog: dialog.dismiss())
        for name, path in tour:
            cookies = {"persona": office.id_of(name), "language": "en"}
            context.add_cookies(
                [{"name": key, "value": value, "url": address} for key, value in cookies.items()]
            )
            page.goto(path)
            if page.evaluate("window.owned === 1"):
                seen.ran.append(path)
            if page.locator("[data-owned]").count():
                seen.marked.append(path)
        context.close()
    return seen


def desk_of(office: Office) -> str:
    return office.engine.chart.person(on_desk("personnel")).name


def paths(office: Office, case: str) -> list[str]:
    """Every page there is, of the things that are there."""
    digests = [one.digest for one in office.engine.publications()]
    known = {"case_id": case, "digest": digests[-1], "code": "not_yours", "token": "x", "name": "id-asn"}
    found = [
        "/".join(known.get(part[1:-1], part) if part.startswith("{") else part for part in pattern.split("/"))
        for method, pattern in routes_of(office)
        if method == "GET" and not pattern.startswith("/api/")
    ]
    assert len(found) > 15
    return [
        *found,
        f"/handover?person={office.id_of(RATER)}",
        "/cases?cycle=%3Cimg+data-owned%3E&state=%27%3E%3Cimg+data-owned+x=%22",
    ]


def test_nothing_typed_runs_on_any_page(chromium: Any, office: Office) -> None:
    """In texts, reasons, names, posts, rules; and not even our policy has anything to refuse."""
    case = sown(office)
    tour = [(desk_of(office), path) for path in paths(office, case)]
    tour += [
        (name, path) for name in (STAFF, RATER, MANAGER) for path in ("/", "/messages", f"/cases/{case}")
    ]
    seen = looked_at(chromium, office, tour)

    assert 25 < seen.pages
    assert ([], [], []) == (seen.ran, seen.marked, seen.refused)


def test_unescaped_it_would_be_there_and_the_policy_would_stop_it(
    chromium: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The texts are well made: with escaping taken out they are markup, and only the policy stands between."""
    tour = [(STAFF, f"/cases/{sown(office)}")]
    loose = rendering._environment().overlay(autoescape=False, cache_size=100)
    monkeypatch.setattr(rendering, "_environment", lambda: loose)
    guarded = looked_at(chromium, office, tour)
    bare = looked_at(chromium, office, tour, bare=True)

    assert guarded.marked
    assert guarded.refused
    assert [] == guarded.ran
    assert bare.ran
