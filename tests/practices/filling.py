"""Fills any form of any definition with something that its fields allow, out of given dice."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from engine.core.definition import Definition, Field


class Filler:
    """Makes up content; `people` are keys that a person field may name."""

    def __init__(
        self, dice: random.Random, definition: Definition, people: Sequence[str], today: date
    ) -> None:
        self.dice, self.definition, self.people, self.today = dice, definition, people, today

    def form(self, name: str, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """A whole form; weights of a list always add up to 100, as every plan needs."""
        fields = self.definition.forms[name].fields
        return {one.name: self.value(one, known) for one in fields if not self._left_out(one, known)}

    def _left_out(self, field: Field, known: Mapping[str, Mapping[str, Any]]) -> bool:
        return field.kind == "pick" and not self._picks(field, known)

    def _picks(self, field: Field, known: Mapping[str, Mapping[str, Any]]) -> int:
        form, _, inner = field.source.partition(".")
        found = known.get(form, {}).get(inner)
        return len(found) if isinstance(found, list) else 0

    def value(self, field: Field, known: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: C901, PLR0911 - one kind each
        """One value of a field."""
        match field.kind:
            case "text":
                return f"words {self.dice.randrange(1000)}"[: field.limit]
            case "number":
                return self.dice.randint(field.least, field.most)
            case "choice":
                return self.dice.choice(field.choices)
            case "date":
                return self.today.isoformat()
            case "link":
                return ["https://bukti.example/1"] * max(field.least, 1)
            case "file":
                return []
            case "scale":
                return self.dice.choice([*range(field.least, field.most + 1), "cannot_judge"])
            case "checklist":
                return {line: self.dice.choice(field.choices) for line in field.lines}
            case "person":
                if not field.most:
                    return self.dice.choice(self.people)
                return self.dice.sample(
                    self.people, min(len(self.people), self.dice.randint(field.least, field.most))
                )
            case "pick":
                return self.dice.randint(1, self._picks(field, known))
            case "list":
                return self.items(field, known)

    def items(self, field: Field, known: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """A short list."""
        count = max(field.least, self.dice.randint(1, 3))
        made = [
            {one.name: self.value(one, known) for one in field.item if not self._left_out(one, known)}
            for _ in range(count)
        ]
        if any(one.name == "weight" for one in field.item):
            for item in made:
                item["weight"] = 100 // count
            made[0]["weight"] += 100 - count * (100 // count)
        return made
