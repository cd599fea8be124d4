"""Which shipped definitions live together, and how an agency begins with them. Every shipped definition is in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from tests.workflows.agency import PERSONNEL, SECRETARIAT
from tests.worlds import ROOT

FOLDER = Path(ROOT) / "workflows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One launch: on this day, this cycle opens on its first day."""

    workflow: str
    on: date
    year: int = 2026
    part: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Definitions that open, read or wait for each other: published in this order, launched as told."""

    members: tuple[str, ...]
    launches: tuple[Launch, ...]
    #: definitions of another family that cases of this one open
    opens: tuple[str, ...] = ()
    #: the kind of everybody who leads nobody, where it is not the civil service's
    kind: str = ""
    #: by a state where a case rests for long: what every second subject does there after a season
    later: Mapping[str, str] = field(default_factory=dict)
    #: units whose cases everybody sees to at once
    exemplary: tuple[str, ...] = ()
    #: a state and two days: whoever leads the first who is there on the one is away until the other
    away: tuple[str, date, date] | None = None
    #: a definition and a day: whose case of it began last is told that day that they leave ten days later
    leaving: tuple[str, date] | None = None
    #: of a hundred visits of a unit's case, those that everybody forgets
    units_forget: int = 6
    #: whether the personnel desk looks into cases as often as those near them
    desk_looks: bool = False
    #: how many days a case without a period of its own may go on; 0: as long as others
    outlives: int = 0
    #: the people its definitions are proven for
    people: str = "workflows/examples/people-demo.csv"

    @property
    def begins(self) -> date:
        """The day on which the agency is set up."""
        return min(one.on for one in self.launches)


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "national": Family(
            members=("asn-perbaikan", "asn-triwulan", "asn-bulanan", "asn-tahunan", "unit-tahunan"),
            launches=(
                Launch(workflow="asn-tahunan", on=date(2025, 12, 1)),
                Launch(workflow="unit-tahunan", on=date(2025, 12, 1)),
                *(Launch(workflow="asn-bulanan", on=date(2026, part, 1), part=part) for part in (3, 4)),
            ),
            units_forget=25,
            exemplary=(PERSONNEL, SECRETARIAT),
            leaving=("asn-perbaikan", date(2027, 5, 3)),
            desk_looks=True,
            outlives=600,
        ),
        "standards": Family(
            members=("plaju-standar",),
            launches=(Launch(workflow="plaju-standar", on=date(2026, 1, 2), part=1),),
            opens=("pembinaan",),
        ),
        "kupang": Family(
            members=("kupang-kinerja", "kupang-unit"),
            launches=(
                Launch(workflow="kupang-unit", on=date(2026, 1, 2)),
                Launch(workflow="kupang-kinerja", on=date(2026, 1, 2)),
            ),
            opens=("pembinaan",),
        ),
        "bukitintan": Family(
            members=("bukitintan-penilaian", "bukitintan-unit"),
            launches=(
                Launch(workflow="bukitintan-penilaian", on=date(2026, 1, 2)),
                Launch(workflow="bukitintan-unit", on=date(2026, 1, 2)),
            ),
            opens=("pembinaan",),
            later={"rewarded": "withdraw"},
            units_forget=25,
            away=("rater_names_peers", date(2026, 12, 2), date(2027, 2, 22)),
        ),
        "policy": Family(
            members=("plaju-kebijakan", "plaju-unit"),
            launches=(
                Launch(workflow="plaju-unit", on=date(2026, 1, 2)),
                Launch(workflow="plaju-kebijakan", on=date(2026, 1, 2)),
            ),
        ),
        "curug": Family(
            members=("pembinaan", "curug-evaluasi"),
            launches=(Launch(workflow="curug-evaluasi", on=date(2026, 1, 2)),),
            later={"recognised": "withdraw"},
            leaving=("pembinaan", date(2026, 9, 1)),
        ),
        "employer": Family(
            members=("percobaan",),
            launches=(Launch(workflow="percobaan", on=date(2026, 2, 2)),),
            kind="percobaan",
            people="workflows/examples/people-employer.csv",
        ),
        "kemenkeu": Family(
            members=("kemenkeu-triwulan", "kemenkeu-unit"),
            launches=tuple(
                Launch(workflow=name, on=date(2026, 3 * part - 2, 1), part=part)
                for part in (1, 2)
                for name in ("kemenkeu-triwulan", "kemenkeu-unit")
            ),
        ),
    }
)


def shipped() -> tuple[str, ...]:
    """The names of the shipped definitions."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if "." not in path.stem))
