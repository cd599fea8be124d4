"""What was recorded as a training is kept beside the chart, in the transaction of the entry that recorded it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.chart import Chart
from engine.core.chart_version import version_beside
from engine.core.codec import decode
from engine.core.effects import Qualify, Step
from engine.store import trainings
from engine.store.unit import Unit

__all__ = ["SEEN", "keep_trainings"]

#: under which fact of the database stands the last day for which open cases have followed the chart
SEEN = "chart_seen_on"


def keep_trainings(unit: Unit, chart: Chart, steps: Sequence[Step]) -> None:
    """Keep what these steps give; open cases follow it with the next beat. Raises: Conflict."""
    for step in steps:
        for effect in step.effects:
            if isinstance(effect, Qualify):
                chart = _kept(unit, chart, step, effect)


def _kept(unit: Unit, chart: Chart, step: Step, effect: Qualify) -> Chart:
    known = (*chart.trainings, *effect.given)
    version = version_beside(chart.version, chart.delegations, known)
    trainings.put(unit.driver, effect.given, version, before=chart.version)
    unit.put_meta(SEEN, "")
    facts = {
        "actor": decode(step.entry.body)["actor"],
        "object": step.case.subject,
        "case": step.case.id,
        "entry": step.entry.seq,
        "gives": [
            [one.name, "over" if one.over else one.last.isoformat() if one.last is not None else ""]
            for one in effect.given
        ],
        "chart": version,
        "before": chart.version,
    }
    unit.append("people", "trained", step.entry.at, facts)
    return Chart(segments=chart.segments, version=version, delegations=chart.delegations, trainings=known)
