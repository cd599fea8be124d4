"""Eight processes on one database in a storm: nobody blocks another for ever, no rung is lost or doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.core.case import Case
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database, queries
from tests.runtime.conftest import HandClock, import_people
from tests.runtime.storms import HEADER, PLAN, RUNGS, entries, office, rungs, stood_still
from tests.worlds import ROOT

pytestmark = pytest.mark.long

#: what each of the eight does
CROWD = ("sweep", "sweep", "beat", "act", "act", "act", "outage", "chart")
#: cases, and what each of those who act tries
SIZES = [
    pytest.param(300, 60, id="small", marks=pytest.mark.timeout(600)),
    pytest.param(2_500, 250, id="whole", marks=pytest.mark.timeout(900)),
]
#: seconds until the last of them must be through
BOUND = 600
SECOND_HEAD = "HEAD2,Kepala Kedua,Dinas,Kepala,TOP,WITA,,PPPK,own,2020-01-01"

#: one of the crowd: waits for the word to begin, works, and tells how often what came of it
_PROGRAM = """
import json
import random
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from engine.core.command import OPERATOR, Actor, Extend, Remind, Reassign
from engine.core.moments import Duration
from engine.errors import Conflict, SiklusError, StoreUnusable
from engine.runtime import Engine
from engine.store import Database
from tests.runtime.conftest import HandClock, import_people
from tests.runtime.storms import HEADER, PLAN, WOKE, staff


url, what, seed, tries, over = sys.argv[1:]
clock = HandClock()
clock.put(WOKE)
engine = Engine(Database(url), clock)
dice = random.Random(int(seed))
came = Counter()
told = []

def tried(name, call, *args, **named):
    for again in (True, True, False):
        try:
            done = call(*args, **named)
            break
        except SiklusError as error:
            came[f"{name}: {type(error).__name__}"] += 1
            if again and str(error).startswith("the database was busy"):
                continue  # SQLite lets writers in by luck, not in turn; who was told to try again does
            if isinstance(error, (Conflict, StoreUnusable)):
                told.append(f"{name}: {error}")
            return None
    came[name] += 1
    told.extend(f"{name}: {one}" for one in getattr(done, "failed", ()))
    return done

def sweep():
    while not Path(over).exists():
        done = tried("sweep", engine._passing.fire_due, batch=dice.choice((20, 100)))
        came["swept"] += done.steps if done else 0

def beat():
    while not Path(over).exists():
        done = tried("beat", engine.fire_due)
        came["swept"] += done.steps if done else 0

def act():
    keys = engine.person_keys()
    ids, after = [], ""
    while page := engine.cases(after=after, limit=500):
        ids += [one.id for one in page]
        after = page[-1].id
    desk = Actor(person=keys["DESK"])
    for number in range(int(tries)):
        case = engine.case(dice.choice(ids[:len(ids) * 3 // 4]), None).case
        holder = case.task.holder if case.task else case.subject
        own = ("judge", "reassign", "reassign") if case.state == "checking" else ("submit",)
        match dice.choice((*own, "extend", "restart", "remind")):
            case "submit":
                tried("submit", engine.fire, case.id, "submit", actor=Actor(person=case.subject),
                      forms={"plan": PLAN}, key=f"{seed}/{number}")
            case "judge":
                way = dice.choice(("agree", "return"))
                tried(way, engine.fire, case.id, way, actor=Actor(person=holder), reason="karena")
            case "remind":
                tried("remind", engine.obey, case.id, Remind(actor=desk, note="mohon"))
            case "reassign":
                to = next(keys[one] for one in ("HEAD", "HEAD2") if keys[one] != holder)
                tried("reassign", engine.obey, case.id, Reassign(to=to, actor=desk, reason="cuti"))
            case name:
                ladder = "kept" if name == "extend" else "restarted"
                by = Duration(amount=dice.randint(1, 20), unit="working days")
                tried(name, engine.obey, case.id, Extend(by=by, actor=desk, reason="sakit", ladder=ladder))

def outage():
    for number in range(3):
        begun = tried("begin", engine.outages.begin, "Unit 1", WOKE - timedelta(days=3 + number),
                      last=None, actor=OPERATOR, reason="banjir")
        tried("given", engine.outages.begin, "Unit 2", WOKE - timedelta(days=35),
              last=WOKE - timedelta(days=9 + number), actor=OPERATOR, reason="gempa")
        if begun is not None:
            tried("end", engine.outages.end, begun.outage.id, actor=OPERATOR, reason="surut")

def chart():
    few = [int(one[1:]) for one in engine.person_keys() if one[1:].isdecimal() and int(one[1:]) % 7 in {1, 3}]
    for superior in ("HEAD2", "HEAD"):
        lines = [HEADER, *(staff(number, superior) for number in few)]
        tried("import", import_people, engine, "\\n".join(lines).encode() + b"\\n")

print("ready", flush=True)
sys.stdin.readline()
{"sweep": sweep, "beat": beat, "act": act, "outage": outage, "chart": chart}[what]()
engine.database.close()
print(json.dumps({"came": came, "told": told}), flush=True)
"""


def _crowd(place: str, over: Path, tries: int) -> tuple[Counter[str], list[str]]:
    """What came of all that the eight did at once, and whatever was told of conflicts and failures."""
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, place, what, str(seed), str(tries), str(over)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for seed, what in enumerate(CROWD)
    ]  # fmt: skip
    try:
        for one in crowd:
            assert one.stdout is not None
            assert "ready\n" == one.stdout.readline()
        for one in crowd:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        sweeping = CROWD.index("act")
        answers = [one.communicate(timeout=BOUND)[0] for one in crowd[sweeping:]]
        over.touch()
        answers += [one.communicate(timeout=BOUND)[0] for one in crowd[:sweeping]]
    finally:
        for one in crowd:
            one.kill()
            one.wait()
    assert [0] * len(crowd) == [one.returncode for one in crowd]
    came: Counter[str] = Counter()
    told: list[str] = []
    for answer in map(json.loads, answers):
        came.update(answer["came"])
        told += answer["told"]
    return came, told


def _deadlocks(place: str) -> int:
    """How many deadlocks PostgreSQL has broken in this database; SQLite has one writer and none."""
    if "://" not in place:
        return 0
    import psycopg  # noqa: PLC0415

    with psycopg.connect(place) as connection:
        found = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    assert found is not None
    return int(found[0])


def _cases(engine: Engine) -> Iterator[Case]:
    with engine.database.read() as view:
        after = ""
        while page := queries.cases(view, after=after, limit=500):
            yield from page
            after = page[-1].id


def _lost(engine: Engine, rang: Counter[tuple[str, int, int, int]], now: int) -> list[Any]:
    """Rungs of open tasks that are due and did not ring, or are told of neither as rung, skipped nor to come."""
    found: list[Any] = []
    for case in _cases(engine):
        for clock in (one for one in case.deadlines if one.name == "task"):
            to_come = {int(one.what): one.at for one in clock.alarms if one.kind == "rung"}
            due = [number for number, at in to_come.items() if at <= now and clock.paused_at is None]
            rung = {number for number in range(RUNGS) if rang[case.id, clock.visit, clock.generation, number]}
            if due or rung != set(clock.fired) or {*rung, *clock.skipped, *to_come} != set(range(RUNGS)):
                found.append((case.id, clock))
    return found


@pytest.mark.parametrize(("cases", "tries"), SIZES)
def test_a_storm_and_single_acts_on_the_same_cases_never_deadlock(
    place: str, tmp_path: Path, cases: int, tries: int
) -> None:
    """Three sweep, three act, one declares and ends outages, one follows the chart; then all is whole."""
    clock = HandClock()
    engine = office(place, tmp_path, clock, cases=cases, policy="collapse")
    import_people(engine, f"{HEADER}\n{SECOND_HEAD}\n".encode())
    for case in [one for one in _cases(engine) if one.unit == "Unit 3"]:
        engine.fire(case.id, "submit", actor=Actor(person=case.subject), forms={"plan": PLAN})
    stood_still(engine, clock)
    engine.database.close()
    came, told = _crowd(place, tmp_path / "over", tries)
    engine = Engine(Database(place), clock)
    last = engine.fire_due()
    entered = entries(engine)
    rang, kinds = rungs(entered), Counter(kind for _, kind, _ in entered)
    lost, problems = _lost(engine, rang, clock.instant), engine.verify()
    engine.database.close()

    assert 0 == _deadlocks(place)
    assert [] == told
    assert () == last.failed
    assert {1} == set(rang.values())
    assert [] == lost
    assert [] == problems
    for kind in ("rung", "extended", "reminded", "reassigned", "followed", "paused", "resumed", "given_back"):
        assert kinds[kind] > 0, kind
    assert came["swept"] > 0
