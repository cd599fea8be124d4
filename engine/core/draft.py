"""A step being put together: the case as it will be, the effects so far, and the facts of its one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.assigning import found_facts
from engine.core.attachments import files_in
from engine.core.audit import commitment, entry, field_salt
from engine.core.case import Case, Deadline, Task
from engine.core.codec import canonical, replace
from engine.core.command import Actor, Contents
from engine.core.delegating import stand_ins_of, with_checks
from engine.core.effects import (
    Admit,
    ChangeTask,
    CloseTask,
    Effect,
    Notify,
    OpenTask,
    Step,
    WriteContent,
    WriteFile,
)
from engine.core.kept import after, draft_name, is_form
from engine.core.machine import Machine
from engine.core.party import Party, came_to, entered_by, named_now, parties_of
from engine.core.people import NamedIn, Resolution
from engine.core.scene import Scene
from engine.core.undoable import Ending, Seated, Undoable, ended_by

#: the content name of a reason
REASON = ""


#: messages that ask something of a task's holder, and so of whoever may do it for them
_ASKING = frozenset({"task", "reminder", "escalation", "escalated", "extended", "lapsed", "check"})


class Draft:
    """Collects what a step does. `close` turns it into the Step; until then nothing is decided for anybody."""

    __slots__ = (
        "actor",
        "before",
        "begun",
        "case",
        "contents",
        "effects",
        "facts",
        "held_until",
        "machine",
        "named",
        "scene",
        "seq",
        "visit",
    )

    def __init__(
        self, machine: Machine, case: Case, scene: Scene, actor: Actor, contents: Contents | None = None
    ) -> None:
        self.machine, self.case, self.scene, self.actor = machine, case, scene, actor
        #: what has been written in the case by now, this step included
        self.contents = contents or Contents()
        self.before = case.version
        #: the case as it was when the step began
        self.begun = case
        #: messages of this step wait until then
        self.held_until = 0
        self.seq = case.seq + 1
        self.visit = case.visit
        #: who is named for a role by this step, or no longer
        self.named: list[Party] = []
        self.effects: list[Effect] = []
        self.facts: dict[str, Any] = {
            "case": case.id,
            "cycle": case.cycle,
            "subject": case.subject,
            "definition": case.definition,
            "visit": case.visit,
            "from": case.state,
            "actor": actor.facts(),
        }

    def change(self, **fields: Any) -> None:
        """Give the case other values in these fields."""
        self.case = replace(self.case, **fields)

    def put_deadlines(self, *deadlines: Deadline) -> None:
        """Replace deadlines of the same name, or add them."""
        names = {deadline.name for deadline in deadlines}
        kept = tuple(deadline for deadline in self.case.deadlines if deadline.name not in names)
        self.change(deadlines=(*kept, *deadlines))

    def write(self, form: str, value: Any, salt: bytes = b"") -> None:
        """Content of a form, or a reason: the words go to an erasable row, their commitment into the entry."""
        told = canonical(value)
        salt = salt or field_salt(self.scene.seed, f"{self.seq}/{form}")
        self.effects.append(WriteContent(form=form, value=told, salt=salt))
        name = form or "reason"
        self.facts.setdefault("content", {})[name] = commitment(name, told, salt)
        if form:
            self.contents = after(self.contents, [(form, value)])
        if is_form(form):
            if form in self.case.drafts:
                self.hold(draft_name(form), None)
                self.change(drafts={name: who for name, who in self.case.drafts.items() if name != form})
            self.change(filled={**self.case.filled, form: self.seq})
            self._remember_named(form, value)

    def attach(self, form: str, values: Any, files: Mapping[str, bytes]) -> None:
        """The bytes of the files that these values name, as far as they come with the act."""
        forms = self.machine.definition.forms
        named = {one["sha256"] for one in files_in(forms[form].fields, forms, values)} if files else set()
        for digest in sorted(named & files.keys()):
            self.effects.append(WriteFile(form=form, sha256=digest, value=files[digest]))

    def _remember_named(self, form: str, value: Any) -> None:
        """Keep whom a form names where a role is `named_in` it: the chart is asked about them without the form."""
        queries = (role.query for role in self.machine.definition.roles.values())
        for query in queries:
            if isinstance(query, NamedIn) and query.form == form:
                told = (value or {}).get(query.field) or ()
                keys = (told,) if isinstance(told, str) else tuple(told)
                self.named += named_now(self.machine.definition, self.case, query.path, keys, self.scene)
                self.change(named={**self.case.named, query.path: keys})

    def hold(self, name: str, value: Any) -> None:
        """Content that belongs to no entry yet, in the place of what was held under this name before."""
        salt = field_salt(self.scene.seed, f"{self.seq}/{name}")
        self.effects.append(WriteContent(form=name, value=canonical(value), salt=salt, held=True))
        self.contents = after(self.contents, [(name, value)])

    def holding(self, undoable: Undoable) -> None:
        """What this step does may be taken back for a time; until then nobody is told of it."""
        self.held_until = undoable.until
        self.change(undoable=undoable)

    def restore(self, case: Case) -> None:
        """Go on with the case as it stood in an earlier visit: nothing of it is entered anew."""
        self.case, self.visit = case, case.visit

    def put_task(self, task: Task) -> None:
        """Give an open task other values, wherever the case keeps it."""
        case = self.case
        if case.gathering is not None:
            asked = tuple(
                replace(one, task=task) if one.task.id == task.id else one for one in case.gathering.asked
            )
            self.change(gathering=replace(case.gathering, asked=asked))
        if case.task is not None and case.task.id == task.id:
            self.change(task=task)
        self.change(
            escalations=tuple(task if one.id == task.id else one for one in case.escalations),
            promises=tuple(
                replace(one, task=task) if one.task is not None and one.task.id == task.id else one
                for one in case.promises
            ),
            journals={
                name: replace(book, check=task)
                if book.check is not None and book.check.id == task.id
                else book
                for name, book in case.journals.items()
            },
        )
        self.effects.append(ChangeTask(task=task))

    def found(self, resolution: Resolution, *, instead_of: str = "") -> None:
        """Record who was found for a role, and why; in whose place, if somebody held the work before."""
        before = {"from": instead_of} if instead_of else {}
        self.facts.setdefault("found", []).append({**before, **found_facts(resolution)})

    def open(self, task: Task) -> None:
        """A task begins."""
        self.effects.append(OpenTask(task=task))

    def end(self, task: Task, outcome: str) -> None:
        """A task no longer waits."""
        self.effects.append(CloseTask(task_id=task.id, outcome=outcome))

    def tell(self, to: str, kind: str, key: str, task_id: str | None = None, **data: Any) -> None:
        """Something to tell a person, once for ever under this key; the entry says who was told and how."""
        self._tell(f"{self.case.id}/{key}/{to}/{kind}", to, kind, task_id, data)

    def tell_of(self, what: str, to: str, kind: str, task_id: str | None, **data: Any) -> None:
        """Tell a person of what concerns many cases at once: once for ever, by whichever of them comes first."""
        self._tell(f"{what}/{to}/{kind}", to, kind, task_id, data)

    def _tell(self, key: str, to: str, kind: str, task_id: str | None, data: Mapping[str, Any]) -> None:
        case = self.case
        if any(isinstance(one, Notify) and one.key == key for one in self.effects):
            return  # they fill two of the roles that are told
        if "behalf" not in data and kind in _ASKING:
            self._tell_takers(to, kind, key, task_id, data)
        self.effects.append(
            Notify(
                key=key,
                to=to,
                kind=kind,
                task_id=task_id,
                data={"state": case.state, "visit": case.visit, "seq": self.seq, **data},
                held_until=self.held_until,
            )
        )
        self.facts.setdefault("told", []).append([to, kind])

    def _tell_takers(
        self, to: str, kind: str, key: str, task_id: str | None, data: Mapping[str, Any]
    ) -> None:
        """Whoever may do this task for its holder now hears of it as they do."""
        task = next((one for one in with_checks(self.case) if one.id == task_id and one.holder == to), None)
        if task is None or not self.scene.chart.delegations:
            return
        for taker in stand_ins_of(self.machine.definition, self.case, task, self.scene):
            self.tell(taker, kind, key, task_id, **{**data, "behalf": to})

    def close(self, kind: str) -> Step:
        """The finished step, with its entry sealed to the one before it in the case's stream."""
        self._admit()
        self._keep_undoable(kind)
        case = self.case
        self.facts["to"] = case.state
        if case.ended:
            self.facts["ended"] = case.ended
        elif case.deadlines is not self.begun.deadlines:
            self._tell_clocks()
        line = entry(case.stream, self.seq, case.head, kind, self.scene.now, self.facts)
        done = replace(case, version=self.before + 1, seq=self.seq, head=line.hash, last_at=self.scene.now)
        return Step(before=self.before, case=done, entry=line, effects=tuple(self.effects))

    def _tell_clocks(self) -> None:
        """Every clock that runs from now on, if one came, went or has another day: who replays needs no other entry."""
        clocks = _clocks(self.case)
        if clocks != _clocks(self.begun):
            self.facts["clocks"] = clocks

    def _admit(self) -> None:
        """Note who is a party to the case by this step and was not before."""
        definition, case, scene = self.machine.definition, self.case, self.scene
        day = scene.today(case.zone)
        opened = [one.task for one in self.effects if isinstance(one, OpenTask | ChangeTask)]
        found = [came_to(definition, task, day) for task in opened]
        if case.visit != self.visit and self.before:
            found += entered_by(definition, case, scene)
        new: dict[tuple[str, str], Party] = {}
        for one in found:
            if one.person != case.subject and one.person not in case.seated.get(one.role, ()):
                new.setdefault((one.role, one.person), one)
        seated = dict(case.seated)
        for role, person in new:
            seated[role] = (*seated.get(role, ()), person)
        if new:
            self.change(seated=seated)
        rows = (*self.named, *new.values(), *(() if self.before else parties_of(definition, case, scene)))
        if rows:
            self.effects.append(Admit(parties=rows))

    def _keep_undoable(self, kind: str) -> None:
        """A move just made may be taken back with all it did; one made before, only if this step leaves it so."""
        one = self.case.undoable
        if one is None:
            return
        if one.entry == self.seq:
            seated = [
                Seated(person=who.person, role=who.role, how=who.how, first=who.first, lent=who.lent)
                for effect in self.effects
                if isinstance(effect, Admit)
                for who in effect.parties
                if who.person not in self.begun.seated.get(who.role, ())
            ]
            held = tuple(effect.key for effect in self.effects if isinstance(effect, Notify))
            self.change(undoable=replace(one, seated=tuple(seated), held=held))
            return
        told = [effect.to for effect in self.effects if isinstance(effect, Notify)]
        ending = Ending(
            entry=self.seq,
            kind=kind,
            at=self.scene.now,
            person=self.actor.person or "",
            told=told,
            tasks=any(isinstance(effect, OpenTask | CloseTask | ChangeTask) for effect in self.effects),
            beside=self._is_beside(one),
        )
        self.change(undoable=ended_by(one, ending))

    def _is_beside(self, one: Undoable) -> bool:
        """Whether this step only wrote in a journal that would be open as well if the move were taken back."""
        told = self.facts.get("entry")
        if told is None or "act" in self.facts.get("cause", {}):
            return False
        definition = self.machine.definition
        within = definition.journals[told["journal"]].within
        return not within or one.source in within or definition.states[one.source].phase in within


def _clocks(case: Case) -> list[list[str]]:
    """The clocks of a case as an entry tells them: name, last day, and the calendar it was counted with."""
    return [[one.name, one.due_on.isoformat(), one.calendar] for one in case.deadlines]
