"""What the database refuses about the sealed log: a leaf out of turn, another root for a size, any change at all."""

from __future__ import annotations

from engine.store.guard_making import REFUSED, TAKEN, function, on_sqlite

__all__ = ["FUNCTIONS", "POSTGRESQL", "SQLITE", "TABLES"]

TABLES = ("leaf", "tile", "checkpoint", "cosignature")

_LEAF_NEXT = """(NEW.idx = 0 OR EXISTS (SELECT 1 FROM $leaf WHERE idx = NEW.idx - 1))
    AND EXISTS (SELECT 1 FROM $entry WHERE stream = NEW.stream AND seq = NEW.seq)
    AND (NEW.seq = 1 OR EXISTS (SELECT 1 FROM $leaf WHERE stream = NEW.stream AND seq = NEW.seq - 1))"""
_TILE_NEXT = """NEW.level > 0
    AND (NEW.idx = 0 OR EXISTS (SELECT 1 FROM $tile WHERE level = NEW.level AND idx = NEW.idx - 1))"""
_CHECKPOINT_NEXT = """EXISTS (SELECT 1 FROM $leaf WHERE idx = NEW.size - 1)
    AND NOT EXISTS (SELECT 1 FROM $checkpoint WHERE size >= NEW.size)"""

_LEAF_WRONG = "a leaf is the next one, of an entry that is there, after the entry before it"
_TILE_WRONG = "a node of the tree is the next one of its level"
_CHECKPOINT_WRONG = "a checkpoint is of leaves that are there, and larger than every one before"
_FROZEN = "the sealed log is never changed or shortened"

_FOLLOWS = {
    "leaf": (_LEAF_NEXT, _LEAF_WRONG),
    "tile": (_TILE_NEXT, _TILE_WRONG),
    "checkpoint": (_CHECKPOINT_NEXT, _CHECKPOINT_WRONG),
}
# As for entries: a row that is there is refused before a conflict is resolved by replacing it. The number SQLite
# gives each row is a key as well; that of a leaf and of a checkpoint is the key itself.
_ONCE = {
    "leaf": "EXISTS (SELECT 1 FROM leaf WHERE idx = NEW.idx)"
    " OR EXISTS (SELECT 1 FROM leaf WHERE stream = NEW.stream AND seq = NEW.seq)",
    "tile": "EXISTS (SELECT 1 FROM tile WHERE level = NEW.level AND idx = NEW.idx)"
    " OR EXISTS (SELECT 1 FROM tile WHERE rowid = NEW.rowid)",
    "checkpoint": "EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)",
    "cosignature": "EXISTS (SELECT 1 FROM cosignature WHERE size = NEW.size AND witness = NEW.witness)"
    " OR EXISTS (SELECT 1 FROM cosignature WHERE rowid = NEW.rowid)",
}

SQLITE = dict(
    (
        *(
            on_sqlite(
                f"{name}_once", f"BEFORE INSERT ON {name}", there, TAKEN + f"this {name} is already written"
            )
            for name, there in _ONCE.items()
        ),
        *(
            on_sqlite(f"{name}_follows", f"BEFORE INSERT ON {name}", f"NOT ({right})", REFUSED + says)
            for name, (right, says) in _FOLLOWS.items()
        ),
        *(
            on_sqlite(f"{name}_unchanged", f"BEFORE UPDATE ON {name}", "", REFUSED + _FROZEN)
            for name in TABLES
        ),
        *(on_sqlite(f"{name}_kept", f"BEFORE DELETE ON {name}", "", REFUSED + _FROZEN) for name in TABLES),
    )
)

FUNCTIONS = dict(
    (
        *(
            function(f"siklus_{name}_follows", f"NOT ({right})", says)
            for name, (right, says) in _FOLLOWS.items()
        ),
        function("siklus_sealed_frozen", "TRUE", _FROZEN),
    )
)

POSTGRESQL = {
    **{
        f"{name}_follows": f"TRIGGER {name}_follows BEFORE INSERT ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION siklus_{name}_follows()"
        for name in _FOLLOWS
    },
    **{
        f"{name}_frozen": f"TRIGGER {name}_frozen BEFORE DELETE OR UPDATE ON {name}"
        " FOR EACH ROW EXECUTE FUNCTION siklus_sealed_frozen()"
        for name in TABLES
    },
    **{
        f"{name}_kept": f"TRIGGER {name}_kept BEFORE TRUNCATE ON {name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION siklus_sealed_frozen()"
        for name in TABLES
    },
}
