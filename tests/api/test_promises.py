"""Promises on pages and in the API: one text everywhere, a list for the desk, and what was done about a breach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from notifications.composing import headline
from tests.api.conftest import STAFF, Office, Travel
from tests.api.test_pages import read
from tests.promised import promised_cycle
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.typed import typed


@pytest.fixture
def promised(tmp_path: Path) -> Iterator[Office]:
    """The application on an agency whose cycle makes promises; the staff member broke one."""
    clock = HandClock()
    engine: Engine = set_up(str(tmp_path / "siklus.db"), clock, definition=promised_cycle(tmp_path))
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    travel = Travel(engine, clock)
    office = Office(
        engine=engine,
        clock=clock,
        travel=travel,
        app=create_app(engine, demo=travel, settings=Settings()),
    )
    office.planned()
    yield office
    engine.database.close()


def desk(office: Office) -> str:
    """Who was asked to look at the breach."""
    (line,) = office.engine.promises.listed(standing="broken").lines
    assert line.watch.task is not None
    return office.engine.chart.person(line.watch.task.holder).name


def sentence(office: Office, language: str = "en") -> str:
    from engine.core.promise_words import say_promise  # noqa: PLC0415

    (line,) = office.engine.promises.listed(standing="broken").lines
    return say_promise(line.definition, line.promise)[language]


@pytest.mark.parametrize(("language", "word"), [("en", "broken"), ("id", "tidak ditepati")])
def test_a_case_says_how_each_promise_about_it_stands(promised: Office, language: str, word: str) -> None:
    page = promised.browser(STAFF, language=language).get(f"/cases/{promised.case_of()}")
    told = read(page.text)
    assert f"{sentence(promised, language)} ✕ {word}" in told
    assert 'href="#entry-2"' in page.text
    assert 'id="entry-2"' in page.text
    assert "/promises/0" not in page.text


def test_the_desk_counts_lists_and_settles_a_breach_on_pages(promised: Office) -> None:
    who = desk(promised)
    browser, case = promised.browser(who), promised.case_of()
    told = read(browser.get("/promises").text)
    assert sentence(promised) in told
    assert STAFF in told
    assert "Promise not kept" in read(browser.get("/").text)
    assert promised.browser(STAFF).get("/promises").status_code == 403

    empty = browser.post(f"/cases/{case}/promises/0", data={"reason": " "})
    assert 400 <= empty.status_code < 500
    assert "reason" in read(empty.text)
    done = browser.post(f"/cases/{case}/promises/0", data={"reason": "sudah dijelaskan"})
    assert 303 == done.status_code
    after = read(browser.get(f"/cases/{case}?done=acknowledged").text)
    assert "Recorded: this promise was looked at." in after
    assert "looked at, entry number 3" in after
    assert "said what was done about the promise" in after
    assert "No case stands like that." not in read(browser.get("/promises").text)
    assert "No case stands like that." in read(browser.get("/promises?standing=lost").text)


def test_the_api_says_the_same_as_the_page_the_mail_and_the_command_line(
    promised: Office, tmp_path: Path
) -> None:
    who = desk(promised)
    program, case = promised.program(who), promised.case_of()
    (row,) = program.get("/api/v1/promises?standing=broken").json()["promises"]
    own = program.get(f"/api/v1/cases/{case}").json()["promises"]
    page = read(promised.browser(who).get(f"/cases/{case}").text)
    told = row["promise"]

    assert case == row["case"]["id"]
    assert told == own[0]
    assert ["broken", "kept", "open", "open"] == [one["standing"] for one in own]
    assert f"{told['sentence']['en']} ✕ {told['word']['en']} · {told['detail']['en']}" in page
    assert "breach" == told["task"]["kind"]
    counted = program.get("/api/v1/promises/counts").json()
    assert [(59, 1), (59, 0), (60, 0), (60, 0)] == [(one["open"], one["broken"]) for one in counted]
    assert 403 == promised.program(STAFF).get("/api/v1/promises").status_code

    promised.wait(1)  # what the plan's sender could take back is told since they no longer can
    letters = promised.engine.messages(promised.key_of(who))
    letter = next(one for one in letters if one.kind == "breach")
    view = promised.engine.case(case, None)
    line = headline(letter, view.definition, view.case, view.scene.calendar, view.scene.chart, "en")
    assert told["sentence"]["en"].removesuffix(".") in line

    to = ["--database", str(tmp_path / "siklus.db")]
    listed = typed(["promises", "--verdict", "broken", "--json", *to])
    assert told["sentence"]["en"] in listed.stdout, listed.stderr
    number = promised.id_of(who)
    done = typed(["case", "acknowledge", case, "0", "--as", number, "--reason", "sudah dijelaskan", *to])
    assert 0 == done.exit_code, done.stderr
    assert "said what was done about the promise" in done.stdout
    again = program.post(f"/api/v1/cases/{case}/promises/0/acknowledge", json={"reason": "lagi"})
    assert 409 == again.status_code


def test_the_national_cycle_promises_something_to_everybody(office: Office) -> None:
    """Each of its promises is counted over all cases there are."""
    told = read(office.browser("Zulkifli Ibura").get("/promises").text)
    counts = office.engine.promises.counts(None)

    assert 3 == len(counts)
    assert "Never does one person do both “Rate” and “Change and set the rating”." in told
    assert {len(office.engine.cases(limit=500))} == {sum(one.counts.values()) for one in counts}
