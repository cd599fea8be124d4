"""Definitions on their way into force: proposals, and the words that entries of their stream commit to.

A proposal is no definition: no cycle and no case can name it. It becomes one when it is approved.
"""

from __future__ import annotations

import sqlalchemy as sa

from engine.errors import Conflict
from engine.store.driver import Driver, Row, execute, select
from engine.store.sealed import name_of_said, sealed_text
from engine.store.tables import proposal, statement
from engine.store.values import Proposal


def put_proposal(driver: Driver, proposed: Proposal) -> None:
    """File a proposal. Raises: Conflict, if this version is proposed already with other content."""
    same = (proposal.c.workflow == proposed.workflow) & (proposal.c.version == proposed.version)
    if select(driver, sa.select(proposal.c.digest).where(same | (proposal.c.digest == proposed.digest))):
        raise Conflict(
            f"{proposed.workflow}@{proposed.version} is proposed already; withdraw that proposal first, or give this"
            " one the next version",
            workflow=proposed.workflow, version=proposed.version,
        )  # fmt: skip
    execute(
        driver,
        sa.insert(proposal).values(
            digest=proposed.digest,
            workflow=proposed.workflow,
            version=proposed.version,
            source=proposed.source,
            author=proposed.author,
            proposed_at=proposed.proposed_at,
        ),
    )


def proposals(driver: Driver) -> tuple[Proposal, ...]:
    """What waits for approval, by workflow and version."""
    asked = sa.select(proposal).order_by(proposal.c.workflow, proposal.c.version)
    return tuple(map(_proposal, select(driver, asked)))


def drop_proposal(driver: Driver, digest: str) -> bool:
    """Take a proposal away, because it was approved or withdrawn; whether it was still there."""
    return execute(driver, sa.delete(proposal).where(proposal.c.digest == digest)) > 0


def put_statement(driver: Driver, stream: str, seq: int, value: str, salt: bytes) -> None:
    """Keep the words an entry commits to, where they can be erased."""
    kept = sealed_text(driver, name_of_said(stream, seq), value)
    execute(driver, sa.insert(statement).values(stream=stream, seq=seq, value=kept, salt=salt))


def statements(driver: Driver, stream: str) -> dict[int, str]:
    """The words behind the entries of a stream, by their number; what was erased is missing."""
    asked = sa.select(statement.c.seq, statement.c.value).where(statement.c.stream == stream)
    found: dict[int, str] = dict(select(driver, asked))
    return found


def _proposal(row: Row) -> Proposal:
    digest, workflow, version, source, author, proposed_at = row
    return Proposal(
        digest=digest,
        workflow=workflow,
        version=version,
        source=source,
        author=author,
        proposed_at=proposed_at,
    )
