"""What several commands share: their options, the database they open, the files and people they are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_speech import FileUnreadable, SettingsInvalid, default_language, remark

if TYPE_CHECKING:
    from api.settings import Settings
    from api.shipped import Source
    from api.wiring import Installation
    from engine.core.chart import Person
    from engine.core.command import Actor
    from engine.core.identity.account import Account
    from engine.core.roster import Roster
    from engine.runtime import Engine

# A command does not ask the environment itself: that would win over what is named before the command.
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="PATH|URL",
        help="A file, or a postgresql:// address; SIKLUS_DATABASE says it as well.", show_default="siklus.db",
    ),
]  # fmt: skip
#: years in which a cycle can be: as the API has it
FIRST_YEAR, LAST_YEAR = 1900, 2200
YearOption = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="YEAR", min=FIRST_YEAR, max=LAST_YEAR,
        help="The year appraised.", show_default="from the opening day",
    ),
]  # fmt: skip
JsonOption = Annotated[
    bool, typer.Option("--json", help="Answer with one JSON document on standard output, errors included.")
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--lang", metavar="id|en", default_factory=default_language,
        help="Language of the answer; SIKLUS_LANGUAGE says it for every command.", show_default="en",
    ),
]  # fmt: skip


def read_bytes(path: Path) -> bytes:
    """The content of a file that was named. Raises: FileUnreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileUnreadable(f"there is no file {str(path)!r}; check the path") from None
    except OSError as error:
        raise FileUnreadable(f"{str(path)!r} cannot be read: {error.strerror}") from None


def read_text(path: Path) -> str:
    """The text of a file that was named. Raises: FileUnreadable."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            f"{str(path)!r} is not UTF-8 text (byte {error.start}); save it as UTF-8"
        ) from None


def source_of(definition: str) -> Source:
    """The texts a word names: a file with its texts beside it, else a definition that comes with Siklus.

    Raises: FileUnreadable, NotFound.
    """
    from api.shipped import Source, shipped_definition, texts_beside

    path = Path(definition)
    if path.suffix not in (".yaml", ".yml") and not path.is_file():
        return shipped_definition(definition)
    rules = read_text(path)
    beside = texts_beside(path)
    if not beside.is_file():
        raise FileUnreadable(
            f"the texts of {str(path)!r} are missing: there is no file {str(beside)!r}; write them there"
        )
    return Source(rules=rules, texts=read_text(beside), name=str(path), texts_name=str(beside))


def read_json(path: Path) -> Any:
    """The JSON value of a file; numbers with a point stay the text that was typed. Raises: FileUnreadable."""
    try:
        return json.loads(read_text(path), parse_float=str)
    except json.JSONDecodeError as error:
        raise FileUnreadable(f"{path}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}") from None


def a_day(text: str, option: str) -> date:
    """A day as typed, in a year that can be counted from. Raises: typer.BadParameter."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it like 2026-01-31", param_hint=option) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(
            f"{text} is not between the years {FIRST_YEAR} and {LAST_YEAR}", param_hint=option
        )
    return day


def a_language(text: str) -> str:
    """`id` or `en`. Raises: typer.BadParameter."""
    if text not in ("id", "en"):
        raise typer.BadParameter(f"{text!r} is not spoken here; use id or en", param_hint="--lang")
    return text


def settings_for(ctx: typer.Context, database: str | None) -> Settings:
    """The settings of this installation, with the database that the command line names. Raises: SettingsInvalid."""
    from pydantic import ValidationError

    from api.settings import Settings

    chosen = database or ctx.obj
    try:
        return Settings(database=chosen) if chosen else Settings()
    except ValidationError as invalid:
        wrong = [f"SIKLUS_{str(one['loc'][0]).upper()}: {one['msg']}" for one in invalid.errors()]
        raise SettingsInvalid("the environment does not fit: " + "; ".join(wrong)) from None


@contextmanager
def installation(ctx: typer.Context, database: str | None, *, create: bool = False) -> Iterator[Installation]:
    """The installation on the database that was named, made as a real one where there is none and `create` is on.

    Raises: StoreUnusable.
    """
    from api.wiring import open_installation
    from engine.store.database import Database

    settings = settings_for(ctx, database)
    if create and not Database.exists(settings.database):
        with Database.create(settings.database, "real") as made:
            remark(f"Made a database: {made.name}.")
    opened = open_installation(settings, worker="cli")
    try:
        yield opened
    finally:
        opened.close()


def person_named(engine: Engine, name: str) -> Person:
    """The person with this person_id, or else this key. Raises: NotFound."""
    from engine.errors import NotFound

    chart = engine.chart
    try:
        return chart.by_id(name)
    except NotFound:
        if chart.history(name):
            return chart.person(name)
        raise


def actor_named(engine: Engine | None, name: str | None, roster: Roster | None = None) -> Actor:
    """The person who acts, known already or by the people file; without a name, nobody is named in the log.

    Raises: NotFound.
    """
    from engine.core.command import OPERATOR, Actor
    from engine.errors import NotFound

    if name is None:
        return OPERATOR
    for person in roster.people if roster is not None else ():
        if person.person_id == name:
            return Actor(person=person.key)
    if engine is None:
        raise NotFound("person", name)
    return Actor(person=person_named(engine, name).key)


ByOption = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="LOGIN", help="As which account, for the log; unsaid, the log names the operator."
    ),
]


def account_named(engine: Engine, name: str) -> Account:
    """The account with this login, or else this id. Raises: NotFound, with the nearest logins."""
    from difflib import get_close_matches

    from engine.errors import NotFound

    found = engine.accounts.by_login(name) or engine.accounts.find(name)
    if found is None:
        logins = [one.login for one in engine.accounts.all(limit=10_000)]
        raise NotFound("account", name, get_close_matches(name, logins))
    return found


def author_named(engine: Engine, name: str | None) -> str:
    """Whom the log names as the author of an act on accounts: an account's id, or the operator. Raises: NotFound."""
    from engine.core.identity.account import OPERATOR

    return OPERATOR if name is None else account_named(engine, name).id


def moment_text(instant: int) -> str:
    """An instant of the machine's clock to the minute, as commands show it; nothing for none."""
    from engine.core.audit import stamp

    return f"{stamp(instant)[:16].replace('T', ' ')} UTC" if instant else ""
