"""From values of the engine to the JSON of the API: people by number and name, texts in both languages."""

from __future__ import annotations

from api.schemas import (
    AffectedOut,
    ChangeOut,
    CycleOut,
    DefinitionLine,
    DelegationOut,
    HandoverLineOut,
    HandoverOut,
    MessageOut,
    Named,
    PassingOut,
    PeoplePreviewOut,
    PersonOut,
    RemarkOut,
    StatementOut,
    Text,
    WrittenOut,
)
from engine.core.audit import stamp
from engine.core.chain import UNIT_KEY, is_unit
from engine.core.chart import Chart
from engine.core.definition import Definition, Label
from engine.core.delegation import Delegation
from engine.core.publication import Publication
from engine.runtime import PeoplePreview
from engine.runtime.handing import Handover
from engine.store.values import Cycle, Letter


def text(label: Label) -> Text:
    """A label in both languages."""
    return Text(id=label.id, en=label.en)


def person(chart: Chart, key: str) -> PersonOut:
    """A person by number and name, a unit by its name; somebody erased keeps neither."""
    if is_unit(key):
        return PersonOut(person_id=key, name=key.removeprefix(UNIT_KEY))
    known = chart.history(key)
    return (
        PersonOut(person_id=known[-1].person_id, name=known[-1].name)
        if known
        else PersonOut(person_id="", name="")
    )


def named(definition: Definition, section: str, name: str) -> Named:
    """A name of the definition with its words."""
    return Named(name=name, text=text(definition.texts.label(section, name)))


def message(chart: Chart, letter: Letter) -> MessageOut:
    """What a person was told; other people in it by number."""
    data = {
        name: person(chart, str(value)).person_id
        if name in {"about", "told", "before", "after", "by", "behalf", "giver", "taker"}
        else value
        for name, value in letter.data.items()
    }
    return MessageOut(
        id=letter.id,
        kind=letter.kind,
        case_id=letter.case_id,
        task_id=letter.task_id,
        created_at=stamp(letter.created_at),
        read_at=stamp(letter.read_at) if letter.read_at is not None else None,
        data=data,
    )


def cycle(told: Cycle) -> CycleOut:
    """A launched cycle."""
    return CycleOut(
        id=told.id,
        definition=told.definition,
        period_from=told.period_from,
        period_to=told.period_to,
        opens_at=stamp(told.opens_at),
        launched_at=stamp(told.launched_at),
        decree=told.decreed.decree,
    )


def definition_line(told: Publication, definition: Definition | None, chart: Chart) -> DefinitionLine:
    """A version of a definition; without its title once it was withdrawn."""
    return DefinitionLine(
        digest=told.digest,
        workflow=told.workflow,
        version=told.version,
        title=None if definition is None else text(definition.texts.title),
        status=told.status,
        effective=told.effective,
        demo=told.demo,
        agency=told.agency,
        said=[
            StatementOut(
                kind=one.kind,
                by=person(chart, one.person) if one.person else None,
                at=stamp(one.at),
                reason=one.reason,
            )
            for one in told.said
        ],
        remarks=list(told.remarks),
    )


def delegation(chart: Chart, told: Delegation, reason: str) -> DelegationOut:
    """A delegation."""
    return DelegationOut(
        id=told.id,
        giver=person(chart, told.giver),
        taker=person(chart, told.taker),
        first=told.first,
        last=told.last,
        waiting=told.waiting,
        cycles=list(told.cycles),
        workflows=list(told.workflows),
        roles=list(told.roles),
        units=list(told.units),
        subjects=[person(chart, key) for key in told.subjects],
        reason=reason,
        ended_at=stamp(told.ended_at) if told.ended_at else None,
    )


def people_preview(told: PeoplePreview) -> PeoplePreviewOut:
    """What an import would come to."""
    chart = told.chart
    return PeoplePreviewOut(
        before=told.before,
        changes={
            name: [
                ChangeOut(
                    person_id=one.person_id, name=one.name, before=one.before, after=one.after, on=one.on
                )
                for one in getattr(told.changes, name)
            ]
            for name in told.changes.__slots__
        },
        affected=[
            AffectedOut(
                case_id=one.case.id,
                subject=person(chart, one.case.subject),
                fact=one.fact,
                state=one.after.state,
                ended=one.after.ended,
                opens=list(one.opens),
                passing=[
                    PassingOut(
                        task_id=task.task.id,
                        before=person(chart, task.before),
                        to=person(chart, task.to) if task.to else None,
                    )
                    for task in one.passing
                ],
            )
            for one in told.affected
        ],
        remarks=[
            RemarkOut(
                kind=one.kind,
                person=person(chart, one.person),
                other=person(chart, one.other) if one.other else None,
                on=one.on,
            )
            for one in told.remarks
        ],
        left_alone=[Text(id=one.message["id"], en=one.message["en"]) for one in told.left_alone],
    )


def handover(chart: Chart, told: Handover) -> HandoverOut:
    """A handover sheet."""
    return HandoverOut(
        person=person(chart, told.person.key),
        day=told.day,
        people=[person(chart, one.key) for one in told.people],
        cases=[
            HandoverLineOut(
                case_id=one.case.id,
                subject=person(chart, one.case.subject),
                state=named(one.definition, "states", one.case.state),
                mine=bool(one.mine),
                due_on=min((task.due_on for task in one.mine if task.due_on is not None), default=None),
                others=[person(chart, task.holder) for task in one.others],
                former=[person(chart, key) for key in one.former],
                written=[
                    WrittenOut(form=form.form, by=person(chart, form.by), at=stamp(form.at))
                    for form in one.written
                ],
            )
            for one in told.lines
        ],
    )
