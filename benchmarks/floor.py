"""The floor: what a transition and a storm cost with the same tables, guards, settings and statements, by hand.

No engine: it reads a case's row as plain JSON, checks one guard and one role, changes what changes, hashes an entry
of the same size, and writes the same rows through the bare driver, batched where the engine batches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from benchmarks.cohort import PLAN

_encode = msgspec.json.Encoder().encode
_canonical = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode
Row = tuple[Any, ...]

TARGET = "manager_checks"


class Bare(Protocol):
    """A bare driver: `?` stands for a value."""

    def begin(self) -> None:
        """Open a transaction."""
        ...

    def rows(self, text: str, values: Sequence[Any]) -> list[Row]:
        """The rows of a reading statement, by its name."""
        ...

    def many(self, name: str, rows: Sequence[Row]) -> None:
        """A writing statement, by its name, for many rows."""
        ...

    def step(self, entry: Row, move: Row, gone: str, task: Row, content: Row, note: Row) -> None:
        """The rows of one step."""
        ...

    def commit(self) -> None:
        """Keep it."""
        ...


def transition(bare: Bare, case_id: str, actor: str, manager: str, now: int) -> None:
    """One act: the plan handed in, the task closed, the next opened and told."""
    bare.begin()
    case = _decode(bare.rows("load_locked", (case_id,))[0][0])
    bare.rows("metas", ())
    bare.rows("contents", (case_id, ""))
    assert case["task"]["holder"] == actor
    assert sum(result["weight"] for result in PLAN["results"]) == 100
    value = _canonical(PLAN)
    salt = hashlib.sha256(case_id.encode()).digest()
    before, seq = case["version"], case["seq"] + 1
    gone = case["task"]["id"]
    entry = _entry(case, seq, "moved", now, TARGET, hashlib.sha256(salt + value).hexdigest(), manager)
    case["uses"], case["filled"] = {}, {"plan": seq}
    case["state"] = TARGET
    case["visit"] += 1
    case["reached"].append(TARGET)
    case["task"] = {**case["task"], "id": f"{case_id}.{case['visit']}", "holder": manager, "opened_at": now}
    case["deadlines"][1] = {**case["deadlines"][1], "basis_at": now, "visit": case["visit"]}
    task = case["task"]
    bare.step(
        entry,
        _move(case, before, seq, entry[6], case["deadlines"][1]["alarms"][0][0]),
        gone,
        (task["id"], case_id, "act", manager, task["role"], now, task["due_at"], _encode(task)),
        (case_id, "plan", seq, value, salt),
        _note(f"{case_id}/{seq}/task", manager, "task", case_id, task["id"], seq, now),
    )
    bare.commit()


def storm(bare: Bare, now: int, batch: int) -> int:
    """Every due rung, in batches: claim, change, write; how many."""
    done = 0
    while True:
        bare.begin()
        claimed = bare.rows("due", (now, batch))
        bare.rows("metas", ())
        entries, moves, notes = [], [], []
        for (body,) in claimed:
            case = _decode(body)
            before, seq = case["version"], case["seq"] + 1
            clock = min(case["deadlines"], key=lambda one: one["alarms"][0][0])
            number = clock["alarms"].pop(0)[2]
            clock["fired"].append(int(number))
            entry = _entry(case, seq, "rung", now, case["state"], number, case["task"]["holder"])
            next_at = min(one["alarms"][0][0] for one in case["deadlines"] if one["alarms"])
            entries.append(entry)
            moves.append(_move(case, before, seq, entry[6], next_at))
            key = f"{case['id']}/{clock['visit']}/{clock['name']}/1/{number}"
            notes.append(
                _note(key, case["task"]["holder"], "reminder", case["id"], case["task"]["id"], seq, now)
            )
        if entries:
            bare.many("entries", entries)
            bare.many("moves", moves)
            bare.many("notes", notes)
        bare.commit()
        done += len(claimed)
        if len(claimed) < batch:
            return done


def _entry(case: dict[str, Any], seq: int, kind: str, now: int, to: str, told: str, who: str) -> Row:
    stream = f"case/{case['id']}"
    body = _canonical(
        {
            "actor": {"person": case["subject"]},
            "at": now,
            "case": case["id"],
            "cause": {"act": told, "role": "holder"},
            "clocks": [[one["name"], one["due_on"], one["calendar"]] for one in case["deadlines"]],
            "cycle": case["cycle"],
            "definition": case["definition"],
            "found": case["task"]["why"],
            "from": case["state"],
            "kind": kind,
            "prev": case["head"],
            "seq": seq,
            "stream": stream,
            "subject": case["subject"],
            "to": to,
            "told": [[who, kind]],
            "v": 1,
            "visit": case["visit"],
        }
    )
    return stream, seq, kind, now, body, case["head"], hashlib.sha256(b"\x02" + body).hexdigest()


def _move(case: dict[str, Any], before: int, seq: int, head: str, next_at: int) -> Row:
    case["version"], case["seq"], case["head"] = before + 1, seq, head
    values = (
        case["definition"],
        case["state"],
        case["phase"],
        "",
        case["visit"],
        before + 1,
        seq,
        head,
        next_at,
    )
    return (*values, _encode(case), case["id"], before)


def _note(key: str, to: str, kind: str, case_id: str, task_id: str, seq: int, now: int) -> Row:
    data = {"state": TARGET, "visit": seq, "seq": seq}
    return key, to, kind, case_id, task_id, _encode(data), now
