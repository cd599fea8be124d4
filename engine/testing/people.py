"""The people of examples: a people file, or a small chart written into the examples themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
    "away",
)  # fmt: skip
_SINCE = date(2000, 1, 1)
_PLAIN = ("unit", "position", "kind", "status", "echelon")


def read_chart(node: Node, opener: Any) -> Chart | None:
    """The chart; None and complaints if there is none. Raises: PeopleInvalid, and what `opener` raises."""
    if isinstance(node.value, str):
        numbers = count(1)
        roster = read_roster(
            opener(node.value), node.value, keys={}, new_key=lambda: f"p-{next(numbers):05d}", existing=()
        )
        return Chart(segments=roster.people, version=node.value)
    people = node.entries("`people`")
    found = [_person(name, one, people) for name, one in people.items()]
    return Chart(segments=tuple(one for one in found if one is not None), version="examples")


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
