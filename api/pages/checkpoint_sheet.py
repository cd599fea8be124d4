"""The newest checkpoint as a sheet for people to keep: what stands on it, for a page and for paper."""

from __future__ import annotations

from dataclasses import dataclass

from api.code_picture import code_rows
from api.pages.instants import in_utc
from api.pages.words import Words
from api.paper import Line, sheet
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import Note, Signature
from engine.core.sealing.strict import text_of
from engine.sealer import latest_note, standing
from engine.store.database import Database

__all__ = ["CheckpointSheet", "as_pdf", "checkpoint_sheet"]

_SECOND_US = 1_000_000
#: bytes of a cosignature by Ed25519: its time, then the signature
_COSIGNED, _STAMP = 72, 8
#: bytes that a code of a hand's breadth holds and a phone still reads
_MOST_IN_CODE = 1_200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointSheet:
    """What stands on the sheet: facts as name and value, the note to the letter, and as much of it as a code holds."""

    facts: tuple[tuple[str, str], ...]
    note: str
    code: str


def checkpoint_sheet(database: Database, word: Words) -> CheckpointSheet | None:
    """The sheet of the newest checkpoint; None before the first. Who signed is told by what the lines say."""
    note, stands = latest_note(database), standing(database)
    if note is None:
        return None
    point = checkpoint_of(note)
    facts = [
        (word("checkpoint.origin"), point.origin),
        (word("checkpoint.size"), str(point.size)),
        (word("checkpoint.root"), text_of(point.root)),
        (word("checkpoint.at"), in_utc(stands.signed_at or 0, word, seconds=True)),
    ]
    for line in note.signatures:
        if line.name == point.origin:
            facts.append((word("checkpoint.keys"), line.id.hex()))
        else:
            facts.append((word("checkpoint.seen"), _seen(line, word)))
    return CheckpointSheet(facts=tuple(facts), note=str(note), code=_short(note, point.origin))


def as_pdf(found: CheckpointSheet, word: Words) -> bytes:
    """The sheet as a page of A4."""
    lines = [
        Line(word("checkpoint.title"), size=18, bold=True),
        Line(word("checkpoint.why"), after=8),
        *(Line(f"{name}: {value}") for name, value in found.facts),
        Line(word("checkpoint.how"), before=8, after=4),
    ]
    below = [
        Line(word("checkpoint.text"), bold=True),
        *(Line(one, size=8, fixed=True) for one in found.note.split("\n")),
        Line(word("checkpoint.kept_by"), before=18),
    ]
    return sheet(word("checkpoint.title"), lines, code_rows(found.code), below)


def _short(note: Note, origin: str) -> str:
    """The note without the long lines of ML-DSA-44, and without witnesses where they would be too many."""
    short = Note(
        text=note.text, signatures=tuple(one for one in note.signatures if len(one.value) <= _COSIGNED)
    )
    if len(str(short).encode()) <= _MOST_IN_CODE:
        return str(short)
    return str(Note(text=note.text, signatures=tuple(one for one in short.signatures if one.name == origin)))


def _seen(line: Signature, word: Words) -> str:
    if len(line.value) != _COSIGNED:
        return f"{line.name} ({line.id.hex()})"
    at = int.from_bytes(line.value[:_STAMP], "big")
    return word(
        "checkpoint.seen_at",
        name=f"{line.name} ({line.id.hex()})",
        at=in_utc(at * _SECOND_US, word, seconds=True),
    )
