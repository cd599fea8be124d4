"""The head of a definition: what it is, whom it covers, when, by whose days, and what an agency may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.core.complaints import say
from engine.core.complaints.kinds import sort_words
from engine.core.conditions import Kind, cover_names
from engine.core.definition import CalendarRule, Condition, Covers, DayOff, PeriodRule, Setting, SubjectKind
from engine.core.moments import CivilDate
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Saying
from engine.core.parse.words import VALUE_NAME, WORKFLOW_NAME, not_read
from engine.core.people import Role, Subject
from engine.core.places import quoted
from engine.core.settings import measure, sort_of, within

DAY_OFF: tuple[DayOff, ...] = ("next", "previous", "stays")
_MOST_VERSION = 1_000_000
_LEAP_DAY = (2, 29)
_PARTS: tuple[Literal["quarter", "month"], ...] = ("quarter", "month")
_PART_WORDS = {"quarter": say("quarter"), "month": say("month")}
#: the unit a case is about, where a role could stand
UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the rules; None where it was missing or wrong."""

    workflow: str | None
    version: int | None
    basis: tuple[str, ...]
    period: PeriodRule | None
    covers: Covers
    calendar: CalendarRule | None
    subject: SubjectKind
    agency: str


def read_head(fields: Mapping[str, Node]) -> Head:
    """Identity, ground, period, who is covered, and by whose days."""
    subject = read_subject(fields["subject"]) if "subject" in fields else "person"
    return Head(
        workflow=read_name(fields["workflow"]) if "workflow" in fields else None,
        version=read_version(fields["version"]) if "version" in fields else None,
        basis=fields["basis"].texts(say("the_basis")) if "basis" in fields else (),
        period=read_period(fields["period"]) if "period" in fields else PeriodRule(every="none"),
        covers=read_covers(fields["covers"], subject) if "covers" in fields else Covers(who=None, exempt=()),
        calendar=read_calendar(fields["calendar"], subject) if "calendar" in fields else None,
        subject=subject,
        agency=(fields["agency"].text(say("the_agency_name")) or "") if "agency" in fields else "",
    )


def read_name(node: Node) -> str | None:
    """The workflow's name."""
    text = node.text(say("the_workflow_name"))
    if text is not None and not WORKFLOW_NAME.fullmatch(text):
        node.error("bad_name", say("is_not_a_name", name=quoted(text)), say("workflow_letters"))
        return None
    return text


def read_version(node: Node) -> int | None:
    """The version, counted from 1."""
    return node.whole(say("the_version"), 1, _MOST_VERSION)


def read_subject(node: Node) -> SubjectKind:
    """Whom a case is about: a person, or a unit."""
    return "unit" if node.one_of(say("the_subject"), ("person", "unit")) == UNIT else "person"


def read_period(node: Node) -> PeriodRule | None:
    """A year from a day to a day, or each quarter or month of the calendar year."""
    said = node.value.get("every", "year") if isinstance(node.value, dict) else "year"
    needs = ("every",) if said in _PARTS else ("every", "from", "to")
    fields = node.fields(say("the_period"), ("every", "from", "to"), needs)
    every = fields["every"].one_of(say("the_period"), ("year", *_PARTS)) if "every" in fields else "year"
    part = next((one for one in _PARTS if one == every), None)
    if part is not None:
        for key in ("from", "to"):
            if key in fields:
                message = say("part_of_calendar_year", part=_PART_WORDS[part], key=key)
                fields[key].error("not_here", message, say("remove_it"), on_key=True)
        return PeriodRule(every=part)
    return _read_year(fields)


def _read_year(fields: Mapping[str, Node]) -> PeriodRule | None:
    """One year, from a day to a day."""
    days: list[CivilDate] = []
    for key in ("from", "to"):
        if key in fields:
            day = fields[key].moment(say("edge_of_period", key=key))
            if isinstance(day, CivilDate) and (day.month, day.day) == _LEAP_DAY:
                hint = say("write_28_february")
                fields[key].error("bad_value", say("no_29_february"), hint)
            elif isinstance(day, CivilDate) and day.year_offset == 0:
                days.append(day)
            elif day is not None:
                fields[key].error("bad_value", say("period_edge_is_a_day"), say("write_1_january"))
    if len(days) != len(("from", "to")):
        return None
    first, last = days
    if first == last:
        fields["to"].error("bad_value", say("period_of_one_day"), say("write_whole_year"))
    return PeriodRule(from_month=first.month, from_day=first.day, to_month=last.month, to_day=last.day)


def read_covers(node: Node, subject: SubjectKind = "person") -> Covers:
    """Who or which unit gets a case, and who is exempt."""
    fields = node.fields("`covers`", ("who", "except"))
    who = read_condition(fields["who"], cover_names(subject)) if "who" in fields else None
    exempt: tuple[str, ...] = ()
    if "except" in fields:
        exempt = fields["except"].texts(say("an_exempt_status"))
        for status in exempt:
            if not VALUE_NAME.fullmatch(status):
                fields["except"].error(
                    "bad_name", say("is_not_a_status", status=quoted(status)), say("one_word_per_status")
                )
    return Covers(who=who, exempt=exempt)


def read_condition(node: Node, names: Mapping[str, Kind] | None = None) -> Condition | None:
    """A condition as written; without `names`, what it may read is checked when forms and figures are known."""
    if not isinstance(node.value, str) or not node.value.strip():
        node.text(say("a_condition"))
        return None
    node.reading.sayings.append(Saying(node.value, node, names))
    return Condition(text=node.value, place=str(node.mark))


def read_calendar(node: Node, subject: SubjectKind) -> CalendarRule | None:
    """Whose days and zone, and where due dates on a day off go: always said."""
    fields = node.fields(say("the_calendar"), ("use", "of", "day_off"), ("use", "of", "day_off"))
    use = fields["use"].text(say("the_calendar_name")) if "use" in fields else None
    of = fields["of"].name(say("whose_calendar_it_is"), "role", also=(UNIT,)) if "of" in fields else None
    day_off = read_day_off(fields["day_off"]) if "day_off" in fields else None
    if subject == "unit" and of not in {None, UNIT}:
        fields["of"].error(
            "bad_value",
            say("unit_lives_by_its_days", of=of),
            say("write_of_unit"),
        )
    elif subject == "person" and of == UNIT:
        fields["of"].error("bad_value", say("person_lives_by_their_days"), say("write_of_employee"))
    if use is None or of is None or day_off is None:
        return None
    return CalendarRule(use=use, of=of, day_off=day_off)


def check_calendar(fields: Mapping[str, Node], roles: Mapping[str, Role]) -> None:
    """Complains of a calendar that is not the appraised person's: nobody else's days are counted so far."""
    node = fields.get("calendar")
    of = node.value.get("of") if node is not None and isinstance(node.value, dict) else None
    role = roles.get(of.strip()) if isinstance(of, str) else None
    if node is not None and role is not None and not isinstance(role.query, Subject):
        own = next((name for name, one in roles.items() if isinstance(one.query, Subject)), "employee")
        hint = say("write_of", own=own)
        node.entries(say("the_calendar"))["of"].error("not_yet", not_read(f"of: {role.name}"), hint)


def read_day_off(node: Node) -> DayOff | None:
    """Where a date on a day off goes."""
    text = node.one_of("`day_off`", DAY_OFF)
    return next((one for one in DAY_OFF if one == text), None)


def read_setting(name: str, node: Node) -> Setting | None:
    """A number that is not firm law: what it is, within what an agency may make of it, and why."""
    fields = node.fields(say("the_setting", name=name), ("is", "allow", "basis", "note"), ("is", "allow"))
    if isinstance(node.value, dict) and "basis" not in fields and "note" not in fields:
        hint = say("add_basis_or_note")
        node.error("missing_key", say("setting_without_basis", name=name), hint, on_key=True)
    value = fields["is"].text(say("the_setting_value")) if "is" in fields else None
    basis = "; ".join(fields["basis"].texts(say("the_basis"))) if "basis" in fields else ""
    note = (fields["note"].text(say("the_note")) or "") if "note" in fields else ""
    if value is None or "allow" not in fields:
        return None
    allow = _read_allow(fields["allow"], fields["is"], value)
    if allow is None:
        return None
    return Setting(name=name, value=value, allow=allow, basis=basis, note=note)


def _read_allow(node: Node, is_node: Node, value: str) -> str | tuple[str, ...] | None:
    if isinstance(node.value, list):
        return _read_options(node, is_node, value)
    text = node.text(say("what_is_allowed"))
    if text is None:
        return None
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        if text != value:
            is_node.error(
                "bad_value", say("not_what_is_allowed", value=quoted(value)), say("allowed_is", text=text)
            )
        return (text,)
    low, high = measure(first), measure(last)
    if low is None or high is None or low[0] != high[0]:
        hint = say("write_allowed_range")
        node.error("bad_value", say("is_not_a_range", text=quoted(text)), hint)
    elif low > high:
        node.error(
            "bad_value",
            say("the_range_runs_backwards", text=quoted(text)),
            say("write_allowed", last=last, first=first),
        )
    elif measure(value) is None:
        # What cannot be measured is no value at all: where the setting is named, nothing more is said of it.
        message = say("not_comparable_with_allowed", value=quoted(value), text=quoted(text))
        is_node.error("bad_value", message, say("write_as", first=quoted(first)))
        return None
    elif not within(text, value):
        is_node.error(
            "bad_value", say("not_within", value=quoted(value), text=quoted(text)), say("change_is_or_allow")
        )
    return text


def _read_options(node: Node, is_node: Node, value: str) -> tuple[str, ...]:
    options: list[str] = []
    for item in node.items(say("what_is_allowed")):
        text = item.text(say("an_allowed_value"))
        if text in options:
            item.error("bad_value", say("allowed_twice", text=quoted(text)), say("remove_one"))
        elif text is not None:
            if sort_of(text) != sort_of(value):
                message = say(
                    "two_sorts",
                    text=quoted(text),
                    sort=sort_words(sort_of(text)),
                    value=quoted(value),
                    other=sort_words(sort_of(value)),
                )
                item.error("bad_value", message, say("allow_values_of_one_sort"))
            options.append(text)
    if options and value not in options:
        hint = say("allowed_is", text=", ".join(options))
        is_node.error("bad_value", say("not_among_allowed", value=quoted(value)), hint)
    return tuple(options)
