"""`siklus case superior` and `answer`: whose superior is right, asked by the subject and answered by the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from api.cli_cases import CaseArgument
from api.cli_options import DatabaseOption, JsonOption, LanguageOption, person_named
from api.cli_speech import Spoken
from api.cli_steering import AsOption, KeyOption, ReasonOption, obeyed

if TYPE_CHECKING:
    from engine.core.command import Actor, Command
    from engine.runtime import Engine

_OUTCOMES = ("corrected", "right")


def add_questioning(group: typer.Typer) -> None:
    """The verbs of `siklus case` about whose superior is right."""
    group.command("superior", cls=Spoken)(superior)
    group.command("answer", cls=Spoken)(answer)


def superior(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    person: AsOption,
    reason: ReasonOption,
    meant: Annotated[
        str,
        typer.Option("--meant", metavar="PERSON", help="Who the superior is, if that is known: a person_id."),
    ] = "",
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say for the subject of a case that the superior on record is not theirs; the personnel desk gets a task."""
    from engine.core.command import QuestionSuperior

    def asked(engine: Engine, actor: Actor) -> Command:
        named = person_named(engine, meant).key if meant else ""
        return QuestionSuperior(actor=actor, meant=named, reason=reason)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)


def answer(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    outcome: Annotated[
        str, typer.Argument(metavar="OUTCOME", help="corrected (the chart names another) or right.")
    ],
    person: AsOption,
    reason: ReasonOption,
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a subject who said that their superior is another; they read the reason."""
    from engine.core.command import AnswerQuestion

    if outcome not in _OUTCOMES:
        raise typer.BadParameter(
            f"{outcome!r} is no answer; use one of: {', '.join(_OUTCOMES)}", param_hint="OUTCOME"
        )
    told = cast(Literal["corrected", "right"], outcome)

    def asked(_: Engine, actor: Actor) -> Command:
        return AnswerQuestion(outcome=told, actor=actor, reason=reason)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)
