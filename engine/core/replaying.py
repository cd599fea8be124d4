"""A case rebuilt from its entries alone: what each tells is put after what those before it told, nothing is decided."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine.core.definition import HOLDER, Definition, Transition
from engine.core.kept import is_form
from engine.core.undoable import UNDONE
from engine.core.zones import midnight

__all__ = ["Rebuilt"]

_ENTERS = frozenset({"launched", "moved", "ended"})
_ACTS = frozenset({"moved", "stayed", "answered", "signed", "declined", "edited"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: what taking a move back does not bring back
_GOES_ON = ("seq", "version", "head", "last_at", "visits", "journals")


class Rebuilt:
    """A case as its entries tell it, entry by entry."""

    __slots__ = ("_before", "_definition", "_fired", "_ways", "by", "fields", "unnamed", "whole")

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._ways = {
            (state.name, way.rule): way for state in definition.states.values() for way in state.transitions
        }
        self.fields: dict[str, Any] = {}
        #: the entry that last said something of a field
        self.by: dict[str, int] = {}
        #: whether somebody acted without being named: then nobody can say who has acted
        self.unnamed = False
        #: whether its entries tell everything that they tell since ADR 0051
        self.whole = False
        self._before: tuple[int, dict[str, Any]] | None = None
        self._fired: dict[tuple[str, int, int], list[int]] = {}

    def take(self, told: Mapping[str, Any], chain: str) -> None:
        """One more entry, in the order of the stream; `chain` is its chain value."""
        kind, seq, at = told["kind"], told["seq"], _instant(told["at"])
        if kind == "launched":
            self._launched(told, at)
        if "undo_until" in told:
            self._before = seq, deepcopy(self.fields)
        self._put(seq, seq=seq, version=seq, head=chain, last_at=at)
        if kind == UNDONE:
            self._undone(told, seq)
        else:
            if kind in _ACTS:
                self._acted(told, seq)
            self._people(told, seq)
            if kind in _ENTERS:
                self._enters(told, seq, at)
            elif kind == "cancelled":
                self._cancelled(told, seq, at)
            elif kind == "woke":
                self._wakes(told, seq, at)
            self._tells(told, seq)
        self._clocks(told, seq)

    def fired(self, name: str, generation: int, visit: int) -> tuple[int, ...]:
        """Which rungs of a clock have rung."""
        return tuple(self._fired.get((name, generation, visit if name == "task" else 0), ()))

    def numbers(self, journal: str) -> bool:
        """Whether entries of a journal tell their numbers: those without names are told as one."""
        return not self._definition.journals[journal].anonymous

    def _put(self, entry: int, /, **fields: Any) -> None:
        self.fields.update(fields)
        self.by.update(dict.fromkeys(fields, entry))

    def _launched(self, told: Mapping[str, Any], at: int) -> None:
        self.whole = "segment" in told
        first, last = map(date.fromisoformat, told["period"])
        parent, link = told.get("parent", ("", ""))
        self._put(
            1, id=told["case"], cycle=told["cycle"], subject=told["subject"], definition=told["definition"],
            segment=told.get("segment"), unit=told.get("unit"), period_from=first, period_to=last, zone=told["zone"],
            windows=dict(told.get("windows", {})), parent=parent, link=link, corrects=bool(told.get("corrects")),
            opened_at=at, visit=0, visits=0, phases={}, reached=(), uses={}, facts=(), filled={}, acted={},
            asked=[], escalations=[], deadlines=[], opened=frozenset(), parted_on=None, corrected=(), gathered={},
            journals={}, broken=frozenset(), acknowledged={}, questioned=0, ended="", sleeps_until=None,
            shelved=(),
        )  # fmt: skip

    def _enters(self, told: Mapping[str, Any], seq: int, at: int) -> None:
        fields, to = self.fields, told["to"]
        state = self._definition.states[to]
        visit = max(fields["visit"], fields["visits"]) + 1
        reached = fields["reached"] if to in fields["reached"] else (*fields["reached"], to)
        sleeps = told.get("sleeps_until")
        until = None if sleeps is None else midnight(date.fromisoformat(sleeps).toordinal(), fields["zone"])
        self._put(
            seq, state=to, phase=state.phase, visit=visit, visits=visit, entered_at=at, reached=reached,
            sleeps_until=until, ended=told.get("ended", ""), asked=[], escalations=[], shelved=(),
        )  # fmt: skip
        if sleeps is None:
            self._first(seq, at)
            self._asks(told, seq)

    def _wakes(self, told: Mapping[str, Any], seq: int, at: int) -> None:
        if not self.fields["phases"]:
            self._put(seq, opened_at=at)
        self._put(seq, sleeps_until=None, entered_at=at)
        self._first(seq, at)
        self._asks(told, seq)

    def _cancelled(self, told: Mapping[str, Any], seq: int, at: int) -> None:
        visit = max(self.fields["visit"], self.fields["visits"]) + 1
        self._put(
            seq, ended=told["ended"], visit=visit, visits=visit, entered_at=at, sleeps_until=None,
            asked=[], escalations=[], questioned=0,
        )  # fmt: skip

    def _first(self, seq: int, at: int) -> None:
        fields = self.fields
        if fields["phase"] not in fields["phases"]:
            self._put(seq, phases={**fields["phases"], fields["phase"]: at})

    def _asks(self, told: Mapping[str, Any], seq: int) -> None:
        state = self._definition.states[self.fields["state"]]
        found = [one for one in told.get("found", ()) if "from" not in one]
        if state.gather is not None:
            asked = [
                [one["role"], one["person"], "waiting"] for one in found if one["role"] in state.gather.who
            ]
            self._put(seq, asked=asked)
        elif state.task is not None:
            mine = next((one for one in found if one["role"] == state.task.who), None)
            self._put(seq, asked=[] if mine is None else [[mine["role"], mine["person"], "waiting"]])

    def _acted(self, told: Mapping[str, Any], seq: int) -> None:
        """Who acted in which role; who answered where answers have names."""
        cause, actor, fields = told.get("cause", {}), told["actor"], self.fields
        way = self._ways.get((told["from"], cause.get("act", cause.get("moment", ""))))
        if way is not None and way.at_most is not None:
            self._put(seq, uses={**fields["uses"], way.rule: fields["uses"].get(way.rule, 0) + 1})
        if "act" not in cause:
            return
        if way is not None and told["kind"] == "stayed":
            self._shelves(way, told, seq)
        if actor.get("unnamed"):
            self.unnamed = True
            return
        holder = actor.get("behalf", actor["person"])
        work = next((one for one in fields["asked"] if one[1] == holder and one[2] == "waiting"), None)
        role = cause["role"] if cause["role"] != HOLDER or work is None else work[0]
        people = {*fields["acted"].get(role, ()), actor["person"], holder, *cause.get("passed_by", ())}
        self._put(seq, acted={**fields["acted"], role: tuple(sorted(people))})
        if told["kind"] in {"answered", "signed", "declined"} and work is not None:
            self._lapses(told)
            work[2] = "declined" if told["kind"] == "declined" else "answered"
            self.by["asked"] = seq
            if not self._waiting():
                self._put(seq, escalations=[])

    def _shelves(self, way: Transition, told: Mapping[str, Any], seq: int) -> None:
        """An act that may be voided, or one that voided it."""
        fields = self.fields
        if "restored" in told:
            gone = told["restored"]["instead_of"]
            self._put(seq, shelved=tuple(one for one in fields["shelved"] if one[2] != gone))
        elif any(one.restores == way.name for one in self._definition.states[told["from"]].transitions):
            was = fields["filled"].get(way.form)
            if was is not None:
                self._put(seq, shelved=(*fields["shelved"], (way.rule, way.form, seq, was)))

    def _lapses(self, told: Mapping[str, Any]) -> None:
        for one in self.fields["asked"]:
            if one[1] in told.get("lapsed", ()):
                one[2] = "waiting"

    def _waiting(self) -> list[list[str]]:
        return [one for one in self.fields["asked"] if one[2] == "waiting"]

    def _people(self, told: Mapping[str, Any], seq: int) -> None:
        """Work that goes to somebody else, people who are asked to step in, and who drops out."""
        kind = told["kind"]
        if kind == "edited":
            self._lapses(told)
        handed = [(one["from"], one["person"]) for one in told.get("found", ()) if "from" in one]
        if "reassigned" in told:
            handed.insert(0, (told["reassigned"]["from"], told["reassigned"]["person"]))
        if kind == "reassigned":
            given = [one for one in self._waiting() if len(self.fields["asked"]) == 1 or self._may_give(one)]
            handed += [(one[1], told["cause"]["to"]) for one in given[:1]]
        if kind == "rung":
            new = [[one["role"], one["person"]] for one in told.get("found", ()) if "from" not in one]
            if new:
                self._put(seq, escalations=[*self.fields["escalations"], *new])
        for before, after in handed:
            self._hand_over(seq, before, after)
        for person in told.get("dropped", ()):
            for one in self.fields["asked"]:
                if one[1] == person and one[2] in {"waiting", "answered"}:
                    one[2] = "dropped"
                    self.by["asked"] = seq

    def _may_give(self, one: list[str]) -> bool:
        return not self._definition.roles[one[0]].several and one[1] != self.fields["subject"]

    def _hand_over(self, seq: int, before: str, after: str) -> None:
        for one in self.fields["asked"]:
            if one[1] == before and one[2] == "waiting":
                one[1] = after
                self.by["asked"] = seq
                break
        else:
            return
        if all(one[1] == after for one in self._waiting()):
            left = [one for one in self.fields["escalations"] if one[1] != after]
            if left != self.fields["escalations"]:
                self._put(seq, escalations=left)

    def _tells(self, told: Mapping[str, Any], seq: int) -> None:
        """What an entry says beside where the case stands: words, facts, cases it opens, what was gathered."""
        fields, cause = self.fields, told.get("cause", {})
        forms = [name for name in told.get("content", {}) if is_form(name) and name != "reason"]
        if forms:
            self._put(seq, filled={**fields["filled"], **dict.fromkeys(forms, seq)})
        if told["kind"] == "noticed" and cause["fact"] not in fields["facts"]:
            self._put(seq, facts=(*fields["facts"], cause["fact"]))
        for link, part in (*told.get("opens", ()), *told.get("not_opened", ())):
            self._put(seq, opened=fields["opened"] | {f"{link}:{part}"})
        closed = {f"{link} closed" for link, _ in told.get("opens", ())}
        if closed & set(fields["facts"]):
            self._put(seq, facts=tuple(one for one in fields["facts"] if one not in closed))
        self._tells_of_others(told, cause, seq)
        if told["kind"] == "extended" and cause["ladder"] == "restarted":
            self._put(seq, escalations=[])
        if told["kind"] == "rung":
            self._rings(told, cause)
        if "number" in told.get("entry", {}):
            entry = told["entry"]
            self._put(seq, journals={**fields["journals"], entry["journal"]: entry["number"]})
        if "gathered" in told:
            self._gathers(told["gathered"], seq)

    def _tells_of_others(self, told: Mapping[str, Any], cause: Mapping[str, Any], seq: int) -> None:
        """What an entry says of other cases, and of promises."""
        fields = self.fields
        if "parted_on" in told:
            self._put(seq, parted_on=date.fromisoformat(told["parted_on"]))
        if told["kind"] == "corrected":
            self._put(seq, corrected=(*fields["corrected"], cause["corrected_by"]))
        broken = {one["promise"] for one in told.get("promises", ()) if one["standing"] == "broken"}
        if broken:
            self._put(seq, broken=fields["broken"] | broken)
        if "acknowledged" in cause:
            self._put(seq, acknowledged={**fields["acknowledged"], cause["acknowledged"]: seq})
        if "questions" in cause or "answers" in cause:
            self._put(seq, questioned=seq if "questions" in cause else 0)

    def _rings(self, told: Mapping[str, Any], cause: Mapping[str, Any]) -> None:
        name = cause["deadline"]
        key = name, cause["generation"], told["visit"] if name == "task" else 0
        self._fired.setdefault(key, []).extend(told.get("caught_up", {}).get("rungs", [cause["rung"]]))

    def _gathers(self, said: Mapping[str, Any], seq: int) -> None:
        kept = self.fields["gathered"].get(said["name"])
        if kept is None or said["enough"] or not kept["enough"]:
            told = {name: value for name, value in said.items() if name != "name"}
            self._put(seq, gathered={**self.fields["gathered"], said["name"]: told})

    def _clocks(self, told: Mapping[str, Any], seq: int) -> None:
        if self.fields["ended"]:
            if self.fields["deadlines"]:
                self._put(seq, deadlines=[])
        elif "clocks" in told:
            self._put(seq, deadlines=[list(one) for one in told["clocks"]])

    def _undone(self, told: Mapping[str, Any], seq: int) -> None:
        if self._before is None or self._before[0] != told["cause"]["undoes"]:
            return
        before, now = self._before[1], self.fields
        visits = max(now["visit"], now["visits"])
        self._put(seq, **{name: value for name, value in before.items() if name not in _GOES_ON})
        self._put(seq, visits=visits)
        self._before = None


def _instant(text: str) -> int:
    return (datetime.fromisoformat(text) - _EPOCH) // _MICROSECOND
