"""What the pages for doing the same in many cases say, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

BULK_WORDS: Mapping[str, Label] = {
    "bulk.choose": Label(id="Pilih: {title}", en="Choose: {title}"),
    "bulk.title": Label(id="Beberapa tugas sekaligus", en="Several tasks at once"),
    "bulk.with_chosen": Label(id="Untuk tugas yang dicentang", en="For the tasks you ticked"),
    "bulk.steer_chosen": Label(
        id="Turun tangan untuk kasus yang dicentang", en="Step in for the ticked cases"
    ),
    "bulk.only_for": Label(id="hanya untuk “{act}”", en="only for “{act}”"),
    "bulk.to": Label(id="Kepada (nomor pegawai)", en="To (number of the employee)"),
    "bulk.hint": Label(
        id="Anda melihat dahulu mana yang tidak dapat dilakukan; belum ada yang terjadi sampai Anda menyetujuinya."
        " Penilaian tidak diberikan sekaligus.",
        en="You first see what cannot be done; nothing happens until you confirm it. Judgements are not given in bulk.",
    ),
    "bulk.steer_hint": Label(
        id="Anda melihat dahulu mana yang tidak dapat dilakukan; belum ada yang terjadi sampai Anda menyetujuinya.",
        en="You first see what cannot be done; nothing happens until you confirm it.",
    ),
    "bulk.finding": Label(
        id="{act}: {ready} dari {count} dapat dilakukan", en="{act}: {ready} of {count} can be done"
    ),
    "bulk.exceptions": Label(id="Tidak dapat dilakukan ({count})", en="Cannot be done ({count})"),
    "bulk.ready": Label(id="Akan dilakukan ({count})", en="Will be done ({count})"),
    "bulk.leads": Label(id="lalu: {state}", en="then: {state}"),
    "bulk.untick": Label(
        id="Hapus centang yang tidak jadi dilakukan.", en="Untick what is not to be done after all."
    ),
    "bulk.confirm": Label(id="Untuk yang dicentang: {act}", en="For those ticked: {act}"),
    "bulk.need_reason": Label(
        id="Alasan wajib diisi; berlaku bagi semuanya.", en="A reason is needed; it is for all of them."
    ),
    "bulk.all_done": Label(id="{act}: semua {done} selesai", en="{act}: all {done} are done"),
    "bulk.partly": Label(
        id="{act}: {done} selesai, {refused} gagal, {left} belum dicoba",
        en="{act}: {done} done, {refused} failed, {left} not tried yet",
    ),
    "bulk.failed": Label(id="Gagal ({count})", en="Failed ({count})"),
    "bulk.left": Label(id="Belum dicoba ({count})", en="Not tried yet ({count})"),
    "bulk.left_why": Label(
        id="Waktu satu permintaan sudah habis. Lanjutkan; yang sudah selesai tidak dilakukan lagi.",
        en="The time of one request was over. Go on; what is done is not done again.",
    ),
    "bulk.done": Label(id="Selesai ({count})", en="Done ({count})"),
    "bulk.go_on": Label(id="Lanjutkan yang dicentang", en="Go on with those ticked"),
    "bulk.again": Label(id="Lihat lagi yang dicentang", en="Look again at those ticked"),
    "bulk.some_case": Label(id="Kasus {id}", en="Case {id}"),
    "bulk.take_back": Label(id="Tarik kembali", en="Take back"),
    "bulk.take_those_back": Label(id="Tarik kembali yang dicentang", en="Take back those ticked"),
    "bulk.until": Label(id="dapat ditarik kembali sampai {until}", en="can be taken back until {until}"),
    "bulk.back": Label(id="Kembali ke tugas saya", en="Back to my tasks"),
    "bulk.back_cases": Label(id="Kembali ke daftar kasus", en="Back to the list of cases"),
}
