"""The message that a cycle was cancelled as a whole, in words: one for each person, whatever they had to do with it."""

from __future__ import annotations

from engine.core.definition import Language
from engine.store.values import Letter

__all__ = ["CYCLE_KINDS", "cycle_lead", "cycle_line"]

CYCLE_KINDS = frozenset({"cycle_cancelled"})
_LINES = {
    "id": "Siklus {cycle} dibatalkan seluruhnya",
    "en": "The cycle {cycle} was cancelled as a whole",
}
_LEADS = {
    "id": "{line}: siklus itu tidak semestinya dimulai. Tugas Anda di dalamnya sudah ditarik, dan Anda tidak perlu"
    " melakukan apa-apa. Yang sudah ditulis tetap tersimpan; tidak ada hasil yang ditarik dari kasus itu.",
    "en": "{line}: it should not have been launched. Your tasks in it are withdrawn, and you need do nothing."
    " What was written is kept, and no result is drawn from those cases.",
}


def cycle_line(letter: Letter, language: Language) -> str:
    """The one line of such a message."""
    return _LINES[language].format(cycle=letter.data["cycle"])


def cycle_lead(letter: Letter, language: Language) -> str:
    """What the mail says."""
    return _LEADS[language].format(line=cycle_line(letter, language))
