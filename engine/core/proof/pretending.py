"""Forms filled in at random: mostly what the form asks for, and what the conditions would like to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from engine.core.attachments import digest_of
from engine.core.case import Case
from engine.core.command import Contents
from engine.core.definition import Definition, Field, Total
from engine.core.filling import nameable
from engine.core.proof.dice import Dice
from engine.core.scene import Scene

__all__ = ["PRETENDED", "pretend"]

_SHORT = 3
#: as many files as a field may ask for, by hash
PRETENDED = {digest_of(data): data for data in (f"bukti {number}".encode() for number in range(10))}


def pretend(
    definition: Definition, form: str, dice: Dice, case: Case, contents: Contents, scene: Scene
) -> dict[str, object]:
    """The values of a form as somebody might fill it in, in this case now; sometimes they are refused."""
    filling = _Filling(definition, dice, case, contents, scene)
    values = filling.fields(definition.forms[form].fields)
    if dice.chance(4, 5):
        filling.add_up(form, values)
    return values


class _Filling:
    def __init__(
        self, definition: Definition, dice: Dice, case: Case, contents: Contents, scene: Scene
    ) -> None:
        self._definition, self._dice, self._case = definition, dice, case
        self._contents, self._scene = contents, scene

    def fields(self, fields: tuple[Field, ...]) -> dict[str, object]:
        values: dict[str, object] = {}
        for field in fields:
            if not (field.optional and self._dice.chance(1, 2)):
                values[field.name] = self._value(field)
        return values

    def _value(self, field: Field) -> object:  # noqa: PLR0911 - one return a kind
        dice = self._dice
        match field.kind:
            case "number" | "scale":
                return dice.between(field.least, field.most)
            case "choice":
                return dice.one_of(field.choices)
            case "date":
                offset = {"past": -1, "future": 1, "any": 0}[field.days]
                return (self._scene.today(self._case.zone) + timedelta(days=offset)).isoformat()
            case "list":
                inner = field.item or self._definition.forms[field.item_form].fields
                count = dice.between(max(field.least, 1), min(field.most, field.least + _SHORT))
                return [self.fields(inner) for _ in range(count)]
            case "file":
                return [{"name": "bukti.txt", "sha256": one} for one in PRETENDED][: max(field.least, 1)]
            case "link":
                return ["https://bukti.example/1"] * field.least
            case "pick":
                return 1
            case "person":
                return self._people(field)
            case "checklist":
                return {line: dice.one_of(field.choices) for line in field.lines}
            case _:
                return "isi"

    def _people(self, field: Field) -> object:
        known = [one.key for one in nameable(field.source, self._case, self._scene)]
        if not field.most:
            return self._dice.one_of(known) if known else ""
        return known[: max(field.least, 1)]

    def add_up(self, form: str, values: dict[str, object]) -> None:
        """Let the totals of this form come to what conditions compare them with."""
        for figure in self._definition.figures.values():
            parts = figure.path.split(".") if isinstance(figure, Total) else []
            wanted = _wanted(self._definition).get(figure.name)
            if len(parts) == _SHORT and parts[0] == form and wanted is not None:
                items = values.get(parts[1])
                if isinstance(items, list) and items:
                    for item in items:
                        item[parts[2]] = wanted // len(items)
                    items[-1][parts[2]] = wanted - wanted // len(items) * (len(items) - 1)


def _wanted(definition: Definition) -> Mapping[str, int]:
    """Figures that conditions compare with a number, and that number."""
    texts = [
        way.when.text
        for state in definition.states.values()
        for way in state.transitions
        if way.when is not None
    ]
    return {name: int(number) for text in texts for name, number in re.findall(r"(\w+) == (\d+)", text)}
