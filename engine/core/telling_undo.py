"""Until when the latest act may be taken back, in one sentence: to whoever made it, and to everybody else."""

from __future__ import annotations

from engine.core.definition import Language
from engine.core.standing import Standing
from engine.core.telling_days import on_the_clock, say_instant
from engine.core.telling_names import say_name, say_way, way_of
from engine.core.undoing import open_to
from engine.core.zones import zone_label

__all__ = ["say_undo"]

_WORDS = {
    "id": {
        "own": "“{act}” dapat Anda tarik kembali sampai {until}, selama belum ada yang bertindak.",
        "other": "{who} dapat menarik kembali “{act}” sampai {until}, selama belum ada yang bertindak.",
        "clock": "pukul {hour:02d}.{minute:02d} {zone}",
    },
    "en": {
        "own": "You may take “{act}” back until {until}, as long as nobody has acted.",
        "other": "{who} may take “{act}” back until {until}, as long as nobody has acted.",
        "clock": "{hour:02d}:{minute:02d} {zone}",
    },
}


def say_undo(standing: Standing, language: Language, viewer: str) -> str:
    """Until when the latest act may be taken back, and by whom; "" when it cannot be."""
    definition, case, scene = standing.definition, standing.case, standing.scene
    one = case.undoable
    if one is None or open_to(case, one.person, scene.now) is None:
        return ""
    way = way_of(definition, one.source, one.act)
    act = say_way(definition, way, language) if way is not None else one.act
    words = _WORDS[language]
    day, hour, minute = on_the_clock(one.until, case.zone, scene.calendar)
    until = say_instant(one.until, case.zone, scene.calendar, language)
    if day == scene.today(case.zone):
        until = words["clock"].format(hour=hour, minute=minute, zone=zone_label(case.zone, day))
    key = "own" if viewer == one.person else "other"
    return words[key].format(act=act, until=until, who=say_name(scene.chart, one.person, language))
