"""What can be wrong with a row of a people file, as sentences in English and Indonesian."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.complaints import InBoth
from engine.core.definition import Label

__all__ = ["MESSAGES", "RowProblem", "problem"]


#: a row, a column, the file as a whole
_PLACES = {"en": ("row", "column", "file"), "id": ("baris", "kolom", "berkas")}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One thing wrong in a people file: row 0 is the file as a whole, `column` the header as it stands there."""

    row: int
    column: str
    code: str
    message: InBoth
    value: str

    def __str__(self) -> str:
        return self.told("en")

    def told(self, language: str) -> str:
        """The problem in one line: where, its code, and a sentence."""
        row, column, file = _PLACES[language]
        place = f"{row} {self.row}" if self.row else file
        named = f", {column} {self.column}" if self.column else ""
        return f"{place}{named}: {self.code}: {self.message[language]}"

    def as_json(self) -> dict[str, object]:
        """The problem for programs: plain values only, its sentence in both languages."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": {"id": self.message["id"], "en": self.message["en"]},
            "value": self.value,
        }


#: code: (English, Indonesian). `{value}` is what stands in the cell, `{near}` a suggestion or nothing.
MESSAGES: dict[str, tuple[str, str]] = {
    "column_unknown": (
        "the column {value!r} is not known{near}; rename it, remove it, or put # before its name",
        "kolom {value!r} tidak dikenal{near}; ganti namanya, hapus kolomnya, atau awali namanya dengan #",
    ),
    "column_missing": (
        "the column {value} is missing; it may be called {names}",
        "kolom {value} tidak ada; nama yang diterima: {names}",
    ),
    "column_twice": (
        "two columns mean {value}; keep one",
        "ada dua kolom dengan arti {value}; sisakan satu",
    ),
    "no_people": ("there is a header but nobody below it", "hanya ada baris judul tanpa data pegawai"),
    "too_many_cells": (
        "the row has more cells than the header; look for a separator inside a text without quotation marks",
        "sel pada baris ini lebih banyak daripada kolom judul; periksa pemisah di dalam teks tanpa tanda kutip",
    ),
    "missing": ("the cell is empty but needed", "sel ini kosong, padahal wajib diisi"),
    "too_long": ("the text is longer than {most} characters", "teks lebih panjang dari {most} karakter"),
    "unprintable": (
        "the text has a control character; type it again",
        "teks memuat karakter kendali; ketik ulang",
    ),
    "numeric_id": (
        (
            "the number {value} is held as a number: Excel keeps 15 digits and has already rounded the rest; "
            "format the column as text and enter it anew"
        ),
        (
            "nomor {value} tersimpan sebagai angka: Excel hanya menyimpan 15 digit dan sudah membulatkan sisanya; "
            "ubah format kolom menjadi teks lalu isi kembali"
        ),
    ),
    "rounded_id": (
        "{value!r} is a number that a spreadsheet program has rounded; take it again from its source, as text",
        "{value!r} adalah angka yang sudah dibulatkan aplikasi lembar kerja; ambil lagi dari sumbernya sebagai teks",
    ),
    "nip_digits": (
        "a NIP has 18 digits, {value!r} has {digits}; for other numbers fill the column scheme",
        "NIP terdiri atas 18 digit, sedangkan {value!r} memiliki {digits}; untuk nomor lain isi kolom scheme (skema)",
    ),
    "bad_date": (
        "{value!r} is not a date; write 2026-12-31 or 31/12/2026",
        "{value!r} bukan tanggal; tulis 2026-12-31 atau 31/12/2026",
    ),
    "ends_before_start": (
        "the last day {value} is before the first day {other}",
        "hari terakhir {value} mendahului hari pertama {other}",
    ),
    "no_first_day": (
        "there is a last day but no first day in the column {other}",
        "ada hari terakhir, tetapi kolom {other} untuk hari pertama kosong",
    ),
    "bad_email": ("{value!r} is not an e-mail address", "{value!r} bukan alamat surel"),
    "zone_unknown": (
        "the time zone {value!r} is not known; write WIB, WITA, WIT or a name such as Asia/Makassar",
        "zona waktu {value!r} tidak dikenal; tulis WIB, WITA, WIT, atau nama seperti Asia/Makassar",
    ),
    "status_unknown": (
        "the status {value!r} is not known{near}; known: {names}",
        "status {value!r} tidak dikenal{near}; yang dikenal: {names}",
    ),
    "kind_unknown": ("the kind {value!r} is not known{near}", "jenis {value!r} tidak dikenal{near}"),
    "duty_unknown": (
        "the duty {value!r} is not known{near}; known: {names}",
        "tugas {value!r} tidak dikenal{near}; yang dikenal: {names}",
    ),
    "bad_training_date": (
        "the last day of the training {group} is not a date: {value!r}; write trained:{group}:2027-06-30",
        "hari terakhir pelatihan {group} bukan tanggal: {value!r}; tulis trained:{group}:2027-06-30",
    ),
    "committee_dated": (
        "a seat on a committee has no last day of its own ({value!r}); give the row one in valid_to",
        "keanggotaan tim tidak memiliki hari terakhir tersendiri ({value!r}); isi valid_to pada barisnya",
    ),
    "language_unknown": ("the language {value!r} is not id or en", "bahasa {value!r} bukan id atau en"),
    "echelon_unknown": (
        "the echelon {value!r} is not known; known: {names}",
        "eselon {value!r} tidak dikenal; yang dikenal: {names}",
    ),
    "acting_kind_unknown": ("{value!r} is not Plt or Plh", "{value!r} bukan Plt atau Plh"),
    "duplicate": (
        "this person and period already stand in row {other}",
        "pegawai dan masa ini sudah tercantum pada baris {other}",
    ),
    "overlap": (
        "the period overlaps with row {other} of the same person; give that row a last day before {value}",
        (
            "masa berlaku bertumpang tindih dengan baris {other} untuk orang yang sama; "
            "isi hari terakhir pada baris itu sebelum {value}"
        ),
    ),
    "superior_unknown": (
        "nobody has the number {value}, named as superior{near}",
        "tidak ada orang bernomor {value} yang disebut sebagai atasan{near}",
    ),
    "acting_for_unknown": (
        "nobody has the number {value}, for whom this person is to act{near}",
        "tidak ada orang bernomor {value} yang jabatannya hendak dirangkap{near}",
    ),
    "substitute_unknown": (
        "nobody has the number {value}, named as substitute{near}",
        "tidak ada orang bernomor {value} yang disebut sebagai pengganti{near}",
    ),
    "own_post": ("nobody can stand in for themselves", "seseorang tidak dapat menggantikan dirinya sendiri"),
    "holder_present": (
        (
            "{value} is in post and present on {day}, so nobody can act for them; enter their absence or last day, "
            "or name this person as superior directly"
        ),
        (
            "{value} masih menjabat dan hadir pada {day} sehingga jabatannya tidak dapat dirangkap; isi masa "
            "berhalangan atau hari terakhirnya, atau sebut pegawai ini langsung sebagai atasan"
        ),
    ),
    "loop": (
        "the line of superiors is a circle on {day}: {value}",
        "garis atasan membentuk lingkaran pada {day}: {value}",
    ),
    "too_deep": (
        "the line of superiors from here has more than {most} levels",
        "garis atasan dari sini memiliki lebih dari {most} jenjang",
    ),
    "top_not_external": (
        "there is no superior, which only an external official may lack; name the superior, or set kind to external",
        (
            "atasan kosong, padahal hanya pejabat di luar instansi yang boleh tanpa atasan; "
            "sebutkan atasannya, atau isi jenis dengan eksternal"
        ),
    ),
    "no_external": (
        "the chart has no external official at its top: add a row with kind external and without superior",
        (
            "bagan tidak memiliki pejabat di luar instansi pada puncaknya: tambahkan baris dengan jenis eksternal "
            "tanpa atasan"
        ),
    ),
    "two_heads": (
        "the unit {value} already has a head in that period: {other}",
        "unit {value} sudah memiliki kepala pada masa itu: {other}",
    ),
}


def problem(row: int, column: str, code: str, value: str = "", **data: object) -> RowProblem:
    """A problem with its sentences made from the data; `near` takes a suggestion or None."""
    english, indonesian = MESSAGES[code]
    near = data.pop("near", None)
    return RowProblem(
        row=row,
        column=column,
        code=code,
        message=Label(
            en=english.format(value=value, near=f", did you mean {near}?" if near else "", **data),
            id=indonesian.format(value=value, near=f", mungkin maksudnya {near}" if near else "", **data),
        ),
        value=value,
    )
