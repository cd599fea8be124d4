"""Every message in words: complete, in both languages, and harmless whatever people are called."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.core.codec import replace as struct_replace
from engine.core.telling import tell_task
from notifications.composing import compose
from tests.notifications.letters import every_kind, handed_over, mail, matter, small_world, told_by
from tests.worlds import World

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("id", "en")
KEY = re.compile(r"\bp-\d{4}\b|\b[a-z]+_[a-z]+\b|[{}]|\bNone\b|\(\)|  ")


def test_every_kind_of_message_was_met():
    """The list the claims below are made of is whole."""
    kinds = {one.kind for _, one in every_kind()}

    assert {
        "task",
        "reminder",
        "notice",
        "escalation",
        "escalated",
        "handed_over",
        "moved",
        "extended",
        "ended",
    } == kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_complete_and_plain(language):
    """Subject with person and date; why, when, what if ignored, by which rule, a link; no key, no placeholder."""
    for world, one in every_kind():
        done = mail(world, one, language)
        text = done.text.replace("https://siklus.test/cases/c-1", "")
        headings = ("Mengapa Anda:", "Bila tidak ada yang bertindak:", "Dasar:", "Waktu:")
        if language == "en":
            headings = ("Why you:", "If nobody acts:", "Basis:", "When:")

        assert [] == KEY.findall(done.subject), done.subject
        assert [] == KEY.findall(re.sub(r"\?task=\S+", "", text)), done.text
        assert world.chart.person(world.case.subject).name in done.subject
        assert re.search(r", (tenggat |due )?\d{1,2} \w{3} 202\d$", done.subject), done.subject
        assert all(heading in done.text for heading in headings)
        assert "https://siklus.test/cases/c-1" in done.text


def test_page_and_mail_say_the_same():
    """The sentences of a task's page stand in its mail, word for word."""
    world = World()
    (one,) = (x for x in told_by(world) if x.kind == "task")
    explained = tell_task(matter(world).standing, world.case.task, "id")
    text = mail(world, one).text

    assert all(line in text for line in (explained.title, explained.why, explained.due, explained.rule))
    assert all(line in text for line in (explained.now, explained.since, explained.help))
    assert all(f"- {line}" in text for line in explained.lately)
    assert all(f"- {line}" in text for line in explained.ignored)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_a_message_reads_as_it_was_agreed(language, part):
    """A task told to a superior, letter by letter as people have read it."""
    world = small_world()
    (one,) = told_by(world)
    file = GOLDEN / f"{part}.{language}.txt"

    assert file.read_text(encoding="utf-8") == getattr(mail(world, one, language), part)


def test_a_name_with_a_line_end_stays_a_name():
    """It cannot start a header of its own, neither as the reader's name nor as the subject's."""
    world = World()
    evil = "Siti\r\nBcc: semua@dinas.test"
    people = tuple(
        replace(one, name=evil) if one.key == world.case.subject else one for one in world.chart.segments
    )
    world.chart = replace(world.chart, segments=people)
    (one,) = (x for x in told_by(world) if x.kind == "task")
    done = mail(world, one)

    assert "Siti Bcc: semua@dinas.test" == done.name
    assert "\n" not in done.subject
    assert "\r" not in done.subject
    assert "– Siti Bcc: semua@dinas.test, tenggat" in done.subject


def test_a_name_with_markup_stays_a_name():
    """In the page of a mail it is shown, not obeyed."""
    world = World()
    evil = "Siti <script>alert(1)</script> & Co"
    people = tuple(
        replace(one, name=evil) if one.key == world.case.subject else one for one in world.chart.segments
    )
    world.chart = replace(world.chart, segments=people)
    (one,) = (x for x in told_by(world) if x.kind == "task")
    done = mail(world, one)

    assert "<script>" not in done.html
    assert "&lt;script&gt;" in done.html
    assert evil in done.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_mail_is_closed_and_says_its_language(language):
    """Every element that opens also closes; nothing is loaded from anywhere."""
    world = World()
    (one,) = (x for x in told_by(world) if x.kind == "task")
    html = mail(world, one, language).html
    seen = _Elements()
    seen.feed(html)

    assert [] == seen.open
    assert f'<html lang="{language}">' in html
    assert {"https://siklus.test/cases/c-1?task=c-1.1"} == set(seen.links)
    assert "src=" not in html


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def test_a_double_has_the_same_id_and_another_message_another():
    """The Message-ID is made from the key of the message and from nothing else."""
    world = World()
    world.wait(6)
    reminders = [one for number in range(len(world.steps)) for one in told_by(world, number)]
    made = [mail(world, one).message_id for one in reminders]
    again = [mail(world, replace(one, attempts=4, id=one.id + 9), "en").message_id for one in reminders]

    assert made == again
    assert len(reminders) == len(set(made))
    assert all(re.fullmatch(r"<[0-9a-f]{40}@siklus\.test>", one) for one in made)


def test_a_reminder_of_a_phase_names_the_phase():
    """Not the step's own due time, but the phase's, is what is running out."""
    world = World()
    world.wait_until(date(2026, 1, 30))
    found = [
        one
        for number, _ in enumerate(world.steps)
        for one in told_by(world, number)
        if one.data.get("deadline") == "phase:planning" and one.kind == "reminder"
    ]
    done = compose(found[0], matter(world), "en")

    assert done.subject.startswith("Reminder: Planning – ")
    assert "The phase Planning must be finished by Friday 30 January 2026, 24:00 WITA" in done.lead


def test_a_task_that_was_handed_over_by_a_person_names_both():
    """Who had it before, and who has it now."""
    world = handed_over()
    letters = {one.kind: one for one in told_by(world)}
    before, after = (world.chart.person(letters[kind].to).name for kind in ("handed_over", "task"))
    mails = {kind: mail(world, one, "en") for kind, one in letters.items()}

    assert f"A task passed to you from {before}." in mails["task"].text
    assert f"This task passed from you to {after}." in mails["handed_over"].text
    assert mails["handed_over"].subject.startswith(f"Task passed to {after}: ")


def test_a_notice_fits_whoever_reads_it():
    """Told about a delay: whom it waits for, unless it is the reader; and only the state where nobody has a task."""
    world = World()
    (task,) = (one for one in told_by(world) if one.kind == "task")
    notice = replace(task, kind="notice")
    about = matter(world)
    resting = replace(about, case=struct_replace(world.case, task=None))

    waiting = compose(replace(notice, to="x"), about, "en").lead
    own = compose(notice, about, "en").lead
    nobody = compose(notice, resting, "en").lead

    subject = world.chart.person(world.case.subject).name
    assert f"This task still waits for {subject}." == waiting
    assert "This task still waits for you." == own
    assert f"There is news of the case of {subject}: “Employee drafts the plan”." == nobody
