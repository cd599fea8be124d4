"""Who signs in, at work: accounts, sessions, tokens, and how often one may try. By the machine's clock throughout."""

from typing import NamedTuple

from engine.runtime.identity.accounts import Accounts
from engine.runtime.identity.passwords import Passwords
from engine.runtime.identity.proving import Checked, Enrolment, Proving
from engine.runtime.identity.rates import Rates, rate_key
from engine.runtime.identity.recounting import Told
from engine.runtime.identity.register import Register
from engine.runtime.identity.sessions import Begun, How, Session, Sessions
from engine.runtime.identity.together import Together, Waiting
from engine.runtime.identity.tokens import Tokens

__all__ = [
    "Accounts",
    "Begun",
    "Checked",
    "Enrolment",
    "How",
    "Identity",
    "Passwords",
    "Rates",
    "Register",
    "Session",
    "Sessions",
    "Together",
    "Tokens",
    "Told",
    "Waiting",
    "identity_of",
    "rate_key",
]


class Identity(NamedTuple):
    """The rooms of identity, on one register."""

    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    rates: Rates


def identity_of(register: Register, passwords: Passwords | None = None) -> Identity:
    """The rooms of identity of an installation."""
    rates = Rates(register)
    proving = Proving(register, passwords or Passwords(), rates)
    return Identity(Accounts(register, proving), Sessions(register), Tokens(register), rates)
