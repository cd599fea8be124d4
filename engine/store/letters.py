"""The outbox: letters written with the step that causes them, claimed under a fencing token, settled once.

A claim ends by itself; then another may take the letter, and the first one's settling changes nothing any more,
because its token is no longer the letter's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from engine.core.codec import decode
from engine.store.driver import Driver, Row, execute
from engine.store.tables import HELD, outbox
from engine.store.texts import texts
from engine.store.values import Letter


def claim(driver: Driver, now: int, limit: int, lease_us: int, fence: str) -> tuple[Letter, ...]:
    """Letters that wait to be told and are nobody's, oldest first, claimed until `now + lease_us`."""
    assert fence, "a claim needs a token"
    rows = driver.rows(texts(driver.kind).unsettled, (now, now, limit))
    claimed = [(now + lease_us, fence, row[0]) for row in rows]
    driver.run_many(texts(driver.kind).claims, claimed)
    return tuple(letter(row, fence=fence, attempts=row[12] + 1) for row in rows)


def renew(driver: Driver, letter_ids: Sequence[int], fence: str, until: int) -> bool:
    """Hold unsettled letters of a claim until then; whether all of them are still its own."""
    mine = (outbox.c.id.in_(list(letter_ids)), outbox.c.fence == fence, outbox.c.settled_at.is_(None))
    return execute(driver, sa.update(outbox).where(*mine).values(claimed_until=until)) == len(letter_ids)


def settle(driver: Driver, letter_id: int, fence: str, outcome: str, at: int, retry_at: int | None) -> bool:
    """Record what came of a letter under this claim; with `retry_at` it waits to be told again from then on."""
    asked = sa.update(outbox).where(
        outbox.c.id == letter_id, outbox.c.fence == fence, outbox.c.settled_at.is_(None)
    )
    if retry_at is None:
        done = asked.values(settled_at=at, outcome=outcome, fence="", claimed_until=0)
    else:
        done = asked.values(due_at=retry_at, outcome=outcome, fence="", claimed_until=0)
    return execute(driver, done) == 1


def let_go(driver: Driver, now: int) -> int:
    """Let held letters whose time has come be told from now on; how many."""
    due = sa.update(outbox).where(HELD, outbox.c.held_until <= now)
    return execute(driver, due.values(held_until=0))


def drop(driver: Driver, dropped: Iterable[tuple[str, int, int]]) -> int:
    """Settle held letters, by key, as never to be told; how many still were held. The key is free again."""
    count = 0
    for key, seq, at in dropped:
        held = sa.update(outbox).where(outbox.c.key == key, HELD)
        count += execute(driver, held.values(key=f"{key}#{seq}", settled_at=at, outcome="taken_back"))
    return count


def mark_read(driver: Driver, person: str, letter_ids: Iterable[int], at: int) -> int:
    """Mark a person's letters as read; how many were unread."""
    these = outbox.c.id.in_(list(letter_ids))
    unread = sa.update(outbox).where(outbox.c.recipient == person, outbox.c.read_at.is_(None), these)
    return execute(driver, unread.values(read_at=at))


def letter(row: Row, *, fence: str | None = None, attempts: int | None = None) -> Letter:
    """A row of `outbox` as a value, in the order of its columns."""
    key, name, to, kind, case_id, task_id, data, created_at, read_at = row[:9]
    return Letter(
        id=key,
        key=name,
        to=to,
        kind=kind,
        case_id=case_id,
        task_id=task_id,
        data=decode(data),
        created_at=created_at,
        read_at=read_at,
        attempts=row[12] if attempts is None else attempts,
        fence=row[11] if fence is None else fence,
        settled_at=row[13],
        outcome=row[14],
    )
