"""What one may do about somebody else's delay, and who can help with one's own work, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.assigning import personnel_desk
from engine.core.case import Case, Task
from engine.core.definition import Definition, Language
from engine.core.scene import Scene
from engine.core.stepping_in import Offer
from engine.core.telling_gathering import say_waiting
from engine.core.telling_names import say_list, say_name, say_via

__all__ = ["say_help", "say_offers"]

_OFFERS = {
    "id": {
        "remind": "mengingatkan {holder} dengan catatan",
        "take": "mengambil alih tugas ini",
        "reassign": "menyerahkan tugas ini kepada orang lain",
        "extend": "menambah hari untuk tugas ini",
    },
    "en": {
        "remind": "remind {holder} with a note",
        "take": "take the task over",
        "reassign": "give the task to somebody else",
        "extend": "grant days for the task",
    },
}
_HELP = {
    "id": {
        "help": "Bila Anda terhalang, {names} ({desk}) dapat {ways}.",
        "extend": "menambah waktu",
        "reassign": "menyerahkan tugas kepada orang lain",
        "": "membantu",
    },
    "en": {
        "help": "If something stands in your way, {names} ({desk}) can {ways}.",
        "extend": "grant more time",
        "reassign": "give the task to somebody else",
        "": "help",
    },
}
#: of a large desk so many are named
_MOST = 3


def say_offers(
    definition: Definition, case: Case, offers: Sequence[Offer], scene: Scene, language: Language
) -> tuple[str, ...]:
    """What somebody may do who was asked to step in, each as it follows on "you can"."""
    holder = say_waiting(definition, case, scene.chart, language)
    return tuple(_OFFERS[language][one].format(holder=holder) for one in offers)


def say_help(
    definition: Definition, case: Case, task: Task, scene: Scene, language: Language, reader: str
) -> str:
    """Who can help whoever does a task, by name, and how; "" if there is nobody else."""
    desk = [key for key in personnel_desk(case, scene) if key not in {task.holder, reader}]
    if not desk:
        return ""
    words = _HELP[language]
    by_name = task.kind == "answer" and definition.roles[task.role].several
    ways = [words["extend"]] if task.due_on is not None else []
    if task.holder != case.subject and not by_name and len(case.waiting) == 1:
        ways.append(words["reassign"])
    return words["help"].format(
        names=say_list((say_name(scene.chart, key, language) for key in desk[:_MOST]), language),
        desk=say_via("desk", language),
        ways=say_list(ways or [words[""]], language),
    )
