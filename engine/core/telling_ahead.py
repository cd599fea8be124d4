"""What will happen if nobody acts, as dated sentences: whom it reaches, where it leads, and that nothing else will."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import HOLDER, STAY, At, Definition, Language, Rung
from engine.core.outlook import Consequence
from engine.core.telling_days import say_short
from engine.core.telling_gathering import hides_names, say_asked
from engine.core.telling_names import say_list, say_name, say_role, say_state, say_way, say_who

__all__ = ["say_consequences", "say_rung"]

_RUNG = {
    "id": {
        "reminder": "pengingat kepada {who}",
        "notice": "{who} diberi tahu",
        "escalation": "{who} diminta turun tangan",
        "no_escalation": "belum ada pejabat yang dapat diminta turun tangan",
        "taken": "tugas beralih kepada {who}",
        "not_taken": "belum ada yang dapat mengambil alih, tugas tetap pada {who}",
        "nobody_takes": "belum ada yang dapat mengambil alih tugas",
        "nothing": "tidak ada yang dapat diberi tahu",
        "unnamed": "mereka yang belum menjawab",
    },
    "en": {
        "reminder": "a reminder goes to {who}",
        "notice": "{who} {is_told}",
        "escalation": "{who} {is_asked} to step in",
        "no_escalation": "nobody can be asked to step in",
        "taken": "the task passes to {who}",
        "not_taken": "nobody can take the task over, it stays with {who}",
        "nobody_takes": "nobody can take the task over",
        "nothing": "nobody can be told",
        "unnamed": "those who have not answered",
    },
}
_TAKERS = {
    "id": {"substitute": "pengganti", "next_level": "pejabat satu jenjang di atasnya"},
    "en": {"substitute": "substitute", "next_level": "next level up"},
}
_MOVES = {
    "id": {
        "wakes": "kasus dibuka",
        "stays": "{way}",
        "moves": "{way}; berlanjut ke {state}",
        "ends": "{way}; kasus ditutup dengan hasil {state}",
        "next": ", giliran {who}",
        "told": "; {who} diberi tahu",
    },
    "en": {
        "wakes": "the case opens",
        "stays": "{way}",
        "moves": "{way}; goes on to {state}",
        "ends": "{way}; the case closes with {state}",
        "next": ", waiting for {who}",
        "told": "; {who} {is_told}",
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
    "paused": {
        "id": "Penghitungan waktu sedang dihentikan sementara; tanggal yang bergantung padanya belum pasti.",
        "en": "The clock is paused; dates that hang on it are not certain yet.",
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
    """
    if case.ended:
        return (_NOTHING["closed"][language],)
    lines = [_NOTHING["paused"][language]] if any(one.paused_at is not None for one in case.deadlines) else []
    holder = case.task.holder if case.task is not None else None
    for one in consequences:
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
            what = _move(definition, one, chart, language, viewer)
        lines.append(f"{say_short(one.on, language)}: {what}.")
    moves = any(isinstance(way.trigger, At) for way in definition.states[case.state].transitions)
    if not moves and all(one.transition is None for one in consequences):
        lines.append(_NOTHING["undecided" if consequences else "never"][language])
    return tuple(lines)


def say_rung(  # noqa: PLR0913 - a rung, and all that came of it
    definition: Definition,
    rung: Rung,
    chart: Chart,
    language: Language,
    *,
    told: Sequence[tuple[str, str]],
    holder: str | None,
    taken_by: str | None,
    viewer: str | None = None,
    unnamed: bool = False,
) -> list[str]:
    """What a rung does, in parts of a sentence: whom it reminds and tells, who is to step in, who takes the task.

    `told` are persons with the kind of message each got; `holder` held the task before, `taken_by` holds it after.
    Where answers have no names, those it still waits for are told as `unnamed`.
    """
    words = _RUNG[language]
    parts: list[str] = []
    for kind, roles in (("reminder", rung.remind), ("notice", rung.notify)):
        people = [to for to, told_kind in told if told_kind == kind]
        if people and unnamed and HOLDER in roles:
            others = [say_role(definition, role, language) for role in roles if role != HOLDER]
            parts.append(_said(words[kind], [words["unnamed"], *others], language))
        elif people:
            parts.append(
                _said(words[kind], _named(definition, people, roles, chart, language, viewer), language)
            )
    if rung.task is not None:
        asked = [to for to, told_kind in told if told_kind == "escalation"]
        key = "escalation" if asked else "no_escalation"
        parts.append(
            _said(words[key], _named(definition, asked, (rung.task,), chart, language, viewer), language)
        )
    if rung.reassign is not None and taken_by is not None:
        how = _TAKERS[language].get(rung.reassign) or say_role(definition, rung.reassign, language)
        parts.append(words["taken"].format(who=say_who(chart, taken_by, language, how, viewer=viewer)))
    elif rung.reassign is not None:
        key = "not_taken" if holder is not None else "nobody_takes"
        parts.append(words[key].format(who=say_name(chart, holder or "", language, viewer)))
    return parts or [words["nothing"]]


def _named(
    definition: Definition,
    people: Sequence[str],
    roles: tuple[str, ...],
    chart: Chart,
    language: Language,
    viewer: str | None,
) -> list[str]:
    """Persons with their roles; without, where a role is several people or nobody, and who is who is not sure."""
    if len(roles) == 1 and roles[0] != HOLDER:
        roles = roles * len(people)
    elif any(role != HOLDER and definition.roles[role].several for role in roles):
        roles = ()
    if len(people) != len(roles):
        return [say_name(chart, key, language, viewer) for key in people]
    told = zip(people, roles, strict=True)
    return [
        say_name(chart, key, language, viewer)
        if role == HOLDER or key == viewer
        else say_who(chart, key, language, say_role(definition, role, language))
        for key, role in told
    ]


def _said(pattern: str, names: Sequence[str], language: Language) -> str:
    """A sentence's part with its persons put in; English verbs agree with them."""
    several = len(set(names)) > 1 or "you" in names
    return pattern.format(
        who=say_list(names, language),
        is_told="are told" if several else "is told",
        is_asked="are asked" if several else "is asked",
    )


def _move(
    definition: Definition, one: Consequence, chart: Chart, language: Language, viewer: str | None
) -> str:
    words = _MOVES[language]
    if one.wakes or one.transition is None:
        what = words["wakes"]
    else:
        way = say_way(definition, one.transition, language)
        if one.transition.to == STAY:
            what = words["stays"].format(way=way)
        else:
            key = "moves" if definition.states[one.to].final is None else "ends"
            what = words[key].format(way=way, state=say_state(definition, one.to, language))
    turn = [to for to, kind in one.told if kind == "task"]
    hidden = one.transition is not None and hides_names(definition, one.to)
    informed = [to for to, kind in one.told if kind == "moved" and to not in turn]
    if turn and hidden:
        what += f", {say_asked(len(turn), language)}"
    elif turn:
        holders = (say_name(chart, key, language, viewer) for key in turn)
        what += words["next"].format(who=say_list(holders, language))
    if informed:
        names = [say_name(chart, key, language, viewer) for key in informed]
        what += _said(words["told"], names, language)
    return what
