"""Making, opening, upgrading and refusing databases."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.errors import Conflict, StoreUnusable
from engine.store import Database, schema, sqlite, tables_identity, tables_privacy, tables_sealing
from engine.store.places import place
from engine.store.tables import metadata
from tests.store.raw import TABLES, Raw

DEMO = "SELECT value FROM meta WHERE key = 'kind'"


def test_the_migrations_make_exactly_the_tables(url: str) -> None:
    """Alembic finds nothing to add, drop or change."""
    with place(url).migrating() as (connection, _):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, metadata)
        of_rooms = (tables_identity.account, tables_privacy.look, tables_sealing.leaf)
        assert set(TABLES) == set(metadata.tables) >= {one.name for one in of_rooms}


def test_every_revision_is_known_by_name() -> None:
    """The list the program compares with is the list of scripts."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)

    assert list(schema.REVISIONS) == [one.revision for one in reversed(list(scripts.walk_revisions()))]
    assert schema.HEAD == scripts.get_current_head()


@pytest.mark.parametrize("purpose", ["demo", "real"])
def test_a_database_keeps_the_kind_it_was_made_with(empty_url: str, purpose: str) -> None:
    """What it is for is fixed when it is made."""
    assert not Database.exists(empty_url)
    Database.create(empty_url, purpose).close()  # type: ignore[arg-type]
    assert Database.exists(empty_url)

    with Database(empty_url) as again:
        assert purpose == again.kind
        with pytest.raises(AssertionError), again.write() as unit:
            unit.put_meta("kind", "demo")


def test_nothing_is_opened_where_nothing_is(empty_url: str) -> None:
    """Opening makes no file and no table."""
    with pytest.raises(StoreUnusable, match="no database of Siklus at"):
        Database(empty_url)
    with pytest.raises(StoreUnusable, match="nothing to upgrade"):
        Database.upgrade(empty_url)
    assert not Database.exists(empty_url)


def test_a_database_is_not_made_twice(url: str) -> None:
    """What is there stays."""
    with pytest.raises(StoreUnusable, match="already"):
        Database.create(url, "demo")
    with Database(url) as database:
        assert "real" == database.kind


def test_a_newer_database_is_refused(url: str, raw: Raw) -> None:
    """By opening and by upgrading: this program does not know what it means."""
    raw.run("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreUnusable, match=r"newer than this program.*siklus db upgrade"):
        Database(url)
    with pytest.raises(StoreUnusable, match="newer than this program"):
        Database.upgrade(url)


def test_an_older_database_is_refused_until_it_is_upgraded(
    url: str, raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal names the command that helps."""
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "next"))
    monkeypatch.setattr(schema, "HEAD", "next")

    with pytest.raises(StoreUnusable, match="run `siklus db upgrade`"):
        Database(url)


def test_an_upgrade_of_a_current_database_changes_nothing(url: str, raw: Raw) -> None:
    """It can be run at any time."""
    before = raw.everything()
    Database.upgrade(url)
    Database.upgrade(url)

    assert before == raw.everything()


def test_a_migration_that_fails_leaves_everything_as_it_was(url: str, raw: Raw) -> None:
    """Tables, rows and guards."""
    before = raw.everything()

    def fail(_driver: object) -> None:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        schema.migrate(place(url), to="base", then=fail)
    assert before == raw.everything()
    with Database(url) as database:
        assert () == database.guard_problems()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    """Text, somebody's database, a folder."""
    text, stranger = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("these are my notes, and they are longer than a header " * 4)
    with sqlite3.connect(stranger) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.close()

    for path in (text, stranger):
        before = path.read_bytes()
        for attempt in (Database, Database.upgrade, lambda url: Database.create(url, "real")):
            with pytest.raises(StoreUnusable):
                attempt(str(path))
        assert before == path.read_bytes()
    with pytest.raises(StoreUnusable):
        Database.create(str(tmp_path), "real")
    assert {"notes.txt", "other.db"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_server_database_with_other_tables_is_refused(empty_url: str) -> None:
    """Siklus wants a database, or a schema, of its own."""
    stranger = Raw(empty_url)
    stranger.run("CREATE TABLE invoices (id int)")
    stranger.close()

    for attempt in (Database, Database.upgrade, lambda url: Database.create(url, "real")):
        with pytest.raises(StoreUnusable):
            attempt(empty_url)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_half_made_file_can_be_made_again(tmp_path: Path, kind: str) -> None:
    """A file that was marked as ours but has no tables yet is as good as none."""
    path = tmp_path / "siklus.db"
    place(str(path)).prepare()

    with pytest.raises(StoreUnusable):
        Database(str(path))
    Database.create(str(path), "demo").close()
    Database(str(path)).close()


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("a.db", "a.db"),
        ("sqlite:///a.db", "a.db"),
        ("sqlite:////var/a.db", "/var/a.db"),
        ("postgresql://ani:secret@db/siklus", "postgresql://ani:***@db/siklus"),
        ("postgres://ani:secret@db/siklus", "postgresql://ani:***@db/siklus"),
    ],
)
def test_addresses_are_read_as_people_write_them(spelling: str, name: str) -> None:
    """And are shown without passwords."""
    assert name == place(spelling).name


@pytest.mark.parametrize("spelling", ["", ":memory:", "sqlite://", "mysql://db/siklus", "http://x"])
def test_addresses_that_lead_nowhere_are_refused(spelling: str) -> None:
    """With what would work."""
    with pytest.raises(StoreUnusable, match="path"):
        place(spelling)


def test_of_many_who_make_a_database_at_once_one_does(empty_url: str) -> None:
    """The others are told that it is there, and what they may do; no half of theirs is left."""
    start = Barrier(4)

    def make(number: int) -> str:
        start.wait()
        try:
            Database.create(empty_url, "demo" if number % 2 else "real").close()
        except StoreUnusable as refused:
            return str(refused)
        return "made"

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(make, range(4)))

    assert 1 == said.count("made")
    assert 3 == sum("is a database of Siklus already; open it" in one for one in said)
    with closing(Database(empty_url)) as database:
        assert ("real", "demo")[said.index("made") % 2] == database.kind
        assert () == database.guard_problems()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_upgrade_beside_a_writer_that_does_not_end_is_a_conflict(
    url: str, raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upgrade gives up as any writer does, and leaves the guards on."""
    monkeypatch.setattr(sqlite, "PRAGMAS", ("PRAGMA busy_timeout = 10",))
    raw.run("BEGIN IMMEDIATE")

    with pytest.raises(Conflict, match="busy"):
        Database.upgrade(url)
    raw.run("ROLLBACK")
    with closing(Database(url)) as database:
        assert () == database.guard_problems()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_and_leaves_a_file_that_can_be_made_again(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the driver says within a migration leaves the store as one of our errors."""
    with monkeypatch.context() as small:
        small.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "PRAGMA max_page_count = 4"))
        with pytest.raises(StoreUnusable, match="full"):
            Database.create(empty_url, "real")

    Database.create(empty_url, "real").close()


def test_a_place_that_cannot_be_written_is_told_with_what_it_needs(tmp_path: Path, made_file: Path) -> None:
    """Neither a file that may only be read, nor a place where no file can be opened."""
    only_read = sqlite3.connect(f"{made_file.as_uri()}?mode=ro", uri=True)
    with closing(only_read), pytest.raises(sqlite3.Error) as readonly:
        only_read.execute("DELETE FROM meta")
    assert "write the file and its folder" in str(sqlite.translated(readonly.value))

    with pytest.raises(StoreUnusable, match=r"unable to open.* write the file and its folder"):
        place(str(tmp_path)).driver(writes=True)


@pytest.mark.parametrize("name", ["with a space.db", "100%#?&.db", "Kepegawaian – Ambon.db", "it's;--.db"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Nothing in a path is read as anything else."""
    folder = tmp_path / f"in {name}"
    folder.mkdir()
    Database.create(str(folder / name), "real").close()

    with closing(Database(f"sqlite:///{folder / name}")) as database, database.write() as unit:
        unit.put_meta("clock", "1")
    assert {name} == {one.name for one in folder.iterdir()} - {f"{name}-wal", f"{name}-shm"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A file is made, folders are not."""
    with pytest.raises(StoreUnusable, match="there is no folder"):
        Database.create(str(tmp_path / "none" / "siklus.db"), "real")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_is_set_up_to_survive_a_power_cut(url: str, opened: Callable[..., Database]) -> None:
    """Write-ahead, synced at each commit, foreign keys on, erased content wiped."""
    database = opened()
    with database.write() as unit:
        wanted = {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1,
        }  # fmt: skip
        assert wanted == {name: unit.driver.rows(f"PRAGMA {name}")[0][0] for name in wanted}


def test_a_server_that_is_not_there_is_unusable(tmp_path: Path) -> None:
    """Neither a traceback of the driver nor a password."""
    pytest.importorskip("psycopg")
    nowhere = f"postgresql://ani:secret@/siklus?host={tmp_path}&connect_timeout=2"
    with pytest.raises(StoreUnusable, match="cannot be used") as raised:
        Database(nowhere)
    assert "secret" not in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_written_is_unusable(url: str) -> None:
    """It is said when somebody writes."""
    Path(url).chmod(0o400)
    with Database(url) as database, pytest.raises(StoreUnusable), database.write() as unit:
        unit.put_meta("clock", "1")
