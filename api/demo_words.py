"""What the people of the demo write into forms: invented content in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

Form = Mapping[str, object]

_REASONS = {
    "above": "Hasil kerja melampaui target dan umpan balik rekan kerja sangat baik.",
    "as": "Hasil kerja sesuai target yang disepakati.",
    "below": "Sebagian target tidak tercapai meskipun sudah ada dialog kinerja.",
}
_SHOWN = {"above": "role_model", "as": "consistent", "below": "not_yet"}
_VALUES = (
    "service_oriented",
    "accountable",
    "competent",
    "harmonious",
    "loyal",
    "adaptive",
    "collaborative",
)


def plan_of(position: str) -> Form:
    """A plan of three results whose weights add up to 100."""
    results = (
        (
            f"Layanan tugas {position} terselesaikan tepat waktu",
            "main",
            50,
            "time",
            "95 persen selesai sesuai standar waktu",
        ),
        (
            f"Mutu keluaran tugas {position} meningkat",
            "main",
            30,
            "quality",
            "paling banyak 3 persen perlu perbaikan",
        ),
        ("Arsip kegiatan unit kerja tertata", "additional", 20, "quantity", "12 laporan bulanan"),
    )
    return {
        "results": [
            {
                "title": title,
                "kind": kind,
                "weight": weight,
                "indicators": [{"aspect": aspect, "target": target}],
            }
            for title, kind, weight, aspect, target in results
        ],
        "behaviour": "Berorientasi pelayanan, akuntabel, kompeten, harmonis, loyal, adaptif, dan kolaboratif.",
        "resources": "Perangkat kerja, data unit kerja, dan pendampingan dari rekan satu tim.",
        "consequences": "Hasil kerja menjadi dasar pengembangan kompetensi dan penghargaan.",
    }


def report_of(position: str) -> Form:
    """What somebody in this post says they achieved."""
    done = f"Seluruh rencana hasil kerja {position} telah dilaksanakan"
    return {"achieved": f"{done}; rinciannya ada pada laporan triwulan."}


def realisation_of(row: int, *, planned: bool) -> Form:
    """What somebody reports about a quarter, by the first step of their action plan if they made one."""
    link = f"https://arsip.telagabiru.example/kinerja/2026/{row}"
    step = {"step": 1} if planned else {}
    return {"items": [{**step, "achieved": "Tercapai sesuai target.", "evidence": [link]}]}


def action_plan_of(position: str) -> Form:
    """What somebody in this post sets out to do in a quarter."""
    return {"steps": [{"result": 1, "target": f"Layanan tugas {position} selesai tepat waktu"}]}


def rating_of(results: str, behaviour: str) -> Form:
    """A rating for the year, with the behaviours and the reasons that go with it."""
    return {
        "results": results,
        "berakhlak": dict.fromkeys(_VALUES, _SHOWN[behaviour]),
        "behaviour": behaviour,
        "reasons": _REASONS[results],
    }


def rating_of_quarter(results: str, behaviour: str) -> Form:
    """A rating for a quarter."""
    return {"results": results, "behaviour": behaviour, "notes": _REASONS[results]}


DIALOGUE: Form = {
    "agreed": "Target, dukungan sumber daya, dan cara pertanggungjawaban sudah dibahas bersama."
}
OBJECTION: Form = {
    "about": "results",
    "grounds": "Target triwulan keempat tercapai, tetapi belum tercatat pada laporan yang dinilai.",
    "evidence": [],
}
EXPLANATION: Form = {"text": "Laporan triwulan keempat terlambat diunggah karena gangguan jaringan."}
RECOGNITION: Form = {
    "award": "talent_pool",
    "citation": "Hasil kerja dan perilaku di atas ekspektasi sepanjang tahun.",
}
AGREEMENT: Form = {
    "missed": "Ketepatan waktu dan mutu laporan bulanan belum mencapai target.",
    "help": "Pendampingan mingguan dan pelatihan penyusunan laporan.",
    "test": "Lima laporan berturut-turut selesai tepat waktu tanpa perbaikan berarti.",
}
IMPROVED: Form = {"improved": "yes", "reasons": "Semua laporan selesai tepat waktu selama masa perbaikan."}
NOT_IMPROVED: Form = {
    "improved": "no",
    "reasons": "Ketepatan waktu tidak berubah setelah enam bulan pendampingan.",
}
DECREE: Form = {"consequence": "lower_post", "reasons": "Mengikuti hasil uji kompetensi."}
TEST: Form = {"result": "fit_lower"}
CONSENT: Form = {"publish": "yes"}
