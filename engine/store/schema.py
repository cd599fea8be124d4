"""Bringing a database's tables to the version this program knows, and telling which version they have.

The one door to Alembic, which is only loaded when a schema is made or upgraded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.errors import StoreUnusable
from engine.store import guards
from engine.store.driver import Driver
from engine.store.places import Place

#: every revision there has been, oldest first; a test compares this with the scripts
REVISIONS = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0012", "0010", "0011", "0014",
    "0020", "0018", "0015", "0025", "0024", "0032",
)  # fmt: skip
HEAD = REVISIONS[-1]

_SCRIPTS = Path(__file__).parent / "migrations"
_REVISION = "SELECT version_num FROM alembic_version"


def require_current(driver: Driver, name: str) -> None:
    """Pass if the tables are of this program's version and the guards are on. Raises: StoreUnusable."""
    found = str(driver.rows(_REVISION)[0][0])
    if found not in REVISIONS:
        raise _newer(name, found)
    if found != HEAD:
        raise StoreUnusable(
            f"{name} has schema {found} and this program needs {HEAD}; run `siklus db upgrade` on it first",
            found=found, needed=HEAD,
        )  # fmt: skip
    problems = guards.compare(driver)
    if problems:
        raise StoreUnusable(
            f"{name} is not guarded as it must be ({'; '.join(problems)}); find out who changed it, "
            "then put the guards back with `siklus db upgrade`",
            problems=problems,
        )


def migrate(place: Place, *, to: str = "head", then: Callable[[Driver], None] | None = None) -> None:
    """Bring the tables to a revision and put the guards on again, all in one transaction or not at all."""
    from alembic import command  # noqa: PLC0415  (half the start-up time of a command that needs no migration)
    from alembic.config import Config  # noqa: PLC0415  (as above)

    with place.migrating() as (connection, driver):
        before = _revision(driver)
        if before is not None and before not in REVISIONS:
            raise _newer(place.name, before)
        if before is not None:
            guards.remove(driver)
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
        config.attributes["connection"] = connection
        back = (
            before is not None
            and to != "head"
            and (to == "base" or REVISIONS.index(to) < REVISIONS.index(before))
        )
        (command.downgrade if back else command.upgrade)(config, to)
        if _revision(driver) is not None:
            guards.install(driver)
        if then is not None:
            then(driver)


def _revision(driver: Driver) -> str | None:
    if driver.kind == "sqlite":
        there = driver.rows("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    else:
        there = driver.rows("SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL")
    found = driver.rows(_REVISION) if there else []
    return str(found[0][0]) if found else None


def _newer(name: str, found: str) -> StoreUnusable:
    return StoreUnusable(
        f"{name} has schema {found}, which is newer than this program ({HEAD}); install the Siklus that made it "
        "(`siklus db upgrade` goes forward only)",
        found=found, needed=HEAD,
    )  # fmt: skip
