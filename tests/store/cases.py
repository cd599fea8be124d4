"""Steps as plain data, as the core would make them, and a bench that takes them to a database."""

from __future__ import annotations

from dataclasses import replace as with_fields
from datetime import date
from typing import Any

from engine.core.attachments import digest_of
from engine.core.audit import START, commitment, entry
from engine.core.case import NEVER, Alarm, Case, Deadline, Task
from engine.core.case_lists import Why
from engine.core.codec import canonical, replace
from engine.core.definition.identity import identity
from engine.core.effects import CloseTask, Effect, Notify, OpenTask, Step, WriteContent, WriteFile
from engine.core.publication import STREAM
from engine.store import Cycle, Database, StoredDefinition

DAY = 86_400_000_000
MONDAY = 1_767_225_600_000_000
DEFINITION = identity(b"{}")
CYCLE = "asn-2026"
SALT = bytes(range(32))


def alarm_at(at: int) -> tuple[Deadline, ...]:
    """Deadlines with one alarm, at this instant."""
    day = date(2026, 1, 5)
    return (
        Deadline(
            name="task",
            scope="visit",
            visit=1,
            generation=1,
            basis_on=day,
            basis_at=MONDAY,
            due_on=day,
            due_at=at,
            ladder="standard",
            calendar="id@2026",
            alarms=(Alarm(at=at, kind="rung", what="0"),),
        ),
    )


def new_case(name: str = "c-01", *, subject: str = "", cycle: str = CYCLE, next_at: int = NEVER) -> Case:
    """A case that nothing has been told of yet."""
    return Case(
        id=name,
        cycle=cycle,
        definition=DEFINITION,
        subject=subject or f"p-{name}",
        segment=1,
        unit="Dinas Uji",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 12, 31),
        zone="Asia/Jakarta",
        state="drafting",
        phase="planning",
        ended="",
        visit=1,
        version=0,
        seq=0,
        head=START,
        opened_at=MONDAY,
        entered_at=MONDAY,
        last_at=MONDAY,
        phases={"planning": MONDAY},
        sleeps_until=None,
        reached=("drafting",),
        uses={},
        facts=(),
        acted={},
        filled={},
        task=None,
        escalations=(),
        deadlines=() if next_at == NEVER else alarm_at(next_at),
    )


def task(case: Case, number: int = 1, *, holder: str = "p-ani", due_at: int | None = MONDAY + DAY) -> Task:
    """An open task of a case."""
    why = Why(role="employee", person=holder, via="subject", as_of=date(2026, 1, 5), chart="people@1")
    return Task(
        id=f"{case.id}/{number}",
        kind="act",
        visit=case.visit,
        state=case.state,
        role="employee",
        holder=holder,
        why=why,
        opened_at=MONDAY,
        due_at=due_at,
    )


def note(case: Case, number: int, *, to: str = "p-ani", task_id: str | None = None) -> Notify:
    """Something to tell a person, once for ever."""
    return Notify(
        key=f"{case.id}:{number}:{to}", to=to, kind="task", task_id=task_id, data={"due_on": date(2026, 1, 6)}
    )


def written(form: str, text: str) -> WriteContent:
    """Content of a form."""
    return WriteContent(form=form, value=canonical({"text": text}), salt=SALT)


def next_step(case: Case, *effects: Effect, at: int | None = None, **changes: Any) -> Step:
    """The step that changes these fields of a case and tells it."""
    instant = MONDAY + case.seq if at is None else at
    facts: dict[str, Any] = {"state": changes.get("state", case.state)}
    words = [one for one in effects if isinstance(one, WriteContent) and not one.held]
    if words:
        names = {one: one.form or "reason" for one in words}
        facts["content"] = {name: commitment(name, one.value, one.salt) for one, name in names.items()}
    told = entry(case.stream, case.seq + 1, case.head, "fired", instant, facts)
    moved = replace(case, version=case.version + 1, seq=told.seq, head=told.hash, **changes)
    return Step(before=case.version, case=moved, entry=told, effects=effects)


def opening(name: str = "c-01", **options: Any) -> Step:
    """The first step of a new case: its task is open, its holder is told."""
    case = new_case(name, **options)
    first = task(case)
    return next_step(case, OpenTask(task=first), note(case, 1, task_id=first.id), task=first)


def handing_in(case: Case) -> Step:
    """A whole step: content and a reason written, one task done, the next open, two people told."""
    old = case.task
    assert old is not None
    following = task(case, case.seq + 1, holder="p-budi")
    return next_step(
        case,
        WriteContent(form="plan", value=canonical({"text": f"plan {case.seq}"}), salt=SALT),
        WriteContent(form="", value=canonical("because"), salt=SALT),
        CloseTask(task_id=old.id, outcome="done"),
        OpenTask(task=following),
        note(case, case.seq + 1, to="p-budi", task_id=following.id),
        note(case, case.seq + 1, to="p-ani"),
        task=following,
        state="review",
        deadlines=alarm_at(MONDAY + 5 * DAY),
    )


def with_files(step: Step, *files: bytes) -> Step:
    """The same step, with files of its plan."""
    kept = (WriteFile(form="plan", sha256=digest_of(data), value=data) for data in files)
    return with_fields(step, effects=(*step.effects, *kept))


def broken(step: Step) -> Step:
    """The same step with an entry that follows nothing."""
    told = entry(step.entry.stream, step.entry.seq, "f" * 64, "fired", step.entry.at, {})
    return with_fields(step, case=replace(step.case, head=told.hash), entry=told)


class Bench:
    """A database with a definition and a cycle, and cases in it."""

    def __init__(self, database: Database) -> None:
        self.db = database
        with database.write() as unit:
            prepare(unit)

    def case(self, name: str = "c-01", **options: Any) -> Case:
        """A case that has just been opened and stored."""
        return self.cases(name, **options)[0]

    def cases(self, *names: str, **options: Any) -> list[Case]:
        """Several of them."""
        steps = [opening(name, **options) for name in names]
        with self.db.write() as unit:
            unit.insert_cases(steps)
        return [step.case for step in steps]

    def save(self, *steps: Step) -> None:
        """One unit that saves these."""
        with self.db.write() as unit:
            unit.save(steps)

    def load(self, name: str = "c-01") -> Case:
        """How a case stands in the database."""
        with self.db.read() as view:
            found = view.load(name)
        assert found is not None
        return found

    def problems(self) -> tuple[str, ...]:
        """What a verification of everything finds."""
        with self.db.read() as view:
            return view.verify()


def prepare(unit: Any) -> None:
    """Publish the definition and launch the cycle that the cases here belong to."""
    unit.put_definition(
        StoredDefinition(
            digest=DEFINITION, workflow="asn-tahunan", version=1, source=b"{}", published_at=MONDAY
        )
    )
    told = {"actor": {"timer": True}, "definition": DEFINITION, "name": "asn-tahunan@1", "demo": True}
    unit.append(STREAM, "published", MONDAY, told)
    for name in (CYCLE, "asn-2027"):
        unit.put_cycle(
            Cycle(
                id=name,
                definition=DEFINITION,
                period_from=date(2026, 1, 1),
                period_to=date(2026, 12, 31),
                opens_at=MONDAY,
                launched_at=MONDAY,
            )
        )
