"""Which cycle something belongs to, as people call it: the title of its rules and the period it is about."""

from __future__ import annotations

from datetime import date

from api.pages.words import Words
from engine.core.definition import Definition
from engine.core.telling_days import say_short

__all__ = ["cycle_title", "span"]

_NEW_YEAR, _NEW_YEARS_EVE = (1, 1), (12, 31)


def span(first: date, last: date, word: Words) -> str:
    """From which day to which."""
    return f"{say_short(first, word.language)} – {say_short(last, word.language)}"


def cycle_title(definition: Definition, period: tuple[date, date], word: Words) -> str:
    """The title of the rules, and the period: a whole calendar year by its number."""
    first, last = period
    whole = first.year == last.year and (
        ((first.month, first.day), (last.month, last.day)) == (_NEW_YEAR, _NEW_YEARS_EVE)
    )
    return f"{definition.texts.title[word.language]}, {first.year if whole else span(first, last, word)}"
