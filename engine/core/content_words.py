"""What is said of a value that does not fit its field, in both languages."""

from __future__ import annotations

from engine.core.definition import Field, Label

REQUIRED = Label(id="Wajib diisi.", en="This is required.")
UNKNOWN = Label(id="Isian ini tidak ada dalam formulir.", en="The form has no such field.")
NOT_TEXT = Label(id="Isian ini harus berupa teks.", en="This must be a text.")
BAD_LETTERS = Label(
    id="Teks ini memuat karakter yang tidak dapat disimpan.",
    en="This text holds characters that cannot be stored.",
)
NOT_NUMBER = Label(id="Isian ini harus berupa bilangan bulat.", en="This must be a whole number.")
NOT_CHOICE = Label(id="Pilih salah satu nilai yang tersedia.", en="Choose one of the values offered.")
NOT_SCALE = Label(
    id='Pilih salah satu angka, atau "tidak dapat menilai".',
    en='Choose one of the numbers, or "cannot judge".',
)
NOT_DATE = Label(
    id="Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-01-31.", en="Write a date as in 2026-01-31."
)
IN_PAST = Label(id="Tanggal ini tidak boleh sesudah hari ini.", en="This date may not lie after today.")
IN_FUTURE = Label(id="Tanggal ini harus sesudah hari ini.", en="This date must lie after today.")
NOT_LINK = Label(
    id="Tulis tautan lengkap yang diawali https:// atau http://.",
    en="Write a full link that begins with https:// or http://.",
)
NOT_FILE = Label(
    id="Berkas ini tidak dapat dibaca; pilih lagi berkasnya.",
    en="This file cannot be read; choose it again.",
)
NO_FILE = Label(
    id="Berkas ini belum dikirim; pilih lagi berkasnya.", en="This file was not sent; choose it again."
)
EMPTY_FILE = Label(id="Berkas ini kosong.", en="This file is empty.")
LARGE_FILE = Label(
    id="Berkas ini lebih besar dari 2 MB; kirim versi yang lebih kecil.",
    en="This file is larger than 2 MB; send a smaller version.",
)
LARGE_ACT = Label(
    id="Semua berkas yang dikirim sekaligus lebih besar dari 10 MB; kirim lebih sedikit.",
    en="The files sent at once are larger than 10 MB together; send fewer.",
)
FILE_KIND = Label(
    id="Hanya PDF, PNG, JPEG, teks (UTF-8), DOCX, XLSX, ODT, dan ODS yang diterima, dengan nama yang sesuai isinya.",
    en="Only PDF, PNG, JPEG, text (UTF-8), DOCX, XLSX, ODT and ODS are taken, under a name that fits what they are.",
)
FILE_TWICE = Label(id="Berkas ini sudah dilampirkan.", en="This file is attached already.")
NOT_LIST = Label(id="Isian ini harus berupa daftar.", en="This must be a list.")
NOT_FIELDS = Label(
    id="Bagian ini harus berisi isian-isian formulir.", en="This must hold the fields of the form."
)
NO_PICK = Label(id="Pilih salah satu butir dari daftar itu.", en="Choose one of the items of that list.")
NOT_PERSON = Label(id="Orang ini tidak dapat dipilih di sini.", en="This person cannot be chosen here.")
TWICE = Label(id="Orang ini sudah disebut.", en="This person is named already.")


def at_most_letters(limit: int, now: int) -> Label:
    """Too long a text."""
    return Label(
        id=f"Paling banyak {limit} karakter, saat ini {now}.", en=f"At most {limit} characters, now {now}."
    )


def between(field: Field) -> Label:
    """A number out of its range."""
    return Label(
        id=f"Harus antara {field.least} dan {field.most}.", en=f"Must be from {field.least} to {field.most}."
    )


def with_decimals(decimals: int) -> Label:
    """What is no number, or has too many decimals."""
    sample = f"82.{'5'.ljust(decimals, '0')}"
    return Label(
        id=f"Tulis bilangan sebagai teks dengan paling banyak {decimals} desimal, misalnya {sample}.",
        en=f"Write a number, as a text, with at most {decimals} decimals, such as {sample}.",
    )


def how_many(field: Field, count: int) -> Label:
    """Too few or too many items."""
    if field.least == field.most:
        return Label(
            id=f"Harus {field.least} butir, saat ini {count}.",
            en=f"Must have {field.least} items, now {count}.",
        )
    return Label(
        id=f"Harus {field.least} sampai {field.most} butir, saat ini {count}.",
        en=f"Must have {field.least} to {field.most} items, now {count}.",
    )
