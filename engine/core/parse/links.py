"""Other cases: which this one reads, which it opens, and what it shows of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.definition import Every, Form, Link, PeriodRule, Read
from engine.core.parse.corrections import read_correction
from engine.core.parse.nodes import Node
from engine.core.parse.words import WORKFLOW_NAME
from engine.core.places import nearest, quoted

#: whom `case_of` may name besides a role, and whom `cases_of` may
_ONE = ("parent", "previous", "unit")
_MANY = ("unit",)
#: parts a period may have, longest first
_PARTS: tuple[Every, ...] = ("year", "quarter", "month")
_OWN = ("every", "outlives", "open_at_most", "period", "corrects", "by")
_MOST_OPEN = 100


def read_read(name: str, node: Node, workflow: str | None) -> Read | None:
    """One case or a set of cases that this one may look at."""
    fields = node.fields(f"the read '{name}'", ("case_of", "cases_of", "workflow", "period", "since"))
    if isinstance(node.value, dict) and ("case_of" in fields) == ("cases_of" in fields):
        hint = "write `case_of: rater` for one case, `cases_of: unit` for a set"
        node.error("wrong_shape", f"the read '{name}' says neither or both of `case_of` and `cases_of`", hint)
        return None
    if not fields:
        return None
    many = "cases_of" in fields
    whose = fields["cases_of" if many else "case_of"]
    of = whose.name("whose case it is", "role", also=_MANY if many else _ONE)
    other = _read_workflow(fields["workflow"]) if "workflow" in fields else ""
    if of is not None and of != "parent" and "workflow" not in fields:
        node.error(
            "missing_key", f"the read '{name}' does not say `workflow`", "add `workflow:`", on_key=True
        )
    if of == "previous" and other and workflow is not None and other != workflow:
        message = f"the case before is of this workflow, '{workflow}', not of '{other}'"
        fields["workflow"].error("bad_value", message, f"write `workflow: {workflow}`")
    since = ""
    if "since" in fields and not many:
        message = "`since` belongs to a set of cases (`cases_of`)"
        fields["since"].error("not_here", message, "remove it", on_key=True)
    elif "since" in fields:
        since = fields["since"].name("since when", "state") or ""
    same = "period" in fields and fields["period"].one_of("the period of a read", ("same",)) is not None
    if of is None or other is None:
        return None
    return Read(name=name, of=of, many=many, workflow=other, same_period=same, since=since)


def read_link(name: str, node: Node, period: PeriodRule | None, workflow: str | None) -> Link | None:
    """Cases this one opens: of another definition, or of a track in the same file."""
    fields = node.fields(f"the link '{name}'", ("workflow", "track", *_OWN))
    if isinstance(node.value, dict) and ("workflow" in fields) == ("track" in fields):
        hint = "write `workflow: name`, or `track: name`"
        node.error(
            "wrong_shape", f"the link '{name}' leads to neither or both of a workflow and a track", hint
        )
        return None
    if not fields:
        return None
    if "track" in fields:
        for key in _OWN:
            if key in fields:
                message = f"`{key}` belongs to a workflow: a track lives within its case"
                fields[key].error("not_here", message, "remove it", on_key=True)
        track = fields["track"].name("the track", "track")
        return None if track is None else Link(name=name, track=track)
    other = _read_workflow(fields["workflow"])
    if "corrects" in fields or "by" in fields:
        return read_correction(name, fields, other, workflow)
    every = _read_every(fields["every"], period) if "every" in fields else ""
    rest = "period" in fields and fields["period"].one_of("the period of a link", ("rest",)) is not None
    if rest and workflow is not None and other not in {None, workflow}:
        message = f"the rest of this period is a segment of this workflow, '{workflow}', not of '{other}'"
        fields["workflow"].error("bad_value", message, f"write `workflow: {workflow}`")
    if rest and every:
        message = "a link opens a case for each part, or one for the rest of the period"
        fields["every"].error("not_here", message, "keep either `every` or `period`", on_key=True)
    at_most = fields["open_at_most"].whole("`open_at_most`", 1, _MOST_OPEN) if "open_at_most" in fields else 0
    outlives = fields["outlives"].truth("`outlives`") if "outlives" in fields else False
    if other is None:
        return None
    return Link(
        name=name,
        workflow=other,
        every=every,
        outlives=outlives,
        open_at_most=at_most or 0,
        rest=rest,
    )


def _read_workflow(node: Node) -> str | None:
    text = node.text("the workflow's name")
    if text is not None and not WORKFLOW_NAME.fullmatch(text):
        node.error(
            "bad_name", f"{quoted(text)} is not a workflow's name", "use lower-case letters, digits and -"
        )
        return None
    return text


def _read_every(node: Node, period: PeriodRule | None) -> Every:
    said = node.one_of("`every`", _PARTS)
    every: Every = next((one for one in _PARTS if one == said), "")
    if period is None or not every:
        return every
    own = period.every
    if own == "none" or _PARTS.index(every) <= _PARTS.index(own):
        what = "this case has no period" if own == "none" else f"the period of this case is one {own}"
        node.error("bad_value", f"{what}, so it has no part for every {every}", "leave `every` out")
    return every


def read_publishes(
    node: Node, forms: Mapping[str, Form], states: Iterable[str], figures: Iterable[str]
) -> tuple[str, ...]:
    """What other cases may read: states (that they were reached), forms, fields of forms, figures."""
    reading = node.reading
    found: list[str] = []
    for item in node.one_or_more("what is published"):
        name = item.text("what is published")
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
                hint = nearest(field, fields) or f"fields there: {', '.join(fields) or 'none'}"
                item.error("unknown_name", f"the form '{form}' has no field {quoted(field)}", hint)
        if name in found:
            item.error("bad_value", f"'{name}' is published twice", "name it once")
        found.append(name)
    _check_alike(node, found, {*states}, {*forms, *figures})
    return tuple(dict.fromkeys(found))


def _check_alike(node: Node, names: Iterable[str], states: set[str], values: set[str]) -> None:
    """Complains of a published name that is a state and a form or figure: nobody could tell which is meant."""
    for name in names:
        if name in states & values:
            message = f"'{name}' is a state and a form or figure, so nobody could tell which is published"
            node.error("clash", message, "rename one of them")


def read_shown(node: Node) -> tuple[str, ...]:
    """What is shown to whoever acts: forms, figures, gathered answers, journals, other cases and values of those."""
    names: list[str] = []
    for item in node.one_or_more("what is shown"):
        text = item.text("what is shown")
        if text is None:
            continue
        read, dot, _ = text.partition(".")
        if dot:
            item.reading.use(read, ("read",), item)
        else:
            item.reading.use(text, ("form", "figure", "gathering", "journal", "read", "link"), item)
        if text in names:
            node.error("bad_value", f"what is shown names '{text}' twice", "name it once")
        names.append(text)
    return tuple(dict.fromkeys(names))
