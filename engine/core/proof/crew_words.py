"""How findings about people name them, and tell who was looked at and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.core.definition import Label
from engine.core.proof.crew import Crew, Group, Roster
from engine.core.proof.dated import both

__all__ = ["case_of", "looked_at", "names_of", "people_of"]

#: so many names are told; of the others, how many
_NAMES = 5


def case_of(roster: Roster, group: Group) -> Label:
    """How a story about somebody's case begins."""
    return both(
        "{day}: kasus {who} dimulai.",
        "{day}: the case of {who} begins.",
        day=roster.day,
        who=people_of(roster, (group.one,)),
    )


def names_of(roster: Roster, lost: Sequence[Crew]) -> Label:
    """The names of those whose cases are meant, and how many more there are."""
    keys = [key for crew in lost for key in crew.group.keys]
    told = people_of(roster, keys[:_NAMES])
    more = len(keys) - _NAMES
    if more <= 0:
        return told
    return Label(id=f"{told.id} dan {more} orang lain", en=f"{told.en} and {more} more people")


def people_of(roster: Roster, keys: Sequence[str]) -> Label:
    """Names, one after the other."""
    names = ", ".join(_name(roster, key) for key in keys)
    return Label(id=names, en=names)


def _name(roster: Roster, key: str) -> str:
    own = roster.chart.near(key, roster.day)
    return key.removeprefix("unit:") if own is None else own.name


def looked_at(roster: Roster, tried: Sequence[str]) -> Label:
    """Who was looked at and why not, one after the other, in words."""
    said = {"id": list[str](), "en": list[str]()}
    for line in tried[:_NAMES]:
        words = line.split(" ")
        if len(words) > 2:  # noqa: PLR2004 - a look; two words are a question
            name = _name(roster, words[1])
            outcome = _OUTCOMES.get(words[2], Label(id=words[2], en=words[2]))
            said["id"].append(f"{name} ({outcome.id})")
            said["en"].append(f"{name} ({outcome.en})")
    return Label(id=", ".join(said["id"]) or "tidak seorang pun", en=", ".join(said["en"]) or "nobody at all")


_OUTCOMES: Mapping[str, Label] = {
    "left": Label(id="tidak menjabat", en="not in post"),
    "away": Label(id="absen", en="away"),
    "inactive": Label(id="tidak aktif", en="not in service"),
    "subject": Label(id="kasusnya sendiri", en="their own case"),
    "excluded": Label(id="tugasnya harus terpisah", en="duties kept apart"),
    "untrained": Label(id="belum dilatih", en="not trained"),
    "elsewhere": Label(id="bukan rekan lagi", en="no longer a colleague"),
}
