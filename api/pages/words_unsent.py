"""Words about what was typed and not sent."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

UNSENT_WORDS: Mapping[str, Label] = {
    "unsent.saved": Label(id="Tersimpan {time}, belum dikirim.", en="Saved {time}, not sent."),
    "unsent.save": Label(id="Simpan draf", en="Save draft"),
    "unsent.save_this": Label(id="Simpan teks ini sebagai draf", en="Save this text as the draft"),
    "unsent.take": Label(id="Lanjutkan dengan teks yang lain", en="Go on with the other text"),
    "unsent.discard": Label(id="Buang draf", en="Discard the draft"),
    "unsent.discarded": Label(id="Draf dibuang.", en="The draft is gone."),
    "unsent.here": Label(
        id="Tersimpan di perangkat ini {time}; belum di server, belum dikirim.",
        en="Kept on this device {time}; not on the server yet, not sent.",
    ),
    "unsent.back": Label(
        id="Yang Anda ketik pada {time} dikembalikan; belum dikirim.",
        en="What you typed at {time} is back; not sent.",
    ),
    "unsent.queued": Label(
        id="Tidak ada sambungan. Yang Anda kirim menunggu di sini dan dikirim sendiri begitu sambungan kembali; biarkan"
        " halaman ini terbuka.",
        en="There is no connection. What you sent waits here and goes by itself once the line is back; leave this page"
        " open.",
    ),
    "unsent.only_here": Label(
        id="Yang Anda ketik hanya tersimpan di perangkat ini sampai dikirim: jawaban tanpa nama tidak disimpan sebagai"
        " draf.",
        en="What you type stays on this device until it is sent: no draft is kept of an answer without a name.",
    ),
    "unsent.elsewhere": Label(
        id="Formulir ini juga disimpan di tempat lain pada {time}. Tekan “{button}” untuk melihat kedua teks; belum ada"
        " yang dikirim.",
        en="This form was also saved elsewhere at {time}. Press “{button}” to see both texts; nothing is sent.",
    ),
    "unsent.both": Label(
        id="Ada dua teks untuk formulir ini. Belum ada yang dikirim dan belum ada yang hilang.",
        en="There are two texts for this form. Nothing is sent and nothing is lost.",
    ),
    "unsent.both_how": Label(
        id="Teks yang baru Anda ketik ada di formulir, yang lain di samping atau di bawahnya. Simpan atau kirim yang"
        " ini, ambil yang lain, atau salin bagian yang masih diperlukan ke formulir.",
        en="What you have just typed is in the form, the other text beside or below it. Save or send this one, take"
        " the other, or copy what you still need into the form.",
    ),
    "unsent.to_other": Label(id="Lihat teks yang lain", en="See the other text"),
    "unsent.other": Label(id="Tersimpan di tempat lain {time}", en="Saved elsewhere {time}"),
    "held.title": Label(id="Belum dikirim: sesi Anda sudah berakhir", en="Not sent: your session is over"),
    "held.lead": Label(
        id="Teks Anda tersimpan di halaman ini. Masuk lagi di jendela baru, lalu kembali ke sini dan lanjutkan.",
        en="Your text is kept on this page. Sign in again in a new window, then come back here and go on.",
    ),
    "held.sign_in": Label(id="1. Masuk lagi (jendela baru)", en="1. Sign in again (a new window)"),
    "held.go_on": Label(id="2. Lanjutkan dengan teks saya", en="2. Go on with my text"),
    "held.files": Label(
        id="Berkas yang Anda pilih harus dipilih lagi sesudahnya.",
        en="The files you chose must be chosen again afterwards.",
    ),
}
