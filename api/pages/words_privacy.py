"""What the pages about personal data and break-glass say, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

PRIVACY_WORDS: Mapping[str, Label] = {
    "privacy.title": Label(id="Data pribadi", en="Personal data"),
    "privacy.lead": Label(
        id="Apa yang disimpan tentang Anda, siapa yang membukanya, dan bagaimana memintanya atau menghapusnya.",
        en="What is kept about you, who looked at it, and how to get it or have it erased.",
    ),
    "privacy.classes": Label(
        id="Golongan data dan masa simpannya", en="Classes of data, and how long they are kept"
    ),
    "privacy.class": Label(id="Golongan", en="Class"),
    "privacy.class_chart": Label(id="Pegawai dan jabatan", en="People and posts"),
    "privacy.purpose": Label(id="Untuk apa", en="Purpose"),
    "privacy.ground": Label(id="Dasar", en="Ground"),
    "privacy.kept": Label(id="Disimpan", en="Kept"),
    "privacy.readers": Label(id="Siapa yang membaca", en="Who reads it"),
    "privacy.kept_ended": Label(
        id="{years} tahun sesudah kasus berakhir", en="{years} years after the case ended"
    ),
    "privacy.kept_left": Label(id="{years} tahun sesudah berhenti", en="{years} years after they left"),
    "privacy.kept_written": Label(
        id="{years} tahun sesudah ditulis", en="{years} years after it was written"
    ),
    "privacy.kept_ever": Label(id="selama catatan ada", en="as long as the log"),
    "privacy.export": Label(id="Unduh semua data saya", en="Download all my data"),
    "privacy.export_hint": Label(
        id="Berkas zip berisi halaman untuk dibaca, tabel, dan data untuk program. Kata-kata orang lain hanya ada"
        " sejauh sudah dibukakan kepada Anda.",
        en="A zip with a page to read, tables, and data for programs. Other people's words are in it only as far as"
        " they were disclosed to you.",
    ),
    "privacy.export_title": Label(id="Data pribadi {name}", en="Personal data of {name}"),
    "privacy.export_lead": Label(
        id="Semua yang disimpan Siklus tentang Anda, menurut keadaan pada:",
        en="All that Siklus keeps about you, as of:",
    ),
    "privacy.post": Label(id="Jabatan", en="Post"),
    "privacy.number": Label(id="Nomor pegawai", en="Number"),
    "privacy.mail": Label(id="Surel", en="Mail"),
    "privacy.wrote": Label(id="Alasan yang Anda tulis", en="Reasons you wrote"),
    "privacy.looks": Label(id="Siapa yang membuka data Anda", en="Who looked at your data"),
    "privacy.looks_hint": Label(
        id="Dikumpulkan per jam; pembacaan Anda sendiri tidak dicatat.",
        en="Gathered by the hour; your own looks are not recorded.",
    ),
    "privacy.no_looks": Label(id="Belum ada yang membukanya.", en="Nobody has looked at it yet."),
    "privacy.unnamed": Label(
        id="salah seorang yang diminta menjawab tanpa nama", en="one of those asked without names"
    ),
    "privacy.when": Label(id="Kapan", en="When"),
    "privacy.who": Label(id="Siapa", en="Who"),
    "privacy.what": Label(id="Apa", en="What"),
    "privacy.by_glass": Label(id="akses darurat {glass}", en="break-glass {glass}"),
    "privacy.ask": Label(id="Minta data saya dihapus", en="Ask for my data to be erased"),
    "privacy.ask_hint": Label(
        id="Orang lain memutuskannya. Yang masih dipakai kasus yang berjalan tidak dapat dihapus; catatan audit tetap"
        " ada, tanpa kata-katanya.",
        en="Somebody else decides. What a running case still needs cannot be erased; the log stays, without the words.",
    ),
    "privacy.with_name": Label(
        id="Juga nama, nomor, dan surel (sesudah berhenti)", en="Also name, number and mail (after leaving)"
    ),
    "privacy.done_asked": Label(
        id="Permintaan dicatat; orang lain memutuskannya.",
        en="The request is recorded; somebody else decides.",
    ),
    "privacy.done_approved": Label(id="Penghapusan sudah dilaksanakan.", en="The erasure is carried out."),
    "privacy.done_refused": Label(
        id="Permintaan ditolak; tidak ada yang dihapus.", en="Refused; nothing was erased."
    ),
    "privacy.done_held": Label(id="Perintah penyimpanan dicatat.", en="The legal hold is recorded."),
    "privacy.done_lifted": Label(id="Perintah penyimpanan dicabut.", en="The legal hold is lifted."),
    "privacy.done_proposed": Label(
        id="Penghapusan data yang lewat masa simpan sudah diusulkan.",
        en="Erasure of what was kept too long is proposed.",
    ),
    "privacy.erasures": Label(id="Permintaan penghapusan", en="Requests for erasure"),
    "privacy.no_erasures": Label(id="Tidak ada permintaan.", en="There is no request."),
    "privacy.no_holds": Label(id="Tidak ada perintah penyimpanan.", en="There is no legal hold."),
    "privacy.none_over": Label(
        id="Tidak ada data yang lewat masa simpannya.", en="Nothing is kept longer than it should be."
    ),
    "privacy.about": Label(id="Tentang", en="About"),
    "privacy.cases": Label(id="{count} kasus", en="{count} cases"),
    "privacy.cases_one": Label(
        id="1 kasus",
        en="1 case",
    ),
    "privacy.state": Label(id="Keadaan", en="State"),
    "privacy.asked_by": Label(id="Diminta oleh", en="Asked by"),
    "privacy.state_asked": Label(id="menunggu keputusan", en="waits for a decision"),
    "privacy.state_erased": Label(id="sudah dihapus", en="erased"),
    "privacy.state_refused": Label(id="ditolak", en="refused"),
    "privacy.in_the_way": Label(id="Menghalangi", en="In the way"),
    "privacy.decide": Label(id="Putuskan", en="Decide"),
    "privacy.approve": Label(id="Hapus sekarang", en="Erase it now"),
    "privacy.refuse": Label(id="Tolak", en="Refuse"),
    "privacy.office": Label(id="Untuk petugas", en="For the office"),
    "privacy.for_person": Label(id="Nomor pegawai yang bersangkutan", en="Number of the person concerned"),
    "privacy.ask_other": Label(
        id="Minta penghapusan data seseorang", en="Ask for the erasure of somebody's data"
    ),
    "privacy.residue": Label(
        id="Berkas basis data mungkin masih menyimpannya. Dicoba lagi setiap jam; siklus doctor memberi tahu sebabnya.",
        en="The database's files may still hold it. It is tried again each hour; siklus doctor says why.",
    ),
    "privacy.ask_reasons": Label(id="Minta alasan dihapus", en="Ask for reasons to be erased"),
    "privacy.said": Label(id="Alasan untuk apa", en="Reasons of what"),
    "privacy.said_hint": Label(
        id="Nama gangguan, akses darurat, perintah penyimpanan atau penghapusan: outage-3 g-5 h-2 e-7",
        en="The names of outages, break-glass, holds or erasures: outage-3 g-5 h-2 e-7",
    ),
    "privacy.export_other": Label(id="Unduh data seseorang", en="Download somebody's data"),
    "privacy.holds": Label(id="Perintah penyimpanan", en="Legal holds"),
    "privacy.hold": Label(id="Tahan penghapusan", en="Stop erasure"),
    "privacy.hold_of": Label(id="Nomor pegawai atau kasus", en="Number of a person, or a case"),
    "privacy.lift": Label(id="Cabut", en="Lift"),
    "privacy.over": Label(id="Lewat masa simpan", en="Kept longer than it should be"),
    "privacy.propose": Label(id="Usulkan penghapusannya", en="Propose its erasure"),
    "glass.title": Label(id="Akses darurat", en="Break-glass"),
    "glass.lead": Label(
        id="Dua orang membuka kasus tertentu bagi seseorang untuk beberapa jam. Semua yang terkait diberi tahu, dan"
        " setiap pembacaan dicatat.",
        en="In an emergency two people together can open named cases to somebody for some hours. Everybody concerned"
        " is told, and each look is recorded.",
    ),
    "glass.banner": Label(
        id="Akses darurat {glass} terbuka bagi Anda sampai {until}. Setiap pembacaan dicatat.",
        en="Break-glass {glass} is open to you until {until}. Each look is recorded.",
    ),
    "glass.case": Label(
        id="Kasus ini dibuka dengan akses darurat {glass} bagi {name}.",
        en="This case is opened by break-glass {glass} to {name}.",
    ),
    "glass.none": Label(
        id="Tidak ada kasus yang dibuka dengan akses darurat.", en="No case has been opened by break-glass."
    ),
    "glass.to": Label(id="Bagi", en="To"),
    "glass.cases": Label(id="Kasus", en="Cases"),
    "glass.rights": Label(id="Hak", en="Rights"),
    "glass.right_read": Label(id="membaca", en="reading"),
    "glass.right_steer": Label(id="turun tangan", en="stepping in"),
    "glass.until": Label(id="Sampai", en="Until"),
    "glass.hours": Label(id="Berapa jam (paling lama 24)", en="For how many hours (24 at most)"),
    "glass.case_ids": Label(id="Kasus (satu per baris)", en="Cases (one a line)"),
    "glass.ask": Label(id="Minta akses darurat", en="Ask for break-glass"),
    "glass.approve": Label(id="Buka sekarang", en="Open it now"),
    "glass.end": Label(id="Akhiri", en="End it"),
    "glass.state_asked": Label(id="menunggu orang kedua", en="waits for a second person"),
    "glass.state_given": Label(id="terbuka", en="open"),
    "glass.state_refused": Label(id="ditolak", en="refused"),
    "glass.state_ended": Label(id="berakhir", en="over"),
    "glass.done_asked": Label(
        id="Permintaan dicatat; orang kedua memutuskannya.", en="Recorded; a second person decides."
    ),
    "glass.done_approved": Label(
        id="Kasus dibuka; semua yang terkait diberi tahu.", en="Open; everybody is told."
    ),
    "glass.done_refused": Label(id="Permintaan ditolak.", en="Refused."),
    "glass.done_ended": Label(id="Akses berakhir.", en="It is over."),
}
