"""One entry as an event: who, what, when, and by which way a case moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.audit import chain
from engine.core.codec import decode

__all__ = ["Mined", "mined"]

#: what is kept of an act that neither a person did nor anybody for them
_WITHOUT_PERSON = ("timer", "operator", "unnamed")
_CANCELLED = "cancelled"
_CASES = "case/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mined:
    """An entry of the log: its leaf, its place, and what of its facts event logs have names for; "" for none."""

    leaf: int
    stream: str
    seq: int
    kind: str
    #: RFC 3339 with six digits and Z
    at: str
    hash: str
    case: str = ""
    cycle: str = ""
    subject: str = ""
    unit: str = ""
    definition: str = ""
    actor: str = ""
    behalf: str = ""
    automatic: bool = False
    #: by rights that two people lent for some hours
    glass: bool = False
    #: as what the actor acted
    role: str = ""
    source: str = ""
    target: str = ""
    #: the rule that moved the case: an act, a moment or a fact of the definition
    rule: str = ""
    ended: str = ""
    #: whom it came to, by role
    found: tuple[tuple[str, str], ...] = ()

    @property
    def way(self) -> str:
        """By which way the case moved, as its net names it; "" if it stayed where it was."""
        if not self.case:
            return ""
        if self.kind == _CANCELLED:
            return f"{self.source}/{_CANCELLED}/"
        if self.kind == "moved" and self.rule:
            return f"{self.source}/{self.rule}/{self.target}"
        return f"{self.source}/{self.kind}/{self.target}" if self.source != self.target else ""

    @property
    def activity(self) -> str:
        """What was done, in a word: the rule that moved the case, else the kind of the entry."""
        return self.rule if self.rule and self.kind in {"moved", "stayed"} else self.kind

    @property
    def name(self) -> str:
        """What no other event is called."""
        return f"{self.stream}:{self.seq}"


def mined(leaf: int, body: bytes) -> Mined:
    """An entry from its bytes. Raises: DecodeError, KeyError, TypeError, for bytes that are no entry."""
    told: dict[str, Any] = decode(body)
    actor: Mapping[str, Any] = told.get("actor") or {}
    cause: Mapping[str, Any] = told.get("cause") or {}
    return Mined(
        leaf=leaf,
        stream=told["stream"],
        seq=told["seq"],
        kind=told["kind"],
        at=told["at"],
        hash=chain(body),
        case=told["stream"].removeprefix(_CASES) if told["stream"].startswith(_CASES) else "",
        cycle=_text(told.get("cycle")),
        subject=_text(told.get("subject")),
        unit=_text(told.get("unit")),
        definition=_text(told.get("definition")),
        actor=_actor(actor),
        behalf=_text(actor.get("behalf")),
        automatic=bool(actor.get("timer")),
        glass=bool(told.get("glass")),
        role=_text(cause.get("role")),
        source=_text(told.get("from")),
        target=_text(told.get("to")),
        rule=_text(cause.get("act") or cause.get("moment")),
        ended=_text(told.get("ended")),
        found=tuple((_text(one.get("role")), _text(one.get("person"))) for one in _found(told.get("found"))),
    )


def _actor(told: Mapping[str, Any]) -> str:
    for name in ("person", "account"):
        if told.get(name):
            return _text(told[name])
    return next((name for name in _WITHOUT_PERSON if told.get(name)), "")


def _found(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
