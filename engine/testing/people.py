"""The people of examples: a people file, or a small chart written into the examples themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from engine.core.chart import Chart, Person
from engine.core.complaints import say
from engine.core.parse.nodes import Node
from engine.core.roster import read_roster
from engine.core.zones import known_zone
from engine.testing.naming import day_of

PERSON_KEYS = (
    "superior", "unit", "position", "kind", "status", "echelon", "duties", "zone", "until", "substitute", "acting_for",
    "away", "moves",
)  # fmt: skip
_SINCE = date(2000, 1, 1)
_PLAIN = ("unit", "position", "kind", "status", "echelon")
#: what may be different after a move
_MOVED = (*_PLAIN, "superior", "duties")
_DAY = timedelta(days=1)


def read_chart(node: Node, opener: Any) -> Chart | None:
    """The chart; None and complaints if there is none. Raises: PeopleInvalid, and what `opener` raises."""
    if isinstance(node.value, str):
        numbers = count(1)
        roster = read_roster(
            opener(node.value), node.value, keys={}, new_key=lambda: f"p-{next(numbers):05d}", existing=()
        )
        return Chart(segments=roster.people, version=node.value)
    people = node.entries("`people`")
    found = [post for name, one in people.items() for post in _posts(name, one, people)]
    return Chart(segments=tuple(found), version="examples")


def _posts(name: str, node: Node, people: Mapping[str, Node]) -> Iterator[Person]:
    """The posts of a person, one after the other; of each move only what is different from then on is said."""
    own = _person(name, node, people)
    said = node.value.get("moves") if isinstance(node.value, dict) else None
    if own is None or said is None:
        yield from () if own is None else (own,)
        return
    last = own.valid_to
    for one in node.entries(say("the_person", name=name))["moves"].one_or_more(say("a_move")):
        fields = one.fields(say("a_move"), ("on", *_MOVED), ("on",))
        day = day_of(fields["on"]) if "on" in fields else None
        if day is None:
            continue
        if day <= own.valid_from:
            fields["on"].error("bad_value", say("moves_in_order"), say("name_a_later_day"))
            continue
        yield replace(own, valid_to=day - _DAY)
        own = replace(own, valid_from=day, valid_to=last, **_moved(fields, people))
    yield own


def _moved(fields: Mapping[str, Node], people: Mapping[str, Node]) -> dict[str, Any]:
    values: dict[str, Any] = {key: fields[key].text(f"`{key}`") or "" for key in _PLAIN if key in fields}
    if "superior" in fields:
        values["superior"] = fields["superior"].one_of("`superior`", people)
    if "duties" in fields:
        values["duties"] = fields["duties"].texts("`duties`")
    return values


def _person(name: str, node: Node, people: Mapping[str, Node]) -> Person | None:
    fields = node.fields(say("the_person", name=name), PERSON_KEYS)
    values: dict[str, Any] = {"unit": "Unit", "position": name, "kind": "PNS"}
    for key in _PLAIN:
        if key in fields:
            values[key] = fields[key].text(f"`{key}`") or ""
    for key in ("superior", "substitute", "acting_for"):
        if key in fields:
            values[key] = fields[key].one_of(f"`{key}`", people)
    if "duties" in fields:
        values["duties"] = fields["duties"].texts("`duties`")
    zone = (fields["zone"].text("`zone`") or "") if "zone" in fields else "Asia/Jakarta"
    if zone and not known_zone(zone):
        fields["zone"].error("bad_value", say("is_no_time_zone", zone=zone), say("write_a_zone"))
        return None
    if "until" in fields:
        values["valid_to"] = day_of(fields["until"])
    if "away" in fields:
        away = fields["away"].fields("`away`", ("from", "to"), ("from",))
        values["away_from"] = day_of(away["from"]) if "from" in away else None
        values["away_to"] = day_of(away["to"]) if "to" in away else None
    return Person(
        **{
            "key": name,
            "person_id": name,
            "name": name.replace("_", " ").title(),
            "superior": None,
            "zone": zone or "UTC",
            "valid_from": _SINCE,
            "scheme": "own",
            **values,
        }
    )
