"""What a rung of a ladder does, in parts of a sentence: said of what is coming and of what has been alike."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.chart import Chart
from engine.core.definition import HOLDER, Definition, Language, Rung
from engine.core.telling_names import say_list, say_name, say_role, say_who

__all__ = ["said", "say_rung"]

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
    reminded: set[str] = set()
    for kind, roles in (("reminder", rung.remind), ("notice", rung.notify)):
        people = [to for to, told_kind in told if told_kind == kind]
        if kind == "notice" and set(people) <= reminded:
            continue  # who is reminded is told by that
        reminded.update(people)
        if people and unnamed and HOLDER in roles:
            others = [say_role(definition, role, language) for role in roles if role != HOLDER]
            parts.append(said(words[kind], [words["unnamed"], *others], language))
        elif people:
            parts.append(
                said(words[kind], _named(definition, people, roles, chart, language, viewer), language)
            )
    if rung.task is not None:
        asked = [to for to, told_kind in told if told_kind == "escalation"]
        key = "escalation" if asked else "no_escalation"
        parts.append(
            said(words[key], _named(definition, asked, (rung.task,), chart, language, viewer), language)
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


def said(pattern: str, names: Sequence[str], language: Language) -> str:
    """A sentence's part with its persons put in; English verbs agree with them."""
    several = len(set(names)) > 1 or "you" in names
    return pattern.format(
        who=say_list(names, language),
        is_told="are told" if several else "is told",
        is_asked="are asked" if several else "is asked",
    )
