"""What a run is made of: acts at one case, and what happens to the whole installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

#: what rings after a standstill; nothing is said where there was none
Policy = Literal["", "fire_all", "collapse", "skip_superseded", "extend"]

#: what the chart says of an office from then on
Value = str | tuple[date, date] | tuple[date, str] | date | None

#: what may be asked of a case; `visit` comes from outside
Kind = Literal[
    "fire", "notice", "extend", "pause", "resume", "reassign", "remind", "recount", "acknowledge",
    "question", "reply",
    "add", "check", "show", "invite", "visit", "undo",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Act:
    """Somebody (by their name in the office) asks something of a case."""

    case: int
    #: which of the office's cases
    part: int = 0
    by: str
    kind: Kind
    #: the trigger, the fact, the reason of the pause, to whom, the number of the promise, the journal, or the answer
    what: str = ""
    amount: int = 0
    unit: str = ""
    restarted: bool = False
    #: for whom, where somebody says so
    behalf: str = ""
    #: nothing was said where a reason is needed
    mute: bool = False
    #: entries of a journal by number; asked for once more, withheld, or the link before the last
    numbers: tuple[int, ...] = ()
    again: bool = False
    #: what becomes of a day that another calendar moves into the past
    past: Literal["keep", "move"] = "keep"

    def __str__(self) -> str:
        said = [
            f"in case {self.part}:" if self.part else "",
            self.by,
            f"for {self.behalf}" if self.behalf else "",
            self.kind,
            self.what,
        ]
        said += [f"{self.amount} {self.unit}"] if self.unit else []
        said += ["restarting the ladder"] if self.restarted else []
        said += [f"{self.amount} days ago"] if self.kind == "add" else []
        said += [f"entries {list(self.numbers)}"] if self.kind in {"check", "show"} else []
        said += ["again"] if self.again else []
        said += ["without a reason"] if self.mute else []
        said += [f"past: {self.past}"] if self.kind == "recount" else []
        return " ".join(word for word in said if word)


@dataclass(frozen=True, kw_only=True)
class Jump:
    """Time passes to an hour of a day; then a beat, unless whoever acts next comes first."""

    to: int
    beat: bool = True
    #: the first beat dies between its claim and its commit, and another process takes over
    dies: bool = False
    #: nothing looked at the clock meanwhile, and this is what rings of what was missed
    policy: Policy = ""

    def __str__(self) -> str:
        day = date.fromordinal(self.to // 24)
        beat = "a beat that dies, then a beat" if self.dies else "a beat" if self.beat else "no beat"
        still = f", standing still ({self.policy})" if self.policy else ""
        return f"time passes to {day:%A} {day} {self.to % 24:02}.00{still}; {beat}"


@dataclass(frozen=True, kw_only=True)
class People:
    """The chart of these offices changes."""

    #: office, and what of it
    changes: tuple[tuple[int, str, Value], ...]

    def __str__(self) -> str:
        return "; ".join(f"chart: {what} of the office is {value}" for _, what, value in self.changes)


@dataclass(frozen=True, kw_only=True)
class Decree:
    """Days become days off, or are not any more; running clocks are counted again only where it is applied."""

    added: tuple[date, ...]
    removed: tuple[date, ...]
    applied: Literal["", "keep", "move"] = ""

    def __str__(self) -> str:
        applied = f", applied (past: {self.applied})" if self.applied else ""
        off, worked = ([str(day) for day in days] for days in (self.added, self.removed))
        return f"decree: off {off}, worked {worked}{applied}"


@dataclass(frozen=True, kw_only=True)
class Lend:
    """Somebody delegates to another, or ends what they gave to them last."""

    case: int
    giver: str
    taker: str
    first: date
    last: date
    waiting: bool = True
    roles: tuple[str, ...] = ()
    ends: bool = False

    def __str__(self) -> str:
        if self.ends:
            return f"{self.giver} ends what was delegated to {self.taker}"
        more = "" if self.waiting else ", nothing that waits already"
        roles = f" as {', '.join(self.roles)}" if self.roles else ""
        return f"{self.giver} delegates to {self.taker}{roles} from {self.first} to {self.last}{more}"


@dataclass(frozen=True, kw_only=True)
class Down:
    """The unit of a case cannot work since a day; or could not until the end of another; or can again."""

    case: int
    first: date
    last: date | None = None
    ends: bool = False

    def __str__(self) -> str:
        if self.ends:
            return "the outage of the unit is over"
        return f"an outage of the unit since {self.first}" + (f" until {self.last}" if self.last else "")


@dataclass(frozen=True)
class Restart:
    """The process ends, and another opens the same database."""

    def __str__(self) -> str:
        return "another process"


@dataclass(frozen=True)
class Cancelled:
    """The cycle was launched wrongly, and is cancelled as a whole."""

    def __str__(self) -> str:
        return "the cycle is cancelled"


Event = Cancelled | Act | Jump | People | Decree | Lend | Down | Restart
