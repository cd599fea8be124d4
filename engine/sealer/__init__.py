"""The sealer: turns committed entries into leaves of the one log and signs how large it is and what root it has.

It runs with the beats of a worker, or by itself with a role of its own; whoever writes entries needs nothing of it.
"""

from engine.sealer.asking import Asking, Heard, WitnessAt, WitnessStanding, witness_standings
from engine.sealer.calling import Reply, call
from engine.sealer.exporting import export, streams_of
from engine.sealer.keyring import Keyring
from engine.sealer.memory import Memory
from engine.sealer.opening import files_of, key_file_of, opened, origin_of
from engine.sealer.proving import consistency_from, latest_note, note_at, proof_for
from engine.sealer.restarting import restart
from engine.sealer.rotating import retire, rotate
from engine.sealer.sealing import STREAM, Sealer, Sealing
from engine.sealer.tending import Alarm, Standing, Tending, heads_due, standing
from engine.sealer.tracing import trace_again, trace_leaves
from engine.sealer.viewing import differing

__all__ = [
    "STREAM",
    "Alarm",
    "Asking",
    "Heard",
    "Keyring",
    "Memory",
    "Reply",
    "Sealer",
    "Sealing",
    "Standing",
    "Tending",
    "WitnessAt",
    "WitnessStanding",
    "call",
    "consistency_from",
    "differing",
    "export",
    "files_of",
    "heads_due",
    "key_file_of",
    "latest_note",
    "note_at",
    "opened",
    "origin_of",
    "proof_for",
    "restart",
    "retire",
    "rotate",
    "standing",
    "streams_of",
    "trace_again",
    "trace_leaves",
    "witness_standings",
]
