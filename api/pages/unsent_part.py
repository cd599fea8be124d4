"""What stands under a form that is not sent yet: when it was saved, and the text saved elsewhere to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.case_parts import naming
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from engine.core import gather_acts
from engine.core.definition import Language
from engine.core.permitting import Option
from engine.core.telling_days import on_the_clock, say_date
from engine.core.unsent import Unsent
from engine.core.zones import zone_label
from engine.runtime import CaseView

__all__ = ["NOTHING_SAVED", "OtherText", "SavedPart", "keeps_drafts", "saved_part", "say_saved", "told_saved"]

NOTHING_SAVED: Mapping[str, Unsent] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherText:
    """The text that was saved elsewhere while this one was typed."""

    head: str
    told: Told | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPart:
    """`version` is what the form goes on from; `told` says when it was saved, "" if never.

    Where `at_server` is false the browser alone keeps what is typed: no draft may tell who answers without a name.
    """

    version: int
    told: str
    at_server: bool
    other: OtherText | None


def keeps_drafts(view: CaseView, option: Option) -> bool:
    """Whether the server may keep what is typed for this act before it is sent."""
    rule = view.definition.states[view.case.state].gather
    unnamed = rule is not None and bool(rule.anonymous)
    return not (unnamed and option.transition.rule == gather_acts.ANSWERS)


def saved_part(
    view: CaseView, word: Words, form: str, mine: Unsent | None, beside: Unsent | None, *, at_server: bool
) -> SavedPart:
    """What is said of saving under a form ("" for none but a reason); `at_server` says whether a draft may be kept."""
    told = word("unsent.saved", time=say_saved(view, mine.at, word.language)) if mine and not beside else ""
    return SavedPart(
        version=mine.version if mine else 0,
        told=told if at_server else word("unsent.only_here"),
        at_server=at_server,
        other=_other(view, word, form, beside) if beside else None,
    )


def told_saved(
    view: CaseView, word: Words, there: Unsent | None, beside: Unsent | None
) -> tuple[dict[str, object], bool]:
    """What the page's script is told after a saving, and whether all is well: what is saved, or what is in the way."""
    if beside is not None:
        time = say_saved(view, beside.at, word.language)
        return {"told": word("unsent.elsewhere", time=time, button=word("unsent.save"))}, False
    if there is None:
        return {"told": ""}, False
    told = word("unsent.saved", time=say_saved(view, there.at, word.language))
    return {"told": told, "version": there.version}, True


def say_saved(view: CaseView, at: int, language: Language) -> str:
    """When something was saved: the time, with the day where that is another one."""
    zone, calendar = view.case.zone, view.scene.calendar
    day, hour, minute = on_the_clock(at, zone, calendar)
    clock = f"{hour:02d}{'.' if language == 'id' else ':'}{minute:02d} {zone_label(zone, day)}"
    return clock if day == view.scene.today(zone) else f"{say_date(day, language)} {clock}"


def _other(view: CaseView, word: Words, form: str, text: Unsent) -> OtherText:
    shown = (
        told_values(view.definition, form, text.values, word.language, naming(view, word)) if form else None
    )
    return OtherText(
        head=word("unsent.other", time=say_saved(view, text.at, word.language)),
        told=shown,
        reason=text.reason,
    )
