"""One pass over the outbox: claim, put into words, send, settle.

What is guaranteed: no message is lost, and while a lease holds no two dispatchers send the same one. A message can
leave twice only if its sender dies, or stands still for longer than the lease, after the mail server took the mail
and before it was settled; both copies then carry the same Message-ID, by which receivers know a double.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.clock import Clock
from engine.core.case import Case
from engine.core.codec import decode
from engine.errors import SiklusError
from engine.outbox import Outbox, Outcome
from engine.runtime import CaseView, Engine
from engine.store import queries
from engine.store.values import Letter
from notifications.channels.channel import Channel, usable
from notifications.errors import Undelivered, Unreachable
from notifications.message import Mail, Matter
from notifications.render import render, render_beside

__all__ = ["BACKOFF", "LEASE", "Dispatched", "dispatch", "matter_of"]

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
#: waits after the first, second ... failure of one mail; after the last it is given up
BACKOFF = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 120 * _MINUTE, 720 * _MINUTE)
#: longest wait while nobody can be reached: that is no mail's fault, and none is given up for it
_LONGEST_OUTAGE_WAIT = 30 * _MINUTE
#: how long a claim holds, so how long mail waits whose sender died; a slow sender renews it
LEASE = 2 * _MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """What came of one pass: how many messages had which outcome, and why some failed (message id and error code).

    `left` were claimed but not begun, because another claim holds them by now; `overtaken` another claim settled.
    """

    claimed: int
    outcomes: Mapping[str, int]
    failures: tuple[tuple[int, str], ...] = ()
    left: int = 0
    overtaken: int = 0


def dispatch(
    engine: Engine,
    outbox: Outbox,
    channel: Channel,
    clock: Clock,
    *,
    base_url: str,
    limit: int = 100,
    lease_us: int = LEASE,
) -> Dispatched:
    """Send what waits in the outbox, at most `limit` messages; each is settled as soon as its outcome is known.

    `clock` is the machine's: leases and retries run on it, whatever the business clock of a demo does.
    """
    claimed_at = clock.now()
    letters = outbox.claim(claimed_at, limit, lease_us)
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    unreachable: Unreachable | None = None
    held_until = claimed_at + lease_us
    for number, letter in enumerate(letters):
        now = clock.now()
        if now > held_until - lease_us // 2:
            # Half of a lease is time for one mail, whatever its server does; those that follow are held on.
            held_until = now + lease_us
            if not outbox.renew(letters[number:], held_until):
                break
        outcome, error = _deliver(engine, channel, letter, base_url, unreachable)
        if isinstance(error, Unreachable):
            unreachable = error
        if error is not None:
            failures.append(
                (letter.id, error.code if isinstance(error, SiklusError) else type(error).__name__)
            )
        now = clock.now()
        wait = _wait(letter, error) if outcome == "failed" else None
        settled = outbox.settle(letter, outcome, now, None if wait is None else now + wait)
        counts[outcome if settled else "overtaken"] += 1
    channel.hang_up()
    overtaken = counts.pop("overtaken", 0)
    return Dispatched(
        claimed=len(letters),
        outcomes=dict(counts),
        failures=tuple(failures),
        left=len(letters) - counts.total() - overtaken,
        overtaken=overtaken,
    )


def _deliver(
    engine: Engine, channel: Channel, letter: Letter, base_url: str, unreachable: Unreachable | None
) -> tuple[Outcome, Exception | None]:
    """What becomes of one message, and the error that kept it back. It never raises: one bad message stops no other."""
    try:
        mail = _written(engine, letter, base_url)
        if not isinstance(mail, Mail):
            return mail, None
        if unreachable is not None:
            return "failed", unreachable
        channel.send(mail)
    except Unreachable as error:
        return "failed", error
    except Undelivered as error:
        return "given_up" if error.permanent or _spent(letter) else "failed", error
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message must not hold up the rest
        return "given_up" if _spent(letter) else "failed", error
    return channel.outcome, None


def _written(engine: Engine, letter: Letter, base_url: str) -> Mail | Literal["superseded", "no_address"]:
    """The mail of a message as things stand now, or why there is none."""
    if not letter.case_id:
        return _beside(engine, letter, base_url)
    view = engine.case(letter.case_id, letter.to)
    lent = "behalf" not in letter.data or any(one.task.id == letter.task_id for one in view.held)
    if superseded(letter, view.case) or not lent:
        return "superseded"
    known = view.scene.chart.history(letter.to)
    person = view.scene.chart.near(letter.to, view.scene.today(view.case.zone)) if known else None
    if person is None or not usable(person.email.strip()):
        return "no_address"
    return render(letter, matter_of(view, _note(engine, letter)), person, base_url)


def matter_of(view: CaseView, note: str = "") -> Matter:
    """What a message is about: the case as its reader may see it."""
    return Matter(
        definition=view.definition,
        case=view.case,
        consequences=view.consequences,
        scene=view.scene,
        roles=tuple(role for role in view.definition.roles if role in view.roles),
        note=note,
        history=view.history,
        offers=view.offers,
    )


def _beside(engine: Engine, letter: Letter, base_url: str) -> Mail | Literal["no_address"]:
    """The mail of a message that is about no case."""
    chart = engine.chart
    person = chart.person(letter.to) if chart.history(letter.to) else None
    if person is None or not usable(person.email.strip()):
        return "no_address"
    return render_beside(letter, chart, person, base_url)


def superseded(letter: Letter, case: Case) -> bool:
    """Whether a message has been overtaken by what happened since: its task is done, or somebody else's by now."""
    holder = letter.data.get("behalf", letter.to)
    waits = any(task.id == letter.task_id and task.holder == holder for task in case.waiting)
    match letter.kind:
        case "task" | "reminder" if not letter.data.get("role"):
            return not waits
        case "extended" | "escalated" | "lapsed":
            return not waits
        case "escalation":
            return all(one.id != letter.task_id or one.holder != holder for one in case.escalations)
        case "breach":
            return all(one.id != letter.task_id for one in case.breaches)
        case "reminder" | "notice":
            return _no_longer_due(letter, case)
        case "handed_over":
            return waits
        case _:
            return False


def _no_longer_due(letter: Letter, case: Case) -> bool:
    """Whether what was to be done in time has been done: the visit is over, or the phase, or the case."""
    scope, _, phase = str(letter.data.get("deadline", "task")).partition(":")
    if scope == "case":
        return bool(case.ended)
    if scope == "phase":
        return bool(case.ended) or case.phase != phase
    return case.visit != letter.data["visit"]


def _note(engine: Engine, letter: Letter) -> str:
    """The note somebody wrote to go with a reminder; "" if there is none, or it was erased since."""
    seq = letter.data.get("note")
    if not isinstance(seq, int):
        return ""
    with engine.database.read() as view:
        rows = queries.written(view, letter.case_id, seq=seq)
    return next((str(decode(row.value)) for row in rows if row.form == ""), "")


def _spent(letter: Letter) -> bool:
    return letter.attempts > len(BACKOFF)


def _wait(letter: Letter, error: Exception | None) -> int:
    wait = BACKOFF[min(letter.attempts, len(BACKOFF)) - 1]
    return min(wait, _LONGEST_OUTAGE_WAIT) if isinstance(error, Unreachable) else wait
