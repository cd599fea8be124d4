"""What accounts are refused with, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

__all__ = [
    "ASKER_GONE", "DISABLED", "ERASED", "HAS_LEFT", "LAST_ADMINISTRATOR", "LINK_OVER", "NOT_INVITED", "NO_APP",
    "NO_PASSWORD", "NO_SIGN_IN", "OWN_ACCOUNT", "REFUSAL_OVER", "STILL_ACTIVE", "TAKEN", "TOO_MANY_CODES",
    "WAITS_ALREADY",
]  # fmt: skip

OWN_ACCOUNT = Label(
    id="tidak seorang pun mengelola akunnya sendiri; mintalah administrator lain",
    en="nobody administers their own account; ask another administrator",
)
LAST_ADMINISTRATOR = Label(
    id="tidak akan ada administrator yang tersisa; jadikan akun lain administrator terlebih dahulu",
    en="no administrator would be left; make another account an administrator first"
    " (`siklus account roles LOGIN administrator`)",
)
NO_SIGN_IN = Label(
    id="akun ini tidak dapat dipakai untuk masuk; hubungi administrator",
    en="this account cannot be used to sign in; ask an administrator",
)
ERASED = Label(id="akun ini sudah dihapus; buatlah akun baru", en="this account was erased; make another one")
HAS_LEFT = Label(
    id="menurut bagan organisasi pemiliknya tidak lagi bertugas; bila keliru, perbaiki bagannya, dan akun aktif"
    " sendiri",
    en="by the organisation chart its owner has left; if that is wrong correct the chart, and the account is enabled"
    " by itself",
)
STILL_ACTIVE = Label(
    id="akun ini masih aktif; nonaktifkan terlebih dahulu", en="this account is active; disable it first"
)
NOT_INVITED = Label(
    id="akun ini tidak dapat diundang: akun dinonaktifkan (aktifkan dahulu), atau akun layanan (buatkan token)",
    en="this account cannot be invited: it is disabled (enable it first), or a service account (make a token for it)",
)
NO_PASSWORD = Label(
    id="akun ini tidak dapat memiliki kata sandi: akun dinonaktifkan, atau akun layanan",
    en="this account cannot have a password: it is disabled, or a service account",
)
NO_APP = Label(
    id="kode pemulihan menyertai aplikasi autentikator; pasang aplikasi itu terlebih dahulu",
    en="recovery codes go with an authenticator app; set one up first",
)
DISABLED = Label(
    id="akun ini dinonaktifkan; aktifkan terlebih dahulu", en="this account is disabled; enable it first"
)
LINK_OVER = Label(
    id="tautan ini tidak berlaku lagi: hanya dapat dipakai sekali dan selama 24 jam; mintalah yang baru kepada"
    " administrator",
    en="this link leads nowhere: it works once and for 24 hours; ask an administrator for another"
    " (`siklus account invite LOGIN`)",
)
WAITS_ALREADY = Label(
    id="permintaan lain yang sejenis bagi akun ini masih menunggu; jalankan atau tolaklah dahulu",
    en="another request of this kind for the account waits; carry it out or refuse it first",
)
REFUSAL_OVER = Label(
    id="tidak ada lagi yang menunggu di sini: sudah dijalankan, ditolak, atau lewat waktunya",
    en="nothing waits here any more: it was done, refused, or its time is over",
)
ASKER_GONE = Label(
    id="yang memintanya tidak lagi administrator; tolaklah permintaan ini dan ajukan yang baru",
    en="whoever asked is no administrator any more; refuse this request and ask anew",
)
TOO_MANY_CODES = Label(
    id="terlalu banyak kode yang dicoba; tunggu beberapa menit, lalu coba lagi",
    en="too many codes were tried; wait some minutes, then try again",
)

#: what only one account may have, and another has already
TAKEN: Mapping[str, Label] = {
    "login": Label(id="nama masuk ini sudah dipakai akun lain", en="another account has this login already"),
    "person": Label(
        id="pegawai ini sudah ditautkan dengan akun lain",
        en="this person is linked to another account already",
    ),
    "oidc_subject": Label(
        id="subjek ini sudah ditautkan dengan akun lain",
        en="this subject of the provider is linked to another account already",
    ),
}
