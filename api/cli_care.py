"""`siklus audit verify`, `siklus doctor` and `siklus db upgrade`: whether everything is in order, and putting it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.cli_options import DatabaseOption, JsonOption, installation, settings_for
from api.cli_speech import OK, UNUSABLE, counted, out, put_json, remark, say

if TYPE_CHECKING:
    from api.doctor import Finding


def verify(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Check every entry of the audit log, its words, and every case and every published definition against it.

    Words that were erased by order are a verdict of their own: the log verifies, with erasures, and lists them.
    Exits with 7 if anything does not verify.
    """
    from engine.errors import LogBroken

    with installation(ctx, database) as house:
        problems = house.engine.verify()
        name = house.database.name
        known = {one.id: one for one in house.engine.privacy.erasures.known()}
        gone = house.engine.privacy.erasures.words_gone()
    if problems:
        raise LogBroken(problems)
    if as_json:
        erasures = [
            {"erasure": one, "ground": known[one].ground, "words": [list(word) for word in words]}
            for one, words in gone.items()
        ]
        verdict = "verified with erasures" if gone else "verified"
        put_json({"verified": True, "verdict": verdict, "problems": [], "erasures": erasures})
        return
    if not gone:
        say(f"{name}: the audit log verifies; every case and every definition agrees with it.")
        return
    say(f"{name}: the audit log verifies, with erasures; every case and every definition agrees with it.")
    for one, words in gone.items():
        remark(f"{one} ({known[one].ground}) took {counted(len(words), 'word')[:-1]} of these entries:")
        for stream, seq, called in words:
            remark(f"  {stream} entry {seq}: {called}")


def doctor(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Check this installation and its database.

    Python, our packages, time zones, the database's kind, version and guards, the calendars of open cycles,
    alarms armed, due and parked, the latest standstill, the key file, the sealed log, break-glass that is open.
    Exits with 6 if anything is not in order.
    """
    from api.doctor import (
        examine_calendars,
        examine_clock,
        examine_database,
        examine_glass,
        examine_key,
        examine_log,
        examine_program,
        examine_residue,
        examine_witnesses,
        examine_words,
    )
    from api.sealing import witnesses_of
    from api.wiring import open_installation
    from engine.clock import SystemClock

    settings = settings_for(ctx, database)
    findings = [*examine_program(), *examine_database(settings.database, SystemClock().now())]
    if all(one.ok for one in findings if one.name == "database"):
        house = open_installation(settings, worker="cli")
        try:
            findings += [
                *examine_calendars(house.engine),
                *examine_clock(house.engine),
                *examine_glass(house.engine),
                *examine_residue(house.engine),
                *examine_key(house.engine),
                *examine_words(house.engine),
                *examine_log(house.database, house.system.now()),
                *examine_witnesses(house.database, witnesses_of(house.settings), house.system.now()),
            ]
        finally:
            house.close()
    wrong = sum(not one.ok for one in findings)
    if as_json:
        put_json({"ok": not wrong, "findings": [_finding_json(one) for one in findings]})
    else:
        for one in findings:
            _tell_finding(one)
    raise typer.Exit(UNUSABLE if wrong else OK)


def upgrade(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Bring the database to this version of Siklus, and put its guards in place.

    Make a copy first. An up-to-date database stays as it is.
    """
    from engine.store.database import Database

    settings = settings_for(ctx, database)
    Database.upgrade(settings.database)
    with Database(settings.database) as opened:
        if as_json:
            put_json({"database": opened.name, "kind": opened.kind, "upgraded": True})
        else:
            say(f"{opened.name} is of this version, guards in place.")


def _finding_json(one: Finding) -> dict[str, object]:
    return {"name": one.name, "ok": one.ok, "found": one.found, "remedy": "" if one.ok else one.remedy}


def _tell_finding(one: Finding) -> None:
    from rich.text import Text

    line = Text("ok    " if one.ok else "wrong ", style="green" if one.ok else "bold red")
    line.append(f"{one.name}: {one.found}", style="default")
    if not one.ok and one.remedy:
        line.append(f"; {one.remedy}", style="default")
    out().print(line)
