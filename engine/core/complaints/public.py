"""What is said of what everybody may read."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "the_public": ("`public`", "`public`"),
    "what_is_public": ("what everybody may read", "yang boleh dibaca siapa pun"),
    "unit_agrees_to_nothing": (
        "a unit agrees to nothing: of it only figures are told",
        "unit tidak memberi persetujuan: tentang unit hanya hitungan yang ditampilkan",
    ),
    "leave_agreed_out": ("leave `agreed` out", "hapus `agreed`"),
    "public_of_few": (
        "the figure '{figure}' rests on '{read}', which may be fewer than {fewest} people",
        "hitungan '{figure}' bertumpu pada '{read}', yang bisa kurang dari {fewest} orang",
    ),
    "write_least": (
        "read a set of cases with `least: {fewest}` or more",
        "baca kumpulan kasus dengan `least: {fewest}` atau lebih",
    ),
    "consent_by_another": (
        "'{form}' is not filled in by whom the case is about, so it is no consent of theirs",
        "'{form}' tidak diisi oleh orang yang menjadi pokok kasus, jadi bukan persetujuannya",
    ),
    "ask_the_subject": (
        "let a task of theirs fill in '{form}'",
        "minta '{form}' diisi dalam tugas orang itu sendiri",
    ),
    "no_withdrawing": (
        "in '{state}' whom the case is about cannot withdraw what they agreed to",
        "di '{state}' orang yang menjadi pokok kasus tidak dapat menarik persetujuannya",
    ),
    "add_withdrawing": (
        "add a way out such as `withdraw: {by: employee, to: done}`",
        "tambahkan jalan keluar seperti `withdraw: {by: employee, to: done}`",
    ),
}
