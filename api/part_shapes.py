"""The parts of a period as JSON: where each was, how many days it has, and what their weights made of figures."""

from __future__ import annotations

from api.part_schemas import PartOut
from api.schemas import Text
from engine.core.telling_parts import Part, say_part, say_weighing
from engine.runtime import CaseView


def part_out(own: Part) -> PartOut:
    """One part of a period, and what it is called."""
    return PartOut(
        case=own.case,
        segment=own.segment,
        unit=own.unit,
        first=own.first,
        last=own.last,
        days=own.days,
        whole=own.whole,
        text=Text(id=say_part(own, "id"), en=say_part(own, "en")),
    )


def weighing(view: CaseView) -> list[Text]:
    """The means by days that this viewer may read, each as a sum."""
    indonesian, english = (say_weighing(view.definition, view.sight, language) for language in ("id", "en"))
    return [Text(id=one, en=other) for one, other in zip(indonesian, english, strict=True)]
