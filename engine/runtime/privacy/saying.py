"""Acts about personal data as entries of one stream, their reasons beside them where they can be erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.core.audit import commitment
from engine.core.chart import Chart
from engine.core.codec import canonical
from engine.core.privacy.erasing import PRIVACY
from engine.core.privacy.official import Official
from engine.core.zones import local_date
from engine.runtime.library import Library
from engine.store.unit import Unit

__all__ = ["say", "today_of"]


def say(
    unit: Unit, library: Library, kind: str, facts: Mapping[str, object], *, who: Official, reason: str = ""
) -> int:
    """Write an act of somebody; the number of its entry."""
    told = {**facts, "actor": who.facts()}
    if not reason:
        return unit.append(PRIVACY, kind, library.now(), told).seq
    salt = library.salt()
    content = {"reason": commitment("reason", canonical(reason), salt)}
    entry = unit.append(PRIVACY, kind, library.now(), {**told, "content": content})
    unit.put_statement(PRIVACY, entry.seq, reason, salt)
    return entry.seq


def today_of(library: Library, chart: Chart, who: Official) -> date:
    """The day it is where somebody works; for an account of nobody, everywhere."""
    history = chart.history(who.person) if who.person else ()
    return local_date(library.now(), history[-1].zone if history else "UTC")
