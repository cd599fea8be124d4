"""Who may do what at every address: the rules against a table that was written by hand, without them.

The table says for each route and each seat whether somebody sitting there is let in. Turned away is 401 or 403;
whatever else comes of it (a form that is not whole, a thing that is not there) came of being let in. A route without
a row fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from api.demo_acts import Act, Subject, act_in
from api.demo_behaviours import PUNCTUAL
from engine.core.command import Actor
from engine.core.identity.account import SystemRole
from engine.runtime.delegating import Wish
from tests.clients import Client
from tests.signing_in.conftest import House, copied, founded, house
from tests.worlds import ZONE, calendar

__all__ = ["copied", "founded", "house"]

#: what the holders of the cycle's tasks do
ACTS = {
    "employee_drafts": act_in(
        "asn-tahunan", "employee_drafts", Subject(row=9, position="Analis", behaviour=PUNCTUAL)
    ),
    "manager_checks": Act(trigger="pass"),
    "rater_agrees": Act(trigger="agree"),
    "employee_signs": Act(trigger="sign"),
    "rater_signs": Act(trigger="set_plan"),
    "employee_reports": Act(
        trigger="send", forms={"report": {"achieved": "Semua tercapai.", "evidence": []}}
    ),
    "rater_rates": Act(
        trigger="rate",
        forms={"rating": {"results": "below", "behaviour": "as", "reasons": "Sesuai laporan."}},
    ),
    "reviewer_looks": Act(trigger="seen"),
}
SUBJECT, RATER, REVIEWER = "Ratna Dewi Lamusu", "Nur Aida Pakaya", "Wirda Lasena"
STRANGER, DESK, EXTERNAL = "Burhanuddin Laiya", "Zulkifli Ibura", "Rusman Daeng Talaga"
SEATS: Mapping[str, tuple[str, tuple[SystemRole, ...]]] = {
    "stranger": (STRANGER, ()),
    "subject": (SUBJECT, ()),
    "rater": (RATER, ()),
    "reviewer": (REVIEWER, ()),
    "desk": (DESK, ()),
    "external": (EXTERNAL, ()),
    "auditor": ("", ("auditor",)),
    "administrator": ("", ("administrator",)),
    "privacy": ("", ("privacy",)),
}
NAMES = ("nobody", *SEATS, "token")
TURNED_AWAY = {401, 403}
TABLES = Path(__file__).parent

WHY = {"reason": "karena perlu"}
#: enough for every page's form to ask for something
FIELDS = {**WHY, "verb": "remind", "note": "mohon ditindaklanjuti", "trigger": "agree", "name": "x"}
ASKED = {"/api/v1/delegations/candidates": {"first": "2026-01-05", "last": "2026-01-09"}}
BODIES: Mapping[str, Any] = {
    "POST /api/v1/cases/{case_id}/acts/{trigger}": {},
    "POST /api/v1/cases/{case_id}/acts/{trigger}/preview": {},
    "POST /api/v1/cases/{case_id}/journals/{journal}": {"values": {}},
    "POST /api/v1/cases/{case_id}/journals/{journal}/checks": {"numbers": [1]},
    "POST /api/v1/cases/{case_id}/journals/{journal}/releases": {"numbers": [1]},
    "POST /api/v1/cases/{case_id}/steering/extend": {"amount": 1, **WHY},
    "POST /api/v1/cases/{case_id}/steering/pause": {"kind": "dispute", **WHY},
    "POST /api/v1/cases/{case_id}/steering/resume": WHY,
    "POST /api/v1/cases/{case_id}/steering/reassign": {"to": "{stranger}", **WHY},
    "POST /api/v1/cases/{case_id}/steering/remind": {"note": "mohon ditindaklanjuti"},
    "POST /api/v1/cases/{case_id}/promises/{number}/acknowledge": WHY,
    "POST /api/v1/cases/{case_id}/superior": WHY,
    "POST /api/v1/cases/{case_id}/superior/answer": {"outcome": "right", **WHY},
    "POST /api/v1/bulk": {"cases": [{"id": "c-0"}], "trigger": "agree", "dry_run": True},
    "POST /api/v1/people/preview": {"file": "nip\n"},
    "POST /api/v1/people/import": {"file": "nip\n"},
    "POST /api/v1/people/undo": WHY,
    "POST /api/v1/delegations": {"taker": "{stranger}", "first": "2026-01-05", "last": "2026-01-09", **WHY},
    "POST /api/v1/delegations/{name}/end": WHY,
    "POST /api/v1/cycles": {"workflow": "tidak-ada", "opens": "2026-02-02"},
    "POST /api/v1/cycles/{cycle}/cancelling": WHY,
    "POST /api/v1/cancellings/{name}/{decision}": WHY,
    "POST /api/v1/definitions": {"rules": "x", "texts": "x", **WHY},
    "POST /api/v1/definitions/{digest}/approve": {"effective": "2026-02-02", **WHY},
    "POST /api/v1/definitions/{digest}/withdraw": WHY,
    "POST /api/v1/calendars/preview": {"name": "tidak-ada"},
    "POST /api/v1/calendars/apply": {"name": "tidak-ada", **WHY},
    "POST /api/v1/outages": {"unit": "tidak ada", "first": "2026-01-05", **WHY},
    "POST /api/v1/outages/{name}/end": WHY,
    "POST /api/v1/privacy/erasures": {"ground": "request", **WHY},
    "POST /api/v1/privacy/erasures/{name}/{decision}": WHY,
    "POST /api/v1/privacy/holds": {"of": "c-0", **WHY},
    "POST /api/v1/privacy/holds/{name}/lift": WHY,
    "POST /api/v1/privacy/over/propose": WHY,
    "POST /api/v1/clock/accept": WHY,
    "POST /api/v1/break-glass": {"to": "{stranger}", "cases": ["c-0"], "rights": ["read"], "hours": 2, **WHY},
    "POST /api/v1/break-glass/{name}/{decision}": WHY,
}


def table(name: str) -> dict[str, dict[str, str]]:
    """A table of the folder: a row for each line, a word for each seat."""
    rows: dict[str, dict[str, str]] = {}
    head: list[str] = []
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        said, _, words = line.partition("|")
        if not head:
            head = words.split()
            continue
        rows[said.strip()] = dict(zip(head, words.split(), strict=True))
    return rows


class Town:
    """The seats of a house, with somebody on each, and one case that they stand to in their ways."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.accounts = {
            seat: house.account(f"{seat}-1", *roles, person=person) for seat, (person, roles) in SEATS.items()
        }
        self.clients: dict[str, Client] = {"nobody": house.browser()}
        self.sit_down()
        of = self.accounts["rater"].id
        until = house.clock.instant + 300 * 86_400_000_000
        token, _ = house.engine.tokens.make(of, "laporan", frozenset({"read"}), expires_at=until, by=of)
        self.clients["token"] = house.program(token)
        engine = house.engine
        self.case = engine.cases(subject=house.key_of(SUBJECT))[0].id
        rater, desk = Actor(person=house.key_of(RATER)), Actor(person=house.key_of(DESK))
        first = calendar().date_of(house.clock.instant, ZONE)
        wish = Wish(giver=house.key_of(RATER), taker=house.key_of(REVIEWER), first=first, last=first)
        self.delegation = engine.delegating.give(wish, actor=rater, reason=WHY["reason"]).id
        elsewhere = engine.chart.person(house.key_of(STRANGER)).unit
        self.outage = engine.outages.begin(
            elsewhere, first, last=None, actor=desk, reason=WHY["reason"]
        ).outage.id

    def sit_down(self) -> None:
        """Let everybody sign in: what was signed in before is over when the days have gone by."""
        for seat, account in self.accounts.items():
            begun = self.house.engine.sessions.begin(account.id, how="password+totp", address="127.0.0.1")
            self.clients[seat] = self.house.browser()
            self.clients[seat].cookies.set("siklus", begun.token)

    def number(self, name: str) -> str:
        """The person_id of somebody."""
        return self.house.engine.chart.person(self.house.key_of(name)).person_id

    def bring(self, state: str) -> None:
        """Let the people of the case act until it rests in this state; time passes where nobody has anything to do."""
        engine, clock = self.house.engine, self.house.clock
        for _ in range(60):
            case = engine.case(self.case, None).case
            if case.state == state:
                self.sit_down()
                return
            act = ACTS.get(case.state) if case.task else None
            if act is not None and case.task is not None:
                who = Actor(person=case.task.holder)
                engine.fire(case.id, act.trigger, actor=who, forms=act.forms, reason=act.reason)
                continue
            at = engine.next_at()
            assert at is not None
            clock.instant = max(at, clock.instant)
            engine.fire_due()
        raise AssertionError(f"never came to {state}")

    def filled(self, path: str) -> str:
        """An address with everything named that exists."""
        engine = self.house.engine
        names = {
            "case_id": self.case, "trigger": "agree", "journal": "diary", "name": "id-asn", "number": "1",
            "person_id": self.number(SUBJECT), "digest": engine.definitions()[0].digest, "verb": "withdraw",
            "token": "x" * 43, "code": "not_yours", "sha256": "0" * 64, "account_id": "a-1", "act": "disable",
            "decision": "refuse", "request_id": "r-1", "cycle": "tidak-ada",
        }  # fmt: skip
        if "/delegations/" in path:
            names["name"] = self.delegation
        if "/outages/" in path:
            names["name"] = self.outage
        for name, value in names.items():
            path = path.replace("{" + name + "}", value)
        return path.partition("{")[0]

    def ask(self, seat: str, method: str, path: str) -> int:
        """What somebody on that seat is answered."""
        client, address = self.clients[seat], self.filled(path)
        if method == "GET":
            return client.get(address, params=ASKED.get(path)).status_code
        if path.startswith("/api/"):
            body = BODIES.get(f"{method} {path}", {})
            sent = {
                name: self.number(STRANGER) if value == "{stranger}" else value
                for name, value in body.items()
            }
            return client.post(address, json=sent).status_code
        return client.post(address, data=FIELDS).status_code


@pytest.fixture
def town(house: House) -> Town:
    """The seats, with the case where its rater is to agree."""
    made = Town(house)
    made.bring("rater_agrees")
    # Limits of how often are tried elsewhere; here every seat asks for everything.
    house.engine.rates.take = lambda *_, **__: 0  # type: ignore[method-assign]
    return made


def served(house: House) -> set[str]:
    """Method and pattern of everything that is served."""
    return {
        f"{method} {context.path}"
        for context in iter_route_contexts(house.app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in (context.methods or ())
        if method != "HEAD"
    }


@pytest.mark.timeout(300)
def test_every_seat_is_let_in_where_the_table_says_and_nowhere_else(town: Town) -> None:
    """Each route that is served, from each seat."""
    expected = table("addresses.txt")
    assert set() == served(town.house) ^ expected.keys()
    wrong = []
    for address, row in expected.items():
        method, _, path = address.partition(" ")
        for seat in sorted(NAMES, key=lambda one: row[one] == "y"):  # whoever may act does so last
            if row[seat] == "-":
                continue
            status = town.ask(seat, method, path)
            let_in = status not in TURNED_AWAY and not _sent_to_sign_in(seat, status)
            if let_in != (row[seat] == "y") or status >= 500:
                wrong.append(f"{address} as {seat}: {status}")

    assert "" == "\n".join(wrong)


def _sent_to_sign_in(seat: str, status: int) -> bool:
    """Whether a page sent somebody who is not signed in there, as a program never is, to where one signs in."""
    return seat in {"nobody", "token"} and status == 303


@pytest.mark.timeout(300)
def test_in_each_state_each_seat_is_offered_the_acts_of_the_table(town: Town) -> None:
    """What may be done now, by whom; what is offered to nobody in the table is offered to nobody."""
    expected = table("acts.txt")
    found: dict[str, dict[str, str]] = {}
    for state in dict.fromkeys(row.partition(" ")[0] for row in expected):
        if state == "left":
            hr = Actor(person=town.house.key_of(DESK))
            town.house.engine.fire(town.case, "exempt", actor=hr, reason="cuti di luar tanggungan negara")
        else:
            town.bring(state)
        for seat in SEATS:
            answer = town.clients[seat].get(f"/api/v1/cases/{town.case}/acts")
            acts = answer.json() if answer.status_code == 200 else []
            for act in acts:
                row = found.setdefault(f"{state} {act['trigger']}", dict.fromkeys(SEATS, "n"))
                row[seat] = "y" if act["allowed"] else "n"

    offered = {name: row for name, row in found.items() if "y" in row.values()}
    assert expected == offered


@pytest.mark.timeout(300)
def test_in_each_state_each_seat_reads_the_forms_of_the_table(town: Town) -> None:
    """What is written is open to those whom the table names, since when it says, and to nobody before."""
    expected = table("forms.txt")
    found: dict[str, dict[str, str]] = {name: dict.fromkeys(SEATS, "n") for name in expected}
    for state in dict.fromkeys(row.partition(" ")[0] for row in expected):
        town.bring(state)
        for seat in SEATS:
            answer = town.clients[seat].get(f"/api/v1/cases/{town.case}")
            forms = answer.json()["contents"] if answer.status_code == 200 else {}
            for name in forms:
                found.setdefault(f"{state} {name}", dict.fromkeys(SEATS, "n"))[seat] = "y"

    assert expected == found


def test_the_days_of_the_case_are_those_of_its_agency(town: Town) -> None:
    """The tables speak of a year that has begun."""
    today = calendar().date_of(town.house.clock.instant, ZONE)

    assert date(2025, 12, 1) <= today
