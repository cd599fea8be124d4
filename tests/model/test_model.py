"""Thousands of cases, each beside its model: after every act both say the same.

Acts at random, time that jumps, charts and decrees that change, processes that end. State, holder, clocks, entries,
letters, promises, journals, gatherings and refusals are compared, in every case and in those it opens. The model
(`life.py`) knows the rules by heart and counts days one by one; it imports nothing of the engine. Seeds are fixed;
what went wrong is told as the shortest story that still goes wrong.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest

from engine.core.command import (
    Acknowledge,
    AddEntry,
    AnswerQuestion,
    BeginOutage,
    Cancel,
    CheckEntries,
    Command,
    Elapse,
    End,
    EndOutage,
    Extend,
    Fire,
    Follow,
    MakeUp,
    Notice,
    OpenLink,
    Pause,
    QuestionSuperior,
    Reassign,
    Recount,
    ReleaseEntries,
    Remind,
    Resume,
    Supersede,
    TellJournal,
    Undo,
)
from tests.model.premises import copied, furnish
from tests.model.runs import CROWD, Place, play
from tests.postgres import Server

COMMANDS = (
    "fire", "undo", "notice", "extend", "pause", "resume", "reassign", "remind", "recount", "recount by applying",
    "follow", "rung", "move", "end", "supersede", "acknowledge", "promise", "cancel",
    "question", "reply",
    "add", "check", "show", "invite", "tell journal",
    "decree", "restart", "delegation", "delegation ended", "time of a standstill made up",
    "an outage of a unit", "the end of an outage of a unit", "days given back after an outage",
)  # fmt: skip
#: under which of these names every kind of command comes to pass
ASKED_AS: Mapping[type[Command], tuple[str, ...]] = {
    Undo: ("undo",),
    Fire: ("fire", "answered", "declined", "opened: correction"),
    Elapse: ("rung", "move", "promise"),
    Notice: ("notice", "notice of a move by the chart"),
    Extend: ("extend",),
    Pause: ("pause",),
    Resume: ("resume",),
    Reassign: ("reassign", "an answer asked of another"),
    Remind: ("remind",),
    Recount: ("recount", "recount by applying"),
    Cancel: ("cancel",),
    BeginOutage: ("an outage of a unit", "days given back after an outage"),
    EndOutage: ("the end of an outage of a unit",),
    MakeUp: ("time of a standstill made up",),
    Follow: ("follow",),
    End: ("end",),
    Supersede: ("supersede",),
    Acknowledge: ("acknowledge",),
    QuestionSuperior: ("question",),
    AnswerQuestion: ("reply",),
    AddEntry: ("add",),
    CheckEntries: ("check",),
    ReleaseEntries: ("show",),
    TellJournal: ("tell journal",),
    OpenLink: ("invite",),
}
PAIRS = (
    "move while delegated", "an act for another", "an act passed on twice", "delegation refused",
    "pause while late", "extend while late", "reassign while late",
    "extend while paused", "reassign while paused", "two pauses at once",
    "a pause over a rung", "an outage over a rung", "over many rungs at once", "an act before the beat",
    "a calendar change over a running deadline", "a calendar change while paused", "a day kept that would be past",
    "a chart change while late", "a chart change while escalated", "a ladder restarted while escalated",
    "a check follows the chart",
    "a move by whom it was given to", "pause while with somebody else",
    "a restart between claim and commit", "rungs taken together after a standstill",
    "refused: refused", "refused: wrong_person", "refused: case_closed", "refused: reason_missing",
    "refused: unknown_trigger", "refused: form_invalid", "refused: guard_refused",
    "refused: nothing_to_undo", "refused: acted_since",
    "a promise broken", "a promise lost", "a breach for another of the desk", "a breach looked at after the end",
    "a superior corrected",
    "a pause ended in an outage",
    "opened: aside", "opened: correction", "opened: next_part",
    "a move that was told late", "notice of a move by the chart", "a year of several parts",
    "answered", "declined", "gathered", "gathered in part", "another is asked instead",
    "one of those asked drops out", "an answer asked of another",
)  # fmt: skip
_RUNS = 10_000
_OFTEN = 100
#: so few crowds in which everything comes to pass
_FEW = (15, 16)
_SHARES = 4
#: all take some twenty minutes on two cores and have a target of their own, `make test-model`; else so many live
_EVERY = os.environ.get("SIKLUS_EVERY_RUN") == "1"
_ON_FILES, _ON_SERVER = (_SHARES, _SHARES) if _EVERY else (1, 1)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with calendar and definition."""
    place = tmp_path_factory.mktemp("model") / "furnished.db"
    furnish(str(place))
    return place


def on_files(furnished: Path) -> Place:
    """A copy of the furnished file for each run; in memory where there is room, since no power is cut here."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of one's own in it

    @contextmanager
    def place() -> Iterator[str]:
        with TemporaryDirectory(prefix="siklus-model-", dir=memory if memory.is_dir() else None) as folder:
            yield copied(furnished, Path(folder) / "siklus.db")

    return place


@contextmanager
def on_server(server: Server) -> Iterator[Place]:
    """A copy of a furnished database of the server for each run."""
    with server.database() as furnished:
        furnish(furnished)
        name = furnished.partition("?")[0].rpartition("/")[2]

        @contextmanager
        def place() -> Iterator[str]:
            with server.database(like=name) as address:
                yield address

        yield place


def demand(seen: Counter[str], least: int) -> None:
    """Every command and every pair of circumstances came to pass so often."""
    rare = {name: seen[name] for name in (*COMMANDS, *PAIRS) if seen[name] < least}
    assert {} == rare, table(seen)


def table(seen: Counter[str]) -> str:
    """What came to pass, and how often."""
    return "\n".join(f"{seen[name]:>8}  {name}" for name in sorted(seen))


def test_every_kind_of_command_is_in_the_model() -> None:
    """A new one without a rule of the model is told here, and one that never comes to pass by the long tests."""
    named = {name for names in ASKED_AS.values() for name in names}

    assert set(get_args(Command)) == set(ASKED_AS)
    assert named <= {*COMMANDS, *PAIRS}


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_a_few_hundred_cases_live_as_the_model_says(furnished: Path) -> None:
    seen = play(_FEW, on_files(furnished))

    assert len(_FEW) * CROWD == seen["runs"]
    demand(seen, least=1)


@pytest.mark.heavy
@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_on_postgresql_cases_live_as_the_model_says(postgres_server: Server) -> None:
    with on_server(postgres_server) as place:
        seen = play(range(2), place)

    assert 2 * CROWD == seen["runs"]


@pytest.mark.long
@pytest.mark.parametrize("share", range(_ON_FILES))
def test_ten_thousand_cases_live_as_the_model_says(share: int, furnished: Path) -> None:
    """A quarter of them: every command and pair comes to pass often enough in each."""
    seen = play(_seeds(share), on_files(furnished))

    assert _RUNS // _SHARES == seen["runs"]
    demand(seen, least=_OFTEN // _SHARES)


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("share", range(_ON_SERVER))
def test_ten_thousand_cases_live_as_the_model_says_on_postgresql(share: int, postgres_server: Server) -> None:
    """The same seeds on the other engine."""
    with on_server(postgres_server) as place:
        seen = play(_seeds(share), place)

    assert _RUNS // _SHARES == seen["runs"]
    demand(seen, least=_OFTEN // _SHARES)


def _seeds(share: int) -> range:
    return range(share, _RUNS // CROWD, _SHARES)
