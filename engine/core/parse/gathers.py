"""Gatherings: what may stand in one, and what must stand around it so that it comes to an end."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.attachments import has_files
from engine.core.definition import At, DayOff, Field, Form, Gather, Gathered, State, Transition, Upon
from engine.core.gather_acts import acts_of
from engine.core.parse.dues import LadderUse, read_due, read_not_before
from engine.core.parse.nodes import Node
from engine.core.parse.words import NAME
from engine.core.people import NamedIn, Role
from engine.core.places import Value, quoted

__all__ = ["check_gathers", "declare_gathers", "read_gather"]

_KEYS = (
    "who", "form", "sign", "as", "edit", "need", "least", "anonymous", "may_decline", "shows", "due", "not_before",
)  # fmt: skip
#: What means nothing where a text is signed: a signature is there or not, under a name, and refused by an act.
_OF_ANSWERS: Mapping[str, str] = {
    "as": "what is signed keeps its own name",
    "least": "say how many must sign with `need`",
    "anonymous": "a signature has a name",
    "may_decline": "write a way out such as `refuse: {by: employee, to: drafting, reason: required}`",
}
_MOST = 1_000
#: fewer than two answers always tell whose they are
_LEAST_UNNAMED = 2
_ALL = "all"


def declare_gathers(states: Mapping[str, Node]) -> None:
    """The names under which answers are known besides those of forms, before anything is read that may use them."""
    for node in states.values():
        said = _said(node)
        name = said.get("as") if isinstance(said, dict) else None
        if (
            isinstance(said, dict)
            and isinstance(name, str)
            and NAME.fullmatch(name)
            and name != said.get("form")
        ):
            found = Node(node.reading, node.document, (*node.path, "gather", "as"), name)
            node.reading.declare("gathering", {name: found})


def _said(node: Node) -> Value | None:
    """What a state says it gathers, as it was written; None if it says nothing of it."""
    return node.value.get("gather") if isinstance(node.value, dict) else None


def read_gather(state: str, node: Node, day_off: DayOff, uses: list[LadderUse]) -> Gather | None:
    """What a state gathers; None and a complaint if it cannot be known what."""
    fields = node.fields("a gathering", _KEYS, ("who",))
    if not isinstance(node.value, dict):
        return None
    form = fields["form"].name("the form", "form") if "form" in fields else None
    sign = fields["sign"].name("what is signed", "form", "figure") if "sign" in fields else None
    if ("form" in fields) == ("sign" in fields):
        hint = "write `form:` for answers, or `sign:` for signatures under a form or figure"
        many = "both `form` and `sign`" if "form" in fields else "neither `form` nor `sign`"
        node.error(
            "wrong_shape", f"a gathering asks for answers or for signatures, and this says {many}", hint
        )
        return None
    _refuse_beside(fields)
    name = _name(fields, form or sign)
    who = fields["who"].names("who is asked", "role") if "who" in fields else ()
    need, least, anonymous = _numbers(fields)
    edit = _edit(fields)
    shows = (
        fields["shows"].names("what is shown", "form", "figure", "gathering", "journal")
        if "shows" in fields
        else ()
    )
    due = read_due(fields["due"], day_off, uses, state=state) if "due" in fields else None
    not_before = read_not_before(fields["not_before"]) if "not_before" in fields else None
    if not who or name is None:
        return None
    return Gather(
        who=who,
        name=name,
        form=form,
        sign=sign,
        edit=edit,
        need=need,
        least=least,
        anonymous=anonymous,
        may_decline="may_decline" in fields and fields["may_decline"].truth("`may_decline`"),
        shows=shows,
        due=due,
        not_before=not_before,
    )


def _refuse_beside(fields: dict[str, Node]) -> None:
    for key, hint in _OF_ANSWERS.items() if "sign" in fields else ():
        if key in fields:
            fields.pop(key).error(
                "not_here", f"`{key}` belongs to answers, not to signatures", hint, on_key=True
            )
    if "edit" in fields and "sign" not in fields:
        hint = "remove it: only a text that is being signed can be edited meanwhile"
        fields.pop("edit").error(
            "not_here", "`edit` belongs to signatures, not to answers", hint, on_key=True
        )


def _name(fields: Mapping[str, Node], unsaid: str | None) -> str | None:
    if "as" not in fields:
        return unsaid
    name = fields["as"].text("the name of the answers")
    if name is not None and not NAME.fullmatch(name):
        hint = "use lower-case letters, digits and _, beginning with a letter"
        fields["as"].error("bad_name", f"{quoted(name)} is not a name", hint)
        return None
    return name


def _numbers(fields: Mapping[str, Node]) -> tuple[int | None, int, int]:
    """How many answers fulfil it (None: all), how many it takes at least, and how many to show any without names."""
    need = None
    if "need" in fields and fields["need"].value != _ALL:
        need = fields["need"].whole("`need` (or `all`)", 1, _MOST)
    least = fields["least"].whole("`least`", 1, _MOST) or 0 if "least" in fields else 0
    anonymous = (
        fields["anonymous"].whole("`anonymous`", _LEAST_UNNAMED, _MOST) or 0 if "anonymous" in fields else 0
    )
    for key, number in (("least", least), ("anonymous", anonymous)):
        if need is not None and number > need:
            message = (
                f"`{key}: {number}` is more than `need: {need}`, so what is gathered would never be enough"
            )
            fields[key].error("bad_value", message, f"write `need: {number}` or more, or a smaller `{key}`")
    return need, least, anonymous


def _edit(fields: Mapping[str, Node]) -> str | None:
    if "edit" not in fields:
        return None
    role = fields["edit"].name("who may edit the text", "role")
    signed = fields["sign"].value if "sign" in fields else None
    if isinstance(signed, str) and signed in fields["sign"].reading.names("figure"):
        hint = "remove it, or sign the form it is worked out from"
        fields["edit"].error(
            "not_here", f"'{signed}' is worked out, so nobody can edit it", hint, on_key=True
        )
        return None
    return role


def check_gathers(
    states: Mapping[str, State],
    nodes: Mapping[str, Node],
    rules: Mapping[str, Node],
    roles: Mapping[str, Role],
    forms: Mapping[str, Form],
) -> None:
    """Complains of gatherings that cannot end, cannot be fulfilled, or clash with what stands beside them."""
    first: dict[str, tuple[str, Gather]] = {}
    for state in states.values():
        node = nodes[state.name]
        said = _said(node)
        for transition in state.transitions:
            if said is None and _awaits(transition):
                hint = "wait for another fact, or let the state `gather`"
                message = (
                    f"'{transition.name}' waits for what is gathered, and '{state.name}' gathers nothing"
                )
                rules[transition.rule].error("not_here", message, hint, on_key=True)
        if state.gather is None or state.final is not None:
            continue
        assert said is not None, "what was read was said"
        place = Node(node.reading, node.document, (*node.path, "gather"), said)
        _check_ways(state, state.gather, place, rules)
        _check_people(state.gather, place, roles, forms)
        _check_unnamed(state.gather, place, forms)
        other = first.setdefault(state.gather.name, (state.name, state.gather))
        _check_same(state, other, place)


def _awaits(transition: Transition) -> bool:
    return isinstance(transition.trigger, Upon) and Gathered() in transition.trigger.facts


def _check_ways(state: State, gather: Gather, place: Node, rules: Mapping[str, Node]) -> None:
    if not any(_awaits(one) for one in state.transitions):
        hint = "add a transition `enough: {upon: gathered, to: ...}`"
        place.error(
            "dead_end",
            f"nothing happens once everybody asked in '{state.name}' has answered",
            hint,
            on_key=True,
        )
    at = any(isinstance(one.trigger, At) for one in state.transitions)
    if gather.due is None and not at:
        hint = "add `due:` with a ladder that reaches somebody, or an `at` transition"
        place.error(
            "dead_end", f"'{state.name}' would wait for ever for those who do not answer", hint, on_key=True
        )
    taken = {one.name for one in acts_of(state)}
    for transition in state.transitions:
        if transition.name in taken:
            message = f"'{transition.name}' is what people do in the gathering of '{state.name}'"
            rules[transition.rule].error("clash", message, "rename this way out", on_key=True)


def _check_people(gather: Gather, place: Node, roles: Mapping[str, Role], forms: Mapping[str, Form]) -> None:
    """There can be as many people as are needed."""
    asked = [roles[name] for name in gather.who if name in roles]
    if len(asked) < len(gather.who):
        return
    sizes = [_most(role, forms) for role in asked]
    for key, number in (("need", gather.need), ("least", gather.least), ("anonymous", gather.anonymous)):
        possible = sum(size for size in sizes if size is not None)
        if number and None not in sizes and number > possible:
            message = f"`{key}: {number}` asks for more people than there can be: {possible}"
            place.error("bad_value", message, f"write {possible} or fewer, or ask more roles")


def _check_unnamed(gather: Gather, place: Node, forms: Mapping[str, Form]) -> None:
    """A file tells who made it, in its name or within."""
    form = forms.get(gather.form or "")
    if gather.anonymous and form is not None and has_files(form.fields, forms):
        message = f"'{form.name}' takes files, and a file may tell who attached it"
        place.error("not_here", message, "ask without names for texts and choices only, or drop `anonymous`")


def _most(role: Role, forms: Mapping[str, Form]) -> int | None:
    """How many people a role can have at most; None if nothing bounds them."""
    if not role.several:
        return 1
    if not isinstance(role.query, NamedIn) or role.query.form not in forms:
        return None
    field: Field | None = next(
        (one for one in forms[role.query.form].fields if one.name == role.query.field), None
    )
    return None if field is None else max(field.most, 1)


def _check_same(state: State, first: tuple[str, Gather], place: Node) -> None:
    """Answers under one name are of one kind wherever they are gathered."""
    name, other = first
    gather = state.gather
    assert gather is not None
    if gather.form != other.form or gather.sign != other.sign:
        message = f"'{gather.name}' is gathered in '{name}' already, with another form"
        place.error("clash", message, "give these answers another name with `as:`")
    elif gather.anonymous != other.anonymous:
        message = f"'{gather.name}' is gathered in '{name}' without names up to another number than here"
        hint = (
            f"write `anonymous: {other.anonymous}` here too"
            if other.anonymous
            else "write `anonymous` in both"
        )
        place.error("clash", message, hint)
