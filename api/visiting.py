"""Who asks: an account that is signed in, or a program with a token of one; in a demo the persona that was chosen.

A real database knows no personas: its cookies and headers say nothing there. Whoever has an account is not yet a person
of the chart; routes say which of the two they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Request

from api.problems import (
    NobodyAsks,
    OutOfScope,
    RequestInvalid,
    SecondFactorMissing,
    SignInStale,
)
from api.session_cookie import cookie_of, has_session_cookie, session_token
from engine.clock import Clock
from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.definition import Language
from engine.core.identity.account import Account, SystemRole, needs_second_factor
from engine.core.identity.scopes import Scope
from engine.core.zones import local_date
from engine.errors import NotFound
from engine.runtime import Engine
from engine.runtime.identity import Session
from engine.runtime.identity.sessions import PROVIDED

PERSONA_COOKIE = "persona"
PERSONA_HEADER = "x-siklus-persona"
LANGUAGE_COOKIE = "language"
#: ways of signing in that ask for something you have besides something you know
_WITH_SECOND_FACTOR = frozenset({"password+totp", *PROVIDED})
_BEARER = "bearer "
#: whom a demo lets one be besides the people of its chart: somebody of Internal Audit, who holds no post in it
DEMO_AUDITOR = Account(
    id="auditor", login="auditor", name="Auditor Internal", created_at=0, roles=frozenset({"auditor"})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks, as the chart has them today, the language they read, and the account they came with.

    An account that belongs to nobody on the chart asks as a person without number, post or unit, known by its own id.
    """

    person: Person
    today: date
    language: Language
    #: None in a demo, where nobody signs in
    account: Account | None = None
    how: str = "persona"
    #: what a program's token is made for; None for whoever sits at a browser
    scopes: frozenset[Scope] | None = None

    @property
    def key(self) -> str:
        """The person's key, as it stands in entries."""
        return self.person.key

    @property
    def actor(self) -> Actor:
        """The person as the one who asks something of a case."""
        return Actor(person=self.person.key)

    @property
    def on_chart(self) -> bool:
        """Whether the chart knows them: else there is nothing of their own to see."""
        return bool(self.person.person_id)

    @property
    def audits(self) -> bool:
        """Whether they read as auditors do."""
        return "auditor" in self.roles

    @property
    def roles(self) -> frozenset[SystemRole]:
        """The system roles of their account."""
        return self.account.roles if self.account else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The account that asks: by a session in a browser, or a program by a token."""

    account: Account
    language: Language
    #: how they proved themselves; "token" for a program
    how: str
    #: None for a program
    session: Session | None = None
    #: what a program's token is made for; None for a session, which is for everything
    scopes: frozenset[Scope] | None = None

    @property
    def whole(self) -> bool:
        """Whether all was proven that this account must prove."""
        return (
            self.session is None or not needs_second_factor(self.account) or self.how in _WITH_SECOND_FACTOR
        )

    @property
    def fresh(self) -> bool:
        """Whether somebody has signed in so lately that they may administer accounts."""
        return self.session is not None and self.session.fresh


def engine_of(request: Request) -> Engine:
    """The engine this application serves."""
    return cast(Engine, request.app.state.engine)


def system_now(request: Request) -> int:
    """The present instant of the machine's clock, by which sign-ins go; a demo's own time means nothing to them."""
    return cast(Clock, request.app.state.system).now()


def is_demo(request: Request) -> bool:
    """Whether this is a demo, where one chooses whom to be."""
    return engine_of(request).database.kind == "demo"


def signed_in_or_none(request: Request) -> SignedIn | None:
    """The account that asks, whether it has proven all it must or not; None where nobody is signed in.

    Raises: RequestInvalid where two say who asks.
    """
    if is_demo(request):
        return None
    if not hasattr(request.state, "signed_in"):
        request.state.signed_in = None  # a refusal is told on a page, and that is nobody's
        request.state.signed_in = _found(request)
    return cast(SignedIn | None, request.state.signed_in)


def just_signed_in(request: Request) -> SignedIn:
    """The account that asks, also one that has yet to set up its second factor. Raises: NobodyAsks."""
    found = signed_in_or_none(request)
    if found is None:
        raise NobodyAsks("nobody is signed in, or the session is over; sign in and send it again")
    return found


def signed_in(request: Request) -> SignedIn:
    """The account that asks. Raises: NobodyAsks; SecondFactorMissing."""
    found = just_signed_in(request)
    if not found.whole:
        raise SecondFactorMissing(
            "an account with a system role needs a second factor; set up an authenticator app first"
        )
    return found


def at_browser(request: Request) -> SignedIn:
    """Somebody at a browser, never a program. Raises: NobodyAsks; SecondFactorMissing."""
    found = signed_in(request)
    if found.session is None:
        raise OutOfScope("this is done by a person in a browser, and by no token")
    return found


def fresh_at_browser(request: Request) -> SignedIn:
    """Somebody who has signed in just now. Raises: NobodyAsks; SecondFactorMissing; SignInStale."""
    found = at_browser(request)
    if not found.fresh:
        raise SignInStale("this needs somebody who has signed in just now; sign in again")
    return found


def visitor_or_none(request: Request) -> Visitor | None:
    """Who asks, a person or an account that is nobody's on the chart; None when nobody known is named."""
    if is_demo(request):
        return _persona(request)
    engine, found = engine_of(request), signed_in_or_none(request)
    if found is None or not found.whole:
        return None
    known = engine.chart.history(found.account.person)
    person, today = _today(engine, known[-1].key) if known else _nobody(engine, found.account)
    request.state.person = person.key
    return Visitor(
        person=person,
        today=today,
        language=found.language,
        account=found.account,
        how=found.how,
        scopes=found.scopes,
    )


def visitor(request: Request) -> Visitor:
    """Who asks. Raises: NobodyAsks when no known person and no account is named."""
    found = visitor_or_none(request)
    if found is not None:
        return found
    if is_demo(request):
        raise NobodyAsks(
            "the request does not say which known person asks; in a demo choose one on the first page, or send the"
            " header X-Siklus-Persona with a person_id"
        )
    signed_in(request)
    raise NobodyAsks("nobody is signed in, or the session is over; sign in and send it again")


def language_of(request: Request, person: Person | None = None) -> Language:
    """The language to answer in: the one chosen, else the person's own, else Indonesian."""
    chosen = cookie_of(request, LANGUAGE_COOKIE) or (person.language if person else "id")
    return "en" if chosen == "en" else "id"


def _persona(request: Request) -> Visitor | None:
    engine = engine_of(request)
    person_id = request.headers.get(PERSONA_HEADER) or cookie_of(request, PERSONA_COOKIE)
    if not person_id:
        return None
    if person_id == DEMO_AUDITOR.login:
        person, today = _nobody(engine, DEMO_AUDITOR)
        request.state.person = person.key
        return Visitor(
            person=person, today=today, language=language_of(request, person), account=DEMO_AUDITOR
        )
    try:
        key = engine.person_by_id(person_id).key
    except NotFound:
        return None
    person, today = _today(engine, key)
    request.state.person = person.key
    return Visitor(person=person, today=today, language=language_of(request, person))


def _today(engine: Engine, key: str) -> tuple[Person, date]:
    """A person as the chart has them on their own today, or nearest to it."""
    newest = engine.chart.person(key)
    today = local_date(engine.now(), newest.zone)
    return engine.chart.near(key, today) or newest, today


def _nobody(engine: Engine, account: Account) -> tuple[Person, date]:
    """An account that is nobody's on the chart, as the person it asks as, with the day where the agency is."""
    zone = next((one.zone for one in engine.chart.segments), "Asia/Jakarta")
    today = local_date(engine.now(), zone)
    person = Person(
        key=account.id,
        person_id="",
        name=account.name,
        unit="",
        position="",
        superior=None,
        zone=zone,
        kind="account",
        valid_from=today,
    )
    return person, today


def _found(request: Request) -> SignedIn | None:
    """Whoever asks, by a cookie anywhere, or by a token at the API alone."""
    said = request.headers.get("authorization", "")
    if said and has_session_cookie(request):
        raise RequestInvalid("a request says who asks by a cookie or by a token, not by both")
    engine = engine_of(request)
    if said:
        return _by_token(engine, request, said)
    token = session_token(request)
    session = engine.sessions.find(token) if token else None
    if session is None:
        return None
    return SignedIn(
        account=session.account,
        language=_language(request, engine, session.account),
        how=session.how,
        session=session,
    )


def _by_token(engine: Engine, request: Request, said: str) -> SignedIn | None:
    if not request.url.path.startswith("/api/") or not said.lower().startswith(_BEARER):
        return None
    found = engine.tokens.find(said[len(_BEARER) :].strip())
    if found is None:
        return None
    token, account = found
    language = _language(request, engine, account)
    return SignedIn(account=account, language=language, how="token", scopes=frozenset(token.scopes))


def _language(request: Request, engine: Engine, account: Account) -> Language:
    held = engine.chart.history(account.person)
    return language_of(request, held[-1] if held else None)


TheEngine = Annotated[Engine, Depends(engine_of)]
TheVisitor = Annotated[Visitor, Depends(visitor)]
TheAccount = Annotated[SignedIn, Depends(at_browser)]
