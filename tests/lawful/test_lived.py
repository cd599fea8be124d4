"""Whatever is lived in the crowds of the model is lawful, and every case is what its entries say: no alarm at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.core.calendar import Calendar
from engine.core.codec import decode
from engine.lawful.report import LawReport, judge
from engine.runtime.replaying import replayed
from engine.store import Database, queries
from engine.store.filing import definitions
from engine.store.streams import everything
from tests.model.premises import copied, furnish
from tests.model.runs import Place, play


def law_of(database: Database) -> LawReport:
    """The second report on a database, as a pack of all of it would have it."""
    with database.read() as view:
        rules = {one.digest: one.source for one in definitions(view.driver)}
        entries = sorted(
            (decode(one.body) for one in everything(view.driver)), key=lambda one: str(one["at"])
        )
        of_cases = [one for one in entries if one["stream"].startswith("case/")]
        versions = {clock[2] for one in of_cases for clock in one.get("clocks", ())}
        versions |= {line["calendars"][1] for one in of_cases for line in one.get("recounted", ())}
        days = {}
        for version in versions:
            stored = view.calendar(version.partition("@")[0], version)
            assert stored is not None
            days[version.rpartition(":")[2]] = Calendar.from_values(decode(stored.source)).days_told()
    return judge(enumerate(entries), rules.get, days.get)


def held_against_law(database: Database, seen: Counter[str]) -> None:
    """Nothing unlawful, nothing that is not what its entries say, and every promise as the engine has it."""
    law, again = law_of(database), replayed(database)
    with database.read() as view:
        live = {case.stream: case.promises for case in queries.cases(view, limit=100_000)}

    assert ([], [], []) == (law.breaches, law.unjudged, again.differences)
    for stream, promises in live.items():
        stands = [(one.number, one.standing, one.evidence) for one in promises]
        assert stands == law.standings[stream]
    seen.update(lives=law.cases, entries=law.entries, **law.promises)


def places(folder: Path, seen: Counter[str]) -> Place:
    """A database for each run; when it is over it is held against the law."""
    furnished = folder / "furnished.db"
    furnish(str(furnished))

    @contextmanager
    def place() -> Iterator[str]:
        path = copied(furnished, folder / f"run-{seen['runs']}.db")
        yield path
        seen["runs"] += 1
        database = Database(path)
        held_against_law(database, seen)
        database.close()

    return place


def test_a_small_crowd_lives_lawfully(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    play([6], places(tmp_path, seen), crowd=8)

    assert seen["lives"] >= 8
    assert seen["entries"] > 50


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_thousands_live_lawfully(tmp_path: Path) -> None:
    """Thirty crowds: acts, undone acts, pauses, outages, decrees, standstills, cancellations, corrections."""
    seen: Counter[str] = Counter()
    play(range(100, 130), places(tmp_path, seen))

    assert seen["lives"] >= 1_500
    assert min(seen["kept"], seen["broken"], seen["lost"], seen["open"]) > 0
