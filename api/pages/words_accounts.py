"""What the pages of accounts say, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

ACCOUNT_WORDS: Mapping[str, Label] = {
    "nav.accounts": Label(id="Akun", en="Accounts"),
    "account.title": Label(id="Akun saya", en="My account"),
    "account.name": Label(id="Nama", en="Name"),
    "account.person": Label(id="Pegawai", en="Person"),
    "account.no_person": Label(
        id="tidak ditautkan dengan pegawai mana pun, jadi tidak ada tugas dan kasus di sini",
        en="linked to nobody on the organisation chart, so there are no tasks and cases here",
    ),
    "account.roles": Label(id="Peran sistem", en="System roles"),
    "account.factor": Label(id="Faktor kedua", en="Second factor"),
    "account.has_totp": Label(
        id="aplikasi autentikator; {count} kode pemulihan belum dipakai",
        en="authenticator app; {count} recovery codes are left",
    ),
    "account.has_totp_one": Label(
        id="aplikasi autentikator; 1 kode pemulihan belum dipakai",
        en="authenticator app; one recovery code is left",
    ),
    "account.has_oidc": Label(id="diminta oleh penyedia identitas", en="asked for by the identity provider"),
    "account.no_totp": Label(id="belum dipasang", en="not set up yet"),
    "account.password": Label(id="Ganti kata sandi", en="Change the password"),
    "account.present": Label(id="Kata sandi sekarang", en="Present password"),
    "account.present_wrong": Label(
        id="Kata sandi sekarang tidak cocok.", en="The present password does not fit."
    ),
    "account.new_codes": Label(id="Buat kode pemulihan baru", en="Make new recovery codes"),
    "account.where": Label(id="Di mana Anda masuk", en="Where you are signed in"),
    "account.here": Label(id="di sini", en="here"),
    "account.since": Label(id="Sejak {since}; terakhir {seen}.", en="Since {since}; last seen {seen}."),
    "account.end": Label(id="Akhiri", en="End it"),
    "account.end_others": Label(id="Akhiri semua selain di sini", en="End all but this one"),
    "account.done_ended": Label(id="Sesi itu diakhiri.", en="That session is ended."),
    "account.done_password": Label(
        id="Kata sandi diganti; di tempat lain Anda sudah keluar.",
        en="The password is changed; you are signed out everywhere else.",
    ),
    "account.done_revoked": Label(id="Token itu dicabut.", en="That token is revoked."),
    "token.title": Label(id="Token untuk program", en="Tokens for programs"),
    "token.lead": Label(
        id="Dengan token, sebuah program bertindak atas nama akun ini lewat API, hanya sejauh lingkupnya.",
        en="With a token a program acts in the name of this account through the API, as far as its scopes go.",
    ),
    "token.new": Label(id="Token baru", en="A new token"),
    "token.name": Label(id="Untuk apa", en="What it is for"),
    "token.scopes": Label(id="Lingkup", en="Scopes"),
    "token.days": Label(id="Berlaku berapa hari", en="Days it lasts"),
    "token.make": Label(id="Buat token", en="Make the token"),
    "token.made": Label(id="Token dibuat", en="The token is made"),
    "token.once": Label(
        id="Salin sekarang ke program Anda; token ini tidak akan ditampilkan lagi.",
        en="Copy it into your program now; it will not be shown again.",
    ),
    "token.until": Label(id="Berlaku sampai {until}.", en="Lasts until {until}."),
    "token.used": Label(id="Terakhir dipakai {used}.", en="Last used {used}."),
    "token.unused": Label(id="Belum pernah dipakai.", en="Never used yet."),
    "token.revoke": Label(id="Cabut", en="Revoke"),
    "scope.read": Label(id="membaca", en="to read"),
    "scope.act": Label(id="bertindak dalam kasus", en="to act in cases"),
    "scope.manage": Label(
        id="mengelola aturan, pegawai, dan siklus", en="to manage rules, people and cycles"
    ),
    "role.administrator": Label(id="administrator", en="administrator"),
    "role.auditor": Label(id="auditor", en="auditor"),
    "role.privacy": Label(id="pejabat pelindungan data", en="data protection officer"),
    "role.says_administrator": Label(
        id="mengelola akun dan pengaturan; tidak membaca isi kasus",
        en="looks after accounts and settings; reads no content of cases",
    ),
    "role.says_auditor": Label(
        id="membaca yang dibuka bagi auditor; tidak mengubah apa pun",
        en="reads what is open to auditors; changes nothing",
    ),
    "role.says_privacy": Label(
        id="menangani salinan dan penghapusan data pribadi", en="handles exports and erasure of personal data"
    ),
    "accounts.title": Label(id="Akun", en="Accounts"),
    "accounts.lead": Label(
        id="Siapa yang dapat masuk, dan dengan hak sistem apa. Tugas kepala, penilai, dan pengelola kepegawaian berasal"
        " dari bagan organisasi, bukan dari sini.",
        en="Who can sign in, and with which system rights. Heads, raters and desks are of the organisation chart, and"
        " not decided here.",
    ),
    "accounts.email": Label(id="Alamat surel", en="Mail address"),
    "accounts.person_id": Label(id="Nomor pegawai", en="Number of the person"),
    "accounts.person_hint": Label(
        id="Nomor pada bagan organisasi, misalnya NIP. Kosong: akun ini bukan milik seorang pegawai.",
        en="The number on the organisation chart, such as the NIP. Empty: the account is of nobody there.",
    ),
    "accounts.signs_in": Label(id="Cara masuk", en="Signs in by"),
    "accounts.state": Label(id="Keadaan", en="State"),
    "accounts.active": Label(id="aktif", en="active"),
    "accounts.disabled": Label(id="dinonaktifkan", en="disabled"),
    "accounts.left": Label(id="dinonaktifkan: keluar menurut bagan", en="disabled: left, by the chart"),
    "accounts.left_hint": Label(
        id="Menurut bagan organisasi pemiliknya tidak lagi bertugas. Bila keliru, perbaiki bagannya; akun aktif"
        " sendiri.",
        en="By the organisation chart its owner has left. If that is wrong, correct the chart; the account is enabled"
        " by itself.",
    ),
    "accounts.not_yet": Label(id="belum pernah masuk", en="not set up yet"),
    "accounts.nobody": Label(id="tidak ada", en="nobody"),
    "accounts.places": Label(id="Sesi yang terbuka", en="Open sessions"),
    "accounts.new": Label(id="Akun baru", en="A new account"),
    "accounts.make": Label(id="Buat akun dan tautannya", en="Make the account and its link"),
    "accounts.wrong": Label(id="Belum ada yang disimpan.", en="Nothing was stored yet."),
    "accounts.link": Label(id="Tautan sekali pakai", en="One-time link"),
    "accounts.link_once": Label(
        id="Berikan kepada pemilik akun lewat jalan yang aman. Berlaku satu kali selama 24 jam, dan tidak akan"
        " ditampilkan lagi.",
        en="Give it to the owner of the account by a safe way. It works once within 24 hours, and will not be shown"
        " again.",
    ),
    "accounts.own": Label(
        id="Akun sendiri tidak dikelola di sini; mintalah administrator lain.",
        en="Nobody looks after their own account here; ask another administrator.",
    ),
    "accounts.invite": Label(id="Buat tautan sekali pakai", en="Make a one-time link"),
    "accounts.sign_out": Label(id="Keluarkan dari semua sesi", en="Sign out everywhere"),
    "accounts.reset_authenticator": Label(
        id="Lepas aplikasi autentikator", en="Take the authenticator app off"
    ),
    "accounts.disable": Label(id="Nonaktifkan", en="Disable"),
    "accounts.enable": Label(id="Aktifkan kembali", en="Enable"),
    "accounts.change": Label(id="Ubah akun", en="Change the account"),
    "accounts.keep": Label(id="Simpan", en="Save"),
    "accounts.history": Label(id="Yang pernah dilakukan", en="What was done"),
    "accounts.done_changed": Label(id="Akun diubah.", en="The account is changed."),
    "accounts.done_disable": Label(
        id="Akun dinonaktifkan; semua sesi dan tokennya berakhir.",
        en="The account is disabled; all its sessions and tokens have ended.",
    ),
    "accounts.done_enable": Label(id="Akun aktif kembali.", en="The account is enabled."),
    "accounts.done_sign_out": Label(id="Semua sesinya diakhiri.", en="All its sessions are ended."),
    "accounts.done_reset_authenticator": Label(
        id="Aplikasi autentikator dilepas.", en="The authenticator app is taken off."
    ),
    "accounts.done_asked": Label(
        id="Permintaan diajukan dan menunggu; pemilik akun, administrator, dan auditor sudah diberi tahu.",
        en="It is asked for and waits; the owner of the account, administrators and auditors are told.",
    ),
    "accounts.done_approved": Label(id="Permintaan itu dijalankan.", en="What was asked for is carried out."),
    "accounts.done_refused": Label(id="Permintaan itu ditolak.", en="What was asked for is refused."),
    "account.done_refused": Label(
        id="Permintaan itu ditolak; administrator dan auditor diberi tahu.",
        en="The request is refused; administrators and auditors are told.",
    ),
    "waiting.title": Label(id="Menunggu persetujuan", en="Waits for approval"),
    "waiting.invite": Label(id="tautan baru untuk kata sandi", en="a new link for the password"),
    "waiting.reset_totp": Label(id="pelepasan aplikasi autentikator", en="taking the authenticator app off"),
    "waiting.change": Label(id="perubahan akun", en="a change of the account"),
    "waiting.roles": Label(id="peran {roles}", en="roles {roles}"),
    "waiting.person": Label(id="pegawai {person}", en="person {person}"),
    "waiting.asked": Label(id="Diminta oleh {who}, {at}.", en="Asked for by {who}, {at}."),
    "waiting.approve": Label(id="Setujui dan jalankan", en="Approve and carry out"),
    "waiting.refuse": Label(id="Tolak", en="Refuse"),
    "waiting.own_lead": Label(
        id="Ini menyangkut akun Anda. Bila bukan Anda yang memerlukannya, tolaklah.",
        en="This concerns your account. If it is not what you need, refuse it.",
    ),
    "waiting.letter_title": Label(id="Menolak permintaan", en="Refuse a request"),
    "waiting.letter_lead": Label(
        id="Untuk akun {account} seorang administrator meminta: {act}. Bila bukan Anda yang memerlukannya, tolaklah.",
        en="An administrator asked for this on the account {account}: {act}. If it is not what you need, refuse it.",
    ),
    "waiting.letter_else": Label(
        id="Bila memang Anda memintanya, tidak ada yang perlu dilakukan.",
        en="If you asked for it yourself, there is nothing to do.",
    ),
    "waiting.letter_done": Label(
        id="Permintaan untuk akun {account} ditolak. Tidak ada yang berubah; administrator dan auditor diberi tahu.",
        en="The request for the account {account} is refused. Nothing was changed; administrators and auditors"
        " are told.",
    ),
    "factor.password": Label(id="kata sandi", en="password"),
    "factor.totp": Label(id="kode", en="code"),
    "factor.oidc": Label(id="penyedia identitas", en="identity provider"),
}
