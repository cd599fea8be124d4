"""The sealer: turns committed entries into leaves of the one log and signs how large it is and what root it has.

It runs with the beats of a worker, or by itself with a role of its own; whoever writes entries needs nothing of it.
"""

from engine.sealer.keyring import Keyring
from engine.sealer.memory import Memory
from engine.sealer.sealing import Sealer, Sealing

__all__ = ["Keyring", "Memory", "Sealer", "Sealing"]
