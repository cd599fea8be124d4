"""A witness of other people's logs: remembers one checkpoint of each, and signs what has only grown since.

It belongs on a machine of whoever must not be deceived, such as Internal Audit's, with a key and a memory of its own.
It knows nothing of any database of Siklus, and is of use to any log of C2SP tlog-checkpoint.
"""

from engine.witness.answering import Answer, Witness
from engine.witness.config import WitnessConfig, config_of, config_text
from engine.witness.memory import Memories, Remembered

__all__ = ["Answer", "Memories", "Remembered", "Witness", "WitnessConfig", "config_of", "config_text"]
