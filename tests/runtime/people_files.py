"""The demo's people file with some cells changed, as a personnel office would send it the next time."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from engine.core.chart import Chart
from tests.worlds import ROOT

Row = dict[str, str]


def rows() -> list[Row]:
    """The demo's people, by column."""
    text = (ROOT / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def people_with(chart: Chart, changes: Mapping[str, Row]) -> bytes:
    """The demo's file with other values in some columns of some people, who are named by key."""
    by_number = {chart.history(key)[-1].person_id: cells for key, cells in changes.items()}
    people = rows()
    for row in people:
        row.update(by_number.pop(row["nip"], {}))
    assert not by_number, f"nobody has the number {', '.join(by_number)}"
    told = io.StringIO()
    writer = csv.DictWriter(told, people[0].keys())
    writer.writeheader()
    writer.writerows(people)
    return told.getvalue().encode()


def another_post(chart: Chart, key: str) -> Row:
    """Unit and superior of somebody in another unit."""
    own = chart.history(key)[-1]
    there = next(row for row in rows() if row["unit"] != own.unit and row["atasan"])
    return {"unit": there["unit"], "atasan": there["atasan"]}
