"""A case on a clock of its own, for those who write rules: examples are read, run with the real step, and judged.

Nothing is simulated by a second implementation: what an example expects is what `engine.core.step` decides.
"""

from engine.testing.clock import ManualClock
from engine.testing.examples import Example, Examples, Move, read_examples
from engine.testing.expecting import Expected
from engine.testing.mutants import Mutant, mutants
from engine.testing.running import Failure, Outcome, run
from engine.testing.trying import Report, try_definition
from engine.testing.world import World

__all__ = [
    "Example",
    "Examples",
    "Expected",
    "Failure",
    "ManualClock",
    "Move",
    "Mutant",
    "Outcome",
    "Report",
    "World",
    "mutants",
    "read_examples",
    "run",
    "try_definition",
]
