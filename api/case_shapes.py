"""From cases as their viewers see them to the JSON of the API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from api.case_schemas import (
    ActOut,
    CaseLine,
    CaseOut,
    CorrectionOut,
    DeadlineOut,
    GatheredOut,
    GatheringOut,
    JournalOut,
    LinkedOut,
    PageOut,
    PromiseOut,
    QuestionedOut,
    StepOut,
    TaskLine,
    TaskOut,
)
from api.part_shapes import part_out, weighing
from api.refusing import why_refused
from api.schemas import Named, Text
from api.shapes import named, person, text
from api.told_shapes import consequences, told
from api.undo_shapes import undo_out
from engine.core.audit import stamp
from engine.core.calendar import Calendar
from engine.core.case import Case, Deadline, Task
from engine.core.chart import Chart
from engine.core.definition import Definition, Label
from engine.core.effects import Notify, Step
from engine.core.journal_sight import JournalView
from engine.core.labels import transition_label
from engine.core.permitting import Option
from engine.core.receiving import receiver
from engine.core.telling import say_role, say_why, tell, tell_task
from engine.core.telling_gathering import hides_names
from engine.core.telling_promises import tell_promises
from engine.core.telling_sums import say_sum
from engine.runtime import Beside, CaseView, LinkedCase, TaskView

_NOT_YOUR_ROLE = Label(id="Tindakan ini bukan wewenang Anda", en="This is somebody else's to do")
PARENT = Label(id="kasus yang membukanya", en="the case that opened it")
_USED_UP = Label(id="Sudah dipakai sampai batasnya", en="Used up to its limit")


def task(definition: Definition, chart: Chart, told: Task) -> TaskOut:
    """An open task, with why it came to its holder."""
    return TaskOut(
        id=told.id,
        kind=told.kind,
        role=Named(
            name=told.role,
            text=Text(id=say_role(definition, told.role, "id"), en=say_role(definition, told.role, "en")),
        ),
        holder=person(chart, told.holder),
        why=Text(id=say_why(told.why, chart, "id"), en=say_why(told.why, chart, "en")),
        opened_at=stamp(told.opened_at),
        due_on=told.due_on,
        since=told.since,
    )


def promises(definition: Definition, case: Case, chart: Chart, calendar: Calendar) -> list[PromiseOut]:
    """How every promise about a case stands."""
    told = (
        tell_promises(definition, case, chart, calendar, "id"),
        tell_promises(definition, case, chart, calendar, "en"),
    )
    return [
        PromiseOut(
            number=watch.number,
            sentence=Text(id=one.sentence, en=other.sentence),
            standing=watch.standing,
            word=Text(id=one.word, en=other.word),
            detail=Text(id=one.detail, en=other.detail),
            since=stamp(watch.at),
            evidence=list(one.evidence),
            task=task(definition, chart, watch.task) if watch.task is not None else None,
            acknowledged=watch.acknowledged or None,
        )
        for watch, one, other in zip(case.promises, *told, strict=True)
    ]


def questioned(definition: Definition, case: Case, chart: Chart) -> QuestionedOut | None:
    """The subject's open question about their superior."""
    asked = case.questioned
    if asked is None:
        return None
    return QuestionedOut(
        entry=asked.entry,
        named=person(chart, asked.named) if asked.named else None,
        meant=person(chart, asked.meant) if asked.meant else None,
        task=task(definition, chart, asked.task),
    )


def case_line(definition: Definition, chart: Chart, case: Case) -> CaseLine:
    """A case as it stands in a list."""
    return CaseLine(
        id=case.id,
        cycle=case.cycle,
        subject=person(chart, case.subject),
        state=named(definition, "states", case.state),
        phase=named(definition, "phases", case.phase),
        ended=case.ended,
        visit=case.visit,
        holder=person(chart, case.task.holder) if case.task else None,
        due_on=case.waiting[0].due_on if case.waiting else None,
    )


def case(view: CaseView, latest_end: date | None, viewer: str) -> CaseOut:
    """A case as its viewer may see it, with the last day it can be open."""
    own, definition, chart = view.case, view.definition, view.scene.chart
    return CaseOut(
        **dict(case_line(definition, chart, own)),
        definition=own.definition,
        period_from=own.period_from,
        period_to=own.period_to,
        zone=own.zone,
        version=own.version,
        opened_at=stamp(own.opened_at),
        sleeps_until=stamp(own.sleeps_until) if own.sleeps_until is not None else None,
        task=task(definition, chart, own.task) if own.task else None,
        escalations=[task(definition, chart, one) for one in own.escalations],
        questioned=questioned(definition, own, chart),
        deadlines=[
            one for clock in own.deadlines for one in deadline(definition, own, clock, view.scene.calendar)
        ],
        promises=promises(definition, own, chart, view.scene.calendar),
        latest_end=latest_end,
        told=told(
            view.standing,
            lambda language: tell(view.standing, language, viewer=viewer, roles=sorted(view.roles)),
        ),
        roles=[named(definition, "roles", role) for role in sorted(view.roles)],
        may_steer=view.may_steer,
        undo=undo_out(view, viewer),
        contents={form: dict(view.contents[form]) for form in sorted(view.contents)},
        figures=view.figures,
        linked=[linked(view, one) for one in view.linked],
        parts=[part_out(one) for one in view.parts],
        weighing=weighing(view),
        superseded_by=[
            CorrectionOut(
                case=one.case,
                link=one.link,
                text=text(definition.texts.label("linked", one.link)),
                since=stamp(one.at),
            )
            for one in own.corrected
        ],
        reads=readable_reads(view),
        gathering=gathering(view),
        gathered={name: gathered(view, name) for name in sorted(view.outcomes)},
    )


def deadline(
    definition: Definition, case: Case, clock: Deadline, calendar: Calendar
) -> Iterator[DeadlineOut]:
    """A clock that counts by a rule; nothing for one that does not."""
    indonesian = say_sum(definition, case, clock, calendar, "id")
    english = say_sum(definition, case, clock, calendar, "en")
    if not english:
        return
    yield DeadlineOut(
        name=clock.name,
        due_on=clock.due_on,
        due_at=stamp(clock.due_at),
        calendar=clock.calendar,
        stands_since=None if clock.paused_at is None else stamp(clock.paused_at),
        holds=list(clock.holds),
        missed=list(clock.missed),
        arithmetic=[Text(id=one, en=other) for one, other in zip(indonesian, english, strict=True)],
    )


def gathering(view: CaseView) -> GatheringOut | None:
    """The gathering that is under way."""
    case, definition = view.case, view.definition
    under_way = case.gathering
    if under_way is None:
        return None
    unnamed = hides_names(definition, case.state)
    chart = view.scene.chart
    return GatheringOut(
        name=under_way.name,
        due_on=case.waiting[0].due_on if case.waiting else None,
        asked=len(under_way.asked),
        answered=under_way.count("answered"),
        declined=under_way.count("declined"),
        dropped=under_way.count("dropped"),
        unnamed=unnamed,
        waiting=[] if unnamed else [person(chart, one.holder) for one in case.waiting],
        digest=view.digest,
        own=dict(view.own_answer) if view.own_answer is not None and not view.digest else None,
    )


def gathered(view: CaseView, name: str) -> GatheredOut:
    """What came of a gathering that this person may read."""
    outcome = view.outcomes[name]
    answers = view.gathered.get(name)
    return GatheredOut(
        asked=outcome.asked,
        answered=outcome.answered,
        declined=outcome.declined,
        dropped=outcome.dropped,
        enough=outcome.enough,
        by=[person(view.scene.chart, one) for one in outcome.by],
        answers=[dict(one) for one in answers] if answers is not None else None,
    )


def linked(view: CaseView, told: LinkedCase) -> LinkedOut:
    """A case that hangs together with this one: which it is, and where it stands."""
    other = told.case
    label = view.definition.texts.labels["linked"].get(told.link, PARENT)
    state = named(told.definition, "states", other.state) if other and told.definition else None
    return LinkedOut(
        link=told.link,
        text=text(label),
        case=other.id if other else None,
        period_from=other.period_from if other else None,
        state=state,
        ended=other.ended if other else "",
        outcome=told.outcome or "waiting",
        published=next(
            (dict(one.values) for one in view.beside if other in one.cases and _is_link(view, one)), {}
        ),
    )


def _is_link(view: CaseView, one: Beside) -> bool:
    return one.name in view.definition.linked


def readable_reads(view: CaseView) -> dict[str, Any]:
    """What this viewer's task shows of other cases, by path; a set is counted, never told one by one."""
    told: dict[str, Any] = {}
    for one in view.beside:
        if one.name in view.definition.reads:
            told |= {
                f"{one.name}.{path}": _counted(value) if one.many else value
                for path, value in one.values.items()
            }
    return told


def _counted(values: Sequence[Any]) -> dict[str, Any]:
    plain = Counter(str(one) for one in values if isinstance(one, str | int))
    return {"cases": len(values), "values": dict(sorted(plain.items()))}


def act(view: CaseView, option: Option, viewer: str) -> ActOut:
    """An act, who gets the work by it, and why it is not open to this viewer, if it is not."""
    definition, way = view.definition, option.transition
    why_not = []
    if option.role is None:
        why_not.append(text(_NOT_YOUR_ROLE))
    elif option.exhausted:
        why_not.append(text(_USED_UP))
    elif option.form is None:
        verdict = option.verdicts.get(way.rule)
        if verdict is not None and not verdict.passed:
            why_not.append(text(why_refused(view, option, verdict)))
    role = option.role
    gets = receiver(definition, view.case, option, viewer, view.scene) if not why_not else None
    return ActOut(
        trigger=way.name,
        text=text(transition_label(definition, way)),
        receiver=person(view.scene.chart, gets) if gets is not None else None,
        allowed=not why_not,
        why_not=why_not,
        role=named(definition, "roles", role) if role is not None and role in definition.roles else None,
        form=option.form,
        needs_reason=option.needs_reason,
    )


def step(definition: Definition, chart: Chart, would: Step) -> StepOut:
    """A step that has not been taken."""
    told = [effect for effect in would.effects if isinstance(effect, Notify)]
    return StepOut(
        kind=would.entry.kind,
        state=named(definition, "states", would.case.state),
        holder=person(chart, would.case.task.holder) if would.case.task else None,
        told=[(person(chart, one.to), one.kind) for one in told],
    )


def journal(view: CaseView, shown: JournalView) -> JournalOut:
    """A journal as the viewer of a case sees it."""
    rule, definition, chart = shown.journal, view.definition, view.scene.chart
    return JournalOut(
        journal=named(definition, "journals", rule.name),
        form=named(definition, "forms", rule.form),
        open=shown.open,
        count=shown.count,
        short=shown.short,
        entries=[
            PageOut(
                number=page.number,
                about=page.about,
                author=person(chart, page.author) if page.author else None,
                values=dict(page.values),
                held=page.held,
                mark=page.mark,
            )
            for page in shown.pages
        ],
        may_write=shown.may_write,
        checks=list(shown.checks),
        releases=list(shown.releases),
        may_link=shown.may_link,
    )


def task_line(view: TaskView, viewer: str) -> TaskLine:
    """An open task with its case and what happens if it is left, told to whom it waits for."""
    chart = view.scene.chart
    return TaskLine(
        **dict(task(view.definition, chart, view.task)),
        case=case_line(view.definition, chart, view.case),
        told=told(
            view.standing, lambda language: tell_task(view.standing, view.task, language, viewer=viewer)
        ),
        consequences=consequences(view.standing, viewer),
        behalf=person(chart, view.behalf) if view.behalf else None,
    )
