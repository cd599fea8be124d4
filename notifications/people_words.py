"""Messages that are about people and no case, in words: what was delegated, to whom, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from engine.core.chart import Chart
from engine.core.definition import Language
from engine.core.telling import say_date, say_name
from engine.store.values import Letter
from notifications.account_words import ACCOUNT_LETTERS, account_lead, account_line
from notifications.clock_words import CLOCK_KINDS, clock_lead, clock_line
from notifications.cycle_words import CYCLE_KINDS, cycle_lead, cycle_line
from notifications.glass_words import GLASS_KINDS, glass_lead, glass_line

__all__ = ["lead_beside", "line_beside", "page_beside"]

_NOBODY: Mapping[str, str] = MappingProxyType({})
_LINES = {
    "id": {
        "delegated": "{giver} melimpahkan pekerjaannya kepada {taker}, {first} sampai {last}",
        "undelegated": "Pelimpahan {giver} kepada {taker} berakhir lebih awal",
    },
    "en": {
        "delegated": "{giver} delegated their work to {taker}, {first} to {last}",
        "undelegated": "The delegation of {giver} to {taker} ended early",
    },
}
_LEADS = {
    "id": {
        "delegated": "{line}. {taker} bertindak atas nama {giver}; pemegang tugas tetap {giver}, dan setiap tindakan"
        " mencatat keduanya. Pelimpahan berakhir dengan sendirinya.",
        "undelegated": "{line}. Yang sudah dikerjakan tetap berlaku.",
    },
    "en": {
        "delegated": "{line}. {taker} acts on behalf of {giver}; the tasks stay with {giver}, and every act is recorded"
        " with both names. It ends by itself.",
        "undelegated": "{line}. What was done by it stands.",
    },
}


def line_beside(letter: Letter, chart: Chart, language: Language, names: Mapping[str, str] = _NOBODY) -> str:
    """The one line of such a message: in a list, and as the subject of a mail. `names` are logins of accounts by id."""
    if letter.kind in ACCOUNT_LETTERS:
        return account_line(letter, names, language)
    if letter.kind in GLASS_KINDS:
        return glass_line(letter, chart, language)
    if letter.kind in CLOCK_KINDS:
        return clock_line(letter, language)
    if letter.kind in CYCLE_KINDS:
        return cycle_line(letter, language)
    data = letter.data
    return _LINES[language][letter.kind].format(
        giver=say_name(chart, str(data["giver"]), language),
        taker=say_name(chart, str(data["taker"]), language),
        first=say_date(date.fromisoformat(str(data["from"])), language),
        last=say_date(date.fromisoformat(str(data["to"])), language),
    )


def lead_beside(letter: Letter, chart: Chart, language: Language, names: Mapping[str, str] = _NOBODY) -> str:
    """What the mail says."""
    if letter.kind in ACCOUNT_LETTERS:
        return account_lead(letter, names, language)
    if letter.kind in GLASS_KINDS:
        return glass_lead(letter, chart, language)
    if letter.kind in CLOCK_KINDS:
        return clock_lead(letter, chart, language)
    if letter.kind in CYCLE_KINDS:
        return cycle_lead(letter, language)
    data = letter.data
    return _LEADS[language][letter.kind].format(
        line=line_beside(letter, chart, language),
        giver=say_name(chart, str(data["giver"]), language),
        taker=say_name(chart, str(data["taker"]), language),
    )


def page_beside(letter: Letter) -> str:
    """The page such a message leads to."""
    if letter.kind in ACCOUNT_LETTERS:
        return str(letter.data["page"])
    if letter.kind in CLOCK_KINDS:
        return "/clock"
    if letter.kind in CYCLE_KINDS:
        return "/cycles"
    return "/break-glass" if letter.kind in GLASS_KINDS else "/delegations"
