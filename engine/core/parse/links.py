"""Other cases: which this one reads, which it opens, and what it shows of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.complaints import say
from engine.core.definition import Every, Form, Link, PeriodRule, Read
from engine.core.parse.corrections import read_correction
from engine.core.parse.nodes import Node
from engine.core.parse.words import WORKFLOW_NAME
from engine.core.places import nearest, quoted

#: whom `case_of` may name besides a role, and whom `cases_of` may
_ONE = ("parent", "previous", "unit")
_MANY = ("unit", "parts")
#: parts a period may have, longest first
_PARTS: tuple[Every, ...] = ("year", "quarter", "month")
#: what a part of a period is called in complaints
SPANS = {"year": say("year"), "quarter": say("quarter"), "month": say("month")}
_OWN = ("every", "outlives", "open_at_most", "period", "at_least", "carries", "corrects", "by")
_OF_READ = ("case_of", "cases_of", "workflow", "period", "since", "least")
#: what a link says only of the rest of a period
_REST = ("at_least", "carries")
_MOST_OPEN = 100
#: a set of one is somebody
_FEWEST = (2, 1_000)


def read_read(name: str, node: Node, workflow: str | None) -> Read | None:
    """One case or a set of cases that this one may look at."""
    fields = node.fields(say("the_read", name=name), _OF_READ)
    if isinstance(node.value, dict) and ("case_of" in fields) == ("cases_of" in fields):
        hint = say("case_of_or_cases_of")
        node.error("wrong_shape", say("read_of_neither_or_both", name=name), hint)
        return None
    if not fields:
        return None
    many = "cases_of" in fields
    whose = fields["cases_of" if many else "case_of"]
    of = whose.name(say("whose_case_it_is"), "role", also=_MANY if many else _ONE)
    other = _read_workflow(fields["workflow"]) if "workflow" in fields else ""
    if of == "parts":
        return _read_parts(name, fields, workflow)
    if of is not None and of != "parent" and "workflow" not in fields:
        node.error("missing_key", say("read_without_workflow", name=name), say("add_workflow"), on_key=True)
    if of == "previous" and other and workflow is not None and other != workflow:
        message = say("before_is_own_workflow", workflow=workflow, other=other)
        fields["workflow"].error("bad_value", message, say("write_workflow", workflow=workflow))
    since = ""
    if "since" in fields and not many:
        message = say("since_needs_set")
        fields["since"].error("not_here", message, say("remove_it"), on_key=True)
    elif "since" in fields:
        since = fields["since"].name(say("since_when"), "state") or ""
    if "least" in fields and not many:
        fields["least"].error("not_here", say("least_needs_set"), say("remove_it"), on_key=True)
    least = (fields["least"].whole("`least`", *_FEWEST) or 0) if many and "least" in fields else 0
    same = "period" in fields and fields["period"].one_of(say("the_period_of_a_read"), ("same",)) is not None
    if of is None or other is None:
        return None
    return Read(name=name, of=of, many=many, workflow=other, same_period=same, since=since, least=least)


def _read_parts(name: str, fields: Mapping[str, Node], workflow: str | None) -> Read:
    """The earlier parts of this case's own period: nothing but their name has to be said."""
    for key in ("workflow", "period", "since", "least"):
        if key in fields:
            fields[key].error("not_here", say("parts_are_its_own", key=key), say("remove_it"), on_key=True)
    return Read(name=name, of="parts", many=True, workflow=workflow or "", same_period=True)


def read_link(name: str, node: Node, period: PeriodRule | None, workflow: str | None) -> Link | None:
    """Cases this one opens: of another definition, or of a track in the same file."""
    fields = node.fields(say("the_link", name=name), ("workflow", "track", *_OWN))
    if isinstance(node.value, dict) and ("workflow" in fields) == ("track" in fields):
        hint = say("workflow_or_track")
        node.error("wrong_shape", say("link_of_neither_or_both", name=name), hint)
        return None
    if not fields:
        return None
    if "track" in fields:
        for key in _OWN:
            if key in fields:
                message = say("belongs_to_workflow", key=key)
                fields[key].error("not_here", message, say("remove_it"), on_key=True)
        track = fields["track"].name(say("a_named_track"), "track")
        return None if track is None else Link(name=name, track=track)
    other = _read_workflow(fields["workflow"])
    if "corrects" in fields or "by" in fields:
        return read_correction(name, fields, other, workflow)
    every = _read_every(fields["every"], period) if "every" in fields else ""
    rest = "period" in fields and fields["period"].one_of(say("the_period_of_a_link"), ("rest",)) is not None
    if rest and workflow is not None and other not in {None, workflow}:
        message = say("rest_is_own_workflow", workflow=workflow, other=other)
        fields["workflow"].error("bad_value", message, say("write_workflow", workflow=workflow))
    if rest and every:
        message = say("every_and_period")
        fields["every"].error("not_here", message, say("keep_every_or_period"), on_key=True)
    least, carries = _read_rest(fields, rest=rest)
    at_most = fields["open_at_most"].whole("`open_at_most`", 1, _MOST_OPEN) if "open_at_most" in fields else 0
    outlives = fields["outlives"].truth("`outlives`") if "outlives" in fields else False
    if other is None:
        return None
    return Link(
        name=name,
        workflow=other,
        every=every,
        outlives=outlives or rest,  # a part ends by handing on to the next
        open_at_most=at_most or 0,
        rest=rest,
        at_least=least,
        carries=carries,
    )


def _read_rest(fields: Mapping[str, Node], *, rest: bool) -> tuple[int, tuple[str, ...]]:
    """How long the rest of a period must be, and what it begins with; complaints where nothing opens a rest."""
    for key in () if rest else _REST:
        if key in fields:
            fields[key].error("not_here", say("belongs_to_rest", key=key), say("remove_it"), on_key=True)
    least = _read_least(fields["at_least"]) if "at_least" in fields else 0
    return least, fields["carries"].names(say("form_carried"), "form") if "carries" in fields else ()


def _read_least(node: Node) -> int:
    """Of how many civil days the rest of a period must be; 0 after a complaint."""
    told = node.duration(say("the_shortest_rest"))
    if told is None:
        return 0
    if told.unit != "days" or told.amount < 1:
        node.error("bad_value", say("rest_in_days"), say("write_days"))
        return 0
    return told.amount


def _read_workflow(node: Node) -> str | None:
    text = node.text(say("the_workflow_name"))
    if text is not None and not WORKFLOW_NAME.fullmatch(text):
        node.error("bad_name", say("not_a_workflow_name", text=quoted(text)), say("workflow_letters"))
        return None
    return text


def _read_every(node: Node, period: PeriodRule | None) -> Every:
    said = node.one_of("`every`", _PARTS)
    every: Every = next((one for one in _PARTS if one == said), "")
    if period is None or not every:
        return every
    own = period.every
    if own == "none" or _PARTS.index(every) <= _PARTS.index(own):
        what = say("this_case_has_no_period") if own == "none" else say("period_is_one", own=SPANS[own])
        node.error(
            "bad_value", say("no_part_for_every", what=what, every=SPANS[every]), say("leave_every_out")
        )
    return every


def read_publishes(
    node: Node, forms: Mapping[str, Form], states: Iterable[str], figures: Iterable[str]
) -> tuple[str, ...]:
    """What other cases may read: states (that they were reached), forms, fields of forms, figures."""
    reading = node.reading
    found: list[str] = []
    for item in node.one_or_more(say("what_is_published")):
        name = item.text(say("what_is_published"))
        if name is None:
            continue
        form, dot, field = name.partition(".")
        if not dot:
            reading.use(name, (*reading.state_kinds(), "form", "figure"), item)
        elif form not in forms:
            reading.use(form, ("form",), item)
        else:
            reading.use(form, ("form",), item)
            fields = [one.name for one in forms[form].fields]
            if field not in fields:
                hint = nearest(field, fields) or say(
                    "fields_there", fields=", ".join(fields) or say("none_there")
                )
                item.error("unknown_name", say("form_has_no_field", form=form, field=quoted(field)), hint)
        if name in found:
            item.error("bad_value", say("published_twice", name=name), say("name_it_once"))
        found.append(name)
    _check_alike(node, found, {*states}, {*forms, *figures})
    return tuple(dict.fromkeys(found))


def _check_alike(node: Node, names: Iterable[str], states: set[str], values: set[str]) -> None:
    """Complains of a published name that is a state and a form or figure: nobody could tell which is meant."""
    for name in names:
        if name in states & values:
            message = say("state_and_form", name=name)
            node.error("clash", message, say("rename_one_of_them"))


def read_shown(node: Node) -> tuple[str, ...]:
    """What is shown to whoever acts: forms, figures, gathered answers, journals, other cases and values of those."""
    names: list[str] = []
    for item in node.one_or_more(say("what_is_shown")):
        text = item.text(say("what_is_shown"))
        if text is None:
            continue
        read, dot, _ = text.partition(".")
        if dot:
            item.reading.use(read, ("read",), item)
        else:
            item.reading.use(text, ("form", "figure", "gathering", "journal", "read", "link"), item)
        if text in names:
            node.error("bad_value", say("shown_twice", text=text), say("name_it_once"))
        names.append(text)
    return tuple(dict.fromkeys(names))
