"""What will happen if nobody acts, as dated sentences: whom it reaches, where it leads, and that nothing else will."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import STAY, At, Definition, Language
from engine.core.outlook import Consequence
from engine.core.promise_words import bare_promise
from engine.core.telling_days import say_short
from engine.core.telling_gathering import hides_names, say_asked, say_outcome
from engine.core.telling_names import say_list, say_name, say_pause, say_state, say_way
from engine.core.telling_rungs import said, say_rung
from engine.core.telling_standing import say_stands

__all__ = ["say_consequences", "say_each"]

_WORDS = {
    "id": {
        "wakes": "kasus dibuka",
        "stays": "{way}",
        "moves": "{way}; berlanjut ke {state}",
        "ends": "{way}; kasus ditutup dengan hasil {state}",
        "unsaid": "{way}; kelanjutannya ditentukan oleh aturan",
        "next": ", giliran {who}",
        "told": "; {who} diberi tahu",
        "runs_on": "jeda berakhir ({why})",
        "due": "; waktu berjalan lagi, tenggat {day}",
        "opens": "kasus dibuka ({what})",
        "more": "Sejak {day} masih ada lagi; di sini disebut {count} yang pertama.",
        "promise": "janji tidak ditepati: {promise}",
        "asked": "; {who} diminta memeriksanya",
        "undecided": (
            "{way} tidak dapat berjalan: isian yang menentukan jalannya kosong atau cocok dengan dua jalan; "
            "kasus tetap di {state} sampai dibantu {who}"
        ),
        "desk": "bagian kepegawaian",
    },
    "en": {
        "wakes": "the case opens",
        "stays": "{way}",
        "moves": "{way}; goes on to {state}",
        "ends": "{way}; the case closes with {state}",
        "unsaid": "{way}; the rules decide how it goes on",
        "next": ", waiting for {who}",
        "told": "; {who} {is_told}",
        "runs_on": "the pause ends ({why})",
        "due": "; the clock runs again, due {day}",
        "opens": "a case opens ({what})",
        "more": "From {day} on more follows; here are the first {count}.",
        "promise": "a promise is not kept: {promise}",
        "asked": "; {who} {is_asked} to look at it",
        "undecided": (
            "{way} cannot go on: what decides its way is missing or fits two ways; "
            "the case stays at {state} until it gets help from {who}"
        ),
        "desk": "the personnel desk",
    },
}
_NOTHING = {
    "closed": {
        "id": "Kasus sudah ditutup; tidak ada lagi yang akan terjadi.",
        "en": "The case is closed; nothing further will happen.",
    },
    "never": {
        "id": "Tidak ada yang terjadi secara otomatis; kasus menunggu sampai ada yang bertindak.",
        "en": "Nothing happens by itself; the case waits until somebody acts.",
    },
    "undecided": {
        "id": "Tidak ada keputusan otomatis; kasus tetap menunggu sampai ada yang bertindak.",
        "en": "Nothing is decided by itself; the case goes on waiting until somebody acts.",
    },
    "assumed": {
        "id": "Tanggal berikut dihitung seandainya jeda selama itu.",
        "en": "The dates below assume that it lasts that long.",
    },
}


def say_consequences(
    definition: Definition,
    case: Case,
    consequences: Sequence[Consequence],
    chart: Chart,
    language: Language,
    *,
    viewer: str | None = None,
) -> tuple[str, ...]:
    """Dated sentences on what happens if nobody acts; one that says so when nothing is automatic.

    A date is the last day on which acting still prevents it. The reader, if `viewer`, is called "Anda" or "you".
    A clock that stands still is told first, with until when at most.
    """
    if case.ended:
        return (_NOTHING["closed"][language],)
    lines: list[str] = []
    stands = say_stands(definition, case, language)
    if stands:
        assumed = f" {_NOTHING['assumed'][language]}" if consequences else ""
        lines.append(f"{stands[:1].upper()}{stands[1:]}.{assumed}")
    lines += say_each(definition, case, consequences, chart, language, viewer=viewer)
    moves = any(isinstance(way.trigger, At) for way in definition.states[case.state].transitions)
    if not moves and all(one.transition is None and not one.more for one in consequences):
        lines.append(_NOTHING["undecided" if consequences else "never"][language])
    return tuple(lines)


def say_each(
    definition: Definition,
    case: Case,
    consequences: Sequence[Consequence],
    chart: Chart,
    language: Language,
    *,
    viewer: str | None = None,
) -> tuple[str, ...]:
    """One dated sentence for each consequence, in their order."""
    lines: list[str] = []
    holder = case.task.holder if case.task is not None else None
    for one in consequences:
        day = say_short(one.on, language)
        if one.more:
            lines.append(_WORDS[language]["more"].format(day=day, count=len(lines)))
            continue
        if one.rung is not None:
            parts = say_rung(
                definition,
                one.rung,
                chart,
                language,
                told=one.told,
                holder=holder,
                taken_by=one.taken_by,
                viewer=viewer,
                unnamed=hides_names(definition, case.state),
            )
            what = "; ".join(parts)
            holder = one.taken_by or holder
        else:
            what = _move(definition, case, one, chart, language, viewer)
        lines.append(f"{day}: {what}.")
    return tuple(lines)


def _move(
    definition: Definition,
    case: Case,
    one: Consequence,
    chart: Chart,
    language: Language,
    viewer: str | None,
) -> str:
    words = _WORDS[language]
    if one.undecided:
        return _undecided(definition, case, one, chart, language, viewer)
    what = _what(definition, one, language)
    if one.outcome is not None:
        what += f"; {say_outcome(definition, case.state, one.outcome, language)}"
    if one.opens and one.kind != "opens":
        what += f"; {_opened(definition, one.opens, language)}"
    turn = [to for to, kind in one.told if kind == "task"]
    hidden = bool(one.to) and hides_names(definition, one.to)
    asked = [say_name(chart, to, language, viewer) for to, kind in one.told if kind == "breach"]
    informed = [to for to, kind in one.told if kind == "moved" and to not in turn]
    if turn and hidden:
        what += f", {say_asked(len(turn), language)}"
    elif turn:
        holders = (say_name(chart, key, language, viewer) for key in turn)
        what += words["next"].format(who=say_list(holders, language))
    if asked:
        what += said(words["asked"], asked, language)
    if informed:
        names = [say_name(chart, key, language, viewer) for key in informed]
        what += said(words["told"], names, language)
    return what


def _undecided(
    definition: Definition,
    case: Case,
    one: Consequence,
    chart: Chart,
    language: Language,
    viewer: str | None,
) -> str:
    """That a move cannot choose its way, where the case stays meanwhile, and who can help."""
    words = _WORDS[language]
    way = "" if one.transition is None else say_way(definition, one.transition, language)
    names = [say_name(chart, key, language, viewer) for key in one.helped_by]
    desk = words["desk"] + (f" ({say_list(names, language)})" if names else "")
    state = say_state(definition, case.state, language)
    return words["undecided"].format(way=way, state=state, who=desk)


def _what(definition: Definition, one: Consequence, language: Language) -> str:
    """What happens, before whom it reaches."""
    words = _WORDS[language]
    if one.transition is not None:
        way = say_way(definition, one.transition, language)
        if one.unsaid:
            return words["unsaid"].format(way=way)
        if one.transition.to == STAY:
            return words["stays"].format(way=way)
        key = "moves" if definition.states[one.to].final is None else "ends"
        return words[key].format(way=way, state=say_state(definition, one.to, language))
    if one.promise is not None:
        return words["promise"].format(promise=bare_promise(definition, one.promise, language))
    if one.runs_on:
        over = words["runs_on"].format(why=say_pause(definition, one.runs_on, language))
        return over + (words["due"].format(day=say_short(one.due_on, language)) if one.due_on else "")
    return words["wakes"] if one.wakes else _opened(definition, one.opens, language)


def _opened(definition: Definition, links: Iterable[str], language: Language) -> str:
    labels = (definition.texts.label("linked", link)[language] for link in links)
    return _WORDS[language]["opens"].format(what=say_list(labels, language))
