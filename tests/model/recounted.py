"""A clock counted again with another calendar."""

from __future__ import annotations

from dataclasses import replace

from tests.model.clocks import DOWN, Clock, until, until_up
from tests.model.days import Days


def recounted(one: Clock, days: Days, now: int, past: str) -> tuple[Clock, Clock, bool] | None:
    """A clock, and what the calendar of today makes of it from its beginning; whether it was kept as it is."""
    if one.name == DOWN:
        again = until_up(one.since, days)
    elif one.name.startswith("resume:"):
        again = until(one.alarms[0].what, one.since, days)
    elif one.rule is None:
        return None
    else:
        again = replace(one, carried=None, fired=[*one.fired], skipped=[*one.skipped])
        again.count_again(days, now)
    if (again.due, again.alarms) == (one.due, one.alarms):
        return None
    here = now if one.stopped is None else one.stopped
    kept = past == "keep" and _falls_into_past(one, again, here)
    if not kept:
        return one, again, False
    if one.carried is not None and one.carried[0] == one.due:
        return None
    again = replace(one)
    again.carry()
    return one, again, True


def _falls_into_past(before: Clock, after: Clock, here: float) -> bool:
    """Whether a due day or a move that was to come would now lie behind."""
    end = (before.due.toordinal() + 1) * 24
    if (after.due.toordinal() + 1) * 24 <= here < end:
        return True
    was = {one.what: one.at for one in before.alarms if one.kind != "rung"}
    return any(one.at <= here < was.get(one.what, here) for one in after.alarms if one.kind != "rung")
