"""Links for people from outside, and what they answered: rows that no entry tells one by one."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from engine.store.driver import Driver, execute, select
from engine.store.sealed import name_of, sealed
from engine.store.tables import content, invitation
from engine.store.values import Invitation

__all__ = ["answer", "answers", "invitation_of", "invitations", "put_invitation", "take_back"]


def put_invitation(driver: Driver, made: Invitation) -> None:
    """Keep a link in the place of the one before to the same journal of the case."""
    take_back(driver, made.case_id, made.journal)
    execute(
        driver,
        sa.insert(invitation).values(
            case_id=made.case_id, journal=made.journal, hash=made.hash, made_at=made.made_at
        ),
    )


def take_back(driver: Driver, case_id: str, journal: str) -> None:
    """Let a link lead nowhere any more."""
    of = (invitation.c.case_id == case_id) & (invitation.c.journal == journal)
    execute(driver, sa.delete(invitation).where(of))


def invitation_of(driver: Driver, token_hash: str) -> Invitation | None:
    """Where the link with this hash leads, or None."""
    found = _found(driver, sa.select(invitation).where(invitation.c.hash == token_hash))
    return found[0] if found else None


def invitations(driver: Driver) -> tuple[Invitation, ...]:
    """Every link there is: the journals of people from outside that are not told yet."""
    return _found(driver, sa.select(invitation).order_by(invitation.c.case_id, invitation.c.journal))


def answers(driver: Driver, case_id: str, name: str) -> tuple[tuple[int, bytes, bytes], ...]:
    """Number, words and salt of each answer from outside kept under this name, by number."""
    asked = sa.select(content.c.seq, content.c.value, content.c.salt)
    asked = asked.where(content.c.case_id == case_id, content.c.form == name, content.c.seq < 0)
    rows: Sequence[tuple[int, bytes, bytes]] = [
        (-seq, bytes(value), bytes(salt)) for seq, value, salt in select(driver, asked)
    ]
    return tuple(sorted(rows))


def answer(driver: Driver, case_id: str, name: str, number: int, value: bytes, salt: bytes) -> None:
    """Keep an answer; its number below nought says that no entry tells it."""
    kept = sealed(driver, name_of(case_id, name), value)
    execute(driver, sa.insert(content).values(case_id=case_id, form=name, seq=-number, value=kept, salt=salt))


def _found(driver: Driver, asked: sa.Select[tuple[str, str, str, int]]) -> tuple[Invitation, ...]:
    return tuple(
        Invitation(case_id=case_id, journal=journal, hash=token_hash, made_at=made_at)
        for case_id, journal, token_hash, made_at in select(driver, asked)
    )
