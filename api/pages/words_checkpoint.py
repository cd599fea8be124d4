"""What the printed checkpoint says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

CHECKPOINT_WORDS: Mapping[str, Label] = {
    "checkpoint.title": Label(id="Titik periksa log", en="Checkpoint of the log"),
    "checkpoint.why": Label(
        id="Cetak lembar ini setiap hari dan simpan di luar instalasi: dalam berita acara, di pengawas internal, di"
        " serikat pegawai. Siapa pun yang memegangnya kelak dapat menunjukkan bahwa log dipotong atau ditulis ulang"
        " sejak saat itu. Tidak ada apa pun di dalam basis data yang dapat menunjukkannya.",
        en="Print this sheet every day and keep it outside the installation: with signed minutes, at Internal Audit, at"
        " the works council. Whoever holds it can show later that the log was cut short or written anew since."
        " Nothing inside the database can show that.",
    ),
    "checkpoint.how": Label(
        id="Untuk memakainya: pindai kode ini, simpan teksnya apa adanya sebagai kept.txt (diakhiri satu baris baru),"
        " lalu jalankan: python3 verify.py PAKET --policy BERKAS-KEPERCAYAAN --older kept.txt",
        en="To use it: scan the code, save its text as it is as kept.txt (it ends in one line feed), and run:"
        " python3 verify.py PACK --policy POLICY --older kept.txt",
    ),
    "checkpoint.pdf": Label(id="Unduh sebagai PDF", en="Download as PDF"),
    "checkpoint.none": Label(
        id="Log belum pernah ditandatangani. Penyegel menandatanganinya beberapa detik setelah entri pertama.",
        en="The log has never been signed. The sealer signs it some seconds after the first entry.",
    ),
    "checkpoint.origin": Label(id="Log", en="Log"),
    "checkpoint.size": Label(id="Jumlah daun", en="Leaves"),
    "checkpoint.root": Label(id="Akar (base64)", en="Root (base64)"),
    "checkpoint.at": Label(id="Ditandatangani", en="Signed"),
    "checkpoint.keys": Label(id="Kunci log", en="Key of the log"),
    "checkpoint.seen": Label(id="Saksi", en="Witness"),
    "checkpoint.seen_at": Label(id="{name}, {at}", en="{name}, {at}"),
    "checkpoint.text": Label(id="Teks lengkap", en="The whole text"),
    "checkpoint.kept_by": Label(
        id="Diterima oleh, tanggal, tanda tangan:", en="Received by, date, signature:"
    ),
}
