"""Every message in words: complete, in both languages, and harmless whatever people are called."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.core.chart import Chart
from engine.core.command import Actor, Contents, Extend, Notice, Reassign, Remind
from engine.core.effects import Notify
from engine.core.moments import Duration
from engine.core.outlook import if_nobody_acts
from engine.core.telling import tell_task
from engine.store.values import Letter
from notifications.composing import compose
from notifications.message import Mail, Matter
from notifications.render import render
from tests.notifications.office import DESK, HEAD, SITI, roster_of
from tests.worlds import World, calendar, plan

GOLDEN = Path(__file__).parent / "golden"
BASE_URL = "https://siklus.test/"
LANGUAGES = ("id", "en")
KEY = re.compile(r"\bp-\d{4}\b|\b[a-z]+_[a-z]+\b|[{}]|\bNone\b|\(\)|  ")


def letter(effect: Notify, number: int, at: int) -> Letter:
    """The outbox row an effect becomes."""
    return Letter(
        id=number,
        key=effect.key,
        to=effect.to,
        kind=effect.kind,
        case_id="c-1",
        task_id=effect.task_id,
        data=effect.data,
        created_at=at,
        read_at=None,
        attempts=1,
        fence="f",
        settled_at=None,
        outcome="",
    )


def matter(world: World, note: str = "") -> Matter:
    """The world's case as it stands."""
    coming = if_nobody_acts(world.machine, world.case, Contents(forms=world.contents), world.scene)
    return Matter(
        definition=world.machine.definition,
        case=world.case,
        consequences=coming,
        scene=world.scene,
        roles=("rater",),
        note=note,
    )


def told_by(world: World, step_number: int = -1) -> list[Letter]:
    """The messages of a step."""
    done = world.steps[step_number]
    notes = [effect for effect in done.effects if isinstance(effect, Notify)]
    return [letter(note, number, world.now) for number, note in enumerate(notes)]


def mail(world: World, one: Letter, language: str = "id", **person: object) -> Mail:
    """A message as a mail to whoever is told."""
    reader = replace(world.chart.person(one.to), language=language, **person)
    return render(one, matter(world), reader, BASE_URL)


def personnel(world: World) -> Actor:
    """Somebody of the personnel desk."""
    staff = [one for one in world.chart.people(world.today) if "desk:personnel" in one.duties]
    return Actor(person=next(one.key for one in staff if one.serves_on(world.today)))


def handed_over() -> World:
    """A world whose open task the desk has just given to somebody else."""
    world = World()
    world.fire("submit", plan=plan(100))
    taken = (world.case.subject, world.case.task.holder)
    free = (one.key for one in world.chart.people(world.today) if one.key not in taken)
    taker = next(key for key in free if world.chart.person(key).serves_on(world.today))
    world.obey(Reassign(to=taker, actor=personnel(world), reason="beban kerja"))
    return world


def every_kind() -> list[tuple[World, Letter]]:
    """A message of every kind there is, with the world as it was when it was written."""
    found: dict[str, tuple[World, Letter]] = {}

    def keep(world: World) -> None:
        for one in told_by(world):
            found.setdefault(
                f"{one.kind}{'+' if one.data.get('before') or one.data.get('by') else ''}", (world, one)
            )

    for days in range(14):
        world = World()
        world.fire("submit", plan=plan(100))
        world.fire("pass")
        keep(world)
        world.wait(days)
        keep(world)
    for days in (2, 30):
        world = World()
        world.wait(days)
        keep(world)
        world.obey(Remind(actor=personnel(world), note="mohon"))
        keep(world)
    keep(handed_over())
    world = World()
    world.obey(Extend(by=Duration(3, "working days"), actor=personnel(world), reason="sakit"))
    keep(world)
    world = World()
    world.obey(Notice(fact="employee leaves", actor=personnel(world)))
    keep(world)
    return list(found.values())


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
    task = world.case.task
    explained = tell_task(
        world.machine.definition,
        world.case,
        task,
        matter(world).consequences,
        world.chart,
        calendar(),
        world.now,
        "id",
    )
    text = mail(world, one).text

    assert all(line in text for line in (explained.title, explained.why, explained.due, explained.rule))
    assert all(f"- {line}" in text for line in explained.ignored)


def small_world() -> World:
    """Siti's small cycle in an agency of three, about to be checked by Yusuf."""
    people = Chart(segments=roster_of(HEAD, DESK, SITI).people, version="chart:three")
    world = World(
        people.by_id("SITI"), definition="tests/definitions/small", on=date(2026, 1, 5), people=people
    )
    world.fire("submit", plan={"goals": [{"title": "Laporan", "weight": 100}]})
    return world


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
