"""Legal holds: nothing of a person or a case is erased until the hold is lifted."""

from __future__ import annotations

from engine.core.permitting import demand_reason
from engine.core.privacy.erasing import PRIVACY, Hold, holds_told
from engine.core.privacy.official import Official, demand_office
from engine.errors import Conflict, NotFound, NotYours
from engine.runtime.library import Library
from engine.runtime.privacy.saying import say, today_of
from engine.store import queries
from engine.store.database import Database
from engine.store.view import View

__all__ = ["Holds", "holds_of"]


class Holds:
    """Puts legal holds and lifts them."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def put(self, of: str, *, who: Official, reason: str) -> Hold:
        """Let nothing be erased of a person (a key) or a case (an id). Raises: NotFound, NotYours, ReasonMissing."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            unit.hold(PRIVACY)
            chart = self._library.chart(unit)
            demand_office(chart, who, today_of(self._library, chart, who))
            if not chart.history(of) and unit.load(of, lock=False) is None:
                raise NotFound("person or case", of)
            seq = say(unit, self._library, "hold_put", {"object": of}, who=who, reason=told)
            return next(one for one in holds_of(unit) if one.id == f"h-{seq}")

    def lift(self, name: str, *, who: Official, reason: str) -> Hold:
        """End a legal hold. Raises: NotFound, NotYours, ReasonMissing, Conflict (lifted already)."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            unit.hold(PRIVACY)
            chart = self._library.chart(unit)
            demand_office(chart, who, today_of(self._library, chart, who))
            known = {one.id: one for one in holds_of(unit)}
            if name not in known:
                raise NotFound("legal hold", name, [one.id for one in known.values() if not one.lifted_at])
            if known[name].lifted_at:
                raise Conflict(f"{name} was lifted already")
            held = known[name].object
            case = unit.load(held, lock=False)
            if who.person and who.person in {held, case.subject if case is not None else ""}:
                raise NotYours("nobody lifts a hold on their own data; let somebody else of the office do it")
            say(unit, self._library, "hold_lifted", {"hold": name}, who=who, reason=told)
            return next(one for one in holds_of(unit) if one.id == name)

    def known(self) -> tuple[Hold, ...]:
        """Every legal hold there was, the latest first."""
        with self._database.read() as view:
            return tuple(reversed(holds_of(view)))


def holds_of(view: View) -> tuple[Hold, ...]:
    """Every legal hold there was, the first first."""
    return holds_told(queries.history(view, PRIVACY), view.statements(PRIVACY))
