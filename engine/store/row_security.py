"""Rows a reader may see, kept by PostgreSQL itself: a second layer below the condition that each list has of its own.

A connection says who asks in settings of its transaction. The engine's own connections say `*` once and see every row,
since a step needs all of a case. One that lends itself to a reader says nothing until the transaction begins, so what
forgets to say who asks sees no row at all. The policies are the atoms of `engine.store.reach` in the database's own
words, but for one: of a delegation's scope they know the giver alone. SQLite has no such layer.
"""

from __future__ import annotations

import re

from engine.core.access import NOTHING, Asker, holds, rules_of
from engine.store.driver import Driver

__all__ = ["ENGINE", "ask_as", "compare", "install", "remove", "settings_of"]

#: who asks, where the engine itself does
ENGINE = "*"

_BETWEEN = "\x1f"
_ASKER = "current_setting('siklus.asker', true)"
_EVERY = "current_setting('siklus.every', true)"


def _listed(setting: str) -> str:
    return f"string_to_array(current_setting('siklus.{setting}', true), chr(31))"


_IS_ENGINE = f"{_ASKER} = '*'"
_CASE = f"""{_EVERY} = 'all'
 OR {_EVERY} = 'others' AND subject <> {_ASKER}
 OR subject <> '' AND subject = {_ASKER}
 OR id = ANY ({_listed("glass")}) AND subject <> {_ASKER}
 OR id IN (SELECT task.case_id FROM task WHERE task.holder <> '' AND task.holder = {_ASKER})
 OR id IN (SELECT party.case_id FROM party WHERE party.person <> '' AND party.person = {_ASKER}
     AND (party.last = '' OR party.last >= party.first))
 OR id IN (SELECT party.case_id FROM party WHERE party.last = '' AND (party.person = ANY ({_listed("desks")})
     OR party.lent = 1 AND party.person = ANY ({_listed("givers")})))"""  # noqa: S608 - made of constants of this room
_OF_CASE = "EXISTS (SELECT 1 FROM cases WHERE cases.id = {table}.case_id)"

#: what a reader sees of each table; everything of the others
_SEEN = {
    "cases": _CASE,
    # These two are looked at by the policy of `cases` and so cannot look there themselves.
    "task": f"{_EVERY} <> '' OR holder = {_ASKER} OR holder = ANY ({_listed('givers')})",
    "party": f"{_EVERY} <> '' OR person = {_ASKER} OR person = ANY ({_listed('desks')})"
    f" OR person = ANY ({_listed('givers')})",
    "content": _OF_CASE.format(table="content"),
    "attachment": _OF_CASE.format(table="attachment"),
    "entry": "EXISTS (SELECT 1 FROM cases WHERE entry.stream = 'case/' || cases.id)",
    "outbox": f"recipient <> '' AND recipient = {_ASKER}",
}
_POLICIES = {
    **{f"{table}_engine": (table, "ALL", _IS_ENGINE) for table in _SEEN},
    **{f"{table}_seen": (table, "SELECT", seen) for table, seen in _SEEN.items()},
}


def settings_of(asker: Asker) -> dict[str, str]:
    """What a reader's transaction says of who asks: the settings the policies look at."""
    if asker.scopes is not None and "read" not in asker.scopes:
        asker = Asker()
    return {
        "siklus.asker": asker.person,
        "siklus.every": _every(asker),
        "siklus.desks": _BETWEEN.join(sorted(asker.desks)),
        "siklus.givers": _BETWEEN.join(sorted({name for one in asker.lent for name in one.names})),
        "siklus.glass": _BETWEEN.join(sorted(asker.glass)),
    }


def ask_as(driver: Driver, asker: Asker) -> None:
    """Say for the length of the transaction who asks; nothing where the database keeps no rows back."""
    if driver.kind == "postgresql":
        said = settings_of(asker)
        calls = ", ".join("set_config(%s, %s, true)" for _ in said)
        driver.rows(f"SELECT {calls}", [word for pair in said.items() for word in pair])


def _every(asker: Asker) -> str:
    """Whether some rule opens every case to this asker, or every case of others, whatever the case is."""
    found = [rule for rule in rules_of("case.read") if holds(rule.who, asker, NOTHING)]
    if not found:
        return ""
    return "all" if any(rule.when is None for rule in found) else "others"


def install(driver: Driver) -> None:
    """Put the policies on, also against the owner of the tables. They must be off: `remove` first.

    A schema from before parties were kept has none: what a reader may see cannot be said of it.
    """
    if not driver.rows("SELECT 1 WHERE to_regclass('party') IS NOT NULL"):
        return
    for table in _SEEN:
        driver.run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        driver.run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for name, (table, what, condition) in _POLICIES.items():
        driver.run(f"CREATE POLICY {name} ON {table} FOR {what} USING ({condition})")


def remove(driver: Driver) -> None:
    """Take off whatever policies stand on our tables, for the length of a migration."""
    for name, table, _, _ in _found(driver):
        driver.run(f'DROP POLICY "{name}" ON {table}')
    for table, _, _ in _tables(driver):
        driver.run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        driver.run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def compare(driver: Driver) -> tuple[str, ...]:
    """What differs between the policies this database has and the ones it must have, as sentences."""
    found = {name: (table, what, _plain(text)) for name, table, what, text in _found(driver)}
    wanted = {name: (table, what, _plain(text)) for name, (table, what, text) in _POLICIES.items()}
    on = {table for table, enabled, forced in _tables(driver) if enabled and forced}
    return (
        *(f"row security of {table} is off" for table in _SEEN if table not in on),
        *(f"policy {name} is missing" for name in wanted if name not in found),
        *(f"policy {name} is not one of ours" for name in found if name not in wanted),
        *(f"policy {name} was changed" for name in wanted if name in found and found[name] != wanted[name]),
    )


def _plain(text: str) -> str:
    """A condition without what a server adds or leaves out when it writes it back: brackets, casts, spaces."""
    return re.sub(r"::text(\[\])?|[()\s]", "", text).lower()


def _found(driver: Driver) -> list[tuple[str, str, str, str]]:
    rows = driver.rows(_FOUND)
    return [(str(name), str(table), str(what), str(text)) for name, table, what, text in rows]


_FOUND = """
SELECT policyname::text, tablename::text, cmd::text, qual || coalesce(with_check, '')
FROM pg_policies WHERE schemaname = current_schema() ORDER BY policyname"""


def _tables(driver: Driver) -> list[tuple[str, bool, bool]]:
    rows = driver.rows(_TABLES)
    return [(str(name), bool(enabled), bool(forced)) for name, enabled, forced in rows if name in _SEEN]


_TABLES = """
SELECT relname::text, relrowsecurity, relforcerowsecurity FROM pg_class
WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p')"""
