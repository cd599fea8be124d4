"""A rule as it stands in its definition, in the lines people write it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.core.codec import decode

__all__ = ["rule_lines"]

_NEEDS_QUOTES = frozenset(":#{}[]&*!|>'\"%@`,?-")


def rule_lines(source: bytes, rule: str, track: str = "") -> str:
    """The lines of a rule, as `state.way`, `phase.way` and `anytime.way` name it, with what it stands in; "" for none.

    They are worked out from the stored definition, so they are the rules of its digest and no others.
    """
    rules: Any = decode(source)["rules"]
    if track:
        rules = rules.get("tracks", {}).get(track, {})
    place, _, way = rule.partition(".")
    phases = {name: one for name, one in rules.get("phases", {}).items() if isinstance(one, dict)}
    kept: tuple[str, ...] = ()
    if place == "anytime":
        kept = ("anytime", way)
    elif place in phases:
        kept = ("phases", place, "anytime", way)
    else:
        phase = next((name for name, one in phases.items() if place in one), "")
        kept = ("phases", phase, place, "transitions", way)
    value: Any = rules
    for name in kept:
        if not isinstance(value, dict) or name not in value:
            return ""
        value = value[name]
    for name in reversed(kept):
        value = {name: value}
    return "\n".join(_lines(value, 0))


def _lines(value: dict[str, Any], depth: int) -> Iterator[str]:
    for name, one in value.items():
        yield from _named(f"{'  ' * depth}{name}:", one, depth)


def _named(head: str, value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _lines(value, depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        yield head
        for one in value:
            inner = (
                list(_lines(one, depth + 2))
                if isinstance(one, dict)
                else [f"{'  ' * (depth + 2)}{_plain(one)}"]
            )
            yield f"{'  ' * (depth + 1)}- {inner[0].lstrip()}"
            yield from inner[1:]
    elif isinstance(value, list):
        yield f"{head} [{', '.join(map(_plain, value))}]"
    else:
        yield f"{head} {_plain(value)}".rstrip()


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if text and (text[0] in _NEEDS_QUOTES or ": " in text or " #" in text) else text
