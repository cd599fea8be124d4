"""Eyes beside those of a case: who acts for somebody, was somebody, audits, protects data; and what is handed out."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.core.identity.account import NewAccount, SystemRole
from engine.runtime.delegating import Wish
from tests.canaries.looking import Browser
from tests.canaries.oracle import may_read
from tests.canaries.story import Story, told
from tests.clients import Client
from tests.runtime.conftest import import_people
from tests.sighted import DESK, PEERS, RATER, REVIEWER, STRANGER, SUBJECT
from tests.signing_in.conftest import opened
from tests.worlds import ROOT

#: where the most is hidden, and where everything is over
STOPS = ("rated", "rated anew", "closed")


def stopped(story: Story, *stops: str) -> Iterator[str]:
    """The stations among these."""
    for station in story.lived():
        if station in stops:
            yield station
        if station == stops[-1]:
            return


@pytest.mark.heavy
def test_whoever_acts_for_the_rater_reads_no_more_than_the_rater(tmp_path: Path) -> None:
    """A stranger to whom the rater lends everything, from the first day."""
    story = told(tmp_path / "siklus.db")
    engine, giver = story.case.engine, story.case.key(RATER)
    wish = Wish(
        giver=giver,
        taker=story.case.key(STRANGER),
        first=date(2026, 3, 2),
        last=date(2026, 12, 31),
        waiting=True,
    )
    engine.delegating.give(wish, actor=Actor(person=giver), reason="Cuti")
    found, lent = [], 0
    with Browser(story.app) as browser:
        for _ in stopped(story, "peers are asked", "rated anew"):
            found += story.leaks(browser, STRANGER)
            lent += len(story.case.seen_by(STRANGER).readable)
    engine.database.close()
    assert [] == found
    assert lent


@pytest.mark.heavy
def test_whoever_was_the_rater_reads_what_was_theirs_and_nothing_new(tmp_path: Path) -> None:
    """The chart turns after the disclosure: another superior rules on; the one before looks again."""
    story = told(tmp_path / "siklus.db")
    with Browser(story.app) as browser:
        assert ["disclosed"] == list(stopped(story, "disclosed"))
        rows = list(
            csv.DictReader(io.StringIO((ROOT / "workflows/examples/people-demo.csv").read_text("utf-8")))
        )
        other = story.number(REVIEWER)
        for row in (one for one in rows if one["nip"] == story.number(SUBJECT)):
            row["atasan"] = other
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        import_people(story.case.engine, text.getvalue().encode())
        assert "rater" not in story.case.seen_by(RATER).roles
        story.do("reopen", DESK, reason=True)
        task = story.view.case.task
        assert task is not None
        assert task.holder != story.case.key(RATER)
        story.points = "57.87"
        story.do("rate", story.case.engine.chart.person(task.holder).name, "rating")
        found = [leak for name in (RATER, SUBJECT) for leak in story.leaks(browser, name)]
    story.case.engine.database.close()
    assert [] == found


@pytest.mark.heavy
def test_an_export_hands_out_nothing_that_was_not_disclosed(tmp_path: Path) -> None:
    """To the person themselves, and to the desk that asks for them: pages, values, tables; no picture has a word."""
    story = told(tmp_path / "siklus.db")
    found: list[str] = []
    with Browser(story.app) as browser:
        for _ in stopped(story, "rated anew"):
            for name, about in ((SUBJECT, SUBJECT), (RATER, RATER), (PEERS[0], PEERS[0]), (DESK, SUBJECT)):
                found += story.exported(browser, name, about)
            picture = browser.get(f"/definitions/{story.view.definition.digest}/picture.svg")
            assert "<svg" in picture
            found += [one.text for one in story.planter.planted if one.text in picture]
    story.case.engine.database.close()
    assert [] == found


def office_of(story: Story, place: Path) -> tuple[Client, Client, Story]:
    """The same case in a real agency, in which an auditor and a data protection officer have signed in."""
    with (
        closing(sqlite3.connect(story.case.engine.database.name)) as before,
        closing(sqlite3.connect(place)) as after,
    ):
        before.backup(after)
        after.execute("UPDATE meta SET value = 'real' WHERE key = 'kind'")
        after.commit()
    engine = opened(place, story.case.clock, story.case.clock)
    app = create_app(engine, demo=None, settings=Settings(), system=story.case.clock)

    def client(login: str, role: SystemRole) -> Client:
        account = engine.accounts.create(
            NewAccount(login=login, name=login.capitalize(), roles=(role,)), by="operator"
        )
        session = engine.sessions.begin(account.id, how="password+totp", address="")
        headers = {"Cookie": f"siklus={session.token}; language=en", "Sec-Fetch-Site": "same-origin"}
        return Client(app, base_url="http://127.0.0.1:8000", headers=headers, follow_redirects=False)

    made = Story(case=type(story.case)(engine=engine, clock=story.case.clock), app=app, planter=story.planter)
    return client("periksa", "auditor"), client("pelindung", "privacy"), made


@pytest.mark.heavy
def test_neither_who_audits_nor_who_protects_data_reads_a_word_of_a_case(tmp_path: Path) -> None:
    """No rule of this definition opens anything to them: they see that there is a case, and a history without words."""
    assert [] == seen_in_office(tmp_path, "rated anew")


@pytest.mark.long
@pytest.mark.timeout(600)
def test_nor_at_any_stop(tmp_path: Path) -> None:
    """Where the most is hidden, and where everything is over."""
    assert [] == seen_in_office(tmp_path, *STOPS)


def seen_in_office(place: Path, *stops: str) -> list[str]:
    """Every word that an auditor or a data protection officer finds at these stops."""
    story = told(place / "siklus.db")
    found: list[str] = []
    for number, _ in enumerate(stopped(story, *stops)):
        auditor, officer, there = office_of(story, place / f"real-{number}.db")
        case = story.case.case_id
        view = there.case.engine.case(case, "", auditor=True)
        hidden = [one.text for one in story.planter.planted if not may_read(view, "", one)]
        assert hidden == [one.text for one in story.planter.planted]
        asked = re.compile("|".join(map(re.escape, hidden)))
        api = f"/api/v1/cases/{case}"
        addresses = (
            f"/cases/{case}", "/cases", "/privacy", "/denials", "/account", api, f"{api}/history", f"{api}/acts",
            f"{api}/if-nobody-acts", f"{api}/journals", "/api/v1/cases", "/api/v1/denials",
            f"/api/v1/privacy/looks?case={case}", "/api/v1/privacy/erasures", "/api/v1/privacy/holds",
            "/api/v1/promises", *(f"/cases/{case}/journals/{name}" for name in view.definition.journals),
        )  # fmt: skip
        came = {}
        for who, client in (("auditor", auditor), ("officer", officer)):
            for address in addresses:
                answer = client.get(address)
                came[who, address] = answer.status_code
                found += [f"{who}: {address}: {text}" for text in set(asked.findall(answer.text))]
        assert (200, 200) == (came["auditor", f"{api}/history"], came["auditor", api])
        assert came["officer", api] in {403, 404}
        there.case.engine.database.close()
    story.case.engine.database.close()
    return found
