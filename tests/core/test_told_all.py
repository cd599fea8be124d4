"""Who is told where a role is several people: each of them, each once, and nobody who must be kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.chart import Chart
from engine.core.command import Reassign
from tests.definitions_varied import varied
from tests.gatherings import members, staffed
from tests.notifications.letters import mail, told_by
from tests.telling import ahead, history, name, personnel
from tests.worlds import World

PLAN = {"goals": [{"title": "Satu", "weight": 100}]}
HR = "  hr: {desk: personnel, of: employee, not: employee}\n"
ROLES = {
    HR: f"{HR}  board: {{committee: board, of: agency, not: [employee, rater]}}\n"
    "  same: {committee: board, of: agency, not: [employee, rater]}\n"
    "  boss: {superior_of: employee, as_of: now, not: above}\n"
    "  above: {superior_of: rater, as_of: now}\n"
}
WORDS = {
    "\nforms:\n": "\n  board: {id: Tim, en: Board}\n  same: {id: Tim lagi, en: Board again}\n"
    "  boss: {id: Atasan, en: Boss}\n  above: {id: Atasan penilai, en: Above}\nforms:\n"
}
LADDER = (
    "    - {at: 1 working day before due, remind: holder}\n"
    "    - {at: due, remind: holder, notify: hr}\n"
    "    - {at: 2 working days after due, reassign: next_level}\n"
)


def waiting(
    folder: Path, rung: str = "remind: holder, notify: [hr, board]", people: Chart | None = None
) -> World:
    """A plan that waits for its rater, under a ladder of one rung on the due day."""
    found = varied(
        folder,
        {
            **ROLES,
            LADDER: f"    - {{at: due, {rung}}}\n",
            "agree: {to: waiting, notify: employee}": "agree: {to: waiting, notify: [board, same, above, boss]}",
        },
        WORDS,
    )
    world = World(definition=found, people=people or staffed())
    world.fire("submit", plan=PLAN)
    return world


def rung(world: World) -> list[tuple[str, str]]:
    """Whom the rung tells, and how."""
    before = len(world.told)
    world.wait(4)
    return world.told[before:]


def test_a_move_that_notifies_a_committee_tells_each_member_once(tmp_path: Path) -> None:
    """Two of the roles it names are the same people; each gets one message, and the entry lists them once."""
    world = waiting(tmp_path)
    done = world.fire("agree")

    told = [to for to, kind in world.facts("moved")[-1]["told"] if kind == "moved"]
    assert members(world.chart, "board") == told[:3]
    assert sorted(set(told)) == sorted(told)
    assert sorted(told) == sorted(note.to for note in done.effects if getattr(note, "kind", "") == "moved")


@pytest.mark.parametrize(("key", "kind"), [("remind", "reminder"), ("notify", "notice")])
def test_a_rung_that_reminds_or_notifies_a_committee_reaches_each_member(
    tmp_path: Path, key: str, kind: str
) -> None:
    """Not the first of them alone."""
    world = waiting(tmp_path, f"{key}: [board, same]")

    assert [(one, kind) for one in members(world.chart, "board")] == rung(world)


def test_a_rung_that_asks_a_committee_to_step_in_asks_each_member(tmp_path: Path) -> None:
    """Each holds an escalation of their own, and the silent holder is told of all of them."""
    world = waiting(tmp_path, "task: board")
    told = rung(world)
    board = members(world.chart, "board")

    assert board == [one.holder for one in world.case.escalations]
    assert 3 == len({one.id for one in world.case.escalations})
    assert [*((one, "escalation") for one in board), (world.case.task.holder, "escalated")] == told
    world.fire("agree")
    assert () == world.case.escalations


@pytest.mark.parametrize(
    ("language", "words"), [("id", "diminta turun tangan"), ("en", "were asked to step in")]
)
def test_the_silent_holder_reads_who_all_was_asked_to_step_in(
    tmp_path: Path, language: str, words: str
) -> None:
    """In one mail, with every name."""
    world = waiting(tmp_path, "task: board")
    rung(world)
    (one,) = [one for one in told_by(world) if one.kind == "escalated"]
    board = [name(world, key) for key in members(world.chart, "board")]
    written = mail(world, one, language).subject

    assert words in written
    assert [] == [one for one in board if one not in written]


def test_whoever_of_a_committee_is_silent_is_not_asked_about_their_own_delay(tmp_path: Path) -> None:
    """The task was given to a member: the other two are asked."""
    world = waiting(tmp_path, "task: board")
    board = members(world.chart, "board")
    world.obey(Reassign(actor=personnel(world), to=board[0], reason="Cuti", visit=world.case.visit))
    rung(world)

    assert board[1:] == [one.holder for one in world.case.escalations]


def test_the_level_above_a_silent_holder_is_nobody_from_whom_the_role_is_kept_apart(tmp_path: Path) -> None:
    """The boss is the silent rater, and must not be the rater's own superior: the level above that one is asked."""
    world = waiting(tmp_path, "task: boss")
    rater = world.case.task.holder
    superior = world.chart.superior(rater, world.today)
    rung(world)

    (escalation,) = world.case.escalations
    assert escalation.holder not in {rater, superior.key, world.case.subject}


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_happens_if_nobody_acts_names_every_member(tmp_path: Path, language: str) -> None:
    """And what the history says afterwards names the same people."""
    world = waiting(tmp_path)
    board = [name(world, one) for one in members(world.chart, "board")]
    (line,) = [one for one in ahead(world, language) if board[0] in one]
    rung(world)
    (said,) = [one for one in history(world, language) if board[0] in one]

    assert [] == [one for one in board if one not in line or one not in said]


def test_a_committee_alone_is_named_with_what_it_is(tmp_path: Path) -> None:
    """Three names of one board, each with it; among others, names only, for who is who would not be sure."""
    first, second = tmp_path / "alone", tmp_path / "among"
    first.mkdir()
    second.mkdir()
    alone = "\n".join(ahead(waiting(first, "notify: board"), "en"))
    among = "\n".join(ahead(waiting(second), "en"))

    assert 3 == alone.count("(Board)")
    assert 0 == among.count("(Board)")


def test_a_committee_without_members_is_told_by_who_does_its_work(tmp_path: Path) -> None:
    """The personnel desk, as for a task."""
    world = waiting(tmp_path, "notify: board", people=staffed(board=0))
    ((to, kind),) = rung(world)

    assert "notice" == kind
    assert "desk:personnel" in world.chart.person(to).duties
