"""What erased rows leave behind in files, and having it overwritten."""

from __future__ import annotations

from engine.errors import SiklusError
from engine.store.driver import Driver

__all__ = ["no_residue"]

_TABLES = ("content", "attachment", "statement", "outbox", "idempotency", "person", "replaced", "unsent")
#: PostgreSQL only warns of a table it may not vacuum, and goes on; from 17 there is a right of its own for it
_MAY_NOT = """
SELECT count(*) FROM pg_class
WHERE oid = ANY (SELECT one::regclass FROM unnest(string_to_array(%s, ',')) AS one)
  AND NOT pg_has_role(relowner, 'USAGE')
"""
_MAY_NOT_MAINTAIN = _MAY_NOT + " AND NOT has_table_privilege(oid, 'MAINTAIN')"
_MAINTAIN_FROM = 170_000
#: whoever began to read before the rows went keeps them where they are
_OLDER_READERS = """
SELECT count(*) FROM pg_stat_activity
WHERE backend_xmin IS NOT NULL AND age(backend_xmin) > 0 AND pid <> pg_backend_pid()
  AND datname = current_database() AND backend_type = 'client backend'
"""


def no_residue(driver: Driver) -> bool:
    """Whether the bytes of deleted rows are gone from the tables' files; between transactions only."""
    if driver.kind == "sqlite":
        busy, _, _ = driver.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        return not busy
    driver.begin()
    (version,) = driver.rows("SELECT current_setting('server_version_num')::int")[0]
    asked = _MAY_NOT_MAINTAIN if version >= _MAINTAIN_FROM else _MAY_NOT
    (forbidden,) = driver.rows(asked, (",".join(_TABLES),))[0]
    (reading,) = driver.rows(_OLDER_READERS)[0]
    driver.commit()
    if forbidden:
        return False
    try:
        driver.run_alone(f"VACUUM {', '.join(_TABLES)}")
    except SiklusError:
        return False
    return not reading
