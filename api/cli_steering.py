"""`siklus case grant`, `pause`, `resume`, `reassign` and `remind`: steering a case without moving it; and `unpark`.

The same acts as on the page of a case, with the same refusals; each needs a reason and leaves an entry. Unparking
changes nothing in a case, and so needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer
from typer.core import TyperGroup

from api.cli_cases import CaseArgument
from api.cli_options import DatabaseOption, JsonOption, LanguageOption, a_language, installation, person_named
from api.cli_speech import Spoken, put_json, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.core.command import Actor, Command, Steering
    from engine.runtime import Engine

AsOption = Annotated[str, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept beside the entry.")]
KeyOption = Annotated[
    str | None,
    typer.Option("--key", metavar="KEY", help="A name for this request: sent twice, it is done once."),
]
_UNITS = {"working-days": "working days", "days": "days", "weeks": "weeks", "months": "months"}


class CaseGroup(TyperGroup):
    """`siklus case CASE` tells where it stands; with a verb before it, that is done."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` in front of what names no verb."""
        asks_help = bool(args) and args[0] in ctx.help_option_names
        if args and not asks_help and args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


def add_steering(group: typer.Typer) -> None:
    """The verbs of `siklus case`."""
    for name, verb in (
        ("grant", grant),
        ("pause", pause),
        ("resume", resume),
        ("reassign", reassign),
        ("remind", remind),
        ("undo", undo),
        ("unpark", unpark),
    ):
        group.command(name, cls=Spoken)(verb)


def grant(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    amount: Annotated[int, typer.Argument(min=1, max=366, help="How much more time.")],
    person: AsOption,
    reason: ReasonOption,
    unit: Annotated[
        str, typer.Option("--unit", metavar="UNIT", help="working-days, days, weeks or months.")
    ] = "working-days",
    restart: Annotated[
        bool, typer.Option("--restart", help="Let reminders and escalations start again.")
    ] = False,
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Grant more time to a case's open task: from its due day, or from today if that has passed."""
    from engine.core.command import Extend
    from engine.core.moments import Duration

    if unit not in _UNITS:
        raise typer.BadParameter(f"{unit!r} is no unit; use one of: {', '.join(_UNITS)}", param_hint="--unit")
    ladder: Literal["kept", "restarted"] = "restarted" if restart else "kept"

    def asked(_: Engine, actor: Actor) -> Steering:
        return Extend(by=Duration(amount, _UNITS[unit]), actor=actor, reason=reason, ladder=ladder)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)


def pause(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="WHY",
            help="leave, dispute, outage, superior_plan, or a pause of the definition.",
        ),
    ],
    person: AsOption,
    reason: ReasonOption,
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a case's clocks that count a duration stand still; fixed dates run on."""
    from engine.core.command import Pause

    def asked(_: Engine, actor: Actor) -> Steering:
        return Pause(kind=kind, actor=actor, reason=reason)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)


def resume(
    ctx: typer.Context,
    *,
    case: CaseArgument,
    person: AsOption,
    reason: ReasonOption,
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a case's clocks run on with the time they had left."""
    from engine.core.command import Resume

    def asked(_: Engine, actor: Actor) -> Steering:
        return Resume(actor=actor, reason=reason)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)


def reassign(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="Who takes the task: their person_id.")],
    person: AsOption,
    reason: ReasonOption,
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a case's open task to somebody else who may hold it."""
    from engine.core.command import Reassign

    def asked(engine: Engine, actor: Actor) -> Steering:
        return Reassign(to=person_named(engine, to).key, actor=actor, reason=reason)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)


def remind(
    ctx: typer.Context,
    *,
    case: CaseArgument,
    person: AsOption,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What to say to them.")],
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remind whoever a case waits for, with a note."""
    from engine.core.command import Remind

    def asked(_: Engine, actor: Actor) -> Steering:
        return Remind(actor=actor, note=note)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)


def undo(
    ctx: typer.Context,
    *,
    case: CaseArgument,
    person: AsOption,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, if you want to say.")] = "",
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take your latest act in a case back, within the time its rule gives and unless somebody acted since."""
    from engine.core.command import Undo

    def asked(_: Engine, actor: Actor) -> Command:
        return Undo(actor=actor, reason=reason)

    obeyed(
        ctx,
        case,
        asked,
        person=person,
        key=key,
        language=language,
        database=database,
        as_json=as_json,
    )


def unpark(
    ctx: typer.Context, *, case: CaseArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Let a case that time could not move be tried again with the next beat.

    Cases that fail are left alone for longer and longer; `siklus doctor` names them, and why they failed.
    """
    with installation(ctx, database) as house:
        house.engine.parking.unpark(case)
    if as_json:
        put_json({"case": case, "parked": False})
    else:
        say(f"{case} is tried again with the next beat (siklus work).")


def obeyed(
    ctx: typer.Context,
    case: str,
    asked: Callable[[Engine, Actor], Command],
    *,
    person: str,
    key: str | None,
    language: str,
    database: str | None,
    as_json: bool,
) -> None:
    """Do it, and tell each entry that came of it."""
    from api.cli_cases import entry_json
    from engine.core.command import Actor
    from engine.core.definition import Language
    from engine.core.telling import say_entry

    spoken = cast(Language, a_language(language))
    with installation(ctx, database) as house:
        engine = house.engine
        actor = Actor(person=person_named(engine, person).key)
        done = engine.obey(case, asked(engine, actor), key=key)
        if as_json:
            due = done.case.waiting[0].due_on if done.case.waiting else None
            put_json(
                {
                    "case": done.case.id,
                    "due_on": due.isoformat() if due else None,
                    "paused": any(one.paused_at is not None for one in done.case.deadlines),
                    "repeated": done.repeated,
                    "entries": [entry_json(one) for one in done.entries],
                }
            )
            return
        definition, chart = engine.definition(done.case.definition), engine.chart
        for entry in done.entries:
            say(say_entry(definition, entry, chart, spoken))
