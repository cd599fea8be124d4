"""Roles: dated questions to the organisation chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.core.complaints import Said, Sayable, say
from engine.core.complaints.kinds import either
from engine.core.definition import By, Field, Form, State
from engine.core.moments import Offset
from engine.core.parse.nodes import Node
from engine.core.parse.words import NAME
from engine.core.people import (
    Committee,
    Desk,
    HeadOf,
    NamedIn,
    Outside,
    Query,
    Role,
    Subject,
    SuperiorOf,
    circles,
)
from engine.core.places import nearest, quoted
from engine.core.roles import AGENCY, COLLEAGUES, PARENT, UNIT

#: What each question may say besides itself.
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "superior_of": ("as_of", "not", "else", "trained", "delegable"),
    "head_of": ("as_of", "not", "else", "trained", "delegable"),
    "desk": ("of", "as_of", "not", "else", "trained", "delegable"),
    "committee": ("of", "as_of", "not", "else", "trained"),
    "named_in": ("from", "as_of", "not", "trained"),
    "outside": ("per", "once", "cap"),
}
_QUERIES = tuple(_BESIDE)
_KEYS = (*_QUERIES, *dict.fromkeys(key for keys in _BESIDE.values() for key in keys))
_DAYS = ("now", "entry", "period.from", "period.to")
_MOST_OUTSIDERS = 100_000
_COUNTED = ("entry", "period.from", "period.to")


def read_role(name: str, node: Node) -> Role | None:
    """`subject`, or a question with the day it is asked for and who may not be the answer."""
    if isinstance(node.value, str):
        if node.one_of(say("the_role", name=name), ("subject",)) is None:
            return None
        return Role(name=name, query=Subject())
    fields = node.fields(say("the_role", name=name), _KEYS)
    asked = [key for key in _QUERIES if key in fields]
    if len(asked) != 1:
        if isinstance(node.value, dict) and len(fields) == len(node.value):
            hint = say("subject_or_one_of", names=", ".join(_QUERIES))
            node.error("wrong_shape", say("role_questions", name=name, count=len(asked)), hint)
        return None
    _refuse_foreign(asked[0], fields)
    query = _READERS[asked[0]](fields, node)
    as_of = _read_as_of(fields["as_of"]) if "as_of" in fields else "now"
    exclude = fields["not"].names(say("who_may_not_be_chosen"), "role") if "not" in fields else ()
    otherwise = fields["else"].names(say("who_else_is_asked"), "role") if "else" in fields else ()
    trained = _word(fields["trained"], say("a_training")) if "trained" in fields else ""
    delegable = read_delegable(fields)
    if query is None or as_of is None or trained is None:
        return None
    return Role(
        name=name,
        query=query,
        as_of=as_of,
        exclude=exclude,
        otherwise=otherwise,
        trained=trained,
        delegable=delegable,
    )


def read_delegable(fields: Mapping[str, Node]) -> bool:
    """Whether what a role or a state asks for may be done for another by delegation; unsaid, it may."""
    if "delegable" not in fields:
        return True
    return fields["delegable"].one_of("`delegable`", ("yes", "no")) != "no"


def _refuse_foreign(kind: str, fields: dict[str, Node]) -> None:
    """Complains of keys that mean nothing beside this question, and leaves them out."""
    for key in [key for key in fields if key != kind and key not in _BESIDE[kind]]:
        owners = [f"`{one}`" for one, keys in _BESIDE.items() if key in keys]
        message = say("belongs_to", key=key, names=either(owners), kind=kind)
        fields.pop(key).error("unknown_key", message, say("remove_it"), on_key=True)


def _read_superior(fields: Mapping[str, Node], _: Node) -> Query | None:
    start = fields["superior_of"].name(say("role_starts_from"), "role")
    return None if start is None else SuperiorOf(role=start)


def _read_head(fields: Mapping[str, Node], _: Node) -> Query | None:
    start = fields["head_of"].name(say("role_starts_from"), "role", also=(AGENCY, UNIT, PARENT))
    return None if start is None else HeadOf(of=start)


def _read_desk(fields: Mapping[str, Node], node: Node) -> Query | None:
    name, of = _read_place("desk", fields, node)
    return None if name is None or of is None else Desk(name=name, of=of)


def _read_committee(fields: Mapping[str, Node], node: Node) -> Query | None:
    name, of = _read_place("committee", fields, node)
    return None if name is None or of is None else Committee(name=name, of=of)


def _read_place(kind: str, fields: Mapping[str, Node], node: Node) -> tuple[str | None, str | None]:
    """The name of a desk or committee, and whose it is."""
    name = _word(fields[kind], say("a_query", kind=kind))
    if "of" not in fields:
        if name is not None:
            node.error("missing_key", say("query_without_of", kind=kind), say("add_of_employee"), on_key=True)
        return name, None
    return name, fields["of"].name(say("whose_query", kind=kind), "role", also=(AGENCY, UNIT))


def _read_named(fields: Mapping[str, Node], node: Node) -> Query | None:
    what = fields["named_in"]
    if "from" not in fields:
        message = say("named_without_from")
        node.error("missing_key", message, say("add_from", word=COLLEAGUES), on_key=True)
        return None
    source = fields["from"].one_of(say("from_whom_they_are_named"), (COLLEAGUES,))
    path = what.text(say("where_they_are_named"))
    if path is None or source is None:
        return None
    form, dot, name = path.partition(".")
    if not dot or not NAME.fullmatch(form) or not NAME.fullmatch(name):
        hint = say("write_form_and_field")
        what.error("bad_value", say("no_field_of_form", path=quoted(path)), hint)
        return None
    what.reading.use(form, ("form",), what)
    return NamedIn(path=path, source=source)


def _read_outside(fields: Mapping[str, Node], node: Node) -> Query | None:
    kind = fields["outside"].one_of(say("how_outsiders_come_in"), ("token",))
    if "per" not in fields or "cap" not in fields:
        hint = say("write_outside")
        node.error(
            "missing_key",
            say("outside_says_per"),
            hint,
            on_key=True,
        )
        return None
    per = fields["per"].one_of(say("link_for_whom"), ("employee",))
    once = fields["once"].one_of("`once`", ("true", "false")) if "once" in fields else "true"
    cap = fields["cap"].whole(say("the_cap"), 1, _MOST_OUTSIDERS)
    if kind is None or per is None or once is None or cap is None:
        return None
    return Outside(once=once == "true", cap=cap)


_READERS: Mapping[str, Callable[[Mapping[str, Node], Node], Query | None]] = {
    "superior_of": _read_superior,
    "head_of": _read_head,
    "desk": _read_desk,
    "committee": _read_committee,
    "named_in": _read_named,
    "outside": _read_outside,
}


def _word(node: Node, what: Sayable) -> str | None:
    """The name of a desk, committee or training, as it stands in the people file."""
    text = node.text(what)
    if text is not None and not NAME.fullmatch(text):
        node.error("bad_name", say("is_not", text=quoted(text), what=what), say("word_letters"))
        return None
    return text


def _read_as_of(node: Node) -> object:
    """One of four words, or so long before or after entry or an edge of the period."""
    if node.value in _DAYS:
        return node.value
    moment = node.moment(say("day_role_asked"))
    if moment is None or (isinstance(moment, Offset) and moment.anchor in _COUNTED):
        return moment
    hint = say("write_role_day", names=", ".join(_DAYS))
    node.error("bad_value", say("role_not_asked_then", value=quoted(str(node.value))), hint)
    return None


def check_circles(roles: Mapping[str, Role], nodes: Mapping[str, Node]) -> None:
    """Complains of roles that wait for each other."""
    for circle in circles(roles):
        hint = say("roles_start_from_subject")
        nodes[circle[0]].error(
            "circle", say("roles_in_a_circle", names=" -> ".join(circle)), hint, on_key=True
        )


def check_named(roles: Mapping[str, Role], nodes: Mapping[str, Node], forms: Mapping[str, Form]) -> None:
    """Complains of roles whose people are named in a field that names nobody."""
    for name, role in roles.items():
        if not isinstance(role.query, NamedIn) or role.query.form not in forms:
            continue
        fields = {one.name: one for one in forms[role.query.form].fields}
        named, node = fields.get(role.query.field), nodes[name].entries(say("a_role"))["named_in"]
        people = [f"{role.query.form}.{one.name}" for one in fields.values() if _names_people(one)]
        if named is None:
            hint = nearest(role.query.path, people) or _known(people)
            node.error("unknown_name", say("there_is_no_field", path=quoted(role.query.path)), hint)
        elif not _names_people(named):
            message = say("names_nobody", path=quoted(role.query.path), kind=named.kind)
            node.error("bad_value", message, _known(people))


def _names_people(field: Field) -> bool:
    kind: str = field.kind
    return kind == "person"


def check_outside(
    roles: Mapping[str, Role],
    states: Mapping[str, State],
    nodes: Mapping[str, Node],
    rules: Mapping[str, Node],
) -> None:
    """Complains of work given to people outside: they can only write in a journal."""
    outside = {name for name, role in roles.items() if isinstance(role.query, Outside)}
    told: set[str] = set()
    for state in states.values():
        asked = (*((state.task.who,) if state.task else ()), *(state.gather.who if state.gather else ()))
        given = [(name, nodes[state.name]) for name in asked]
        for transition in state.transitions:
            trigger = transition.trigger
            if isinstance(trigger, By) and transition.rule not in told:
                told.add(transition.rule)
                given += [(name, rules[transition.rule]) for name in trigger.roles]
        for name, node in given:
            if name in outside:
                message = say("outsider_given_work", name=name)
                node.error("not_here", message, say("let_outsider_write", name=name), on_key=True)


def _known(people: list[str]) -> Said:
    return say("fields_that_name_people", names=", ".join(people)) if people else say("add_person_field")
