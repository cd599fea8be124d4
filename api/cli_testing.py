"""`siklus test`: the examples kept beside a definition, run with the real step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import JsonOption, read_bytes, read_text, source_of
from api.cli_speech import OK, WRONG, counted, put_json, say

if TYPE_CHECKING:
    from engine.core.places import Document
    from engine.core.places import Path as RulePath
    from engine.testing import Report


def try_examples(
    *,
    file: Annotated[Path, typer.Argument(help="The definition, a YAML file.")],
    examples: Annotated[
        Path | None,
        typer.Option(
            "--examples", metavar="FILE", help="Its examples.", show_default="NAME.examples.yaml beside it"
        ),
    ] = None,
    override: Annotated[
        Path | None,
        typer.Option(
            "--override", metavar="FILE", help="An agency's own numbers, with which the examples run."
        ),
    ] = None,
    mutate: Annotated[
        bool, typer.Option("--mutations/--no-mutations", help="Also try small mutations of the rules.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Run the examples kept beside a definition: given people, days and acts; expected states, days and recipients.

    Then tell which transitions and rungs no example touches, and which small mutations of the rules (a condition
    dropped, a comparison turned round, a day more, a rung less, another way) no example would notice.
    Exits with 1 if an example comes out otherwise; what is untouched or unnoticed is no error.
    """
    from api.checking import calendar_for
    from api.shipped import EXAMPLES
    from engine.core.parse import examine
    from engine.core.parse.overriding import examine_overridden
    from engine.errors import DefinitionInvalid
    from engine.testing import read_examples, try_definition

    source = source_of(str(file))
    if override is None:
        read = examine(source.rules, source.texts, name=source.name, texts_name=source.texts_name)
    else:
        read = examine_overridden(
            source.rules, source.texts, read_text(override),
            name=source.name, texts_name=source.texts_name, override_name=str(override),
        )  # fmt: skip
    if read.definition is None:
        raise DefinitionInvalid(source.name, read.problems)
    beside = examples or file.with_name(file.name.removesuffix(file.suffix) + EXAMPLES)
    given = read_examples(
        read_text(beside),
        read.definition,
        name=str(beside),
        opener=lambda name: read_bytes(beside.parent / name),
    )
    report = try_definition(read.definition, given, calendar_for(read.definition, file), mutate=mutate)
    if as_json:
        put_json(_json(report, read.rules))
    else:
        _tell(report, read.rules, beside, mutate=mutate)
    raise typer.Exit(WRONG if report.failed else OK)


def _tell(report: Report, rules: Document, beside: Path, *, mutate: bool) -> None:
    for outcome in report.failed:
        assert outcome.failure is not None
        say(f"{outcome.failure.mark}: failed: {outcome.example}: {'; '.join(outcome.failure.told)}")
    passed = len(report.outcomes) - len(report.failed)
    say(f"{beside}: {passed} of {len(report.outcomes)} examples come out as expected.")
    for untouched in report.untouched:
        say(f"{rules.key_mark(untouched.path)}: untouched: {untouched.told}")
    if report.failed or not mutate:
        return
    for mutant in report.unnoticed:
        say(f"{rules.key_mark(_known(rules, mutant.path))}: unnoticed: {mutant.told}")
    more = " There are more, which were not tried." if report.capped else ""
    noticed = report.mutants - len(report.unnoticed)
    say(f"The examples notice {noticed} of {counted(report.mutants, 'mutation')}{more}")


def _json(report: Report, rules: Document) -> dict[str, Any]:
    return {
        "examples": [
            {
                "name": one.example,
                "passed": one.failure is None,
                "at": None if one.failure is None else str(one.failure.mark),
                "told": [] if one.failure is None else list(one.failure.told),
            }
            for one in report.outcomes
        ],
        "untouched": [{"at": str(rules.key_mark(one.path)), "told": one.told} for one in report.untouched],
        "mutations": report.mutants,
        "capped": report.capped,
        "unnoticed": [
            {"at": str(rules.key_mark(_known(rules, one.path))), "told": one.told} for one in report.unnoticed
        ],
    }


def _known(rules: Document, path: RulePath) -> RulePath:
    """The longest part of a path that stands in the file: what is meant without being said has no place of its own."""
    value: Any = rules.values
    for length, part in enumerate(path):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path
