"""Tables for spreadsheet programs: whatever somebody wrote into a cell stays a text there, and never runs.

The one door by which a CSV leaves. What begins like a formula gets an apostrophe in front (OWASP ASVS 5.0, 1.2.10);
numbers that we computed stay numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TextIO

__all__ = ["harmless", "write_csv"]

#: by what spreadsheet programs know a formula, and its twins in full width
_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
#: what they leave out before they look: blanks, the byte order mark, letters without a width
_UNSEEN = "".join(
    map(chr, (0x20, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF))
)


def write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows under these columns, quoted as RFC 4180 says."""
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(row.get(name)) for name in columns])


def harmless(value: object) -> object:
    """A cell as it may be written: numbers as they are, lists with blanks between, texts that begin no formula."""
    if value is None or isinstance(value, bool | int | Decimal):
        return value
    told = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    told = told.replace("\0", "")
    bare = told.lstrip(_UNSEEN)
    return f"'{told}" if bare[:1] in _STARTS and bare else told
