"""Due times and the ladders that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from engine.core.complaints import say
from engine.core.definition import HOLDER, DayOff, Due, Ladder, Rung
from engine.core.moments import DueItself, Duration, Entry, Moment, Offset, WindowEdge, parse_duration
from engine.core.parse.head import read_day_off
from engine.core.parse.nodes import Node
from engine.core.parse.pauses import read_stops

STANDARD = "standard"
_REASSIGN = ("substitute", "next_level")
_DUE_KEYS = ("within", "date", "window", "at_least", "day_off", "ladder", "pauses")


#: What ends a due time: a count, a day, or a window of the timetable.
_ENDS = ("within", "date", "window")


@dataclass(frozen=True, slots=True)
class LadderUse:
    """A due time that a ladder serves: of a state's task, or (state is "") of a phase or the whole case."""

    ladder: str
    state: str
    node: Node
    #: it counts `within` for one state, and can so be given time
    counts: bool = False


def read_due(node: Node, day_off: DayOff, uses: list[LadderUse], *, state: str = "") -> Due | None:
    """A due time: a duration, a moment, or a mapping of either with its conditions."""
    ladder = STANDARD
    if isinstance(node.value, str):
        due = _plain_due(node, day_off)
        node.reading.use(STANDARD, ("ladder",), node)
    else:
        fields = node.fields(say("a_due_time"), _DUE_KEYS)
        if isinstance(node.value, dict) and sum(key in fields for key in _ENDS) != 1:
            hint = say("write_a_due")
            message = say("due_counts_one_way")
            node.error("wrong_shape", message, hint)
            return None
        if "ladder" in fields:
            ladder = fields["ladder"].name(say("the_ladder"), "ladder") or STANDARD
        else:
            node.reading.use(STANDARD, ("ladder",), node)
        rolls = (read_day_off(fields["day_off"]) if "day_off" in fields else None) or day_off
        due = _stated_due(fields, rolls, ladder, of_state=bool(state))
    if due is not None:
        uses.append(LadderUse(ladder, state, node, counts=bool(state) and due.within is not None))
    return due


def _plain_due(node: Node, day_off: DayOff) -> Due | None:
    text = node.text(say("a_due_time"))
    if text is not None and parse_duration(text, node.reading.settings) is None and _says_a_day(text):
        date = _day(node)
        return None if date is None else Due(date=date, day_off=day_off)
    within = node.duration(say("a_due_time"))
    return None if within is None else Due(within=within, day_off=day_off)


def _says_a_day(text: str) -> bool:
    """Whether a text that is no duration was meant as a day rather than as a misspelt duration."""
    units = ("day", "week", "month", "year")
    return not any(unit in text for unit in units) or " after " in text or "." in text


def _stated_due(fields: dict[str, Node], day_off: DayOff, ladder: str, *, of_state: bool) -> Due | None:
    at_least = fields["at_least"].duration("`at_least`") if "at_least" in fields else None
    if "within" in fields:
        if "at_least" in fields:
            hint = say("within_counts_from_entry")
            fields["at_least"].error("unknown_key", say("at_least_needs_date"), hint, on_key=True)
        within = fields["within"].duration("`within`")
        pauses = read_stops(fields["pauses"]) if "pauses" in fields else ()
        if pauses and not of_state:
            message = say("pause_stops_a_state")
            hint = say("write_beside_within")
            fields["pauses"].error("not_here", message, hint, on_key=True)
        return None if within is None else Due(within=within, day_off=day_off, ladder=ladder, pauses=pauses)
    if "pauses" in fields:
        hint = say("remove_or_count_within")
        fields["pauses"].error("not_here", say("fixed_date_not_paused"), hint, on_key=True)
    if "window" in fields:
        window = fields["window"].name(say("a_named_window"), "window")
        date: Moment | None = None if window is None else WindowEdge(window, "to")
    else:
        date = _day(fields["date"]) if "date" in fields else None
    return None if date is None else Due(date=date, at_least=at_least, day_off=day_off, ladder=ladder)


def _day(node: Node) -> Moment | None:
    """A moment a due time can lie at: not itself, and not counted from entry, which is what `within` does."""
    moment = node.moment(say("a_due_time"))
    if isinstance(moment, DueItself) or (isinstance(moment, Offset) and moment.anchor == "due"):
        node.error("bad_value", say("due_counts_from_itself"), say("write_a_day"))
        return None
    if isinstance(moment, Entry) or (isinstance(moment, Offset) and moment.anchor in {"entry", "notified"}):
        node.error("bad_value", say("this_counts_from_entry"), say("write_within"))
        return None
    return moment


def read_ladder(name: str, node: Node) -> Ladder | None:
    """The rungs of a ladder, in order of time."""
    nodes = node.items(say("the_ladder_called", name=name))
    rungs = [(one, rung) for one in nodes if (rung := _read_rung(one)) is not None]
    for (_, before), (place, after) in pairwise(rungs):
        if not _in_order(before, after):
            hint = say("rungs_in_order")
            place.error("bad_value", say("rung_out_of_order", name=name), hint)
    return Ladder(name=name, rungs=tuple(rung for _, rung in rungs)) if rungs else None


def _read_rung(node: Node) -> Rung | None:
    fields = node.fields(say("a_rung"), ("at", "remind", "notify", "task", "reassign"), ("at",))
    if "at" not in fields:
        return None
    moment = fields["at"].moment(say("when_a_rung_rings"))
    if moment is None:
        return None
    offset: Duration | None = None
    before = False
    if isinstance(moment, Offset) and moment.anchor == "due":
        offset, before = moment.duration, moment.side == "before"
    elif not isinstance(moment, DueItself):
        hint = say("write_a_rung_moment")
        fields["at"].error("bad_value", say("rung_counts_from_due"), hint)
        return None
    if len(fields) == 1:
        node.error("missing_key", say("this_rung_does_nothing"), say("add_to_rung"), on_key=True)
    task = fields["task"].name(say("who_gets_the_task"), "role") if "task" in fields else None
    reassign = (
        fields["reassign"].name(say("who_takes_over"), "role", also=_REASSIGN)
        if "reassign" in fields
        else None
    )
    return Rung(
        offset=offset,
        before=before,
        remind=fields["remind"].names(say("who_is_reminded"), "role", also=(HOLDER,))
        if "remind" in fields
        else (),
        notify=fields["notify"].names(say("who_is_told"), "role", also=(HOLDER,))
        if "notify" in fields
        else (),
        task=task,
        reassign=reassign,
    )


def _in_order(first: Rung, then: Rung) -> bool:
    """Whether two rungs follow one another; rungs counted in different units cannot be compared and pass."""
    one, other = _side(first), _side(then)
    if one != other or first.offset is None or then.offset is None:
        return one < other
    if first.offset.unit != then.offset.unit:
        return True
    if first.before:
        return first.offset.amount > then.offset.amount
    return first.offset.amount < then.offset.amount


def _side(rung: Rung) -> int:
    if rung.offset is None:
        return 0
    return -1 if rung.before else 1


def reaches_somebody(ladder: Ladder) -> bool:
    """Whether the last rung does more than remind the one who is silent."""
    last = ladder.rungs[-1]
    others = {*last.remind, *last.notify} - {HOLDER}
    return bool(others or last.task or last.reassign)


def read_not_before(node: Node) -> Moment | None:
    """A moment a phase or task opens at: one that is known before it opens."""
    moment = node.moment("`not_before`")
    if isinstance(moment, DueItself | Entry) or (
        isinstance(moment, Offset) and moment.anchor in {"due", "entry", "notified"}
    ):
        node.error("bad_value", say("opening_counts_from_step"), say("write_a_day_of_year"))
        return None
    return moment
