"""What an entry of a history tells: its facts and persons, in the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.core.audit import Entry
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.definition import Definition, Language
from engine.core.labels import what_label
from engine.core.moments import Duration, describe
from engine.core.promise_words import bare_promise
from engine.core.roles import retrace
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
from engine.core.telling_past_words import SENTENCES

__all__ = ["Past"]

_NO_ACTOR: Mapping[str, Any] = {}


class Past:
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
        kin = f"{self.supersedes()}{self.opens()}{self.not_opened()}{self.parted()}"
        return f"{text}{kin}{self.promised()}{self.lateness()}{self.late()}."

    def supersedes(self) -> str:
        """That what this closed with counts instead of what it was opened to correct."""
        return self.words["supersedes"] if "supersedes" in self.facts else ""

    def opens(self) -> str:
        """Which other cases this opened."""
        if self.entry.kind == "opened" or not self.facts.get("opens"):
            return ""
        return self.words["opens"].format(what=self.links())

    def promised(self) -> str:
        """Which promises are not kept from here on, and who is to look at it."""
        parts = ""
        for told in self.facts.get("promises", ()):
            asked = told.get("asked")
            key = "outside" if told["cause"] == "outside" else told["standing"]
            parts += self.words[f"promise_{key}"].format(
                promise=self.promise(told["promise"]),
                asked=self.words["asked"].format(who=self.found(asked)) if asked else "",
            )
        return parts

    def promise(self, number: int) -> str:
        """The sentence of a promise, without its full stop."""
        return bare_promise(self.definition, number, self.language)

    def not_opened(self) -> str:
        """Which other cases were not opened, because as many are open as may be."""
        full = self.links("not_opened")
        return self.words["not_opened"].format(what=full) if full else ""

    def parted(self) -> str:
        """From which day the next part of the period counts, or what this part took over from the one before."""
        if "parted_on" in self.facts:
            return self.words["parted"].format(day=self.day(self.facts["parted_on"]))
        carried = self.facts.get("carried", {}).get("entries", {})
        labels = self.definition.texts.labels["forms"]
        told = say_list([labels[name][self.language] for name in carried if name in labels], self.language)
        return self.words["carried"].format(what=told) if told else ""

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
        if "glass" in self.facts:
            return self.words["glass"].format(who=self.name(person), glass=self.facts["glass"])
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
        """A person's name."""
        return say_name(self.chart, key, self.language)

    def day(self, iso: str) -> str:
        """A day in words."""
        return say_date(date.fromisoformat(iso), self.language)

    def told(self, kind: str) -> list[str]:
        """The persons who were told something of this kind."""
        return [to for to, told_kind in self.facts.get("told", ()) if told_kind == kind]

    def state(self) -> str:
        """What the state it came to is called."""
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
            said += self.words["with_form"].format(
                forms=say_list((f"“{one}”" for one in forms), self.language)
            )
        return said + self.reason()

    def act_taken_back(self) -> str:
        """The words of the button whose move was taken back: it stands where the case is again."""
        way = way_of(self.definition, self.facts["to"], self.cause["act"])
        return (
            f"“{say_way(self.definition, way, self.language)}”" if way is not None else self.words["an_act"]
        )

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
        """From whom to whom a task, or a check, went."""
        before, after = self.told("handed_over"), self.told("task") or self.told("check")
        return self.name(before[0]) if before else "", self.name(after[0]) if after else ""
