"""What the JSON of the API looks like: the models its documentation is made of. Texts come in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Reason = Annotated[str, Field(min_length=1, max_length=4000)]


class Out(BaseModel):
    """What every answer has in common: it is a value."""

    model_config = ConfigDict(frozen=True)


class Text(Out):
    """One text in Indonesian and in English."""

    id: str
    en: str


class Named(Out):
    """A name of the definition with the words for it."""

    name: str
    text: Text


class PersonOut(Out):
    """A person as others may know them."""

    person_id: str
    name: str


class PersonLine(PersonOut):
    """A person in the list of the personnel desk."""

    unit: str
    position: str
    status: str
    zone: str


class StatementOut(Out):
    """One act on the way of rules into force. `by` is null where nobody is named."""

    kind: Literal["proposed", "published", "withdrawn"]
    by: PersonOut | None
    at: str
    reason: str


class DefinitionLine(Out):
    """A version of a definition: where it stands, since when it holds, who said what. `demo`: approved by nobody.

    `agency` is whose own numbers the rules hold with, "" if nobody's.
    """

    digest: str
    workflow: str
    version: int
    title: Text | None
    status: Literal["proposed", "published", "withdrawn"]
    effective: date | None
    demo: bool
    agency: str
    said: list[StatementOut]
    remarks: list[str]


class MessageOut(Out):
    """What a person was told."""

    id: int
    kind: str
    case_id: str
    task_id: str | None
    created_at: str
    read_at: str | None
    data: dict[str, Any]


class ChangeOut(Out):
    """What becomes different for one person; `before` and `after` are texts of the file."""

    person_id: str
    name: str
    before: str
    after: str
    on: date | None


class PassingOut(Out):
    """A task that passes on; `to` is null where nobody is asked any more."""

    task_id: str
    before: PersonOut
    to: PersonOut | None


class AffectedOut(Out):
    """An open case that an import concerns: the fact it notes, where it then stands, whose tasks go to whom."""

    case_id: str
    subject: PersonOut
    fact: str
    state: str
    ended: str
    #: links by which other cases begin with it
    opens: list[str]
    passing: list[PassingOut]


class RemarkOut(Out):
    """Worth a look: a post that is "vacant", or two who act for one post ("both_act")."""

    kind: str
    person: PersonOut
    other: PersonOut | None
    on: date


class PeoplePreviewOut(Out):
    """What an import would come to. `before` is the chart it was worked out against."""

    before: str
    changes: dict[str, list[ChangeOut]]
    affected: list[AffectedOut]
    remarks: list[RemarkOut]
    #: of whom nothing would be taken over, and why: their move has divided a period and is told with another day
    left_alone: list[Text]


class PeopleImportOut(Out):
    """What an import changed; `left_alone` are the person_ids of whom nothing was taken over."""

    chart: str
    joined: int
    changed: int
    left: int
    tasks_moved: int
    left_alone: list[str]


class PeopleUndoneOut(Out):
    """The chart after the last import was taken back, and how many tasks went back."""

    chart: str
    tasks_moved: int


class WrittenOut(Out):
    """A form that somebody wrote before in a role this person has now."""

    form: str
    by: PersonOut
    at: str


class HandoverLineOut(Out):
    """One open case: when what waits for this person is due, and with whom the rest waits."""

    case_id: str
    subject: PersonOut
    state: Named
    mine: bool
    due_on: date | None
    others: list[PersonOut]
    former: list[PersonOut]
    written: list[WrittenOut]


class HandoverOut(Out):
    """The handover sheet of a person on a day."""

    person: PersonOut
    day: date
    people: list[PersonOut]
    cases: list[HandoverLineOut]


class DelegationOut(Out):
    """Who may act for whom, from the first day to the end of the last; empty lists mean everything."""

    id: str
    giver: PersonOut
    taker: PersonOut
    first: date
    last: date
    waiting: bool
    cycles: list[str]
    workflows: list[str]
    roles: list[str]
    units: list[str]
    subjects: list[PersonOut]
    reason: str
    ended_at: str | None


class CandidateOut(Out):
    """Somebody who might take a delegation, and why not, if they cannot."""

    person: PersonOut
    covered: int
    why_not: Text | None


class CycleOut(Out):
    """A launched cycle."""

    id: str
    definition: str
    period_from: date
    period_to: date
    opens_at: str
    launched_at: str
    #: the decree that set windows of its own for this cycle; "" if none did
    decree: str


class LaunchRowOut(Out):
    """What a launch did about one person, and why not, if not."""

    person: PersonOut
    outcome: Literal["launched", "existing", "not_covered", "refused"]
    why: str


class LaunchOut(Out):
    """A launch; done again it adds only who is missing."""

    cycle: str
    launched: int
    existing: int
    rows: list[LaunchRowOut]


class OutageOut(Out):
    """An outage of a unit ("" is all of them). `cases` is how many it changed; `lasts` until it is ended."""

    id: str
    unit: str
    first: date
    last: date | None
    lasts: bool
    cases: int
    declared_by: PersonOut | None
    declared_at: str
    reason: str
    ended_by: PersonOut | None
    ended_at: str | None
    end_reason: str


class TrainingSourceOut(Out):
    """A journal whose entry gives a training: when it does, and for how long ("" in both languages: for good)."""

    definition: str
    title: Text
    journal: Text
    when: Text
    lasts: Text


class TrainingUseOut(Out):
    """A role that only somebody with the training fills."""

    definition: str
    title: Text
    role: Text


class TrainingHolderOut(Out):
    """Who has a training today. `first` is null where the people file says so, `last` where it counts for good."""

    person: PersonOut
    first: date | None
    last: date | None


class TrainingOut(Out):
    """A training of the definitions in force. `holders` are all to the personnel desk and auditors, else oneself."""

    name: str
    title: Text
    given_by: list[TrainingSourceOut]
    needed_by: list[TrainingUseOut]
    holders: list[TrainingHolderOut]


class ProblemOut(Out):
    """Why a request was refused (RFC 9457). `code` is stable; `allowed` names what would be open instead."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    allowed: list[str] = []
    problems: list[dict[str, Any]] = []


class FoundOut(Out):
    """An entry that was looked up, as keys and numbers; `told` is what happened, in words, if it is of a case."""

    leaf: int
    stream: str
    seq: int
    kind: str
    at: str
    case: str
    actor: str
    behalf: str
    subject: str
    unit: str
    rule: str
    definition: str
    automatic: bool
    override: bool
    silent: int
    told: str
    hash: str


class FoundPageOut(Out):
    """Entries that fit, the newest first, or drawn by lot; where the next page begins; how many can be looked up."""

    entries: list[FoundOut]
    next_before: int | None
    leaves: int


class DenialOut(Out):
    """What was denied within an hour: who asked (a pseudonym), for what, by which rule, how often."""

    who: str
    action: str
    what: str
    rule: str
    hour: str
    count: int
