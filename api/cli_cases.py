"""`siklus case`, `siklus fire` and `siklus history`: where a case stands, what can be done, what happened so far."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    LanguageOption,
    a_language,
    installation,
    person_named,
    read_json,
)
from api.cli_speech import FileUnreadable, put_json, say, table
from api.cli_tasks import put_lines, told_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.core.definition import Language
    from engine.core.telling import Telling
    from engine.runtime import CaseView, LinkedCase

CaseArgument = Annotated[str, typer.Argument(help="The case's id; `siklus cases` lists them.")]

_WORDS = {
    "id": {
        "about": "tentang",
        "state": "keadaan",
        "since": "sejak",
        "turn": "giliran",
        "gathering": "pengumpulan",
        "sum": "dihitung",
        "superseded": "digantikan sejak",
        "parts": "bagian periode",
    },
    "en": {
        "about": "about",
        "state": "state",
        "since": "since",
        "turn": "turn",
        "gathering": "gathering",
        "sum": "counted",
        "superseded": "superseded since",
        "parts": "parts of the period",
    },
}


def case(
    ctx: typer.Context,
    *,
    case: CaseArgument,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell where a case stands: whose turn it is, since when and until when, what follows if nobody acts, and its kin.

    What people wrote is not part of it.
    """
    from engine.core.definition import Language
    from engine.core.telling import tell_onlooker

    spoken = cast(Language, a_language(language))
    with installation(ctx, database) as house:
        view = house.engine.case(case, None)
        told = tell_onlooker(view.standing, spoken, viewer="")
        if as_json:
            put_json(_standing_json(view, told, spoken))
            return
        lines = list(_standing(view, told, spoken))
        put_lines(lines)


def _standing_json(view: CaseView, told: Telling, language: Language) -> dict[str, Any]:
    from api.cli_cycles import case_json
    from engine.core.audit import stamp
    from engine.core.telling_sums import say_task_sum

    own = view.case
    return {
        **case_json(view.scene.chart, own),
        "definition": own.definition,
        "period": [own.period_from.isoformat(), own.period_to.isoformat()],
        "since": stamp(own.entered_at),
        "due_on": own.waiting[0].due_on if own.waiting else None,
        "arithmetic": list(say_task_sum(view.definition, own, view.scene.calendar, language)),
        "if_nobody_acts": list(told.ignored),
        "raised": list(told.raised),
        "lately": list(told.lately),
        "linked": [
            {
                "link": one.link,
                "case": one.case.id if one.case else None,
                "state": one.case.state if one.case else None,
                "ended": one.case.ended if one.case else "",
                "outcome": one.outcome or "waiting",
                "trouble": one.trouble.code if one.trouble else None,
            }
            for one in view.linked
        ],
        "parts": [
            {
                "case": one.case,
                "unit": one.unit,
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "days": one.days,
                "of": one.whole,
            }
            for one in view.parts
        ],
        "superseded_by": [
            {"link": one.link, "case": one.case, "since": stamp(one.at)} for one in own.corrected
        ],
        "journals": [
            {"name": name, "count": count, "least": view.definition.journals[name].least}
            for name, count in _journals(view)
        ],
    }


def _standing(view: CaseView, told: Telling, language: Language) -> Iterator[tuple[str, str]]:
    """How a case stands, a line for each thing there is to say."""
    from engine.core.telling import say_instant, say_name, say_progress
    from engine.core.telling_parts import say_part
    from engine.core.telling_sums import say_task_sum

    own, texts = view.case, view.definition.texts
    words = _WORDS[language]
    yield words["about"], f"{say_name(view.scene.chart, own.subject, language)} ({own.cycle})"
    yield words["state"], f"{texts.label('states', own.state)[language]} ({own.state})"
    since = say_instant(own.entered_at, own.zone, view.scene.calendar, language)
    yield words["since"], since
    yield words["turn"], told.due
    for number, line in enumerate(say_task_sum(view.definition, own, view.scene.calendar, language)):
        yield words["sum"] if not number else "", line
    progress = say_progress(view.definition, own, language)
    if progress:
        yield words["gathering"], progress
    yield from told_lines(told, language, parts=("raised", "ignored", "lately"))
    for number, part in enumerate(view.parts):
        yield words["parts"] if not number else "", f"{say_part(part, language)} ({part.case})"
    for one in view.linked:
        yield _linked(view, one, language)
    for by in own.corrected:
        day = say_instant(by.at, own.zone, view.scene.calendar, language)
        yield words["superseded"], f"{day}: {texts.label('linked', by.link)[language]} ({by.case})"
    for name, count in _journals(view):
        least = view.definition.journals[name].least
        yield texts.label("journals", name)[language], f"{count} / {least}" if least else str(count)


def _linked(view: CaseView, one: LinkedCase, language: Language) -> tuple[str, str]:
    from api.case_shapes import PARENT
    from api.pages.words import Words

    label = view.definition.texts.labels["linked"].get(one.link, PARENT)[language]
    if one.case is None or one.definition is None:
        standing = Words(language)(f"case.linked_{one.outcome or 'waiting'}")
        return label, f"{standing} ({one.trouble})" if one.trouble else standing
    state = one.definition.texts.label("states", one.case.state)[language]
    return label, f"{one.case.id}: {state}"


def _journals(view: CaseView) -> list[tuple[str, int]]:
    """The journals of a case, and how many entries each has; of anonymous ones none before they are told."""
    from engine.core.journal_checks import notebook

    return [(name, notebook(view.case, one).count) for name, one in view.definition.journals.items()]


def fire(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    trigger: Annotated[str, typer.Argument(help="What to do, for example submit.")],
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id.")],
    form: Annotated[
        Path | None,
        typer.Option(
            "--form", metavar="FILE", help='Filled forms as JSON: {"rating": {"results": "as", ...}}.'
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="The reason, where one is needed.")
    ] = "",
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="KEY", help="A name for this request: sent twice, it is done once."),
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do in a case what a person could do on the page.

    A refusal says why and what would be allowed, changes nothing, and exits with 3.
    """
    from api.attaching import sent_files
    from engine.core.command import Actor
    from engine.core.telling import say_entry

    forms = _forms(form)
    with installation(ctx, database) as house:
        engine = house.engine
        actor = Actor(person=person_named(engine, person).key)
        filled, files = sent_files(engine, case, forms)
        fired = engine.fire(case, trigger, actor=actor, forms=filled, reason=reason, key=key, files=files)
        definition, chart = engine.definition(fired.case.definition), engine.chart
        if as_json:
            put_json(
                {
                    "case": fired.case.id,
                    "state": fired.case.state,
                    "phase": fired.case.phase,
                    "ended": fired.case.ended,
                    "visit": fired.case.visit,
                    "repeated": fired.repeated,
                    "entries": [entry_json(one) for one in fired.entries],
                }
            )
            return
        for entry in fired.entries:
            say(say_entry(definition, entry, chart, "en"))
        if fired.repeated:
            say("This very request was done before; nothing was done again.")
        say(
            f"{fired.case.id} is now in {definition.texts.label('states', fired.case.state).en!r} ({fired.case.state})."
        )


def history(
    ctx: typer.Context,
    *,
    case: CaseArgument,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what happened in a case: when, by whom, and why.

    What people wrote is not part of it: entries hold no personal text.
    """
    from api.pages.case_parts import day_and_time
    from engine.core.definition import Language
    from engine.core.telling import say_entry

    spoken = cast(Language, a_language(language))
    with installation(ctx, database) as house:
        engine = house.engine
        entries = engine.history(case)
        found = engine.case(case, None)
        chart = engine.chart
        told = [say_entry(found.definition, one, chart, spoken) for one in entries]
        if as_json:
            lines = [{**entry_json(one), "text": text} for one, text in zip(entries, told, strict=True)]
            put_json({"case": case, "state": found.case.state, "entries": lines})
            return
        zone, calendar = found.case.zone, found.scene.calendar
        rows = [
            (
                str(one.seq),
                " ".join(day_and_time(one.at, zone, calendar, spoken)),
                text,
            )
            for one, text in zip(entries, told, strict=True)
        ]
        table(("no", "when", "what"), rows, numbers=("no",))


def _forms(file: Path | None) -> dict[str, dict[str, Any]]:
    """The filled forms of a file: an object of objects. Raises: FileUnreadable."""
    if file is None:
        return {}
    given = read_json(file)
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        raise FileUnreadable(
            f'{str(file)!r} must hold an object of forms by name: {{"rating": {{"results": "as", "reasons": "..."}}}}'
        )
    return given


def entry_json(entry: Any) -> dict[str, Any]:
    """An entry by what finds it again."""
    from engine.core.audit import stamp

    return {"seq": entry.seq, "kind": entry.kind, "at": stamp(entry.at), "hash": entry.hash}
