"""`siklus promises`: how promises stand on cases; `siklus case acknowledge`: what was done about a breach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from api.cli_cases import CaseArgument
from api.cli_options import DatabaseOption, JsonOption, LanguageOption, a_language, installation
from api.cli_speech import counted, put_json, remark, table
from api.cli_steering import AsOption, KeyOption, ReasonOption, obeyed

if TYPE_CHECKING:
    from engine.core.case import Standing
    from engine.core.command import Actor, Command
    from engine.core.definition import Language
    from engine.runtime import Engine, PromiseLine

_PAGE = 500
_VERDICTS = ("open", "kept", "broken", "lost")


def promises(
    ctx: typer.Context,
    *,
    cycle: Annotated[str | None, typer.Option("--cycle", help="Only this cycle.")] = None,
    verdict: Annotated[
        str | None,
        typer.Option(
            "--verdict", metavar="VERDICT", help="List the cases on which one is open, kept, broken or lost."
        ),
    ] = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count on how many cases each promise stands how, or list the cases of one verdict."""
    if verdict is not None and verdict not in _VERDICTS:
        raise typer.BadParameter(
            f"{verdict!r} is no verdict; use one of: {', '.join(_VERDICTS)}", param_hint="--verdict"
        )
    spoken = cast("Language", a_language(language))
    with installation(ctx, database) as house:
        if verdict is None:
            _count(house.engine, cycle, spoken, as_json=as_json)
        else:
            _list(house.engine, cycle, cast("Standing", verdict), spoken, as_json=as_json)


def _count(engine: Engine, cycle: str | None, language: Language, *, as_json: bool) -> None:
    from engine.core.promise_words import say_promise

    found = [
        (one.definition.name, say_promise(one.definition, one.promise)[language], one)
        for one in engine.promises.counts(cycle)
    ]
    if as_json:
        told = [
            {"definition": name, "number": one.number, "promise": sentence, **one.counts}
            for name, sentence, one in found
        ]
        put_json({"promises": told})
        return
    rows = [(name, sentence, *(str(count) for count in one.counts.values())) for name, sentence, one in found]
    table(("rules", "promise", *_VERDICTS), rows)
    remark(counted(len(rows), "promise"))


def _list(engine: Engine, cycle: str | None, verdict: Standing, language: Language, *, as_json: bool) -> None:
    from engine.core.audit import stamp
    from engine.core.telling import say_name
    from engine.core.telling_promises import tell_promise

    lines: list[PromiseLine] = []
    after = ""
    while True:
        page = engine.promises.listed(cycle=cycle, standing=verdict, after=after, limit=_PAGE)
        lines += page.lines
        if not page.following:
            break
        after = page.following
    chart = engine.chart
    told = [
        (
            one,
            tell_promise(
                one.definition,
                one.case,
                one.watch,
                chart,
                engine.calendar(one.definition.calendar.use),
                language,
            ),
        )
        for one in lines
    ]
    if as_json:
        put_json(
            {
                "promises": [
                    {
                        "case": one.case.id,
                        "about": say_name(chart, one.case.subject, language),
                        "number": each.number,
                        "promise": each.sentence,
                        "verdict": each.standing,
                        "since": stamp(one.watch.at),
                        "evidence": list(each.evidence),
                        "acknowledged": one.watch.acknowledged or None,
                    }
                    for one, each in told
                ]
            }
        )
        return
    rows = [
        (
            one.case.id,
            say_name(chart, one.case.subject, language),
            str(each.number),
            each.sentence,
            f"{each.word}: {each.detail}" if each.detail else each.word,
        )
        for one, each in told
    ]
    table(("case", "about", "number", "promise", "verdict"), rows)
    remark(counted(len(rows), "promise"))


def acknowledge(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    number: Annotated[int, typer.Argument(min=0, help="The promise, by its number in `siklus promises`.")],
    person: AsOption,
    reason: ReasonOption,
    key: KeyOption = None,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what was done about a broken promise; the task about it is done with that."""
    from engine.core.command import Acknowledge

    def asked(_: Engine, actor: Actor) -> Command:
        return Acknowledge(promise=number, actor=actor, reason=reason)

    obeyed(ctx, case, asked, person=person, key=key, language=language, database=database, as_json=as_json)
