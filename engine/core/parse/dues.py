"""Due times and the ladders that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

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


def read_due(node: Node, day_off: DayOff, uses: list[LadderUse], *, state: str = "") -> Due | None:
    """A due time: a duration, a moment, or a mapping of either with its conditions."""
    ladder = STANDARD
    if isinstance(node.value, str):
        due = _plain_due(node, day_off)
        node.reading.use(STANDARD, ("ladder",), node)
    else:
        fields = node.fields("a due time", _DUE_KEYS)
        if isinstance(node.value, dict) and sum(key in fields for key in _ENDS) != 1:
            hint = "write `within: 5 working days`, `date: 31 January` or `window: name`"
            message = "a due time counts `within` a duration, to a `date`, or to the end of a `window`"
            node.error("wrong_shape", message, hint)
            return None
        if "ladder" in fields:
            ladder = fields["ladder"].name("the ladder", "ladder") or STANDARD
        else:
            node.reading.use(STANDARD, ("ladder",), node)
        rolls = (read_day_off(fields["day_off"]) if "day_off" in fields else None) or day_off
        due = _stated_due(fields, rolls, ladder, of_state=bool(state))
    if due is not None:
        uses.append(LadderUse(ladder, state, node))
    return due


def _plain_due(node: Node, day_off: DayOff) -> Due | None:
    text = node.text("a due time")
    if text is not None and parse_duration(text, node.reading.settings) is None and _says_a_day(text):
        date = _day(node)
        return None if date is None else Due(date=date, day_off=day_off)
    within = node.duration("a due time")
    return None if within is None else Due(within=within, day_off=day_off)


def _says_a_day(text: str) -> bool:
    """Whether a text that is no duration was meant as a day rather than as a misspelt duration."""
    units = ("day", "week", "month", "year")
    return not any(unit in text for unit in units) or " after " in text or "." in text


def _stated_due(fields: dict[str, Node], day_off: DayOff, ladder: str, *, of_state: bool) -> Due | None:
    at_least = fields["at_least"].duration("`at_least`") if "at_least" in fields else None
    if "within" in fields:
        if "at_least" in fields:
            hint = "remove it; `within` already counts from entry"
            fields["at_least"].error("unknown_key", "`at_least` belongs to a `date`", hint, on_key=True)
        within = fields["within"].duration("`within`")
        pauses = read_stops(fields["pauses"]) if "pauses" in fields else ()
        if pauses and not of_state:
            message = "a pause stops the clock of one state; those of a phase and of the whole case run on"
            hint = "write it beside the `within` of a task or a gathering"
            fields["pauses"].error("not_here", message, hint, on_key=True)
        return None if within is None else Due(within=within, day_off=day_off, ladder=ladder, pauses=pauses)
    if "pauses" in fields:
        hint = "remove it, or count the time with `within`"
        fields["pauses"].error("not_here", "no pause stops a fixed date", hint, on_key=True)
    if "window" in fields:
        window = fields["window"].name("the window", "window")
        date: Moment | None = None if window is None else WindowEdge(window, "to")
    else:
        date = _day(fields["date"]) if "date" in fields else None
    return None if date is None else Due(date=date, at_least=at_least, day_off=day_off, ladder=ladder)


def _day(node: Node) -> Moment | None:
    """A moment a due time can lie at: not itself, and not counted from entry, which is what `within` does."""
    moment = node.moment("a due time")
    if isinstance(moment, DueItself) or (isinstance(moment, Offset) and moment.anchor == "due"):
        node.error("bad_value", "a due time cannot count from itself", "write a day or a duration")
        return None
    if isinstance(moment, Entry) or (isinstance(moment, Offset) and moment.anchor in {"entry", "notified"}):
        node.error("bad_value", "this counts from entry", "write `within: 5 working days`")
        return None
    return moment


def read_ladder(name: str, node: Node) -> Ladder | None:
    """The rungs of a ladder, in order of time."""
    nodes = node.items(f"the ladder '{name}'")
    rungs = [(one, rung) for one in nodes if (rung := _read_rung(one)) is not None]
    for (_, before), (place, after) in pairwise(rungs):
        if not _in_order(before, after):
            hint = "write the rungs in order of time: before due, at due, after due"
            place.error(
                "bad_value", f"a rung of '{name}' comes before the one above it, or at the same time", hint
            )
    return Ladder(name=name, rungs=tuple(rung for _, rung in rungs)) if rungs else None


def _read_rung(node: Node) -> Rung | None:
    fields = node.fields("a rung", ("at", "remind", "notify", "task", "reassign"), ("at",))
    if "at" not in fields:
        return None
    moment = fields["at"].moment("when a rung rings")
    if moment is None:
        return None
    offset: Duration | None = None
    before = False
    if isinstance(moment, Offset) and moment.anchor == "due":
        offset, before = moment.duration, moment.side == "before"
    elif not isinstance(moment, DueItself):
        hint = "write `due`, `2 working days before due` or `2 working days after due`"
        fields["at"].error("bad_value", "a rung counts from the due time", hint)
        return None
    if len(fields) == 1:
        node.error(
            "missing_key", "this rung does nothing", "add remind, notify, task or reassign", on_key=True
        )
    task = fields["task"].name("who gets the task", "role") if "task" in fields else None
    reassign = (
        fields["reassign"].name("who takes over", "role", also=_REASSIGN) if "reassign" in fields else None
    )
    return Rung(
        offset=offset,
        before=before,
        remind=fields["remind"].names("who is reminded", "role", also=(HOLDER,))
        if "remind" in fields
        else (),
        notify=fields["notify"].names("who is told", "role", also=(HOLDER,)) if "notify" in fields else (),
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
        node.error(
            "bad_value", "what opens a step cannot count from that step", "write a day such as 1 December"
        )
        return None
    return moment
