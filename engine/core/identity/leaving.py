"""Who has left by the chart, so that their account is used no more: from the day after the last of their last post."""

from __future__ import annotations

from engine.core.chart import Chart
from engine.core.zones import local_date

__all__ = ["left_by"]


def left_by(chart: Chart, now: int) -> frozenset[str]:
    """The keys of everybody whose last day is over at this instant, where they are."""
    last = {one.key: one for one in chart.segments}  # any of them, to begin with
    for one in chart.segments:
        if one.valid_from > last[one.key].valid_from:
            last[one.key] = one
    return frozenset(
        key
        for key, one in last.items()
        if one.valid_to is not None and one.valid_to < local_date(now, one.zone)
    )
