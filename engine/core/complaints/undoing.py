"""What is said of acts that may be taken back."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "is_no_undo": (
        "`undo` is not a time of at most 24 hours: {text}",
        "`undo` bukan waktu paling lama 24 jam: {text}",
    ),
    "write_an_undo": ("write `15 minutes` or `2 hours`", "tulis `15 minutes` atau `2 hours`"),
    "cannot_undo": ("'{name}' cannot be taken back: {why}", "'{name}' tidak dapat ditarik kembali: {why}"),
    "remove_undo": ("remove `undo`", "hapus `undo`"),
    "undo_in_track": (
        "it belongs to a track, by which its case goes on",
        "ia milik jalur, yang menentukan langkah kasusnya",
    ),
    "undo_opens": ("it opens another case", "ia membuka kasus lain"),
    "undo_stays": (
        "it may leave the case where it is, so that nothing was handed on",
        "kasus dapat tetap di tempatnya, sehingga tidak ada yang diserahkan",
    ),
    "undo_adds": (
        "it writes in a journal, whose entries stay",
        "ia menulis dalam jurnal, yang catatannya tetap ada",
    ),
    "undo_gathers": (
        "answers or signatures are gathered in '{state}'",
        "jawaban atau tanda tangan dikumpulkan pada '{state}'",
    ),
    "undo_ends": ("'{state}' ends the case", "'{state}' mengakhiri kasus"),
    "undo_published": ("other cases are told of '{state}'", "kasus lain diberi tahu tentang '{state}'"),
    "undo_notified": (
        "time in '{state}' counts from being told",
        "waktu pada '{state}' dihitung sejak diberi tahu",
    ),
    "undo_discloses": (
        "in '{state}' the one the case is about reads what they could not read before: {names}",
        "pada '{state}' orang yang dinilai membaca yang sebelumnya tidak terbuka baginya: {names}",
    ),
}
