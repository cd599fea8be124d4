"""What the page of denials says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

DENIALS_WORDS: Mapping[str, Label] = {
    "nav.denials": Label(id="Penolakan", en="Denials"),
    "denials.title": Label(id="Yang ditolak", en="What was denied"),
    "denials.lead": Label(
        id="Yang diminta dan tidak diperbolehkan, dihitung per jam dalam UTC. Bahwa Anda melihat halaman ini ikut"
        " dicatat.",
        en="What was asked for and not allowed, counted by the hour in UTC. That you look at this page is recorded"
        " as well.",
    ),
    "denials.none": Label(id="Tidak ada yang ditolak di sini.", en="Nothing was denied here."),
    "denials.nobody": Label(
        id="Tidak ada akun atau pegawai dengan nama itu.", en="There is no account or person of that name."
    ),
    "denials.no_day": Label(id="Isi tanggal dengan lengkap.", en="Fill in a whole date."),
    "denials.unknown": Label(id="tidak dikenal", en="unknown"),
    "denials.by": Label(id="Nama masuk atau nomor pegawai", en="Login, or number of the person"),
    "denials.day": Label(id="Tanggal", en="Day"),
    "denials.show": Label(id="Tampilkan", en="Show"),
    "denials.hour": Label(id="Jam", en="Hour"),
    "denials.who": Label(id="Siapa", en="Who"),
    "denials.action": Label(id="Hendak apa", en="To do what"),
    "denials.what": Label(id="Atas apa", en="To what"),
    "denials.rule": Label(id="Aturan", en="Rule"),
    "denials.count": Label(id="Kali", en="Times"),
    "denials.next": Label(id="Yang lebih lama", en="Earlier ones"),
    "denials.back": Label(id="Yang lebih baru", en="Later ones"),
}
