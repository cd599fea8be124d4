"""Where tests break into the store: a hook that is called before each statement with its text.

Nothing is armed unless a caller hands a hook to the database it opens. A hook may raise, count, wait, or end the
process; the store makes no difference between a hook and a driver that fails there.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import count

Failpoint = Callable[[str], None]


def killing_at(number: int) -> Failpoint:
    """A failpoint that ends this process, as a power cut would, just before the statement of that number (from 1)."""
    numbers = count(1)

    def kill(_text: str) -> None:
        if next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


def raising_at(number: int, error: BaseException) -> Failpoint:
    """A failpoint that raises the error in place of the statement of that number (from 1)."""
    numbers = count(1)

    def fail(_text: str) -> None:
        if next(numbers) == number:
            raise error

    return fail
