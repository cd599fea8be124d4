"""Transitions: one trigger each, and what may stand beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.core.complaints import say
from engine.core.definition import (
    HOLDER,
    STAY,
    At,
    By,
    Choice,
    DayOff,
    Scope,
    Transition,
    Trigger,
    Upon,
)
from engine.core.moments import Moment
from engine.core.parse.choices import read_choice
from engine.core.parse.facts import read_facts
from engine.core.parse.head import read_condition, read_day_off
from engine.core.parse.nodes import Node
from engine.core.parse.pauses import read_stopping
from engine.core.parse.undoing import read_undo

_TRIGGERS = ("by", "at", "upon")
_KEYS = (
    *_TRIGGERS, "to", "choose", "when", "form", "reason", "at_most", "then", "notify", "starts", "basis", "adds",
    "pauses", "bulk", "undo", "restores",
)  # fmt: skip
#: What only a person can give.
_HUMAN = ("when", "form", "reason", "adds", "bulk", "undo", "restores")
_MOST_USES = 1_000
#: Facts that are read and understood, but that nothing tells a case yet.


@dataclass(frozen=True, slots=True)
class Way:
    """A transition as written, before it is put into the states that offer it; `within` is what `in` says."""

    transition: Transition
    node: Node
    within: tuple[str, ...] = ()


class TransitionReader:
    """Reads transitions and collects the forks written inside them.

    `states` is the kind of names they lead to: a track has states of its own, and no choices but those inside.
    """

    def __init__(self, states: str = "state") -> None:
        self.inline: dict[str, Choice] = {}
        self.states = states
        self._targets = (states, "choice") if states == "state" else (states,)

    def read(self, owner: str, name: str, node: Node, scope: Scope, *, anytime: bool = False) -> Way | None:
        """One way out; `owner` is the state, the phase, or "anytime"."""
        rule = f"{owner}.{name}"
        keys = (*_KEYS, "in") if anytime else _KEYS
        fields = node.fields(say("the_transition", name=name), keys)
        if not isinstance(node.value, dict):
            node.reading.ways_unsure = True
            return None
        trigger = _read_trigger(name, node, fields, scope)
        to = self._read_target(rule, node, fields)
        _refuse_human(name, fields)
        when = read_condition(fields["when"]) if "when" in fields else None
        at_most, then = _read_cap(node, fields, trigger, self._targets)
        within = (
            fields["in"].names(say("where_it_is_offered"), self.states, "phase") if "in" in fields else ()
        )
        if to is not None and to == then:
            hint = say("lead_elsewhere")
            message = say("count_changes_nothing", name=name, to=to)
            fields["then"].error("bad_value", message, hint)
        if isinstance(trigger, Upon) and STAY in {to, then}:
            hint = say("lead_to_state")
            message = say("would_stay", name=name)
            node.error("stays", message, hint, on_key=True)
        if "pauses" in fields:
            stops = read_stopping(fields["pauses"], trigger)
            trigger = replace(trigger, pauses=stops) if isinstance(trigger, At) else trigger
        if trigger is None or to is None:
            node.reading.ways_unsure = True
            return None
        transition = Transition(
            name=name,
            rule=rule,
            source="",
            trigger=trigger,
            to=to,
            when=when,
            form=fields["form"].name(say("a_named_form"), "form") if "form" in fields else None,
            reason_required=_reason(fields),
            at_most=at_most,
            then=then,
            notify=fields["notify"].names(say("who_is_told"), "role", also=(HOLDER,))
            if "notify" in fields
            else (),
            anytime=anytime,
            basis="; ".join(fields["basis"].texts(say("the_basis"))) if "basis" in fields else "",
            starts=fields["starts"].names(say("what_is_opened"), "link") if "starts" in fields else (),
            adds=fields["adds"].name(say("a_named_journal"), "journal") if "adds" in fields else None,
            bulk=_bulk(name, fields),
            undo=read_undo(fields["undo"]) if "undo" in fields else None,
            restores=fields["restores"].text("`restores`") if "restores" in fields else None,
        )
        return Way(transition, node, within)

    def _read_target(self, rule: str, node: Node, fields: dict[str, Node]) -> str | None:
        if (
            isinstance(node.value, dict)
            and len(fields) < len(node.value)
            and not {"to", "choose"} & fields.keys()
        ):
            return None  # a misspelt or refused key may have said it, and was complained of
        if ("to" in fields) == ("choose" in fields):
            nowhere = "to" not in fields
            where = say("leads_nowhere_at_all") if nowhere else say("two_ways")
            hint = say("add_to") if nowhere else say("keep_to_or_choose")
            node.error(
                "missing_key",
                say("leads", key=node.key, where=where),
                hint,
                on_key=True,
            )
            return None
        if "to" in fields:
            return fields["to"].name(say("where_it_leads"), *self._targets, also=(STAY,))
        choice = read_choice(rule, fields["choose"], self.states)
        if choice is None:
            return None
        self.inline[rule] = choice
        return rule


def _read_trigger(name: str, node: Node, fields: dict[str, Node], scope: Scope) -> Trigger | None:
    said = [key for key in _TRIGGERS if key in fields]
    if len(said) > 1:
        hint = say("split_transition")
        node.error(
            "two_triggers",
            say("several_triggers", name=name, count=len(said), names=", ".join(said)),
            hint,
            on_key=True,
        )
        return None
    if "at" in fields:
        return _read_at(fields["at"], scope)
    if "upon" in fields:
        return _read_upon(fields["upon"])
    if "by" not in fields:
        return By()
    roles = fields["by"].names(say("who_may_act"), "role", also=(HOLDER,))
    return By(roles=() if roles == (HOLDER,) else roles) if roles else None


def _read_at(node: Node, scope: Scope) -> At | None:
    if isinstance(node.value, str):
        moment = node.moment(say("when_it_happens"))
        return None if moment is None else At(moment=moment, scope=scope)
    fields = node.fields(say("a_moment"), ("date", "at_least", "day_off"), ("date",))
    at_least = fields["at_least"].duration("`at_least`") if "at_least" in fields else None
    rolls: DayOff = (read_day_off(fields["day_off"]) if "day_off" in fields else None) or "stays"
    date: Moment | None = fields["date"].moment(say("when_it_happens")) if "date" in fields else None
    return None if date is None else At(moment=date, at_least=at_least, day_off=rolls, scope=scope)


def _read_upon(node: Node) -> Upon | None:
    facts = read_facts(node)
    return Upon(facts=facts) if facts else None


def _refuse_human(name: str, fields: dict[str, Node]) -> None:
    trigger = next((key for key in ("at", "upon") if key in fields), None)
    for key in _HUMAN if trigger is not None and "by" not in fields else ():
        if key in fields:
            hint = say("remove_or_by")
            message = say("happens_by_itself", name=name, trigger=str(trigger), key=key)
            fields.pop(key).error("not_here", message, hint, on_key=True)


def _read_cap(
    node: Node, fields: dict[str, Node], trigger: Trigger | None, targets: tuple[str, ...]
) -> tuple[int | None, str | None]:
    at_most = fields["at_most"].whole("`at_most`", 1, _MOST_USES) if "at_most" in fields else None
    then = (
        fields["then"].name(say("where_it_leads_after_that"), *targets, also=(STAY,))
        if "then" in fields
        else None
    )
    if "then" in fields and "at_most" not in fields:
        message = say("then_needs_cap")
        fields["then"].error("missing_key", message, say("add_cap"), on_key=True)
    if at_most is not None and then is None and isinstance(trigger, At | Upon):
        message = say("would_stop_leading", key=node.key)
        node.error("missing_key", message, say("add_then"), on_key=True)
    return at_most, then


def _bulk(name: str, fields: dict[str, Node]) -> bool | None:
    """Whether it may be done in many cases at once, if that is said; a form of its own is new for each of them."""
    if "bulk" not in fields:
        return None
    said = fields["bulk"].truth("`bulk`")
    if said and "form" in fields:
        fields["bulk"].error("not_here", say("form_one_by_one", name=name), say("remove_it"), on_key=True)
    return said


def _reason(fields: dict[str, Node]) -> bool:
    return "reason" in fields and fields["reason"].one_of("`reason`", ("required",)) is not None
