"""Canaries: words found nowhere else, in every field that takes words, each with where and by whom it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.core.attachments import digest_of
from engine.core.definition import Definition, Field


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Something unique, and what was written with it. `name` is the form, gathering or journal; "" for a reason."""

    text: str
    name: str
    case: str
    seq: int
    by: str
    #: the visit in which it was answered, for a gathering
    visit: int = 0
    #: the number of a journal's entry
    number: int = 0


@dataclass
class Planter:
    """Fills forms, remembering every canary it puts in until it is known in which entry they were written."""

    count: int = 0
    planted: list[Canary] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.count += 1
        self.fresh.append(f"kan{self.count:05d}x")
        return self.fresh[-1]

    def decimal(self, least: int, most: int) -> str:
        """A number whose two decimals are no minutes and no day."""
        self.count += 1
        told = f"{least + (self.count * 7) % max(1, most - least)}.{61 + self.count % 39}"
        self.fresh.append(told)
        return told

    def keep(self, **about: Any) -> None:
        """All that was put in since belongs to this entry."""
        self.planted += [Canary(text=one, **about) for one in self.fresh]
        self.fresh.clear()

    def form(
        self, definition: Definition, name: str, known: Mapping[str, Any], people: Sequence[str], today: date
    ) -> dict[str, Any]:
        """A form with a canary in every text, decimal, link and file."""
        fields = definition.forms[name].fields
        return {one.name: self.value(definition, one, known, people, today) for one in fields}

    def value(  # noqa: C901, PLR0911 - one kind each
        self, definition: Definition, one: Field, known: Mapping[str, Any], people: Sequence[str], today: date
    ) -> Any:
        match one.kind:
            case "text":
                return self.word()
            case "number":
                return self.decimal(one.least, one.most) if one.decimals else one.most
            case "choice":
                return one.choices[0]
            case "date":
                return today.isoformat()
            case "link":
                return [f"https://{self.word()}.example/"] if one.most else []
            case "file":
                return [self.file()]
            case "scale":
                return one.most
            case "checklist":
                return dict.fromkeys(one.lines, one.choices[0])
            case "person":
                return list(people[: max(one.least, 1)]) if one.most else people[0]
            case "pick":
                return 1
            case "list":
                inner = one.item or definition.forms[one.item_form].fields
                item = {each.name: self.value(definition, each, known, people, today) for each in inner}
                return [item | ({"weight": 100} if "weight" in item else {})]

    def file(self) -> dict[str, str]:
        """A file whose name, bytes and hash are canaries."""
        name = self.word()
        data = b"%PDF-1.7 " + name.encode()
        sha = digest_of(data)
        self.files[sha] = data
        self.fresh.append(sha)
        return {"name": f"{name}.pdf", "sha256": sha}
