"""What the page of a case says: its forms, its buttons and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

CASE_WORDS: Mapping[str, Label] = {
    "case.title": Label(id="Kasus {person}", en="Case of {person}"),
    "receipt.title": Label(id="Tanda terima", en="Receipt"),
    "receipt.why": Label(
        id="Simpan ini bila Anda ingin kelak dapat menunjukkan bahwa tindakan Anda tercatat. Pemeriksa dapat"
        " mencocokkannya dengan log; bila catatannya dihapus, tanda terima ini membuktikannya.",
        en="Keep it if you want to be able to show later that your act was recorded. Auditors can hold it against the"
        " log; if the record was removed, this receipt proves it.",
    ),
    "receipt.keep": Label(id="Unduh tanda terima", en="Download the receipt"),
    "case.where": Label(id="Sampai di mana", en="Where it stands"),
    "sides.title": Label(id="Kedua pihak, sebelum Anda memutuskan", en="Both sides, before you decide"),
    "sides.own": Label(id="Dari {person}", en="From {person}"),
    "sides.other": Label(id="Dari pihak lain", en="From the other side"),
    "case.in_picture": Label(
        id="Lihat letaknya dalam gambar aturan", en="See where this is in the picture of the rules"
    ),
    "case.here": Label(id="sedang di sini", en="the case is here"),
    "case.passed": Label(id="sudah dilalui", en="done"),
    "case.ahead": Label(id="belum", en="ahead"),
    "case.missed": Label(id="tidak dijalani", en="not entered"),
    "case.closed": Label(id="Kasus ini ditutup: {state}.", en="This case is closed: {state}."),
    "case.sleeping": Label(id="Belum dibuka; dimulai pada {day}.", en="Not open yet; it begins on {day}."),
    "case.turn": Label(id="Giliran siapa", en="Whose turn"),
    "case.turn_yours": Label(id="Giliran Anda {since}", en="Your turn {since}"),
    "case.turn_other": Label(id="Giliran {name} {since}", en="Waiting for {name} {since}"),
    "case.turn_nobody": Label(id="Tidak menunggu siapa pun", en="Waiting for nobody"),
    "case.awaits": Label(id="Menunggu sampai", en="Waits until"),
    "case.arrived": Label(id="Langkah sebelumnya", en="The step before"),
    "case.now": Label(id="Mengapa sekarang", en="Why now"),
    "case.may": Label(id="Anda dapat", en="You can"),
    "case.lately": Label(id="Sejauh ini", en="So far"),
    "case.history_all": Label(id="Semua yang sudah terjadi", en="All that has happened"),
    "case.nothing_to_do": Label(
        id="Anda tidak perlu melakukan apa pun sekarang.", en="You need do nothing now."
    ),
    "case.due": Label(id="Tenggat", en="Due"),
    "case.why": Label(id="Mengapa Anda melihat ini", en="Why you see this"),
    "case.ignored": Label(id="Bila tidak ada yang bertindak", en="If nobody acts"),
    "ladder.picture": Label(
        id="Garis waktu sejak sekarang dengan {count} tanda; tabel di bawah mengatakan hal yang sama.",
        en="A line of time from now, marks on it: {count}; the table below says the same.",
    ),
    "ladder.as_of": Label(
        id="Titik di kiri adalah sekarang: {time}.", en="The dot on the left is now: {time}."
    ),
    "ladder.paused": Label(
        id="Garis putus-putus: waktu sedang berhenti.", en="Dashed line: the clock stands still."
    ),
    "ladder.number": Label(id="No.", en="No."),
    "ladder.what": Label(id="Apa yang terjadi", en="What happens"),
    "ladder.away": Label(id="({span} lagi)", en="(in {span})"),
    "ladder.today": Label(id="(hari ini)", en="(today)"),
    "ladder.reminds": Label(id="pengingat", en="a reminder"),
    "ladder.tells": Label(id="orang lain diberi tahu", en="others are told"),
    "ladder.hands": Label(id="tugas beralih", en="the task goes to somebody else"),
    "ladder.goes_on": Label(id="kasus berlanjut", en="the case goes on"),
    "ladder.ends": Label(id="kasus ditutup", en="the case closes"),
    "ladder.starts": Label(id="sesuatu dimulai", en="something begins"),
    "ladder.breaks": Label(id="janji tidak ditepati", en="a promise is not kept"),
    "ladder.stuck": Label(id="perlu bantuan", en="it needs help"),
    "ladder.more": Label(id="masih ada lagi", en="more follows"),
    "case.latest": Label(
        id="Paling lama kasus ini terbuka sampai {day}: jalan terpanjang, setiap langkah di hari terakhir, setiap"
        " pengembalian terpakai. Biasanya jauh lebih cepat; waktu yang ditambah atau dihentikan orang menambahnya.",
        en="At the very longest this case is open until {day}: its longest way, every step on its last day, every way"
        " back used up. As a rule it ends much sooner; time that somebody grants or stops comes on top.",
    ),
    "case.rule": Label(id="Dasar", en="Ground"),
    "case.sum": Label(id="Cara menghitungnya", en="How it was counted"),
    "case.contents": Label(id="Isi yang dapat Anda baca", en="What you may read"),
    "case.as_of": Label(
        id="Keadaan pada {time}; semua waktu di halaman ini {zone}.",
        en="As of {time}; all times on this page are {zone}.",
    ),
    "case.before": Label(id="Periode sebelumnya", en="The period before"),
    "case.progress_all": Label(id="Semua {count} catatan", en="All {count} entries"),
    "case.progress_all_one": Label(
        id="Satu-satunya catatan",
        en="The only entry",
    ),
    "case.figures": Label(id="Hasil hitungan", en="Worked out"),
    "case.superseded": Label(
        id="Hasil kasus ini digantikan pada {day} oleh hasil",
        en="On {day} this result was superseded by that of",
    ),
    "case.because": Label(id="karena", en="because"),
    "case.parts": Label(id="Bagian periode", en="Parts of the period"),
    "case.linked": Label(id="Kasus terkait", en="Linked cases"),
    "case.linked_waiting": Label(id="akan dibuka", en="to be opened"),
    "case.beside": Label(id="Dari kasus lain", en="From other cases"),
    "case.trouble_not_found": Label(
        id="belum dapat dibuka: alur kerjanya belum diterbitkan",
        en="cannot be opened: its rules are not published",
    ),
    "case.trouble_launch_invalid": Label(
        id="belum dapat dibuka: aturannya belum berlaku",
        en="cannot be opened: its rules are not in force yet",
    ),
    "case.trouble_nobody_found": Label(
        id="belum dapat dibuka: tidak ada orang untuk tugas pertamanya",
        en="cannot be opened: nobody is found for its first task",
    ),
    "case.trouble": Label(id="belum dapat dibuka: {reason}", en="cannot be opened: {reason}"),
    "case.linked_full": Label(
        id="tidak dibuka: sudah ada yang terbuka", en="not opened: there is an open one"
    ),
    "case.linked_dropped": Label(
        id="tidak dibuka: kasus ini sudah berakhir", en="not opened: this case has ended"
    ),
    "case.history": Label(id="Yang sudah terjadi", en="What has happened"),
    "case.quote": Label(id="Alasan", en="Reason"),
    "case.escalations": Label(id="Diminta turun tangan", en="Asked to step in"),
    "case.overdue": Label(id="terlambat", en="overdue"),
    "acts.yours": Label(id="Langkah Anda", en="Your step"),
    "acts.or": Label(id="Atau", en="Or"),
    "acts.jump": Label(id="Langsung ke langkah Anda", en="Go to your step"),
    "acts.other": Label(id="Tindakan lain yang terbuka bagi Anda", en="Other acts open to you"),
    "acts.reason": Label(id="Alasan", en="Reason"),
    "acts.reason_here": Label(id="Alasan tindakan ini", en="Reason for this act"),
    "acts.reason_for": Label(id="Wajib untuk: {acts}", en="Needed for: {acts}"),
    "acts.earlier": Label(id="Alasan Anda sebelumnya ({count})", en="Your earlier reasons ({count})"),
    "acts.earlier_hint": Label(
        id="Hanya Anda yang melihat ini. Pilih satu, lalu sesuaikan; periksa agar tidak menyebut orang lain.",
        en="Only you are shown these. Choose one and change what does not fit; see to it that it names nobody else.",
    ),
    "acts.earlier_use": Label(id="Pakai teks ini", en="Use this text"),
    "acts.reason_put_in": Label(
        id="Teks sudah dimasukkan ke kolom alasan. Belum ada yang dikirim.",
        en="The text is in the field for the reason. Nothing has been sent.",
    ),
    "acts.quotation": Label(
        id="Kutipan {journal}, catatan {number} ({head}): “{text}”",
        en="Quoted from {journal}, entry {number} ({head}): “{text}”",
    ),
    "acts.entry_quoted": Label(
        id="Catatan itu dikutip dalam alasan di bawah. Tambahkan alasan Anda, lalu kirim.",
        en="The entry is quoted in the reason below. Add yours, then send it.",
    ),
    "acts.goes_to": Label(id="berikutnya giliran", en="next it is the turn of"),
    "acts.used_up": Label(id="{act}: sudah dipakai sampai batasnya", en="{act}: used up to its limit"),
    "acts.failed": Label(id="Belum tercatat", en="Not recorded"),
    "acts.check": Label(id="Periksa isian", en="Check what was filled in"),
    "undo.button": Label(id="Tarik kembali", en="Take it back"),
    "undo.done": Label(
        id="Ditarik kembali. Yang Anda tulis masih ada di bawah ini, dan pesannya tidak dikirim.",
        en="Taken back. What you wrote is still here below, and its messages are not sent.",
    ),
    "acts.done": Label(id="Selesai: {act}.", en="Done: {act}."),
    "acts.again": Label(
        id="Permintaan ini sudah dicatat sebelumnya; tidak ada yang dilakukan dua kali.",
        en="This was recorded before; nothing was done twice.",
    ),
    "form.required": Label(id="wajib", en="required"),
    "form.optional": Label(id="boleh kosong", en="optional"),
    "form.at_most_letters": Label(id="Paling banyak {most} karakter", en="At most {most} characters"),
    "form.from_to": Label(
        id="Bilangan bulat {least} sampai {most}", en="A whole number from {least} to {most}"
    ),
    "form.decimal": Label(
        id="Bilangan {least} sampai {most}, paling banyak {decimals} desimal",
        en="A number from {least} to {most}, at most {decimals} decimals",
    ),
    "form.people": Label(id="Pilih {least} sampai {most} orang", en="Choose {least} to {most} people"),
    "form.past": Label(id="Hari ini atau sebelumnya", en="Today or before"),
    "form.future": Label(id="Sesudah hari ini", en="After today"),
    "form.nothing_to_pick": Label(
        id="Belum ada yang dapat dipilih; biarkan kosong", en="There is nothing to pick yet; leave it empty"
    ),
    "form.needed_if": Label(id="Wajib diisi jika {condition}", en="Needed if {condition}"),
    "form.items": Label(id="{least} sampai {most} butir", en="{least} to {most} items"),
    "form.links": Label(
        id="Satu tautan per baris, paling banyak {most}", en="One link per line, at most {most}"
    ),
    "form.files": Label(
        id="{least} sampai {most} berkas: PDF, PNG, JPEG, teks, DOCX, XLSX, ODT atau ODS, masing-masing paling"
        " besar 2 MB",
        en="{least} to {most} files: PDF, PNG, JPEG, text, DOCX, XLSX, ODT or ODS, each of 2 MB at most",
    ),
    "form.files_lost": Label(
        id="Berkas yang Anda pilih belum tersimpan. Pilih lagi sebelum mengirim:",
        en="The files you chose are not kept yet. Choose them again before you send:",
    ),
    "form.files_again": Label(id="Pilih lagi: {names}", en="Choose again: {names}"),
    "form.file_kept": Label(id="Tetap lampirkan {name}", en="Keep {name}"),
    "form.add": Label(id="Tambah {item}", en="Add: {item}"),
    "form.drop": Label(id="Hapus {item} {number}", en="Remove {item} {number}"),
    "form.choose": Label(id="Pilih …", en="Choose …"),
    "form.cannot_judge": Label(id="Saya tidak dapat menilai", en="I cannot judge"),
    "form.wrong_one": Label(id="Satu hal perlu diperbaiki", en="One thing to put right"),
    "form.wrong": Label(id="{count} hal perlu diperbaiki", en="{count} things to put right"),
    "form.kept": Label(
        id="Yang Anda ketik tetap ada di bawah ini.", en="What you typed is still here below."
    ),
    "form.row_added": Label(
        id="Formulir diperbarui; belum ada yang dikirim.",
        en="The form is changed; nothing has been sent yet.",
    ),
    "kept.lead": Label(
        id="Tidak ada yang hilang: inilah yang Anda ketik. Salin bila masih diperlukan.",
        en="Nothing is lost: this is what you typed. Copy it if you still need it.",
    ),
    "kept.since": Label(id="Langkah terakhir", en="The last step"),
    "kept.now": Label(id="Kasus sekarang: {state}.", en="The case now: {state}."),
    "kept.open": Label(id="Buka kasus seperti sekarang", en="Open the case as it is now"),
    "kept.files": Label(
        id="Berkas yang Anda pilih belum tersimpan; pilih lagi bila masih diperlukan: {names}.",
        en="The files you chose are not kept yet; choose them again if you still need them: {names}.",
    ),
    "kept.go_on": Label(id="Lanjutkan dengan isian ini", en="Go on with this text"),
    "kept.typed": Label(id="Yang Anda ketik", en="What you typed"),
    "kept.nothing": Label(id="Tidak ada teks yang diketik.", en="No text had been typed."),
    "steer.title": Label(id="Turun tangan", en="Step in"),
    "steer.lead": Label(
        id="Tugas ini menunggu {name}. Setiap langkah dicatat beserta alasannya.",
        en="The work waits for {name}. Each step is recorded with its reason.",
    ),
    "steer.lead_own": Label(
        id="Tugas ini menunggu Anda sendiri. Setiap langkah dicatat beserta alasannya.",
        en="The work waits for you. Each step is recorded with its reason.",
    ),
    "steer.remind": Label(id="Ingatkan dengan catatan", en="Remind with a note"),
    "steer.note": Label(id="Catatan", en="Note"),
    "steer.extend": Label(id="Perpanjang tenggat", en="Grant more time"),
    "steer.amount": Label(id="Jumlah hari kerja", en="Working days"),
    "steer.take": Label(id="Ambil alih tugas", en="Take the task over"),
    "steer.reassign": Label(id="Serahkan kepada orang lain", en="Give it to somebody else"),
    "steer.to": Label(id="Kepada", en="To"),
    "steer.pause": Label(id="Hentikan waktu sementara", en="Pause the clock"),
    "steer.kind": Label(id="Karena", en="Because of"),
    "steer.resume": Label(id="Jalankan waktu kembali", en="Let the clock run again"),
    "steer.reason": Label(id="Alasan", en="Reason"),
    "steer.done.remind": Label(id="Pengingat dikirim.", en="The reminder is sent."),
    "steer.done.extend": Label(id="Tenggat diperpanjang.", en="More time is granted."),
    "steer.done.take": Label(id="Tugas kini pada Anda.", en="The task is now yours."),
    "steer.done.reassign": Label(id="Tugas diserahkan.", en="The task is given away."),
    "steer.done.pause": Label(id="Waktu dihentikan sementara.", en="The clock is paused."),
    "steer.done.resume": Label(id="Waktu berjalan kembali.", en="The clock runs again."),
}
