"""Counts of people as they may be told: small cells are hidden, and with them what would give one of them away.

How many people there are is known to everybody who looks. So a cell that is hidden alone is told by its total, a cell
that holds everybody tells each, and none where somebody might be tells who is elsewhere. What is told never lets a
hidden cell be worked out, not even by those who know how cells are hidden.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LEAST", "told_counts"]

#: of fewer people in a cell their number is not told
LEAST = 5
#: fewer cells than this are not hidden: the total would tell the one
_TOGETHER = 2


def told_counts(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """The counts, None where hidden: small ones, and then the smallest others until those hidden are enough together.

    Cells as large as the last one hidden are hidden with it: which of them it was would tell of the small ones.
    """
    hidden = [name for name, count in counts.items() if count < least]
    small = len(hidden)
    others = sorted((name for name in counts if name not in hidden), key=lambda name: counts[name])
    while hidden and others:
        together = sum(counts[name] for name in hidden)
        # Small cells that are all as large as they can be are known by their sum.
        known = len(hidden) == small and together == small * (least - 1)
        if len(hidden) >= _TOGETHER and together >= least and not known:
            break
        size = counts[others[0]]
        hidden += [name for name in others if counts[name] == size]
        others = [name for name in others if counts[name] != size]
    return {name: None if name in hidden else count for name, count in counts.items()}
