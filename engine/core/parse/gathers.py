"""Gatherings: what may stand in one, and what must stand around it so that it comes to an end."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.attachments import has_files
from engine.core.complaints import Said, say
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
_OF_ANSWERS: Mapping[str, Said] = {
    "as": say("signed_keeps_name"),
    "least": say("say_need"),
    "anonymous": say("signature_has_name"),
    "may_decline": say("write_a_refusal"),
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
    fields = node.fields(say("a_gathering"), _KEYS, ("who",))
    if not isinstance(node.value, dict):
        return None
    form = fields["form"].name(say("a_named_form"), "form") if "form" in fields else None
    sign = fields["sign"].name(say("what_is_signed"), "form", "figure") if "sign" in fields else None
    if ("form" in fields) == ("sign" in fields):
        hint = say("form_or_sign")
        many = say("both_form_and_sign") if "form" in fields else say("neither_form_nor_sign")
        node.error("wrong_shape", say("gathering_asks_one", many=many), hint)
        return None
    _refuse_beside(fields)
    name = _name(fields, form or sign)
    who = fields["who"].names(say("who_is_asked"), "role") if "who" in fields else ()
    need, least, anonymous = _numbers(fields)
    edit = _edit(fields)
    shows = (
        fields["shows"].names(say("what_is_shown"), "form", "figure", "gathering", "journal")
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
            fields.pop(key).error("not_here", say("belongs_to_answers", key=key), hint, on_key=True)
    if "edit" in fields and "sign" not in fields:
        hint = say("edit_only_signed")
        fields.pop("edit").error("not_here", say("edit_belongs_to_signatures"), hint, on_key=True)


def _name(fields: Mapping[str, Node], unsaid: str | None) -> str | None:
    if "as" not in fields:
        return unsaid
    name = fields["as"].text(say("the_name_of_the_answers"))
    if name is not None and not NAME.fullmatch(name):
        hint = say("name_letters")
        fields["as"].error("bad_name", say("is_not_a_name", name=quoted(name)), hint)
        return None
    return name


def _numbers(fields: Mapping[str, Node]) -> tuple[int | None, int, int]:
    """How many answers fulfil it (None: all), how many it takes at least, and how many to show any without names."""
    need = None
    if "need" in fields and fields["need"].value != _ALL:
        need = fields["need"].whole(say("need_or_all"), 1, _MOST)
    least = fields["least"].whole("`least`", 1, _MOST) or 0 if "least" in fields else 0
    anonymous = (
        fields["anonymous"].whole("`anonymous`", _LEAST_UNNAMED, _MOST) or 0 if "anonymous" in fields else 0
    )
    for key, number in (("least", least), ("anonymous", anonymous)):
        if need is not None and number > need:
            message = say("more_than_need", key=key, number=number, need=need)
            fields[key].error("bad_value", message, say("write_more_need", number=number, key=key))
    return need, least, anonymous


def _edit(fields: Mapping[str, Node]) -> str | None:
    if "edit" not in fields:
        return None
    role = fields["edit"].name(say("who_may_edit_the_text"), "role")
    signed = fields["sign"].value if "sign" in fields else None
    if isinstance(signed, str) and signed in fields["sign"].reading.names("figure"):
        hint = say("sign_the_form")
        fields["edit"].error("not_here", say("worked_out_not_edited", signed=signed), hint, on_key=True)
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
                hint = say("wait_for_another_fact")
                message = say("waits_for_no_gathering", transition=transition.name, state=state.name)
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
        hint = say("add_enough")
        place.error(
            "dead_end",
            say("nothing_once_gathered", state=state.name),
            hint,
            on_key=True,
        )
    at = any(isinstance(one.trigger, At) for one in state.transitions)
    if gather.due is None and not at:
        hint = say("add_due_that_reaches")
        place.error("dead_end", say("waits_for_answers", state=state.name), hint, on_key=True)
    taken = {one.name for one in acts_of(state)}
    for transition in state.transitions:
        if transition.name in taken:
            message = say("act_of_gathering", transition=transition.name, state=state.name)
            rules[transition.rule].error("clash", message, say("rename_way"), on_key=True)


def _check_people(gather: Gather, place: Node, roles: Mapping[str, Role], forms: Mapping[str, Form]) -> None:
    """There can be as many people as are needed."""
    asked = [roles[name] for name in gather.who if name in roles]
    if len(asked) < len(gather.who):
        return
    sizes = [_most(role, forms) for role in asked]
    for key, number in (("need", gather.need), ("least", gather.least), ("anonymous", gather.anonymous)):
        possible = sum(size for size in sizes if size is not None)
        if number and None not in sizes and number > possible:
            message = say("asks_too_many", key=key, number=number, possible=possible)
            place.error("bad_value", message, say("write_fewer", possible=possible))


def _check_unnamed(gather: Gather, place: Node, forms: Mapping[str, Form]) -> None:
    """A file tells who made it, in its name or within."""
    form = forms.get(gather.form or "")
    if gather.anonymous and form is not None and has_files(form.fields, forms):
        message = say("files_tell_names", form=form.name)
        place.error("not_here", message, say("anonymous_texts_only"))


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
        message = say("gathered_with_another_form", gather=gather.name, name=name)
        place.error("clash", message, say("name_answers_with_as"))
    elif gather.anonymous != other.anonymous:
        message = say("gathered_with_other_number", gather=gather.name, name=name)
        hint = (
            say("write_anonymous_here", anonymous=other.anonymous)
            if other.anonymous
            else say("write_anonymous_in_both")
        )
        place.error("clash", message, hint)
