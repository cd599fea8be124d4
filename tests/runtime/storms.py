"""A large office whose engine stood still for a month: 2,500 drafts nobody handed in, four rungs each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.core.codec import decode
from engine.core.source import read_yaml
from engine.runtime import Engine
from engine.store import queries
from tests.definitions_varied import varied
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import ROOT

LADDER = (
    "    - {at: 1 working day before due, remind: holder}\n"
    "    - {at: due, remind: holder, notify: hr}\n"
    "    - {at: 2 working days after due, reassign: next_level}\n"
)
FOUR = (
    "    - {at: 1 working day before due, remind: holder}\n"
    "    - {at: due, remind: holder, notify: hr}\n"
    "    - {at: 2 working days after due, notify: hr, task: rater}\n"
    "    - {at: 3 working days after due, remind: holder, notify: rater}\n"
)
#: drafts stay drafts for longer than a month, so that nothing but rungs is due
LATER = {"late: {at: 10 working days after due": "late: {at: 60 working days after due"}
RUNGS = 4
PLAN = {"goals": [{"title": "Layanan", "weight": 100}]}
HEADER = "person_id,name,unit,position,superior,zone,email,kind,scheme,valid_from,valid_to,status,duties,substitute"
WOKE = OPENING + timedelta(days=30)
#: when a day within the time for drafts is made a day off
DECREED = OPENING + timedelta(days=1)


def office(url: str, folder: Path, clock: HandClock, *, cases: int, policy: str = "") -> Engine:
    """An engine with that many drafts open, all on the same day."""
    said = {"\nphases:\n": f"\ncatch_up: {{standard: {policy}}}\nphases:\n"} if policy else {}
    engine = set_up(
        url, clock, definition=varied(folder, {LADDER: FOUR, **LATER, **said}), people=_people(cases)
    )
    engine.launch("small", opens=OPENING, year=2026, actor=NOBODY)
    return engine


def _people(cases: int) -> bytes:
    """A head, somebody on the desk, neither of them appraised, and those who are, under the head."""
    lines = [HEADER, "TOP,Ibu Puncak,Luar,Bupati,,WITA,,external,,2020-01-01"]
    lines.append("HEAD,Kepala,Dinas,Kepala,TOP,WITA,,PPPK,own,2020-01-01,,,head")
    lines.append("DESK,Meja,Dinas,Analis,HEAD,WITA,,PPPK,own,2020-01-01,,,desk:personnel")
    lines += [staff(number, "HEAD") for number in range(cases)]
    return ("\n".join(lines) + "\n").encode()


def staff(number: int, superior: str) -> str:
    """The line of somebody who is appraised; one in seven is in the same unit."""
    return f"E{number:05d},Pegawai {number},Unit {number % 7},Analis,{superior},WITA,,PNS,own,2020-01-01"


def leave_declared() -> dict[str, Any]:
    """The calendar with one more decree: 4 December 2025 is collective leave."""
    path = ROOT / "workflows/calendars/id-asn.yaml"
    values: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"), path.name).values
    day = {"date": "2025-12-04", "id": "Cuti Bersama", "en": "Collective leave"}
    decree = {"kind": "amendment", "title": "Perubahan atas Keputusan Bersama", "issued": DECREED.isoformat()}
    values["decrees"].append({**decree, "year": "2025", "collective_leave": [day]})
    return values


def stood_still(engine: Engine, clock: HandClock, *, policy: Any = "collapse") -> None:
    """Nobody beat from the launch until a month later."""
    with engine.database.write() as unit:
        unit.put_beat("before", clock.instant)
    clock.put(WOKE)
    found = engine.standstills.notice("after", clock.instant, longer_than=86_400_000_000, policy=policy)
    assert found is not None


def entries(engine: Engine) -> list[tuple[str, str, dict[str, Any]]]:
    """Every entry of every case: whose, of what kind, with what facts."""
    found = []
    with engine.database.read() as view:
        after = ""
        while page := queries.cases(view, after=after, limit=500):
            for case in page:
                found += [
                    (case.id, line.kind, decode(line.body)) for line in queries.history(view, case.stream)
                ]
            after = page[-1].id
    return found


def rungs(told: list[tuple[str, str, dict[str, Any]]]) -> Counter[tuple[str, int, int, int]]:
    """How often each rung of each case has rung."""
    return Counter(
        (case_id, facts["visit"], facts["cause"]["generation"], number)
        for case_id, kind, facts in told
        if kind == "rung"
        for number in facts.get("caught_up", {}).get("rungs", [facts["cause"]["rung"]])
    )


def letters(engine: Engine) -> Counter[str]:
    """How many messages of each kind wait to be sent."""
    with engine.database.read() as view:
        return Counter(dict(queries.letters_waiting(view)))
