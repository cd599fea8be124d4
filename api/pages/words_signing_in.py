"""What the pages of signing in say, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

SIGNING_IN_WORDS: Mapping[str, Label] = {
    "signin.title": Label(id="Masuk", en="Sign in"),
    "signin.login": Label(id="Nama masuk", en="Login"),
    "signin.password": Label(id="Kata sandi", en="Password"),
    "signin.enter": Label(id="Masuk", en="Sign in"),
    "signin.enter_again": Label(id="Masuk lagi", en="Sign in again"),
    "signin.back": Label(id="Kembali", en="Back"),
    "signin.leave": Label(id="Keluar", en="Sign out"),
    "signin.local": Label(id="Dengan kata sandi", en="With a password"),
    "signin.provider": Label(id="Masuk lewat {name}", en="Sign in with {name}"),
    "signin.help": Label(
        id="Lupa kata sandi atau belum punya akun? Mintalah tautan sekali pakai kepada administrator instansi Anda.",
        en="Forgot the password, or no account yet? Ask an administrator of your agency for a one-time link.",
    ),
    "signin.wrong": Label(
        id="Nama masuk atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
        en="Login and password do not fit. Check both, and try again.",
    ),
    "signin.wait": Label(
        id="Terlalu banyak percobaan. Coba lagi sekitar {count} menit lagi.",
        en="Too many tries. Try again in about {count} minutes.",
    ),
    "signin.wait_one": Label(
        id="Terlalu banyak percobaan. Coba lagi sekitar 1 menit lagi.",
        en="Too many tries. Try again in about a minute.",
    ),
    "signin.why_ended": Label(
        id="Anda belum masuk, atau waktu masuk Anda sudah berakhir. Yang baru saja dikirim belum dilakukan sama"
        " sekali. Supaya ketikan Anda tidak hilang, masuklah di tab lain, lalu kembali ke halaman tadi dengan tombol"
        " Kembali peramban dan kirim sekali lagi.",
        en="You are not signed in, or your time has run out. Nothing of what was just sent has been done. To keep what"
        " you typed, sign in in another tab, go back to the page with your browser's Back button, and send it again.",
    ),
    "signin.why_again": Label(
        id="Untuk tindakan ini Anda perlu masuk sekali lagi, karena sudah agak lama sejak Anda masuk."
        " Belum ada yang dilakukan.",
        en="For this you need to sign in again, since it is a while ago that you signed in."
        " Nothing has been done yet.",
    ),
    "signin.why_over": Label(
        id="Waktu untuk langkah ini sudah habis. Mulai lagi dari sini.",
        en="The time for this step has run out. Begin again here.",
    ),
    "signin.code_title": Label(id="Kode dari aplikasi autentikator", en="Code of your authenticator app"),
    "signin.code_lead": Label(
        id="Kata sandi Anda cocok. Tinggal satu langkah.", en="Your password fits. One step is left."
    ),
    "signin.code": Label(id="Kode enam angka", en="Six-digit code"),
    "signin.code_hint": Label(
        id="Ponsel hilang? Ketik salah satu kode pemulihan Anda.",
        en="Lost the phone? Type one of your recovery codes.",
    ),
    "signin.code_wrong": Label(
        id="Kode itu tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.",
        en="That code does not fit or was used already. Wait for the next one, and try again.",
    ),
    "signin.out": Label(id="Anda sudah keluar", en="You are signed out"),
    "signin.out_lead": Label(
        id="Di peramban ini tidak ada lagi yang tersisa dari sesi Anda.",
        en="Nothing of your session is left in this browser.",
    ),
    "signin.out_there": Label(
        id="Anda sudah keluar di sini. Supaya keluar juga di penyedia identitas, Anda sedang diantar ke sana.",
        en="You are signed out here. To sign out at the identity provider as well, you are being taken there.",
    ),
    "signin.out_go": Label(id="Ke penyedia identitas", en="On to the identity provider"),
    "signin.set_title": Label(id="Tetapkan kata sandi", en="Set a password"),
    "signin.set_lead": Label(id="Untuk akun {login}.", en="For the account {login}."),
    "signin.new": Label(id="Kata sandi baru", en="New password"),
    "signin.new_again": Label(id="Kata sandi baru, sekali lagi", en="New password, once more"),
    "signin.rules": Label(
        id="12 sampai 128 tanda; beberapa kata yang hanya Anda rangkai demikian sudah baik. Tidak harus ada angka"
        " atau tanda khusus.",
        en="12 to 128 characters; a few words that only you would put together are good. Digits and signs are not"
        " required.",
    ),
    "signin.unequal": Label(
        id="Kedua isian tidak sama. Ketik kata sandi baru dua kali.",
        en="The two are not the same. Type the new password twice.",
    ),
    "signin.set": Label(id="Tetapkan kata sandi", en="Set the password"),
    "authenticator.title": Label(id="Aplikasi autentikator", en="Authenticator app"),
    "authenticator.must": Label(
        id="Akun dengan peran sistem memerlukan faktor kedua. Pasang dahulu, lalu lanjutkan.",
        en="An account with a system role needs a second factor. Set it up first, then go on.",
    ),
    "authenticator.lead": Label(
        id="Aplikasi di ponsel Anda membuat kode enam angka yang diminta setiap kali Anda masuk. Aplikasi autentikator"
        " mana pun dapat dipakai.",
        en="An app on your phone makes the six-digit code you are asked for at each sign-in. Any authenticator app"
        " will do.",
    ),
    "authenticator.instead": Label(
        id="Akun Anda sudah memakai sebuah aplikasi. Yang baru menggantikannya begitu kode pertamanya cocok.",
        en="Your account uses an app already. The new one takes its place as soon as its first code fits.",
    ),
    "authenticator.begin": Label(id="Pasang sekarang", en="Set it up now"),
    "authenticator.scan": Label(
        id="Pindai gambar ini dengan aplikasi autentikator.",
        en="Scan this picture with the authenticator app.",
    ),
    "authenticator.picture": Label(
        id="Kode QR dengan rahasia untuk aplikasi; isinya sama dengan teks di bawahnya",
        en="QR code with the secret for the app; the text below says the same",
    ),
    "authenticator.type": Label(id="Atau ketik rahasia ini ke dalamnya:", en="Or type this secret into it:"),
    "authenticator.code": Label(id="Kode yang kini ditunjukkan aplikasi", en="The code the app shows now"),
    "authenticator.confirm": Label(id="Pakai aplikasi ini", en="Use this app"),
    "authenticator.wrong": Label(
        id="Kode itu tidak cocok. Periksa jam ponsel Anda, tunggu kode berikutnya, lalu coba lagi.",
        en="That code does not fit. Check your phone's clock, wait for the next code, and try again.",
    ),
    "authenticator.codes": Label(id="Kode pemulihan", en="Recovery codes"),
    "authenticator.codes_lead": Label(
        id="Simpan di tempat yang aman: bila ponsel hilang, setiap kode dapat dipakai satu kali. Kode ini tidak akan"
        " ditampilkan lagi.",
        en="Keep them in a safe place: if the phone is lost, each can be used once. They will not be shown again.",
    ),
    "authenticator.kept": Label(id="Sudah saya simpan", en="I have kept them"),
    "how.password": Label(id="Masuk dengan kata sandi", en="Signed in with a password"),
    "how.password+totp": Label(
        id="Masuk dengan kata sandi dan kode", en="Signed in with a password and a code"
    ),
    "how.oidc": Label(id="Masuk lewat penyedia identitas", en="Signed in with the identity provider"),
    "how.oidc+fresh": Label(
        id="Masuk lewat penyedia identitas, yang menanyakannya lagi",
        en="Signed in with the identity provider, which asked again",
    ),
    "how.link": Label(id="Masuk lewat tautan sekali pakai", en="Signed in by a one-time link"),
}
