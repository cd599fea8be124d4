"""What the pages of journals say, and the page for people from outside."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

JOURNAL_WORDS: Mapping[str, Label] = {
    "journal.title": Label(id="{journal}: {person}", en="{journal}: {person}"),
    "journal.all": Label(id="Jurnal", en="Journals"),
    "journal.back": Label(id="Kembali ke kasus", en="Back to the case"),
    "journal.count": Label(id="{count} catatan", en="{count} entries"),
    "journal.count_one": Label(id="1 catatan", en="1 entry"),
    "journal.short": Label(id="masih kurang {count}", en="{count} still missing"),
    "journal.waiting": Label(id="{count} menunggu Anda", en="{count} waiting for you"),
    "journal.closed": Label(id="Sedang tidak dibuka.", en="Not open now."),
    "journal.empty": Label(id="Belum ada yang dapat Anda baca.", en="Nothing for you to read yet."),
    "journal.write": Label(id="Tulis catatan", en="Write an entry"),
    "journal.about": Label(id="Hari yang dicatat", en="The day it is about"),
    "journal.save": Label(id="Kirim catatan", en="Send the entry"),
    "journal.by": Label(id="{day}, oleh {name}", en="{day}, by {name}"),
    "journal.comment": Label(id="Komentar {name}, {day} {time}", en="Comment by {name}, {day} {time}"),
    "journal.begin": Label(id="{act}, dengan mengutip catatan ini", en="{act}, quoting this entry"),
    "journal.unnamed": Label(id="Tanpa nama", en="Without a name"),
    "journal.mark.": Label(id="belum diperiksa", en="unchecked"),
    "journal.mark.confirmed": Label(id="sudah dibenarkan", en="confirmed"),
    "journal.mark.asked": Label(id="diminta dilengkapi", en="more was asked for"),
    "journal.mark.released": Label(id="sudah diloloskan", en="released"),
    "journal.mark.withheld": Label(id="ditahan", en="withheld"),
    "journal.mark.held": Label(id="menunggu dilihat", en="waiting for a look"),
    "journal.choose": Label(id="Pilih catatan nomor {number}", en="Choose entry {number}"),
    "journal.note": Label(
        id="Komentar atau alasan (wajib bila meminta dilengkapi atau menahan)",
        en="Comment or reason (needed to ask for more or to withhold)",
    ),
    "journal.note_read": Label(
        id="Penulis catatan membaca komentar Anda di catatannya.",
        en="Whoever wrote the entry reads your comment on it.",
    ),
    "journal.confirm": Label(id="Benarkan yang dipilih", en="Confirm the chosen"),
    "journal.ask": Label(id="Minta dilengkapi", en="Ask for more"),
    "journal.release": Label(id="Loloskan yang dipilih", en="Release the chosen"),
    "journal.withhold": Label(id="Tahan yang dipilih", en="Withhold the chosen"),
    "journal.link": Label(id="Buat tautan untuk orang luar", en="Make a link for people from outside"),
    "journal.link_about": Label(
        id="Tautan sebelumnya tidak berlaku lagi. Tautan baru hanya ditampilkan sekali.",
        en="The link before stops working. A new link is shown only once.",
    ),
    "journal.link_made": Label(
        id="Tautan baru; salin sekarang: {path}", en="The new link; copy it now: {path}"
    ),
    "journal.link_code": Label(
        id="Kode untuk dipindai; cetak dan letakkan di loket.",
        en="The code to scan; print it and put it at the counter.",
    ),
    "journal.today": Label(id="Dibiarkan kosong: hari ini, {day}.", en="Left empty: today, {day}."),
    "journal.late": Label(
        id="Terlambat? Hari ini masih dapat mencatat hari-hari sejak {day}.",
        en="Late? Today you can still write about the days since {day}.",
    ),
    "journal.only_today": Label(
        id="Catatan ini hanya untuk hari ini, {day}.", en="An entry is about today, {day}, only."
    ),
    "journal.one_per_day": Label(id="Satu catatan untuk setiap hari.", en="One entry for each day."),
    "journal.one_per_working day": Label(
        id="Satu catatan untuk setiap hari kerja.", en="One entry for each working day."
    ),
    "journal.one_per_week": Label(id="Satu catatan untuk setiap minggu.", en="One entry for each week."),
    "journal.one_per_month": Label(id="Satu catatan untuk setiap bulan.", en="One entry for each month."),
    "form.photo": Label(id="Ambil foto", en="Take a photo"),
    "journal.done": Label(id="Tercatat.", en="Recorded."),
    "outside.title": Label(id="Pendapat Anda tentang {person}", en="Your view of {person}"),
    "outside.about": Label(
        id="Nama Anda tidak ditanyakan dan tidak dicatat, dan bersama jawaban Anda tidak disimpan kapan Anda"
        " menjawab. Jawaban baru dibaca setelah masa menjawab berakhir, dan hanya bila ada sedikitnya {few} jawaban.",
        en="You are not asked for your name, and neither it nor the time is kept with your answer."
        " Answers are read only after the time to answer is over, and only if there are at least {few}.",
    ),
    "outside.held": Label(
        id="Pengelola kepegawaian membaca setiap jawaban lebih dahulu untuk menyaring penghinaan.",
        en="The personnel desk reads each answer first, to hold back abuse.",
    ),
    "outside.cookie": Label(
        id="Peramban ini mengingat bahwa Anda sudah menjawab.",
        en="This browser remembers that you have answered.",
    ),
    "outside.own_words": Label(
        id="Tulisan Anda sendiri dapat mengungkap siapa Anda: jangan sebut nama, tanggal, atau kejadian yang hanya Anda"
        " ketahui.",
        en="What you write may itself tell who you are: name nobody, no day and nothing that only you can know.",
    ),
    "outside.who": Label(
        id="Yang bertanya adalah instansi tempat {person} bekerja, untuk menilai layanannya: {cycle}."
        " Yang dapat membaca jawaban: {roles}.",
        en="The agency {person} works for asks, to judge the service given: {cycle}."
        " Who may read the answers: {roles}.",
    ),
    "outside.auditors": Label(id="pemeriksa", en="auditors"),
    "outside.send": Label(id="Kirim jawaban", en="Send the answer"),
    "outside.count": Label(
        id="{count} pertanyaan, tanpa akun, sekitar dua menit.",
        en="{count} questions, no account, about two minutes.",
    ),
    "outside.count_one": Label(id="Satu pertanyaan, tanpa akun.", en="One question, no account."),
    "outside.decline_about": Label(
        id="Anda tidak wajib menjawab. Bila tidak, tidak ada apa pun yang disimpan, dan tidak seorang pun diberi tahu.",
        en="You need not answer. If you do not, nothing is kept and nobody is told.",
    ),
    "outside.decline": Label(id="Saya tidak menjawab", en="I would rather not answer"),
    "outside.declined": Label(
        id="Baik. Tidak ada apa pun yang disimpan. Terima kasih.",
        en="Very well. Nothing was kept. Thank you.",
    ),
    "outside.after_all": Label(id="Tetap menjawab", en="Answer after all"),
    "outside.thanks": Label(id="Terima kasih, jawaban Anda tersimpan.", en="Thank you, your answer is kept."),
    "outside.receipt": Label(id="Kode tanda terima:", en="Receipt:"),
    "outside.receipt_about": Label(
        id="Simpan kode ini bila mau: dengannya pemeriksa dapat mencari apakah jawaban ini ada di antara yang dihitung."
        " Kode ini tidak menyebut siapa Anda, dan kami tidak menyimpan kepada siapa ia diberikan.",
        en="Keep it if you wish: with it auditors can look whether this answer is among those that were counted."
        " It does not say who you are, and we do not keep to whom it was given.",
    ),
    "outside.again": Label(
        id="Dari peramban ini sudah ada jawaban. Terima kasih.",
        en="This browser has answered already. Thank you.",
    ),
}
