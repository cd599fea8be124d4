"""One plain sentence for each line of a case's history: who did what, for whom, how late, and why this person.

It reads only the entry and the definition it was written under, never what people wrote: that is shown beside it.
What happened by itself is signed by the timer and names the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.core.audit import Entry
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.definition import At, Definition, Language
from engine.core.labels import what_label
from engine.core.moments import Duration, Offset, describe, parse_duration
from engine.core.roles import retrace
from engine.core.telling_ahead import say_rung
from engine.core.telling_days import say_date, say_delay
from engine.core.telling_gathering import hides_names, say_asked, say_outcome
from engine.core.telling_names import (
    say_list,
    say_name,
    say_role,
    say_state,
    say_via,
    say_way,
    say_who,
    way_of,
)
from engine.core.telling_past_words import FACTS, PAUSES, REFUSALS, SENTENCES

__all__ = ["say_entry"]

_NO_ACTOR: Mapping[str, Any] = {}


def say_entry(definition: Definition, entry: Entry, chart: Chart, language: Language) -> str:
    """The sentence of an entry, with a full stop: for every kind a case's stream and its refusals have."""
    past = _Past(definition, entry, chart, language)
    write = _WRITERS.get(entry.kind)
    return write(past) if write is not None else past.say("other", seq=entry.seq)


class _Past:
    """One entry being told: its facts, and the words of one language."""

    __slots__ = ("cause", "chart", "definition", "entry", "facts", "language", "words")

    def __init__(self, definition: Definition, entry: Entry, chart: Chart, language: Language) -> None:
        self.definition, self.entry, self.chart, self.language = definition, entry, chart, language
        self.facts: dict[str, Any] = decode(entry.body)
        self.cause: Mapping[str, Any] = self.facts.get("cause", {})
        self.words = SENTENCES[language]

    def say(self, key: str, **parts: object) -> str:
        """A sentence of the table, with who did it in front and the persons it concerns put in."""
        text = self.words[key].format(
            who=self.actor(), subject=self.name(self.facts.get("subject", "")), **parts
        )
        return f"{text}{self.supersedes()}{self.opens()}{self.not_opened()}{self.lateness()}{self.late()}."

    def supersedes(self) -> str:
        """That what this closed with counts instead of what it was opened to correct."""
        return self.words["supersedes"] if "supersedes" in self.facts else ""

    def opens(self) -> str:
        """Which other cases this opened."""
        if self.entry.kind == "opened" or not self.facts.get("opens"):
            return ""
        return self.words["opens"].format(what=self.links())

    def not_opened(self) -> str:
        """Which other cases were not opened, because as many are open as may be."""
        full = self.links("not_opened")
        return self.words["not_opened"].format(what=full) if full else ""

    def links(self, which: str = "opens") -> str:
        """What was opened, in the words of the definition, each once."""
        names = dict.fromkeys(name for name, _ in self.facts.get(which, ()))
        labels = self.definition.texts.labels["linked"]
        return say_list([labels[name][self.language] for name in names if name in labels], self.language)

    def actor(self) -> str:
        """Who did it: a person, for another; the timer with the rule it keeps; or the installation's operator."""
        told = self.facts.get("actor", _NO_ACTOR)
        person = told.get("person")
        if told.get("unnamed"):
            return self.words["unnamed"]
        if told.get("operator"):
            return self.words["operator"]
        if person is None:
            return self.words["timer"].format(rule=self.definition.name)
        if told.get("behalf"):
            return self.words["behalf"].format(who=self.name(person), other=self.name(told["behalf"]))
        return self.name(person)

    def late(self) -> str:
        """How late the timer itself was, when anybody would notice."""
        delay = say_delay(self.facts.get("late_us", 0), self.language)
        return self.words["late"].format(delay=delay) if delay else ""

    def lateness(self) -> str:
        """How late somebody's work was when they did it; what time ended by itself says so anyway."""
        told = self.facts.get("lateness")
        if not told or "timer" in self.facts.get("actor", _NO_ACTOR):
            return ""
        parts = ""
        if "due" in told:
            worked = told["working_days"]
            span = Duration(worked, "working days") if worked else Duration(told["days"], "days")
            parts += self.words["lateness"].format(
                span=describe(span, self.language), day=self.day(told["due"])
            )
        if "missed" in told:
            days = say_list([self.day(one) for one in told["missed"]], self.language)
            parts += self.words["missed"].format(days=days)
        return parts

    def name(self, key: str) -> str:
        return say_name(self.chart, key, self.language)

    def day(self, iso: str) -> str:
        return say_date(date.fromisoformat(iso), self.language)

    def told(self, kind: str) -> list[str]:
        """The persons who were told something of this kind."""
        return [to for to, told_kind in self.facts.get("told", ()) if told_kind == kind]

    def state(self) -> str:
        return say_state(self.definition, self.facts["to"], self.language)

    def turn(self) -> str:
        """Whose turn it is now, as what, and by which way; "" when nobody was found in this entry."""
        found = self.facts.get("found", ())
        if "asks" not in self.facts:
            return self.words["turn"].format(holder=self.found(found[-1])) if found else ""
        if hides_names(self.definition, self.facts["to"]) or not found:
            return f", {say_asked(len(found), self.language)}"
        holders = say_list((self.found(one) for one in found), self.language)
        return self.words["turn"].format(holder=holders)

    def found(self, found: Mapping[str, Any]) -> str:
        """A person found for a role, with the role and the way."""
        role = found.get("role", "")
        label = say_role(self.definition, role, self.language) if role in self.definition.roles else ""
        via = "" if self.own_desk(found) else say_via(found["via"], self.language)
        return say_who(self.chart, found["person"], self.language, label, via)

    def own_desk(self, found: Mapping[str, Any]) -> bool:
        """Whether the desk that was found is the very desk that was asked for."""
        query = retrace(tuple(found.get("path", ()))).query
        own = self.chart.near(found["person"], date.fromisoformat(found["as_of"]))
        return found["via"] == "desk" and own is not None and query in own.duties

    def arrival(self) -> str:
        """Where the case is now: its state and whose turn it is, when it sleeps, or that it ended."""
        if "ended" in self.facts:
            return self.words["closed"].format(state=self.state())
        if "sleeps_until" in self.facts:
            day = self.day(self.facts["sleeps_until"])
            return self.words["sleeps"].format(state=self.state(), day=day)
        return self.words["arrives"].format(state=self.state(), turn=self.turn())

    def act(self) -> str:
        """What was done: the words of the button or of the automatic move, and the form that was filled."""
        rule = self.cause.get("act") or self.cause.get("moment", "")
        way = way_of(self.definition, self.facts["from"], rule)
        said = (
            f"“{say_way(self.definition, way, self.language)}”" if way is not None else self.words["an_act"]
        )
        forms = [
            self.definition.texts.label("forms", name)[self.language]
            for name in self.facts.get("content", {})
            if name in self.definition.forms
        ]
        if forms:
            said += self.words["with_form"].format(forms=say_list(forms, self.language))
        return said + self.reason()

    def reason(self) -> str:
        """That a reason was given, if one was."""
        return self.words["with_reason"] if "reason" in self.facts.get("content", {}) else ""

    def lapsed(self) -> str:
        """Whose signatures were taken back."""
        people = [self.name(key) for key in self.facts.get("lapsed", ())]
        return self.words["lapsed"].format(people=say_list(people, self.language)) if people else ""

    def text(self) -> str:
        """What is being signed."""
        rule = self.definition.states[self.facts["from"]].gather
        name = rule.sign if rule is not None and rule.sign is not None else ""
        return f"“{what_label(self.definition, name)[self.language]}”" if name else self.words["an_act"]

    def also_told(self) -> str:
        """What came of a gathering that ended, and who was told of the move besides whose turn it is now."""
        parts = ""
        if "gathered" in self.facts:
            told = say_outcome(self.definition, self.facts["from"], self.facts["gathered"], self.language)
            parts = f"; {told}"
        people = [self.name(key) for key in dict.fromkeys(self.told("moved"))]
        if people:
            parts += self.words["told"].format(people=say_list(people, self.language))
        return parts

    def handed(self) -> tuple[str, str]:
        """From whom to whom a task went."""
        before, after = self.told("handed_over"), self.told("task")
        return self.name(before[0]) if before else "", self.name(after[0]) if after else ""


def _launched(past: _Past) -> str:
    first, last = (past.day(day) for day in past.facts["period"])
    return past.say("launched", first=first, last=last, arrival=past.arrival())


def _woke(past: _Past) -> str:
    return past.say("woke", arrival=past.arrival())


def _moved(past: _Past) -> str:
    if "actor" in past.facts and "timer" in past.facts["actor"]:
        key = "moved_upon" if past.cause.get("due") is None else "moved_itself"
        return past.say(key, act=past.act(), when=_when(past), arrival=past.arrival(), told=past.also_told())
    return past.say("moved", act=past.act(), arrival=past.arrival(), told=past.also_told())


def _when(past: _Past) -> str:
    """When a move was to happen by itself: so long after the task's due day, or on a day."""
    if not past.cause.get("due"):
        return ""
    due = past.day(past.cause["due"])
    way = way_of(past.definition, past.facts["from"], past.cause.get("moment", ""))
    moment = way.trigger.moment if way is not None and isinstance(way.trigger, At) else None
    if not isinstance(moment, Offset) or moment.anchor != "due":
        return past.words["day"].format(day=due)
    name = past.words["due_task"].format(phase="", day=due)
    return f"{describe(moment.duration, past.language)} {past.words[moment.side]} {name}"


def _stayed(past: _Past) -> str:
    return past.say("stayed", act=past.act(), told=past.also_told())


def _rung(past: _Past) -> str:
    cause = past.cause
    rung = past.definition.ladders[cause["ladder"]].rungs[cause["rung"]]
    taken = past.facts.get("reassigned", {})
    together = past.definition.states[past.facts["from"]].gather is not None
    holder = taken.get("from") or (None if together else next(iter(past.told("reminder")), None))
    told = [(to, kind) for to, kind in past.facts.get("told", ())]
    parts = say_rung(
        past.definition,
        rung,
        past.chart,
        past.language,
        told=told,
        holder=holder,
        taken_by=taken.get("person"),
        unnamed=hides_names(past.definition, past.facts["from"]),
    )
    side = "on" if rung.offset is None else "before" if rung.before else "after"
    due = f"{past.words[side]} {_due_name(past)}"
    if rung.offset is not None:
        due = f"{describe(rung.offset, past.language)} {due}"
    return past.say("rung", due=due, parts="; ".join(parts))


def _due_name(past: _Past) -> str:
    """Whose due day it is about: the task's, the phase's, or the whole case's."""
    scope, _, phase = past.cause["deadline"].partition(":")
    labels = past.definition.texts.labels["phases"]
    label = labels[phase][past.language] if phase in labels else ""
    key = scope if scope in {"phase", "case"} else "task"
    return past.words[f"due_{key}"].format(phase=label, day=past.day(past.cause["due"]))


def _noticed(past: _Past) -> str:
    told = past.cause["fact"]
    name, _, what = told.partition(" ")
    kind = "closed" if what == "closed" else "reached" if what.startswith("reaches ") else told
    fact = FACTS[past.language].get(kind, FACTS[past.language][""])
    labels = past.definition.texts.labels["linked" if kind == "closed" else "reads"]
    other = labels[name][past.language] if name in labels else ""
    return past.say("noticed", fact=fact.format(subject=past.name(past.facts["subject"]), name=other))


def _opened(past: _Past) -> str:
    what = past.links()
    return past.say("opened", what=what) if what else past.say("opened_nothing")


def _ended(past: _Past) -> str:
    return past.say("ended", arrival=past.arrival())


def _extended(past: _Past) -> str:
    granted = parse_duration(past.cause["extended"])
    span = describe(granted, past.language) if granted is not None else past.cause["extended"]
    due = past.facts["due"]
    ladder = past.words[f"ladder_{past.cause['ladder']}"]
    return past.say(
        "extended", span=span, before=past.day(due["from"]), after=past.day(due["to"]), ladder=ladder
    )


def _paused(past: _Past) -> str:
    own = past.definition.texts.labels["pauses"].get(past.cause["paused"])
    known = PAUSES[past.language]
    return past.say("paused", kind=own[past.language] if own else known.get(past.cause["paused"], known[""]))


def _resumed(past: _Past) -> str:
    days = [past.day(day) for _, day in past.cause["resumed"]]
    return past.say("resumed", days=say_list(days, past.language))


def _recounted(past: _Past) -> str:
    """Which clocks another calendar moved, and which it was not let move into the past."""
    clocks = [
        past.words["recounted_kept" if one.get("kept") else "recounted_clock"].format(
            clock=_clock_name(past, one["clock"]), before=past.day(one["from"]), after=past.day(one["to"])
        )
        for one in past.facts["recounted"]
    ]
    return past.say("recounted", calendar=past.cause["calendar"], clocks="; ".join(clocks))


def _clock_name(past: _Past, name: str) -> str:
    """A clock by what it is for: the task, a phase, the case, a pause, or the move that comes by itself."""
    scope, _, what = name.partition(":")
    labels = past.definition.texts.labels
    if scope == "phase":
        return past.words["clock_phase"].format(name=labels["phases"][what][past.language])
    if scope == "resume":
        own = labels["pauses"].get(what)
        known = PAUSES[past.language]
        said = own[past.language] if own else known.get(what, known[""])
        return past.words["clock_resume"].format(name=said)
    if scope == "move":
        way = way_of(past.definition, past.facts["from"], what)
        if way is not None:
            return f"“{say_way(past.definition, way, past.language)}”"
    return past.words[f"clock_{scope}" if scope in {"task", "case"} else "an_act"]


def _corrected(past: _Past) -> str:
    return past.say(
        "corrected", what=past.definition.texts.label("linked", past.cause["link"])[past.language]
    )


def _reassigned(past: _Past) -> str:
    before, after = past.handed()
    return past.say("reassigned", before=before, after=after)


def _reminded(past: _Past) -> str:
    people = [past.name(key) for key in past.told("reminder")]
    return past.say("reminded", people=say_list(people, past.language))


def _followed(past: _Past) -> str:
    before, _ = past.handed()
    if not past.facts.get("found"):
        people = [past.name(key) for key in past.facts.get("dropped", ())]
        return past.say("dropped", people=say_list(people, past.language))
    return past.say("followed", before=before, after=past.found(past.facts["found"][-1]))


def _journal(past: _Past) -> str:
    label = past.definition.texts.label("journals", past.facts["entry"]["journal"])
    return f"“{label[past.language]}”"


def _entered(past: _Past) -> str:
    return past.say("entered", journal=_journal(past), day=past.day(past.facts["entry"]["about"]))


def _looked_at(past: _Past) -> str:
    """A check of entries, or a look at held ones."""
    told = past.facts["entry"]
    numbers = past.words["entry_number"].format(numbers=say_list(map(str, told["numbers"]), past.language))
    return past.say(f"{past.entry.kind}_{told['mark']}", journal=_journal(past), numbers=numbers)


def _journal_told(past: _Past) -> str:
    return past.say("journal_told", journal=_journal(past), count=past.facts["entry"]["count"])


def _link_opened(past: _Past) -> str:
    return past.say("link_opened", journal=_journal(past))


def _answered(past: _Past) -> str:
    return past.say("answered")


def _signed(past: _Past) -> str:
    return past.say("signed", text=past.text(), lapsed=past.lapsed())


def _declined(past: _Past) -> str:
    return past.say("declined", reason=past.reason())


def _edited(past: _Past) -> str:
    return past.say("edited", text=past.text(), reason=past.reason(), lapsed=past.lapsed())


def _refused(past: _Past) -> str:
    asked = past.facts.get("asked", "")
    state = past.definition.states.get(past.facts.get("from", ""))
    way = next((one for one in state.transitions if asked in {one.name, one.rule}), None) if state else None
    act = f"“{say_way(past.definition, way, past.language)}”" if way is not None else past.words["an_act"]
    reason = REFUSALS[past.language].get(past.facts.get("refused", ""), REFUSALS[past.language][""])
    return past.say("refused", act=act, reason=reason)


_WRITERS: Mapping[str, Callable[[_Past], str]] = {
    "launched": _launched,
    "woke": _woke,
    "moved": _moved,
    "stayed": _stayed,
    "rung": _rung,
    "noticed": _noticed,
    "opened": _opened,
    "ended": _ended,
    "corrected": _corrected,
    "extended": _extended,
    "paused": _paused,
    "resumed": _resumed,
    "recounted": _recounted,
    "reassigned": _reassigned,
    "reminded": _reminded,
    "followed": _followed,
    "entered": _entered,
    "checked": _looked_at,
    "released": _looked_at,
    "journal_told": _journal_told,
    "link_opened": _link_opened,
    "answered": _answered,
    "signed": _signed,
    "declined": _declined,
    "edited": _edited,
    "refused": _refused,
}
