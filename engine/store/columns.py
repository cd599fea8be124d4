"""What all tables are made of: keys compared by bytes, whole numbers of 64 bits, bytes; none is NULL unasked."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INTEGER = BigInteger().with_variant(Integer(), "sqlite")
KEY = Text().with_variant(Text(collation="C"), "postgresql")
_BYTES = LargeBinary()


def key(name: str, *rules: ForeignKey, primary: bool = False) -> Column[str]:
    """A column of text."""
    return Column(name, KEY, *rules, primary_key=primary, nullable=False)


def number(name: str, *, primary: bool = False, optional: bool = False) -> Column[int]:
    """A column of whole numbers."""
    return Column(name, INTEGER, primary_key=primary, nullable=optional, autoincrement=False)


def blob(name: str) -> Column[bytes]:
    """A column of bytes."""
    return Column(name, _BYTES, nullable=False)
