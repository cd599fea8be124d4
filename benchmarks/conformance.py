"""Let an independent reader take a pack's views: python conformance.py PACK.zip.

Runs in an environment of its own with pm4py, which Siklus does not depend on (AGPL); `make conformance` makes one. It
imports nothing of Siklus. It loads the XES and both forms of the OCEL, compares how much they tell, and replays what
moved each case on the net of its rules: a case that has ended must be replayed at fitness 1, and one that still runs
must have done nothing that its net does not allow.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pm4py  # type: ignore[import-not-found,unused-ignore]
from pm4py.algo.conformance.tokenreplay import algorithm  # type: ignore[import-not-found,unused-ignore]
from pm4py.objects.log.obj import EventLog, Trace  # type: ignore[import-not-found,unused-ignore]
from pm4py.objects.ocel.validation import (  # type: ignore[import-not-found,unused-ignore]
    ocel20_rel_validation,
)


def main(pack: str) -> int:
    """Print what came of it, as JSON; 0 if everything fits."""
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(pack) as opened:
        names = [name for name in opened.namelist() if name.startswith("views/")]
        for name in names:
            opened.extract(name, place)
        views = Path(place) / "views"
        told: dict[str, Any] = {"pm4py": pm4py.__version__}
        told["ocel"] = _ocel(views)
        log = pm4py.read_xes(str(views / "log.xes"), return_legacy_log_object=True)
        told["xes"] = {"traces": len(log), "events": sum(len(trace) for trace in log)}
        nets = [_replayed(log, net) for net in sorted((views / "nets").glob("*.pnml"))]
    told["nets"] = nets
    told["replayed"] = sum(one["ended"] + one["running"] for one in nets)
    fits = told["replayed"] == len(log) and all(one["fits"] for one in nets) and told["ocel"]["alike"]
    told["fits"] = fits
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0 if fits else 1


def _ocel(views: Path) -> dict[str, Any]:
    written = pm4py.read_ocel2_json(str(views / "log.ocel.json"))
    tabled = pm4py.read_ocel2_sqlite(str(views / "log.ocel.sqlite"))
    counts = [
        {"events": len(one.events), "objects": len(one.objects), "related": _pairs(one)}
        for one in (written, tabled)
    ]
    met, unmet = ocel20_rel_validation.apply(str(views / "log.ocel.sqlite"))
    kinds = sorted(set(written.objects["ocel:type"]))
    return {
        **counts[0], "object_types": kinds, "sqlite_rules_met": len(met), "sqlite_rules_unmet": list(unmet),
        "alike": counts[0] == counts[1] and not unmet,
    }  # fmt: skip


def _pairs(read: Any) -> int:
    """Which event bears on which object: of several qualifiers between two, its reader of JSON keeps one."""
    return len(read.relations[["ocel:eid", "ocel:oid"]].drop_duplicates())


def _replayed(log: Any, path: Path) -> dict[str, Any]:
    """The cases of one definition on its net, by token replay."""
    net, initial, final = pm4py.read_pnml(str(path))
    digest = path.stem.replace(".", "#")
    ended, running = EventLog(), EventLog()
    for trace in log:
        if trace.attributes.get("siklus:definition") != digest:
            continue
        moves = Trace([event for event in trace if "siklus:way" in event], attributes=trace.attributes)
        (ended if "siklus:ended" in trace.attributes else running).append(moves)
    key = {"pm4py:param:activity_key": "siklus:way", "show_progress_bar": False}
    done = algorithm.apply(ended, net, initial, final, parameters=key) if len(ended) else []
    going = algorithm.apply(running, net, initial, final, parameters=key) if len(running) else []
    fitness = [one["trace_fitness"] for one in done]
    strange = [one for one in going if one["missing_tokens"] or one["transitions_with_problems"]]
    return {
        "net": digest[:12] + digest[64:], "places": len(net.places), "transitions": len(net.transitions),
        "ended": len(ended), "running": len(running), "least_fitness": min(fitness, default=1.0),
        "strange": len(strange),
        "fits": all(one == 1.0 for one in fitness) and not strange,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
