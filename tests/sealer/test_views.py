"""The views in a pack: what programs of others read, never more than the entries say, and never changed unnoticed."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from engine.core.codec import decode
from engine.sealer import differing, export, viewing
from engine.verify import INCOMPLETE, NAMES, TAMPERED
from tests.sealer.packs import Files, lines, opened, put_together
from tests.sealer.test_packs import HOUR, Made, made, own, said, whole

__all__ = ["made", "own", "whole"]

_XES = "{http://www.xes-standard.org/}"
#: in this order, as the schema of the standard has them
_OF_LOG = ("extension", "global", "classifier", "string", "int", "trace")
_VALUES = {
    "string": r"(?s).*", "int": r"-?\d+", "boolean": r"true|false", "id": r".+",
    "date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d",
}  # fmt: skip
_NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
_TYPES = {
    "type": "array",
    "items": {
        **_NAMED,
        "required": ["name", "attributes"],
        "properties": {
            "name": {"type": "string"},
            "attributes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "type"],
                    "properties": {
                        "name": {"type": "string"},
                        "type": {"enum": ["string", "time", "integer", "float", "boolean"]},
                    },
                },
            },
        },
    },
}
_VALUED = {"type": "object", "required": ["name", "value"], "properties": {"value": {"type": "string"}}}
_RELATED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["objectId", "qualifier"],
        "properties": {"objectId": {"type": "string"}, "qualifier": {"type": "string"}},
    },
}


def _items(needed: list[str], of_value: list[str]) -> dict[str, object]:
    values = {"type": "array", "items": {**_VALUED, "required": of_value}}
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": needed,
            "properties": {
                "id": {"type": "string"},
                "type": {"type": "string"},
                "time": {"type": "string", "format": "date-time"},
                "attributes": values,
                "relationships": _RELATED,
            },
        },
    }


#: what the JSON schema of OCEL 2.0 asks for
_OCEL = {
    "type": "object",
    "required": ["eventTypes", "objectTypes", "events", "objects"],
    "properties": {
        "eventTypes": _TYPES,
        "objectTypes": _TYPES,
        "events": _items(["id", "type", "time"], ["name", "value"]),
        "objects": _items(["id", "type"], ["name", "value", "time"]),
    },
}


def _seen(whole: Files) -> list[dict[str, object]]:
    """The entries that the views were made of."""
    entries = [decode(line) for line in lines(whole)]
    (exported,) = [one for one in entries if one["kind"] == "exported"][-1:]
    return entries[: exported["views_of"]["size"]]


def test_views_are_what_the_entries_of_the_pack_make_them(made: Made) -> None:
    """Of everything and of a part; nothing of live rows is needed, or used."""
    assert () == differing(made.pack())
    assert () == differing(made.pack("case/c-01", "definitions"))


def test_the_event_log_is_as_the_standard_has_it(whole: Files) -> None:
    """IEEE 1849-2016: the order of parts, declared prefixes, values of their kinds, no id twice, a trace a case."""
    log = ET.fromstring(whole["views/log.xes"])  # noqa: S314 - our own
    told = [one.tag.removeprefix(_XES) for one in log]
    declared = {one.get("prefix") for one in log.iter(f"{_XES}extension")}
    cases = [one for one in _seen(whole) if one["stream"].startswith("case/")]

    assert sorted(told, key=_OF_LOG.index) == told
    assert ("1849.2016", {"concept", "lifecycle", "org", "time", "identity"}) == (
        log.get("xes.version"),
        declared,
    )
    for one in log.iter():
        if one.get("key") is not None:
            kind = one.tag.removeprefix(_XES)
            assert re.fullmatch(_VALUES[kind], one.get("value", "")), (kind, one.get("value"))
            assert re.fullmatch(r"(?:concept|lifecycle|org|time|identity|siklus):[a-z]+", one.get("key", ""))
    ids = [one.get("value") for one in log.iter(f"{_XES}id")]
    assert {f"{one['stream']}:{one['seq']}" for one in cases} == set(ids)
    assert (len(cases), len(ids)) == (len(set(ids)), len(cases))
    for trace in log.iter(f"{_XES}trace"):
        times = [one.get("value", "") for one in trace.iter(f"{_XES}date")]
        assert sorted(times) == times


def test_events_bear_on_things_as_ocel_has_them(whole: Files, tmp_path: Path) -> None:
    """Both forms tell the same; whatever is named is there, and no id stands there twice."""
    told = json.loads(whole["views/log.ocel.json"])
    jsonschema.validate(told, _OCEL)
    objects = {one["id"]: one["type"] for one in told["objects"]}
    pairs = {
        (one["id"], related["objectId"], related["qualifier"])
        for one in told["events"]
        for related in one["relationships"]
    }
    place = tmp_path / "log.sqlite"
    place.write_bytes(whole["views/log.ocel.sqlite"])
    with closing(sqlite3.connect(place)) as tabled:
        assert [("ok",)] == tabled.execute("PRAGMA integrity_check").fetchall()
        assert [] == tabled.execute("PRAGMA foreign_key_check").fetchall()
        assert pairs == set(tabled.execute("SELECT * FROM event_object"))
        assert objects == dict(tabled.execute("SELECT * FROM object"))
        assert {(one["id"], one["type"]) for one in told["events"]} == set(
            tabled.execute("SELECT * FROM event")
        )

    assert len(told["objects"]) == len(objects)
    assert len(_seen(whole)) == len(told["events"]) == len({one["id"] for one in told["events"]})
    assert {one for _, one, _ in pairs} <= set(objects)
    assert {"case:c-01", "case:c-02", "case:c-03"} <= {one for one, kind in objects.items() if kind == "case"}


def test_the_table_runs_nothing(own: Made) -> None:
    """An account that is called like a formula stands there as a text; the mark is there if it is asked for."""
    house = own.house
    for mark in (False, True):
        export(
            house.bench.db, house.sealer(), own.folder / f"{mark}.zip", HOUR, streams=None, with_words=False,
            actor="=1+1", mark=mark,
        )  # fmt: skip
    plain, marked = (opened(own.folder / f"{mark}.zip")["views/entries.csv"] for mark in (False, True))
    rows = list(csv.DictReader(io.StringIO(marked.decode("utf-8-sig"))))

    assert [False, True] == [one.startswith(b"\xef\xbb\xbf") for one in (plain, marked)]
    assert ["'=1+1"] == [one["actor"] for one in rows if one["kind"] == "exported"]
    assert () == differing(own.folder / "True.zip")


@pytest.mark.parametrize(
    "name", ["views/entries.csv", "views/log.xes", "views/log.ocel.json", "views/log.ocel.sqlite", "README.en.txt"]
)  # fmt: skip
def test_a_doctored_view_does_not_pass_in_an_honest_pack(made: Made, whole: Files, name: str) -> None:
    """The entry of the export knows the hash of each."""
    spoilt = whole | {name: whole[name].replace(b"c-01", b"c-02").replace(b"Siklus", b"Sik1us")}
    verdict = made.judge(spoilt)

    assert (TAMPERED, True) == (verdict.code, verdict.reasons[-1].startswith(name))


def test_a_view_cannot_be_put_in_or_left_out(made: Made, whole: Files) -> None:
    """One that nobody handed out is no part of the pack; one that is missing is missed."""
    more = whole | {f"views/nets/{'0' * 64}.pnml": b"<pnml/>"}
    without = {name: data for name, data in whole.items() if name != "views/entries.csv"}

    assert [TAMPERED, INCOMPLETE] == [made.judge(one).code for one in (more, without)]


def test_what_views_say_is_vouched_for_by_nobody_and_can_be_worked_out_again(
    own: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lie that was there when the pack was made has the right hash. The verifier says so, and the entries show it."""
    honest = viewing.row
    monkeypatch.setattr(viewing, "row", lambda one: honest(one) | {"actor": "somebody else"})
    pack = own.pack()
    monkeypatch.undo()
    verdict = own.judge(pack)

    assert ("VERIFIED", "") == said(verdict)
    assert "that they say what entries say is not shown here" in verdict.facts["views"]
    assert ("views/entries.csv",) == differing(pack)


def test_what_is_no_pack_is_said_to_be_none(made: Made, whole: Files, tmp_path: Path) -> None:
    """Whatever is in it: an answer, and no accident."""
    for spoilt in (
        {"entries.jsonl": b""},
        {name: data for name, data in whole.items() if name != "entries.jsonl"},
        whole | {"entries.jsonl": b"{}\n" + whole["entries.jsonl"]},
        whole | {"entries.jsonl": whole["entries.jsonl"].replace(b'"views_of":{', b'"views_of":[{', 1)},
    ):
        with pytest.raises(ValueError, match="no pack whose views"):
            differing(put_together(spoilt, tmp_path / "spoilt.zip"))
    assert NAMES[INCOMPLETE] == "INCOMPLETE"
