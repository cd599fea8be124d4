"""The one door of commands done in somebody's name: open the installation, find who does it, act, then say what came.

In office (`acting`: privacy, break-glass) whoever acts is named. On accounts (`on_account`) the operator may be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from api.cli_options import account_named, author_named, installation
from api.cli_speech import put_json, say

if TYPE_CHECKING:
    from api.wiring import Installation
    from engine.core.identity.account import Account
    from engine.core.privacy.official import Official
    from engine.runtime import Engine

__all__ = [
    "LoginArgument",
    "OnAccount",
    "ReasonOption",
    "WhoOption",
    "account_json",
    "acting",
    "on_account",
    "tell",
]

WhoOption = Annotated[
    str,
    typer.Option("--as", metavar="WHO", help="Who does it: a login, or a person_id of the personnel desk."),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it stands beside the log.")]
LoginArgument = Annotated[str, typer.Argument(metavar="LOGIN", help="Which account: its login, or its id.")]


class OnAccount(NamedTuple):
    """An account that something is done to, and as whom."""

    house: Installation
    account: Account
    by: str

    @property
    def engine(self) -> Engine:
        """The engine it is done by."""
        return self.house.engine


@contextmanager
def acting(ctx: typer.Context, database: str | None, who: str) -> Iterator[tuple[Engine, Official]]:
    """The engine of the installation that is named, and who acts in office there. Raises: NotFound."""
    from api.officials import named

    with installation(ctx, database) as house:
        yield house.engine, named(house.engine, who)


@contextmanager
def on_account(
    ctx: typer.Context, database: str | None, login: str, by: str | None = None
) -> Iterator[OnAccount]:
    """The account of a login in the installation that is named, and whom the log names. Raises: NotFound.

    What one administrator does not do alone is asked for instead, and how to go on is said.
    """
    from engine.core.identity.together import Act
    from engine.errors import SecondNeeded

    with installation(ctx, database) as house:
        on = OnAccount(house, account_named(house.engine, login), author_named(house.engine, by))
        try:
            yield on
        except SecondNeeded as needed:
            act = needed.data["act"]
            assert isinstance(act, Act)
            asked = house.engine.accounts.together.ask(act, by=on.by)
            say(f"{asked.id} waits for another administrator: siklus account approve {asked.id} --as LOGIN")


def tell(answer: dict[str, Any], sentence: str | Callable[[], None], *, as_json: bool) -> None:
    """Say what came of it: as JSON where that was asked for, else in a sentence, or by saying it oneself."""
    if as_json:
        put_json(answer)
    elif isinstance(sentence, str):
        say(sentence)
    else:
        sentence()


def account_json(account: Account, engine: Engine) -> dict[str, Any]:
    """An account as commands answer it."""
    from engine.core.audit import stamp

    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "email": account.email,
        "person": engine.chart.person(account.person).person_id if account.person else None,
        "roles": sorted(account.roles),
        "kind": account.kind,
        "state": account.state,
        "has_password": account.has_password,
        "has_totp": account.has_totp,
        "created": stamp(account.created_at),
    }
