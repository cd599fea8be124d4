"""What may be sent to the API: the models requests are read with. What is not named here is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.core.glass import Right
from engine.core.privacy.erasing import Ground

Reason = Annotated[str, Field(min_length=1, max_length=4000)]


class _In(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fill(_In):
    """What an act brings with it: forms by name, and a reason where one is needed.

    `seen` is the digest of the text a signer read, as the case's `gathering` tells it: with it nobody signs another.
    """

    forms: dict[str, dict[str, Any]] = {}
    reason: Annotated[str, Field(max_length=4000)] = ""
    seen: Annotated[str, Field(max_length=64)] = ""


class Launch(_In):
    """Which workflow to launch, the day it opens, and the year it appraises (unsaid: the year it opens for).

    `part` is the number of the quarter or month in the year, for a workflow that appraises those.
    `timetable` is a YAML text that sets windows of the definition anew, by decree, for this cycle alone.
    """

    workflow: Annotated[str, Field(min_length=1, max_length=100)]
    opens: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    part: Annotated[int, Field(ge=1, le=12, strict=True)] | None = None
    timetable: Annotated[str, Field(min_length=1, max_length=50_000)] | None = None


class ExtendIn(_In):
    """More time for the open task."""

    amount: Annotated[int, Field(ge=1, le=366, strict=True)]
    unit: Literal["working days", "days", "weeks", "months"] = "working days"
    reason: Reason
    ladder: Literal["kept", "restarted"] = "kept"


class PauseIn(_In):
    """Stop the clocks that count a duration: for a reason everybody knows, or a pause of the definition."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
    reason: Reason


class BulkCase(_In):
    """A case of many: with the visit and the number of its latest entry as they were seen, if they were."""

    id: Annotated[str, Field(pattern=r"^c-[0-9a-f]{1,40}$")]
    visit: Annotated[int, Field(ge=0, strict=True)] | None = None
    seq: Annotated[int, Field(ge=0, strict=True)] | None = None


class BulkIn(_In):
    """The same in many cases: an act by its `trigger`, or by its `verb` a step of steering, or taking back.

    With `dry_run` nothing is done: the answer says what would be. `workflow` keeps to the cases of that one.
    """

    cases: Annotated[list[BulkCase], Field(min_length=1, max_length=500)]
    trigger: Annotated[str, Field(max_length=100)] = ""
    verb: Literal["", "extend", "pause", "resume", "reassign", "remind", "undo"] = ""
    workflow: Annotated[str, Field(max_length=100)] = ""
    reason: Annotated[str, Field(max_length=4000)] = ""
    amount: Annotated[int, Field(ge=1, le=366, strict=True)] | None = None
    unit: Literal["working days", "days", "weeks", "months"] = "working days"
    kind: Annotated[str, Field(max_length=60)] = ""
    to: Annotated[str, Field(max_length=64)] = ""
    dry_run: bool = False


class UndoIn(_In):
    """Why an act is taken back, if its maker says so."""

    reason: Annotated[str, Field(max_length=4000)] = ""


class OutageIn(_In):
    """An outage of a unit ("" is all of them): its first day, its last if it is over, and why."""

    unit: Annotated[str, Field(max_length=200)] = ""
    first: date
    last: date | None = None
    reason: Reason


class ProposalIn(_In):
    """A definition to be proposed: its files as they were written, an agency's own numbers if any, and why."""

    rules: str
    texts: str
    override: str = ""
    reason: Reason


class ApprovalIn(_In):
    """Bringing a proposed version into force: why, and from which day on."""

    reason: Reason
    effective: date


class CalendarIn(_In):
    """A calendar by its file, as it was written, or by the name of one that is stored.

    `past` says what becomes of a due day that would fall into the past: it is kept, or moves there.
    """

    file: Annotated[str, Field(max_length=500_000)] = ""
    name: Annotated[str, Field(max_length=100)] = ""
    past: Literal["keep", "move"] = "keep"


class CalendarApplyIn(CalendarIn):
    """The same, to be applied, and why."""

    reason: Reason


class ErasureIn(_In):
    """An erasure asked for: of one's own data, or of a person by number; also of their name, if asked.

    Or, where `said` names something (`outage-3`, `g-5`), of the reasons given for it.
    """

    person: Annotated[str, Field(max_length=64)] = ""
    said: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=20)] = []
    ground: Ground = "request"
    name: bool = False
    reason: Reason


class HoldIn(_In):
    """A legal hold on a person (by number) or a case (by id), and why."""

    of: Annotated[str, Field(min_length=1, max_length=64)]
    reason: Reason


class GlassIn(_In):
    """Break-glass asked for: to whom (a login, or a number), which cases, what may be done, for how many hours."""

    to: Annotated[str, Field(min_length=1, max_length=100)]
    cases: Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=20)]
    rights: Annotated[list[Right], Field(min_length=1, max_length=2)]
    hours: Annotated[int, Field(ge=1, le=24)]
    reason: Reason


class ReasonIn(_In):
    """A reason, and nothing else."""

    reason: Reason


class QuestionIn(_In):
    """Why the superior on record is not one's own, and who is, by person number; unsaid if that is not known."""

    reason: Reason
    meant: Annotated[str, Field(max_length=100)] = ""


class SuperiorAnswerIn(_In):
    """What the personnel desk answers: the record was corrected, or it is right, and why."""

    outcome: Literal["corrected", "right"]
    reason: Reason


class ReassignIn(_In):
    """Give the open task to somebody else, by person_id."""

    to: Annotated[str, Field(min_length=1, max_length=64)]
    reason: Reason


_Names = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=200)]


class DelegateIn(_In):
    """Who may act for the giver (unsaid: for you) from the first to the last day; empty lists mean everything.

    `waiting` includes what is open already. People are named by person_id.
    """

    taker: Annotated[str, Field(min_length=1, max_length=64)]
    first: date
    last: date
    reason: Reason
    giver: Annotated[str, Field(max_length=64)] = ""
    waiting: bool = True
    cycles: _Names = []
    workflows: _Names = []
    roles: _Names = []
    units: _Names = []
    subjects: _Names = []


class PeopleFileIn(_In):
    """A people file as text (CSV), and the version of the chart it was previewed against, if it was.

    `leave` leaves whoever's move has divided a period and is told with another day as they are; else nobody comes in.
    """

    file: Annotated[str, Field(min_length=1)]
    before: Annotated[str, Field(max_length=100)] = ""
    leave: bool = False


class RemindIn(_In):
    """Remind the holder, with a note."""

    note: Reason


class EntryIn(_In):
    """One entry: the values of the journal's form, and the day it is about (unsaid: today)."""

    values: dict[str, Any]
    about: date | None = None


class CheckIn(_In):
    """Entries by number: confirmed, or asked for more with a note."""

    numbers: Annotated[list[int], Field(min_length=1, max_length=1000)]
    mark: Literal["confirmed", "asked"] = "confirmed"
    note: Annotated[str, Field(max_length=4000)] = ""


class ReleaseIn(_In):
    """Held entries by number: released, or withheld for a reason."""

    numbers: Annotated[list[int], Field(min_length=1, max_length=1000)]
    mark: Literal["released", "withheld"] = "released"
    reason: Annotated[str, Field(max_length=4000)] = ""
