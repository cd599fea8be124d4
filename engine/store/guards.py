"""What the database itself refuses: to change the log, to change a case without an entry, to lose words unerased.

On PostgreSQL the rows that are kept back from a reader (`engine.store.row_security`) go on and off with them.
The guards are no part of the metadata: batch migrations on SQLite rebuild tables and drop their triggers silently,
so they are taken off before and put on again after every migration, and compared whenever a database is opened.
"""

from __future__ import annotations

from engine.core.audit import START
from engine.store import guards_sealing, row_security
from engine.store.driver import Driver
from engine.store.guard_making import MIGRATING, REFUSED, TAKEN, function, named, on_sqlite

_TABLES = ("entry", "cases", "content", "statement", "erased", *guards_sealing.TABLES)

_ENTRY_FOLLOWS = f"(NEW.seq = 1 AND NEW.prev = '{START}')"
_ENTRY_FOLLOWS += """ OR EXISTS (
    SELECT 1 FROM $entry WHERE stream = NEW.stream AND seq = NEW.seq - 1 AND hash = NEW.prev)"""
_CASE_TOLD = """EXISTS (
    SELECT 1 FROM $entry WHERE stream = 'case/' || NEW.id AND seq = NEW.seq AND hash = NEW.head)"""
_CASE_GOES_ON = """NEW.version > OLD.version AND NEW.seq > OLD.seq AND NEW.id = OLD.id
    AND NEW.cycle_id = OLD.cycle_id AND NEW.subject = OLD.subject AND NEW.segment = OLD.segment"""

_WORDS_ERASED = """EXISTS (
    SELECT 1 FROM $erased WHERE stream = 'case/' || OLD.case_id AND seq = OLD.seq
    AND name = CASE OLD.form WHEN '' THEN 'reason' ELSE OLD.form END)"""
_STATEMENT_ERASED = """EXISTS (
    SELECT 1 FROM $erased WHERE stream = OLD.stream AND seq = OLD.seq AND name = 'reason')"""

_FROZEN = "an entry is never changed or removed"
_BROKEN = "an entry must follow the one before it in its stream"
_UNTOLD = "a case changes only with an entry that tells it"
_KEPT = "a case is never removed"
_UNERASED = "words go only with an erasure that tells of them"
_LISTED = "what an erasure took is never changed or removed"


# `OR REPLACE` deletes without firing delete triggers unless the connection asks for recursive triggers; a stranger's
# connection does not, so a row that is already there is refused before the conflict is resolved. The number SQLite
# gives each row is a key as well, by which a row could be replaced; where none was given, NEW.rowid is -1.
_SQLITE = guards_sealing.SQLITE | dict(
    (
        on_sqlite(
            "entry_once",
            "BEFORE INSERT ON entry",
            "EXISTS (SELECT 1 FROM entry WHERE stream = NEW.stream AND seq = NEW.seq)"
            " OR EXISTS (SELECT 1 FROM entry WHERE rowid = NEW.rowid)",
            TAKEN + "this entry is already written",
        ),
        on_sqlite("entry_follows", "BEFORE INSERT ON entry", f"NOT ({_ENTRY_FOLLOWS})", REFUSED + _BROKEN),
        on_sqlite("entry_unchanged", "BEFORE UPDATE ON entry", "", REFUSED + _FROZEN),
        on_sqlite("entry_kept", "BEFORE DELETE ON entry", "", REFUSED + _FROZEN),
        on_sqlite(
            "case_once",
            "BEFORE INSERT ON cases",
            "EXISTS (SELECT 1 FROM cases WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM cases"
            " WHERE cycle_id = NEW.cycle_id AND subject = NEW.subject AND segment = NEW.segment)"
            " OR EXISTS (SELECT 1 FROM cases WHERE rowid = NEW.rowid)",
            TAKEN + "this case is already there",
        ),
        on_sqlite("case_begun", "BEFORE INSERT ON cases", f"NOT {_CASE_TOLD}", REFUSED + _UNTOLD),
        on_sqlite(
            "case_told",
            "BEFORE UPDATE ON cases",
            f"NOT ({_CASE_GOES_ON} AND NEW.rowid = OLD.rowid AND {_CASE_TOLD})",
            REFUSED + _UNTOLD,
        ),
        on_sqlite("case_kept", "BEFORE DELETE ON cases", "", REFUSED + _KEPT),
        on_sqlite("content_erased", "BEFORE DELETE ON content", f"NOT {_WORDS_ERASED}", REFUSED + _UNERASED),
        on_sqlite(
            "statement_erased",
            "BEFORE DELETE ON statement",
            f"NOT {_STATEMENT_ERASED}",
            REFUSED + _UNERASED,
        ),
        on_sqlite("erased_unchanged", "BEFORE UPDATE ON erased", "", REFUSED + _LISTED),
        on_sqlite("erased_kept", "BEFORE DELETE ON erased", "", REFUSED + _LISTED),
    )
)


_FUNCTIONS = guards_sealing.FUNCTIONS | dict(
    (
        function("siklus_entry_follows", f"NOT ({_ENTRY_FOLLOWS})", _BROKEN),
        function("siklus_entry_frozen", "TRUE", _FROZEN),
        function("siklus_case_begun", f"NOT {_CASE_TOLD}", _UNTOLD),
        function("siklus_case_told", f"NOT ({_CASE_GOES_ON} AND {_CASE_TOLD})", _UNTOLD),
        function("siklus_case_kept", "TRUE", _KEPT),
        function("siklus_content_erased", f"NOT {_WORDS_ERASED}", _UNERASED, "OLD"),
        function("siklus_statement_erased", f"NOT {_STATEMENT_ERASED}", _UNERASED, "OLD"),
        function("siklus_erased_kept", "TRUE", _LISTED),
    )
)
# Where our tables stand, as it is written in a statement. A bare name would be looked up anew in each connection,
# and there a temporary table comes first: anybody who may connect could show the guards a log of their own.
_OUR_SCHEMA = "SELECT quote_ident(current_schema())"

# A statement that writes entry and case at once does not see its own entry in a trigger that fires within it, so
# the guards of a case wait for the commit. The texts are spelt as PostgreSQL spells them back (`compare`).
_DEFERRED = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION"
_POSTGRESQL = {
    name: f"CREATE {rest}"
    for name, rest in {
        "entry_follows": "TRIGGER entry_follows BEFORE INSERT ON entry"
        " FOR EACH ROW EXECUTE FUNCTION siklus_entry_follows()",
        "entry_frozen": "TRIGGER entry_frozen BEFORE DELETE OR UPDATE ON entry"
        " FOR EACH ROW EXECUTE FUNCTION siklus_entry_frozen()",
        "entry_kept": "TRIGGER entry_kept BEFORE TRUNCATE ON entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION siklus_entry_frozen()",
        "case_begun": f"CONSTRAINT TRIGGER case_begun AFTER INSERT ON cases {_DEFERRED} siklus_case_begun()",
        "case_told": f"CONSTRAINT TRIGGER case_told AFTER UPDATE ON cases {_DEFERRED} siklus_case_told()",
        "case_kept": "TRIGGER case_kept BEFORE DELETE ON cases"
        " FOR EACH ROW EXECUTE FUNCTION siklus_case_kept()",
        "content_erased": "TRIGGER content_erased BEFORE DELETE ON content"
        " FOR EACH ROW EXECUTE FUNCTION siklus_content_erased()",
        "statement_erased": "TRIGGER statement_erased BEFORE DELETE ON statement"
        " FOR EACH ROW EXECUTE FUNCTION siklus_statement_erased()",
        "erased_kept": "TRIGGER erased_kept BEFORE DELETE OR UPDATE ON erased"
        " FOR EACH ROW EXECUTE FUNCTION siklus_erased_kept()",
        "erased_all_kept": "TRIGGER erased_all_kept BEFORE TRUNCATE ON erased"
        " FOR EACH STATEMENT EXECUTE FUNCTION siklus_erased_kept()",
        "case_all_kept": "TRIGGER case_all_kept BEFORE TRUNCATE ON cases"
        " FOR EACH STATEMENT EXECUTE FUNCTION siklus_case_kept()",
        **guards_sealing.POSTGRESQL,
    }.items()
}


def install(driver: Driver) -> None:
    """Put the guards on. They must be off: `remove` first."""
    if driver.kind == "sqlite":
        for text in _SQLITE.values():
            driver.run(text)
        return
    for name, body in _functions(driver).items():
        driver.run(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    for name, text in _POSTGRESQL.items():
        driver.run(text)
        # Also a superuser's replication mode must not switch a guard off.
        driver.run(f"ALTER TABLE {_table(text)} ENABLE ALWAYS TRIGGER {name}")
    row_security.install(driver)


def remove(driver: Driver) -> None:
    """Take off whatever triggers stand on the guarded tables, for the length of a migration."""
    for name, table, _ in _found(driver):
        driver.run(f'DROP TRIGGER "{name}"' + ("" if driver.kind == "sqlite" else f" ON {table}"))
    if driver.kind == "postgresql":
        row_security.remove(driver)


def compare(driver: Driver) -> tuple[str, ...]:
    """What differs between the guards this database has and the ones it must have, as sentences.

    Waits for a migration under way: PostgreSQL locks tables to spell their guards out, and would meet it halfway.
    """
    if driver.kind == "postgresql":
        driver.rows(f"SELECT pg_advisory_xact_lock_shared({MIGRATING})")
    found = {name: text for name, _, text in _found(driver)}
    wanted = _wanted(driver)
    missing = [f"guard {name} is missing" for name in wanted if name not in found]
    strange = [f"trigger {name} is not one of ours" for name in found if name not in wanted]
    changed = [
        f"guard {name} was changed" for name in wanted if name in found and found[name] != wanted[name]
    ]
    policies = row_security.compare(driver) if driver.kind == "postgresql" else ()
    return (*missing, *strange, *changed, *policies)


def _table(text: str) -> str:
    return next(table for table in _TABLES if f" ON {table} " in text)


def _functions(driver: Driver) -> dict[str, str]:
    schema = f"{driver.rows(_OUR_SCHEMA)[0][0]}."
    return {name: named(body, schema) for name, body in _FUNCTIONS.items()}


def _wanted(driver: Driver) -> dict[str, str]:
    if driver.kind == "sqlite":
        return _SQLITE
    bodies = _functions(driver)
    functions = {name: text.rsplit(" ", 1)[-1].removesuffix("()") for name, text in _POSTGRESQL.items()}
    return {name: f"A {text}{bodies[functions[name]]}" for name, text in _POSTGRESQL.items()}


_GUARDED = ", ".join(f"'{table}'" for table in _TABLES)
_FOUND_SQLITE = (
    f"SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({_GUARDED})"  # noqa: S608
)
_FOUND_POSTGRESQL = f"""
SELECT t.tgname::text, c.relname::text, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid, true) || p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relname IN ({_GUARDED})
AND c.relnamespace = to_regnamespace(current_schema())"""  # noqa: S608 - names of ours


def _found(driver: Driver) -> list[tuple[str, str, str]]:
    text = _FOUND_SQLITE if driver.kind == "sqlite" else _FOUND_POSTGRESQL
    return [(str(name), str(table), str(sql)) for name, table, sql in driver.rows(text)]
