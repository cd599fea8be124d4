"""How the promises about a case stand, in words: the one text that page, API, command line and list all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.calendar import Calendar
from engine.core.case import Case, Standing, Watch
from engine.core.chart import Chart
from engine.core.clock_rules import PROMISE
from engine.core.definition import AlwaysAfter, Definition, Label, Language
from engine.core.promise_words import say_promise
from engine.core.telling_days import say_date
from engine.core.telling_names import say_name

__all__ = ["SHAPES", "STANDINGS", "PromiseTold", "tell_promise", "tell_promises"]

#: the word for how a promise stands
STANDINGS: Mapping[Standing, Label] = {
    "open": Label(id="masih terbuka", en="still open"),
    "kept": Label(id="ditepati", en="kept"),
    "broken": Label(id="tidak ditepati", en="broken"),
    "lost": Label(id="tidak dapat ditepati lagi", en="can no longer be kept"),
}
#: a shape beside the word, told apart without colours
SHAPES: Mapping[Standing, str] = {"open": "○", "kept": "●", "broken": "✕", "lost": "◇"}

_DETAILS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "owed": "ditunggu sejak {begun}",
        "by": "paling lambat {due}",
        "not_yet": "belum ada yang ditunggu",
        "outside_open": "kasus menempuh jalan lain karena hal dari luar",
        "counted": "terjadi {count} kali",
        "kept": "sejak {day}",
        "happened": "terjadi pada {day}",
        "day": "batasnya lewat pada {day}",
        "ended": "kasus berakhir tanpanya pada {day}",
        "unreachable": "sejak {day} tidak ada jalan lagi ke sana",
        "outside": "kasus menempuh jalan lain karena hal dari luar pada {day}",
        "asked": "menunggu pemeriksaan {who}",
        "seen": "sudah diperiksa, catatan nomor {entry}",
    },
    "en": {
        "owed": "awaited since {begun}",
        "by": "by {due} at the latest",
        "not_yet": "nothing is owed yet",
        "outside_open": "the case went another way because of something from outside",
        "counted": "happened {count} times",
        "kept": "since {day}",
        "happened": "it happened on {day}",
        "day": "its day was over on {day}",
        "ended": "the case ended without it on {day}",
        "unreachable": "since {day} no way leads there any more",
        "outside": "the case went another way because of something from outside on {day}",
        "asked": "waiting for {who} to look at it",
        "seen": "looked at, entry number {entry}",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTold:
    """One promise about a case in words: the sentence, how it stands (a word and a shape), and since when and why.

    `evidence` are the numbers of the entries that show it; `asks` is who still must look at its breach.
    """

    number: int
    sentence: str
    standing: Standing
    word: str
    shape: str
    detail: str
    evidence: tuple[int, ...]
    asks: str = ""


def tell_promises(
    definition: Definition, case: Case, chart: Chart, calendar: Calendar, language: Language
) -> tuple[PromiseTold, ...]:
    """Every promise about a case; nothing for a case of a definition that promises nothing."""
    return tuple(tell_promise(definition, case, one, chart, calendar, language) for one in case.promises)


def tell_promise(
    definition: Definition, case: Case, watch: Watch, chart: Chart, calendar: Calendar, language: Language
) -> PromiseTold:
    """One promise about a case."""
    parts = _details(definition, case, watch, chart, calendar, language)
    return PromiseTold(
        number=watch.number,
        sentence=say_promise(definition, definition.promises[watch.number])[language],
        standing=watch.standing,
        word=STANDINGS[watch.standing][language],
        shape=SHAPES[watch.standing],
        detail="; ".join(parts),
        evidence=watch.evidence or ((watch.begun,) if watch.begun else ()),
        asks=say_name(chart, watch.task.holder, language) if watch.task is not None else "",
    )


def _details(
    definition: Definition, case: Case, watch: Watch, chart: Chart, calendar: Calendar, language: Language
) -> list[str]:
    words = _DETAILS[language]
    if watch.standing == "open":
        return _open(definition, case, watch, language)
    key = "kept" if watch.standing == "kept" else watch.cause
    # What a day ends is over with that day, not on the next one.
    at = watch.at - 1 if watch.cause == "day" else watch.at
    parts = [words[key].format(day=say_date(calendar.date_of(at, case.zone), language))]
    if watch.task is not None:
        parts.append(words["asked"].format(who=say_name(chart, watch.task.holder, language)))
    elif watch.acknowledged:
        parts.append(words["seen"].format(entry=watch.acknowledged))
    return parts


def _open(definition: Definition, case: Case, watch: Watch, language: Language) -> list[str]:
    """What is owed, since when and until when, of a promise that may go either way."""
    words = _DETAILS[language]
    clock = next((one for one in case.deadlines if one.name == f"{PROMISE}{watch.number}"), None)
    parts: list[str] = []
    if watch.outside:
        parts.append(words["outside_open"])
    elif clock is not None and watch.begun:
        parts.append(words["owed"].format(begun=say_date(clock.basis_on, language)))
    elif isinstance(definition.promises[watch.number], AlwaysAfter) and not watch.begun:
        parts.append(words["not_yet"])
    if clock is not None:
        parts.append(words["by"].format(due=say_date(clock.due_on, language)))
    if watch.count:
        parts.append(words["counted"].format(count=watch.count))
    return parts
