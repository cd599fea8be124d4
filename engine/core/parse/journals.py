"""Journals: what may be written beside the states, by whom, when, how often, and who looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import cast, get_args

from engine.core.case_names import names_in_entry
from engine.core.complaints import say
from engine.core.definition import Check, DayOff, Due, Field, Form, Gives, Journal, State, Transition
from engine.core.definition.states import Pace
from engine.core.moments import Duration
from engine.core.parse.head import read_condition
from engine.core.parse.nodes import Node
from engine.core.people import Role
from engine.core.roles import COLLEAGUES, Outside

_KEYS = ("by", "form", "in", "one_per", "late", "check", "least", "anonymous", "held", "gives")
_PACES = tuple(pace for pace in get_args(Pace) if pace)
_MOST = 10_000
#: what needs to know who wrote an entry, and when
_NAMED_ONLY = ("one_per", "late", "check", "gives")


def read_journal(name: str, node: Node, day_off: DayOff, forms: Mapping[str, Form]) -> Journal | None:
    """A journal, whose roles, forms and places are looked up when all are known."""
    fields = node.fields(say("the_journal", name=name), _KEYS, ("by", "form"))
    by = fields["by"].names(say("who_writes_in_it"), "role", also=(COLLEAGUES,)) if "by" in fields else ()
    form = fields["form"].name(say("a_named_form"), "form") if "form" in fields else None
    within = fields["in"].names(say("where_it_is_open"), "state", "phase") if "in" in fields else ()
    pace = fields["one_per"].one_of("`one_per`", _PACES) if "one_per" in fields else ""
    late = fields["late"].duration("`late`") if "late" in fields else None
    check = _read_check(fields["check"], day_off) if "check" in fields else None
    least = fields["least"].whole("`least`", 1, _MOST) if "least" in fields else 0
    anonymous = fields["anonymous"].whole("`anonymous`", 1, _MOST) if "anonymous" in fields else 0
    held = fields["held"].one_of(say("why_entries_are_held"), ("abuse",)) if "held" in fields else ""
    gives = _read_gives(fields["gives"], forms.get(form or "")) if "gives" in fields else ()
    _refuse_beside(name, fields)
    if not by or form is None:
        return None
    return Journal(
        name=name,
        by=by,
        form=form,
        within=within,
        one_per=cast("Pace", pace or ""),
        late=late,
        check=check,
        least=least or 0,
        anonymous=anonymous or 0,
        held=held or "",
        gives=gives,
    )


def _read_gives(node: Node, form: Form | None) -> tuple[Gives, ...]:
    """The trainings that an entry of this form gives, by name."""
    names = None if form is None else names_in_entry(form)
    found = []
    for training, one in node.named(say("which_trainings_it_gives")).items():
        fields = one.fields(say("a_given_training"), ("when", "ends", "lasts"), ("when",))
        when = read_condition(fields["when"], names) if "when" in fields else None
        ends = read_condition(fields["ends"], names) if "ends" in fields else None
        lasts = fields["lasts"].duration("`lasts`") if "lasts" in fields else None
        if when is not None:
            found.append(
                Gives(training=training, when=when.text, ends=ends.text if ends else "", lasts=lasts)
            )
    # Their order means nothing; a fixed one keeps equal definitions equal.
    return tuple(sorted(found, key=lambda one: one.training))


def _read_check(node: Node, day_off: DayOff) -> Check | None:
    fields = node.fields(say("a_check"), ("who", "due"), ("who", "due"))
    who = fields["who"].name(say("who_checks"), "role") if "who" in fields else None
    within: Duration | None = fields["due"].duration(say("when_a_check_is_due")) if "due" in fields else None
    if who is None or within is None:
        return None
    return Check(who=who, due=Due(within=within, day_off=day_off, ladder=""))


def _refuse_beside(name: str, fields: Mapping[str, Node]) -> None:
    if "anonymous" not in fields:
        return
    for key in _NAMED_ONLY:
        if key in fields:
            message = say("anonymous_without_owner", name=name, key=key)
            fields[key].error("not_here", message, say("remove_one_of_two"), on_key=True)


def check_journals(
    journals: Mapping[str, Journal],
    nodes: Mapping[str, Node],
    roles: Mapping[str, Role],
    states: Mapping[str, State],
    adding: Mapping[str, Node],
) -> None:
    """Complains of journals that are never open, that promise what they cannot keep, and of acts that cannot add."""
    outside = {name for name, role in roles.items() if isinstance(role.query, Outside)}
    for name, journal in journals.items():
        _check_names(journal, nodes[name], outside)
        for place in journal.within:
            state = states.get(place)
            if state is not None and state.final is not None:
                message = say("open_where_closed", name=name, place=place)
                nodes[name].error("nowhere", message, say("name_open_states"), on_key=True)
    for state, transition in _adding(states):
        if transition.adds is not None:
            form = state.form_of(transition)
            _check_adding(transition, form, journals.get(transition.adds), adding[transition.rule])


def _check_names(journal: Journal, node: Node, outside: Collection[str]) -> None:
    strangers = [role for role in journal.by if role in outside]
    if strangers and not journal.anonymous:
        message = say("outsiders_have_no_name", strangers=strangers[0], journal=journal.name)
        node.error("missing_key", message, say("add_anonymous"), on_key=True)
    elif journal.anonymous and len(strangers) < len(journal.by):
        message = say("told_apart", journal=journal.name)
        hint = say("only_outside_writes")
        node.error("not_here", message, hint, on_key=True)
    elif len(strangers) > 1:
        node.error(
            "not_here", say("two_roles_from_outside", journal=journal.name), say("keep_one"), on_key=True
        )
    if journal.least and journal.anonymous > journal.least:
        message = say(
            "asks_fewer_than_shown", journal=journal.name, least=journal.least, anonymous=journal.anonymous
        )
        node.warning("never_shown", message, say("ask_as_many_as_shown"))


def _check_adding(transition: Transition, form: str | None, journal: Journal | None, node: Node) -> None:
    if journal is None:
        return
    if form != journal.form:
        message = say(
            "adds_without_form", transition=transition.name, journal=journal.name, form=journal.form
        )
        node.error("bad_value", message, say("add_form", form=journal.form), on_key=True)
    if journal.anonymous:
        message = say("tells_who_wrote", transition=transition.name, journal=journal.name)
        node.error("not_here", message, say("remove_adds"), on_key=True)


def _adding(states: Mapping[str, State]) -> Iterable[tuple[State, Transition]]:
    seen: set[str] = set()
    for state in states.values():
        for transition in state.transitions:
            if transition.rule not in seen:
                seen.add(transition.rule)
                yield state, transition


def check_fields(
    journals: Mapping[str, Journal], forms: Mapping[str, Form], nodes: Mapping[str, Node]
) -> None:
    """Complains of questions to people from outside that only people of the chart can answer."""
    for name, journal in journals.items():
        form = forms.get(journal.form)
        for field in form.fields if form is not None and journal.anonymous else ():
            if _needs_chart(field):
                message = say("outsiders_cannot_fill", form=journal.form, field=field.name, kind=field.kind)
                nodes[name].error("not_here", message, say("ask_texts_numbers"), on_key=True)


def _needs_chart(field: Field) -> bool:
    kind: str = field.kind
    return kind in {"person", "pick", "file", "list", "link"}
