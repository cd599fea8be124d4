"""`siklus audit verify`, `siklus doctor` and `siklus db upgrade`."""

from __future__ import annotations

import sqlite3

from api.doctor import examine_program


def spoil(place, *statements):
    """Do to a database file what its guards refuse."""
    with sqlite3.connect(place) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
    raw.close()


def spoil_entry(place):
    """Change one entry behind the program's back, and put the guards back as if nothing had happened."""
    with sqlite3.connect(place) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    raw.close()
    other = "CAST(replace(CAST(body AS TEXT), '\"launched\"', '\"lunched\"') AS BLOB)"
    last = "rowid = (SELECT max(rowid) FROM entry WHERE instr(CAST(body AS TEXT), '\"launched\"'))"
    spoil(place, f"UPDATE entry SET body = {other} WHERE {last}", *(sql for _, sql in guards))


def test_an_untouched_log_verifies(siklus, demo):
    """Both for people and for programs."""
    assert "verifies" in siklus("audit", "verify", "--database", demo).stdout
    told = {"verified": True, "verdict": "verified", "problems": [], "erasures": []}
    assert told == siklus.json("audit", "verify", "--database", demo)


def test_a_changed_entry_is_found(siklus, demo):
    """Whoever changes an entry in the file is found out, with an exit code of its own."""
    spoil_entry(demo)
    told = siklus.json("audit", "verify", "--database", demo, code=7)

    assert "log_broken" == told["error"]["code"]
    assert "do not match their hash" in told["error"]["message"]


def test_a_healthy_installation_is_said_to_be_so(siklus, demo):
    """Python, packages, zones, database, guards and calendars are each looked at."""
    told = siklus.json("doctor", "--database", demo)
    names = {one["name"] for one in told["findings"]}

    assert told["ok"]
    assert {"python", "package workflows", "time zones", "database", "guards"} <= names
    assert "calendar of asn-tahunan-2026" in names


def test_missing_guards_are_found_and_mended(siklus, demo):
    """A database whose guards were taken off is not used; an upgrade puts them back."""
    spoil(demo)
    found = siklus("doctor", "--database", demo, code=6).stdout
    siklus("db", "upgrade", "--database", demo)

    assert "siklus db upgrade" in found
    assert siklus.json("doctor", "--database", demo)["ok"]


def test_a_missing_database_is_a_finding(siklus):
    """The doctor tells the rest all the same."""
    told = siklus.json("doctor", code=6)

    assert ["database"] == [one["name"] for one in told["findings"] if not one["ok"]]


def test_a_package_of_somebody_else_is_found():
    """Plain package names can be shadowed: the doctor looks where each one really comes from."""
    found = {one.name: one for one in examine_program(packages=("engine", "json", "no_such_package"))}

    assert found["package engine"].ok
    assert not found["package json"].ok
    assert "missing" in found["package no_such_package"].found


def test_there_is_nothing_to_upgrade_where_there_is_nothing(siklus):
    """An upgrade makes no database."""
    siklus("db", "upgrade", code=6)


def test_a_file_of_somebody_else_is_left_alone(siklus, folder):
    """What is not ours is neither used nor upgraded nor removed."""
    (folder / "letter.db").write_text("Dear all", encoding="utf-8")
    for words in (("cases",), ("db", "upgrade"), ("demo", "--fresh", "--port", "0")):
        siklus(*words, "--database", "letter.db", code=6)

    assert "Dear all" == (folder / "letter.db").read_text(encoding="utf-8")
