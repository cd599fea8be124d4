"""Bytes of a CSV or XLSX table to rows of text cells, with the row numbers a spreadsheet program shows.

The one door to python_calamine. It knows nothing of what the columns mean; limits are looked at before content.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from engine.errors import SheetInvalid

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Numeric", "Row", "Sheet", "read_day", "read_sheet"]

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 60
_MAX_UNPACKED = 400_000_000
_CHUNK = 1 << 20
_OVERLAP = 64  # longer than any cell reference with its attribute's name
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,4})([0-9]{1,9})[\"']")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
#: what may stand between two cells, the likeliest first
_SEPARATORS = ",;\t"
#: a first line by which spreadsheet programs tell one another the separator
_DECLARED = re.compile(r"\"?sep=([,;\t])\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_CIVIL = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


class Numeric(str):
    """The text of a cell that a spreadsheet program holds as a number: of its digits only 15 are true."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that is not empty; `number` counts from 1, empty rows included. Cells are stripped."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The first visible table of a file."""

    kind: str
    rows: tuple[Row, ...]


def read_sheet(data: bytes) -> Sheet:
    """The rows of a CSV (comma, semicolon or tab; UTF-8) or XLSX file, told apart by content, not by name.

    Raises: SheetInvalid.
    """
    if len(data) > MAX_BYTES:
        raise SheetInvalid(
            f"the file has {len(data):,} bytes, more than the {MAX_BYTES:,} allowed; split it",
            f"berkas berukuran {len(data):,} bita, melebihi batas {MAX_BYTES:,}; bagilah menjadi beberapa berkas",
        )
    if data.startswith(b"PK\x03\x04"):
        return Sheet(kind="xlsx", rows=_kept(_xlsx_rows(data)))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetInvalid(
            "this is an old Excel file (.xls) or one with a password; save it as .xlsx without a password, or as CSV",
            "ini berkas Excel lama (.xls) atau berkas dengan kata sandi; simpan sebagai .xlsx tanpa sandi atau CSV",
        )
    return Sheet(kind="csv", rows=_kept(_csv_rows(data)))


def read_day(text: str) -> date | None:
    """The date a cell says, as 2026-12-31 or 31/12/2026 (also with dots or dashes); None if it says none."""
    iso, civil = _ISO.fullmatch(text), _CIVIL.fullmatch(text)
    if iso is not None:
        year, month, day = iso.groups()
    elif civil is not None:
        day, month, year = civil.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _kept(rows: Iterable[tuple[str, ...]]) -> tuple[Row, ...]:
    """Rows with something in them; the limits hold for what is kept, row by row while it is read."""
    kept: list[Row] = []
    for number, cells in enumerate(rows, start=1):
        width = len(cells)
        while width and not cells[width - 1]:
            width -= 1
        if width > MAX_COLUMNS:
            raise _too_wide()
        if width:
            if len(kept) > MAX_ROWS:  # the header comes on top
                raise _too_long()
            kept.append(Row(number=number, cells=cells[:width]))
    if not kept:
        raise SheetInvalid("the file has no rows", "berkas tidak berisi baris apa pun")
    return tuple(kept)


def _too_wide() -> SheetInvalid:
    return SheetInvalid(
        f"the table has more than {MAX_COLUMNS} columns; keep only those that are read",
        f"tabel memiliki lebih dari {MAX_COLUMNS} kolom; sisakan kolom yang diperlukan saja",
    )


def _too_long() -> SheetInvalid:
    return SheetInvalid(
        f"the table has more than {MAX_ROWS:,} rows; split it",
        f"tabel memiliki lebih dari {MAX_ROWS:,} baris; bagilah menjadi beberapa berkas",
    )


def _csv_rows(data: bytes) -> Iterator[tuple[str, ...]]:
    text = _decoded(data)
    declared = _DECLARED.match(text)
    if declared is not None:
        separator, text, above = declared[1], text[declared.end() :], 1
        yield ()  # the line is no row of the table, but a row of the file
    else:
        header = next((line for line in text.splitlines() if line.strip()), "")
        unquoted = re.sub(r'"[^"]*"', "", header)
        separator, above = max(_SEPARATORS, key=unquoted.count), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield tuple(cell.strip() for cell in cells)
    except csv.Error as error:
        raise SheetInvalid(
            f"line {reader.line_num + above} is not CSV ({error}); look for a quotation mark that is not closed",
            f"baris teks {reader.line_num + above} bukan CSV yang benar; periksa tanda kutip yang tidak ditutup",
        ) from None


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SheetInvalid(
            f'the text is not UTF-8 (line {line}); save it as "CSV UTF-8" or as .xlsx',
            f'teks tidak memakai UTF-8 (baris teks {line}); simpan sebagai "CSV UTF-8" atau .xlsx',
        ) from None
    if "\0" in text:
        raise SheetInvalid(
            "the file is neither a CSV text in UTF-8 nor an .xlsx table",
            "berkas ini bukan teks CSV dalam UTF-8 dan bukan pula tabel .xlsx",
        )
    return text


def _xlsx_rows(data: bytes) -> Iterator[tuple[str, ...]]:
    _measure(data)
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
        sheets = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        rows = book.get_sheet_by_name(sheets[0]).to_python(skip_empty_area=False) if sheets else []
    except PasswordError:
        raise SheetInvalid(
            "the file has a password; save it without one",
            "berkas memakai kata sandi; simpan tanpa kata sandi",
        ) from None
    except CalamineError as error:
        raise _broken(str(error)) from None
    return (tuple(_cell(value) for value in row) for row in rows)


def _cell(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return Numeric(int(value))
        case int() | float():
            return Numeric(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _measure(data: bytes) -> None:
    """Refuses what would unpack into too much: a cell far away makes the reader allocate all between."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MAX_UNPACKED:
                raise SheetInvalid(
                    f"the file unpacks into more than {_MAX_UNPACKED:,} bytes; save only the table, as .xlsx or CSV",
                    f"isi berkas melebihi {_MAX_UNPACKED:,} bita setelah dibuka; simpan tabelnya saja",
                )
            for part in packed.infolist():
                if "worksheets/" in part.filename.lower() and part.filename.lower().endswith(".xml"):
                    _measure_part(packed, part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise _broken(str(error)) from None


def _measure_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with packed.open(part) as content:
        rest = b""
        while chunk := content.read(_CHUNK):
            if b"\0" in chunk:
                raise _broken("a sheet inside is not UTF-8")
            for letters, digits in _REFERENCE.findall(rest + chunk):
                if int(digits) > MAX_ROWS + 1:
                    raise _too_long()
                if letters and _column(letters) > MAX_COLUMNS:
                    raise _too_wide()
            rest = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _broken(why: str) -> SheetInvalid:
    return SheetInvalid(
        f"the .xlsx file cannot be read ({why}); open it in a spreadsheet program and save it again",
        "berkas .xlsx tidak dapat dibaca; buka dengan aplikasi lembar kerja lalu simpan kembali",
    )
