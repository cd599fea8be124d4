"""What a connection that serves may not do, whatever it is asked; only the tables' owner can."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from engine.core.identity.account import NewAccount
from engine.errors import StoreUnusable
from engine.keys import Keys
from engine.runtime.identity import Passwords, Register, identity_of
from engine.store import Database
from tests.store.cases import MONDAY, Bench, handing_in
from tests.store.raw import Raw

HOUR = 3_600_000_000
REBUILDING = (
    "DROP TRIGGER entry_kept",
    "DROP TABLE entry",
    "DROP INDEX ix_task_holder",
    "ALTER TABLE entry RENAME TO earlier",
    "ALTER TABLE cases DROP COLUMN head",
    "CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM task; END",
    "CREATE TEMP TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM task; END",
    "CREATE TEMP TABLE entry (stream)",
    "CREATE TABLE other (id)",
    "CREATE VIEW other AS SELECT 1",
    "ATTACH DATABASE ':memory:' AS other",
    "VACUUM INTO 'copy.db'",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA synchronous = OFF",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 7",
    "DELETE FROM sqlite_master",
    "UPDATE sqlite_schema SET sql = ''",
)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", REBUILDING)
@pytest.mark.parametrize("access", ["read", "write"])
def test_no_connection_that_serves_may_rebuild(bench: Bench, access: str, text: str) -> None:
    """What takes guards off, shadows them or lets another file in is for upgrades alone."""
    bench.case()

    with pytest.raises(StoreUnusable), getattr(bench.db, access)() as unit:
        unit.driver.run(text)
    assert () == bench.db.guard_problems()
    with bench.db.write() as unit:
        assert [(1,)] == unit.driver.rows("PRAGMA recursive_triggers")
        assert [("wal",)] == unit.driver.rows("PRAGMA journal_mode")


@pytest.fixture
def serving_url(url: str) -> Iterator[str]:
    """The address of a role with no more than the grants that the reference page gives it."""
    page = (Path(__file__).parents[2] / "docs/reference/database.md").read_text()
    grants = page.split("```sql\n")[1].split("```")[0]
    role = f"siklus_app_{url.rpartition('/')[2].partition('?')[0]}"
    with closing(Raw(url)) as owner:
        owner.run(f"CREATE ROLE {role} LOGIN PASSWORD 'x'")
        owner.run(grants.replace("siklus_app", role))
        yield str(make_url(url).set(username=role, password="x").render_as_string(hide_password=False))
        owner.run(f"DROP OWNED BY {role}")
        owner.run(f"DROP ROLE {role}")


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_role_that_only_serves_can_do_all_work_and_take_no_guard_off(
    serving_url: str, url: str, tmp_path: Path
) -> None:
    """The grants of the reference page are enough for every kind of work, and not for anything else."""
    with closing(Database(serving_url)) as database:
        bench = Bench(database)
        case = bench.case()
        bench.save(handing_in(case))
        with database.write() as unit:
            unit.put_people((), "chart", before="")
            unit.append("people", "imported", MONDAY, {})
            unit.put_beat("one", MONDAY)
            unit.put_meta("clock", "1")
            unit.remember("p-1", "key", "hash", b"{}", MONDAY)
            assert [] != unit.claim_due(2**52, 10)
            letter, *_ = unit.claim_letters(MONDAY, 10, 1, "fence")
            assert unit.settle(letter.id, "fence", "sent", MONDAY)
        _identity_works(database, tmp_path)
        assert () == bench.problems()
        assert () == database.guard_problems()
        with pytest.raises(StoreUnusable, match="by the role that owns them"):
            Database.upgrade(serving_url)

    with closing(Raw(serving_url)) as raw:
        before = raw.everything()
        for text in FOR_OWNERS:
            with pytest.raises(raw.refusals, match=r"permission denied|must be owner|siklus: refused"):
                raw.run(text)
        assert before == raw.everything()


def _identity_works(database: Database, folder: Path) -> None:
    """Accounts, all they prove themselves with, and how each of it ends."""
    register = Register(database, keys=Keys(folder / "siklus.key"))
    accounts, sessions, tokens, rates = identity_of(register, Passwords(memory_kib=8))
    link = accounts.first()
    assert link is not None
    account = accounts.set_password(link, "kuda lumping hijau dinding")
    assert accounts.check_password(account.login, "salah", address="").account is None
    accounts.begin_totp(account.id)
    begun = sessions.begin(account.id, how="password", address="")
    assert sessions.rotate(begun.token) is not None
    sent, made = tokens.make(account.id, "x", {"read"}, register.now() + HOUR, account.id)
    assert tokens.find(sent) is not None
    tokens.revoke(made.id, by=account.id)
    other = accounts.create(NewAccount(login="dua", name="Dua"), by=account.id)
    accounts.disable(other.id, by=account.id)
    accounts.erase(other.id, by=account.id)
    assert 0 <= sessions.tidy() + rates.tidy()


FOR_OWNERS = (
    "UPDATE entry SET kind = 'other'",
    "DELETE FROM entry",
    "TRUNCATE entry",
    "DELETE FROM cases",
    "UPDATE cases SET state = 'closed'",
    "INSERT INTO entry SELECT * FROM entry ON CONFLICT (stream, seq) DO UPDATE SET kind = 'o'",
    "ALTER TABLE entry DISABLE TRIGGER ALL",
    "ALTER TABLE entry RENAME TO earlier",
    "ALTER TABLE entry ADD COLUMN later text",
    "DROP TRIGGER entry_frozen ON entry",
    "DROP TABLE entry",
    "CREATE RULE quietly AS ON INSERT TO entry DO INSTEAD NOTHING",
    "CREATE TRIGGER spy AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION siklus_case_kept()",
    "CREATE OR REPLACE FUNCTION siklus_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$",
    "CREATE SCHEMA other",
    "CREATE TABLE other (id int)",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = '0002'",
)
