"""Civil days and instants: where a day begins and ends in a zone, and which day an instant falls on.

The one place that reads the time zone database. Exact for every IANA zone, daylight saving included: a day is not
taken to be 24 hours long, midnight is not taken to exist, nor to come only once. What is worked out is remembered
per day and zone, because deadlines of thousands of people end at the same midnights.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import CalendarInvalid

__all__ = ["known_zone", "local_date", "local_time", "midnight", "zone_label"]

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def known_zone(zone: str) -> bool:
    """Whether this names a place whose clocks we know: `Asia/Jakarta`, `Europe/Berlin`, `UTC`; not `WIB`."""
    try:
        _zone(zone)
    except CalendarInvalid:
        return False
    return True


def zone_label(zone: str, day: date) -> str:
    """What people call the zone's time on that day: `WIB`, `WITA`, `WIT`, `CEST`, or `UTC+8` where it has no name."""
    name = datetime(day.year, day.month, day.day, 12, tzinfo=_zone(zone)).tzname() or ""
    if name[:1] not in {"+", "-"}:
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:]
    return f"UTC{name[0]}{hours}{':' + minutes if minutes else ''}"


@lru_cache(maxsize=1 << 16)
def midnight(ordinal: int, zone: str) -> int:
    """The instant, in microseconds UTC, at which the day with this proleptic ordinal begins in the zone.

    Where clocks jump over midnight the day begins with the jump; where midnight comes twice it begins when the day
    before is over for good.
    """
    where, start = _zone(zone), _naive(ordinal)
    first, second = (_instant(start.replace(tzinfo=where, fold=fold)) for fold in (0, 1))
    if first == second:
        return first
    if first > second:  # skipped: of the two readings the one with the later offset comes too early
        return _jump(where, second, first)
    before = _local(second - 1, where).toordinal()
    return second if before < ordinal else first


def local_date(instant: int, zone: str) -> date:
    """The civil day on which an instant (microseconds UTC) falls in the zone."""
    number = instant // _DAY
    turn, before, after = _turn(number, zone)
    if turn is not None:
        return before if instant < turn else after
    return _local(instant, _zone(zone)).date()


def local_time(instant: int, zone: str) -> tuple[int, int]:
    """The hour and the minute that clocks in the zone show at an instant (microseconds UTC)."""
    shown = _local(instant, _zone(zone))
    return shown.hour, shown.minute


@lru_cache(maxsize=1 << 14)
def _turn(number: int, zone: str) -> tuple[int | None, date, date]:
    """The local midnight inside one UTC day and the dates around it; None where clocks change on that day."""
    where = _zone(zone)
    opening = _local(number * _DAY, where)
    closing = _local((number + 1) * _DAY - 1, where)
    if opening.utcoffset() != closing.utcoffset():
        return None, opening.date(), closing.date()
    day = opening.date()
    if day == closing.date():
        return number * _DAY, day, day
    return midnight(closing.toordinal(), zone), day, closing.date()


def _jump(where: ZoneInfo, low: int, high: int) -> int:
    """The first instant after `low` with the offset that holds at `high`."""
    new = _local(high, where).utcoffset()
    while high - low > _SECOND:  # clocks change on whole seconds
        middle = (low + high) // 2 // _SECOND * _SECOND
        low, high = (low, middle) if _local(middle, where).utcoffset() == new else (middle, high)
    return high


@lru_cache(maxsize=1 << 10)
def _zone(zone: str) -> ZoneInfo:
    # The database also holds files that are no places: the host's own zone, leap-second variants, folders.
    if zone == "UTC" or ("/" in zone and not zone.startswith(("posix/", "right/"))):
        try:
            return ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise CalendarInvalid(
        f"there is no time zone {zone!r}; use the name of a place, such as Asia/Jakarta (WIB), "
        "Asia/Makassar (WITA) or Asia/Jayapura (WIT)",
        zone=zone,
    )


def _naive(ordinal: int) -> datetime:
    try:
        return datetime.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise CalendarInvalid(f"no calendar has a day with the number {ordinal}", ordinal=ordinal) from None


def _instant(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _local(instant: int, where: ZoneInfo) -> datetime:
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(where)
