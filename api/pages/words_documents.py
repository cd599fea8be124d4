"""What a printed document of a case says, and the page that tells what the log says of it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

DOCUMENT_WORDS: Mapping[str, Label] = {
    "document.title": Label(id="Dokumen kasus {person}", en="Document of the case of {person}"),
    "document.offer": Label(id="Dokumen untuk disimpan", en="A document to keep"),
    "document.offer_about": Label(
        id="PDF berisi semua yang dapat Anda baca di sini, dengan sidik (hash) dan alamat untuk memeriksanya."
        " Pembuatannya dicatat dalam log.",
        en="A PDF of all that you may read here, with its hash and the address where it can be checked."
        " That it was made is told in the log.",
    ),
    "document.offer_open": Label(
        id="Kasus ini belum selesai: dokumennya akan menyebut dirinya belum final.",
        en="This case is not over: the document will say that it is not final.",
    ),
    "document.make": Label(id="Buat PDF", en="Make the PDF"),
    "document.final": Label(id="FINAL: {state}", en="FINAL: {state}"),
    "document.cancelled": Label(id="DIBATALKAN", en="CANCELLED"),
    "document.open": Label(
        id="BELUM FINAL: {state}. Lembar ini menunjukkan kasus sebagaimana adanya saat dibuat.",
        en="NOT FINAL: {state}. This sheet shows the case as it stood when it was made.",
    ),
    "document.about": Label(id="Tentang", en="About"),
    "document.cycle": Label(id="Siklus", en="Cycle"),
    "document.made": Label(id="Dibuat", en="Made"),
    "document.made_for": Label(
        id="{at}, untuk {name}: memuat yang boleh dibaca olehnya, tidak lebih",
        en="{at}, for {name}: it holds what they may read, and no more",
    ),
    "document.hash": Label(id="Sidik dokumen (SHA-256)", en="Hash of the document (SHA-256)"),
    "document.number": Label(id="Nomor dalam log", en="Number in the log"),
    "document.how": Label(
        id="Pindai kode ini atau buka alamat di bawah. Halaman itu mengatakan dari log: kapan sidik ini disegel dan"
        " apakah kasusnya masih sebagaimana tertulis di sini. Yang tertulis dengan tangan di lembar ini tidak"
        " diperiksa oleh siapa pun; siapa yang boleh membaca kasusnya dapat membandingkan isinya di layar.",
        en="Scan the code or open the address below. That page tells from the log when this hash was sealed, and"
        " whether the case still stands as it is told here. What was changed by hand on this sheet nobody checks;"
        " whoever may read the case can hold its text against the screen.",
    ),
    "document.letters": Label(
        id="Lembar ini tidak dapat mencetak semua huruf: yang tidak dapat menjadi tanda tanya. Teks aslinya ada"
        " di layar, dan sidiknya dihitung dari teks asli itu.",
        en="This sheet cannot print every letter: those it cannot are question marks. The text itself is on the"
        " screen, and the hash is of that text.",
    ),
    "document.codes": Label(
        id="Kode setiap isian dalam log (entri, komitmen)",
        en="Code of each form in the log (entry, commitment)",
    ),
    "document.receipt": Label(
        id="Tanda terima, untuk diperiksa di luar instalasi ini: simpan baris berikut apa adanya, termasuk baris"
        " kosong (tanda tangan di akhir adalah satu baris), lalu jalankan:"
        " python3 verify.py PAKET --policy BERKAS-KEPERCAYAAN --receipt BERKAS",
        en="Receipt, to be checked outside this installation: save the lines below as they are, the empty line too"
        " (the signature at the end is one line), and run: python3 verify.py PACK --policy POLICY --receipt FILE",
    ),
    "document.ask_title": Label(
        id="Apa kata log tentang dokumen ini", en="What the log says of this document"
    ),
    "document.known": Label(
        id="Log memuat dokumen dengan sidik ini. Dibuat {at}.",
        en="The log holds a document with this hash. Made {at}.",
    ),
    "document.unknown": Label(
        id="Log tidak mengenal dokumen dengan nomor dan sidik ini.",
        en="The log knows no document with this number and hash.",
    ),
    "document.unknown_why": Label(
        id="Periksa apakah alamatnya disalin seluruhnya. Bila ya, lembar ini tidak dibuat oleh instalasi ini, atau"
        " sidiknya diubah: jangan dipercaya.",
        en="See whether the address was copied whole. If it was, the sheet was not made by this installation, or its"
        " hash was changed: do not trust it.",
    ),
    "document.compare": Label(
        id="Bandingkan sidik ini dengan yang tercetak, huruf demi huruf.",
        en="Hold this hash against the one that is printed, letter by letter.",
    ),
    "document.sealed": Label(
        id="Disegel {at} oleh titik periksa dengan {size} daun; ini daun nomor {leaf}. Disaksikan {count} saksi.",
        en="Sealed {at} by the checkpoint of {size} leaves; this is leaf {leaf}. Witnesses that signed it: {count}.",
    ),
    "document.not_sealed": Label(
        id="Belum disegel: penyegel menandatangani log beberapa detik setelah entri baru.",
        en="Not sealed yet: the sealer signs the log some seconds after a new entry.",
    ),
    "document.holds": Label(
        id="Catatan kasus masih persis sebagaimana saat dokumen dibuat (entri {entry}).",
        en="The record of the case is exactly as it was when the document was made (entry {entry}).",
    ),
    "document.broken": Label(
        id="Catatan kasus TIDAK lagi sama dengan saat dokumen dibuat (entri {entry}): laporkan kepada pemeriksa.",
        en="The record of the case is NOT what it was when the document was made (entry {entry}): tell the auditors.",
    ),
    "document.newest": Label(
        id="Sejak itu tidak ada yang terjadi dalam kasusnya: ini yang terbaru.",
        en="Nothing has happened in the case since: this is the newest.",
    ),
    "document.older": Label(
        id="Sejak itu ada yang terjadi dalam kasusnya. Mintalah dokumen yang baru.",
        en="Something has happened in the case since. Ask for a new document.",
    ),
    "document.says_nothing": Label(
        id="Halaman ini tidak menyebut nama dan isi siapa pun.",
        en="This page tells nobody's name and no content.",
    ),
    "document.row_case": Label(id="Catatan kasus", en="Record of the case"),
    "document.row_seal": Label(id="Segel", en="Seal"),
    "document.row_since": Label(id="Sejak itu", en="Since then"),
}
