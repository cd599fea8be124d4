"""What cases and tasks say of themselves, as the JSON of the API: the very sentences of pages and mails."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from api.case_schemas import ConsequenceOut, ToldOut
from api.schemas import Text
from api.shapes import named, person
from engine.core.audit import stamp
from engine.core.definition import Language
from engine.core.telling import Standing, Telling, say_each
from engine.core.telling_gathering import hides_names


def consequences(standing: Standing, viewer: str) -> list[ConsequenceOut]:
    """What will happen to a case by itself, told to one person; who owes an answer without a name is not said."""
    definition, case, chart = standing.definition, standing.case, standing.scene.chart
    hidden = {"reminder", "escalated"} if hides_names(definition, case.state) else set()
    texts = _texts(
        lambda language: say_each(definition, case, standing.consequences, chart, language, viewer=viewer)
    )
    return [
        ConsequenceOut(
            on=coming.on,
            at=stamp(coming.at),
            what=coming.kind,
            text=said,
            state=named(definition, "states", coming.to) if coming.to else None,
            told=[(person(chart, to), kind) for to, kind in coming.told if kind not in hidden],
            taken_by=person(chart, coming.taken_by) if coming.taken_by else None,
            due_on=coming.due_on,
            opens=[named(definition, "linked", link) for link in coming.opens],
        )
        for coming, said in zip(standing.consequences, texts, strict=True)
    ]


def told(standing: Standing, tell: Callable[[Language], Telling]) -> ToldOut:
    """What a case or a task says of itself, in both languages."""
    indonesian, english = tell("id"), tell("en")

    def both(part: str) -> Text | None:
        own, other = getattr(indonesian, part), getattr(english, part)
        return Text(id=own, en=other) if other else None

    def lines(part: str) -> list[Text]:
        return _texts(lambda language: getattr(indonesian if language == "id" else english, part))

    return ToldOut(
        title=Text(id=indonesian.title, en=english.title),
        why=Text(id=indonesian.why, en=english.why),
        now=both("now"),
        since=both("since"),
        due=Text(id=indonesian.due, en=english.due),
        if_nobody_acts=lines("ignored"),
        raised=lines("raised"),
        may=lines("may"),
        help=both("help"),
        lately=lines("lately"),
        rule=Text(id=indonesian.rule, en=english.rule),
        address=f"/definitions/{standing.case.definition}#{standing.case.state}",
    )


def _texts(say: Callable[[Language], Sequence[str]]) -> list[Text]:
    return [Text(id=one, en=other) for one, other in zip(say("id"), say("en"), strict=True)]
