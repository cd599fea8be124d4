"""What each kind of problem is called in both languages, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

__all__ = ["TITLES"]

TITLES: Mapping[str, Label] = {
    "error": Label(id="Permintaan tidak dapat dipenuhi", en="This could not be done"),
    "unforeseen": Label(id="Terjadi kesalahan pada sistem", en="Something broke on our side"),
    "definition_invalid": Label(id="Berkas definisi mengandung kesalahan", en="The definition has problems"),
    "people_invalid": Label(id="Berkas pegawai mengandung kesalahan", en="The people file has problems"),
    "sheet_invalid": Label(id="Berkas tabel tidak dapat dibaca", en="The table file cannot be read"),
    "calendar_invalid": Label(id="Kalender tidak dapat digunakan", en="The calendar cannot be used"),
    "launch_invalid": Label(id="Siklus tidak dapat dimulai", en="The cycle cannot be launched"),
    "request_invalid": Label(
        id="Permintaan tidak lengkap atau keliru", en="The request is incomplete or wrong"
    ),
    "form_invalid": Label(id="Isian belum lengkap atau keliru", en="The form is incomplete or wrong"),
    "reason_missing": Label(id="Alasan wajib diisi", en="A reason is needed"),
    "guard_refused": Label(id="Syarat belum terpenuhi", en="A condition is not met"),
    "nobody_asks": Label(id="Belum diketahui siapa yang meminta", en="It is not known who asks"),
    "second_factor_missing": Label(
        id="Pasang dahulu aplikasi autentikator", en="Set up an authenticator app first"
    ),
    "sign_in_stale": Label(id="Masuk sekali lagi untuk ini", en="Sign in again for this"),
    "no_person": Label(
        id="Akun ini belum ditautkan dengan seorang pegawai", en="This account belongs to nobody on the chart"
    ),
    "out_of_scope": Label(id="Token ini bukan untuk itu", en="This token is not made for that"),
    "sign_in_refused": Label(id="Anda belum dapat masuk", en="You could not be signed in"),
    "provider_unreachable": Label(
        id="Penyedia identitas tidak dapat dihubungi", en="The identity provider cannot be reached"
    ),
    "not_yours": Label(id="Halaman ini bukan untuk Anda", en="This is not for you"),
    "cross_site": Label(id="Permintaan dari situs lain ditolak", en="A request from another site is refused"),
    "wrong_person": Label(id="Tindakan ini bukan wewenang Anda", en="This is somebody else's to do"),
    "not_found": Label(id="Tidak ditemukan", en="Not found"),
    "method_not_allowed": Label(
        id="Cara ini tidak dilayani di sini", en="This address does not take that method"
    ),
    "refused": Label(id="Tindakan ini tidak dapat dilakukan", en="This cannot be done"),
    "unknown_trigger": Label(
        id="Tindakan itu tidak tersedia pada tahap ini", en="That act is not open in this state"
    ),
    "one_by_one": Label(id="Tindakan ini dilakukan satu per satu", en="This is done one case at a time"),
    "not_yet": Label(id="Tahap ini belum dibuka", en="This is not open yet"),
    "case_closed": Label(id="Kasus ini sudah ditutup", en="This case is closed"),
    "nobody_found": Label(id="Tidak ada yang dapat mengisi peran itu", en="Nobody can fill that role"),
    "restless": Label(id="Kasus berputar tanpa henti", en="A case moves in a circle by itself"),
    "entry_too_large": Label(id="Catatan ini terlalu besar", en="This is too much for one entry of the log"),
    "conflict": Label(
        id="Ada yang mendahului; silakan coba lagi", en="Somebody was quicker; please try again"
    ),
    "idempotency_mismatch": Label(
        id="Kunci permintaan sudah dipakai untuk permintaan lain",
        en="The request key was used for another request",
    ),
    "stale_visit": Label(
        id="Kasus ini sudah berpindah tahap sejak halaman Anda dibuka",
        en="The case has moved on since your page was opened",
    ),
    "nothing_to_undo": Label(
        id="Tidak ada yang dapat ditarik kembali sekarang", en="Nothing can be taken back now"
    ),
    "acted_since": Label(id="Tidak dapat ditarik kembali lagi", en="This cannot be taken back any more"),
    "too_large": Label(id="Isi permintaan terlalu besar", en="The request is too large"),
    "too_long": Label(
        id="Alamat atau kepala permintaan terlalu panjang", en="The address or the headers are too long"
    ),
    "too_often": Label(
        id="Terlalu sering; tunggu sebentar lalu coba lagi", en="Too often; wait a little and try again"
    ),
    "too_slow": Label(id="Kiriman terhenti di tengah jalan", en="What was announced did not come"),
    "wrong_media": Label(
        id="Jenis kiriman ini tidak diterima di sini", en="This kind of content is not taken here"
    ),
    "misdirected": Label(id="Nama alamat ini bukan milik kami", en="This is not a name of ours"),
    "account_invalid": Label(id="Akun tidak dapat dibuat demikian", en="The account cannot be like that"),
    "second_needed": Label(
        id="Perlu persetujuan administrator kedua", en="A second administrator must say yes"
    ),
    "link_over": Label(id="Tautan ini tidak berlaku lagi", en="This link is no longer valid"),
    "keys_unusable": Label(id="Berkas kunci tidak dapat dipakai", en="The key file cannot be used"),
    "store_unusable": Label(id="Basis data tidak dapat digunakan", en="The database cannot be used"),
    "log_broken": Label(id="Catatan audit tidak utuh", en="The audit log does not verify"),
    "log_damaged": Label(id="Catatan tersegel telah rusak", en="The sealed log is damaged"),
    "note_unreadable": Label(id="Nota bertanda tangan tidak terbaca", en="The signed note cannot be read"),
    "policy_invalid": Label(id="Berkas kepercayaan mengandung kesalahan", en="The trust policy has problems"),
    "witness_unusable": Label(
        id="Saksi tidak dapat bekerja seperti disiapkan", en="The witness cannot work as it is set up"
    ),
    "witness_silent": Label(id="Saksi tidak dapat ditanyai", en="A witness could not be asked"),
    "sealer_unusable": Label(
        id="Catatan tidak dapat disegel demikian", en="The log cannot be sealed like that"
    ),
}
