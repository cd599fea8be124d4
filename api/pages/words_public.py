"""What the page that is open to everybody says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

PUBLIC_WORDS: Mapping[str, Label] = {
    "public.title": Label(id="Terbuka untuk umum", en="Open to everybody"),
    "public.lead": Label(
        id="Halaman ini dapat dibaca siapa pun tanpa akun.",
        en="Anybody may read this page; it needs no account.",
    ),
    "public.people": Label(id="Penghargaan atas kinerja", en="Recognised work"),
    "public.consent": Label(
        id="Hanya pegawai yang menyetujuinya yang tampil. Begitu persetujuan ditarik, namanya langsung hilang dari"
        " sini.",
        en="Only those who agreed to it stand here. Whoever withdraws their consent is gone from here at once.",
    ),
    "public.nobody": Label(id="Saat ini tidak ada yang ditampilkan.", en="Nobody stands here at present."),
    "public.units": Label(id="Kinerja unit", en="How units do"),
    "public.few": Label(
        id="Angka hanya tentang unit secara keseluruhan. Bila ada angka yang menyangkut kurang dari lima orang, seluruh"
        " angka unit itu tidak ditampilkan.",
        en="Figures tell of whole units only. Where one of them would tell of fewer than five people, none of that"
        " unit is shown.",
    ),
    "public.hidden": Label(
        id="Tidak ditampilkan: orangnya terlalu sedikit.", en="Not shown: it would tell of too few people."
    ),
    "public.no_unit": Label(
        id="Saat ini tidak ada angka yang ditampilkan.", en="There are no figures at present."
    ),
    "public.since": Label(id="{cycle}, sejak {day}", en="{cycle}, since {day}"),
}
