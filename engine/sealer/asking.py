"""Asking witnesses for their signatures: after the seal, in no transaction, again and again until they answer.

Nobody waits for a witness. What one answers is looked at before it is kept, and what keeps one from signing is kept as
well, for health and doctor: a witness that knows more leaves than there are here is the one who sees a rollback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.codec import canonical, decode
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import Note, PublicKey, note_of
from engine.core.sealing.tree import consistency
from engine.core.sealing.witnessing import Witnessed, request_bytes, size_of, witnessed_of
from engine.errors import Conflict, WitnessSilent
from engine.keys import verifies
from engine.sealer.calling import Call, Reply
from engine.store import Database, sealing

__all__ = ["PROBLEMS", "Asking", "Heard", "WitnessAt", "WitnessStanding", "witness_standings"]

#: the fact of the database that says what keeps witnesses from signing
PROBLEMS = "log_witnesses"
_SECOND_US = 1_000_000
#: seconds by which a witness's clock may be ahead of ours
_AHEAD = 300
#: a witness that says another size is asked again from there, no more often than this
_TURNS = 3
_FIRST_WAIT_US, _LONGEST_WAIT_US = 10 * _SECOND_US, 3600 * _SECOND_US
_LONGEST_SAID = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessAt:
    """A witness: what it is called here, where it answers, and the key it signs with."""

    name: str
    url: str
    key: PublicKey

    @property
    def known_as(self) -> str:
        """How its signatures are kept: the name and the id of its key."""
        return f"{self.key.name}+{self.key.id.hex()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of asking one: the size it signed, or what keeps it from that. `grave`: it contradicts this log."""

    name: str
    signed: int | None = None
    problem: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessStanding:
    """How a witness stands: the largest size it signed, how long it has lagged behind, and what keeps it from it."""

    name: str
    signed: int
    lag_us: int
    problem: str
    grave: bool


@dataclass(slots=True)
class _Patience:
    """When a witness that failed is asked again: twice as late each time."""

    until: int = 0
    wait: int = _FIRST_WAIT_US


class Asking:
    """Asks the witnesses of a database's log."""

    def __init__(self, database: Database, witnesses: Sequence[WitnessAt], call: Call) -> None:
        self._database = database
        self._witnesses = tuple(witnesses)
        self._call = call
        self._patience = {one.name: _Patience() for one in witnesses}

    def ask(self, now: int, *, size: int | None = None, at_once: bool = False) -> tuple[Heard, ...]:
        """Ask those who have not signed the newest checkpoint, or that of `size`; what came of it.

        One that failed lately is left alone for a while, unless it must be `at_once`.
        """
        if not self._witnesses:
            return ()
        with self._database.read() as view:
            found = sealing.checkpoints(view.driver, limit=1, before=None if size is None else size + 1)
            if not found:
                return ()
            note = note_of(found[0].note.encode())
            signed = {one.name: sealing.last_cosigned(view.driver, one.known_as) for one in self._witnesses}
        heard = []
        for one in self._witnesses:
            patience = self._patience[one.name]
            if signed[one.name] >= found[0].size or (
                not at_once and patience.until - _LONGEST_WAIT_US <= now < patience.until
            ):
                continue
            said = self._ask(one, note, signed[one.name], now)
            self._wait(one.name, now, failed=bool(said.problem))
            heard.append(said)
        self._keep(heard, now)
        return tuple(heard)

    def _wait(self, name: str, now: int, *, failed: bool) -> None:
        patience = self._patience[name]
        patience.until = now + patience.wait if failed else 0
        patience.wait = min(2 * patience.wait, _LONGEST_WAIT_US) if failed else _FIRST_WAIT_US

    def _ask(self, one: WitnessAt, note: Note, known: int, now: int) -> Heard:
        point, old = checkpoint_of(note), known
        for _ in range(_TURNS):
            with self._database.read() as view:
                path = consistency(old, point.size, sealing.nodes(view.driver))
            try:
                reply = self._call(f"{one.url.rstrip('/')}/add-checkpoint", request_bytes(old, path, note))
            except WitnessSilent as error:
                return Heard(name=one.name, problem=error.message[:_LONGEST_SAID])
            if reply.status == 200:  # noqa: PLR2004 - HTTP: done
                seen = witnessed_of(
                    reply.body, note, one.key, latest=now // _SECOND_US + _AHEAD, verify=verifies
                )
                if seen is None:
                    return Heard(name=one.name, problem="what it answered is not signed by its key, now")
                self._put(one, point.size, seen)
                return Heard(name=one.name, signed=point.size)
            told = size_of(reply.body) if reply.kind == "text/x.tlog.size" else None
            if told is None or told > point.size or told == old:
                return _refused(one.name, reply, told, point.size)
            old = told
        return Heard(name=one.name, problem="it named another size each time it was asked")

    def _put(self, one: WitnessAt, size: int, seen: Witnessed) -> None:
        stored = sealing.StoredCosignature(
            size=size, witness=one.known_as, at=seen.seen.at * _SECOND_US, line=seen.line
        )
        try:
            with self._database.write() as unit:
                sealing.put_cosignature(unit.driver, stored)
        except Conflict:
            return  # another process asked as well

    def _keep(self, heard: Sequence[Heard], now: int) -> None:
        """Keep what keeps witnesses from signing, if that has changed."""
        with self._database.read() as view:
            before = _problems(view.meta(PROBLEMS) or "")
        after = dict(before)
        for one in heard:
            if one.problem:
                since = before[one.name]["since"] if one.name in before else now
                after[one.name] = {"since": since, "problem": one.problem, "grave": one.grave}
            else:
                after.pop(one.name, None)
        if after != before:
            with self._database.write() as unit:
                unit.put_meta(PROBLEMS, canonical(after).decode())


def witness_standings(
    database: Database, witnesses: Sequence[WitnessAt], now: int
) -> tuple[WitnessStanding, ...]:
    """How each witness stands, by what is kept; none is asked."""
    if not witnesses:
        return ()
    with database.read() as view:
        problems = _problems(view.meta(PROBLEMS) or "")
        found = []
        for one in witnesses:
            signed = sealing.last_cosigned(view.driver, one.known_as)
            waiting = sealing.checkpoints(view.driver, limit=1, of=signed)
            told = problems.get(one.name, {})
            found.append(
                WitnessStanding(
                    name=one.name,
                    signed=signed,
                    lag_us=max(0, now - waiting[0].at) if waiting else 0,
                    problem=str(told.get("problem", "")),
                    grave=bool(told.get("grave", False)),
                )
            )
    return tuple(found)


def _refused(name: str, reply: Reply, told: int | None, size: int) -> Heard:
    """Why a witness did not sign, in words."""
    if told is not None and told > size:
        said = (
            f"it has seen {told} leaves of this log, and {size} are here: the log was cut short or put back"
        )
        return Heard(name=name, problem=said, grave=True)
    match reply.status:
        case 409 | 422:
            said = "it says that this log is not the one it knows grown further: another history was signed"
            return Heard(name=name, problem=said, grave=True)
        case 403:
            said = "it knows no key that signed this: give it the log's new key"
        case 404:
            said = "it does not know this log: give it the log's name and key"
        case _:
            said = f"it answered {reply.status}"
    return Heard(name=name, problem=said)


def _problems(text: str) -> dict[str, dict[str, object]]:
    told = decode(text) if text else {}
    return told if isinstance(told, dict) else {}
