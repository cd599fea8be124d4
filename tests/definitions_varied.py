"""The small definition with something else in it, written where a test says; a change that finds no place fails."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.core.parse import read
from tests.worlds import ROOT

_NOTHING: Mapping[str, str] = {}

#: what a rater has found decides, once the year has begun, how a case ends; who found nothing leaves no way open
FORK_RULES: Mapping[str, str] = {
    "\nforms:\n": "\nforms:\n  verdict: {points: {number: 0..10}}\n",
    "agree: {to: waiting, notify: employee}": "agree: {form: verdict, to: waiting, notify: employee}",
    "year_over: {at: period.to, to: done}": "year_over: {at: period.from, to: fork}",
    "\nphases:\n": (
        "\nchoices:\n  fork:\n    - {when: 'verdict.points > 3', to: done}\n    - {otherwise: left}\nphases:\n"
    ),
    "hr: waiting}": "hr: waiting}\n  verdict: {rater: always}",
}
FORK_TEXTS: Mapping[str, str] = {
    "\nforms:\n": "\nforms:\n  verdict: {id: Temuan, en: Findings}\n",
    "\nfields:\n": "\nfields:\n  verdict.points: {id: Nilai, en: Points}\n",
}

#: planning opens on 1 December; who is launched earlier sleeps until then
SLEEPING: Mapping[str, str] = {
    "  planning:\n    drafting:": "  planning:\n    not_before: 1 December last year\n    drafting:"
}


#: every act by which work is handed on may be taken back for a time
UNDO: Mapping[str, str] = {
    'submit: {to: checking, when: "weights == 100"}': (
        'submit: {to: checking, when: "weights == 100", undo: 30 minutes}'
    ),
    "agree: {to: waiting, notify: employee}": "agree: {to: waiting, notify: employee, undo: 2 hours}",
    "at_most: 2, then: waiting}": "at_most: 2, then: waiting, undo: 15 minutes}",
}

#: what a rater has found may be adjusted while the year runs, and each adjustment voided
VOIDING: Mapping[str, str] = {
    "\nforms:\n": "\nforms:\n  verdict: {points: {number: 0..10}}\n",
    "agree: {to: waiting, notify: employee}": "agree: {form: verdict, to: waiting, notify: employee}",
    "year_over: {at: period.to, to: done}": (
        "year_over: {at: period.to, to: done}\n"
        "        adjust: {by: hr, form: verdict, reason: required, to: stay}\n"
        "        void: {by: hr, restores: adjust, reason: required, to: stay, notify: rater}"
    ),
    "hr: waiting}": "hr: waiting}\n  verdict: {rater: always, hr: waiting}",
}
VOIDING_TEXTS: Mapping[str, str] = {
    "\nforms:\n": "\nforms:\n  verdict: {id: Temuan, en: Findings}\n",
    "\nfields:\n": "\nfields:\n  verdict.points: {id: Nilai, en: Points}\n",
    "\nautomatic:\n": (
        "\n  adjust: {id: Sesuaikan, en: Adjust}\n  void: {id: Batalkan penyesuaian, en: Void it}\nautomatic:\n"
    ),
}


def varied(
    folder: Path, rules: Mapping[str, str], texts: Mapping[str, str] = _NOTHING, *, of: str = "small"
) -> str:
    """The name under which `worlds.machine` and `set_up` find the small (or another) definition so replaced."""
    told = _replaced(f"tests/definitions/{of}.yaml", rules)
    worded = _replaced(f"tests/definitions/{of}.texts.yaml", texts)
    read(told, worded, name="varied.yaml", texts_name="varied.texts.yaml")
    (folder / "varied.yaml").write_text(told, encoding="utf-8")
    (folder / "varied.texts.yaml").write_text(worded, encoding="utf-8")
    return str(folder / "varied")


def forked(folder: Path) -> str:
    """The small definition whose end depends on what the rater wrote."""
    return varied(folder, FORK_RULES, FORK_TEXTS)


def _replaced(path: str, changes: Mapping[str, str]) -> str:
    text = (ROOT / path).read_text(encoding="utf-8")
    for before, after in changes.items():
        assert 1 == text.count(before), f"{before!r} stands {text.count(before)} times in {path}"
        text = text.replace(before, after)
    return text
