"""People files as they come in over the web or from a disk: read against the chart in force, keys given."""

from __future__ import annotations

import secrets

from engine.core.roster import Roster, read_roster
from engine.runtime import Engine


def roster_in(engine: Engine | None, content: bytes, name: str) -> Roster:
    """The roster of a people file, against nobody where there is no engine yet. Raises: PeopleInvalid."""
    return read_roster(
        content,
        name,
        keys={} if engine is None else engine.person_keys(),
        new_key=lambda: f"p-{secrets.token_hex(8)}",
        existing=() if engine is None else engine.chart.segments,
    )
