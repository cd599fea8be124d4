"""What the personnel desk looks at beside the way of a case: broken promises, and who a subject's superior is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.lawful.acting import persons_of
from engine.lawful.standing import Life

__all__ = ["breach_looked_at", "superior_answered", "superior_questioned"]


def breach_looked_at(life: Life, told: Mapping[str, Any]) -> None:
    """A broken promise was looked at by another person than the subject, who says what was done."""
    if life.subject in persons_of(told):
        life.say("own case", f"{life.subject} looked at a breach in their own case", "another person")
    if "reason" not in told.get("content", {}):
        life.say("reason", "a breach was looked at without saying what was done", "it needs a reason")


def superior_questioned(life: Life, told: Mapping[str, Any]) -> None:
    """The subject, and nobody for them, says that a superior is not theirs, and why."""
    if persons_of(told) != (life.subject, None):
        life.say("own case", f"{persons_of(told)} questioned a superior", "only the one whose superior it is")
    _explained(life, told)


def superior_answered(life: Life, told: Mapping[str, Any]) -> None:
    """Another person than the subject answers that, and says why."""
    if life.subject in persons_of(told):
        life.say("own case", f"{life.subject} answered their own question", "another person")
    _explained(life, told)


def _explained(life: Life, told: Mapping[str, Any]) -> None:
    if "reason" not in told.get("content", {}):
        life.say("reason", f"{told['kind']} without saying why", "it needs a reason")
