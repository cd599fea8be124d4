"""Pages as people get them: in both languages, without raw names, for those they are for."""

from __future__ import annotations

import re
from datetime import date

import pytest

from api.pages.case_parts import day_and_time
from api.pages.definition_words import window_rows
from api.pages.inbox import group_of, initials
from api.pages.rendering import own_address
from api.pages.words import WORDS, Words
from engine.core.command import Actor, Pause
from engine.core.condition_prose import say_condition
from engine.core.timetable import STAGGERED_BY
from tests.api.conftest import MANAGER, RATER, STAFF
from tests.worlds import HOUR, ZONE, calendar, machine

HR = "Zulkifli Ibura"
REGENT = "Rusman Daeng Talaga"


def read(page: str) -> str:
    """What a reader sees of a page: no markup, no fields' values."""
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def raw_names() -> set[str]:
    """Names of definitions and words that no reader should ever see."""
    definition = machine().definition
    names = {*definition.states, *definition.phases, *definition.forms, *definition.roles, *WORDS}
    names |= {way.rule for state in definition.states.values() for way in state.transitions}
    return {name for name in names if "_" in name or "." in name}


def addresses(office) -> list[str]:
    digest = office.engine.definitions()[0].digest
    return ["/", "/messages", "/cases", "/cycles", "/people", "/definitions", f"/definitions/{digest}"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_in_words(office, language) -> None:
    """No raw name, no placeholder, at the beginning of a case and in the middle of one."""
    case = office.rating_time()
    client = office.browser(HR, language)
    rater, staff = office.browser(RATER, language), office.browser(STAFF, language)
    pages = {address: client.get(address) for address in [*addresses(office), f"/cases/{case}", "/nowhere"]}
    pages |= {
        "rater": rater.get(f"/cases/{case}"),
        "rater's own": rater.get("/"),
        "staff": staff.get("/messages"),
    }

    for address, page in pages.items():
        told = read(page.text).replace(" api_v1 ", " ")
        words = set(re.findall(r"[a-z][a-z_]*(?:[._][a-z_]+)+", told))
        assert set() == words & raw_names(), address
        assert [] == re.findall(r"&lt;[a-z_.]+&gt;|\{[a-z_]+\}|\bNone\b|\bTrue\b|\bFalse\b", told), address
        assert f'<html lang="{language}">' in page.text


def test_a_visitor_first_says_who_to_be(office) -> None:
    """Everybody is offered, by unit, with what they are."""
    page = office.stranger().get("/").text

    assert "Pilih peran Anda" in page
    assert "Kepala Bagian Organisasi" in page
    assert 1 == page.count(f'name="person_id" value="{office.id_of(STAFF)}"')


def test_whoever_says_nothing_is_led_to_the_choice(office) -> None:
    """Deep links do not break; they lead to the beginning."""
    answer = office.stranger().get("/cases")

    assert (303, "/") == (answer.status_code, answer.headers["location"])


def test_the_inbox_says_what_when_and_what_if_not(office) -> None:
    """The same sentences as in a mail."""
    page = read(office.browser(STAFF).get("/").text)

    assert "One task waits for you" in page
    assert "Your turn: Employee drafts the plan – Fadli Hunowu" in page
    assert "by Monday 8 December 2025, 24:00 WITA (5 working days left)" in page
    assert "If nobody acts: 8 Dec 2025: a reminder goes to you; Nur Aida Pakaya (Rater) is told." in page


@pytest.mark.parametrize(
    ("name", "told"), [(RATER, "NP"), ("Sri Wahyuni Botutihe", "SB"), ("Sutrisno", "S"), ("– ?", "")]
)
def test_a_name_has_the_initials_of_its_first_and_last_word(name: str, told: str) -> None:
    assert told == initials(name)


def test_a_task_shows_the_initials_of_whom_it_is_about(office) -> None:
    office.planned()
    page = office.browser(MANAGER).get("/").text

    assert '<span class="initials" aria-hidden="true">FH</span>' in page


def test_an_empty_inbox_says_what_comes_next(office) -> None:
    """The person's own case stands below: how far it is, whose turn since when, and that nothing is to be done."""
    begun = read(office.browser(STAFF).get("/").text)
    office.planned()
    page = read(office.browser(STAFF).get("/").text)

    assert "Do it now" in begun
    assert "No task waits for you" in page
    assert "the case is here" in page
    assert "Whose turn: Waiting for Ratna Dewi Lamusu" in page
    assert "You need do nothing now." in page
    assert "If nobody acts:" in page
    assert "Do it now" not in page


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (date(2026, 1, 13), "overdue"),
        (date(2026, 1, 14), "today"),
        (date(2026, 1, 15), "week"),
        (date(2026, 1, 18), "week"),
        (date(2026, 1, 19), "later"),
        (None, "later"),
    ],
)
def test_tasks_are_grouped_by_when_they_hurt(due, group) -> None:
    """Seen on Wednesday 14 January 2026; the week ends on Sunday."""
    assert group == group_of(due, date(2026, 1, 14))


def test_an_overdue_task_stands_first(office) -> None:
    """In words, not by colour alone."""
    office.hop_to(date(2025, 12, 15))
    page = office.browser(STAFF).get("/").text

    assert re.search(r"Overdue.*5 working days late", read(page))


def test_messages_are_counted_until_they_are_read(office) -> None:
    """Newest first; one button marks them all."""
    client = office.browser(STAFF)
    assert "1 unread" in client.get("/").text
    page = client.get("/messages").text
    assert "Your turn: Employee drafts the plan – Fadli Hunowu" in page

    answer = client.post("/messages/read")

    assert "/messages?done=read" == answer.headers["location"]
    assert "unread" not in client.get("/messages?done=read").text


def test_a_note_with_a_reminder_is_shown_to_the_one_reminded(office) -> None:
    """And escaped: it is text, whatever it looks like."""
    case = office.case_of()
    sent = {"verb": "remind", "reason": "<b>mohon segera</b>", "key": "k"}
    office.browser(HR).post(f"/cases/{case}/steering", data=sent)
    page = office.browser(STAFF).get("/messages").text

    assert "&lt;b&gt;mohon segera&lt;/b&gt;" in page
    assert "<b>" not in page


def test_a_message_about_a_task_that_is_done_says_so_kindly(office) -> None:
    """The link in a mail still opens, and nobody wonders."""
    case = office.planned()
    page = office.browser(STAFF).get(f"/cases/{case}?task={case}.1").text

    assert "This task is done already or has passed on" in page
    assert "done already" not in office.browser(MANAGER).get(f"/cases/{case}?task={case}.2").text


def test_the_list_of_cases_is_narrowed_by_form(office) -> None:
    """Filters are plain fields of the address."""
    office.planned()
    page = read(office.browser(HR).get("/cases?state=manager_checks&only=open").text)

    assert "One case on this page" in page
    assert "Fadli Hunowu" in page
    assert "No case fits" in read(office.browser(HR).get("/cases?phase=evaluation").text)


def test_a_list_calls_nothing_late_whose_clock_stands_still(office) -> None:
    """It says that it stands still, as the inbox and the case itself do, and goes on saying so."""
    case = office.case_of(STAFF)
    desk = Actor(person=office.key_of(HR))
    office.engine.obey(case, Pause(kind="leave", actor=desk, reason="Cuti bersalin"))
    office.wait(12)
    page = office.browser(HR).get("/cases?only=open").text
    row = re.search(rf"<tr>\s*<th(?:(?!</tr>).)*{case}.*?</tr>", page, re.DOTALL)[0]

    assert "the clock stands still" in read(row)
    assert "overdue" not in read(row)
    assert "is-late" not in row


def test_lists_go_on_to_a_next_page_and_back(office) -> None:
    """With the filters kept."""
    client = office.browser(HR)
    page = client.get("/cases?phase=planning").text
    following = re.search(r'href="(/cases\?[^"]*after=[^"]+)"', page)
    assert following
    second = client.get(following[1].replace("&amp;", "&")).text

    assert "phase=planning" in following[1]
    assert "Back to the beginning" in second


def test_people_are_listed_for_the_desk_only(office) -> None:
    """Others are told so, and get a way back; the menu does not offer it to them."""
    listed = office.browser(HR).get("/people").text
    refused = office.browser(STAFF).get("/people")

    assert "Kepala Bagian Organisasi" in listed
    assert (403, True) == (refused.status_code, "This is not for you" in refused.text)
    assert 'href="/people"' not in refused.text


def test_lists_of_cases_and_people_name_the_cycle(office) -> None:
    """Each case with the title and year of its rules; of people only cases that are open, with the way to them."""
    office.fire("exempt", HR, case=office.case_of(RATER), reason="Cuti besar.")
    desk = office.browser(HR)
    people = desk.get("/people").text

    assert "Civil-service annual cycle, 2026" in read(desk.get("/cases").text)
    assert f'<a href="/cases/{office.case_of()}">Civil-service annual cycle, 2026</a>' in people
    assert office.case_of(RATER) not in people


def test_rules_are_told_in_words(office) -> None:
    """Who acts, until when, every way out with its condition and its ground."""
    digest = office.engine.definitions()[0].digest
    page = read(office.browser(STAFF).get(f"/definitions/{digest}").text)

    assert "within 5 working days" in page
    assert re.search(
        r"Submit the plan : to “Performance manager checks the plan”; if “Total weight” is 100", page
    )
    assert "at most 2 times" in page
    assert "at most once" in page
    assert "at most 1 times" not in page
    assert 1 == page.count("Close with a reason : by Personnel office")
    assert digest in page


@pytest.mark.parametrize(
    ("text", "english", "indonesian"),
    [
        ("weights == 100", "“Total weight” is 100", "“Jumlah bobot” sama dengan 100"),
        (
            "predicate in ['kurang', 'sangat_kurang'] && !(weights < 2)",
            "“Performance predicate” is one of “Poor”, “Very poor” and not (“Total weight” is below 2)",
            "“Predikat kinerja” salah satu dari “Kurang”, “Sangat Kurang” dan bukan (“Jumlah bobot” kurang dari 2)",
        ),
        (
            "outcome.verdict != 'improved'",
            "“Outcome” is not “Improved”",
            "“Hasil” tidak sama dengan “Membaik”",
        ),
    ],
)
def test_a_condition_is_told_in_words(office, text, english, indonesian) -> None:
    """Neither a name of the definition nor a sign of its language is left."""
    definition = office.engine.definition(office.engine.definitions()[0].digest)

    assert english == say_condition(definition, text, "en")
    assert indonesian == say_condition(definition, text, "id")


def test_settings_are_told_in_the_readers_language(office) -> None:
    """Spans and days, and the bounds an agency keeps within, are not left as the file writes them."""
    digest = office.engine.definitions()[0].digest
    page = read(office.browser(STAFF, "id").get(f"/definitions/{digest}").text)

    assert "1 Desember tahun sebelumnya" in page
    assert "10 hari kerja sampai 20 hari kerja" in page
    assert [] == re.findall(r"last year|next year| \.\. ", page)


def test_a_closed_case_announces_nothing_more(office) -> None:
    """No phase is still ahead, and nothing is said of what happens if nobody acts."""
    office.fire("exempt", HR, reason="Long leave.")
    page = read(office.browser(HR).get(f"/cases/{office.case_of()}").text)

    assert "This case is closed: Ended early." in page
    assert "Evaluation not entered" in page
    assert "ahead" not in page
    assert "If nobody acts" not in page


def test_the_language_is_chosen_and_remembered(office) -> None:
    """And one stays on the page one was on."""
    client = office.browser(STAFF, "id")
    answer = client.post("/language", data={"language": "en", "next": "/cases?only=open"})

    assert (303, "/cases?only=open") == (answer.status_code, answer.headers["location"])
    assert '<html lang="en">' in client.get("/cases").text


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "", "/a\nb"]
)
def test_no_form_sends_people_elsewhere(address) -> None:
    """Only pages of ours are gone on to."""
    assert "/" == own_address(address)


def test_a_problem_can_be_looked_up(office) -> None:
    """The type of a problem document leads to a page about it."""
    assert "The case has moved on" in office.browser(STAFF).get("/problems/stale_visit").text
    assert 404 == office.browser(STAFF).get("/problems/none").status_code


def test_the_external_official_lists_but_keeps_no_desk(office) -> None:
    """All cases, but not the people."""
    client = office.browser(REGENT)

    assert 200 == client.get("/cases").status_code
    assert 403 == client.get("/people").status_code


def test_the_end_of_a_day_is_told_as_its_24_00() -> None:
    """The forecast says 10 December; what then happened at its end is told by the same day, not by the next."""
    end = calendar().end_of(date(2025, 12, 10), ZONE)

    assert ("10 Des 2025", "24.00 WITA") == day_and_time(end, ZONE, calendar(), "id")
    assert ("11 Dec 2025", "08:05 WITA") == day_and_time(end + 8 * HOUR + HOUR // 12, ZONE, calendar(), "en")


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Pegawai menyusun SKP"), ("en", "Employee drafts the plan")]
)
def test_the_rules_are_drawn_in_the_language_of_the_reader(office, language, words):
    """The picture is a document of its own, shown on the page of the rules and described there."""
    digest = office.engine.definitions()[0].digest
    browser = office.browser(STAFF, language)
    page = browser.get(f"/definitions/{digest}").text
    drawing = browser.get(f"/definitions/{digest}/picture.svg")

    assert f'<img src="/definitions/{digest}/picture.svg" alt="' in page
    assert "image/svg+xml" == drawing.headers["content-type"]
    assert f">{words}<" in drawing.text


def test_windows_are_told_for_every_group_in_the_readers_language() -> None:
    """Each with its label, whose it is, and its days in words."""
    definition = machine("tests/definitions/whole").definition
    rows = window_rows(definition, Words("id"))

    assert [
        ("penilaian", "", "tanggal 1 bulan ke-1 setelah akhir periode"),
        ("kalibrasi", "eselon satu", ""),
        ("kalibrasi", "eselon dua", ""),
        ("kalibrasi", "lainnya", ""),
    ] == [(row.label, row.group, row.opens) for row in rows]
    assert "hari terakhir bulan ke-2 setelah akhir periode" == rows[-1].closes


def test_every_group_a_window_may_be_staggered_by_has_a_word() -> None:
    """A new value of a field finds its words, or this fails."""
    for field, groups in STAGGERED_BY.items():
        for group in groups:
            assert Words("en")(f"group.{field}.{group}")
