"""How a guard is written for each engine: a trigger of SQLite, a function and its trigger of PostgreSQL."""

from __future__ import annotations

from string import Template

__all__ = ["MIGRATING", "REFUSED", "STATE", "TAKEN", "function", "named", "on_sqlite"]

#: What a refusal's text begins with; the first is a lost race, the second is never right.
TAKEN = "siklus: taken: "
REFUSED = "siklus: refused: "
#: the error state PostgreSQL reports for a refusal of ours
STATE = "SK001"
#: the lock of PostgreSQL that a migration holds, and that whoever looks at the guards shares
MIGRATING = "hashtext('siklus.schema')"


def named(text: str, schema: str = "") -> str:
    """A condition with our tables in it: `$entry` is the table, with the schema it stands in before its name.

    So named nothing of another connection's making can stand in its place.
    """
    tables = ("entry", "erased", "leaf", "tile", "checkpoint")
    return Template(text).substitute({one: schema + one for one in tables})


def on_sqlite(name: str, when: str, condition: str, says: str) -> tuple[str, str]:
    """A guard's name and the text that makes it; without a condition it always refuses."""
    guarded = f"WHEN {named(condition)} " if condition else ""
    return (
        name,
        f"CREATE TRIGGER {name} {when} FOR EACH ROW {guarded}BEGIN SELECT RAISE(ABORT, '{says}'); END",
    )


def function(name: str, refuses_if: str, says: str, row: str = "NEW") -> tuple[str, str]:
    """A function's name and its body, the tables still to be named in it."""
    body = f"""
BEGIN
  IF {refuses_if} THEN
    RAISE EXCEPTION '{REFUSED}{says}' USING ERRCODE = '{STATE}';
  END IF;
  RETURN {row};
END
"""
    return name, body
