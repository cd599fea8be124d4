"""A witness at work: looks at what it is asked, remembers, and only then signs."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.core.sealing.notes import Note, PublicKey
from engine.core.sealing.witnessing import Asked, asked_of, judged
from engine.errors import NoteUnreadable
from engine.keys import verifies
from engine.signing_keys import SigningKey
from engine.witness.memory import Evidence, Memories, Remembered

__all__ = ["Answer", "Witness"]

_PLAIN = "text/plain; charset=utf-8"
_SIZE = "text/x.tlog.size"
_SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered over HTTP: the status, the body and of what kind it is."""

    status: int
    body: str
    kind: str = _PLAIN


class Witness:
    """One witness, shared by the threads of its process. `memories` must be held by it (`Memories.held`)."""

    def __init__(
        self,
        key: SigningKey,
        logs: Mapping[str, tuple[PublicKey, ...]],
        memories: Memories,
        now: Callable[[], int],
    ) -> None:
        self.key = key
        self._logs = logs
        self._memories = memories
        self._now = now
        #: a look at what is known and the memory of what is signed are one act: else a slower thread rolls it back
        self._turns = {origin: threading.Lock() for origin in logs}

    def add_checkpoint(self, body: bytes) -> Answer:
        """The answer to add-checkpoint, as C2SP tlog-witness has it. Raises: KeysUnusable, if it cannot remember."""
        try:
            asked = asked_of(body)
        except NoteUnreadable as error:
            return Answer(status=400, body=f"{error}\n")
        origin = asked.point.origin
        if origin not in self._logs:
            return Answer(status=404, body="this witness knows no log of that name\n")
        with self._turns[origin]:
            return self._judge(asked)

    def latest(self, name: str) -> Answer:
        """The checkpoint of a log that was last signed, by the hash of the log's name or by the name itself."""
        origin = next((one for one in self._logs if name in (one, _hash(one))), None)
        known = self._memories.of(origin) if origin is not None else None
        if known is None:
            return Answer(status=404, body="this witness has signed no checkpoint of a log of that name\n")
        return Answer(status=200, body=str(known.note))

    def _judge(self, asked: Asked) -> Answer:
        point = asked.point
        known = self._memories.of(point.origin)
        said = judged(asked, self._logs[point.origin], known.point if known else None, verifies)
        match said:
            case "signs":
                return self._signed(asked)
            case "malformed":
                return Answer(status=400, body="the old size is larger than that of the checkpoint\n")
            case "unsigned":
                return Answer(status=403, body="no key of this log that is known here signed this\n")
            case "another_size":
                return Answer(status=409, body=f"{known.point.size if known else 0}\n", kind=_SIZE)
            case "fork":
                self._accuse(known, asked, "fork")
                return Answer(status=409, body="another root was signed for this size: the log has forked\n")
            case "unproven":
                self._accuse(known, asked, "unproven")
                return Answer(status=422, body="the proof does not lead to this checkpoint\n")

    def _signed(self, asked: Asked) -> Answer:
        point, at = asked.point, self._now() // _SECOND_US
        line = self.key.line(point, at)
        mine = [
            one for key in self._logs[point.origin] for one in asked.note.by(key)
        ]  # what strangers put under it is not kept
        note = Note(text=point.text, signatures=tuple(mine)).with_signatures([line])
        self._memories.keep(Remembered(point=point, note=note, at=at))
        return Answer(status=200, body=str(line))

    def _accuse(self, known: Remembered | None, asked: Asked, kind: Evidence) -> None:
        """Both notes are signed by the log: whoever must judge finds them beside what is remembered."""
        if known is not None:
            self._memories.keep_evidence(known.note, asked.note, asked.point, kind)


def _hash(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()
