"""Entries as event logs of other programs know them: XES, OCEL 2.0, tables, and the nets of the rules as PNML.

All of it is worked out from the bytes of entries and the stored rules, and of nothing else: whoever has those can work
it out again and compare.
"""

from engine.core.mining.events import Mined, mined
from engine.core.mining.nets import designed, nets
from engine.core.mining.ocel import (
    EVENT_COLUMNS,
    OBJECT_COLUMNS,
    Happened,
    Thing,
    happened,
    ocel_json,
    things,
)
from engine.core.mining.rows import COLUMNS, row
from engine.core.mining.timeline import DEVIATIONS, Mark, marks_of
from engine.core.mining.traces import Trace, drawn, trace_of
from engine.core.mining.xes import xes

__all__ = [
    "COLUMNS",
    "DEVIATIONS",
    "EVENT_COLUMNS",
    "OBJECT_COLUMNS",
    "Happened",
    "Mark",
    "Mined",
    "Thing",
    "Trace",
    "designed",
    "drawn",
    "happened",
    "marks_of",
    "mined",
    "nets",
    "ocel_json",
    "row",
    "things",
    "trace_of",
    "xes",
]
