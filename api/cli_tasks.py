"""`siklus tasks`: what waits for somebody, each with all that its page and its mails say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    LanguageOption,
    a_language,
    installation,
    person_named,
)
from api.cli_speech import counted, put_json, remark, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.core.definition import Language
    from engine.core.telling import Telling

_WORDS = {
    "id": {
        "case": "kasus",
        "due": "tenggat",
        "since": "menunggu",
        "why": "mengapa Anda",
        "now": "mengapa sekarang",
        "may": "Anda dapat",
        "raised": "diminta turun tangan",
        "ignored": "bila tidak ada yang bertindak",
        "help": "bantuan",
        "lately": "sejauh ini",
        "rule": "dasar",
    },
    "en": {
        "case": "case",
        "due": "due",
        "since": "waiting",
        "why": "why you",
        "now": "why now",
        "may": "you can",
        "raised": "asked to step in",
        "ignored": "if nobody acts",
        "help": "help",
        "lately": "so far",
        "rule": "ground",
    },
}


def tasks(
    ctx: typer.Context,
    *,
    person: Annotated[str, typer.Argument(help="Their person_id.")],
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what waits for a person, what reaches others first on top: why them, until when, what follows if left."""
    from api.cli_cycles import task_json
    from engine.core.definition import Language
    from engine.core.telling import tell_task

    spoken = cast(Language, a_language(language))
    with installation(ctx, database) as house:
        engine = house.engine
        reader = person_named(engine, person).key
        views = engine.tasks(reader)
        told = [tell_task(view.standing, view.task, spoken, viewer=reader) for view in views]
        if as_json:
            put_json(
                {
                    "tasks": [
                        {
                            "case": view.case.id,
                            **task_json(engine.chart, view.task),
                            "told": told_json(one),
                        }
                        for view, one in zip(views, told, strict=True)
                    ]
                }
            )
            return
        for view, one in zip(views, told, strict=True):
            say(one.title)
            put_lines([(_WORDS[spoken]["case"], view.case.id), *told_lines(one, spoken)], indent="  ")
            say("")
        remark(counted(len(views), "task"))


def told_json(told: Telling) -> dict[str, Any]:
    """What a task or a case says of itself, in the language asked for."""
    return {
        "title": told.title,
        "why": told.why,
        "now": told.now,
        "since": told.since,
        "due": told.due,
        "if_nobody_acts": list(told.ignored),
        "raised": list(told.raised),
        "may": list(told.may),
        "help": told.help,
        "lately": list(told.lately),
        "rule": told.rule,
    }


def told_lines(
    told: Telling,
    language: Language,
    *,
    parts: tuple[str, ...] = (
        "due",
        "since",
        "why",
        "now",
        "may",
        "raised",
        "ignored",
        "help",
        "lately",
        "rule",
    ),
) -> Iterator[tuple[str, str]]:
    """Those parts of what is told, a line for each sentence, the first of a part with its label."""
    for part in parts:
        value = getattr(told, part)
        for number, line in enumerate((value,) if isinstance(value, str) else value):
            if line:
                yield _WORDS[language][part] if not number else "", line


def put_lines(lines: list[tuple[str, str]], *, indent: str = "") -> None:
    """Lines with their labels in a column of their own."""
    width = max(len(what) for what, _ in lines) + 2
    for what, text in lines:
        say(f"{indent}{what:<{width}}{text}")
