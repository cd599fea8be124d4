"""The database itself refuses to change the log, and to change a case without an entry that tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.core.audit import START, entry
from engine.errors import Conflict, StoreUnusable
from engine.store import Database, schema
from engine.store.guards import compare
from engine.store.places import place
from tests.store.cases import MONDAY, Bench, broken, handing_in, new_case, next_step, opening
from tests.store.raw import Raw

NEW_ENTRY = "INSERT INTO entry (stream, seq, kind, at, body, prev, hash) VALUES (?, ?, 'x', 0, ?, ?, ?)"
MOVE = "UPDATE cases SET state = 'closed', version = version + 1, seq = seq + 1, head = ? WHERE id = 'c-01'"


def refused(raw: Raw, text: str, *values: object) -> None:
    """The database refuses the statement, and nothing at all has changed."""
    before = raw.everything()
    with pytest.raises(raw.refusals, match=r"siklus: (refused|taken)|unique"):
        raw.run(text, *values)
    assert before == raw.everything()


def test_an_entry_is_never_changed(bench: Bench, raw: Raw) -> None:
    """Neither one column nor the whole of it, nor by an insert that replaces."""
    bench.case()
    refused(raw, "UPDATE entry SET kind = 'other'")
    refused(raw, "UPDATE entry SET body = body")
    refused(
        raw,
        "INSERT INTO entry SELECT * FROM entry WHERE true ON CONFLICT (stream, seq) DO UPDATE SET kind = 'o'",
    )


def test_an_entry_is_never_removed(bench: Bench, raw: Raw) -> None:
    """Not even the last one, not even all of them."""
    bench.case()
    refused(raw, "DELETE FROM entry")
    refused(raw, "DELETE FROM entry WHERE stream = 'case/c-01' AND seq = 1")
    if raw.postgres:
        refused(raw, "TRUNCATE entry")
        refused(raw, "TRUNCATE cases CASCADE")
    else:
        refused(raw, "INSERT OR REPLACE INTO entry SELECT * FROM entry")
        refused(raw, "REPLACE INTO entry SELECT stream, seq, 'other', at, body, prev, hash FROM entry")


def test_an_entry_must_follow_the_one_before_it(bench: Bench, raw: Raw) -> None:
    """No gap, no other predecessor, no beginning in the middle, no second beginning."""
    case = bench.case()
    refused(raw, NEW_ENTRY, case.stream, 3, b"{}", case.head, "a" * 64)
    refused(raw, NEW_ENTRY, case.stream, 2, b"{}", "f" * 64, "a" * 64)
    refused(raw, NEW_ENTRY, "case/new", 2, b"{}", START, "a" * 64)
    refused(raw, NEW_ENTRY, "case/new", 1, b"{}", "f" * 64, "a" * 64)
    refused(raw, NEW_ENTRY, case.stream, 1, b"{}", START, "a" * 64)
    raw.run(NEW_ENTRY, case.stream, 2, b"{}", case.head, "a" * 64)

    assert [(2,)] == raw.run("SELECT max(seq) FROM entry")


def test_a_case_is_not_changed_without_an_entry(bench: Bench, raw: Raw) -> None:
    """No column of it, whatever the numbers say."""
    case = bench.case()
    refused(raw, "UPDATE cases SET state = 'closed'")
    refused(raw, "UPDATE cases SET ended = 'complete'")
    refused(raw, "UPDATE cases SET next_at = 0")
    refused(raw, "UPDATE cases SET body = ?", b"{}")
    refused(raw, "UPDATE cases SET state = 'closed', version = version + 1, seq = seq + 1")
    refused(raw, "UPDATE cases SET state = 'closed', version = version + 1")
    refused(raw, MOVE, case.head)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_no_row_is_replaced_by_its_number(bench: Bench, raw: Raw) -> None:
    """SQLite numbers its rows; a row that claims another's number would take its place without a word."""
    bench.cases("c-01", "c-02")
    new = "rowid, stream, seq, kind, at, body, prev, hash"
    for verb in ("INSERT OR REPLACE INTO", "REPLACE INTO"):
        refused(
            raw, f"{verb} entry ({new}) SELECT rowid, 'case/c-03', 1, kind, at, body, prev, hash FROM entry"
        )
    columns = "cycle_id, segment, definition, state, phase, ended, visit, version, seq, head, next_at, body"
    raw.run(NEW_ENTRY, "case/c-03", 1, b"{}", START, "c" * 64)
    moved = columns.replace("head", f"'{'c' * 64}'").replace(" seq", " 1")
    refused(
        raw,
        f"INSERT OR REPLACE INTO cases (rowid, id, subject, {columns}) SELECT rowid, 'c-03', 'p-3', {moved} FROM cases",
    )
    raw.run(NEW_ENTRY, "case/c-01", 2, b"{}", bench.load("c-01").head, "a" * 64)
    taken = MOVE.replace("SET", "SET rowid = (SELECT rowid FROM cases WHERE id = 'c-02'),")
    refused(raw, taken.replace("UPDATE", "UPDATE OR REPLACE"), "a" * 64)


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_the_guards_are_shown_no_other_log(bench: Bench, raw: Raw) -> None:
    """A temporary table comes before ours wherever a bare name is looked up; the guards do not look there."""
    case = bench.case()
    raw.run("CREATE TEMPORARY TABLE entry AS SELECT * FROM public.entry")
    raw.run("INSERT INTO pg_temp.entry SELECT stream, 2, kind, at, body, hash, ? FROM public.entry", "a" * 64)
    for path in ("public", "pg_temp, public"):
        raw.run(f"SET search_path = {path}")
        with pytest.raises(raw.refusals, match="siklus: refused"):
            raw.run(MOVE, "a" * 64)
        with pytest.raises(raw.refusals, match="siklus: refused"):
            raw.run(
                NEW_ENTRY.replace("INTO entry", "INTO public.entry"), case.stream, 3, b"", "a" * 64, "b" * 64
            )
    assert case == bench.load()


def test_a_case_moves_with_its_entry_and_only_forward(bench: Bench, raw: Raw) -> None:
    """With the entry there the same statement passes; to step back over it does not."""
    case = bench.case()
    raw.run(NEW_ENTRY, case.stream, 2, b"{}", case.head, "a" * 64)
    refused(raw, MOVE, "b" * 64)
    raw.run(MOVE, "a" * 64)
    refused(raw, "UPDATE cases SET version = 1, seq = 1, head = ?", case.head)

    assert [("closed", 2)] == raw.run("SELECT state, version FROM cases")


def test_a_case_is_not_made_without_an_entry(bench: Bench, raw: Raw) -> None:
    """Nor is it removed, replaced, or given to somebody else."""
    bench.case()
    columns = "cycle_id, subject, segment, definition, state, phase, ended, visit, version, seq, head, next_at, body"
    made = columns.replace("subject", "'p-other'")
    refused(raw, f"INSERT INTO cases (id, {columns}) SELECT 'c-02', {made} FROM cases")
    refused(raw, "DELETE FROM cases WHERE id = 'c-01'")
    refused(raw, "UPDATE cases SET subject = 'p-other', version = version + 1")
    if not raw.postgres:
        refused(raw, "INSERT OR REPLACE INTO cases SELECT * FROM cases")


def test_a_step_whose_entry_follows_nothing_is_refused_by_the_database(bench: Bench) -> None:
    """The store checks nothing here: the guard speaks, and the refusal says so."""
    case = bench.case()

    with pytest.raises(StoreUnusable, match="an entry must follow the one before it"):
        bench.save(broken(handing_in(case)))
    assert case == bench.load()


def test_a_case_whose_entry_is_another_ones_is_refused(bench: Bench) -> None:
    """An entry is there, but it does not tell this case."""
    bench.case("c-01")
    told = entry("case/other", 1, START, "fired", MONDAY, {})
    step = next_step(new_case("c-02"))
    stolen = type(step)(before=0, case=step.case, entry=told, effects=())

    with pytest.raises(StoreUnusable, match="only with an entry that tells it"), bench.db.write() as unit:
        unit.insert_cases([stolen])


def test_opening_a_case_twice_at_once_is_a_conflict(bench: Bench) -> None:
    """The same case in one launch twice: nobody's fault, nothing kept."""
    with pytest.raises(Conflict), bench.db.write() as unit:
        unit.insert_cases([opening("c-01"), opening("c-02", subject="p-c-01")])
    with bench.db.read() as view:
        assert None is view.load("c-01")


NEXT = f"""
from alembic import op

revision, down_revision = "next", "{schema.HEAD}"


def upgrade():
    for name in ("entry", "cases"):
        rebuilt = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
        with op.batch_alter_table(name, recreate=rebuilt) as table:
            table.add_column(sa.Column("later", sa.Text(), nullable=True))


def downgrade():
    for name in ("entry", "cases"):
        with op.batch_alter_table(name) as table:
            table.drop_column("later")
"""


#: the newest version there is, before a test invents the next one
CURRENT = schema.HEAD


@pytest.fixture
def with_a_next_version(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program one version on, whose migration rebuilds both guarded tables; the database is still of this one."""
    scripts = shutil.copytree(schema._SCRIPTS, tmp_path / "migrations")
    (scripts / "versions" / "next.py").write_text("import sqlalchemy as sa\n" + NEXT)
    monkeypatch.setattr(schema, "_SCRIPTS", scripts)
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "next"))
    monkeypatch.setattr(schema, "HEAD", "next")


@pytest.mark.usefixtures("with_a_next_version")
def test_the_guards_survive_migrations_to_and_fro(bench: Bench, raw: Raw, url: str) -> None:
    """Tables are rebuilt under the rows and the guards: both are there afterwards, forward and back."""
    case = bench.case()
    entries = raw.run("SELECT body FROM entry")
    bench.db.close()

    for revision in ("next", CURRENT, "head"):
        schema.migrate(place(url), to=revision)
        assert () == bench.db.guard_problems()
        refused(raw, "DELETE FROM entry")
        refused(raw, "UPDATE cases SET state = 'closed'")
        bench.db.close()
    assert entries == raw.run("SELECT body FROM entry")
    assert case == bench.load()
    assert () == bench.problems()


def test_the_guards_are_back_after_all_tables_were_gone(url: str) -> None:
    """From nothing again to the newest version."""
    schema.migrate(place(url), to="base")
    schema.migrate(place(url))
    driver = place(url).driver(writes=False)
    try:
        assert () == compare(driver)
    finally:
        driver.rollback()
        driver.close()


def test_a_database_without_its_guards_is_not_opened(bench: Bench, raw: Raw, url: str) -> None:
    """The refusal names each guard; an upgrade puts them back and only then it opens."""
    raw.drop_guards()
    count = 22 if raw.postgres else 27
    assert count == len(bench.db.guard_problems())

    with pytest.raises(StoreUnusable, match=r"entry_follows.*siklus db upgrade"):
        Database(url)
    Database.upgrade(url)
    Database(url).close()


def test_a_changed_guard_and_a_strange_trigger_are_seen(bench: Bench, raw: Raw, url: str) -> None:
    """Not only names are compared: a guard that says yes to everything is none."""
    if raw.postgres:
        raw.run("CREATE OR REPLACE FUNCTION siklus_case_kept() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN OLD; END $$")  # fmt: skip
        raw.run("ALTER TABLE entry ENABLE TRIGGER entry_frozen")
        raw.run("CREATE TRIGGER spy AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION siklus_case_kept()")
        changed = {
            "guard case_kept was changed",
            "guard case_all_kept was changed",
            "guard entry_frozen was changed",
        }
    else:
        raw.run("DROP TRIGGER case_kept")
        raw.run("CREATE TRIGGER case_kept BEFORE DELETE ON cases BEGIN SELECT 1; END")
        raw.run("CREATE TRIGGER spy AFTER INSERT ON entry BEGIN SELECT 1; END")
        changed = {"guard case_kept was changed"}

    assert changed | {"trigger spy is not one of ours"} == set(bench.db.guard_problems())


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_replication_mode_does_not_switch_the_guards_off(bench: Bench, raw: Raw) -> None:
    """What skips ordinary triggers for a superuser does not skip these."""
    bench.case()
    raw.run("SET session_replication_role = replica")
    refused(raw, "DELETE FROM entry")
    refused(raw, "UPDATE cases SET state = 'closed'")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_snapshot_cannot_be_written_to(bench: Bench) -> None:
    """Reading connections refuse by themselves, whatever is asked of them."""
    with bench.db.read() as view, pytest.raises(StoreUnusable, match="readonly"):
        view.driver.run("DELETE FROM task")
