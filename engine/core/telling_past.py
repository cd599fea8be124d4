"""One plain sentence for each line of a case's history: who did what, for whom, how late, and why this person.

It reads only the entry and the definition it was written under, never what people wrote: that is shown beside it.
What happened by itself is signed by the timer and names the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.core.audit import Entry
from engine.core.chart import Chart
from engine.core.definition import Definition, Language
from engine.core.telling_names import (
    say_list,
    say_way,
)
from engine.core.telling_past_clocks import extended, given_back, paused, recounted, resumed, rung, when
from engine.core.telling_past_facts import Past
from engine.core.telling_past_words import FACTS, REFUSALS

__all__ = ["say_entry"]


def say_entry(definition: Definition, entry: Entry, chart: Chart, language: Language) -> str:
    """The sentence of an entry, with a full stop: for every kind a case's stream and its refusals have."""
    past = Past(definition, entry, chart, language)
    write = _WRITERS.get(entry.kind)
    return write(past) if write is not None else past.say("other", seq=entry.seq)


def _launched(past: Past) -> str:
    first, last = (past.day(day) for day in past.facts["period"])
    return past.say("launched", first=first, last=last, arrival=past.arrival())


def _woke(past: Past) -> str:
    return past.say("woke", arrival=past.arrival())


def _moved(past: Past) -> str:
    if "actor" in past.facts and "timer" in past.facts["actor"]:
        key = "moved_upon" if past.cause.get("due") is None else "moved_itself"
        return past.say(key, act=past.act(), when=when(past), arrival=past.arrival(), told=past.also_told())
    return past.say("moved", act=past.act(), arrival=past.arrival(), told=past.also_told())


def _stayed(past: Past) -> str:
    if "restored" not in past.facts:
        return past.say("stayed", act=past.act(), told=past.also_told())
    back = past.facts["restored"]
    form = past.definition.texts.label("forms", back["form"])[past.language]
    return past.say("restored", act=past.act(), form=form, entry=back["instead_of"], told=past.also_told())


def _noticed(past: Past) -> str:
    told = past.cause["fact"]
    name, _, what = told.partition(" ")
    kind = "closed" if what == "closed" else "reached" if what.startswith("reaches ") else told
    fact = FACTS[past.language].get(kind, FACTS[past.language][""])
    labels = past.definition.texts.labels["linked" if kind == "closed" else "reads"]
    other = labels[name][past.language] if name in labels else ""
    text = fact.format(subject=past.name(past.facts["subject"]), name=other)
    since = past.cause.get("since")
    return past.say("noticed", fact=text + (past.words["since"].format(day=past.day(since)) if since else ""))


def _opened(past: Past) -> str:
    what = past.links()
    return past.say("opened", what=what) if what else past.say("opened_nothing")


def _undone(past: Past) -> str:
    return past.say("undone", act=past.act_taken_back(), arrival=past.arrival(), reason=past.reason())


def _ended(past: Past) -> str:
    return past.say("ended", arrival=past.arrival())


def _cancelled(past: Past) -> str:
    return past.say("cancelled")


def _corrected(past: Past) -> str:
    return past.say(
        "corrected", what=past.definition.texts.label("linked", past.cause["link"])[past.language]
    )


def _promise(past: Past) -> str:
    return past.say("promise", day=past.day(past.cause["due"]))


def _acknowledged(past: Past) -> str:
    return past.say("acknowledged", promise=past.promise(past.cause["acknowledged"]))


def _superior_questioned(past: Past) -> str:
    named, means = past.cause["questions"], past.cause["means"]
    return past.say(
        "superior_questioned" if named else "superior_missed",
        named=past.name(named) if named else "",
        means=past.words["superior_means"].format(who=past.name(means)) if means else "",
    )


def _superior_answered(past: Past) -> str:
    named = past.cause["named"]
    return past.say(
        f"superior_{past.cause['outcome']}",
        named=past.name(named) if named else past.words["superior_nobody"],
    )


def _reassigned(past: Past) -> str:
    before, after = past.handed()
    return past.say("reassigned", before=before, after=after)


def _reminded(past: Past) -> str:
    people = [past.name(key) for key in past.told("reminder")]
    return past.say("reminded", people=say_list(people, past.language))


def _followed(past: Past) -> str:
    before, _ = past.handed()
    if not past.facts.get("found"):
        people = [past.name(key) for key in past.facts.get("dropped", ())]
        return past.say("dropped", people=say_list(people, past.language))
    return past.say("followed", before=before, after=past.found(past.facts["found"][-1]))


def _journal(past: Past) -> str:
    label = past.definition.texts.label("journals", past.facts["entry"]["journal"])
    return f"“{label[past.language]}”"


def _entered(past: Past) -> str:
    return past.say("entered", journal=_journal(past), day=past.day(past.facts["entry"]["about"]))


def _looked_at(past: Past) -> str:
    """A check of entries, or a look at held ones."""
    told = past.facts["entry"]
    numbers = past.words["entry_number"].format(numbers=say_list(map(str, told["numbers"]), past.language))
    return past.say(f"{past.entry.kind}_{told['mark']}", journal=_journal(past), numbers=numbers)


def _journal_told(past: Past) -> str:
    return past.say("journal_told", journal=_journal(past), count=past.facts["entry"]["count"])


def _link_opened(past: Past) -> str:
    return past.say("link_opened", journal=_journal(past))


def _answered(past: Past) -> str:
    return past.say("answered")


def _signed(past: Past) -> str:
    return past.say("signed", text=past.text(), lapsed=past.lapsed())


def _declined(past: Past) -> str:
    return past.say("declined", reason=past.reason())


def _edited(past: Past) -> str:
    return past.say("edited", text=past.text(), reason=past.reason(), lapsed=past.lapsed())


def _refused(past: Past) -> str:
    asked = past.facts.get("asked", "")
    state = past.definition.states.get(past.facts.get("from", ""))
    way = next((one for one in state.transitions if asked in {one.name, one.rule}), None) if state else None
    act = f"“{say_way(past.definition, way, past.language)}”" if way is not None else past.words["an_act"]
    reason = REFUSALS[past.language].get(past.facts.get("refused", ""), REFUSALS[past.language][""])
    return past.say("refused", act=act, reason=reason)


_WRITERS: Mapping[str, Callable[[Past], str]] = {
    "launched": _launched,
    "woke": _woke,
    "moved": _moved,
    "stayed": _stayed,
    "rung": rung,
    "noticed": _noticed,
    "opened": _opened,
    "undone": _undone,
    "ended": _ended,
    "cancelled": _cancelled,
    "corrected": _corrected,
    "promise": _promise,
    "acknowledged": _acknowledged,
    "superior_questioned": _superior_questioned,
    "superior_answered": _superior_answered,
    "extended": extended,
    "given_back": given_back,
    "paused": paused,
    "resumed": resumed,
    "recounted": recounted,
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
