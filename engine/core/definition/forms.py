"""Forms: what people fill in, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.core.definition.words import Condition

FieldKind = Literal[
    "text", "number", "choice", "date", "link", "list", "pick", "person", "file", "scale", "checklist"
]
#: the answer to a scale that every scale offers besides its numbers
CANNOT_JUDGE = "cannot_judge"
#: up to so many steps of a scale are each told in words
_SHORT_SCALE = 10
Days = Literal["any", "past", "future"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form. `limit` is the longest text in characters.

    `least`/`most` bound numbers and scales (as written, in whole units) and the lengths of lists, links, files and
    people (`most` 0: exactly one person).
    """

    name: str
    kind: FieldKind
    limit: int = 0
    least: int = 0
    most: int = 0
    #: decimals of a number; conditions and figures read it scaled by 10**decimals, content keeps it as a decimal text
    decimals: int = 0
    #: what may be chosen; the answers of a checklist
    choices: tuple[str, ...] = ()
    #: the fields of one item, for kind "list"
    item: tuple[Field, ...] = ()
    #: the name of the item form, for kind "list"
    item_form: str = ""
    optional: bool = False
    #: the field is needed only when this is true
    needed: Condition | None = None
    #: which days a date may be, seen from the day of the act
    days: Days = "any"
    #: for "pick": the list picked from (`plan.results`, `superior.plan.results`); for "person": whence (`colleagues`)
    source: str = ""
    #: the lines of a checklist
    lines: tuple[str, ...] = ()

    @property
    def worded(self) -> tuple[str, ...]:
        """The values of it that have words: of a short scale every step, of a long one its two ends."""
        if self.kind != "scale":
            return (*self.lines, *self.choices)
        short = self.most - self.least < _SHORT_SCALE
        steps = range(self.least, self.most + 1) if short else (self.least, self.most)
        return tuple(map(str, steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form; `item_only` forms describe the items of lists and are never filled by themselves."""

    name: str
    fields: tuple[Field, ...]
    item_only: bool = False
