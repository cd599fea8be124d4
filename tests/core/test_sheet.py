"""Tables as people send them: told apart by content, measured before they are read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as some

from engine.core import sheet as sheets
from engine.core.sheet import Numeric, read_day, read_sheet
from engine.errors import SheetInvalid


def book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(workbook)
    workbook.close()
    return target.getvalue()


def refusal(data: bytes) -> SheetInvalid:
    """The error of bytes that cannot be read."""
    with pytest.raises(SheetInvalid) as caught:
        read_sheet(data)
    return caught.value


def rewritten(data: bytes, pattern: bytes, by: bytes) -> bytes:
    """The same file with the text of its sheets replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, re.sub(pattern, by, content) if "worksheets/" in name else content)
    return target.getvalue()


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_commas_and_semicolons_with_or_without_a_byte_order_mark_read_the_same(
    separator: str, mark: bytes
) -> None:
    """Excel writes all four."""
    text = (
        separator.join(("nip", '"nama, gelar; lengkap"'))
        + "\r\n"
        + separator.join(("007", " Budi "))
        + "\r\n"
    )
    found = read_sheet(mark + text.encode())

    assert "csv" == found.kind
    assert [(1, ("nip", "nama, gelar; lengkap")), (2, ("007", "Budi"))] == [
        (row.number, row.cells) for row in found.rows
    ]


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "SEP=;\r"])
def test_a_line_that_names_the_separator_is_no_row_but_counts(first: str) -> None:
    """Spreadsheet programs write it for one another; the numbers of the rows below stay those they show."""
    sheet = read_sheet(f"{first}a;b, c\n1;2\n".encode())

    assert [(2, ("a", "b, c")), (3, ("1", "2"))] == [(row.number, row.cells) for row in sheet.rows]


def test_tabs_separate_as_well() -> None:
    """What is copied out of a spreadsheet program comes with tabs; an empty cell stays one."""
    sheet = read_sheet(b"a\tb\tc\n1\t\t2, 3; 4\n")

    assert [("a", "b", "c"), ("1", "", "2, 3; 4")] == [row.cells for row in sheet.rows]


def test_row_numbers_are_those_a_spreadsheet_program_shows() -> None:
    """Empty rows are left out but counted; a cell of two lines is one row."""
    found = read_sheet(b'a,b\n\n,\n"x\ny",1\nz,2\n')

    assert [1, 4, 5] == [row.number for row in found.rows]


def test_numbers_in_excel_cells_can_be_told_from_texts() -> None:
    """Only so can an 18-digit number that Excel has rounded be refused."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(2, 0, "198107142006041003")
        sheet.write_number(2, 1, 198107142006041003)
        sheet.write_number(2, 2, 7)
        sheet.write_number(2, 3, 7.5)
        sheet.write_datetime(2, 4, datetime(2026, 12, 31), days)  # noqa: DTZ001 - a cell has no zone
        sheet.write_datetime(2, 5, datetime(2026, 12, 31, 8), days)  # noqa: DTZ001
        sheet.write_boolean(2, 6, True)

    (row,) = read_sheet(book(fill)).rows

    assert 3 == row.number
    assert (
        "198107142006041003",
        "198107142006040992",
        "7",
        "7.5",
        "2026-12-31",
        "2026-12-31T08:00:00",
        "TRUE",
    ) == row.cells
    assert [False, True, True, True, False, False, False] == [isinstance(cell, Numeric) for cell in row.cells]


def test_the_first_visible_sheet_is_read() -> None:
    """A hidden sheet of notes in front of the table is not the table."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        notes, table = workbook.add_worksheet("notes"), workbook.add_worksheet("people")
        notes.write_string(0, 0, "hidden")
        notes.hide()
        table.write_string(0, 0, "shown")
        table.activate()
        table.set_first_sheet()

    assert ("shown",) == read_sheet(book(fill)).rows[0].cells


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"nip,nama\n1,Jos\xe9\n", "line 2"),
        ("nip,nama\n".encode("utf-16"), "UTF-8"),
        (b"a\0b", "neither"),
        (b"", "no rows"),
        (b"\n \n,,\n", "no rows"),
        (b'a,b\n"open,1\n', "quotation mark"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"PK\x03\x04 and then nothing", ".xlsx"),
        (b"x" * (sheets.MAX_BYTES + 1), "split"),
        (b"," * 60 + b"x", "60 columns"),
        (b"x\n" * (sheets.MAX_ROWS + 2), "200,000 rows"),
    ],
    ids=[
        "latin-1",
        "utf-16",
        "binary",
        "empty",
        "blank",
        "quote",
        "xls",
        "no-zip",
        "bytes",
        "columns",
        "rows",
    ],
)
def test_what_cannot_be_read_is_refused_in_both_languages(data: bytes, word: str) -> None:
    """The sentence says what would work."""
    error = refusal(data)

    assert word in error.message
    assert error.message_id not in {"", error.message}


@pytest.mark.heavy
def test_the_largest_table_allowed_is_read() -> None:
    """The limit counts people, not the header."""
    assert sheets.MAX_ROWS + 1 == len(read_sheet(b"x\n" * (sheets.MAX_ROWS + 1)).rows)


@pytest.mark.parametrize(
    ("cell", "word"), [(b'r="A1048576"', "rows"), (b"r = 'XFD1'", "columns")], ids=["far-below", "far-right"]
)
def test_a_cell_far_away_is_refused_before_the_table_is_built(cell: bytes, word: str) -> None:
    """Three bytes of reference would make the reader allocate all cells in between."""
    data = book(lambda workbook: workbook.add_worksheet().write_string(0, 0, "nip"))

    assert word in refusal(rewritten(data, rb'r="A1"', cell)).message


def test_a_small_file_that_unpacks_into_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is declared counts, nothing is unpacked to find out."""
    monkeypatch.setattr(sheets, "_MAX_UNPACKED", 10_000_000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(5):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 2_100_000)

    assert len(target.getvalue()) < 100_000
    assert "unpacks" in refusal(target.getvalue()).message


def test_a_sheet_in_another_encoding_is_refused() -> None:
    """Its references could not be measured."""
    data = book(lambda workbook: workbook.add_worksheet().write_string(0, 0, "nip"))

    assert "UTF-8" in refusal(rewritten(data, rb"<sheetData>", b"<\0sheetData>")).message


@given(some.binary(max_size=300), some.integers(min_value=0, max_value=4000))
def test_damaged_files_are_refused_not_crashed_on(junk: bytes, place: int) -> None:
    """Whatever stands in the bytes: rows, or our refusal."""
    whole = _GOOD[: place % len(_GOOD)] + junk + _GOOD[place % len(_GOOD) + len(junk) :]
    for data in (junk, b"PK\x03\x04" + junk, whole):
        try:
            rows = read_sheet(data).rows
        except SheetInvalid:
            continue

        assert rows


_GOOD = book(lambda workbook: workbook.add_worksheet().write_row(0, 0, ["nip", "nama", 3]))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("1.2.2026", date(2026, 2, 1)),
        ("01-02-2026", date(2026, 2, 1)),
        ("2026-12-31 00:00:00", date(2026, 12, 31)),
        ("12/31/2026", None),
        ("31/02/2026", None),
        ("31/12/26", None),
        ("2026-12-31T08:00:00", None),
        ("٣١/١٢/٢٠٢٦", None),
        ("", None),
    ],
)
def test_dates_are_read_day_first_and_never_guessed(text: str, day: date | None) -> None:
    """The American order is not a date here, nor is a year of two digits."""
    assert day == read_day(text)
