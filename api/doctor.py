"""What `siklus doctor` looks at: whether this installation and its database can be relied on."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from engine.core.audit import stamp
from engine.core.case import Case
from engine.core.zones import local_date
from engine.errors import CalendarInvalid, KeysUnusable, NotFound, StoreUnusable
from engine.runtime import Engine
from engine.sealer import WitnessAt, standing, witness_standings
from engine.store import queries
from engine.store.database import Database

#: the packages of this distribution, all of them plain names that others use as well
PACKAGES = ("engine", "workflows", "api", "notifications")
DISTRIBUTION = "siklus"
OLDEST_PYTHON = (3, 11)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
#: a worker that has not beaten for so long has stopped
_SILENT_US = 60_000_000
#: leaves that nobody has signed for so long wait for a sealer that does not run
_UNSIGNED_US = 600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: whether it is in order, what was found, and what would mend it."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def examine_program(packages: Sequence[str] = PACKAGES) -> Iterator[Finding]:
    """Python, our packages, time zones."""
    running = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        name="python",
        ok=sys.version_info >= OLDEST_PYTHON,
        found=f"Python {running}",
        remedy="Siklus needs Python 3.11 or newer",
    )
    yield from _packages(packages)
    yield _zones()


def examine_database(url: str, now: int) -> Iterator[Finding]:
    """The database that an address names: is it there, ours, of this version, guarded. Its cycles come after that."""
    try:
        database = Database(url)
    except StoreUnusable as error:
        yield Finding(
            name="database", ok=False, found=error.message, remedy="see siklus db upgrade, or make one"
        )
        return
    with database:
        yield Finding(name="database", ok=True, found=f"{database.name} ({database.engine}, {database.kind})")
        problems = database.guard_problems()
        yield Finding(
            name="guards",
            ok=not problems,
            found="; ".join(problems) or "the database refuses what it must refuse",
            remedy="siklus db upgrade puts the guards in place again",
        )
        yield from _inside(database, now)


def examine_calendars(engine: Engine) -> Iterator[Finding]:
    """Whether decrees settle the years that open cycles count days in, and whether what was applied is counted."""
    for name in engine.calendars.unfinished():
        yield Finding(
            name=f"recount of {name}",
            ok=False,
            found="not every open case has been counted again",
            remedy="siklus work finishes it, or siklus calendar apply once more",
        )
    open_digests = {case.cycle for case in _open_cases(engine)}
    for cycle in engine.cycles():
        if cycle.id not in open_digests:
            continue
        name = engine.definition(cycle.definition).calendar.use
        try:
            calendar = engine.calendar(name)
            years = [cycle.period_from, cycle.period_to]
            computed = sorted({day.year for day in years if calendar.provisional(day)})
        except (NotFound, CalendarInvalid) as error:
            yield Finding(
                name=f"calendar of {cycle.id}", ok=False, found=error.message, remedy="add the calendar"
            )
            continue
        told = ", ".join(map(str, computed))
        yield Finding(
            name=f"calendar of {cycle.id}",
            ok=not computed,
            found=f"{calendar.version} settles its years"
            if not computed
            else f"no decree for {told}: computed days",
            remedy="add the decree to the calendar",
        )


def examine_clock(engine: Engine) -> Iterator[Finding]:
    """Whether time keeps up: alarms armed and due, the lateness, cases that a worker cannot move, the standstill."""
    figures, still = engine.alarms.figures(), engine.standstills.latest()
    late = figures.overdue_us // 1_000_000
    told = f"{figures.armed} armed, {figures.due} due now, the first {late} s late; {figures.parked} parked"
    yield Finding(
        name="alarms",
        ok=not figures.stuck or bool(figures.parked),
        found=told,
        remedy="siklus work rings what is due",
    )
    for one in engine.parking.listed():
        yield Finding(
            name=f"parked case {one.case_id}",
            ok=False,
            found=f"could not be moved {one.times} times since {stamp(one.since)}: {one.why}",
            remedy=f"mend what is wrong, then siklus case unpark {one.case_id}; it is tried by itself at "
            f"{stamp(one.until)}",
        )
    yield from _clock_findings(engine)
    found = "none" if still is None else f"{stamp(still.from_at)} to {stamp(still.to_at)}, {still.policy}"
    yield Finding(name="latest standstill", ok=True, found=found)


def _clock_findings(engine: Engine) -> Iterator[Finding]:
    doubt, back = engine.clock_watching.latest(), engine.clock_watching.latest_set_back()
    told = (
        "none was in doubt"
        if doubt is None
        else f"{doubt.worker} ran ahead since {stamp(doubt.since_at)}: {doubt.state}"
    )
    if back is not None:
        told = f"{told}; {back.worker} went back from {stamp(back.from_at)} to {stamp(back.to_at)}"
    yield Finding(
        name="clock",
        ok=doubt is None or not doubt.is_open,
        found=told,
        remedy="nothing happens by itself until it is set right, or siklus clock accept says that it is",
    )


def examine_key(engine: Engine) -> Iterator[Finding]:
    """Whether the key file is the one that opens what this database has sealed."""
    problem = engine.accounts.key_problem()
    yield Finding(
        name="key file",
        ok=not problem,
        found=problem or str(engine.keys.path),
        remedy="authenticator apps cannot be checked without it",
    )


def examine_words(engine: Engine) -> Iterator[Finding]:
    """Whether the keys are there that words are sealed with, and can be used."""
    keys, problem = engine.database.words, ""
    try:
        left = len(keys.retired()) if keys is not None else 0
    except KeysUnusable as error:
        left, problem = 0, error.message
    if keys is None or not keys.used:
        found = "words stand in the database as they are; siklus privacy seal seals them"
    else:
        found = f"{keys.path}; {left} key(s) wait to be let go" if left else str(keys.path)
        if (
            engine.database.engine == "sqlite"
            and keys.path.parent.resolve() == Path(engine.database.name).parent.resolve()
        ):
            found += ", beside the database: a copy of the folder takes both"
    yield Finding(
        name="keys of words",
        ok=not problem,
        found=problem or found,
        remedy="nobody reads what was written without them: bring back the newest copy of the file",
    )


def examine_log(database: Database, now: int) -> Iterator[Finding]:
    """Whether the log is sealed and signed up to the present, and nothing is wrong with what was."""
    found = standing(database)
    when = stamp(found.signed_at) if found.signed_at is not None else "never"
    yield Finding(
        name="sealed log",
        ok=found.alarm is None
        and (found.signed == found.size or now - (found.signed_at or now) < _UNSIGNED_US),
        found=f"{found.origin or 'no name yet'}: {found.size} leaves, {found.signed} of them signed, last {when}",
        remedy="siklus work seals as it goes; siklus audit seal does it at once",
    )
    if found.alarm is not None:
        yield Finding(
            name="alarm of the log",
            ok=False,
            found=f"since {stamp(found.alarm.since)}: {'; '.join(found.alarm.problems)}",
            remedy="keep copies of the database and of the log's key files as they are, and find out who changed what",
        )


def examine_witnesses(database: Database, witnesses: Sequence[WitnessAt], now: int) -> Iterator[Finding]:
    """Whether each witness has signed the log as it is, and none contradicts it."""
    for one in witness_standings(database, witnesses, now):
        late = one.lag_us // 1_000_000
        told = f"signed {one.signed} leaves; {late} s behind" if late else f"signed {one.signed} leaves"
        yield Finding(
            name=f"witness {one.name}",
            ok=not one.grave and one.lag_us < _UNSIGNED_US,
            found=f"{told}; {one.problem}" if one.problem else told,
            remedy="keep the database and the log's key files as they are, and talk to whoever keeps the witness"
            if one.grave
            else "siklus audit witnesses asks at once; see that it runs and can be reached",
        )


def examine_glass(engine: Engine) -> Iterator[Finding]:
    """Which cases are open to somebody by break-glass at this moment: never in order, until it is over."""
    for one in engine.privacy.glass.open_now():
        whom = one.person or one.account
        yield Finding(
            name=f"break-glass {one.id}",
            ok=False,
            found=f"{len(one.cases)} case(s) open to {whom} ({', '.join(one.rights)}) until {stamp(one.until_at)}",
            remedy="it ends by itself; siklus glass end ends it now",
        )


def examine_residue(engine: Engine) -> Iterator[Finding]:
    """Whether what was erased is gone from the database's files as well."""
    left = engine.privacy.erasures.residue.left()
    yield Finding(
        name="residue of erasures",
        ok=not left,
        found=f"what {', '.join(left)} erased may still be in the database's files" if left else "none",
        remedy="siklus privacy overwrite tries again, as siklus work does each hour; somebody is still reading since"
        " before the erasure, or PostgreSQL does not let this role vacuum (docs/security.md)",
    )


def _packages(packages: Sequence[str]) -> Iterator[Finding]:
    """Whether each package is the one beside this file, and no other distribution brings the same name."""
    home = Path(__file__).resolve().parents[1]
    providers: Mapping[str, list[str]] = packages_distributions()
    for name in packages:
        spec = importlib.util.find_spec(name)
        origin = None if spec is None or spec.origin is None else Path(spec.origin).resolve()
        ours = origin is not None and origin.parent == home / name
        rivals = sorted({one for one in providers.get(name, []) if one.lower() != DISTRIBUTION})
        found = f"{name} is ours"
        if not ours:
            found = f"{name} is not ours but {origin or 'missing'}"
        elif rivals:
            found = f"{name} is ours, but {', '.join(rivals)} brings the same name"
        yield Finding(
            name=f"package {name}",
            ok=ours and not rivals,
            found=found,
            remedy="install siklus into an environment of its own",
        )
    yield _installed()


def _installed() -> Finding:
    try:
        return Finding(name="distribution", ok=True, found=f"siklus {version(DISTRIBUTION)}")
    except PackageNotFoundError:
        return Finding(
            name="distribution", ok=True, found="siklus runs from its source tree, not installed", remedy=""
        )


def _zones() -> Finding:
    missing = []
    for zone in ZONES:
        try:
            local_date(0, zone)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the zone data, it is to be told
            missing.append(f"{zone}: {type(error).__name__}")
    return Finding(
        name="time zones",
        ok=not missing,
        found="; ".join(missing) or "WIB, WITA and WIT are known",
        remedy="install the package tzdata",
    )


def _inside(database: Database, now: int) -> Iterator[Finding]:
    with database.read() as view:
        beats = view.beats()
        waiting = sum(queries.letters_waiting(view).values())
    beating = [beat.worker for beat in beats if now - beat.at <= _SILENT_US]
    told = f"beating: {', '.join(sorted(beating))}" if beating else "no worker is beating now"
    yield Finding(name="heartbeat", ok=True, found=f"{told}; {waiting} messages wait to be sent")


def _open_cases(engine: Engine) -> Iterator[Case]:
    after = ""
    while page := engine.cases(open_only=True, after=after, limit=500):
        yield from page
        after = page[-1].id
